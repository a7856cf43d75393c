"""Lesson 01: right answers of every make pass, and a wrong one is not told a false cause."""

import numpy as np
import pytest

from gan_course.lessons.lesson_01 import exercises as ex


def chooses(targets, probabilities):
    return np.where(targets == 1, -1 / probabilities, 1 / (1 - probabilities)) / len(targets)


def adds_in_another_order(targets, logits):
    return np.mean(np.maximum(logits, 0) + np.log1p(np.exp(-abs(logits))) - logits * targets)


def clips_the_exponent(targets, logits):
    small = np.exp(-np.minimum(np.abs(logits), 500))
    return np.mean(np.maximum(logits, 0) - logits * targets + np.log1p(small))


def steps_with_columns(weight, bias, inputs, targets, learning_rate):
    errors = weight * inputs + bias - targets.reshape(inputs.shape)
    slope = np.array([np.mean(errors * inputs), np.mean(errors)])
    return np.array([weight, bias]) - 2 * learning_rate * slope


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        (ex.cross_entropy_gradient, chooses),
        (ex.largest_learning_rate, lambda hessian: 2 / np.linalg.norm(hessian, 2)),
        (ex.stable_cross_entropy, adds_in_another_order),
        (ex.stable_cross_entropy, clips_the_exponent),
        (ex.stable_cross_entropy, lambda y, x: np.mean(np.logaddexp(0, x) - x * y)),
        (ex.mend_the_step, steps_with_columns),
    ],
)
def test_right_answers_of_every_make_pass(exercise, answer):
    assert exercise.check(answer).correct


def test_the_cross_entropy_of_keras_is_right():
    def with_keras(targets, logits):
        from keras.losses import BinaryCrossentropy

        return BinaryCrossentropy(from_logits=True)(targets, logits)

    assert ex.stable_cross_entropy.check(with_keras).correct


def test_targets_made_a_row_by_any_means_are_told_what_they_are():
    def flattens_the_targets(weight, bias, inputs, targets, learning_rate):
        errors = weight * inputs + bias - targets.reshape(-1)
        weight = weight - learning_rate * 2 * np.mean(errors * inputs)
        return weight, bias - learning_rate * 2 * np.mean(errors)

    message = ex.mend_the_step.check(flattens_the_targets).message
    assert message.startswith("The errors are (n, n) for targets of either shape")
