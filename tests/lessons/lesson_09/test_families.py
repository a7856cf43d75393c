"""The losses of lesson 09 against closed forms, and what a Bernoulli loss refuses."""

import gan_course.backend

import numpy as np
import pytest
import tensorflow as tf
from scipy import stats

from gan_course.lessons.lesson_09 import families


class Fixed:
    """A `tf.random.Generator` that draws what it was given."""

    def __init__(self, noise, time=0.5):
        self.noise, self.time = noise, time

    def normal(self, shape):
        return tf.constant(self.noise, tf.float32)

    def uniform(self, shape):
        return tf.fill(shape, self.time)


def network(function):
    """Return a function as a network is called."""
    return lambda inputs, training: function(inputs)


def test_minus_the_bound_is_scipys_divergence_and_log_probability():
    rng = np.random.default_rng(0)
    mean, log_variance = rng.normal(size=(2, 3, 2))
    drawn = rng.uniform(-0.9, 0.9, (3, 4, 4, 1))
    ink = (rng.random((3, 4, 4, 1)) < 0.5).astype(float)
    loss = families.evidence_loss(
        network(lambda images: tf.constant(np.hstack([mean, log_variance]), tf.float32)),
        network(lambda code: tf.constant(drawn, tf.float32)),
    )
    found = float(loss(tf.constant(ink, tf.float32), Fixed(np.zeros((3, 2)))))
    chances = stats.bernoulli((drawn + 1) / 2).logpmf(ink).sum(axis=(1, 2, 3))
    sigma = np.exp(log_variance / 2)
    entropies = stats.norm(mean, sigma).entropy()
    divergence = (-entropies + 0.5 * (np.log(2 * np.pi) + mean**2 + sigma**2)).sum(axis=1)
    assert found == pytest.approx(np.mean(divergence - chances), rel=1e-4)


def test_the_share_of_ink_comes_back_from_its_logit_and_the_ends_stay_finite():
    images = np.array([-1.0, -0.5, 0.0, 0.9, 1.0], np.float32)
    logits = np.asarray(families.ink_logits(tf.constant(images)))
    assert np.isfinite(logits).all()
    np.testing.assert_allclose(2 / (1 + np.exp(-logits)) - 1, images, atol=1e-5)


def test_rebuilding_costs_the_mean_squared_error_of_a_pixel():
    loss = families.reconstruction_loss(network(lambda x: x + 0.5), network(lambda x: x))
    assert float(loss(tf.zeros((2, 4, 4, 1)), None)) == pytest.approx(0.25)


def test_a_velocity_that_knows_each_line_costs_nothing():
    images = np.random.default_rng(1).normal(size=(3, 4, 4, 1)).astype(np.float32)
    noise = np.random.default_rng(2).normal(size=images.shape).astype(np.float32)
    loss = families.velocity_loss(network(lambda both: tf.constant(images - noise)))
    assert float(loss(tf.constant(images), Fixed(noise))) == pytest.approx(0.0)
    late = families.velocity_loss(network(lambda both: both[0]))
    expected = np.mean((0.75 * images + 0.25 * noise - (images - noise)) ** 2)
    assert float(late(tf.constant(images), Fixed(noise, 0.75))) == pytest.approx(expected, rel=1e-5)


def test_a_bernoulli_loss_refuses_images_below_0():
    with pytest.raises(ValueError, match="pixels from -1 to 1") as error:
        families.variational_autoencoder(np.linspace(-1, 1, 784).reshape(1, 28, 28, 1))
    assert "[0, 1]" in str(error.value) and "value_range=(0, 1)" in str(error.value)


@pytest.mark.parametrize("steps", [1, 3, 8])
def test_eulers_method_grows_by_one_factor_a_step(steps):
    noise = np.full((5, 2, 2, 1), 0.1, np.float32)
    drawn = families.draw_by_flow(network(lambda both: both[0]), noise, steps, batch=2)
    np.testing.assert_allclose(drawn, 0.1 * (1 + 1 / steps) ** steps, rtol=1e-5)


def test_the_flow_tells_its_network_the_time_and_clips_what_it_draws():
    timed = network(lambda both: tf.ones_like(both[0]) * both[1][:, :, None, None])
    start = np.zeros((1, 2, 2, 1), np.float32)
    np.testing.assert_allclose(families.draw_by_flow(timed, start, 4), (0 + 1 + 2 + 3) / 16)
    assert families.draw_by_flow(timed, start + 5, 4).max() == 1


def test_a_flow_takes_a_whole_number_of_steps():
    with pytest.raises(ValueError, match="steps is 0"):
        families.draw_by_flow(None, np.zeros((1, 2, 2, 1)), 0)
