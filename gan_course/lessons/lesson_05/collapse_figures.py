"""Which modes a generator found: points, shares on each mode, counts over time and by rates."""

import numpy as np
from matplotlib import colormaps
from matplotlib.ticker import MultipleLocator

from gan_course.arguments import check_array, check_filled
from gan_course.plots.style import COLOURS, MARKERS, ink_on, new_figure
from gan_course.tables import number

LARGEST = 20_000  # the area of the largest disc, in square points, if there were one panel
MOST_DRAWN = 600  # of the fakes in a panel: more would hide one another


def plot_fakes(panels, real, edge=None):
    """Draw several samples of fakes over the same real points, side by side.

    Args:
        panels: A dict from titles to points (n, 2).
        real: Real points, (n, 2).
        edge: Each panel shows −edge to edge in both directions, and fakes beyond are not drawn; a
            little more than the real points need if None.

    Returns:
        A Figure with a panel for each sample.

    Raises:
        ValueError: If there are no panels.

    Introduced in lesson 05.
    """
    check_filled("panels", panels)
    figure, axes = new_figure(1, len(panels), height=8.0 / max(len(panels), 2) + 0.6)
    edge, told = edge or 1.3 * np.abs(real).max(), []
    for each, (title, points) in zip(np.atleast_1d(axes), panels.items(), strict=True):
        look = {"marker": MARKERS["real"], "s": 70, "color": COLOURS["real"], "alpha": 0.3, "lw": 0}
        each.scatter(*np.asarray(real).T, label="real", **look)
        look = {"marker": MARKERS["fake"], "s": 14, "color": COLOURS["fake"], "alpha": 0.6, "lw": 0}
        each.scatter(*np.asarray(points)[:MOST_DRAWN].T, label="fake", **look)
        each.set(xlim=(-edge, edge), ylim=(-edge, edge), aspect="equal")
        for axis in (each.xaxis, each.yaxis):
            axis.set_major_locator(MultipleLocator(5 if edge > 5 else 2 if edge > 3 else 1))
        each.set_title(title, fontsize=10)
        inside = (np.abs(points) <= edge).all(axis=1).mean()
        middle, spread = np.mean(points, axis=0), np.std(points, axis=0)
        told.append(
            f"{title}: centre ({number(middle[0], '.1f')}, {number(middle[1], '.1f')}), standard "
            f"deviations ({spread[0]:.1f}, {spread[1]:.1f}), {number(inside, '.0%')} in view"
        )
    handles, labels = np.atleast_1d(axes)[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, frameon=False)
    figure.alt = f"Real points and fakes in the plane. Of the fakes, {'; '.join(told)}."
    return figure


def plot_modes(runs, centres):
    """Draw each mode as a disc whose area is its share of the samples; a cross where none lies.

    Args:
        runs: A dict from titles to counts of high-quality samples at each mode, (k,).
        centres: The modes' centres, (k, 2).

    Returns:
        A Figure with a panel for each run.

    Raises:
        ValueError: If there are no runs, or the counts do not fit the centres.

    Introduced in lesson 05.
    """
    check_filled("runs", runs)
    centres, shares = np.asarray(centres, float), {}
    for title, counts in runs.items():
        remedy = "One count for each centre: pass `modes_covered(…).counts`."
        counts = check_array(title, counts, (len(centres),), remedy=remedy)
        shares[title] = counts / max(counts.sum(), 1)
    figure, axes = new_figure(1, len(runs), height=8.0 / max(len(runs), 2) + 0.3)
    most = max(each.max() for each in shares.values()) or 1.0
    edge, told = 1.45 * np.abs(centres).max(), []
    for each, (title, share) in zip(np.atleast_1d(axes), shares.items(), strict=True):
        found = share > 0
        sizes = np.maximum(
            LARGEST / len(runs) ** 2 * share[found] / most, 6
        )  # one sample is a disc too
        each.scatter(*centres[found].T, s=sizes, color=COLOURS["fake"], alpha=0.6, lw=0)
        look = {"marker": "x", "s": 30, "color": "black", "linewidths": 1.3}
        each.scatter(*centres[~found].T, **look)
        each.set(xlim=(-edge, edge), ylim=(-edge, edge), aspect="equal", xticks=[], yticks=[])
        each.set_title(f"{title}: {found.sum()} of {len(centres)}", fontsize=10)
        told.append(f"{title} {found.sum()} of {len(centres)}")
    figure.alt = (
        "A disc at each mode that was found, with an area that grows with its share of the "
        f"samples, and a cross at each that was not. Found: {'; '.join(told)}."
    )
    return figure


