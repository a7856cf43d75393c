"""Pre-activations of a few units before and after batch normalisation, one dot per example."""

import numpy as np

from gan_course.arguments import check_array, check_filled
from gan_course.plots.style import COLOURS
from gan_course.plots.swift import name_axes, swift_figure
from gan_course.tables import number

UNIT_LOOKS = (("blue", "o"), ("orange", "X"), ("green", "s"), ("purple", "^"))
MOST_DOTS = 128  # of a unit: more would hide one another
LIVE = 2.0  # between −2 and 2 the slope of a sigmoid is at least 0.1


def plot_before_after(before, after, title="", reach=None):
    """Draw the pre-activations of up to four units before (left) and after (right) the layer.

    Each dot is one example; the black bar is the mean and one standard deviation to each side. The
    grey band, from -2 to 2, is where a sigmoid is not flat.

    Args:
        before: (n, units) what comes in.
        after: (n, units) what goes out.
        title: Above the right panel, such as "after, training".
        reach: How far both axes go to each side; what lies beyond is counted. None: as far as the
            dots of each side go.

    Returns:
        A Figure with two axes; the dots of unit k are a line with the label "unit k".

    Raises:
        ValueError: If the shapes differ, or there are more than four units.

    Example:
        >>> figure = plot_before_after([[5.0], [7.0]], [[-1.0], [1.0]])

    Introduced in lesson 03.
    """
    before = check_array("before", before, ("examples", "units"))
    after = check_array("after", after, before.shape)
    check_filled("units", before[0], len(UNIT_LOOKS), "Choose columns: before[:, :4].")
    places = [(0.09, 0.2, 0.42, 0.68), (0.56, 0.2, 0.42, 0.68)]
    figure, panels = swift_figure(places, height=2.9)
    for panel, values, words in zip(panels, (before, after), ("before", title), strict=True):
        shown = reach or 1.08 * max(4.0, float(np.abs(values).max()))
        _draw_units(panel, values, shown)
        beyond = int(np.sum(np.abs(values[:MOST_DOTS]) > shown))
        label = f"pre-activation ({beyond} of the dots lie beyond)" if beyond else "pre-activation"
        name_axes(panel, words or "after", label)
    panels[0].set_yticklabels([f"unit {k + 1}" for k in range(before.shape[1])])
    panels[1].tick_params(labelleft=False)
    look = {"fontsize": 8, "color": "0.3", "ha": "center", "va": "center"}
    panels[0].text(0, -0.66, "grey: a sigmoid is not flat", **look)
    panels[0].text(0, before.shape[1] - 0.34, "bar: mean ± 1 standard deviation", **look)
    parts = [
        f"unit {k + 1} from {_words(before[:, k])} to {_words(after[:, k])}"
        for k in range(before.shape[1])
    ]
    n = len(before)
    figure.alt = (
        f"Pre-activations of {before.shape[1]} units for {n} example{'s' * (n != 1)}, "
        f"before and {words or 'after'}. Mean and standard deviation of each: {'; '.join(parts)}."
    )
    return figure


def _draw_units(panel, values, reach):
    n, units = values.shape
    lift = np.random.default_rng(0).uniform(-0.28, 0.28, min(n, MOST_DOTS))  # so that dots differ
    panel.axvspan(-LIVE, LIVE, color="0.9", lw=0)
    for k, (colour, marker) in zip(range(units), UNIT_LOOKS, strict=False):
        column = values[:, k]
        shown = column[:MOST_DOTS]
        look = {"color": COLOURS[colour], "marker": marker, "label": f"unit {k + 1}"}
        panel.plot(shown, k + lift[: len(shown)], ls="none", ms=4, alpha=0.6, mew=0, **look)
        middle, spread = column.mean(), column.std()
        panel.plot([middle - spread, middle + spread], [k, k], "k-", lw=2)
        panel.plot(middle, k, "k|", ms=14, mew=2)
    panel.set(xlim=(-reach, reach), ylim=(units - 0.1, -0.9))
    panel.set_yticks(range(units))


def _words(column):
    return f"{number(column.mean(), '.2f')} ± {number(column.std(), '.2f')}"
