"""The laboratory's picture in two dimensions: points, what D says of every place, where G goes."""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.lines import Line2D

from gan_course.laboratory.frame import LiveFigure
from gan_course.laboratory.manifold import grid_cells, grid_lines
from gan_course.plots.style import COLOURS, VERDICTS
from gan_course.widgets.scene import LAYERS

HEAT = LinearSegmentedColormap.from_list("fake_real", VERDICTS)
ARROW = 0.13  # the longest arrow, as a share of the picture's width
HALF_PUSH = 2.0  # the push that is drawn half as long


def shorten(pushes, width):
    """Return pushes as arrows that fit in the picture, whatever their size.

    An arrow's length grows with the push, in the same way at every step: half of the longest for a
    push of 2 (in units of loss per unit of length), never more than the longest.

    Args:
        pushes: (n, d), the negative gradient of the generator's loss at each fake.
        width: The width of the picture, in units of x.

    Returns:
        (n, d), the arrows in units of x.

    Example:
        >>> shorten(np.array([[2.0, 0.0]]), width=10)
        array([[0.65, 0.  ]])
    """
    pushes = np.nan_to_num(np.asarray(pushes, dtype=np.float64), posinf=1e9, neginf=-1e9)
    size = np.linalg.norm(pushes, axis=1, keepdims=True)
    return ARROW * width * pushes / (size + HALF_PUSH)


def draw_arrows(axes, starts, ways, zorder):
    """Draw arrows in the axes' own units; they look alike in one dimension and in two.

    Args:
        axes: A matplotlib Axes.
        starts: (n, 2), where the arrows begin.
        ways: (n, 2), how far they reach from there.
        zorder: What they cover, and what covers them.

    Returns:
        The Quiver.
    """
    look = {"angles": "xy", "scale_units": "xy", "scale": 1, "minlength": 0.1}
    look["color"] = COLOURS["push"]
    return axes.quiver(
        *np.asarray(starts).T, *ways.T, width=0.0045, headwidth=4, zorder=zorder, **look
    )


class PlanePicture:
    """Real points and fakes in the plane over the discriminator's probability.

    Args:
        limits: (low, high) of both coordinates.
    """

    def __init__(self, limits):
        low, high = self.limits = tuple(float(limit) for limit in limits)
        places = [(0.095, 0.085, 0.78, 0.79), (0.89, 0.085, 0.025, 0.79)]
        self.live = LiveFigure(places, 5.0, 5.0)
        axes, bar = self.live.axes
        axes.set(xlim=(low, high), ylim=(low, high), autoscale_on=False)
        axes.grid(False)
        axes.spines[["top", "right"]].set_visible(True)
        axes.set_xlabel("x₁", labelpad=1)
        axes.set_ylabel("x₂", labelpad=-2)
        _draw_bar(bar)
        moves, self._contours = self.live.moves, []
        self._heat = moves(
            axes.imshow(
                np.full((2, 2), 0.5),
                HEAT,
                aspect="auto",
                interpolation="bilinear",
                origin="lower",
                extent=(low, high, low, high),
                vmin=0,
                vmax=1,
                zorder=0,
            )
        )
        self._fill = moves(axes.add_collection(PolyCollection([], zorder=1), autolim=False))
        warp = LineCollection([], colors=COLOURS["generator"], linewidths=0.9, zorder=2)
        self._warp = moves(axes.add_collection(warp, autolim=False))
        self._real = moves(_dots(axes, "o", COLOURS["real"], 3.2, 3))
        self._fakes = moves(_dots(axes, "x", COLOURS["fake"], 4.6, 5))
        self._arrows, self._shown = None, None

    def html(
        self,
        alt,
        *,
        real=None,
        fakes=None,
        heat=None,
        best=None,
        best_name="D* = ½",
        arrows=None,
        warp=None,
        fill=None,
    ):
        """Draw the layers that are given, and return the picture as an HTML image.

        Args:
            alt: The alternative text.
            real: Real points (n, 2), or None to leave the layer out, as with all the others.
            fakes: Generated points (m, 2).
            heat: D(x) on a grid (k, k) from the lower left corner of the picture to the upper
                right one: rows go along x₂, columns along x₁.
            best: D*(x) on such a grid; NaN where it is not defined.
            best_name: What the legend calls the line D* = ½.
            arrows: A pair (starts, pushes), each (a, 2).
            warp: Where the generator took a grid of z, (rows, columns, 2).
            fill: How opaque the cells of that grid are, (rows − 1, columns − 1).

        Returns:
            A string: `<img alt=… src=…>`.
        """
        self._real.set_data(*_columns(real))
        self._fakes.set_data(*_columns(fakes))
        self._warp.set_segments([] if warp is None else grid_lines(warp))
        self._fill.set_verts([] if fill is None else grid_cells(warp))
        if fill is not None:
            self._fill.set_facecolor([to_rgba(COLOURS["generator"], each) for each in fill.flat])
        self._heat.set_visible(heat is not None)
        if heat is not None:
            self._set_heat(heat)
        for contour in self._contours:
            self.live.drops(contour)
        self._contours = [
            self._contour(grid, colour, style, width)
            for grid, colour, style, width in (
                (heat, COLOURS["discriminator"], "-", 1.6),
                (best, COLOURS["black"], "--", 1.4),
            )
            if grid is not None
        ]
        self._set_arrows(arrows)
        self._set_legend((real, fakes, heat, best, arrows, warp), best_name)
        return self.live.html(alt)

    def _set_heat(self, heat):
        low, high = self.limits
        half = (high - low) / (len(heat) - 1) / 2  # values sit in the middle of their squares
        self._heat.set_data(heat)
        self._heat.set_extent((low - half, high + half, low - half, high + half))
        self.live.axes[0].set(xlim=(low, high), ylim=(low, high))

    def _contour(self, grid, colour, style, width):
        ticks = np.linspace(*self.limits, len(grid))
        finite = np.ma.masked_invalid(grid)
        return self.live.moves(
            self.live.axes[0].contour(
                ticks, ticks, finite, [0.5], colors=[colour], linestyles=style, linewidths=width
            )
        )

    def _set_arrows(self, arrows):
        if self._arrows is not None:
            self.live.drops(self._arrows)
            self._arrows = None
        if arrows is not None and len(arrows[0]):
            low, high = self.limits
            ways = shorten(arrows[1], high - low)
            self._arrows = self.live.moves(draw_arrows(self.live.axes[0], arrows[0], ways, 4))

    def _set_legend(self, layers, best_name):
        shown = (*(layer is not None for layer in layers), best_name)
        if shown == self._shown:
            return
        self._shown = shown
        keys = [key for key, on in zip(_keys(best_name), shown, strict=False) if on]
        axes = self.live.axes[0]
        if axes.get_legend():
            axes.get_legend().remove()
        if keys:
            axes.legend(
                handles=keys,
                ncols=3,
                loc="lower left",
                bbox_to_anchor=(-0.02, 1.0),
                fontsize=9,
                frameon=False,
                columnspacing=1.6,
                handlelength=1.8,
                borderaxespad=0.2,
            )
        self.live.changed()


