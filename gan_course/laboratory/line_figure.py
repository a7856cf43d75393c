"""The laboratory's picture in one dimension: densities, D along the line, and where G goes."""

import numpy as np
from matplotlib.collections import LineCollection

from gan_course.laboratory.frame import LiveFigure
from gan_course.laboratory.plane_figure import draw_arrows, shorten
from gan_course.plots.style import COLOURS


class LinePicture:
    """Densities of data and generator, D and D* below them, and the way from z to x at the foot.

    Args:
        limits: (low, high) of x.
        peak: The highest value of p_data, or of its estimate; it sets the height of the picture.
        reach: The lines from z to x start at −reach to reach.
    """

    def __init__(self, limits, peak, reach=2.5):
        low, high = self.limits = tuple(float(limit) for limit in limits)
        self.reach = float(reach)
        places = [(0.11, 0.475, 0.86, 0.405), (0.11, 0.225, 0.86, 0.22), (0.11, 0.085, 0.86, 0.11)]
        self.live = LiveFigure(places, 5.0, 5.0)
        density, verdict, way = self.live.axes
        self._foot = -0.55 * peak  # below the curves lie the points
        density.set(xlim=(low, high), ylim=(self._foot, 1.6 * peak), autoscale_on=False)
        verdict.set(xlim=(low, high), ylim=(-0.04, 1.04), yticks=[0, 0.5, 1], autoscale_on=False)
        verdict.set_yticklabels(["0", "½", "1"])
        way.set(xlim=(low, high), ylim=(0, 1), yticks=[0, 1], autoscale_on=False)
        way.set_yticklabels(["z", "x"])
        way.spines["left"].set_visible(False)
        way.grid(False)
        way.set_xlabel(f"x; z from −{reach:g} to {reach:g} over the same width", labelpad=1)
        for axes in (density, verdict):
            axes.tick_params(labelbottom=False)
        density.set_yticks([tick for tick in density.get_yticks() if tick >= 0])
        density.axhline(0, color="#777777", linewidth=0.8)
        density.set_ylabel("density")
        verdict.set_ylabel("D(x)")
        for axes in (density, verdict):
            axes.yaxis.set_label_coords(-0.085, 0.5)
        moves = self.live.moves
        self._real = _moving_line(moves, density, "real", "|", "real points", 3, 8)
        self._fakes = _moving_line(moves, density, "fake", "x", "fakes", 4, 4.5)
        self._data = _moving_line(moves, density, "real", "-", "p_data", 2, 2.0)
        self._model = _moving_line(moves, density, "fake", "--", "p_g", 2, 2.0)
        self._verdict = _moving_line(moves, verdict, "discriminator", "-", "D", 3, 2.0)
        self._best = _moving_line(moves, verdict, "reference", "--", "D*", 4, 1.5)
        verdict.axhline(0.5, color="#777777", linewidth=0.9, linestyle=":")
        ways = LineCollection([], colors=COLOURS["generator"], linewidths=0.9)
        self._ways = moves(way.add_collection(ways, autolim=False))
        self._arrows, self._shown = None, None

    def html(
        self,
        alt,
        *,
        real=None,
        fakes=None,
        densities=None,
        heat=None,
        best=None,
        names=("p_data", "p_g", "D*"),
        arrows=None,
        warp=None,
    ):
        """Draw the layers that are given, and return the picture as an HTML image.

        All curves run over evenly spaced places from the lower to the upper limit.

        Args:
            alt: The alternative text.
            real: Real points (n, 1), or None to leave the layer out, as with all the others.
            fakes: Generated points (m, 1).
            densities: A pair (p_data, p_g) of curves (k,); each may be None.
            heat: D(x), a curve (k,).
            best: D*(x), a curve (k,); NaN where it is not defined.
            names: What the legends call p_data, p_g and D*.
            arrows: A pair (starts, pushes), each (a, 1).
            warp: A pair (z, x), each (p,): where the generator takes evenly spaced z.

        Returns:
            A string: `<img alt=… src=…>`.
        """
        data, model = densities or (None, None)
        self._real.set_data(*self._lay_out(real, 0.14, 0.14))
        self._fakes.set_data(*self._lay_out(fakes, 0.32, 0.94))
        for line, curve in (
            (self._data, data),
            (self._model, model),
            (self._verdict, heat),
            (self._best, best),
        ):
            line.set_data(*self._curve(curve))
        self._ways.set_segments([] if warp is None else self._ways_of(*warp))
        self._set_arrows(arrows)
        self._set_legends((real, fakes, data, model, heat, best), names)
        return self.live.html(alt)

    def _lay_out(self, points, first, last):
        """Return x and a height for each point: rows below 0, so that neighbours do not overlap."""
        x = np.empty(0) if points is None else np.asarray(points, dtype=np.float64).reshape(-1)
        share = first + (last - first) * (np.arange(len(x)) * 0.618034 % 1)  # evenly, in no order
        return x, self._foot * share

    def _curve(self, curve):
        return ([], []) if curve is None else (np.linspace(*self.limits, len(curve)), curve)

    def _ways_of(self, z, x):
        low, high = self.limits
        below = low + (np.asarray(z) + self.reach) / (2 * self.reach) * (high - low)
        return [[(start, 0), (end, 1)] for start, end in zip(below, np.ravel(x), strict=True)]

    def _set_arrows(self, arrows):
        if self._arrows is not None:
            self.live.drops(self._arrows)
            self._arrows = None
        if arrows is not None and len(arrows[0]):
            low, high = self.limits
            starts = np.column_stack(self._lay_out(arrows[0], 0.32, 0.94))
            ways = shorten(arrows[1], high - low) * [1.0, 0.0]  # (n, 1) to (n, 2): along the line
            self._arrows = self.live.moves(draw_arrows(self.live.axes[0], starts, ways, 5))

    def _set_legends(self, layers, names):
        shown = (*(layer is not None for layer in layers), *names)
        if shown == self._shown:
            return
        self._shown = shown
        for line, name in zip((self._data, self._model, self._best), names, strict=True):
            line.set_label(name)
        lines = (self._real, self._fakes, self._data, self._model, self._verdict, self._best)
        keys = [line for line, on in zip(lines, shown, strict=False) if on]
        axes = self.live.axes[0]
        if axes.get_legend():
            axes.get_legend().remove()
        if keys:
            axes.legend(
                handles=[_copy(line) for line in keys],
                ncols=3,
                loc="lower left",
                bbox_to_anchor=(-0.04, 1.0),
                borderaxespad=0.2,
                fontsize=9,
                frameon=False,
                columnspacing=1.4,
                handlelength=2.4,
            )
        self.live.changed()


def _moving_line(moves, axes, colour, look, label, zorder, size):
    style = (
        {"marker": look, "linestyle": "", "markersize": size}
        if look in "|x"
        else {"linestyle": look, "linewidth": size}
    )
    (line,) = axes.plot([], [], color=COLOURS[colour], label=label, zorder=zorder, **style)
    return moves(line)


def _copy(line):
    """Return a still line that looks the same, for a legend."""
    from matplotlib.lines import Line2D

    still = Line2D([], [], label=line.get_label())
    label = still.get_label()
    still.update_from(line)
    still.set_label(label)
    still.set_animated(False)
    return still
