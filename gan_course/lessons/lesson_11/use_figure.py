"""The figure of what fakes are good for: what classifiers trained on each set get right."""

import numpy as np
from matplotlib.ticker import MultipleLocator, PercentFormatter

from gan_course.plots.style import COLOURS, new_figure
from gan_course.tables import number

ARMS = {  # a column of judged_by_use.csv: what the classifier was trained on
    "few": "200 reals",
    "few_shifts": "200 reals, shifted",
    "own_fakes": "fakes of a GAN that saw these 200",
    "few_own_fakes": "200 reals and these fakes",
    "shipped_fakes": "fakes of the shipped GAN, which saw 4,000",
    "few_shipped_fakes": "200 reals and those fakes",
    "all": "4,000 reals",
}


def plot_use(rows):
    """Draw the accuracy on real test digits for each training set, one dot for each seed.

    Args:
        rows: Rows of `judged_by_use.csv`, dicts with the columns of `ARMS`.

    Returns:
        A Figure.

    Introduced in lesson 11.
    """
    figure, axes = new_figure(height=3.6)
    medians = {}
    for place, (name, label) in enumerate(reversed(ARMS.items())):
        values = np.array([float(row[name]) for row in rows])
        fakes, reals = "fakes" in name, name != "own_fakes" and name != "shipped_fakes"
        colour = COLOURS["purple"] if fakes and reals else COLOURS["fake" if fakes else "real"]
        marker = "D" if fakes and reals else "X" if fakes else "o"
        axes.plot(values, np.full(len(values), place), marker, color=colour, ms=6, alpha=0.8)
        medians[label] = number(np.median(values), ".1%")
    axes.set_yticks(range(len(ARMS)), list(reversed(ARMS.values())), fontsize=9)
    axes.set_xlabel("share of 1,000 real test digits read rightly; a mark for each seed")
    axes.xaxis.set_major_locator(MultipleLocator(0.05))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    listed = "; ".join(f"{label} {value}" for label, value in reversed(medians.items()))
    figure.alt = f"Accuracy for each training set, medians over {len(rows)} seeds: {listed}."
    return figure
