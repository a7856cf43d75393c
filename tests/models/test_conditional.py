"""The conditional networks listen to their labels, and wrong labels are named."""

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_course import models
from gan_course.models import (
    build_conditional_discriminator,
    build_conditional_generator,
    latent,
)


@pytest.fixture(scope="module")
def generator():
    keras.utils.set_random_seed(0)
    return build_conditional_generator(latent_dim=6, channels=(8, 6, 4))


def names(model):
    return [tensor.name for tensor in model.inputs]


def test_a_conditional_pair_takes_z_or_images_first_and_labels_second():
    g, d = build_conditional_generator(), build_conditional_discriminator()
    assert names(g) == ["z", "labels"] and names(d) == ["images", "labels"]
    assert g.output_shape == (None, 28, 28, 1) and d.output_shape == (None, 1)
    assert g.inputs[1].shape == (None,) and g.inputs[1].dtype == "int32"
    assert models.latent_dim_of(g) == 64
    assert models.is_conditional(g) and models.is_conditional(d)
    assert not models.is_conditional(models.build_dense_generator(hidden_units=[4]))


def test_the_generator_grows_from_one_pixel_by_transposed_convolutions():
    g = build_conditional_generator(latent_dim=20, channels=(12, 8, 4))
    assert g.get_layer("one_pixel").output.shape[1:] == (1, 1, 30)
    shapes = [tuple(g.get_layer(f"grow_{n}").output.shape[1:]) for n in range(3)]
    assert shapes == [(7, 7, 12), (14, 14, 8), (28, 28, 4)]
    assert {type(g.get_layer(f"grow_{n}")) for n in range(3)} == {keras.layers.Conv2DTranspose}
    # 30 channels at one pixel, spread by a 7×7 kernel; then 4×4 kernels
    expected = [49 * 30 * 12 + 12, 16 * 12 * 8 + 8, 16 * 8 * 4 + 4]
    assert [g.get_layer(f"grow_{n}").count_params() for n in range(3)] == expected


def test_the_discriminator_sees_ten_maps_beside_the_image():
    d = build_conditional_discriminator(channels=(8, 8, 8))
    assert d.get_layer("condition").output.shape[1:] == (28, 28, 10)
    assert d.get_layer("image_and_label").output.shape[1:] == (28, 28, 11)
    assert d.get_layer("conv_1").count_params() == 9 * 11 * 8 + 8
    learned = build_conditional_discriminator(condition="embedding", channels=(8, 8, 8))
    assert learned.get_layer("image_and_label").output.shape[1:] == (28, 28, 2)
    assert learned.get_layer("condition").count_params() == 10 * 784


def test_another_label_gives_another_image_and_the_same_label_the_same(generator):
    z = np.repeat(models.sample_latent(1, 6), 3, axis=0)
    first, other, again = models.generate(generator, z, [2, 7, 2])
    np.testing.assert_allclose(first, again, atol=1e-6)
    assert np.abs(first - other).max() > 1e-3


@pytest.mark.parametrize("condition", ["one_hot", "embedding", "projection"])
def test_the_verdict_depends_on_the_label_and_the_gradient_reaches_the_image(condition):
    keras.utils.set_random_seed(0)
    d = build_conditional_discriminator(condition=condition, channels=(8, 8, 8))
    images = tf.constant(np.random.default_rng(0).uniform(-1, 1, (2, 28, 28, 1)), "float32")
    logits = [np.asarray(d([images, tf.constant([k, k])], training=False)) for k in (1, 8)]
    assert np.abs(logits[0] - logits[1]).min() > 1e-5
    with tf.GradientTape() as tape:
        tape.watch(images)
        total = tf.reduce_sum(d([images, tf.constant([1, 8])], training=True))
    assert np.abs(tape.gradient(total, images)).max() > 0


def test_projection_adds_the_inner_product_with_the_row_of_the_class():
    d = build_conditional_discriminator(condition="projection", channels=(4, 4, 4), shift=0)
    images = np.random.default_rng(0).uniform(-1, 1, (3, 28, 28, 1)).astype(np.float32)
    labels = np.array([0, 5, 9])
    features = keras.Model(d.inputs[0], d.get_layer("flatten").output)(images)
    plain = np.asarray(d.get_layer("logit")(features))
    rows = d.get_layer("condition").embeddings.numpy()[labels]
    match = (np.asarray(features) * rows).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(d([images, labels]), plain + match, rtol=1e-4, atol=1e-6)


def test_copies_of_a_conditional_network_draw_the_same(generator, tmp_path):
    clone = keras.models.clone_model(generator)
    clone.set_weights(generator.get_weights())
    generator.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    z, labels = models.sample_latent(3, 6), [1, 2, 3]
    images = models.generate(generator, z, labels)
    for copy in (clone, loaded):
        np.testing.assert_allclose(models.generate(copy, z, labels), images, atol=1e-6)
        assert models.num_classes_of(copy) == 10


