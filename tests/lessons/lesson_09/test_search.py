"""The search for a code: it comes back to the code that an image was made of."""

import gan_course.backend

import keras
import numpy as np
import pytest

from gan_course.lessons.lesson_09 import directions, search


@pytest.fixture(scope="module")
def linear():
    """A generator of 4×4 images that is linear in two latent values."""
    z = keras.Input((2,), name="z")
    x = keras.layers.Dense(16, use_bias=False, name="features")(z)
    model = keras.Model(z, keras.layers.Reshape((4, 4, 1))(x))
    kernel = np.zeros((2, 16), np.float32)
    kernel[0, :8], kernel[1, 8:] = 0.3, 0.1  # the first value moves more
    model.set_weights([kernel])
    return model


def test_the_code_of_an_image_that_the_generator_makes_is_found(linear):
    codes = np.array([[0.5, -1.5], [1.0, 0.3]], np.float32)
    images = linear.predict(codes, verbose=0)
    before = linear.get_weights()
    found, errors = search.find_codes(linear, images, pull=0.0, steps=200)
    np.testing.assert_allclose(found, codes, atol=0.05)
    assert errors.max() < 1e-4
    np.testing.assert_array_equal(linear.get_weights()[0], before[0])


def test_a_pull_brings_the_code_nearer_to_0(linear):
    images = linear.predict(np.array([[1.0, 1.0]], np.float32), verbose=0)
    free, tied = (search.find_codes(linear, images, pull=pull)[0] for pull in (0.0, 1.0))
    assert np.linalg.norm(tied) < 0.5 * np.linalg.norm(free)


def test_images_outside_their_range_are_refused(linear):
    with pytest.raises(ValueError, match="images"):
        search.find_codes(linear, np.full((1, 4, 4, 1), 3.0))


def test_an_empty_drawing_is_refused_in_words():
    with pytest.raises(ValueError, match="The drawing is empty") as error:
        search.find_code_of_drawing(None, np.zeros((28, 28)))
    assert "Draw a digit" in str(error.value)


def test_the_strongest_direction_is_the_value_that_moves_the_features_most(linear):
    found, shares = directions.feature_directions(linear, "features", count=2, samples=2000)
    np.testing.assert_allclose(np.abs(found), np.eye(2), atol=0.1)
    assert shares[0] == pytest.approx(0.9, abs=0.02)  # 0.3² against 0.1²