def plot_coverage(rows, published):
    """Draw the modes covered, and the share of high-quality samples, over the training.

    A line is the median over the seeds, its band runs from the lowest to the highest.

    Args:
        rows: A list of dicts with `arm`, `step`, `covered`, `total` and `high_quality`; values may
            be strings, as `read_results` returns them.
        published: A dict from the total of modes to the published modes covered, drawn as a dotted
            line.

    Returns:
        A Figure with 2 × arms axes.

    Raises:
        ValueError: If there are no rows.

    Introduced in lesson 05.
    """
    arms = list(dict.fromkeys(row["arm"] for row in rows))
    check_filled("rows", rows)
    figure, axes = new_figure(2, len(arms), height=4.6)
    told = []
    for (top, bottom), arm in zip(axes.reshape(2, len(arms)).T, arms, strict=True):
        mine = [row for row in rows if row["arm"] == arm]
        steps = sorted({int(row["step"]) for row in mine})
        total = int(mine[0]["total"])
        for panel, name, factor in ((top, "covered", 1), (bottom, "high_quality", 100)):
            runs = [
                [factor * float(row[name]) for row in mine if int(row["step"]) == step]
                for step in steps
            ]
            middle = np.median(runs, axis=1)
            low, high = np.min(runs, axis=1), np.max(runs, axis=1)
            panel.plot(steps, middle, "-X", color=COLOURS["fake"], ms=5)
            panel.fill_between(steps, low, high, color=COLOURS["fake"], alpha=0.2, lw=0)
            panel.set_xlim(left=0)
            told.append(f"{arm}, {name.replace('_', ' ')} {middle[0]:.3g} to {middle[-1]:.3g}")
        if total in published:
            top.axhline(published[total], color="black", ls=":", lw=1.5)
        top.set(ylim=(0, 1.04 * total))
        top.set_title(arm, fontsize=10)
        bottom.set(ylim=(0, 104), xlabel="step")
    axes.reshape(2, len(arms))[0, 0].set_ylabel("modes covered")
    axes.reshape(2, len(arms))[1, 0].set_ylabel("high quality, %")
    figure.alt = (
        "Modes covered over the training above, with the published number as a dotted line, and "
        f"the share of high-quality samples below. First and last medians: {'; '.join(told)}."
    )
    return figure


def plot_rate_grid(rows):
    """Draw a table of learning rates: in each field the modes covered and the high-quality share.

    Args:
        rows: A list of dicts with `generator_rate`, `discriminator_rate`, `covered` and
            `high_quality`; values may be strings.

    Returns:
        A Figure: a row for each generator rate, a column for each discriminator rate; the darker
        a field, the larger the median share.

    Raises:
        ValueError: If there are no rows.

    Introduced in lesson 05.
    """
    check_filled("rows", rows)
    across = sorted({float(row["discriminator_rate"]) for row in rows})
    down = sorted({float(row["generator_rate"]) for row in rows})
    figure, axes = new_figure(height=0.85 * len(down) + 1.2)
    axes.grid(False)
    told, shares = [], np.zeros((len(down), len(across)))
    for i, generator_rate in enumerate(down):
        for j, discriminator_rate in enumerate(across):
            pair = (generator_rate, discriminator_rate)
            mine = [r for r in rows if _rates(r) == pair]
            covered = [float(row["covered"]) for row in mine]
            quality = [100 * float(row["high_quality"]) for row in mine]
            shares[i, j] = np.median(quality)
            words = (
                f"{np.median(covered):.0f} modes ({min(covered):.0f} to {max(covered):.0f})\n"
                f"{shares[i, j]:.0f} % good ({min(quality):.0f} to {max(quality):.0f})"
            )
            ink = ink_on(colormaps["Blues"](shares[i, j] / 100))
            axes.text(j, i, words, ha="center", va="center", fontsize=10, color=ink)
            told.append(f"G {pair[0]:g}, D {pair[1]:g}: {words}".replace("\n", ", "))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=100, aspect="auto")
    axes.set_xticks(range(len(across)), [f"{rate:g}" for rate in across])
    axes.set_yticks(range(len(down)), [f"{rate:g}" for rate in down])
    axes.set(xlabel="learning rate of the discriminator", ylabel="rate of the generator")
    axes.set_title("median (lowest to highest) of the seeds; darker: more good fakes", fontsize=10)
    axes.spines[:].set_visible(False)
    figure.alt = f"Medians over the seeds and ranges, by learning rates. {'; '.join(told)}."
    return figure


def _rates(row):
    return float(row["generator_rate"]), float(row["discriminator_rate"])
