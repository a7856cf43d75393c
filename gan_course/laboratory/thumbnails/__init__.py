"""Small pictures of distributions, and a group of radio buttons that shows them."""

from functools import cache
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from gan_course.laboratory.settings import DISTRIBUTIONS, DRAWN
from gan_course.plots.style import COLOURS

FOLDER = Path(__file__).parent
SIDE = 60  # of a picture's own coordinates; it is shown 56 pixels wide
POINTS, SEED = 200, 0
BINS = 30  # of a curve, where there is no density
PENCIL = (
    '<path d="M36 12 l10 10 l-22 22 l-12 2 l2 -12 z M32 16 l10 10" fill="none" '
    'stroke="#444444" stroke-width="2.5" stroke-linejoin="round"/>'
)


class Thumbnails(anywidget.AnyWidget):
    """Radio buttons that are pictures, in groups. One Tab leads to them, the arrow keys through.

    Args:
        options: A list of (name, value, group, SVG), in the order in which they are shown.
        value: The value that is chosen at first.
        description: What is chosen.
        tooltip: What is said when the mouse rests on it.

    Attributes:
        value: The value that is chosen. Set it, or `observe` it.
        index: Its place among the options.
        pictures: The options as the browser gets them, dicts of name, group and picture.

    Raises:
        traitlets.TraitError: If `value` is set to something that is none of the options.

    Example:
        >>> chooser = Thumbnails(distribution_options(), "ring", "Real data", "For G to imitate")
        >>> chooser.value = "moons"
    """

    _esm = (FOLDER / "thumbnails.js").read_text(encoding="utf-8")
    _css = (FOLDER / "thumbnails.css").read_text(encoding="utf-8")
    description = traitlets.Unicode().tag(sync=True)
    tooltip = traitlets.Unicode().tag(sync=True)
    pictures = traitlets.List([]).tag(sync=True)
    index = traitlets.Int(0).tag(sync=True)
    value = traitlets.Any()

    def __init__(self, options, value, description, tooltip):
        self._values = [option[1] for option in options]
        pictures = [
            {"name": name, "group": group, "picture": picture}
            for name, _, group, picture in options
        ]
        super().__init__(description=description, tooltip=tooltip, pictures=pictures, value=value)

    @property
    def label(self):
        """The name of the option that is chosen."""
        return self.pictures[self.index]["name"]

    @traitlets.validate("value")
    def _check(self, proposal):
        if proposal["value"] not in self._values:
            known = ", ".join(map(repr, self._values))
            raise traitlets.TraitError(f"{proposal['value']!r} is none of the options: {known}.")
        return proposal["value"]

    @traitlets.observe("value")
    def _point_at_value(self, change):
        self.index = self._values.index(change["new"])

    @traitlets.observe("index")
    def _take_value(self, change):
        self.value = self._values[change["new"]]


def distribution_options(own=None):
    """Return the distributions of the laboratory, as `Thumbnails` takes its options.

    Args:
        own: A `ToyDistribution` of the learner's own to offer too, or None.
    """
    parts = [(name, text, _picture_of(name)) for name, (text, _) in DISTRIBUTIONS.items()]
    parts += [(name, text, PENCIL + _hint(count)) for name, (text, count) in DRAWN.items()]
    if own is not None:
        parts.append((own, f"{own.name}, your own, {own.dimensions}-D", draw_thumbnail(own)))
    options = [(text, value, text[-3:], _svg(inside)) for value, text, inside in parts]
    return sorted(options, key=lambda option: option[2], reverse=True)  # 2-D, then 1-D


def draw_thumbnail(distribution):
    """Return what stands in a picture of a distribution, as SVG: dots, or a density on the line.

    Args:
        distribution: A `ToyDistribution` of one dimension or two.
    """
    points, (low, high) = distribution.sample(POINTS, SEED), distribution.limits
    if distribution.dimensions == 2:
        places = SIDE * (points - low) / (high - low)
        inside = places[((places > 2) & (places < SIDE - 2)).all(axis=1)]
        dots = "".join(f"M{x:.0f} {SIDE - y:.0f}h0" for x, y in inside)
        return f'<path d="{dots}" stroke="{COLOURS["real"]}" stroke-width="2.6" {ROUND}/>'
    if distribution.has_density:
        ticks = np.linspace(low, high, SIDE + 1)
        heights = distribution.density(ticks)
    else:
        heights, edges = np.histogram(points, BINS, (low, high))
        ticks = (edges[1:] + edges[:-1]) / 2
    xs = SIDE * (ticks - low) / (high - low)
    ys = SIDE - 8 - 42 * heights / heights.max()
    curve = "L".join(f"{x:.0f} {y:.1f}" for x, y in zip(xs, ys, strict=True))
    look = f'stroke="{COLOURS["real"]}" fill="{COLOURS["real"]}" fill-opacity="0.25"'
    return f'<path d="M0 {SIDE - 8}L{curve}L{SIDE} {SIDE - 8}" {look} stroke-width="2"/>'


ROUND = 'stroke-linecap="round" fill="none"'


@cache
def _picture_of(name):
    return draw_thumbnail(DISTRIBUTIONS[name][1]())


def _hint(dimensions):
    """Return what a pencil leaves: scattered dots, or dots on a line."""
    if dimensions == 2:
        places = ((10, 12), (18, 20), (8, 26), (50, 44), (44, 52), (53, 34))
    else:
        places = ((8, 54), (20, 54), (26, 54), (44, 54), (52, 54))
    dots = "".join(f"M{x} {y}h0" for x, y in places)
    return f'<path d="{dots}" stroke="{COLOURS["real"]}" stroke-width="5" {ROUND}/>'


def _svg(inside):
    return f'<svg viewBox="0 0 {SIDE} {SIDE}" aria-hidden="true">{inside}</svg>'
