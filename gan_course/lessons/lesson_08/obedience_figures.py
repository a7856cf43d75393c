"""Figures of obedience: how often a conditional generator draws the digit it was asked for."""

import numpy as np

from gan_course.arguments import check_array
from gan_course.plots.style import COLOURS, MARKERS, ink_on, new_figure
from gan_course.tables import number


def plot_obedience(shares, intervals, reference=None):
    """Draw, for each digit asked for, the share of samples that were read as it.

    Args:
        shares: (num_classes,), from 0 to 1.
        intervals: A pair (low, high) for each share, such as `wilson_interval` returns.
        reference: The same share for real digits, drawn as diamonds; None for none.

    Returns:
        A Figure.

    Raises:
        ValueError: If there are not as many intervals as shares.

    Introduced in lesson 08.
    """
    shares, pair = check_array("shares", shares, ("digits",)), "Give a pair (low, high) for each."
    intervals = check_array("intervals", intervals, (len(shares), 2), remedy=pair)
    digits = np.arange(len(shares))
    figure, axes = new_figure(height=3.2, width=7)
    bars = np.abs(intervals.T - shares)
    fake = {"color": COLOURS["fake"], "marker": MARKERS["fake"], "ls": "", "capsize": 3}
    axes.errorbar(digits - 0.1, shares, bars, label="generated, 95 % interval", **fake)
    if reference is not None:
        real = {"color": COLOURS["real"], "marker": MARKERS["reference"], "ls": "", "ms": 5}
        axes.plot(digits + 0.15, reference, label="real test digits", **real)
    low = min(intervals.min(), 1.0 if reference is None else np.min(reference))
    axes.set(xlabel="digit asked for", ylabel="share read as asked", xticks=digits)
    axes.set_ylim(max(0.0, low - 0.05), 1.04)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    worst = int(shares.argmin())
    figure.alt = (
        f"Share of samples read as asked, for each digit. Mean "
        f"{number(shares.mean(), '.1%')}; lowest {number(shares[worst], '.1%')}, for {worst}."
    )
    return figure


def plot_confusion(counts):
    """Draw how often each digit that was asked for was read as each digit.

    Args:
        counts: (num_classes, num_classes), whole numbers: rows asked for, columns read.

    Returns:
        A Figure; off the diagonal the colours show the mistakes only.

    Introduced in lesson 08.
    """
    counts = np.asarray(counts)
    wrong = counts * (1 - np.eye(len(counts), dtype=counts.dtype))
    figure, axes = new_figure(height=4.2, width=4.8)
    drawn = axes.imshow(wrong, cmap="Oranges", vmin=0, vmax=max(1, wrong.max()))
    axes.grid(False)
    for row, column in np.ndindex(counts.shape):
        if counts[row, column]:
            right = row == column
            axes.text(
                column,
                row,
                f"{counts[row, column]}",
                ha="center",
                va="center",
                fontsize=8,
                color=ink_on(drawn.to_rgba(wrong[row, column])),
                weight="bold" if right else "normal",
            )
    ticks = np.arange(len(counts))
    axes.set(xlabel="read as", ylabel="asked for", xticks=ticks, yticks=ticks)
    axes.set_title("asked for, and what was read")
    asked, read = np.unravel_index(wrong.argmax(), wrong.shape)
    most = f" Most common mistake: {asked} read as {read}, {wrong.max()} times."
    figure.alt = (
        f"Confusion matrix: {np.trace(counts)} of {counts.sum()} samples lie on the diagonal."
        + (most if wrong.any() else "")
    )
    return figure
