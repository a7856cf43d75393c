"""The exercises of lesson 05: right answers of other makes, and what stands for a wrong one."""

import numpy as np
import pytest

from gan_course.lessons.lesson_05 import exercises as ex


def optimal_in_a_loop(p_data, p_g):
    return [a / (a + b) if a + b else 0.5 for a, b in zip(p_data, p_g, strict=True)]


def jensen_shannon_by_entropies(p, q, cell):
    def entropy(density):
        seen = density[density > 0]
        return -np.sum(seen * np.log(seen)) * cell

    return entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2


def gradients_in_one_array(logits):
    d = 1 / (1 + np.exp(-logits))
    return np.stack([-d, d - 1])


def gradients_by_a_tape(logits):
    import tensorflow as tf

    logits = tf.constant(logits)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(logits)
        minimax, non_saturating = -tf.nn.softplus(logits), tf.nn.softplus(-logits)
    return tape.gradient(minimax, logits), tape.gradient(non_saturating, logits)


def loss_with_keras(real_logits, fake_logits):
    from keras import ops

    return ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (ex.optimal_discriminator, optimal_in_a_loop),
        (ex.jensen_shannon, jensen_shannon_by_entropies),
        (ex.generator_gradients, gradients_in_one_array),
        (ex.generator_gradients, gradients_by_a_tape),
        (ex.mend_the_loss, loss_with_keras),
    ],
)
def test_right_answers_of_other_makes_pass(made, answer):
    assert made.check(answer).correct


def test_a_small_number_in_the_denominator_still_gives_0_where_nothing_is():
    outcome = ex.optimal_discriminator.check(lambda a, b: a / (a + b + 1e-9))
    assert "you give 0. Any answer" in outcome.message


def test_one_right_gradient_of_two_is_not_enough():
    outcome = ex.generator_gradients.check(lambda ell: (-1 / (1 + np.exp(-ell)), -ell))
    assert "the non-saturating gradient at the logits [-6. -1. 0.5 4. ]" in outcome.message
