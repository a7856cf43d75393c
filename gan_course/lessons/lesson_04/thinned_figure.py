"""Thinned networks, drawn: which units a mask has switched off, and what flows through the rest."""

import numpy as np
from matplotlib.collections import LineCollection

from gan_course.plots.style import COLOURS
from gan_course.plots.swift import swift_figure
from gan_course.tables import number

OFF = "#B8B8B8"
LAYER_NAMES = ("input", "hidden 1", "hidden 2", "output")


def plot_thinned_networks(weights, masks, titles=None):
    """Draw the same network under several masks, side by side.

    Units that are switched off are grey and crossed out, and so are the lines from and to them.
    Purple lines carry positive weights, orange ones negative weights; wide lines carry large ones.

    Args:
        weights: A list of matrices (d_in, d_out), one per layer of lines.
        masks: For each network a list of boolean arrays, one per layer, as `thinned_network`
            returns.
        titles: A text above each network; None for none.

    Returns:
        A Figure.

    Raises:
        ValueError: If the sizes of a mask do not fit the weights.

    Example:
        >>> weights = [np.ones((2, 3)), np.ones((3, 1))]
        >>> figure = plot_thinned_networks(weights, [thinned_network((2, 3, 1), 0.5, rng)])

    Introduced in lesson 04.
    """
    count = len(masks)
    width = 0.98 / count
    places = [(0.01 + width * i, 0.02, width * 0.96, 0.84) for i in range(count)]
    figure, all_axes = swift_figure(places, 2.7 if count > 2 else 3.4)
    for index, (axes, kept) in enumerate(zip(all_axes, masks, strict=True)):
        draw_network(axes, weights, kept)
        if titles:
            axes.set_title(titles[index], fontsize=10)
    figure.alt = " ".join(
        f"Network {number}: {describe_mask(kept)}." for number, kept in enumerate(masks, start=1)
    )
    return figure


def draw_network(axes, weights, kept, values=None, names=False):
    """Draw one network into axes: circles for units, lines for weights, crosses for dropped units.

    Args:
        axes: Empty axes.
        weights: As in `plot_thinned_networks`.
        kept: A list of boolean arrays, one per layer.
        values: A list of arrays with the number of each unit, or None.
        names: Whether the layers are named below (for four layers).

    Raises:
        ValueError: If the sizes of the mask do not fit the weights.

    Introduced in lesson 04.
    """
    sizes = [len(weights[0]), *(matrix.shape[1] for matrix in weights)]
    if [len(part) for part in kept] != sizes:
        raise ValueError(
            f"The mask has layers of {[len(part) for part in kept]} units and the weights of "
            f"{sizes}; expected the same. Draw it with thinned_network({tuple(sizes)}, …)."
        )
    heights = [np.linspace(1, -1, n) * (n - 1) / (max(sizes) - 1) for n in sizes]
    _draw_lines(axes, weights, kept, heights)
    spots = [(layer, y) for layer, ys in enumerate(heights) for y in ys]
    x, y, on = *np.array(spots).T, np.concatenate(kept).astype(bool)
    style = {"s": 400, "zorder": 3, "linewidths": 1.4, "c": "white"}
    axes.scatter(x[on], y[on], edgecolors=COLOURS["black"], **style)
    if not on.all():
        axes.scatter(x[~on], y[~on], edgecolors=OFF, linestyle="--", **style)
        axes.plot(x[~on], y[~on], "x", color=OFF, markersize=10, mew=1.6, zorder=4)
    numbers = np.concatenate(values) if values is not None else ()
    for spot, value, stays in zip(spots, numbers, on, strict=False):
        if stays:
            text = number(value, ".1f")
            axes.text(*spot, text, ha="center", va="center_baseline", fontsize=7, zorder=5)
    for layer, name in enumerate(LAYER_NAMES if names else ()):
        axes.text(layer, -1.36, name, ha="center", va="top", fontsize=9)
    axes.set(xlim=(-0.35, len(sizes) - 0.65), ylim=(-1.62 if names else -1.28, 1.28))
    axes.set_axis_off()


def _draw_lines(axes, weights, kept, heights):
    lines, colours, widths = [], [], []
    for layer, matrix in enumerate(weights):
        for (i, j), weight in np.ndenumerate(matrix):
            alive = kept[layer][i] and kept[layer + 1][j]
            lines.append([(layer, heights[layer][i]), (layer + 1, heights[layer + 1][j])])
            sign = COLOURS["positive" if weight > 0 else "negative"]
            colours.append(sign if alive else "#ECECEC")
            widths.append(0.4 + 1.3 * min(abs(weight), 1.5) if alive else 0.6)
    order = np.argsort([width > 0.6 for width in widths], kind="stable")  # dead lines below
    axes.add_collection(
        LineCollection(
            [lines[i] for i in order],
            colors=[colours[i] for i in order],
            linewidths=[widths[i] for i in order],
            zorder=1,
        )
    )


def describe_mask(kept):
    """Say in words which units a mask has switched off, counted from the top.

    Args:
        kept: A list of boolean arrays, one per layer.

    Returns:
        A text such as "dropped in hidden layer 1 units 1, 4; 8 of 10 hidden units stay".

    Introduced in lesson 04.
    """
    parts = [
        f"in hidden layer {layer} units {', '.join(str(u + 1) for u in np.flatnonzero(~part))}"
        for layer, part in enumerate(kept[1:-1], start=1)
        if not np.all(part)
    ]
    hidden = kept[1:-1]
    stay, total = sum(int(part.sum()) for part in hidden), sum(len(part) for part in hidden)
    dropped = f"dropped {'; '.join(parts)}" if parts else "nothing dropped"
    return f"{dropped}; {stay} of {total} hidden units stay"
