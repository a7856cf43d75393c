"""How two distances depend on the number of samples: of one generator, and of real digits."""

import numpy as np

from gan_course.plots.style import COLOURS, LINES, MARKERS, new_figure
from gan_course.tables import number


def distances_by_size(measure, real, fake, sizes, draws=5, seed=0):
    """Measure n fakes, and n other real digits, against n real digits, several times for each n.

    Args:
        measure: A function of two sets of features.
        real: Features of real digits, (m, d), m at least twice the largest size.
        fake: Features of fakes, (k, d), k at least the largest size.
        sizes: The numbers of samples n.
        draws: How often each is drawn.
        seed: The seed of the draws.

    Returns:
        A dict of arrays (sizes, draws): `fake` and `real`.

    Introduced in lesson 11.
    """
    rng = np.random.default_rng(seed)
    found = {"fake": [], "real": []}
    for n in sizes:
        rows = {"fake": [], "real": []}
        for _ in range(draws):
            order, some = rng.permutation(len(real)), rng.permutation(len(fake))[:n]
            rows["fake"].append(measure(fake[some], real[order[:n]]))
            rows["real"].append(measure(real[order[n : 2 * n]], real[order[:n]]))
        for kind, values in rows.items():
            found[kind].append(values)
    return {kind: np.array(values) for kind, values in found.items()}


def plot_sizes(sizes, curves):
    """Draw distances against the number of samples, a picture for each distance.

    Args:
        sizes: The numbers of samples.
        curves: A dict from the name of a distance to what `distances_by_size` returned.

    Returns:
        A Figure.

    Introduced in lesson 11.
    """
    figure, all_axes = new_figure(1, len(curves), height=3.4)
    texts = []
    for axes, (name, found) in zip(np.atleast_1d(all_axes), curves.items(), strict=True):
        for kind, label in (("fake", "fakes"), ("real", "other real digits")):
            values, looks = found[kind], {"color": COLOURS[kind], "ls": LINES[kind]}
            axes.plot(sizes, values.mean(axis=1), marker=MARKERS[kind], label=label, **looks)
            ends = values.min(axis=1), values.max(axis=1)
            axes.fill_between(sizes, *ends, color=COLOURS[kind], alpha=0.2, lw=0)
            first, last = (number(values[place].mean(), ".3g") for place in (0, -1))
            texts.append(
                f"{name}, {label}: {first} at {sizes[0]:,} samples, {last} at {sizes[-1]:,}"
            )
        axes.axhline(0, color=COLOURS["reference"], lw=0.8)
        axes.set(xscale="log", xlabel="samples in each set", ylabel=name, xticks=sizes)
        axes.set_xticklabels([f"{n:,}" for n in sizes], fontsize=8)
        axes.minorticks_off()
        axes.legend(frameon=False, fontsize=9)
    figure.alt = f"Mean and range over the draws. {'; '.join(texts)}."
    return figure
