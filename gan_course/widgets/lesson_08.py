"""The widgets of lesson 08: digit × style, a page of one digit, and a blend of two labels."""

import ipywidgets as widgets
import numpy as np

from gan_course.metrics import wilson_interval
from gan_course.plots.conditional import plot_blend, plot_digit_matrix
from gan_course.widgets.explorer import Explorer

SHARES = np.linspace(0.0, 1.0, 9)  # columns of the blend
SHIPPED_RANGE = (-1, 1)
_LAYOUT = {
    "style": {"description_width": "8em"},
    "layout": widgets.Layout(width="23em", max_width="100%"),
}


def style_matrix(generator=None, value_range=SHIPPED_RANGE):
    """Draw all digits in columns and one latent vector in each row.

    Controls: the seed of the latent vectors, how many rows, how far all rows have walked towards
    other vectors, and how far the vectors lie from 0.

    Args:
        generator: A model of `build_conditional_generator`; the shipped one unless given.
        value_range: The values of black and white.

    Returns:
        An `Explorer`.

    Example:
        >>> style_matrix()

    Introduced in lesson 08.
    """
    model = _Model(generator, value_range)
    controls = {
        "seed": _slider("Seed", 0, 0, 50, "Draws other latent vectors"),
        "rows": _slider("Rows", 4, 1, 6, "How many latent vectors"),
        "walk": _float_slider("Walk", 0.0, 0.0, 1.0, "From these latent vectors to others"),
        "size": _float_slider("Size of z", 1.0, 0.0, 2.0, "0: all rows are alike; 1: as trained"),
    }

    def draw(seed, rows, walk, size):
        z = size * walked(model.latent(rows, seed), model.latent(rows, seed + 1000), walk)
        images = model.draw(np.repeat(z, 10, axis=0), np.tile(np.arange(10), rows))
        matrix = images.reshape(rows, 10, *images.shape[1:])
        figure = plot_digit_matrix(matrix, range(10), value_range=value_range, head="label")
        text = (
            "Every column has one label, every row one latent vector. Look along a row: does the "
            "handwriting stay? Look down a column: does the digit stay?"
        )
        if size == 0:
            text = "z is 0 in every row, so that only the label is left: the rows are alike."
        return figure, text

    return Explorer(controls, draw, "gan-style-matrix")


def digit_page(generator=None, value_range=SHIPPED_RANGE):
    """Draw a page of one digit, and count how many the classifier reads as asked.

    Controls: the digit, how many rows of ten, the seed, and how far the vectors lie from 0.

    Args:
        generator: A model of `build_conditional_generator`; the shipped one unless given.
        value_range: The values of black and white.

    Returns:
        An `Explorer`; its text counts what was read, with a 95 % interval.

    Example:
        >>> digit_page()

    Introduced in lesson 08.
    """
    model = _Model(generator, value_range)
    controls = {
        "digit": _slider("Digit", 9, 0, 9, "The label of every image"),
        "rows": _slider("Rows of ten", 5, 1, 6, "How many images"),
        "seed": _slider("Page", 0, 0, 50, "The seed of the latent vectors"),
        "size": _float_slider("Size of z", 1.0, 0.0, 2.0, "0: every image alike; 1: as trained"),
    }

    def draw(digit, rows, seed, size):
        count = 10 * rows
        images = model.draw(size * model.latent(count, seed), np.full(count, digit))
        matrix = images.reshape(rows, 10, *images.shape[1:])
        figure = plot_digit_matrix(
            matrix, None, value_range=value_range, head=f"{count} times the label {digit}"
        )
        figure.alt = f"{count} generated images with the label {digit}, in rows of ten."
        read = model.read(images)
        hits = int((read == digit).sum())
        low, high = wilson_interval(hits, count)
        others = sorted({int(other) for other in read if other != digit})
        text = (
            f"<b>{hits} of {count} are read as {digit}</b>, {hits / count:.0%}; with so few images "
            f"the true share lies between {low:.0%} and {high:.0%} (95 %)."
        )
        if others:
            text += f" Others are read as {', '.join(map(str, others))}."
        return figure, text

    return Explorer(controls, draw, "gan-digit-page")


