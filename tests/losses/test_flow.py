"""Flow matching: pairs travel straight, and the least loss is that of the mean velocity."""

import gan_course.backend

import numpy as np
import pytest
from keras import ops

from gan_course.losses import flow_matching_loss, on_the_way
from gan_course.theory import mixture_velocity

RANDOM = np.random.default_rng(0)


def test_a_pair_starts_at_its_noise_and_ends_at_its_data_each_at_its_own_time():
    data, noise = RANDOM.normal(size=(2, 3, 4, 4, 1)).astype(np.float32)
    places = ops.convert_to_numpy(on_the_way(data, noise, np.array([0.0, 1.0, 0.25], np.float32)))
    np.testing.assert_allclose(places[0], noise[0])
    np.testing.assert_allclose(places[1], data[1])
    np.testing.assert_allclose(places[2], 0.75 * noise[2] + 0.25 * data[2], rtol=1e-5)


def test_the_loss_is_0_where_every_line_is_known_and_1_a_coordinate_too_far():
    data, noise = RANDOM.normal(size=(2, 6, 2)).astype(np.float32)
    assert float(flow_matching_loss(data - noise, data, noise)) == 0.0
    assert float(flow_matching_loss(data - noise + 1.0, data, noise)) == pytest.approx(1, rel=1e-5)


def test_no_velocity_has_a_lower_loss_than_the_exact_mean_one():
    weights, means, stds = [0.5, 0.5], np.array([[2.0, 0.0], [-1.0, 1.0]]), np.array([0.3, 0.5])
    chosen = RANDOM.integers(2, size=20_000)
    data = means[chosen] + stds[chosen, None] * RANDOM.normal(size=(20_000, 2))
    noise = RANDOM.normal(size=data.shape)
    time = 0.6
    places = ops.convert_to_numpy(on_the_way(data, noise, np.full(len(data), time)))
    best = mixture_velocity(places, time, weights, means, stds)
    least = float(flow_matching_loss(best, data, noise))
    for other in (best + 0.1, 0.95 * best, 1.05 * best, best + 0.1 * np.sin(places)):
        assert float(flow_matching_loss(other, data, noise)) > least
