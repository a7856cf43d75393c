"""Batch normalisation of lesson 03 equals Keras in training, inference and backward."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from gan_course.from_scratch.batch_norm import (
    batch_norm_backward,
    batch_norm_inference,
    batch_norm_train,
    update_running,
)
from gan_course.from_scratch.check import finite_differences, relative_error

quick = settings(max_examples=20, deadline=None)
batches = {
    "n": st.integers(1, 6),  # 1: a batch of one
    "d": st.integers(1, 4),
    "scale": st.sampled_from([1e-3, 1.0, 1e3]),
    "constant": st.booleans(),  # the first feature is the same in every row
    "seed": st.integers(0, 1000),
}


@pytest.fixture(scope="module")
def keras_layer():
    import gan_course.backend

    import keras
    import tensorflow as tf

    def make(gamma, beta, **settings):
        layer = keras.layers.BatchNormalization(dtype="float64", **settings)
        layer.build((None, len(gamma)))
        layer.gamma.assign(gamma)
        layer.beta.assign(beta)
        return layer

    def backward(layer, x, upstream):
        x = tf.constant(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.reduce_sum(upstream * layer(x, training=True))
        slopes = tape.gradient(loss, [x, layer.gamma.value, layer.beta.value])
        return [slope.numpy() for slope in slopes]

    make.backward = backward
    return make


def draw(n, d, scale, constant, seed):
    rng = np.random.default_rng(seed)
    x = scale * (rng.normal(size=(n, d)) + rng.normal(size=d))
    if constant:
        x[:, 0] = x[0, 0]
    return x, rng.normal(size=d), rng.normal(size=d), rng.normal(size=(n, d))


@quick
@given(**batches)
def test_training_inference_and_running_statistics_equal_keras(
    keras_layer, n, d, scale, constant, seed
):
    x, gamma, beta, _ = draw(n, d, scale, constant, seed)
    layer = keras_layer(gamma, beta, epsilon=1e-5, momentum=0.9)
    mean, variance = np.zeros(d), np.ones(d)
    for batch in (x, x + scale):
        outputs, cache = batch_norm_train(batch, gamma, beta, epsilon=1e-5)
        mean, variance = update_running(mean, variance, cache, momentum=0.9)
        theirs = layer(batch, training=True).numpy()
        np.testing.assert_allclose(outputs, theirs, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(mean, layer.moving_mean.numpy(), rtol=1e-6)
    np.testing.assert_allclose(variance, layer.moving_variance.numpy(), rtol=1e-6)
    ours = batch_norm_inference(x, gamma, beta, mean, variance, epsilon=1e-5)
    np.testing.assert_allclose(ours, layer(x, training=False).numpy(), rtol=1e-6, atol=1e-12)


@quick
@given(**batches)
def test_gradients_equal_keras_and_the_one_line_form(keras_layer, n, d, scale, constant, seed):
    x, gamma, beta, upstream = draw(n, d, scale, constant, seed)
    _, cache = batch_norm_train(x, gamma, beta, epsilon=1e-3)
    ours = batch_norm_backward(upstream, cache)
    theirs = keras_layer.backward(keras_layer(gamma, beta, epsilon=1e-3), x, upstream)
    size = np.max(np.abs(cache["inverse_deviation"] * gamma * upstream)) + 1.0
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-10 * size)
    g, x_hat = gamma * upstream, cache["normalised"]
    line = cache["inverse_deviation"] * (g - g.mean(0) - x_hat * np.mean(g * x_hat, axis=0))
    np.testing.assert_allclose(ours[0], line, rtol=1e-6, atol=1e-10 * size)


@quick
@given(n=st.integers(2, 6), d=st.integers(1, 4), seed=st.integers(0, 1000))
def test_gradients_agree_with_finite_differences(n, d, seed):
    x, gamma, beta, upstream = draw(n, d, 1.0, False, seed)

    def loss(x, gamma, beta):
        return np.sum(upstream * batch_norm_train(x, gamma, beta, epsilon=0.1)[0])

    ours = batch_norm_backward(upstream, batch_norm_train(x, gamma, beta, epsilon=0.1)[1])
    measured = (
        finite_differences(lambda v: loss(v, gamma, beta), x),
        finite_differences(lambda v: loss(x, v, beta), gamma),
        finite_differences(lambda v: loss(x, gamma, v), beta),
    )
    for one, other in zip(ours, measured, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-8)


def test_gradients_without_the_statistics_would_be_wrong():
    x, gamma, beta, upstream = draw(5, 3, 1.0, False, 0)
    _, cache = batch_norm_train(x, gamma, beta)
    through_statistics, _, _ = batch_norm_backward(upstream, cache)
    naive = gamma * upstream * cache["inverse_deviation"]
    assert relative_error(naive, through_statistics) > 0.1


@quick
@given(**batches)
def test_the_output_has_mean_beta_and_variance_gamma_squared_but_for_epsilon(
    n, d, scale, constant, seed
):
    x, gamma, beta, _ = draw(n, d, scale, constant, seed)
    outputs, cache = batch_norm_train(x, gamma, beta, epsilon=1e-3)
    np.testing.assert_allclose(outputs.mean(axis=0), beta, atol=1e-9)
    shrink = cache["variance"] / (cache["variance"] + 1e-3)
    np.testing.assert_allclose(outputs.var(axis=0), gamma**2 * shrink, rtol=1e-6, atol=1e-12)


def test_a_batch_of_one_gives_beta_whatever_came_in_and_sends_nothing_back():
    outputs, cache = batch_norm_train([[7.0, -1e3]], [2.0, 3.0], [0.5, -0.5])
    assert outputs.tolist() == [[0.5, -0.5]]
    x_gradient, gamma_gradient, _ = batch_norm_backward([[1.0, 1.0]], cache)
    assert x_gradient.tolist() == [[0.0, 0.0]] and gamma_gradient.tolist() == [0.0, 0.0]
    same = batch_norm_inference([[7.0]], [2.0], [0.5], [0.0], [1.0])
    assert same == pytest.approx(14.5, rel=1e-4)  # at inference the input counts


def test_the_defaults_of_keras_differ_in_epsilon_and_momentum(keras_layer):
    x = np.sqrt(1e-3) * np.array([[-1.0], [1.0]])  # variance 1e-3
    gamma, beta = np.ones(1), np.zeros(1)
    layer = keras_layer(gamma, beta)
    assert (layer.epsilon, layer.momentum) == (1e-3, 0.99)
    theirs = layer(x, training=True).numpy()
    ours, cache = batch_norm_train(x, gamma, beta)
    assert theirs.var() == pytest.approx(0.5) and ours.var() == pytest.approx(0.99, abs=0.001)
    same, _ = batch_norm_train(x, gamma, beta, epsilon=1e-3)
    np.testing.assert_allclose(same, theirs, rtol=1e-6)
    _, variance = update_running([0.0], [1.0], cache)
    assert variance == pytest.approx(0.9, rel=1e-2)
    assert layer.moving_variance.numpy() == pytest.approx(0.99, rel=1e-2)


def test_keras_averages_the_variance_divided_by_n_as_we_do(keras_layer):
    x = np.array([[0.0], [2.0]])  # variance 1; divided by n - 1 it is 2
    layer = keras_layer(np.ones(1), np.zeros(1), momentum=0.5)
    layer(x, training=True)
    _, cache = batch_norm_train(x, [1.0], [0.0])
    assert update_running([0.0], [0.0], cache, momentum=0.5)[1].item() == 0.5
    assert layer.moving_variance.numpy() == pytest.approx(0.5 * 1 + 0.5)  # Keras starts at 1


def test_running_statistics_approach_those_of_the_data():
    rng = np.random.default_rng(0)
    mean, variance = np.zeros(1), np.ones(1)
    for _ in range(300):
        _, cache = batch_norm_train(rng.normal(3.0, 2.0, size=(64, 1)), [1.0], [0.0])
        mean, variance = update_running(mean, variance, cache)
    assert mean == pytest.approx(3.0, abs=0.3) and variance == pytest.approx(4.0, abs=0.6)


X, ONE, ZERO = np.ones((3, 2)), np.ones(2), np.zeros(2)
CACHE = batch_norm_train(X, ONE, ZERO)[1]


@pytest.mark.parametrize(
    "compute, message",
    [
        (lambda: batch_norm_train(X, np.ones(3), ZERO), r"gamma has shape \(3,\); expected \(2,\)"),
        (
            lambda: batch_norm_train(X, ONE, 0.0),
            r"beta has shape \(\); expected \(2,\)",
        ),
        (lambda: batch_norm_train(X[0], ONE, ZERO), r"inputs has shape \(2,\).*expected \(n, d\)"),
        (lambda: batch_norm_train(np.ones((2, 4, 4, 1)), ONE, ZERO), "reshape.len.images., -1."),
        (lambda: batch_norm_train(X[:0], ONE, ZERO), "inputs is empty.*at least one number"),
        (lambda: batch_norm_train(X * np.nan, ONE, ZERO), "inputs holds 6 value"),
        (lambda: batch_norm_train(X, ONE, ZERO, epsilon=0), "epsilon is 0.*above 0.*1e-3"),
        (lambda: batch_norm_backward(X[:2], CACHE), r"\(2, 2\); expected \(3, 2\)"),
        (lambda: update_running(np.zeros(3), ONE, CACHE), r"running_mean has shape \(3,\)"),
        (lambda: update_running(ZERO, ONE, CACHE, momentum=1), r"momentum is 1.*\[0, 1\)"),
        (lambda: update_running(ZERO, ONE, CACHE, momentum="0.9"), "momentum is '0.9'"),
        (
            lambda: batch_norm_inference(X, ONE, ZERO, ZERO, -ONE),
            "running_variance runs from -1 to -1; expected numbers of at least 0.*order",
        ),
        (
            lambda: batch_norm_inference(X, ONE, ZERO, np.zeros(3), ONE),
            r"running_mean has shape \(3,\); expected \(2,\)",
        ),
    ],
)
def test_bad_input_is_refused_with_what_was_received_and_expected(compute, message):
    with pytest.raises(ValueError, match=message):
        compute()
