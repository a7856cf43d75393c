"""The two terms of the evidence lower bound have the values of SciPy and of closed forms."""

import math

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops
from scipy import integrate, stats

from gan_course.losses import (
    bernoulli_log_likelihood,
    draw_code,
    gaussian_kl,
    gaussian_log_likelihood,
)

RANDOM = np.random.default_rng(0)


def test_the_kl_to_a_standard_normal_agrees_with_the_integral():
    mean, std = 0.7, 0.4
    own, prior = stats.norm(mean, std), stats.norm(0, 1)
    expected = integrate.quad(lambda z: own.pdf(z) * (own.logpdf(z) - prior.logpdf(z)), -4, 5)[0]
    found = gaussian_kl(ops.full((1, 1), mean), ops.full((1, 1), 2 * math.log(std)))
    assert float(found[0]) == pytest.approx(expected, rel=1e-5)


def test_the_kl_adds_up_over_the_values_of_a_code_and_rests_at_0():
    zeros = ops.zeros((3, 5))
    np.testing.assert_array_equal(gaussian_kl(zeros, zeros), np.zeros(3))
    mean = RANDOM.normal(size=(3, 5)).astype(np.float32)
    np.testing.assert_allclose(gaussian_kl(mean, zeros), 0.5 * (mean**2).sum(axis=1), rtol=1e-5)


def test_a_code_is_drawn_with_its_mean_and_deviation_and_passes_gradients_to_both():
    noise = tf.constant(RANDOM.normal(size=(20_000, 1)).astype(np.float32))
    mean, log_variance = tf.Variable([[2.0]]), tf.Variable([[2 * math.log(0.5)]])
    with tf.GradientTape() as tape:
        code = draw_code(mean, log_variance, noise)
        total = ops.mean(code)
    assert float(ops.mean(code)) == pytest.approx(2.0, abs=0.02)
    assert float(ops.std(code)) == pytest.approx(0.5, abs=0.01)
    gradients = tape.gradient(total, [mean, log_variance])
    assert float(gradients[0][0, 0]) == pytest.approx(1.0, rel=1e-5)
    assert float(gradients[1][0, 0]) == pytest.approx(0.25 * float(ops.mean(noise)), abs=1e-5)


def test_a_bernoulli_likelihood_is_minus_keras_cross_entropy():
    images = RANDOM.random((4, 3, 3, 1)).astype(np.float32)
    logits = 3 * RANDOM.normal(size=images.shape).astype(np.float32)
    by_pixel = keras.losses.binary_crossentropy(images, logits, from_logits=True)
    expected = -np.sum(by_pixel, axis=(1, 2))  # the mean over one channel is that channel
    np.testing.assert_allclose(bernoulli_log_likelihood(images, logits), expected, rtol=1e-5)


def test_a_gaussian_likelihood_agrees_with_scipy_and_stays_finite_at_extremes():
    images, means = RANDOM.random((2, 4, 3, 3, 1)).astype(np.float32)
    expected = stats.norm(means, 0.3).logpdf(images).sum(axis=(1, 2, 3))
    np.testing.assert_allclose(gaussian_log_likelihood(images, means, 0.3), expected, rtol=1e-4)
    sure = bernoulli_log_likelihood(np.ones((1, 2, 2, 1), np.float32), np.full((1, 2, 2, 1), 1e4))
    assert float(sure[0]) == 0.0
