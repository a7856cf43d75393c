"""Points in a plane: real ones, fakes, what D says of every place, where the fakes are pushed."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from gan_course.arguments import check_filled
from gan_course.plots.style import COLOURS, new_figure

# From "fake" to "real"; the middle, where D cannot tell, is white.
VERDICTS = LinearSegmentedColormap.from_list("verdicts", ["#F2B89A", "#FFFFFF", "#9CC7E5"])


def plot_planes(panels, *, height=3.6):
    """Draw one to three planes side by side or four in a square, each with its dict's layers.

    Args:
        panels: At most four dicts. `"title"` and `"limits"` (low, high) are needed; the layers are
            `"heat"`, D(x) on an even grid over the limits, (rows, columns) from below; `"real"` and
            `"fakes"`, points (n, 2); `"pushes"`, a pair of starts (n, 2) and vectors (n, 2), the
            longest fifth drawn a tenth of the width long; and `"lines"`, a list of paths (m, 2),
            such as where the generator takes a grid of z.
        height: Of a row, in inches.

    Returns:
        A Figure with one axes for each panel.

    Raises:
        ValueError: If there is no panel, or more than four.

    Example:
        >>> figure = plot_planes([{"title": "ring", "limits": (-3, 3), "real": points}])

    Introduced in lesson 05.
    """
    check_filled("panels", panels, 4, "Draw the others in a second figure.")
    rows = 2 if len(panels) == 4 else 1
    columns = len(panels) // rows
    wide = min(8.0, 0.6 + (height - 0.3) * columns)
    figure, all_axes = new_figure(rows, columns, height=rows * height, width=wide)
    told = []
    for axes, panel in zip(np.ravel(all_axes), panels, strict=True):
        _draw_plane(axes, panel)
        told.append(panel["title"])
    handles, labels = np.ravel(all_axes)[0].get_legend_handles_labels()
    if handles:
        figure.legend(handles, labels, loc="outside lower center", ncols=4, frameon=False)
    layers = [word for word in ("real", "fakes", "heat", "pushes", "lines") if word in panels[0]]
    figure.alt = f"Planes: {'; '.join(told)}. Drawn: {', '.join(layers)}."
    return figure


def _draw_plane(axes, panel):
    low, high = panel["limits"]
    axes.grid(False)
    if "heat" in panel:
        look = {"origin": "lower", "cmap": VERDICTS, "vmin": 0, "vmax": 1}
        axes.imshow(panel["heat"], extent=(low, high, low, high), interpolation="bilinear", **look)
        ticks = np.linspace(low, high, len(panel["heat"]))
        if np.min(panel["heat"]) < 0.5 < np.max(panel["heat"]):
            axes.contour(ticks, ticks, panel["heat"], [0.5], colors="black", linewidths=0.8)
    for path in panel.get("lines", ()):
        axes.plot(*np.transpose(path), color=COLOURS["purple"], lw=0.7, alpha=0.8)
    for name, label, marker, size in (("real", "real", "o", 2.2), ("fakes", "fake", "x", 3.5)):
        if name in panel:
            points = np.asarray(panel[name])
            look = {"color": COLOURS[label], "ms": size, "alpha": 0.7, "ls": "none"}
            axes.plot(*points.T, marker=marker, label=label, **look)
    if "pushes" in panel:
        starts, vectors = panel["pushes"]
        lengths = np.maximum(np.hypot(*np.transpose(vectors)), 1e-12)
        wanted = 0.1 * (high - low) * np.minimum(lengths / np.quantile(lengths, 0.8), 1)
        vectors = vectors * (wanted / lengths)[:, None]
        look = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.006}
        look["color"] = COLOURS["push"]
        axes.quiver(*np.transpose(starts), *np.transpose(vectors), zorder=5, **look)
    axes.set(xlim=(low, high), ylim=(low, high), aspect="equal")
    axes.set_title(panel["title"], fontsize=10)
    axes.locator_params(nbins=5)
