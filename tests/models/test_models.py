"""The networks have the shapes that they promise, and refuse sizes that make no sense."""

import gan_course.backend

import keras
import numpy as np
import pytest

from gan_course import models
from gan_course.models import latent


def test_a_dense_generator_makes_images_with_pixels_between_0_and_1():
    generator = models.build_dense_generator(latent_dim=7, hidden_units=[16])
    images = models.generate(generator, models.sample_latent(5, 7))
    assert images.shape == (5, 28, 28, 1)
    assert images.dtype == np.float32
    assert images.min() > 0.0 and images.max() < 1.0


def test_hidden_units_set_the_hidden_layers_of_both_players():
    generator = models.build_dense_generator(hidden_units=[100, 50, 25])
    discriminator = models.build_dense_discriminator(hidden_units=[64])
    assert [generator.get_layer(f"hidden_{n}").units for n in (1, 2, 3)] == [100, 50, 25]
    # 784 · 64 weights and 64 biases, then 64 weights and 1 bias
    assert discriminator.count_params() == 784 * 64 + 64 + 64 + 1


def test_a_discriminator_returns_one_logit_without_a_sigmoid():
    discriminator = models.build_dense_discriminator(hidden_units=[8])
    assert discriminator.output_shape == (None, 1)
    assert discriminator.get_layer("logit").activation is keras.activations.linear


def test_outputs_stay_float32_under_mixed_precision():
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        generator = models.build_dense_generator(hidden_units=[8])
        discriminator = models.build_dense_discriminator(hidden_units=[8])
    finally:
        keras.config.set_dtype_policy("float32")
    assert generator.get_layer("hidden_1").compute_dtype == "bfloat16"
    assert generator.output.dtype == "float32"
    assert discriminator.output.dtype == "float32"


@pytest.mark.parametrize("sizes", [256, [64, 0]])
def test_hidden_units_that_are_no_sizes_are_refused(sizes):
    for build in (models.build_dense_generator, models.build_dense_discriminator):
        with pytest.raises(ValueError, match=r"hidden_units.* is .* whole number"):
            build(hidden_units=sizes)


def test_a_generator_of_another_image_size_is_refused_with_the_argument_to_change():
    generator = models.build_dense_generator(hidden_units=[4], image_shape=(14, 14, 1))
    discriminator = models.build_dense_discriminator(hidden_units=[4])
    with pytest.raises(ValueError, match=r"makes images of shape \(14, 14, 1\).*image_shape=\(28"):
        models.check_pair(generator, discriminator, (28, 28, 1))
    with pytest.raises(ValueError, match=r"discriminator takes .*\(28, 28, 1\).*=\(14, 14, 1\)"):
        models.check_pair(generator, discriminator, (14, 14, 1))


def test_a_discriminator_with_ten_outputs_is_refused():
    generator = models.build_dense_generator(hidden_units=[4])
    images = keras.Input((28, 28, 1))
    classifier = keras.Model(images, keras.layers.Dense(10)(keras.layers.Flatten()(images)))
    with pytest.raises(ValueError, match="one logit an image"):
        models.check_pair(generator, classifier, (28, 28, 1))


def test_the_same_seed_gives_the_same_latent_vectors():
    assert np.array_equal(models.sample_latent(3, 5, seed=1), models.sample_latent(3, 5, seed=1))
    assert not np.array_equal(models.sample_latent(3, 5, 1), models.sample_latent(3, 5, 2))


def test_uniform_noise_lies_between_minus_1_and_1():
    z = models.sample_latent(1000, 3, noise="uniform")
    assert -1.0 <= z.min() < -0.9 and 0.9 < z.max() <= 1.0


def test_unknown_noise_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="'unifrom'.*Did you mean 'uniform'"):
        models.sample_latent(1, 1, noise="unifrom")


def test_latent_vectors_of_the_wrong_length_are_refused_with_the_right_one():
    generator = models.build_dense_generator(latent_dim=7, hidden_units=[4])
    with pytest.raises(ValueError, match=r"shape \(3, 8\).*length 7.*\(n, 7\)"):
        models.generate(generator, np.zeros((3, 8)))


def test_generating_in_batches_gives_what_one_batch_gives(monkeypatch):
    generator = models.build_dense_generator(latent_dim=7, hidden_units=[4])
    z = models.sample_latent(10, 7)
    whole = models.generate(generator, z)
    monkeypatch.setattr(latent, "BATCH", 3)
    np.testing.assert_allclose(models.generate(generator, z), whole, rtol=1e-5)


def test_a_dropout_that_is_no_share_is_refused():
    with pytest.raises(ValueError, match=r"dropout is 1; expected a number in \[0, 1\)"):
        models.build_dense_discriminator(dropout=1)


def test_dropout_is_noise_in_training_only():
    discriminator = models.build_dense_discriminator(hidden_units=[64])
    images = np.ones((2, 28, 28, 1), np.float32)
    quiet = [discriminator(images, training=False).numpy().tolist() for _ in range(2)]
    noisy = [discriminator(images, training=True).numpy().tolist() for _ in range(2)]
    assert quiet[0] == quiet[1] and noisy[0] != noisy[1]
