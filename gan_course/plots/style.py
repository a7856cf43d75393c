"""The colours, markers and empty figures that every plot of the course starts from.

A colour with a role has it in every lesson: see `COLOURS`. Figures of settings compared, in which
no data are, take the looks of `COMPARED` in order.
"""

from matplotlib.colors import LinearSegmentedColormap, to_rgb

from gan_course.plots.neutral import NeutralAxes, NeutralFigure

# Okabe & Ito (2008), "Color Universal Design": told apart with every common colour blindness.
COLOURS = {
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermilion": "#D55E00",
    "purple": "#CC79A7",
    "black": "#000000",
}
COLOURS |= {
    "real": COLOURS["blue"],  # data, and what says "real"
    "fake": COLOURS["vermilion"],  # what a generator makes, and what says "fake"
    "generator": COLOURS["vermilion"],
    "discriminator": COLOURS["green"],
    "reference": COLOURS["black"],  # theory, an optimum, a threshold, chance
    "push": "#7B3F98",  # gradients: where they push a point, what flows backward
    "positive": "#7B3F98",  # signed numbers: weights, pushes on pixels
    "negative": "#C27C00",
}
MARKERS = {"real": "o", "fake": "X", "generator": "^", "discriminator": "s", "reference": "D"}
LINES = {"real": "-", "fake": "--", "generator": "--", "discriminator": "-", "reference": ":"}

# What D says, as a picture: from "surely fake" (vermilion) over ½ (white) to "surely real" (blue),
# pale so that points show.
VERDICTS = ("#F3AE83", "#FFFFFF", "#8FC1E6")

# Signed numbers as a picture: orange below 0, white at 0, purple above.
SIGNS = (
    *("#8A5300", COLOURS["negative"], "#F3CF8E", "#FFFFFF"),
    *("#D9BCE6", COLOURS["positive"], "#4A1A63"),
)
SIGNED = LinearSegmentedColormap.from_list("signed", SIGNS)
# One (colour, marker, line) for each of the settings that a figure compares; never vermilion.
COMPARED = (
    (COLOURS["blue"], "o", "-"),
    (COLOURS["orange"], "s", "--"),
    (COLOURS["green"], "^", "-."),
    (COLOURS["purple"], "D", ":"),
)

WIDTH = 8.0  # inches; 768 pixels on the page


def new_figure(rows=1, columns=1, height=3.2, width=WIDTH):
    """Make an empty figure in the style of the course, whatever style you set for your own.

    It is white, labelled later by you, and never pyplot's.

    Args:
        rows: How many rows of axes.
        columns: How many columns of axes.
        height: In inches.
        width: In inches; 8 fills the page.

    Returns:
        The figure and its axes: one Axes, or an array of them of shape (rows, columns) without
        the axes of length 1. Set `figure.alt`, the text for readers who cannot see it, later.

    Example:
        >>> figure, axes = new_figure()
        >>> line = axes.plot([0, 1], [0, 1])
        >>> text = axes.set_xlabel("x")

    Introduced in lesson 01.
    """
    figure = NeutralFigure(figsize=(width, height), layout="constrained", facecolor="white")
    figure.alt = ""
    figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08)
    axes = figure.subplots(rows, columns, subplot_kw={"axes_class": NeutralAxes})
    for each in getattr(axes, "flat", [axes]):
        each.spines[["top", "right"]].set_visible(False)
        each.grid(True, color="#E4E4E4", linewidth=0.7)
        each.set_axisbelow(True)
    return figure, axes


def new_picture_figure(width, height):
    """Make a figure with one frameless axes that fills it: for images."""
    figure = NeutralFigure(figsize=(width, height), layout="constrained", facecolor="white")
    figure.alt = ""
    axes = figure.subplots(subplot_kw={"axes_class": NeutralAxes})
    axes.set_axis_off()
    return figure, axes


def contrast(one, other):
    """Return how far two colours stand out from one another, from 1 (not at all) to 21.

    Text needs at least 4.5 (WCAG 2.1, 1.4.3).

    Args:
        one: A colour as matplotlib takes it.
        other: Another one.

    Example:
        >>> contrast("white", "black")
        21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(ground):
    """Return "black" or "white", whichever stands out more on a colour.

    Args:
        ground: A colour as matplotlib takes it.

    Example:
        >>> ink_on(COLOURS["blue"]), ink_on(COLOURS["vermilion"])
        ('white', 'black')
    """
    return max(("black", "white"), key=lambda ink: contrast(ink, ground))


def _luminance(colour):
    """Return the relative luminance of a colour, from 0 to 1 (WCAG 2.1)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
