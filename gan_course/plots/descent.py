"""Walks downhill: on a curve, on contours, and beside the learning rates that are stable."""

import numpy as np

from gan_course.plots.style import COLOURS, new_figure
from gan_course.plots.swift import name_axes, swift_figure, swift_log

# One (colour, marker, line) for each walk of a figure: told apart without colour too.
WALKS = (
    (COLOURS["blue"], "o", "-"),
    (COLOURS["vermilion"], "s", "--"),
    (COLOURS["green"], "^", "-."),
    (COLOURS["purple"], "D", ":"),
)
PLACES = ((0.075, 0.36, 0.42, 0.57), (0.6, 0.36, 0.385, 0.57), (0.075, 0.105, 0.91, 0.085))
GREY = "#8A8A8A"
ZONES = ("#E3F1FA", "#FBEBC8", "#F9DCCB")  # from stable to running away; each also has a word


def plot_walks_on_curve(function, walks, limits, label="x"):
    """Draw several walks on one curve, each in its own panel with the same limits.

    Args:
        function: The curve; takes an array and returns an array of the same shape.
        walks: A dict from titles to positions (steps + 1,), the start first.
        limits: The smallest and the largest position shown. What lies outside is left out, and the
            panel says so.
        label: What to write below the axes.

    Returns:
        A Figure with a panel for each walk.

    Raises:
        ValueError: If there is no walk.

    Example:
        >>> figure = plot_walks_on_curve(np.square, {"rate 0.1": [1.0, 0.8, 0.64]}, (-2, 2))

    Introduced in lesson 01.
    """
    _check_walks(walks)
    figure, panels = new_figure(1, len(walks), height=2.7)
    x = np.linspace(*limits, 200)
    heights = function(x)
    told = []
    for axes, (title, path) in zip(np.atleast_1d(panels), walks.items(), strict=True):
        draw_walk_on_curve(axes, function, path, limits, curve=(x, heights))
        axes.set(title=title, xlabel=label, ylim=_room(heights))
        axes.title.set_fontsize(10)
        told.append(f"{title}: {describe_walk(path, function(np.asarray(path)))}")
    np.atleast_1d(panels)[0].set_ylabel("loss")
    for axes in np.atleast_1d(panels)[1:]:
        axes.tick_params(labelleft=False)
    figure.alt = f"A curve with {len(walks)} walks downhill. " + " ".join(told)
    return figure


