"""Figures of judges: their ROC beside chance, and what twenty rounds held."""

import numpy as np

from gan_course.metrics import roc_area, roc_curve
from gan_course.plots.pictures import tile
from gan_course.plots.style import COLOURS, new_figure
from gan_course.tables import number

LOOKS = {  # a judge: colour, marker, line
    "you": (COLOURS["purple"], "D", "-"),
    "the network": (COLOURS["discriminator"], "s", "--"),
}


def draw_roc(axes, judges, markers=True):
    """Draw the ROC of each judge, with chance as the diagonal, into axes.

    Args:
        axes: Where to draw.
        judges: A dict from "you" or "the network" to (scores of real images, scores of fakes).
        markers: Whether to mark each threshold; with thousands of them they hide the curve.
    """
    chance = {"color": COLOURS["reference"], "ls": ":", "label": "chance, area 0.50"}
    axes.plot([0, 1], [0, 1], **chance)
    for name, scores in judges.items():
        colour, marker, line = LOOKS[name]
        passed = roc_curve(*scores)
        looks = {"color": colour, "ls": line, "marker": marker if markers else "", "ms": 5}
        axes.plot(*passed, label=f"{name}, area {area_text(roc_area(*scores))}", **looks)
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    axes.set(xlabel="share of fakes called real", ylabel="share of real ones called real")
    axes.legend(loc="upper left", bbox_to_anchor=(-0.02, -0.2), frameon=False, fontsize=9)


def plot_roc(judges):
    """Draw the ROC of judges of real and fake beside chance.

    Args:
        judges: As in `draw_roc`.

    Returns:
        A Figure.

    Introduced in lesson 11.
    """
    figure, axes = new_figure(height=4.4, width=4.6)
    draw_roc(axes, judges, markers=False)
    areas = "; ".join(f"{name} {area_text(roc_area(*two))}" for name, two in judges.items())
    figure.alt = f"ROC curves above the diagonal of chance. Areas with 95 % intervals: {areas}."
    return figure


def plot_rounds(rounds):
    """Draw how twenty rounds went: both ROCs, and the images with the answers.

    Args:
        rounds: `Rounds` that are over.

    Returns:
        A Figure.

    Introduced in lesson 11.
    """
    figure, (left, right) = new_figure(1, 2, height=4.4, width=8)
    judges = {"you": rounds.answers, "the network": rounds.network}
    draw_roc(left, {name: rounds.split(scores) for name, scores in judges.items()})
    answers = np.array(rounds.answers)
    kinds = rounds.is_real, ~rounds.is_real
    order = np.concatenate(
        [np.flatnonzero(kind)[np.argsort(answers[kind], kind="stable")] for kind in kinds]
    )
    sheet = tile(rounds.images[order], 5, (-1, 1), gap=2, header=9)
    right.imshow(sheet, cmap="gray", vmin=0, vmax=255)
    for place, index in enumerate(order):
        row, column = divmod(place, 5)
        wrong = (answers[index] >= 3) != rounds.is_real[index]
        text = f"{answers[index]}{' ✗' if wrong else ''}"
        right.text(column * 30 + 16, row * 39 + 6, text, ha="center", va="center", fontsize=8)
    right.set_axis_off()
    right.set_title("above: real; below: fakes; your answer, 1 to 4", fontsize=9)
    right.axhline(2 * 39 + 1, color=COLOURS["reference"], lw=1)
    areas = "; ".join(f"{name} {area_text(area)}" for name, area in rounds.areas().items())
    figure.alt = (
        f"Left: ROC curves of twenty rounds beside chance, areas with 95 % intervals: {areas}. "
        "Right: the ten real images and the ten fakes, each with your answer."
    )
    return figure


def area_text(area):
    """Return an area and its interval as text."""
    middle, low, high = (number(value, ".2f") for value in area)
    return f"{middle} ({low} to {high})"
