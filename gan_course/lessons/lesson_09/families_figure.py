"""The figure of lesson 09: how near each family comes, and what its samples cost."""

import numpy as np

from gan_course.plots.style import COLOURS, new_figure
from gan_course.plots.swift import swift_log
from gan_course.tables import number

TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10)  # seconds
FLOWS = {"flow": "flow", "flow_longer": "flow of 10 min"}
LOOKS = {
    "autoencoder": (COLOURS["orange"], "s"),
    "vae": (COLOURS["blue"], "o"),
    "gan": (COLOURS["vermilion"], "X"),
    "flow": (COLOURS["green"], "^"),
    "flow_longer": (COLOURS["green"], "v"),
}


def name_of(row):
    """Return what a row of the table is called: its family, and how it draws where that varies."""
    family, way = row["family"], row["way"]
    if family == "autoencoder":
        return "autoencoder" if way == "N(0, I)" else "autoencoder, fitted codes"
    if family in FLOWS:
        return f"{FLOWS[family]}, {way} step{'' if way == '1' else 's'}"
    return {"vae": "VAE", "gan": "GAN"}[family]


def plot_families(rows, floor):
    """Draw the Fréchet distance against the CPU seconds that 1,000 samples take; a mark a run.

    Args:
        rows: The rows of `families.csv`, and those of `flow_longer.csv`.
        floor: What real digits score against real digits.

    Returns:
        A Figure.
    """
    figure, axes = new_figure(height=4)
    for family, (colour, marker) in LOOKS.items():
        mine = [row for row in rows if row["family"] == family]
        cost, distance = (
            np.array([float(row[name]) for row in mine]) for name in ("cpu_seconds_per_1000", "fd")
        )
        if not mine:
            continue
        label = ({"vae": "VAE", "gan": "GAN"} | FLOWS).get(family, family)
        axes.loglog(cost, distance, marker, color=colour, ms=7, label=label, mec="white", mew=0.5)
        if family in FLOWS:
            for row in {row["way"]: row for row in mine}.values():
                place = float(row["cpu_seconds_per_1000"]), float(row["fd"])
                axes.annotate(row["way"], place, (5, 4), textcoords="offset points", fontsize=8)
    swift_log(axes.xaxis)
    axes.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
    swift_log(axes.yaxis)
    axes.axhline(floor, color=COLOURS["reference"], ls=":", label="floor: real digits")
    axes.set(xlabel="CPU seconds to draw 1,000 samples", ylabel="Fréchet distance")
    axes.legend(fontsize=8)
    figure.alt = (
        "Fréchet distance against the CPU seconds that 1,000 samples take, both on log scales, for "
        "four families; beside a flow's marks stands the number of its steps. The floor is "
        f"{number(floor, '.1f')}."
    )
    return figure