def plot_walks_on_contours(function, walks, limits, labels=("x₁", "x₂"), seen=None, target=None):
    """Draw walks on the contours of a surface, and beside it the loss along each walk.

    Args:
        function: The surface; takes positions (..., 2) and returns losses (...).
        walks: A dict from names to positions (steps + 1, 2), at most four.
        limits: ((x smallest, x largest), (y smallest, y largest)) of the contours.
        labels: What to write at the two axes.
        seen: What to draw the loss against, as a pair (name of the axis, dict from names to
            arrays (steps + 1,)); the number of the step if None.
        target: A loss to mark with a dotted line, or None.

    Returns:
        A Figure with two panels.

    Raises:
        ValueError: If there is no walk, or there are more than four.

    Example:
        >>> walks = {"gradient descent": np.array([[3.0, 1.0], [2.0, 0.5]])}
        >>> figure = plot_walks_on_contours(surface.function, walks, ((-4, 4), (-2, 2)))

    Introduced in lesson 01.
    """
    _check_walks(walks, at_most=len(WALKS))
    figure, (left, right) = new_figure(1, 2, height=3.7)
    draw_contours(left, function, limits)
    axis, places = ("step", {}) if seen is None else seen
    told = []
    for (name, path), (colour, marker, line) in zip(walks.items(), WALKS, strict=False):
        path = np.asarray(path)
        losses = function(path)
        shown = {"color": colour, "ls": line, "lw": 1.5, "label": name}
        every = max(1, len(path) // 25)
        left.plot(*path.T, marker=marker, ms=3.5, markevery=every, alpha=0.9, **shown)
        x = places.get(name, np.arange(len(path)))
        right.plot(x, losses, marker=marker, ms=4, markevery=max(1, len(path) // 8), **shown)
        told.append(f"{name}: {describe_walk(path, losses)}")
    left.plot(*np.asarray(next(iter(walks.values())))[0], "k*", ms=11, label="start")
    left.set(xlabel=labels[0], ylabel=labels[1], title="The walks")
    if target is not None:
        right.axhline(target, color="black", ls=":", lw=1.3)
    right.set(xlabel=axis, ylabel="loss", yscale="log", title="Loss along the way")
    figure.legend(*left.get_legend_handles_labels(), loc="outside lower center", ncols=5)
    figure.alt = "Left: walks on the contours of a surface. Right: the losses. " + " ".join(told)
    return figure


def plot_landscape(
    function, path, limits, rate, zones, *, optimizer="gradient descent", verdict=""
):
    """Draw one walk, its loss at every step, and where its learning rate lies among the bounds.

    Args:
        function: The curve or surface.
        path: Positions (steps + 1,) on a curve, (steps + 1, 2) on a surface.
        limits: A pair for a curve, a pair of pairs for a surface, as in the functions above.
        rate: The learning rate of the walk.
        zones: A list of (upper end, what happens below it), in rising order; the last end is
            `math.inf`. Every end between two zones is a bound, and is marked.
        optimizer: Its name, for the title.
        verdict: A few words on how the walk ended, shown in the picture.

    Returns:
        A Figure with three axes: the walk, the losses, the learning rates.

    Example:
        >>> zones = [(1.0, "closes in"), (math.inf, "runs away")]
        >>> figure = plot_landscape(np.square, [1.0, 0.8], (-2, 2), 0.1, zones)

    Introduced in lesson 01.
    """
    path = np.asarray(path, dtype=np.float64)
    figure, (walk, losses, rates) = swift_figure(PLACES, height=4.3)
    if path.ndim == 1:
        draw_walk_on_curve(walk, function, path, limits)
        walk.set_ylim(_room(function(np.linspace(*limits, 200))))
    else:
        draw_contours(walk, function, limits)
        walk.plot(*path.T, "o-", color=COLOURS["blue"], ms=4, lw=1.4)
        walk.plot(*path[0], "k*", ms=12)
        walk.plot(*path[-1], "X", color=COLOURS["vermilion"], ms=9, mec="white")
    title = f"{optimizer}, {len(path) - 1} steps: ★ start, ✖ end"
    name_axes(walk, title, *(("x", "loss") if path.ndim == 1 else ("x₁", "x₂")), left=0.45)
    heights = function(path)
    losses.plot(np.arange(len(path)), heights, "o-", color=COLOURS["blue"], ms=3.5, lw=1.4)
    lowest = float(np.min(function(np.linspace(*limits, 200)))) if path.ndim == 1 else 0.0
    if lowest >= 0 and heights.max() > 30 * max(heights.min(), 1e-30):
        swift_log(losses.yaxis)
        losses.set_ylim(bottom=max(heights.min() / 3, 1e-18))
    name_axes(losses, verdict or "Loss along the way", "step", "loss")
    _draw_rates(rates, rate, zones)
    figure.alt = (
        f"Left: {optimizer} from the start, marked by a star, to the end, marked by a cross. "
        f"Middle: the loss at each step; {describe_walk(path, heights)} Below: the learning rate "
        f"{rate:.3g} lies in the zone “{_zone_of(rate, zones)}”; bounds at "
        f"{', '.join(f'{end:.3g}' for end, _ in zones[:-1]) or 'no rate'}."
    )
    return figure


def draw_walk_on_curve(axes, function, path, limits, curve=None):
    """Draw a curve and the walk on it into `axes`: chords between the points, start and end."""
    x, heights = curve or (np.linspace(*limits, 200), None)
    heights = function(x) if heights is None else heights
    path = np.asarray(path, dtype=np.float64)
    axes.plot(x, heights, color=GREY, lw=1.6)
    inside = (path >= limits[0]) & (path <= limits[1])
    gone = len(path) if inside.all() else int(np.argmin(inside))
    shown = path[: gone + 1]
    axes.plot(shown, function(shown), "o-", color=COLOURS["blue"], ms=4, lw=1.1)
    axes.plot(path[0], function(path[0]), "k*", ms=11)
    if gone == len(path):
        axes.plot(path[-1], function(path[-1]), "X", color=COLOURS["vermilion"], ms=9, mec="white")
    else:
        axes.text(
            0.5,
            0.93,
            f"leaves the picture at step {gone}",
            transform=axes.transAxes,
            ha="center",
            va="top",
            fontsize=9,
            color=COLOURS["vermilion"],
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )
    axes.set_xlim(limits)


def draw_contours(axes, function, limits, lines=12, points=70):
    """Draw the contours of a surface into `axes`, closer together near its lowest point."""
    (left, right), (bottom, top) = limits
    x, y = np.meshgrid(np.linspace(left, right, points), np.linspace(bottom, top, points))
    heights = function(np.stack([x, y], axis=-1))
    low, high = float(heights.min()), float(heights.max())
    levels = low + (high - low) * np.linspace(0.04, 1.0, lines) ** 2
    axes.contour(x, y, heights, levels=levels, colors=GREY, linewidths=0.8)
    axes.grid(False)
    axes.set(xlim=limits[0], ylim=limits[1])


def describe_walk(path, losses):
    """Return a sentence on a walk for the alternative text: how many steps, and where the loss."""
    steps, first, last = len(path) - 1, float(losses[0]), float(losses[-1])
    way = "falls" if last < first else "grows" if last > first else "stays"
    return f"in {steps} steps the loss {way} from {first:.3g} to {last:.3g}."


def _draw_rates(axes, rate, zones):
    """Draw the learning rates as a ruler with its zones, the bounds and the present rate."""
    low, high = 1e-3, 4.0
    start = low
    for (end, words), colour in zip(zones, ZONES[-len(zones) :], strict=True):
        end = min(end, high)
        axes.axvspan(start, end, color=colour, lw=0)
        axes.text(np.sqrt(start * end), 0.5, words, ha="center", va="center", fontsize=8.5)
        if end < high:
            axes.axvline(end, color="black", lw=1.8)
            axes.text(
                end, 1.1, f"bound {end:.3g}" if start == low else f"{end:.3g}",
                ha="right" if start == low and len(zones) > 2 else "center", va="bottom", fontsize=8.5
            )
        start = end
    axes.plot([rate], [0.5], "v", color=COLOURS["vermilion"], ms=12, mec="white", clip_on=False)
    swift_log(axes.xaxis)
    axes.set(xlim=(low, high), ylim=(0, 1), yticks=[])
    name_axes(axes, "", "learning rate (▼ is yours)")
    axes.grid(False)


def _zone_of(rate, zones):
    return next(words for end, words in zones if rate <= end or end == zones[-1][0])


def _room(heights):
    low, high = float(np.min(heights)), float(np.max(heights))
    return low - 0.06 * (high - low), high + 0.04 * (high - low)


def _check_walks(walks, at_most=8):
    if not walks or len(walks) > at_most:
        raise ValueError(
            f"walks holds {len(walks)} walks; expected 1 to {at_most}, as a dict from names to "
            "positions. Draw more of them in a second figure."
        )
