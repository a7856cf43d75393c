"""Runs with and without batch norm: loss curves by learning rate, accuracies, and scores by arm."""

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from gan_course.arguments import check_filled
from gan_course.plots.style import COLOURS, new_figure

# One (colour, marker, line) for each learning rate, from the smallest to the largest.
RATE_LOOKS = (
    ("sky", "v", "-"),
    ("blue", "o", "-"),
    ("green", "s", "--"),
    ("orange", "^", "-."),
    ("purple", "X", ":"),
)
WAYS = ((False, "without", "orange", "X", "--"), (True, "with batch norm", "blue", "o", "-"))
HIGHEST = 3.0  # losses above this are drawn at the upper edge; guessing costs log 10 = 2.30


def plot_rate_curves(rows):
    """Draw loss curves: a column for each size of the first weights, a row without and one with.

    Each line is the median over the seeds, the band runs from the lowest to the highest. Losses
    above 3, and runs that diverged, are drawn at the upper edge.

    Args:
        rows: A list of dicts, one a run, with `width`, `rate`, `batch_norm` and `loss_…` columns
            that name the step; values may be strings, as `read_results` returns them.

    Returns:
        A Figure with 2 × widths axes.

    Raises:
        ValueError: If there are no rows, or more than five learning rates.

    Introduced in lesson 03.
    """
    widths, rates = _kinds(rows, "width"), _kinds(rows, "rate")
    check_filled("the list of rates", rates, len(RATE_LOOKS), "Choose some of the rows.")
    columns = [name for name in rows[0] if name.startswith("loss_")]
    steps = [int(name.removeprefix("loss_")) for name in columns]
    figure, panels = new_figure(2, len(widths), height=4.9)
    panels, told = panels.reshape(2, len(widths)), []
    for line_of_panels, (norm, words, *_) in zip(panels, WAYS, strict=True):
        for panel, width in zip(line_of_panels, widths, strict=True):
            learned = []
            for rate, (colour, marker, line) in zip(rates, RATE_LOOKS, strict=False):
                runs = [
                    [float(row[name]) for name in columns] for row in _of(rows, width, rate, norm)
                ]
                losses = np.minimum(np.nan_to_num(np.array(runs), nan=HIGHEST), HIGHEST)
                middle = np.median(losses, axis=0)
                look = {"color": COLOURS[colour], "marker": marker, "ls": line, "ms": 4, "lw": 1.4}
                panel.plot(steps, middle, label=f"{rate:g}", **look)
                panel.fill_between(
                    steps, losses.min(0), losses.max(0), color=COLOURS[colour], alpha=0.18, lw=0
                )
                learned += [f"{rate:g}"] if middle[-1] < 1.0 else []
            panel.axhline(np.log(10), color="black", ls=":", lw=1)
            panel.set(ylim=(0, 1.05 * HIGHEST))
            panel.set_title(f"{words}, width {width:g}", fontsize=9)
            told.append(f"{words}, width {width:g}: {', '.join(learned) or 'none'}")
    for panel in panels[-1]:
        panel.set_xlabel("step")
    for panel in panels[:, 0]:
        panel.set_ylabel("training loss")
    for panel in panels[:, 1:].flat:
        panel.tick_params(labelleft=False)
    handles, labels = panels[0, 0].get_legend_handles_labels()
    figure.legend(
        handles, labels, title="learning rate", loc="outside lower center", ncols=5, fontsize=9
    )
    figure.alt = (
        "Loss against step for several first weights (columns), without batch norm above and with "
        "it below, one line per learning rate. A dotted line marks guessing, log 10. Rates that "
        f"end with a loss below 1: {'; '.join(told)}."
    )
    return figure


def plot_rate_scores(rows):
    """Draw the accuracy against the learning rate, a panel for each size of the first weights.

    A point is the median over the seeds, its bar runs from the lowest to the highest. A run that
    diverged counts as guessing, 10 %.

    Args:
        rows: As for `plot_rate_curves`, with a column `accuracy`.

    Returns:
        A Figure with a panel for each width.

    Raises:
        ValueError: If there are no rows.

    Introduced in lesson 03.
    """
    widths, rates = _kinds(rows, "width"), _kinds(rows, "rate")
    figure, panels = new_figure(1, len(widths), height=3.0)
    told = []
    for panel, width in zip(np.atleast_1d(panels), widths, strict=True):
        for norm, words, colour, marker, line in WAYS:
            found = [
                np.nan_to_num(
                    [float(row["accuracy"]) for row in _of(rows, width, rate, norm)], nan=0.1
                )
                for rate in rates
            ]
            middle = [100 * np.median(each) for each in found]
            low = [100 * each.min() for each in found]
            high = [100 * each.max() for each in found]
            look = {"color": COLOURS[colour], "marker": marker, "ls": line, "label": words}
            panel.plot(rates, middle, **look)
            panel.vlines(rates, low, high, color=COLOURS[colour], lw=3, alpha=0.35)
            told.append(f"width {width:g} {words}: {', '.join(f'{m:.0f}' for m in middle)}")
        panel.set(xscale="log", xlabel="learning rate", ylim=(0, 104))
        panel.set_xticks(rates, [f"{rate:g}" for rate in rates])
        panel.set_title(f"width {width:g}", fontsize=10)
        panel.axhline(10, color="black", ls=":", lw=1)
    np.atleast_1d(panels)[0].set_ylabel("validation digits right, %")
    for panel in np.atleast_1d(panels)[1:]:
        panel.tick_params(labelleft=False)
    handles, labels = np.atleast_1d(panels)[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=9)
    figure.alt = (
        f"Accuracy in % against the learning rates {', '.join(f'{rate:g}' for rate in rates)}, "
        f"medians: {'; '.join(told)}."
    )
    return figure


def plot_arms(rows):
    """Draw the Fréchet distance of several arms: a dot for each seed, a bar at the median.

    Args:
        rows: A list of dicts with `arm` and `fd`; values may be strings.

    Returns:
        A Figure; the arms stand in the order of the rows, the first on top.

    Raises:
        ValueError: If there are no rows.

    Introduced in lesson 03.
    """
    arms = list(dict.fromkeys(row["arm"] for row in rows))
    check_filled("rows", rows)
    figure, axes = new_figure(height=0.6 + 0.42 * len(arms))
    told = []
    for place, arm in enumerate(arms):
        values = np.array([float(row["fd"]) for row in rows if row["arm"] == arm])
        axes.plot(values, np.full(len(values), place), "o", color=COLOURS["blue"], ms=7, alpha=0.55)
        middle = float(np.median(values))
        axes.plot(middle, place, "|", color="black", ms=20, mew=2.5)
        told.append(f"{arm} {middle:.4g} ({values.min():.4g} to {values.max():.4g})")
    axes.set_yticks(range(len(arms)), arms)
    label = "Fréchet distance (lower is better)"
    axes.set(xscale="log", xlabel=label, ylim=(len(arms) - 0.5, -0.5))
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 3, 5), numticks=12))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    figure.alt = f"{label}, a dot for each seed, median and range: {'; '.join(told)}."
    return figure


def _kinds(rows, name):
    """Return the different numbers in a column, smallest first."""
    check_filled("rows", rows)
    return sorted({float(row[name]) for row in rows})


def _of(rows, width, rate, norm):
    """Return the runs of one curve; `batch_norm` may be a bool or the string that a CSV has."""
    return [
        row
        for row in rows
        if float(row["width"]) == width
        and float(row["rate"]) == rate
        and str(row["batch_norm"]) == str(norm)
    ]
