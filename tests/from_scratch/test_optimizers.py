"""The optimisers of lesson 01 step as Keras does, and differ where the docstring says so."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from gan_course.from_scratch.optimizers import (
    Adam,
    GradientDescent,
    Momentum,
    RMSprop,
    descend,
    step_size_bound,
)

ALL = [GradientDescent, Momentum, RMSprop, Adam]
quick = settings(max_examples=20, deadline=None)
RAVINE = np.array([[1.0, 0.3], [0.3, 20.0]])


@pytest.fixture(scope="module")
def keras_walk():
    import gan_course.backend

    import keras
    import tensorflow as tf

    def walk(make, start, gradients):
        variable = keras.Variable(start, dtype="float64")
        optimizer = make(keras.optimizers)
        for gradient in gradients:
            optimizer.apply([tf.constant(gradient, tf.float64)], [variable])
        return variable.numpy()

    return walk


def our_walk(optimizer, position, gradients):
    state = optimizer.start(position)
    for gradient in gradients:
        position, state = optimizer.step(position, gradient, state)
    return position


def random_walk(seed, shape, scale=1.0, steps=6):
    rng = np.random.default_rng(seed)
    return rng.normal(size=shape), scale * rng.normal(size=(steps, *shape))


# Keras rounds the learning rate, momentum, β₁ and β₂ to float32: these, and 0.875, are exact there.
RATE = 2.0**-7
BETA_2 = 1 - 2.0**-10
SAME_AS_KERAS = {
    "gradient descent": (GradientDescent(RATE), lambda k: k.SGD(RATE)),
    "momentum": (Momentum(RATE, 0.875), lambda k: k.SGD(RATE, momentum=0.875)),
    "rmsprop": (RMSprop(RATE, 0.875, 1e-12), lambda k: k.RMSprop(RATE, rho=0.875, epsilon=1e-12)),
    "adam": (
        Adam(RATE, 0.875, BETA_2, 1e-12),
        lambda k: k.Adam(RATE, beta_1=0.875, beta_2=BETA_2, epsilon=1e-12),
    ),
    "adam of dcgan": (
        Adam(RATE, 0.5, BETA_2, 1e-12),
        lambda k: k.Adam(RATE, beta_1=0.5, beta_2=BETA_2, epsilon=1e-12),
    ),
}


@pytest.mark.parametrize("name", SAME_AS_KERAS)
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 1000), shape=st.sampled_from([(), (1,), (3,), (2, 3)]))
def test_where_epsilon_is_negligible_the_steps_equal_keras(keras_walk, name, seed, shape):
    ours, theirs = SAME_AS_KERAS[name]
    start, gradients = random_walk(seed, shape)
    expected = keras_walk(theirs, start, gradients) - start
    np.testing.assert_allclose(
        our_walk(ours, start, gradients) - start, expected, rtol=1e-6, atol=1e-12
    )


def test_keras_puts_epsilon_under_the_root_of_rmsprop(keras_walk):
    start, gradients = random_walk(0, (3,), scale=1e-4)  # below √ε = 3e-4
    gradients = np.abs(gradients)
    theirs = keras_walk(lambda k: k.RMSprop(RATE, rho=0.9, epsilon=1e-7), start, gradients)
    ours = our_walk(RMSprop(RATE, 0.9, 1e-7), start, gradients)
    assert np.all(np.abs(ours - start) > 2 * np.abs(theirs - start))  # theirs holds back
    mean_square, position = np.zeros(3), start
    for gradient in gradients:
        mean_square = 0.9 * mean_square + 0.1 * gradient**2
        position = position - RATE * gradient / np.sqrt(mean_square + 1e-7)
    np.testing.assert_allclose(position, theirs, rtol=1e-6)


def test_keras_adds_the_epsilon_of_adam_before_the_correction(keras_walk):
    start, gradient = np.zeros(1), np.full((1, 1), 1e-6)  # one step with a tiny gradient
    theirs = keras_walk(lambda k: k.Adam(RATE, beta_2=BETA_2, epsilon=1e-7), start, gradient)
    ours = our_walk(Adam(RATE, beta_2=BETA_2, epsilon=1e-7), start, gradient)
    assert ours == pytest.approx(-RATE * 1e-6 / (1e-6 + 1e-7))
    assert theirs == pytest.approx(-RATE * 1e-6 / (1e-6 + 32e-7), rel=1e-6)  # ε / √(1 - β₂)
    scaled = our_walk(Adam(RATE, beta_2=BETA_2, epsilon=32e-7), start, gradient)
    assert scaled == pytest.approx(theirs, rel=1e-6)


def test_keras_rounds_the_powers_of_beta_2_so_adam_agrees_only_to_seven_millionths(keras_walk):
    start, gradients = random_walk(0, (3,))
    theirs = keras_walk(lambda k: k.Adam(RATE, epsilon=1e-12), start, gradients) - start
    ours = our_walk(Adam(RATE, epsilon=1e-12), start, gradients) - start
    # 1 - 0.999 in float32 is off by 1.3e-5 of itself, its root by half of that.
    assert 1e-6 < np.max(np.abs(ours / theirs - 1)) < 1e-5


def test_the_first_step_of_adam_is_as_long_as_the_learning_rate_whatever_the_gradient():
    for gradient in (1e-4, 1.0, 1e6):
        assert our_walk(Adam(0.1), 0.0, [gradient]) == pytest.approx(-0.1, rel=1e-3)


def test_a_step_changes_neither_its_inputs_nor_the_old_state():
    for optimizer in (GradientDescent(0.1), Momentum(0.1), RMSprop(0.1), Adam(0.1)):
        position, gradient = np.ones(2), np.ones(2)
        state = optimizer.start(position)
        before = repr(state)
        optimizer.step(position, gradient, state)
        assert repr(state) == before and position.tolist() == gradient.tolist() == [1.0, 1.0]


def test_gradient_descent_on_a_quadratic_shrinks_each_part_by_1_minus_alpha_lambda():
    walk = descend(lambda x: RAVINE @ x, [1.0, 1.0], GradientDescent(0.05), steps=30)
    shrink = np.linalg.matrix_power(np.eye(2) - 0.05 * RAVINE, 30)
    assert walk.positions.shape == (31, 2) and walk.steps_taken == 30 and not walk.diverged
    np.testing.assert_allclose(walk.positions[-1], shrink @ [1.0, 1.0], rtol=1e-9)


@quick
@given(
    curvatures=st.lists(st.floats(0.1, 50.0), min_size=1, max_size=3),
    momentum=st.sampled_from([0.0, 0.5, 0.9]),
    seed=st.integers(0, 100),
)
def test_the_step_size_bound_separates_shrinking_from_growing(curvatures, momentum, seed):
    d = len(curvatures)
    rotation, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(d, d)))
    hessian = rotation @ np.diag(curvatures) @ rotation.T
    bound = step_size_bound(hessian, momentum)
    assert bound == pytest.approx(2 * (1 + momentum) / max(curvatures))
    start = rotation @ np.full(d, 1e3)  # has a part along every eigenvector

    def walk(rate):
        return descend(lambda x: hessian @ x, start, Momentum(rate, momentum), steps=3000)

    assert not walk(0.98 * bound).diverged
    assert walk(1.02 * bound).diverged


def test_at_the_bound_itself_the_walk_neither_shrinks_nor_grows():
    walk = descend(lambda x: 2 * x, 1.0, GradientDescent(step_size_bound(2.0)), steps=50)
    assert np.abs(walk.positions).tolist() == [1.0] * 51


def test_a_runaway_walk_stops_beyond_the_bound_and_keeps_its_path():
    walk = descend(lambda x: 2 * x, 1.0, GradientDescent(1.5), steps=1000)
    assert walk.diverged and walk.steps_taken == 20  # factor -2 a step: 2^20 is above a million
    assert abs(walk.positions[-1]) == 2.0**20 and abs(walk.positions[-2]) == 2.0**19


def test_a_walk_into_infinity_stops_with_a_finite_path():
    walk = descend(lambda x: x * 1e308, 1e5, GradientDescent(1.0), steps=10)
    assert walk.diverged and np.all(np.isfinite(walk.positions))
    walk = descend(lambda x: np.nan * x, 1.0, GradientDescent(1.0), steps=10)
    assert walk.diverged and walk.positions.tolist() == [1.0]


def test_two_walks_with_one_optimizer_are_the_same():
    optimizer = Adam(0.1)
    first, second = (descend(lambda x: RAVINE @ x, [1.0, 1.0], optimizer, 20) for _ in range(2))
    assert np.array_equal(first.positions, second.positions)


def test_adam_and_rmsprop_cross_a_ravine_where_gradient_descent_is_held_back():
    ravine = np.diag([1.0, 1000.0])
    start = [1.0, 1.0]
    plain = descend(lambda x: ravine @ x, start, GradientDescent(0.9 * 2 / 1000), 100)
    for optimizer in (RMSprop(0.02), Adam(0.05)):
        walk = descend(lambda x: ravine @ x, start, optimizer, 100)
        assert abs(walk.positions[-1, 0]) < 0.2 < abs(plain.positions[-1, 0])


@pytest.mark.parametrize("optimizer", ALL)
def test_a_learning_rate_that_is_no_positive_number_is_refused_with_the_remedy(optimizer):
    for rate in ["0.1", None, -0.1, 0, np.nan, np.inf, True, [0.1]]:
        match = "learning_rate is .*; expected a finite number above 0.*Try 0.1"
        with pytest.raises(ValueError, match=match):
            optimizer(rate)


def test_a_memory_outside_0_to_1_is_refused():
    for make, name in (
        (lambda v: Momentum(0.1, momentum=v), "momentum"),
        (lambda v: RMSprop(0.1, decay=v), "decay"),
        (lambda v: Adam(0.1, beta_1=v), "beta_1"),
        (lambda v: Adam(0.1, beta_2=v), "beta_2"),
        (lambda v: step_size_bound(1.0, momentum=v), "momentum"),
    ):
        for value in (1, 1.5, -0.1, "0.9"):
            with pytest.raises(ValueError, match=rf"{name} is .*expected a number in \[0, 1\)"):
                make(value)


def test_an_epsilon_of_zero_is_refused():
    for make in (RMSprop, Adam):
        with pytest.raises(ValueError, match="epsilon is 0; expected .* above 0.*1e-8"):
            make(0.1, epsilon=0)


@pytest.mark.parametrize("optimizer", ALL)
def test_a_gradient_of_another_shape_is_refused_with_both_shapes(optimizer):
    with pytest.raises(
        ValueError, match=r"position has shape \(2,\) and gradient has shape \(2, 1\)"
    ):
        descend(lambda x: x[:, np.newaxis], [1.0, 2.0], optimizer(0.1), steps=3)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"steps": -1}, "steps is -1.*whole number of at least 0"),
        ({"steps": 2.5}, "steps is 2.5; expected a whole.*int"),
        ({"start": []}, "start is empty"),
        ({"start": [np.nan]}, "start holds 1 value"),
    ],
)
def test_a_walk_with_a_bad_setting_is_refused(arguments, message):
    settings = {"start": [1.0], "steps": 3} | arguments
    with pytest.raises(ValueError, match=message):
        descend(lambda x: x, optimizer=GradientDescent(0.1), **settings)


@pytest.mark.parametrize(
    "hessian, message",
    [
        ([[1.0, 2.0]], r"shape \(1, 2\)"),
        ([[1.0, 2.0], [0.0, 1.0]], "not symmetric.*H.T"),
        ([[1.0, 0.0], [0.0, -1.0]], "eigenvalues from -1 to 1.*signs"),
        (0.0, "eigenvalues from 0 to 0"),
    ],
)
def test_a_hessian_without_a_minimum_is_refused(hessian, message):
    with pytest.raises(ValueError, match=message):
        step_size_bound(hessian)
