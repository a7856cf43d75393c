"""The widgets of lesson 08: digit × style, a page of one digit, and a blend of two labels."""

import numpy as np

from gan_course.metrics import wilson_interval
from gan_course.plots.conditional import plot_blend, plot_digit_matrix
from gan_course.tables import number
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer
from gan_course.widgets.latent_model import LatentModel

SHARES = np.linspace(0.0, 1.0, 9)  # columns of the blend
CONTROLS = Controls(label="8em", width="23em")


def style_matrix(generator=None):
    """Draw all digits in columns and one latent vector in each row.

    Controls: the seed of the latent vectors, how many rows, how far all rows have walked towards
    other vectors, and how far the vectors lie from 0.

    Args:
        generator: A model of `build_conditional_generator`; the shipped one unless given.

    Returns:
        An `Explorer`.

    Example:
        >>> style_matrix()

    Introduced in lesson 08.
    """
    model = LatentModel(generator, "cgan")
    controls = {
        "seed": CONTROLS.slider("Seed", 0, 0, 50, "Draws other latent vectors"),
        "rows": CONTROLS.slider("Rows", 4, 1, 6, "How many latent vectors"),
        "walk": CONTROLS.slider(
            "Walk", 0.0, 0.0, 1.0, "From these latent vectors to others", step=0.05
        ),
        "size": CONTROLS.slider(
            "Size of z", 1.0, 0.0, 2.0, "0: all rows are alike; 1: as trained", step=0.05
        ),
    }

    def draw(seed, rows, walk, size):
        z = size * walked(model.latent(rows, seed), model.latent(rows, seed + 1000), walk)
        images = model.draw(np.repeat(z[:, np.newaxis], 10, axis=1), np.arange(10))
        figure = plot_digit_matrix(images, range(10), head="label")
        text = (
            "Every column has one label, every row one latent vector. Look along a row: does the "
            "handwriting stay? Look down a column: does the digit stay?"
        )
        if size == 0:
            text = "z is 0 in every row, so that only the label is left: the rows are alike."
        return figure, text

    return Explorer(controls, draw, "gan-style-matrix")


def digit_page(generator=None):
    """Draw a page of one digit, and count how many the classifier reads as asked.

    Controls: the digit, how many rows of ten, the seed, and how far the vectors lie from 0.

    Args:
        generator: A model of `build_conditional_generator`; the shipped one unless given.

    Returns:
        An `Explorer`; its text counts what was read, with a 95 % interval.

    Example:
        >>> digit_page()

    Introduced in lesson 08.
    """
    model = LatentModel(generator, "cgan")
    controls = {
        "digit": CONTROLS.slider("Digit", 9, 0, 9, "The label of every image"),
        "rows": CONTROLS.slider("Rows of ten", 5, 1, 6, "How many images"),
        "seed": CONTROLS.slider("Page", 0, 0, 50, "The seed of the latent vectors"),
        "size": CONTROLS.slider(
            "Size of z", 1.0, 0.0, 2.0, "0: every image alike; 1: as trained", step=0.05
        ),
    }

    def draw(digit, rows, seed, size):
        count = 10 * rows
        z = size * model.latent(count, seed).reshape(rows, 10, -1)
        images = model.draw(z, digit)
        figure = plot_digit_matrix(images, None, head=f"{count} times the label {digit}")
        figure.alt = f"{count} generated images with the label {digit}, in rows of ten."
        read = model.read_digits(images)
        hits = int((read == digit).sum())
        low, high = (number(end, ".0%") for end in wilson_interval(hits, count))
        others = sorted({int(other) for other in read[read != digit]})
        text = (
            f"<b>{hits} of {count} are read as {digit}</b>, {number(hits / count, '.0%')}; with so "
            f"few images the true share lies between {low} and {high} (95 %)."
        )
        if others:
            text += f" Others are read as {', '.join(map(str, others))}."
        return figure, text

    return Explorer(controls, draw, "gan-digit-page")


def label_blend(generator=None):
    """Draw what lies between two labels, and how the classifier reads it.

    Controls: both labels, the seed of the latent vectors, and how many of them.

    Args:
        generator: A model of `build_conditional_generator`; the shipped one unless given.

    Returns:
        An `Explorer`; its text says where the reading turns over.

    Example:
        >>> label_blend()

    Introduced in lesson 08.
    """
    model = LatentModel(generator, "cgan")
    controls = {
        "first": CONTROLS.slider("From digit", 3, 0, 9, "The label at the left"),
        "second": CONTROLS.slider("To digit", 8, 0, 9, "The label at the right"),
        "seed": CONTROLS.slider("Seed", 0, 0, 50, "Draws other latent vectors"),
        "rows": CONTROLS.slider("Rows", 4, 1, 5, "How many latent vectors"),
    }

    def draw(first, second, seed, rows):
        images = _blend(model, model.latent(rows, seed), first, second)
        read = model.read_digits(images)  # (rows, shares)
        readings = {
            str(digit): (read == digit).mean(axis=0) for digit in dict.fromkeys((first, second))
        }
        readings["another digit"] = 1 - sum(readings.values())
        figure = plot_blend(images, SHARES, readings, (first, second))
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


def _blend(model, z, first, second):
    """Return images (n, shares, height, width, 1): each z under every blend of two labels."""
    from gan_course import models

    ends = models.label_rows(model.generator, [first, second])
    rows = (1 - SHARES[:, None]) * ends[0] + SHARES[:, None] * ends[1]  # (shares, width)
    images = models.generate_from_rows(
        model.generator, np.repeat(z, len(SHARES), axis=0), np.tile(rows, (len(z), 1))
    )
    return images.reshape(len(z), len(SHARES), *images.shape[1:])


def _about_blend(first, second, readings):
    if first == second:
        return f"Both labels are {first}: nothing changes along a row."
    ends = readings[str(first)][0], readings[str(second)][-1]
    shares = [number(share, ".0%") for share in ends]
    text = f"At the ends {shares[0]} are read as {first} and {shares[1]} as {second}. "
    behind = np.flatnonzero(readings[str(second)] <= readings[str(first)])
    start = behind[-1] + 1 if len(behind) else 0  # a reading may turn over more than once
    if start < len(SHARES):
        text += f"From a share of {SHARES[start]:.3g} on, {second} is read more often. "
    other = readings["another digit"].max()
    return text + f"A third digit is read in at most {number(other, '.0%')} of a column."
