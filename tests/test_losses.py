"""The losses have the values of their formulas, and their gradients are right."""

import math

import gan_course.backend

import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from gan_course.losses import LOSSES, GanLosses, get_losses

LOG2 = math.log(2)
# name: (generator loss, discriminator loss) where every logit is 0, then where the
# discriminator is right with logit 2 for real and −2 for fake images.
LOG_D = -math.log1p(math.exp(-2.0))  # log sigmoid(2)
LOG_1_D = -math.log1p(math.exp(2.0))  # log sigmoid(−2)
AT_ZERO = {
    "minimax": (-LOG2, 2 * LOG2),
    "non_saturating": (LOG2, 2 * LOG2),
    "least_squares": (0.5, 0.5),
    "hinge": (0.0, 2.0),
    "wasserstein": (0.0, 0.0),
}
AT_TWO = {
    "minimax": (LOG_D, -2 * LOG_D),
    "non_saturating": (-LOG_1_D, -2 * LOG_D),
    "least_squares": (4.5, 0.5 * (1 + 4)),
    "hinge": (2.0, 0.0),
    "wasserstein": (2.0, -4.0),
}


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("logit, expected", [(0.0, AT_ZERO), (2.0, AT_TWO)])
def test_a_loss_has_the_value_of_its_formula(name, logit, expected):
    real, fake = ops.full((4, 1), logit), ops.full((4, 1), -logit)
    pair = LOSSES[name]
    assert float(pair.generator_loss(fake)) == pytest.approx(expected[name][0], abs=1e-6)
    assert float(pair.discriminator_loss(real, fake)) == pytest.approx(expected[name][1], abs=1e-6)


@pytest.mark.parametrize("name", LOSSES)
def test_a_gradient_agrees_with_finite_differences(name):
    random = np.random.default_rng(0)
    real = tf.constant(random.normal(size=(5, 1)) * 3)  # float64
    fake = tf.constant(random.normal(size=(5, 1)) * 3)
    pair = LOSSES[name]

    def both(real, fake):
        return pair.discriminator_loss(real, fake) + 3.0 * pair.generator_loss(fake)

    with tf.GradientTape() as tape:
        tape.watch([real, fake])
        total = both(real, fake)
    gradients = tape.gradient(total, [real, fake], unconnected_gradients="zero")
    width = 1e-6
    for index in range(5):
        nudge = np.zeros((5, 1))
        nudge[index] = width
        slope_real = (both(real + nudge, fake) - both(real - nudge, fake)) / (2 * width)
        slope_fake = (both(real, fake + nudge) - both(real, fake - nudge)) / (2 * width)
        assert float(gradients[0][index, 0]) == pytest.approx(float(slope_real), abs=1e-7)
        assert float(gradients[1][index, 0]) == pytest.approx(float(slope_fake), abs=1e-7)


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("logit", [-1e4, 1e4])
def test_extreme_logits_give_finite_losses(name, logit):
    pair = LOSSES[name]
    logits = ops.full((3, 1), logit)
    assert np.isfinite(float(pair.generator_loss(logits)))
    assert np.isfinite(float(pair.discriminator_loss(logits, -logits)))


def test_minimax_saturates_where_the_non_saturating_loss_keeps_its_gradient():
    sure = tf.constant([[-10.0]])  # D(G(z)) is about 0.00005
    slopes = {}
    for name in ("minimax", "non_saturating"):
        with tf.GradientTape() as tape:
            tape.watch(sure)
            loss = LOSSES[name].generator_loss(sure)
        slopes[name] = float(tape.gradient(loss, sure)[0, 0])
    assert abs(slopes["minimax"]) < 1e-4
    assert slopes["non_saturating"] == pytest.approx(-1.0, abs=1e-4)


def test_an_unknown_loss_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="'non_saturatng'.*Did you mean 'non_saturating'"):
        get_losses("non_saturatng")


def test_losses_of_your_own_are_taken_as_they_are():
    own = GanLosses("own", lambda fake: fake, lambda real, fake: real)
    assert get_losses(own) is own
