"""What the arms of the comparison reached, a mark for each seed; and fakes over the grid."""

import numpy as np

from gan_course.arguments import check_filled
from gan_course.plots.style import COLOURS, MARKERS, new_figure
from gan_course.tables import number
from gan_course.theory import modes_covered

COLUMNS = {  # of the table → the label below its axes
    "within_3_sigma": "good points (within 3σ of a mode)",
    "kl_to_uniform": "KL to equal shares, in nats",
}
MOST_DRAWN = 1500  # of the fakes in a panel


def plot_arms(rows, all_modes):
    """Draw for each arm the share of good points and the KL to equal shares, a mark for each seed.

    A mark is filled where the seed has found all modes, and hollow where it has not. A bar stands
    at the median.

    Args:
        rows: A list of dicts with `arm`, `modes` and the keys of `COLUMNS`; values may be strings,
            as `read_results` returns them. NaN, where an arm broke down, is not drawn.
        all_modes: How many modes there are.

    Returns:
        A Figure with two axes, the arms from top to bottom as they come.

    Raises:
        ValueError: If there are no rows.
    """
    check_filled("rows", rows)
    arms = list(dict.fromkeys(row["arm"] for row in rows))
    figure, (left, right) = new_figure(1, 2, height=0.34 * len(arms) + 1.1)
    told = []
    for place, arm in enumerate(arms):
        found = [row for row in rows if row["arm"] == arm]
        medians = []
        for axes, column in zip((left, right), COLUMNS, strict=True):
            values = np.array([float(row[column]) for row in found])
            whole = np.array([float(row["modes"]) == all_modes for row in found])
            look = {"s": 34, "edgecolors": COLOURS["fake"], "linewidths": 1.3, "zorder": 3}
            for filled in (True, False):
                shown = values[whole == filled]
                face = COLOURS["fake"] if filled else "white"
                axes.scatter(shown, np.full(len(shown), place), facecolors=face, **look)
            medians.append(np.median(values))
            axes.plot([medians[-1]] * 2, [place - 0.3, place + 0.3], color="black", lw=1.5)
        told.append(f"{arm}: {number(medians[0], '.0%')}, {number(medians[1], '.2g')}")
    for axes, label in zip((left, right), COLUMNS.values(), strict=True):
        axes.set(xlabel=label, ylim=(len(arms) - 0.5, -0.5))
        axes.set_yticks(range(len(arms)), arms if axes is left else [""] * len(arms), fontsize=9)
    left.set_xlim(-0.03, 1.03)
    left.xaxis.set_major_formatter(lambda value, _: number(value, ".0%"))
    right.set_xscale("log")
    figure.alt = f"Median share of good points and median KL for each arm. {'; '.join(told)}."
    return figure


def plot_on_grid(panels, data):
    """Draw samples of fakes in the plane, good ones and others told apart.

    Args:
        panels: A dict from titles to points (n, 2).
        data: The `ToyDistribution`, with centres.

    Returns:
        A Figure with a panel for each sample.

    Raises:
        ValueError: If there are no panels.
    """
    check_filled("panels", panels)
    figure, all_axes = new_figure(1, len(panels), height=8.0 / max(len(panels), 2) + 0.6)
    edge, told = 1.25 * np.abs(data.centres).max(), []
    for axes, (title, points) in zip(np.atleast_1d(all_axes), panels.items(), strict=True):
        points = np.asarray(points)
        away = np.linalg.norm(points[:, None] - data.centres, axis=-1) / data.stds
        good = away.min(axis=1) <= 3
        few = slice(None, MOST_DRAWN)
        look = {"s": 5, "lw": 0}
        axes.scatter(*points[few][~good[few]].T, color="#777777", marker=".", label="other", **look)
        kind = {"color": COLOURS["fake"], "marker": MARKERS["fake"]}
        axes.scatter(*points[few][good[few]].T, label="good", **kind, **look | {"s": 9})
        look = {"s": 150, "facecolors": "none", "edgecolors": COLOURS["real"], "linewidths": 1}
        axes.scatter(*data.centres.T, label="mode", **look)
        axes.set(xlim=(-edge, edge), ylim=(-edge, edge), aspect="equal")
        found = modes_covered(points, data.centres, data.stds)
        share = number(found.high_quality_share, ".0%")
        told.append(f"{title}: {found.covered} of {found.total} modes, {share} good")
        axes.set_title(told[-1], fontsize=10)
    handles, labels = np.atleast_1d(all_axes)[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
    figure.alt = f"Fakes in the plane, and a ring around each mode. {'; '.join(told)}."
    return figure