def label_blend(generator=None, value_range=SHIPPED_RANGE):
    """Draw what lies between two labels, and how the classifier reads it.

    Controls: both labels, the seed of the latent vectors, and how many of them.

    Args:
        generator: A model of `build_conditional_generator`; the shipped one unless given.
        value_range: The values of black and white.

    Returns:
        An `Explorer`; its text says where the reading turns over.

    Example:
        >>> label_blend()

    Introduced in lesson 08.
    """
    model = _Model(generator, value_range)
    controls = {
        "first": _slider("From digit", 3, 0, 9, "The label at the left"),
        "second": _slider("To digit", 8, 0, 9, "The label at the right"),
        "seed": _slider("Seed", 0, 0, 50, "Draws other latent vectors"),
        "rows": _slider("Rows", 4, 1, 5, "How many latent vectors"),
    }

    def draw(first, second, seed, rows):
        images = model.blend(model.latent(rows, seed), first, second)
        read = model.read(images.reshape(-1, *images.shape[2:])).reshape(rows, len(SHARES))
        readings = {
            str(digit): (read == digit).mean(axis=0) for digit in dict.fromkeys((first, second))
        }
        readings["another digit"] = 1 - sum(readings.values())
        figure = plot_blend(images, SHARES, readings, (first, second), value_range)
        return figure, _about_blend(first, second, readings)

    return Explorer(controls, draw, "gan-label-blend")


WIDGETS = {"style_matrix": style_matrix, "digit_page": digit_page, "label_blend": label_blend}


def walked(start, end, share):
    """Return latent vectors between two sets, as far from 0 as a normal draw would be.

    Args:
        start: Latent vectors, shape (n, latent_dim).
        end: The same shape.
        share: 0 for `start`, 1 for `end`.

    Returns:
        cos(a) · start + sin(a) · end, a from 0 to 90°. Where both come from N(0, 1), so does this.

    Introduced in lesson 08.
    """
    angle = 0.5 * np.pi * share
    return (np.cos(angle) * start + np.sin(angle) * end).astype(np.float32)


class _Model:
    """A conditional generator, compiled once, with the classifier beside it."""

    def __init__(self, generator, value_range):
        from gan_course import models, pretrained

        self.generator = pretrained.load("cgan") if generator is None else generator
        self.value_range, self.latent_dim = value_range, models.latent_dim_of(self.generator)

    def latent(self, count, seed):
        from gan_course import models

        return models.sample_latent(count, self.latent_dim, seed)

    def draw(self, z, labels):
        from gan_course import models

        return models.generate(self.generator, z, labels)

    def blend(self, z, first, second):
        """Return images (n, shares, height, width, 1): each z under every blend of two labels."""
        from gan_course import models

        ends = models.label_rows(self.generator, [first, second])
        rows = (1 - SHARES[:, None]) * ends[0] + SHARES[:, None] * ends[1]  # (shares, width)
        images = models.generate_from_rows(
            self.generator, np.repeat(z, len(SHARES), axis=0), np.tile(rows, (len(z), 1))
        )
        return images.reshape(len(z), len(SHARES), *images.shape[1:])

    def read(self, images):
        from gan_course import metrics

        return metrics.predict_digits(images, self.value_range).argmax(axis=1)


def _about_blend(first, second, readings):
    if first == second:
        return f"Both labels are {first}: nothing changes along a row."
    ends = readings[str(first)][0], readings[str(second)][-1]
    text = f"At the ends {ends[0]:.0%} are read as {first} and {ends[1]:.0%} as {second}. "
    turned = np.flatnonzero(readings[str(second)] > readings[str(first)])
    if len(turned):
        text += f"From a share of {SHARES[turned[0]]:.3g} on, {second} is read more often. "
    other = readings["another digit"].max()
    return text + f"A third digit is read in at most {other:.0%} of a column."


def _slider(description, value, low, high, tooltip):
    return widgets.IntSlider(
        value=value,
        min=low,
        max=high,
        description=description,
        tooltip=tooltip,
        continuous_update=False,
        **_LAYOUT,
    )


def _float_slider(description, value, low, high, tooltip):
    return widgets.FloatSlider(
        value=value,
        min=low,
        max=high,
        step=0.05,
        readout_format=".2f",
        description=description,
        tooltip=tooltip,
        continuous_update=False,
        **_LAYOUT,
    )
