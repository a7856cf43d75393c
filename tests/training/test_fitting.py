"""Training by one loss: the right minimum, the same numbers for the same seed, clear refusals."""

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops

from gan_course.losses import flow_matching_loss, on_the_way
from gan_course.models import build_point_flow
from gan_course.theory import mixture_velocity
from gan_course.training import Fit, NonFiniteLoss

POINTS = np.random.default_rng(0).normal([2.0, -1.0], 0.5, (2_000, 2)).astype(np.float32)


def mean_fit(rate=0.1, **settings):
    """A single vector that learns the mean of the points."""
    one = keras.Input((1,))
    network = keras.Model(one, layers.Dense(2, use_bias=False, kernel_initializer="zeros")(one))

    def loss(points, random):
        return ops.mean(ops.square(network(ops.ones((1, 1))) - points))

    optimizer = keras.optimizers.SGD(rate)
    return Fit((network,), loss, POINTS, optimizer, batch_size=64, **settings)


def test_the_loss_falls_to_the_spread_of_the_data_at_their_mean():
    fit = mean_fit()
    history = fit.run(150, progress=False)
    assert len(history) == 150
    np.testing.assert_allclose(fit.networks[0].get_weights()[0][0], [2, -1], atol=0.1)
    assert np.mean(history[-50:]) == pytest.approx(0.25, abs=0.05)
    assert fit.averaged == fit.networks


def test_a_seed_gives_the_same_history_however_it_is_divided():
    whole, parts, other = mean_fit(), mean_fit(), mean_fit(seed=1)
    whole.run(30, progress=False)
    for count in (7, 23):
        parts.run(count, progress=False)
    assert parts.history == whole.history
    assert other.run(30, progress=False) != whole.history


def test_an_average_lags_behind_and_is_a_network_of_its_own():
    fit = mean_fit(averaging=0.99)
    fit.run(20, progress=False)
    average, own = (each.get_weights()[0][0, 0] for each in (*fit.averaged, *fit.networks))
    assert 0 < average < own


def test_training_by_the_clock_stops():
    assert len(mean_fit().run(seconds=0.05, progress=False)) >= 20


def test_a_loss_that_is_no_number_is_named_with_its_step():
    fit = mean_fit(rate=1e30)
    with pytest.raises(NonFiniteLoss, match=r"The loss of step \d+ is (inf|nan)"):
        fit.run(40, progress=False)


@pytest.mark.parametrize("length", [{}, {"steps": 0}, {"seconds": -1.0}])
def test_a_fit_without_a_positive_length_is_refused(length):
    with pytest.raises(ValueError, match="Say how long|steps is 0|seconds is -1"):
        mean_fit().run(**length)


def test_flow_matching_learns_the_exact_velocity_of_a_gaussian():
    keras.utils.set_random_seed(0)
    network = build_point_flow(2, [32])

    def loss(points, random):
        noise, time = random.normal(points.shape), random.uniform((len(points),))
        velocity = network([on_the_way(points, noise, time), time[:, None]], training=True)
        return flow_matching_loss(velocity, points, noise)

    fit = Fit((network,), loss, POINTS, keras.optimizers.Adam(0.01), batch_size=256)
    fit.run(400, progress=False)
    for time in (0.2, 0.8):
        x = time * np.array([[2.0, -1.0]]) + np.array([[0.0, 0.0], [0.3, 0.2]])
        found = network([tf.constant(x, tf.float32), tf.fill((2, 1), time)]).numpy()
        exact = mixture_velocity(x, time, [1.0], [[2.0, -1.0]], [0.5])
        np.testing.assert_allclose(found, exact, atol=0.35)
