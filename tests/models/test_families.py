"""The networks of the other families: an encoder, and velocities of images and of points."""

import gan_course.backend

import keras
import numpy as np
import pytest

from gan_course import models


def test_an_encoder_returns_a_code_without_a_bound():
    encoder = models.build_encoder(5, (16, 16, 1), channels=(4, 4))
    assert encoder.output_shape == (None, 5)
    assert encoder.layers[-1].activation is keras.activations.linear


def test_a_flow_network_of_images_is_about_as_large_as_the_small_generator():
    flow, generator = models.build_flow_network(), models.build_small_generator()
    assert flow.output_shape == (None, 28, 28, 1)
    assert 0.8 < flow.count_params() / generator.count_params() < 1.2


@pytest.mark.parametrize(
    ("make", "x"),
    [
        (lambda: models.build_flow_network((16, 16, 1), channels=(4, 4, 4)), (2, 16, 16, 1)),
        (lambda: models.build_point_flow(2, [8]), (2, 2)),
    ],
)
def test_a_velocity_depends_on_the_time_and_survives_saving(make, x, tmp_path):
    keras.utils.set_random_seed(0)
    network, x = make(), np.ones(x, np.float32)
    early, late = (network([x, np.full((2, 1), time)]).numpy() for time in (0.1, 0.9))
    assert early.shape == x.shape and not np.allclose(early, late)
    network.save(tmp_path / "flow.keras")
    again = keras.saving.load_model(tmp_path / "flow.keras")
    np.testing.assert_allclose(again([x, np.full((2, 1), 0.1)]), early, atol=1e-6)


def test_two_times_that_differ_are_written_in_other_waves():
    from gan_course.models.flow import TimeWaves

    times = np.linspace(0, 1, 101, dtype=np.float32)[:, None]
    waves = np.asarray(TimeWaves()(times))
    assert waves.shape == (101, 16) and np.abs(waves).max() <= 1 + 1e-6
    apart = np.linalg.norm(waves[:, None] - waves, axis=-1) + 9 * np.eye(101)
    assert apart.min() > 0.5
