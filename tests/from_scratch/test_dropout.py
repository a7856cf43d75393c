"""Dropout of lesson 04: scaling and gradient as in Keras, expectation and variance as derived."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from gan_course.from_scratch.check import finite_differences
from gan_course.from_scratch.dense import initial_two_layer, two_layer_forward
from gan_course.from_scratch.dropout import (
    dropout_backward,
    dropout_forward,
    dropout_mask,
    thinned_network,
    thinned_outputs,
)

quick = settings(max_examples=20, deadline=None)
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)
rates = st.sampled_from([0.0, 0.1, 0.5, 0.9])
seeds = st.integers(0, 1000)


@pytest.fixture(scope="module")
def keras_dropout():
    """Run the layer of Keras in float64: its outputs, its gradient, its outputs at test time."""
    import gan_course.backend

    import keras
    import tensorflow as tf

    def run(x, upstream, rate, seed):
        layer = keras.layers.Dropout(rate, seed=seed, dtype="float64")
        x = tf.constant(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            outputs = layer(x, training=True)
            loss = tf.reduce_sum(upstream * outputs)
        at_test = layer(x, training=False)
        return outputs.numpy(), tape.gradient(loss, x).numpy(), at_test.numpy()

    return run


@quick
@given(shape=shapes, rate=rates, seed=seeds)
def test_with_the_mask_of_keras_outputs_and_gradients_equal_keras(keras_dropout, shape, rate, seed):
    rng = np.random.default_rng(seed)
    x, upstream = rng.uniform(1, 2, shape), rng.normal(size=shape)
    outputs, gradient, at_test = keras_dropout(x, upstream, rate, seed)
    mask = outputs != 0  # x has no zeros
    np.testing.assert_allclose(dropout_forward(x, mask, rate), outputs, rtol=1e-6)
    np.testing.assert_allclose(dropout_backward(upstream, mask, rate), gradient, rtol=1e-6)
    np.testing.assert_array_equal(at_test, x)  # at test time, dropout does nothing


@quick
@given(shape=shapes, rate=rates, seed=seeds)
def test_the_gradient_agrees_with_finite_differences(shape, rate, seed):
    rng = np.random.default_rng(seed)
    x, upstream, mask = (
        rng.normal(size=shape),
        rng.normal(size=shape),
        dropout_mask(shape, rate, rng),
    )
    measured = finite_differences(lambda x: np.sum(upstream * dropout_forward(x, mask, rate)), x)
    ours = dropout_backward(upstream, mask, rate)
    np.testing.assert_allclose(ours, measured, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_over_many_masks_mean_and_variance_are_as_derived(rate):
    x, m = np.array([1.0, -2.0, 3.0]), 40_000
    masks = dropout_mask((m, 3), rate, np.random.default_rng(0))
    outputs = dropout_forward(np.tile(x, (m, 1)), masks, rate)
    variance = x**2 * rate / (1 - rate)
    standard_errors = np.abs(outputs.mean(axis=0) - x) / np.sqrt(variance / m)
    assert np.all(standard_errors < 4)
    np.testing.assert_allclose(outputs.var(axis=0), variance, rtol=0.05)
    np.testing.assert_allclose(masks.mean(axis=0), 1 - rate, atol=4 * 0.5 / np.sqrt(m))


def test_a_rate_of_zero_keeps_everything():
    x = np.arange(6.0).reshape(2, 3)
    mask = dropout_mask(x.shape, 0.0, np.random.default_rng(0))
    np.testing.assert_array_equal(dropout_forward(x, mask, 0.0), x)


def test_masks_differ_from_call_to_call_and_from_row_to_row_and_repeat_with_the_seed():
    rng = np.random.default_rng(0)
    first, second = dropout_mask((2, 50), 0.5, rng), dropout_mask((2, 50), 0.5, rng)
    assert not np.array_equal(first, second) and not np.array_equal(first[0], first[1])
    np.testing.assert_array_equal(first, dropout_mask((2, 50), 0.5, np.random.default_rng(0)))


def test_a_thinned_network_keeps_its_outputs_and_its_inputs():
    rng = np.random.default_rng(0)
    many = [thinned_network((4, 30, 30, 2), 0.5, rng) for _ in range(50)]
    assert all(kept[0].all() and kept[-1].all() for kept in many)
    share = np.mean([np.concatenate(kept[1:-1]).mean() for kept in many])
    assert share == pytest.approx(0.5, abs=0.05)


def test_the_average_over_thinned_networks_tends_to_the_full_network():
    rng = np.random.default_rng(0)
    parameters = initial_two_layer(3, 8, 2, rng)
    x, m = rng.normal(size=(4, 3)), 20_000
    outputs = thinned_outputs(parameters, x, 0.5, rng, m)
    full, _ = two_layer_forward(parameters, x, "relu")
    assert outputs.shape == (m, 4, 2)
    errors = np.abs(outputs.mean(axis=0) - full) / (outputs.std(axis=0) / np.sqrt(m) + 1e-12)
    assert np.all(errors < 4.5)
    np.testing.assert_allclose(thinned_outputs(parameters, x, 0.0, rng, 1)[0], full)


RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    "compute",
    [
        lambda rate: dropout_mask((2,), rate, RNG),
        lambda rate: dropout_forward([1.0], [True], rate),
        lambda rate: dropout_backward([1.0], [True], rate),
        lambda rate: thinned_network((2, 3, 1), rate, RNG),
        lambda rate: thinned_outputs(initial_two_layer(1, 2, 1, RNG), [[1.0]], rate, RNG, 2),
    ],
)
def test_a_rate_outside_0_to_1_is_refused_with_what_it_means(compute):
    for rate in [1, 1.0, 1.5, -0.1, 50, "0.5", None, np.nan, True]:
        with pytest.raises(ValueError, match=r"rate is .*; expected a number in \[0, 1\).*kept"):
            compute(rate)


@pytest.mark.parametrize(
    "compute, message",
    [
        (lambda: dropout_forward([1.0, 2.0], [True], 0.5), r"inputs has shape \(2,\) and mask"),
        (
            lambda: dropout_backward([1.0, 2.0], [True], 0.5),
            r"output_gradient has shape \(2,\) and",
        ),
        (lambda: dropout_forward([], [], 0.5), "inputs is empty"),
        (lambda: dropout_forward([np.inf], [True], 0.5), "inputs holds 1 value"),
        (lambda: dropout_mask((2,), 0.5, 7), r"rng is 7; expected a NumPy generator"),
        (lambda: thinned_network((3,), 0.5, RNG), r"sizes is \(3,\).*\(3, 5, 1\)"),
        (lambda: thinned_network((3, 0), 0.5, RNG), "each of sizes is 0"),
        (
            lambda: thinned_outputs(initial_two_layer(1, 2, 1, RNG), [[1.0]], 0.5, RNG, 0),
            "num_masks is 0",
        ),
    ],
)
def test_other_bad_input_is_refused(compute, message):
    with pytest.raises(ValueError, match=message):
        compute()
