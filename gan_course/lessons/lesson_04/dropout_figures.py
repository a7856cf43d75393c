"""Figures of dropout: masks, the spread of outputs over masks, errors against the rate."""

import numpy as np
from matplotlib.patches import Patch

from gan_course.arguments import check_same_shape, check_shape
from gan_course.plots.pictures import tile
from gan_course.plots.style import COLOURS, new_figure, new_picture_figure
from gan_course.plots.swift import name_axes
from gan_course.tables import number


def plot_masks(masks, titles):
    """Draw masks as tables: dark where a unit stays, white where it is dropped.

    Args:
        masks: A list of boolean arrays (n, d).
        titles: A text above each.

    Returns:
        A Figure.

    Example:
        >>> plot_masks([np.eye(3, dtype=bool)], ["step 1"])

    Introduced in lesson 04.
    """
    figure, all_axes = new_figure(1, len(masks), height=2.3)
    for axes, mask, title in zip(np.atleast_1d(all_axes), masks, titles, strict=True):
        n, d = mask.shape
        axes.grid(False)
        axes.imshow(mask, cmap="Greys", vmin=0, vmax=1.35, aspect="equal", interpolation="none")
        axes.set_xticks(np.arange(-0.5, d), minor=True)
        axes.set_yticks(np.arange(-0.5, n), minor=True)
        axes.grid(which="minor", color="#CFCFCF", linewidth=0.8)
        axes.tick_params(which="both", length=0)
        axes.set_xticks([0, d - 1], ["1", str(d)])
        axes.set_yticks([0, n - 1], ["1", str(n)])
        axes.set(title=title, xlabel="unit", ylabel="example")
    key = [
        Patch(facecolor=colour, edgecolor="#CFCFCF", label=words)
        for colour, words in (("#474747", "stays (1)"), ("white", "dropped (0)"))
    ]
    figure.legend(handles=key, loc="outside lower center", ncols=2, fontsize=9)
    shares = ", ".join(
        f"{title}: {number(np.mean(mask), '.0%')} stay"
        for mask, title in zip(masks, titles, strict=True)
    )
    figure.alt = f"Masks, one row per example, no two rows alike. {shares}."
    return figure


def draw_distribution(axes, outputs, probabilities, full, now=None, label="output", limits=None):
    """Draw how outputs spread over masks, with their mean and the full network beside it.

    Args:
        axes: Empty axes.
        outputs: (m,), one number per mask.
        probabilities: (m,), how probable each mask is; None for equally probable ones.
        full: The output of the full network.
        now: The output under the present mask, or None.
        label: What the numbers are.
        limits: (lowest, highest) of the horizontal axis; from the outputs if None. The share of
            masks whose outputs lie beyond is written below it.

    Returns:
        The mean over the masks, a float.

    Raises:
        ValueError: If outputs and probabilities have different shapes.

    Introduced in lesson 04.
    """
    outputs = np.asarray(outputs, dtype=np.float64)
    shares = np.full(outputs.shape, 1 / outputs.size) if probabilities is None else probabilities
    check_same_shape(outputs=outputs, probabilities=shares)
    mean = float(np.sum(shares * outputs))
    low, high = limits or _room_around([outputs.min(), outputs.max(), full])
    heights, edges = np.histogram(outputs, bins=40, range=(low, high), weights=shares)
    axes.stairs(heights, edges, fill=True, color=COLOURS["sky"], alpha=0.75)
    axes.axvline(
        mean, color=COLOURS["blue"], lw=2.4, label=f"mean over masks {number(mean, '.3f')}"
    )
    style = {"color": COLOURS["orange"], "lw": 2.0, "ls": "--"}
    axes.axvline(full, label=f"full network {number(full, '.3f')}", **style)
    if now is not None:
        style = {"color": COLOURS["black"], "marker": "v", "ls": "none", "clip_on": False}
        axes.plot(
            [np.clip(now, low, high)],
            [0.02 * heights.max()],
            label=f"now {number(now, '.3f')}",
            zorder=5,
            **style,
        )
    axes.set(xlim=(low, high), ylim=(0, heights.max() * 1.5))
    style = {"facecolor": "white", "edgecolor": "none", "framealpha": 0.9}
    axes.legend(loc="upper right", fontsize=8.5, **style)
    beyond = float(np.sum(shares * ((outputs < low) | (outputs > high))))
    if beyond > 0.0005:
        label += f" ({number(beyond, '.1%')} of masks lie beyond)"
    name_axes(axes, "", label, "share of masks")
    return mean


