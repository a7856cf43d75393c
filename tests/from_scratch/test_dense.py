"""Dense layers and networks of lesson 02 equal Keras, forward and backward."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from gan_course.from_scratch import losses
from gan_course.from_scratch.check import finite_differences, relative_error
from gan_course.from_scratch.dense import (
    dense_backward,
    dense_forward,
    initial_two_layer,
    initial_weights,
    two_layer_backward,
    two_layer_forward,
)
from gan_course.lessons.lesson_02.deep import (
    deep_backward,
    deep_forward,
    gradient_flow,
    initial_deep,
)

sizes = st.integers(1, 5)
quick = settings(max_examples=15, deadline=None)
ACTIVATIONS = ["linear", "relu", "sigmoid", "tanh"]
NAMES = ("weights_1", "bias_1", "weights_2", "bias_2")


@pytest.fixture(scope="module")
def keras_network():
    """Run the network of Keras in float64 and return logits and all gradients of the loss."""
    import gan_course.backend

    import keras
    import tensorflow as tf

    def run(parameters, inputs, targets, activation):
        h, k = parameters["weights_2"].shape
        network = keras.Sequential(
            [
                keras.Input((inputs.shape[1],), dtype="float64"),
                keras.layers.Dense(h, activation=activation, dtype="float64"),
                keras.layers.Dense(k, dtype="float64"),
            ]
        )
        network.set_weights([parameters[name] for name in NAMES])
        x = tf.constant(inputs)
        with tf.GradientTape() as tape:
            tape.watch(x)
            logits = network(x, training=True)
            loss = tf.reduce_mean(
                keras.losses.binary_crossentropy(targets, logits, from_logits=True)
            )
        slopes = tape.gradient(loss, [x, *network.trainable_variables])
        named = zip(("inputs", *NAMES), slopes, strict=True)
        return logits.numpy(), {name: slope.numpy() for name, slope in named}

    return run


@quick
@given(n=sizes, d_in=sizes, d_out=sizes, seed=st.integers(0, 1000))
def test_a_dense_layer_agrees_with_finite_differences(n, d_in, d_out, seed):
    rng = np.random.default_rng(seed)
    x, w, b = rng.normal(size=(n, d_in)), rng.normal(size=(d_in, d_out)), rng.normal(size=d_out)
    upstream = rng.normal(size=(n, d_out))  # ∂loss/∂Z of the loss Σ upstream · Z

    def loss(x, w, b):
        return np.sum(upstream * dense_forward(x, w, b))

    ours = dense_backward(upstream, x, w)
    measured = (
        finite_differences(lambda x: loss(x, w, b), x),
        finite_differences(lambda w: loss(x, w, b), w),
        finite_differences(lambda b: loss(x, w, b), b),
    )
    for one, other in zip(ours, measured, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@settings(max_examples=4, deadline=None)
@given(n=sizes, d=sizes, h=sizes, k=st.integers(1, 3), seed=st.integers(0, 1000))
def test_a_two_layer_network_equals_keras(keras_network, activation, n, d, h, k, seed):
    rng = np.random.default_rng(seed)
    parameters = initial_two_layer(d, h, k, rng)
    parameters["bias_1"], parameters["bias_2"] = rng.normal(size=h), rng.normal(size=k)
    x, y = rng.normal(size=(n, d)), rng.integers(0, 2, (n, k)).astype(float)
    logits, cache = two_layer_forward(parameters, x, activation)
    upstream = losses.binary_cross_entropy_from_logits_gradient(y, logits)
    gradients = two_layer_backward(parameters, cache, upstream)
    their_logits, theirs = keras_network(parameters, x, y, activation)
    np.testing.assert_allclose(logits, their_logits, rtol=1e-6, atol=1e-12)
    assert gradients.keys() == theirs.keys()
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, theirs[name], rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_two_layer_network_agrees_with_finite_differences(activation):
    rng = np.random.default_rng(0)
    parameters = initial_two_layer(3, 4, 2, rng)
    x, y = rng.normal(size=(5, 3)), rng.integers(0, 2, (5, 2)).astype(float)

    def loss(x=x, **changed):
        logits, _ = two_layer_forward(parameters | changed, x, activation)
        return losses.binary_cross_entropy_from_logits(y, logits)

    logits, cache = two_layer_forward(parameters, x, activation)
    upstream = losses.binary_cross_entropy_from_logits_gradient(y, logits)
    gradients = two_layer_backward(parameters, cache, upstream)
    assert relative_error(finite_differences(lambda v: loss(x=v), x), gradients["inputs"]) < 1e-6
    for name in NAMES:
        measured = finite_differences(lambda v, name=name: loss(**{name: v}), parameters[name])
        assert relative_error(measured, gradients[name]) < 1e-6


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_deep_network_of_two_layers_is_the_two_layer_network(activation):
    rng = np.random.default_rng(1)
    parameters = initial_two_layer(3, 4, 2, rng)
    layers = [(parameters[f"weights_{i}"], parameters[f"bias_{i}"]) for i in (1, 2)]
    x, upstream = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    logits, cache = two_layer_forward(parameters, x, activation)
    deep_logits, deep_cache = deep_forward(layers, x, activation)
    np.testing.assert_array_equal(deep_logits, logits)
    expected = two_layer_backward(parameters, cache, upstream)
    pairs, sums, inputs = deep_backward(layers, deep_cache, upstream, activation)
    np.testing.assert_allclose(inputs, expected["inputs"])
    np.testing.assert_array_equal(sums[-1], upstream)
    for i, (weights, bias) in enumerate(pairs, start=1):
        np.testing.assert_allclose(weights, expected[f"weights_{i}"])
        np.testing.assert_allclose(bias, expected[f"bias_{i}"])


def test_a_deep_network_agrees_with_finite_differences():
    rng = np.random.default_rng(2)
    layers = initial_deep((3, 4, 5, 4, 2), rng)
    x, upstream = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    _, cache = deep_forward(layers, x)
    pairs, _, inputs = deep_backward(layers, cache, upstream)

    def loss(layers, x):
        return np.sum(upstream * deep_forward(layers, x)[0])

    assert relative_error(finite_differences(lambda v: loss(layers, v), x), inputs) < 1e-6
    for i, (weights, bias) in enumerate(layers):
        measured = finite_differences(
            lambda w, i=i, b=bias: loss([*layers[:i], (w, b), *layers[i + 1 :]], x), weights
        )
        assert relative_error(measured, pairs[i][0]) < 1e-6


def test_saturated_layers_lose_the_gradient_and_a_fitting_start_keeps_it():
    def first_over_last(**settings):
        flow = gradient_flow(20, 64, np.random.default_rng(0), **settings)
        assert flow.shape == (21,)
        return flow[0] / flow[-1]

    assert first_over_last(activation="sigmoid") < 1e-8
    assert first_over_last(activation="relu", scheme=0.01) < 1e-8
    assert first_over_last(activation="relu", scheme=1.0) > 1e8  # it explodes
    assert 0.1 < first_over_last(activation="relu", scheme="he") < 10
    assert 0.05 < first_over_last(activation="tanh", scheme="glorot") < 10


def test_the_two_layer_network_learns_to_tell_two_classes_apart():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 2))
    y = (x[:, :1] * x[:, 1:] > 0).astype(float)  # no straight line does it
    parameters = initial_two_layer(2, 16, 1, rng)
    for _ in range(600):
        logits, cache = two_layer_forward(parameters, x)
        upstream = losses.binary_cross_entropy_from_logits_gradient(y, logits)
        gradients = two_layer_backward(parameters, cache, upstream)
        parameters = {name: parameters[name] - 1.0 * gradients[name] for name in parameters}
    assert np.mean((logits > 0) == (y > 0.5)) > 0.95


@pytest.mark.parametrize(
    "scheme, variance", [("glorot", 2 / 500), ("he", 2 / 300), (0.1, 0.01), (0, 0.0)]
)
def test_initial_weights_have_the_variance_of_their_scheme(scheme, variance):
    weights = initial_weights(300, 200, np.random.default_rng(0), scheme)
    assert weights.shape == (300, 200)
    assert weights.var() == pytest.approx(variance, rel=0.03)


@pytest.mark.parametrize(
    "compute, message",
    [
        (lambda: dense_forward([1.0, 2.0], [[1.0]], [0.0]), r"inputs has shape \(2,\).*newaxis"),
        (
            lambda: dense_forward([[1.0, 2.0]], [[1.0]], [0.0]),
            r"weights has shape \(1, 1\); expected \(2, d_out\)",
        ),
        (
            lambda: dense_forward([[1.0]], [[1.0]], [[0.0]]),
            r"bias has shape \(1, 1\); expected \(1,\)",
        ),
        (lambda: dense_forward(np.zeros((0, 2)), np.ones((2, 1)), [0.0]), "inputs is empty"),
        (
            lambda: dense_backward(np.ones((2, 1)), np.ones((3, 2)), np.ones((2, 1))),
            r"output_gradient has shape \(2, 1\); expected \(3, 1\)",
        ),
        (
            lambda: dense_backward(np.ones((3, 1)), np.ones((3, 2)), np.ones((1, 2))),
            r"weights has shape \(1, 2\); expected \(2, d_out\)",
        ),
        (lambda: initial_weights(0, 2, np.random.default_rng(0)), "fan_in is 0.*at least 1"),
        (
            lambda: initial_weights(2, 2.5, np.random.default_rng(0)),
            "fan_out is 2.5; expected a whole",
        ),
        (lambda: initial_weights(2, 2, 0), r"rng is 0;.*default_rng"),
        (
            lambda: initial_weights(2, 2, np.random.default_rng(0), "xavier"),
            "scheme is 'xavier'.*'glorot', 'he' or a standard deviation",
        ),
        (lambda: initial_deep((3,), np.random.default_rng(0)), r"sizes is \(3,\).*\(2, 16, 1\)"),
        (lambda: gradient_flow(0, 8, np.random.default_rng(0)), "depth is 0"),
        (
            lambda: gradient_flow(2, 8, np.random.default_rng(0), activation="gelu"),
            "Unknown activation 'gelu'. Did you mean 'relu'",
        ),
    ],
)
def test_bad_input_is_refused_with_what_was_received_and_expected(compute, message):
    with pytest.raises(ValueError, match=message):
        compute()
