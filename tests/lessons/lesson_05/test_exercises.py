"""The exercises of lesson 05: right answers of other makes, and what stands for a wrong one."""

import math

import numpy as np
import pytest
from scipy.integrate import simpson, trapezoid
from scipy.special import rel_entr

from gan_course.lessons.lesson_05 import exercises as ex
from gan_course.theory import modes_covered


def best_in_a_loop(p_data, p_g, share):
    pairs = [(share * a, (1 - share) * b) for a, b in zip(p_data, p_g, strict=True)]
    return [a / (a + b) if a + b else share for a, b in pairs]


def jensen_shannon_by_trapezoids(p, q, cell):
    middle = (p + q) / 2
    return trapezoid(rel_entr(p, middle) + rel_entr(q, middle), dx=cell) / 2


def jensen_shannon_by_simpson(p, q, cell):
    middle = (p + q) / 2
    return float(simpson(rel_entr(p, middle) + rel_entr(q, middle), dx=cell) / 2)


def bound_in_plain_python(real_logits, fake_logits):
    def softplus(x):
        return max(x, 0) + math.log1p(math.exp(-abs(x)))

    real = sum(softplus(-x) for x in real_logits) / len(real_logits)
    return (math.log(4) - real - sum(map(softplus, fake_logits)) / len(fake_logits)) / 2


def bound_with_keras(real_logits, fake_logits):
    from keras import ops

    value = ops.mean(ops.log_sigmoid(real_logits)) + ops.mean(ops.log_sigmoid(-fake_logits))
    return (value + math.log(4)) / 2


def count_in_a_loop(fakes, centres, std):
    found, good = set(), 0
    for point in fakes:
        distances = [math.dist(point, centre) for centre in centres]
        if min(distances) <= 3 * std:
            good += 1
            found.add(distances.index(min(distances)))
    return [len(found), good / len(fakes)]


def count_as_the_package(fakes, centres, std):
    found = modes_covered(fakes, centres, std)
    return found.covered, found.high_quality_share


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
        (ex.best_discriminator, best_in_a_loop),
        (ex.jensen_shannon, jensen_shannon_by_trapezoids),
        (ex.jensen_shannon, jensen_shannon_by_simpson),
        (ex.jensen_shannon, jensen_shannon_by_entropies),
        (ex.generator_gradients, gradients_in_one_array),
        (ex.generator_gradients, gradients_by_a_tape),
        (ex.mend_the_loss, loss_with_keras),
        (ex.bound_from_logits, bound_in_plain_python),
        (ex.bound_from_logits, bound_with_keras),
        (ex.count_modes, count_in_a_loop),
        (ex.count_modes, count_as_the_package),
    ],
)
def test_right_answers_of_other_makes_pass(made, answer):
    assert made.check(answer).correct


def test_a_small_number_in_the_denominator_still_gives_0_where_nothing_is():
    outcome = ex.best_discriminator.check(lambda a, b, s: s * a / (s * a + (1 - s) * b + 1e-9))
    assert "you give 0. Nothing is ever seen" in outcome.message


def test_one_right_gradient_of_two_is_not_enough():
    outcome = ex.generator_gradients.check(lambda ell: (-1 / (1 + np.exp(-ell)), -ell))
    assert "the non-saturating gradient at the logits [-6. -1. 0.5 4. ]" in outcome.message
