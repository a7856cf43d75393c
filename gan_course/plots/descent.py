"""Walks downhill, drawn on a curve and on the contours of a surface."""

import numpy as np

from gan_course.arguments import check_filled
from gan_course.plots.style import COLOURS, COMPARED, new_figure

GREY = "#8A8A8A"


def plot_walks_on_curve(function, walks, limits):
    """Draw several walks on one curve, each in its own panel with the same limits.

    Args:
        function: The curve; takes an array and returns an array of the same shape.
        walks: A dict from titles to positions (steps + 1,), the start first.
        limits: The smallest and the largest position shown. What lies outside is left out, and the
            panel says so.

    Returns:
        A Figure with a panel for each walk.

    Raises:
        ValueError: If there is no walk.

    Example:
        >>> figure = plot_walks_on_curve(np.square, {"rate 0.1": [1.0, 0.8, 0.64]}, (-2, 2))

    Introduced in lesson 01.
    """
    check_filled("walks", walks, 8, "Draw the others in a second figure.")
    figure, panels = new_figure(1, len(walks), height=2.7)
    x = np.linspace(*limits, 200)
    heights = function(x)
    told = []
    for axes, (title, path) in zip(np.atleast_1d(panels), walks.items(), strict=True):
        draw_walk_on_curve(axes, function, path, limits, curve=(x, heights))
        axes.set(title=title, xlabel="x", ylim=height_limits(heights))
        axes.title.set_fontsize(10)
        told.append(f"{title}: {describe_walk(path, function(np.asarray(path)))}")
    np.atleast_1d(panels)[0].set_ylabel("loss")
    for axes in np.atleast_1d(panels)[1:]:
        axes.tick_params(labelleft=False)
    figure.alt = f"A curve with {len(walks)} walks downhill. " + " ".join(told)
    return figure


def plot_walks_on_contours(
    function, walks, limits, labels=("x₁", "x₂"), seen=None, target=None, heights="loss"
):
    """Draw walks on the contours of a surface, and beside it the loss along each walk.

    Args:
        function: The surface; takes positions (..., 2) and returns losses (...).
        walks: A dict from names to positions (steps + 1, 2), at most four.
        limits: ((x smallest, x largest), (y smallest, y largest)) of the contours.
        labels: What to write at the two axes.
        seen: What to draw the loss against, as a pair (name of the axis, dict from names to
            arrays (steps + 1,)); the number of the step if None.
        target: A loss to mark with a dotted line, or None.
        heights: What the function is, for the axis of the right panel.

    Returns:
        A Figure with two panels.

    Raises:
        ValueError: If there is no walk, or there are more than four.

    Example:
        >>> walks = {"gradient descent": np.array([[3.0, 1.0], [2.0, 0.5]])}
        >>> figure = plot_walks_on_contours(surface.function, walks, ((-4, 4), (-2, 2)))

    Introduced in lesson 01.
    """
    check_filled("walks", walks, len(COMPARED), "Draw the others in a second figure.")
    figure, (left, right) = new_figure(1, 2, height=3.7)
    draw_contours(left, function, limits)
    axis, places = ("step", {}) if seen is None else seen
    told = []
    for order, ((name, path), look) in enumerate(zip(walks.items(), COMPARED, strict=False)):
        colour, marker, line = look
        path = np.asarray(path)
        losses = function(path)
        crowded = len(path) > 500
        shown = {"color": colour, "ls": "-" if crowded else line, "zorder": 2.9 - order / 10}
        shown |= {"label": name, "lw": 0.6 if crowded else 1.5, "alpha": 0.7 if crowded else 1}
        every = max(1, len(path) // 25)
        left.plot(*path.T, marker=marker, ms=3.5, markevery=every, **shown)
        x = places.get(name, np.arange(len(path)))
        right.plot(x, losses, marker=marker, ms=4, markevery=max(1, len(path) // 8), **shown)
        told.append(f"{name}: {describe_walk(path, losses)}")
    left.plot(*np.asarray(next(iter(walks.values())))[0], "k*", ms=11, label="start")
    left.set(xlabel=labels[0], ylabel=labels[1], title="The walks")
    if target is not None:
        right.axhline(target, color="black", ls=":", lw=1.3)
    right.set(xlabel=axis, ylabel=heights, yscale="log", title="Loss along the way")
    figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=3)
    figure.alt = "Left: walks on the contours of a surface. Right: the losses. " + " ".join(told)
    return figure


def draw_walk_on_curve(axes, function, path, limits, curve=None):
    """Draw a curve and the walk on it into `axes`: chords between the points, start and end."""
    x, heights = curve or (np.linspace(*limits, 200), None)
    heights = function(x) if heights is None else heights
    path = np.asarray(path, dtype=np.float64)
    axes.plot(x, heights, color=GREY, lw=1.6)
    outside = (path < limits[0]) | (path > limits[1])
    shown = path[: np.argmax(outside) + 1] if outside.any() else path
    axes.plot(shown, function(shown), "o-", color=COLOURS["blue"], ms=4, lw=1.1)
    axes.plot(path[0], function(path[0]), "k*", ms=11)
    axes.plot(path[-1], function(path[-1]), "X", color=COLOURS["orange"], ms=9, mec="white")
    say_where_it_leaves(axes, outside)
    axes.set_xlim(limits)


def draw_contours(axes, function, limits):
    """Draw the contours of a surface into `axes`, closer together near its lowest point."""
    (left, right), (bottom, top) = limits
    x, y = np.meshgrid(np.linspace(left, right, 90), np.linspace(bottom, top, 90))
    heights = function(np.stack([x, y], axis=-1))
    low, high = float(heights.min()), float(heights.max())
    levels = low + (high - low) * np.linspace(0.04, 1.0, 12) ** 2
    axes.contour(x, y, heights, levels=levels, colors=GREY, linewidths=0.8)
    axes.grid(False)
    axes.set(xlim=limits[0], ylim=limits[1])


def describe_walk(path, losses):
    """Return a sentence on a walk for the alternative text: how many steps, and where the loss."""
    steps, first, last = len(path) - 1, float(losses[0]), float(losses[-1])
    if last == first:
        return f"after {steps} steps the loss is {last:.3g}, as at the start."
    way = "falls" if last < first else "grows"
    return f"in {steps} steps the loss {way} from {first:.3g} to {last:.3g}."


def say_where_it_leaves(axes, outside):
    """Write into `axes` at which step the walk leaves the picture, if it does."""
    if np.any(outside):
        axes.text(
            0.5,
            0.95,
            f"leaves the picture\nat step {int(np.argmax(outside))}",
            transform=axes.transAxes,
            ha="center",
            va="top",
            fontsize=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )


def height_limits(heights):
    """Return the limits of an axis that shows all heights, with some room above and below."""
    low, high = float(np.min(heights)), float(np.max(heights))
    return low - 0.06 * (high - low), high + 0.04 * (high - low)