def _dots(axes, marker, colour, size, zorder):
    style = {"markeredgewidth": 1.3} if marker == "x" else {"markeredgewidth": 0, "alpha": 0.75}
    (line,) = axes.plot([], [], marker, color=colour, markersize=size, zorder=zorder, **style)
    return line


def _columns(points):
    return ([], []) if points is None else np.asarray(points, dtype=np.float64).T


def _draw_bar(bar):
    bar.imshow(
        np.linspace(0, 1, 64)[:, None], HEAT, aspect="auto", origin="lower", extent=(0, 1, 0, 1)
    )
    bar.axhline(0.5, color=COLOURS["discriminator"], linewidth=1.6)
    bar.grid(False)
    bar.set_xticks([])
    bar.yaxis.tick_right()
    bar.set_yticks([0, 0.5, 1], ["0\nfake", "½", "1\nreal"], fontsize=9)
    for label, side in zip(bar.get_yticklabels(), ("bottom", "center", "top"), strict=True):
        label.set_verticalalignment(side)
    bar.set_xlabel("D(x)", labelpad=5)
    bar.spines[["top", "right"]].set_visible(True)


def _keys(best_name):
    """Return an example of each layer for the legend, in the order of `LAYERS`."""
    words = {name: parts[2] for name, parts in LAYERS.items()}
    dot = {"linestyle": "", "markersize": 6}
    arrow = {
        "marker": r"$\rightarrow$",
        "color": COLOURS["push"],
        "linestyle": "",
        "markersize": 13,
    }
    return [
        Line2D([], [], marker="o", color=COLOURS["real"], label=words["real"], **dot),
        Line2D([], [], marker="x", color=COLOURS["fake"], label=words["fakes"], **dot),
        Line2D([], [], color=COLOURS["discriminator"], linewidth=1.6, label="D = ½"),
        Line2D([], [], color="black", linewidth=1.4, linestyle="--", label=best_name),
        Line2D([], [], label=words["arrows"], **arrow),
        Line2D([], [], color=COLOURS["generator"], linewidth=0.9, label=words["warp"]),
    ]
