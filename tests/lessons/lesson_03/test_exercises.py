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


def test_an_update_that_freezes_for_the_call_and_thaws_afterwards_is_told_what_that_does():
    def thawed(generator, discriminator, optimizer, z):
        discriminator.trainable = False
        loss = ex.mend_generator_update.reference(generator, discriminator, optimizer, z)
        discriminator.trainable = True
        return loss

    outcome = ex.mend_generator_update.check(thawed)
    assert outcome.status == "incorrect" and "`trainable` stays" in outcome.message