def test_the_number_of_classes_is_read_from_the_network():
    assert models.num_classes_of(build_conditional_generator(num_classes=7)) == 7
    for condition in ("one_hot", "embedding", "projection"):
        d = build_conditional_discriminator(num_classes=4, condition=condition)
        assert models.num_classes_of(d) == 4
    with pytest.raises(ValueError, match="no layer that takes labels.*build_conditional_generator"):
        models.num_classes_of(models.build_dense_generator(hidden_units=[4]))


def test_outputs_stay_float32_under_mixed_precision():
    keras.config.set_dtype_policy("mixed_float16")
    try:
        pair = build_conditional_generator(), build_conditional_discriminator()
        projected = build_conditional_discriminator(condition="projection")
    finally:
        keras.config.set_dtype_policy("float32")
    assert pair[0].get_layer("grow_1").compute_dtype == "float16"
    assert {model.output.dtype for model in (*pair, projected)} == {"float32"}
    images = models.generate(pair[0], models.sample_latent(2, 64), labels=3)
    assert np.isfinite(pair[1]([images, np.array([3, 3])], training=True)).all()


def test_one_label_for_all_is_a_page_of_one_digit(generator):
    z = models.sample_latent(5, 6)
    page = models.generate(generator, z, labels=9)
    np.testing.assert_array_equal(page, models.generate(generator, z, labels=np.full(5, 9)))


def test_generating_in_batches_keeps_each_vector_with_its_label(generator, monkeypatch):
    z, labels = models.sample_latent(10, 6), np.arange(10)
    whole = models.generate(generator, z, labels)
    monkeypatch.setattr(latent, "BATCH", 3)
    np.testing.assert_allclose(models.generate(generator, z, labels), whole, atol=1e-5)


def test_a_conditional_generator_without_labels_is_refused(generator):
    with pytest.raises(ValueError, match=r"no labels were given: pass labels=, .* 0 to 9"):
        models.generate(generator, models.sample_latent(2, 6))


def test_labels_for_an_unconditional_generator_are_refused():
    plain = models.build_dense_generator(latent_dim=6, hidden_units=[4])
    with pytest.raises(ValueError, match="takes no labels, but labels were given: leave them out"):
        models.generate(plain, models.sample_latent(2, 6), labels=[1, 2])


def test_latent_vectors_of_the_wrong_length_are_refused_with_the_right_one(generator):
    with pytest.raises(ValueError, match=r"shape \(3, 8\).*length 6.*\(n, 6\)"):
        models.generate(generator, np.zeros((3, 8)), labels=1)


def test_labels_that_are_none_of_the_classes_are_refused(generator):
    z = models.sample_latent(2, 6)
    with pytest.raises(ValueError, match=r"labels has shape \(2, 10\).*labels\.argmax\(axis=1\)"):
        models.generate(generator, z, np.eye(10)[[1, 2]])
    with pytest.raises(ValueError, match="first at index 1: 10; .* whole numbers from 0 to 9"):
        models.generate(generator, z, [3, 10])
    with pytest.raises(ValueError, match="holds 1 labels; expected 2, one for each example"):
        models.generate(generator, z, [1])


def test_bad_arguments_of_the_builders_are_refused():
    with pytest.raises(ValueError, match="'onehot'. Did you mean 'one_hot'"):
        build_conditional_discriminator(condition="onehot")
    for build in (build_conditional_generator, build_conditional_discriminator):
        with pytest.raises(ValueError, match="num_classes is 0; expected a whole number"):
            build(num_classes=0)


def test_the_ends_of_a_blend_are_the_two_labels_and_the_middle_is_neither(generator):
    z = np.repeat(models.sample_latent(1, 6), 3, axis=0)
    shares = np.array([[0.0], [0.5], [1.0]])
    rows = (1 - shares) * models.label_rows(generator, [3])
    rows = rows + shares * models.label_rows(generator, [8])
    blended = models.generate_from_rows(generator, z, rows)
    ends = models.generate(generator, z[:2], [3, 8])
    np.testing.assert_allclose(blended[[0, 2]], ends, atol=1e-5)
    assert min(np.abs(blended[1] - end).max() for end in ends) > 1e-4


def test_label_rows_are_one_hot(generator):
    np.testing.assert_array_equal(models.label_rows(generator, [2, 9]), np.eye(10)[[2, 9]])


def test_rows_that_do_not_fit_the_generator_are_refused(generator):
    z = models.sample_latent(2, 6)
    with pytest.raises(ValueError, match=r"shape \(2,\).*np\.eye\(10\)\[labels\]"):
        models.generate_from_rows(generator, z, np.array([1, 2]))
    with pytest.raises(ValueError, match=r"\(1, 10\); expected \(2, 10\).*label_rows"):
        models.generate_from_rows(generator, z, np.eye(10)[[1]])
    with pytest.raises(ValueError, match="row 0 of rows sums to 2; expected probabilities"):
        models.generate_from_rows(generator, z, 2 * np.eye(10)[[1, 2]])
    with pytest.raises(ValueError, match=r"shape \(2, 8\).*length 6"):
        models.generate_from_rows(generator, np.zeros((2, 8)), np.eye(10)[[1, 2]])
