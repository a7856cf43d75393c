"""Figures of points of two classes in the plane: who learns the boundary, who the distribution."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from gan_course.plots.style import COLOURS, new_figure

CLASS_COLOURS = (COLOURS["blue"], COLOURS["orange"])
CLASS_MARKERS = ("o", "^")
SIDE = 121
LEVELS = (0.05, 0.2, 0.5, 0.8)  # contours, as shares of each density's peak


def plane(limits, side=SIDE):
    """Return the points of a square grid.

    Args:
        limits: (lowest, highest), the same for both axes.
        side: Points in a row and in a column.

    Returns:
        The ticks (side,), and all points (side * side, 2), row by row from the bottom.

    Example:
        >>> plane((0, 1), side=2)[1].tolist()
        [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]

    Introduced in lesson 00.
    """
    ticks = np.linspace(*limits, side)
    return ticks, np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)


def plot_points(points, labels, limits, title="", other=None):
    """Draw points of two classes; with `other`, a second panel beside them.

    Args:
        points: (n, 2).
        labels: (n,), 0 or 1.
        limits: (lowest, highest) of both axes.
        title: The heading of the first panel.
        other: None, or (points, labels, title) of the second panel.

    Returns:
        A Figure.

    Example:
        >>> show(plot_points(points, labels, (-4, 4)))

    Introduced in lesson 00.
    """
    panels = [(points, labels, title), *([other] if other else [])]
    figure, axes = new_figure(1, len(panels), height=3.9, width=4 * len(panels))
    for each, (x, y, heading) in zip(np.atleast_1d(axes), panels, strict=True):
        _scatter(each, np.asarray(x), np.asarray(y))
        _finish(each, limits, heading)
    counts = "; ".join(
        f"{heading or 'points'}: {np.sum(np.asarray(y) == 0)} of class 0 (circles) and "
        f"{np.sum(np.asarray(y) == 1)} of class 1 (triangles)"
        for _, y, heading in panels
    )
    figure.alt = f"Points in the plane. {counts}."
    return figure


def plot_boundary_and_densities(points, labels, limits, probability, densities):
    """Draw what a discriminative and what a generative model know, side by side.

    Args:
        points: (n, 2), the points both were fitted to.
        labels: (n,), 0 or 1.
        limits: (lowest, highest) of both axes.
        probability: p(y = 1 | x) on `plane(limits)`, any shape of side * side values.
        densities: The densities p(x | y = 0) and p(x | y = 1) on the same points, (2, …).

    Returns:
        A Figure. Left: the probability as colour and its line at ½. Right: contours of both
        densities, and the line where they are equal.

    Example:
        >>> ticks, grid = plane((-4, 4))
        >>> figure = plot_boundary_and_densities(points, labels, (-4, 4), p(grid), densities(grid))

    Introduced in lesson 00.
    """
    probability = np.asarray(probability, float)
    side = round(probability.size**0.5)
    ticks = np.linspace(*limits, side)
    probability = probability.reshape(side, side)
    zero, one = np.asarray(densities, float).reshape(2, side, side)
    figure, (left, right) = new_figure(1, 2, height=4.4)
    shades = LinearSegmentedColormap.from_list("two", (CLASS_COLOURS[0], "white", CLASS_COLOURS[1]))
    field = left.pcolormesh(
        ticks, ticks, probability, cmap=shades, vmin=0, vmax=1, alpha=0.45, rasterized=True
    )
    figure.colorbar(field, ax=left, label="p(y = 1 | x)", location="bottom", shrink=0.8)
    left.contour(ticks, ticks, probability, [0.5], colors="black", linewidths=2)
    _finish(left, limits, "Discriminative: the boundary")
    for density, colour, lines in zip((zero, one), CLASS_COLOURS, ("solid", "dashed"), strict=True):
        heights = [share * density.max() for share in LEVELS]
        right.contour(ticks, ticks, density, heights, colors=colour, linestyles=lines)
    right.contour(ticks, ticks, one - zero, [0], colors="black", linewidths=2)
    _finish(right, limits, "Generative: a density for each class")
    for axes in (left, right):
        _scatter(axes, np.asarray(points), np.asarray(labels), size=9, legend=axes is right)
    figure.alt = (
        "Two panels with the same points. Left: the plane is coloured by p(y = 1 | x), with one "
        "straight black line at one half. Right: contour lines of one density around each class, "
        "and a curved black line where the two are equal."
    )
    return figure


def _scatter(axes, points, labels, size=16, legend=True):
    for label in (0, 1):
        chosen = points[labels == label]
        axes.scatter(
            chosen[:, 0],
            chosen[:, 1],
            s=size,
            color=CLASS_COLOURS[label],
            marker=CLASS_MARKERS[label],
            edgecolors="white",
            linewidths=0.3,
            label=f"class {label}",
        )
    if legend:
        axes.legend(loc="upper left", fontsize=9)


def _finish(axes, limits, title):
    axes.set(xlim=limits, ylim=limits, xlabel="$x_1$", ylabel="$x_2$", aspect="equal", title=title)