def plot_distributions(panels):
    """Draw the spread of outputs over masks for several settings, side by side.

    Args:
        panels: A list of tuples (title, outputs, probabilities, full, label), as in
            `draw_distribution`.

    Returns:
        A Figure.

    Introduced in lesson 04.
    """
    figure, all_axes = new_figure(1, len(panels), height=3.3)
    limits = {}
    for _, outputs, _, full, label in panels:
        seen = [np.min(outputs), np.max(outputs), full]
        limits[label] = _room_around([*seen, *limits.get(label, ())])
    told = []
    for axes, panel in zip(np.atleast_1d(all_axes), panels, strict=True):
        title, outputs, probabilities, full, label = panel
        mean = draw_distribution(
            axes, outputs, probabilities, full, label=label, limits=limits[label]
        )
        axes.set_title(title, fontsize=10)
        axes.xaxis.set_label_coords(0.5, -0.15)
        axes.set_ylim(0, axes.get_ylim()[1] / 1.4)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.22), fontsize=8.5, frameon=False)
        mean, full = number(mean, ".3f"), number(full, ".3f")
        told.append(f"{title}: mean over masks {mean}, full network {full}")
    figure.alt = f"Outputs over all masks. {'. '.join(told)}."
    return figure


def plot_rate_curves(rates, curves, live=None, best=None):
    """Draw errors against the dropout rate: the median of several runs with a band over all.

    Args:
        rates: (r,), the rates.
        curves: A list, one panel each, of (title, unit, {name: runs (seeds, r)}).
        live: A dict from the name of a curve to one run (r,), drawn as separate points; or None.
        best: A rate to mark with a line, or None.

    Returns:
        A Figure.

    Introduced in lesson 04.
    """
    figure, all_axes = new_figure(1, len(curves), height=3.3)
    series = (("orange", "s", "--"), ("blue", "o", "-"))
    told = []
    for axes, (title, unit, lines) in zip(np.atleast_1d(all_axes), curves, strict=True):
        for (name, runs), (colour, marker, line) in zip(lines.items(), series, strict=False):
            runs = np.asarray(runs, dtype=np.float64)
            middle = np.median(runs, axis=0)
            style = {"color": COLOURS[colour], "marker": marker, "ls": line, "clip_on": False}
            axes.plot(rates, middle, label=f"{name}: median", **style)
            spread = {"color": COLOURS[colour], "alpha": 0.2, "linewidth": 0}
            axes.fill_between(rates, runs.min(axis=0), runs.max(axis=0), **spread)
            if live and name in live and title in live[name]:
                mine = live[name][title]
                axes.plot(*mine, "D", color=COLOURS["black"], mfc="none", label=f"{name}: yours")
            told.append(
                f"{title}, {name}: {middle[0]:.3g} at rate {rates[0]:g}, lowest "
                f"{middle.min():.3g} at rate {rates[int(np.argmin(middle))]:g}, "
                f"{middle[-1]:.3g} at rate {rates[-1]:g}"
            )
        if best is not None:
            axes.axvline(best, color=COLOURS["black"], ls=":", lw=1.2)
        axes.set(xlabel="dropout rate", ylabel=unit, title=title, ylim=(0, None))
        axes.legend(fontsize=8.5, frameon=False)
    figure.alt = f"Against the dropout rate, median and range of the runs. {'. '.join(told)}."
    return figure


def plot_columns(columns, titles):
    """Draw images as a table: one row per example, one named column per kind of picture.

    Args:
        columns: A list of image arrays (n, height, width, 1) in [0, 1], the same examples in each.
        titles: The name of each column.

    Returns:
        A Figure.

    Raises:
        ValueError: If there is not one title for each column.

    Introduced in lesson 04.
    """
    check_shape("titles", titles, (len(columns),), "Give one for each column, or an empty text.")
    images = np.stack(columns, axis=1)  # (n, columns, height, width, 1)
    rows, count = images.shape[:2]
    sheet = tile(images.reshape(-1, *images.shape[2:]), count, (0, 1), gap=3)
    figure, axes = new_picture_figure(8.0, 8.0 * sheet.shape[0] / sheet.shape[1] + 0.3)
    axes.imshow(sheet, cmap="gray", vmin=0, vmax=255, interpolation="none")
    for index, title in enumerate(titles):
        middle = (index + 0.5) * sheet.shape[1] / count
        axes.text(middle, -1, title, ha="center", va="bottom", fontsize=9)
    figure.alt = f"A table of images, {rows} rows. Its columns: {', '.join(titles)}."
    return figure


def _room_around(values):
    low, high = min(values), max(values)
    room = 0.06 * (high - low) or 0.5
    return low - room, high + room
