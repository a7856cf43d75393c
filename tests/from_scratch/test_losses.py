"""The losses of lesson 01 equal Keras in float64; gradients are right; bad input is taught."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from gan_course.from_scratch import losses
from gan_course.from_scratch.activations import ACTIVATIONS, get_activation, sigmoid, softmax
from gan_course.from_scratch.check import finite_differences, relative_error

shapes = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple)
seeds = st.integers(0, 10_000)
scales = st.sampled_from([1e-3, 1.0, 30.0, 1e3])  # of the logits: from flat to far saturated
quick = settings(max_examples=20, deadline=None)


@pytest.fixture(scope="module")
def keras():
    import gan_course.backend

    import keras

    return keras


@pytest.fixture(scope="module")
def gradient_in_tensorflow():
    import tensorflow as tf

    def gradient(function, x):
        x = tf.constant(x, tf.float64)
        with tf.GradientTape() as tape:
            tape.watch(x)
            value = tf.reduce_mean(function(x))
        return value.numpy(), tape.gradient(value, x).numpy()

    return gradient


def one_hot_batch(rng, n, k):
    return losses.one_hot(rng.integers(0, k, n), k)


@quick
@given(shape=shapes, seed=seeds)
def test_mean_squared_error_equals_keras_and_finite_differences(
    keras, gradient_in_tensorflow, shape, seed
):
    rng = np.random.default_rng(seed)
    y, p = rng.normal(size=shape), rng.normal(size=shape)
    value, gradient = gradient_in_tensorflow(lambda p: keras.losses.mean_squared_error(y, p), p)
    assert losses.mean_squared_error(y, p) == pytest.approx(value, rel=1e-6)
    ours = losses.mean_squared_error_gradient(y, p)
    assert relative_error(ours, gradient) < 1e-6
    assert relative_error(
        ours, finite_differences(lambda p: losses.mean_squared_error(y, p), p)
    ) < (1e-6)


@quick
@given(shape=shapes, seed=seeds)
def test_binary_cross_entropy_equals_keras_away_from_0_and_1(
    keras, gradient_in_tensorflow, shape, seed
):
    rng = np.random.default_rng(seed)
    y, p = rng.random(shape), rng.uniform(0.01, 0.99, shape)
    value, gradient = gradient_in_tensorflow(lambda p: keras.losses.binary_crossentropy(y, p), p)
    assert losses.binary_cross_entropy(y, p) == pytest.approx(value, rel=1e-6)
    assert relative_error(losses.binary_cross_entropy_gradient(y, p), gradient) < 1e-6
    measured = finite_differences(lambda p: losses.binary_cross_entropy(y, p), p, step=1e-6)
    assert relative_error(losses.binary_cross_entropy_gradient(y, p), measured) < 1e-6


@quick
@given(shape=shapes, seed=seeds, scale=scales)
def test_binary_cross_entropy_from_logits_equals_keras_for_extreme_logits_too(
    keras, gradient_in_tensorflow, shape, seed, scale
):
    rng = np.random.default_rng(seed)
    y, x = rng.integers(0, 2, shape).astype(float), scale * rng.uniform(-1, 1, shape)
    value, gradient = gradient_in_tensorflow(
        lambda x: keras.losses.binary_crossentropy(y, x, from_logits=True), x
    )
    assert losses.binary_cross_entropy_from_logits(y, x) == pytest.approx(
        value, rel=1e-6, abs=1e-300
    )
    ours = losses.binary_cross_entropy_from_logits_gradient(y, x)
    np.testing.assert_allclose(ours, gradient, rtol=1e-6, atol=1e-15)
    measured = finite_differences(lambda x: losses.binary_cross_entropy_from_logits(y, x), x)
    np.testing.assert_allclose(ours, measured, rtol=1e-6, atol=1e-7)  # |f| is up to 1e3


@quick
@given(n=st.integers(1, 5), k=st.integers(2, 6), seed=seeds, scale=scales)
def test_categorical_cross_entropy_equals_keras_for_extreme_logits_too(
    keras, gradient_in_tensorflow, n, k, seed, scale
):
    rng = np.random.default_rng(seed)
    y, x = one_hot_batch(rng, n, k), scale * rng.uniform(-1, 1, (n, k))
    value, gradient = gradient_in_tensorflow(
        lambda x: keras.losses.categorical_crossentropy(y, x, from_logits=True), x
    )
    assert losses.categorical_cross_entropy_from_logits(y, x) == pytest.approx(
        value, rel=1e-6, abs=1e-15
    )
    ours = losses.categorical_cross_entropy_from_logits_gradient(y, x)
    np.testing.assert_allclose(ours, gradient, rtol=1e-6, atol=1e-15)
    measured = finite_differences(lambda x: losses.categorical_cross_entropy_from_logits(y, x), x)
    np.testing.assert_allclose(ours, measured, rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(ours.sum(axis=1), 0, atol=1e-15)


def test_soft_targets_over_classes_equal_keras(keras):
    rng = np.random.default_rng(0)
    y, x = softmax(rng.normal(size=(4, 3))), rng.normal(size=(4, 3))
    theirs = keras.losses.categorical_crossentropy(y, x, from_logits=True).numpy().mean()
    assert losses.categorical_cross_entropy_from_logits(y, x) == pytest.approx(theirs, rel=1e-6)


def test_logits_of_a_thousand_give_finite_losses_where_the_written_out_form_gives_inf():
    y, x = np.array([1.0, 0.0]), np.array([-1000.0, 1000.0])
    with np.errstate(over="ignore", divide="ignore"):
        p = 1 / (1 + np.exp(-x))
        assert np.isinf(-np.log(p[0]))
        assert np.isinf(-np.log(1 - p[1]))
    assert losses.binary_cross_entropy_from_logits(y, x) == 1000.0
    assert losses.binary_cross_entropy_from_logits_gradient(y, x).tolist() == [-0.5, 0.5]


def test_a_certain_wrong_answer_is_refused_while_keras_clips_it_and_stops_learning(
    keras, gradient_in_tensorflow
):
    y, p = np.array([1.0]), np.array([0.0])
    with pytest.raises(ValueError, match="1 of 1 entries need the logarithm of zero.*logits"):
        losses.binary_cross_entropy(y, p)
    with pytest.raises(ValueError, match="logarithm of zero"):
        losses.binary_cross_entropy_gradient(y, p)
    value, gradient = gradient_in_tensorflow(lambda p: keras.losses.binary_crossentropy(y, p), p)
    assert value == pytest.approx(-np.log(1e-7), rel=1e-6)  # 16.1 in place of infinity
    assert gradient == 0
    assert losses.binary_cross_entropy(y, p, clip=1e-7) == pytest.approx(value, rel=1e-6)
    assert losses.binary_cross_entropy_gradient(y, p, clip=1e-7) == gradient


def test_keras_differs_for_probabilities_beyond_its_clip_and_clip_makes_it_equal(
    keras, gradient_in_tensorflow
):
    y, p = np.array([1.0, 0.0, 1.0]), np.array([1e-9, 1 - 1e-9, 0.3])
    value, gradient = gradient_in_tensorflow(lambda p: keras.losses.binary_crossentropy(y, p), p)
    assert losses.binary_cross_entropy(y, p) > 1.2 * value
    assert losses.binary_cross_entropy(y, p, clip=1e-7) == pytest.approx(value, rel=1e-6)
    ours = losses.binary_cross_entropy_gradient(y, p, clip=1e-7)
    np.testing.assert_allclose(ours, gradient, rtol=1e-6)


def test_a_certain_right_answer_costs_nothing_and_has_a_finite_gradient():
    y = np.array([0.0, 1.0])
    assert losses.binary_cross_entropy(y, y) == 0
    assert losses.binary_cross_entropy_gradient(y, y).tolist() == [0.5, -0.5]


@quick
@given(shape=shapes, seed=seeds)
def test_probabilities_and_logits_give_the_same_loss_and_gradients_that_fit(shape, seed):
    rng = np.random.default_rng(seed)
    y, x = rng.random(shape), rng.normal(size=shape)
    p = sigmoid(x)
    assert losses.binary_cross_entropy(y, p) == pytest.approx(
        losses.binary_cross_entropy_from_logits(y, x)
    )
    through_p = losses.binary_cross_entropy_gradient(y, p) * p * (1 - p)  # the chain rule
    np.testing.assert_allclose(
        through_p, losses.binary_cross_entropy_from_logits_gradient(y, x), rtol=1e-9, atol=1e-15
    )


@pytest.mark.parametrize("name", [*sorted(set(ACTIVATIONS) - {"linear"}), "softmax"])
@pytest.mark.parametrize("scale", [1.0, 30.0, 1e3])
def test_an_activation_equals_keras(keras, name, scale):
    x = scale * np.random.default_rng(0).uniform(-1, 1, (4, 5))
    ours = softmax if name == "softmax" else get_activation(name)[0]
    theirs = keras.ops.convert_to_numpy(getattr(keras.activations, name)(x))
    np.testing.assert_allclose(ours(x), theirs, rtol=1e-6, atol=1e-300)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_derivative_of_an_activation_agrees_with_finite_differences(name):
    function, derivative = get_activation(name)
    x = np.array([-3.0, -0.7, 0.2, 2.5])
    measured = finite_differences(lambda x: function(x).sum(), x)
    assert relative_error(measured, derivative(x)) < 1e-6


def test_the_derivative_of_a_saturated_sigmoid_is_small_but_not_rounded_to_zero():
    derivative = get_activation("sigmoid")[1]
    assert derivative(50.0) == pytest.approx(np.exp(-50.0), rel=1e-9)
    assert derivative(-50.0) == pytest.approx(np.exp(-50.0), rel=1e-9)


def test_an_unknown_activation_is_refused_with_the_names_that_exist():
    with pytest.raises(ValueError, match="'RELU'.*The choices are: linear, relu, sigmoid, tanh"):
        get_activation("RELU")


BINARY = [
    losses.mean_squared_error,
    losses.mean_squared_error_gradient,
    losses.binary_cross_entropy,
    losses.binary_cross_entropy_gradient,
    losses.binary_cross_entropy_from_logits,
    losses.binary_cross_entropy_from_logits_gradient,
]
CATEGORICAL = [
    losses.categorical_cross_entropy_from_logits,
    losses.categorical_cross_entropy_from_logits_gradient,
]


@pytest.mark.parametrize("function", BINARY)
def test_what_is_no_pair_of_arrays_is_refused(function):
    for targets, outputs, message in (
        (np.ones(3), np.full((3, 1), 0.5), r"\(3,\).*\(3, 1\).*same shape.*reshape\(-1, 1\)"),
        ([], [], r"targets is empty, its shape is \(0,\).*at least one"),
        ([0.0, 1.0], [0.5, np.nan], "1 value.* NaN or infinite, of 2.*smaller learning rate"),
        ([0.0], ["cat"], "cat.*; expected an array of numbers"),
    ):
        with pytest.raises(ValueError, match=message):
            function(targets, outputs)


def test_targets_outside_0_to_1_are_refused_with_their_range():
    for function in BINARY[2:]:
        with pytest.raises(ValueError, match=r"targets runs from -1 to 2; .* in \[0, 1\].*order"):
            function([-1.0, 2.0], [0.5, 0.5])


def test_logits_given_as_probabilities_are_refused_with_the_other_function_named():
    with pytest.raises(ValueError, match="probabilities runs from 0 to 7.*from_logits"):
        losses.binary_cross_entropy([0.0, 1.0], [0.0, 7.0])


def test_a_bad_clip_is_refused():
    for clip in (-0.1, 0.5, "a"):
        with pytest.raises(ValueError, match=r"clip is .*expected a number in \[0, 0.5\).*1e-7"):
            losses.binary_cross_entropy([1.0], [0.5], clip=clip)


@pytest.mark.parametrize("function", CATEGORICAL)
def test_bad_class_targets_are_refused_with_the_remedy(function):
    x = np.zeros((2, 3))
    with pytest.raises(ValueError, match=r"shape \(2,\).*Class numbers.*one_hot\(labels, 3\)"):
        function(np.array([0, 2]), x)
    with pytest.raises(ValueError, match="row 1 of targets sums to 0.5; expected.*one_hot"):
        function([[1.0, 0, 0], [0.5, 0, 0]], x)
    with pytest.raises(ValueError, match=r"\(2, 2\).*\(2, 3\)"):
        function(np.eye(2), x)
    with pytest.raises(ValueError, match=r"logits has shape \(3,\); expected \(n, k\)"):
        function(np.ones(3) / 3, np.zeros(3))
    with pytest.raises(ValueError, match="empty"):
        function(np.zeros((0, 3)), np.zeros((0, 3)))


def test_labels_that_are_no_class_numbers_are_refused():
    for labels in ([0, 3], [-1, 0], [0.5, 1.0], [[0]]):
        with pytest.raises(ValueError, match="expected (whole numbers from 0 to 2|.n,.)"):
            losses.one_hot(labels, 3)


def test_a_function_of_many_outputs_has_no_gradient_to_measure():
    with pytest.raises(ValueError, match=r"returned shape \(2,\); expected one number.*sum"):
        finite_differences(lambda x: x, np.ones(2))
    with pytest.raises(ValueError, match="step is 0; expected a finite number above 0"):
        finite_differences(np.sum, np.ones(2), step=0)


def test_a_relative_error_compares_equal_shapes_only_and_sees_a_wrong_gradient():
    with pytest.raises(ValueError, match=r"\(2,\).*\(3,\)"):
        relative_error(np.ones(2), np.ones(3))
    assert relative_error(np.zeros(2), np.zeros(2)) == 0
    measured = finite_differences(lambda x: (x**2).sum(), np.ones(3))
    assert relative_error(measured, np.ones(3)) == pytest.approx(0.5)


def test_finite_differences_leave_their_input_alone():
    x = np.array([[1.0, 2.0]])
    measured = finite_differences(lambda x: (x**3).sum(), x)
    np.testing.assert_allclose(measured, [[3.0, 12.0]], rtol=1e-6)
    assert x.tolist() == [[1.0, 2.0]]
