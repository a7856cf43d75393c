"""One walk downhill, its losses, and its learning rate among the rates that are stable."""

import numpy as np

from gan_course.plots.descent import (
    describe_walk,
    draw_contours,
    draw_walk_on_curve,
    height_limits,
    say_where_it_leaves,
)
from gan_course.plots.style import COLOURS
from gan_course.plots.swift import name_axes, swift_figure, swift_log

PLACES = ((0.085, 0.355, 0.41, 0.575), (0.6, 0.355, 0.375, 0.575), (0.075, 0.115, 0.9, 0.1))
CALM, WARY, WILD = "#E3F1FA", "#FBEBC8", "#F9DCCB"  # zones; each has words too
ZONES = {1: ("#EFEFEF",), 2: (CALM, WILD), 3: (CALM, WARY, WILD)}


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
        walk.set_ylim(height_limits(function(np.linspace(*limits, 200))))
    else:
        draw_contours(walk, function, limits)
        walk.plot(*path.T, "o-", color=COLOURS["blue"], ms=4, lw=1.4)
        walk.plot(*path[0], "k*", ms=12)
        walk.plot(*path[-1], "X", color=COLOURS["orange"], ms=9, mec="white")
        outside = np.any((path < np.min(limits, axis=1)) | (path > np.max(limits, axis=1)), axis=1)
        say_where_it_leaves(walk, outside)
    title = f"{optimizer}, {len(path) - 1} steps: ★ start, ✖ end"
    name_axes(walk, title, *(("x", "loss") if path.ndim == 1 else ("x₁", "x₂")), left=0.47)
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


def _draw_rates(axes, rate, zones):
    """Draw the learning rates as a ruler with its zones, the bounds and the present rate."""
    low, high = 1e-3, 4.0
    start = low
    for (end, words), colour in zip(zones, ZONES[len(zones)], strict=True):
        end = min(end, high)
        axes.axvspan(start, end, color=colour, lw=0)
        if end / start > 1.7:  # else too narrow for words
            middle = np.sqrt(start * end)
            axes.text(middle, 0.66, words, ha="center", va="center", fontsize=8.5)
        if end < high:
            last = end == zones[-2][0]  # beyond it nothing holds
            axes.axvline(end, color="black", lw=2.2 if last else 1)
            side = "right" if start == low and len(zones) > 2 else "left"
            words = f"bound {end:.3g}" if last else f"{end:.3g}"
            axes.text(end, 1.08, words, ha=side, va="bottom", fontsize=8.5)
        start = end
    axes.plot([rate], [0.2], "^", color=COLOURS["orange"], ms=11, mec="white", clip_on=False)
    swift_log(axes.xaxis)
    axes.set(xlim=(low, high), ylim=(0, 1), yticks=[])
    name_axes(axes, "", "learning rate (▲ is yours)")
    axes.grid(False)


def _zone_of(rate, zones):
    return next(words for end, words in zones if rate <= end or end == zones[-1][0])
