"""How much gradient arrives at each layer of a deep network, as curves over the layers."""

import numpy as np

from gan_course.arguments import check_array, check_filled
from gan_course.plots.style import COLOURS, new_figure
from gan_course.plots.swift import name_axes, swift_figure, swift_log

SERIES = (
    ("blue", "o", "-"),
    ("orange", "X", "--"),
    ("green", "s", "-."),
    ("purple", "^", ":"),
    ("black", "D", "-"),
)
SMALLEST = 1e-30  # what a curve at 0 is drawn as, so that a logarithmic axis can hold it


def plot_gradient_flow(curves, limits=None, title="", marked=None, swift=False):
    """Draw the size of the gradient at each layer, the first layer at the left, on a log axis.

    Backward runs from the right to the left. A horizontal line is what you want: every layer then
    learns at the same pace. A line that sinks to the left is a vanishing gradient, one that climbs
    to the left an exploding one.

    Args:
        curves: A dict from names to sizes: (layers,), or (runs, layers), drawn as the median with a
            band from the smallest to the largest run. At most five.
        limits: (lowest, highest) of the vertical axis; from the curves if None.
        title: What stands above.
        marked: The number of a layer, from 1, to mark with a vertical line; None for none.
        swift: Whether to draw in half the time, for widgets, with fixed places and no legend.

    Returns:
        A Figure; each curve's line has the name as its label.

    Raises:
        ValueError: If there are no curves or too many, or they hold negative numbers or nan.

    Example:
        >>> from gan_course.lessons.lesson_02.deep import gradient_flow
        >>> sizes = gradient_flow(10, 64, np.random.default_rng(0), activation="sigmoid")
        >>> figure = plot_gradient_flow({"sigmoid": sizes})

    Introduced in lesson 02.
    """
    check_filled("curves", curves, len(SERIES), "Draw the others in a second figure.")
    if swift:
        figure, (axes,) = swift_figure([(0.12, 0.15, 0.86, 0.75)], height=3.6)
    else:
        figure, axes = new_figure(height=3.6)
    parts = []
    for (name, sizes), (colour, marker, line) in zip(curves.items(), SERIES, strict=False):
        remedy = "Pass (layers,) or (runs, layers), such as gradient_flow returns."
        shape = ("runs", "layers")
        runs = check_array(f"curve {name!r}", np.atleast_2d(sizes), shape, least=0, remedy=remedy)
        layers = np.arange(1, runs.shape[1] + 1)
        middle = np.median(runs, axis=0)
        style = {"color": COLOURS[colour], "marker": marker, "ls": line, "markersize": 6}
        axes.plot(layers, np.maximum(middle, SMALLEST), label=name, **style)
        if len(runs) > 1:
            low, high = (np.maximum(side, SMALLEST) for side in (runs.min(0), runs.max(0)))
            axes.fill_between(layers, low, high, color=COLOURS[colour], alpha=0.18, linewidth=0)
        parts.append(f"{name}: {middle[0]:.2g} at the first layer, {middle[-1]:.2g} at the last")
    labels = ("layer, from the input (1) to the output", "size of the gradient (rms)")
    if swift:
        swift_log(axes.yaxis, decades=8)
        name_axes(axes, title, *labels, left=0.72)
    else:
        axes.set(yscale="log", xlabel=labels[0], ylabel=labels[1])
        axes.set_title(title, fontsize=11)
    axes.set_xlim(0.5, len(layers) + 0.5)
    axes.xaxis.get_major_locator().set_params(integer=True)
    if limits is not None:
        axes.set_ylim(*limits)
    if marked is not None:
        axes.axvline(marked, color=COLOURS["black"], ls=":", lw=1.3, label=f"layer {marked}")
    if not swift and (len(curves) > 1 or marked is not None):
        axes.legend(fontsize=9, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    figure.alt = (
        f"{title + '. ' if title else ''}Size of the gradient at each layer, on a log axis. "
        f"{'; '.join(parts)}."
    )
    return figure
