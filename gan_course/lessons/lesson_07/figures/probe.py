"""Figures of what a trained pair has learned: what excites units, what a linear probe reads."""

import numpy as np

from gan_course.plots.pictures import tile
from gan_course.plots.style import COLOURS, SIGNED, new_figure

LOOKS = {  # what is drawn: colour, marker
    "trained": ("green", "o"),
    "untrained": ("orange", "^"),
    "pixels": ("black", "s"),
}


def plot_excited(panels):
    """Draw images, and below each which pixels speak for the unit that it excites most.

    Args:
        panels: A dict from titles to (images, gradients), each (n, height, width, 1), images in
            [-1, 1], as from `strongest_images` and `guided_gradients`.

    Returns:
        A Figure: purple where a brighter pixel would excite the unit more, orange where a darker
        one would; each image has its own scale.

    Introduced in lesson 07.
    """
    figure, all_axes = new_figure(len(panels), 1, height=2.35 * len(panels))
    for axes, (title, (images, gradients)) in zip(
        np.atleast_1d(all_axes), panels.items(), strict=True
    ):
        shown = [np.repeat(tile(images, 8, (-1, 1))[..., np.newaxis], 3, axis=2) / 255]
        signs = np.asarray(gradients)[..., 0]
        largest = np.abs(signs).max(axis=(1, 2), keepdims=True)
        scaled = (signs / np.maximum(largest, 1e-12) + 1) / 2  # 0 to 1, white at 1/2
        sheet = tile(scaled, 8, (0, 1)) / 255.0
        coloured = SIGNED(sheet)[..., :3]
        coloured[_gaps(sheet.shape, images.shape[1:3])] = 1.0
        axes.imshow(np.concatenate([*shown, coloured]), interpolation="nearest")
        axes.set_axis_off()
        axes.set_title(title, fontsize=10)
    told = "; ".join(f"{title}: {len(images)} units" for title, (images, _) in panels.items())
    figure.alt = (
        "Images that excite units most, and below each the pixels that speak for the unit, by "
        f"guided backpropagation. {told}."
    )
    return figure


def _gaps(shape, size):
    """Return where a sheet has no image, a mask."""
    rows = np.arange(shape[0]) % (size[0] + 2) < 2
    columns = np.arange(shape[1]) % (size[1] + 2) < 2
    return rows[:, np.newaxis] | columns


def plot_linear_probe(rows):
    """Draw what a linear classifier reads off three kinds of features, against the labels it got.

    Args:
        rows: Dicts with `features`, `labels` and `accuracy`, such as
            `read_results("linear_probe.csv")`.

    Returns:
        A Figure: a dot for each draw, a line through the means.

    Introduced in lesson 07.
    """
    figure, axes = new_figure(height=3.4)
    told = []
    for shift, (name, (colour, marker)) in zip((0.94, 1.0, 1.06), LOOKS.items(), strict=True):
        found = {}
        for row in rows:
            if row["features"] == name:
                found.setdefault(int(row["labels"]), []).append(100 * float(row["accuracy"]))
        counts = sorted(found)
        look = {"color": COLOURS[colour], "marker": marker}
        means = [np.mean(found[count]) for count in counts]
        axes.plot(np.multiply(counts, shift), means, label=LABELS[name], **look)
        for count in counts:
            each = [count * shift] * len(found[count])
            axes.plot(each, found[count], ls="none", alpha=0.35, ms=4, **look)
        told.append(
            f"{LABELS[name]}: "
            + ", ".join(f"{mean:.1f} %" for mean in means)
            + f" with {', '.join(map(str, counts))} labels"
        )
    axes.set(xscale="log", xlabel="labelled digits", ylabel="test digits read right, %")
    axes.set_xticks(counts, [f"{count:,}" for count in counts])
    axes.minorticks_off()
    axes.legend(frameon=False)
    figure.alt = f"What a linear classifier reads, means of the draws. {'. '.join(told)}."
    return figure


LABELS = {
    "trained": "trained discriminator",
    "untrained": "untrained discriminator",
    "pixels": "pixels",
}


def plot_arithmetic_shares(rows, traits):
    """Draw how often arithmetic gives what was asked, against the exemplars behind each mean.

    Args:
        rows: Dicts as in `read_results("latent_arithmetic.csv")`.
        traits: Which traits, one panel each.

    Returns:
        A Figure: the share over all pairs of digits; the bar spans the middle half of the pairs.

    Introduced in lesson 07.
    """
    figure, panels = new_figure(1, len(traits), height=3.2)
    told = []
    for axes, trait in zip(np.atleast_1d(panels), traits, strict=True):
        mine = [row for row in rows if row["trait"] == trait]
        counts = sorted({int(row["exemplars"]) for row in mine})
        for name, label, colour, marker in (
            ("digit", "the digit asked for", "blue", "o"),
            ("both", f"the digit, and {trait}", "orange", "X"),
            ("control_both", f"with any difference: digit and {trait}", "black", "s"),
        ):
            shares = [
                [100 * int(r[name]) / int(r["tries"]) for r in mine if int(r["exemplars"]) == count]
                for count in counts
            ]
            means = np.mean(shares, axis=1)
            low, high = np.quantile(shares, [0.25, 0.75], axis=1)
            spread = np.abs([means - low, high - means])
            look = {"color": COLOURS[colour], "marker": marker, "label": label, "capsize": 3}
            axes.errorbar(range(len(counts)), means, spread, **look)
            said = ", ".join(f"{mean:.0f} %" for mean in means)
            told.append(
                f"Sums for {trait}, {label}: {said} with {', '.join(map(str, counts))} exemplars"
            )
        axes.set_xticks(range(len(counts)), counts)
        axes.set(xlabel="exemplars in each mean", ylim=(-3, 103), title=trait)
        axes.legend(frameon=False, fontsize=8, loc="upper left")
    np.atleast_1d(panels)[0].set_ylabel("share of results, %")
    figure.alt = f"How often arithmetic works. {'. '.join(told)}."
    return figure
