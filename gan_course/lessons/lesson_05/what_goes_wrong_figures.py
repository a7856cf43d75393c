"""A GAN that circles, and a discriminator that is ahead: the pictures of what goes wrong."""

import numpy as np

from gan_course.arguments import check_array, check_filled
from gan_course.plots.style import COLOURS, new_figure

LOSS_LOOKS = {
    "minimax": ("vermilion", "X", "--"),
    "non_saturating": ("blue", "o", "-"),
}


def plot_swings(offsets, slopes, start=0):
    """Draw a GAN on a line as it circles: the fakes' offset over time, and against D's slope.

    Args:
        offsets: The fakes' mean minus the data's, (n,).
        slopes: How steeply D's logit rises across the data at the same times, (n,).
        start: The step before the first entry; one entry for each step after it.

    Returns:
        A Figure with two axes.

    Raises:
        ValueError: If the two have different lengths, or no entries.

    Introduced in lesson 05.
    """
    offsets = check_array("offsets", offsets, ("n",))
    slopes = check_array("slopes", slopes, offsets.shape)
    figure, (left, right) = new_figure(1, 2, height=3.4)
    steps = start + 1 + np.arange(len(offsets))
    left.plot(steps, offsets, color=COLOURS["fake"], lw=1.3)
    left.axhline(0, color="black", ls=":", lw=1.2)
    left.set(xlabel="step", ylabel="mean of the fakes − mean of the data")
    right.plot(offsets, slopes, color=COLOURS["discriminator"], lw=0.8, alpha=0.7)
    right.plot(offsets[0], slopes[0], "k*", ms=12)
    right.plot(0, 0, "+", color="black", ms=12, mew=2)
    right.set(xlabel="mean of the fakes − mean of the data", ylabel="slope of D's logit")
    right.set_title("★ start, + equilibrium", fontsize=10)
    figure.alt = (
        f"Left: from step {steps[0]:,} to {steps[-1]:,} the fakes' mean swings around the data's, "
        f"from {-offsets.min():.2f} below to {offsets.max():.2f} above. Right: the same swings "
        "against the slope of the discriminator's logit, around the equilibrium (0, 0)."
    )
    return figure


def plot_head_start(rows):
    """Draw the size of the push on the fakes against the discriminator's head start.

    A line is the median over the seeds, its band runs from the lowest to the highest.

    Args:
        rows: A list of dicts with `losses`, `head_start` and `push`; values may be strings, as
            `read_results` returns them.

    Returns:
        A Figure.

    Raises:
        ValueError: If there are no rows.

    Introduced in lesson 05.
    """
    heads = sorted({int(row["head_start"]) for row in rows})
    check_filled("rows", rows)
    figure, axes = new_figure(height=3.4)
    told = []
    for losses, (colour, marker, line) in LOSS_LOOKS.items():
        runs = [
            [
                float(row["push"])
                for row in rows
                if row["losses"] == losses and int(row["head_start"]) == head
            ]
            for head in heads
        ]
        middle = [float(np.median(run)) for run in runs]
        look = {"color": COLOURS[colour], "marker": marker, "ls": line, "ms": 7}
        axes.plot(range(len(heads)), middle, label=losses.replace("_", "-"), **look)
        low, high = [min(run) for run in runs], [max(run) for run in runs]
        axes.fill_between(range(len(heads)), low, high, color=COLOURS[colour], alpha=0.2, lw=0)
        told.append(f"{losses.replace('_', '-')} from {middle[0]:.2g} to {middle[-1]:.2g}")
    axes.set_xticks(range(len(heads)), [f"{head:,}" for head in heads])
    axes.set(yscale="log", xlabel="steps of the discriminator alone", ylabel="median push")
    axes.legend(frameon=False)
    figure.alt = (
        "The median size of the push on a fake, on a log scale, against the head start of the "
        f"discriminator, {heads[0]} to {heads[-1]} steps: {'; '.join(told)}."
    )
    return figure
