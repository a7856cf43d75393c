"""Concepts such as "thick 3": which samples show one, by the classifier, their ink and their slant.

A concept is a digit and a side of one trait. A sample shows it if the classifier is sure of the
digit, and the trait lies in the outer quarter of the samples with that digit.
"""

from typing import NamedTuple

import numpy as np

from gan_course.metrics.classifier import predict_digits
from gan_course.metrics.strokes import ink, slant
from gan_course.names import look_up

SURE = 0.9  # of its digit the classifier must be at least this sure
OUTER = 0.25  # the share of a digit's samples on each side that show a trait clearly
TRAITS = {  # a word: which number, and whether much of it is meant
    "thick": ("ink", True),
    "thin": ("ink", False),
    "right-leaning": ("slant", True),
    "left-leaning": ("slant", False),
}
OPPOSITES = {
    "thick": "thin",
    "thin": "thick",
    "right-leaning": "left-leaning",
    "left-leaning": "right-leaning",
}


class Readings(NamedTuple):
    """What was measured of n samples.

    Attributes:
        digit: (n,), the digit that the classifier reads.
        confidence: (n,), its probability.
        ink: (n,), the mean brightness, 0 to 1.
        slant: (n,), the tangent of the angle to the vertical, right is positive.
    """

    digit: np.ndarray
    confidence: np.ndarray
    ink: np.ndarray
    slant: np.ndarray


def read_samples(images, value_range):
    """Measure what the concepts need.

    Args:
        images: (n, 28, 28, 1) in `value_range`.
        value_range: The values of black and white.

    Returns:
        `Readings`.

    Raises:
        ValueError: If the images have a wrong shape or range.
    """
    probabilities = predict_digits(images, value_range)
    return Readings(
        probabilities.argmax(axis=1),
        probabilities.max(axis=1),
        ink(images, value_range),
        slant(images, value_range),
    )


def find_exemplars(readings, digit, trait=None):
    """Return which samples show a concept.

    Args:
        readings: From `read_samples`.
        digit: 0 to 9.
        trait: `"thick"`, `"thin"`, `"right-leaning"`, `"left-leaning"`, or None for any.

    Returns:
        int64 indices, in order.

    Raises:
        ValueError: If the trait is unknown, or no sample shows the concept.

    Example:
        >>> thick_threes = z[find_exemplars(readings, 3, "thick")]
    """
    shows = (readings.digit == digit) & (readings.confidence >= SURE)
    if trait is not None and shows.any():
        name, much = look_up(TRAITS, trait, "trait")
        values = getattr(readings, name)
        end = np.quantile(values[readings.digit == digit], 1 - OUTER if much else OUTER)
        shows &= values >= end if much else values <= end
    found = np.flatnonzero(shows)
    if not len(found):
        raise ValueError(
            f"None of the {len(readings.digit)} samples shows the concept "
            f"{'' if trait is None else trait + ' '}{digit}: draw more samples, or take a digit "
            "from 0 to 9 that the generator makes."
        )
    return found


def shows_trait(readings, samples, digit, trait):
    """Return for each of other samples whether it lies on the trait's side of a digit's median.

    Args:
        readings: From `read_samples`, of the samples that the median is taken from.
        samples: `Readings` of the samples in question.
        digit: Whose median counts.
        trait: A name in `TRAITS`.

    Returns:
        bool (n,). Half of the samples with that digit show each side.
    """
    name, much = look_up(TRAITS, trait, "trait")
    median = np.median(getattr(readings, name)[readings.digit == digit])
    values = getattr(samples, name)
    return values > median if much else values < median
