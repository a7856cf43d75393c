"""Lesson 00: right answers of every make pass, and a wrong one is not told a false cause."""

import numpy as np
import pytest

from gan_course.lessons.lesson_00 import exercises as ex


def loops(images, labels, digit):
    total = np.zeros((28, 28, 1))
    for image, label in zip(images, labels, strict=True):
        total += image * (label == digit)
    return total / list(labels).count(digit)


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        (ex.rescale, lambda pixels: np.interp(pixels, [0, 1], [-1, 1])),
        (ex.rescale, lambda pixels: (pixels - np.float16(0.5)) / 0.5),
        (ex.average_digit, loops),
        (
            ex.average_digit,
            lambda images, labels, digit: np.mean(
                images.reshape(-1, 28, 28, 1)[np.flatnonzero(labels == digit)], 0
            ),
        ),
        (ex.posterior, lambda p0, p1, prior=0.5: 1 / (1 + (1 - prior) / prior * p0 / p1)),
        (ex.scale_stored_pixels, lambda stored: stored / np.float16(127.5) - np.float16(1)),
        (ex.scale_stored_pixels, lambda stored: (stored.astype(int) - 127.5) / 127.5),
    ],
)
def test_right_answers_of_every_make_pass(exercise, answer):
    assert exercise.check(answer).correct


def test_any_other_digit_that_is_written_into_the_function_is_no_logarithm_of_0():
    answer = lambda images, labels, digit: images[labels == 2].mean(axis=0)  # noqa: E731
    assert "logarithm" not in ex.average_digit.check(answer).message


def test_a_scaling_that_is_a_little_off_is_told_on_four_pixels():
    message = ex.scale_stored_pixels.check(lambda stored: stored / 128 - 1).message
    assert "[[ 0 20 100 180]]" in message
