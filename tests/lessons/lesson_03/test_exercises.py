"""Lesson 03: right answers of every make pass, and a mended update without `return` is told so."""

import numpy as np
import pytest

from gan_course.lessons.lesson_03 import exercises as ex


def averages_in_one_array(mean, variance, batch, momentum):
    n = len(batch)
    new_mean = sum(batch) / n
    new = np.stack([new_mean, sum((batch - new_mean) ** 2) / n])
    return new + momentum * (np.stack([mean, variance]) - new)


def with_keras(inputs, epsilon):
    from keras.layers import BatchNormalization

    layer = BatchNormalization(epsilon=epsilon, center=False, scale=False, dtype="float64")
    return layer(inputs, training=True)


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        (ex.standardise, with_keras),
        (ex.update_statistics, averages_in_one_array),
        (ex.fold, lambda *layer: [part.tolist() for part in ex.fold.reference(*layer)]),
    ],
)
def test_right_answers_of_every_make_pass(exercise, answer):
    assert exercise.check(answer).correct


def test_an_update_that_returns_no_loss_is_told_so_if_it_moves_something():
    def no_return(*pair):
        ex.mend_generator_update.reference(*pair)

    def half_mended(*pair):
        ex._update_with(second=None)(*pair)

    outcome = ex.mend_generator_update.check(no_return)
    assert outcome.status == "incorrect" and "`return loss`" in outcome.message
    assert "both calls" in ex.mend_generator_update.check(half_mended).message
    assert ex.mend_generator_update.check(lambda *pair: None).status == "not attempted"
