"""Networks A and B of lesson 07 and the fast pair: layer by layer, and each option's effect."""

import gan_course.backend

import keras
import numpy as np
import pytest

from gan_course import models
from gan_course.layers import RandomShift, UpsampleConv2D
from gan_course.training import update_discriminator, update_generator

A_GENERATOR = [  # name, kind, output shape, parameters
    ("z", "InputLayer", (100,), 0),
    ("dense", "Dense", (6272,), 100 * 6272 + 6272),
    ("activation_0", "Activation", (6272,), 0),
    ("grid", "Reshape", (7, 7, 128), 0),
    ("upsample_1", "UpSampling2D", (14, 14, 128), 0),
    ("conv_1", "Conv2D", (14, 14, 128), 9 * 128 * 128 + 128),
    ("norm_1", "BatchNormalization", (14, 14, 128), 4 * 128),
    ("activation_1", "Activation", (14, 14, 128), 0),
    ("upsample_2", "UpSampling2D", (28, 28, 128), 0),
    ("conv_2", "Conv2D", (28, 28, 64), 9 * 128 * 64 + 64),
    ("norm_2", "BatchNormalization", (28, 28, 64), 4 * 64),
    ("activation_2", "Activation", (28, 28, 64), 0),
    ("images", "Conv2D", (28, 28, 1), 9 * 64 + 1),
]
A_DISCRIMINATOR = [
    ("images", "InputLayer", (28, 28, 1), 0),
    ("conv_1", "Conv2D", (14, 14, 32), 9 * 32 + 32),
    ("activation_1", "LeakyReLU", (14, 14, 32), 0),
    ("dropout_1", "Dropout", (14, 14, 32), 0),
    ("conv_2", "Conv2D", (7, 7, 64), 9 * 32 * 64 + 64),
    ("pad", "ZeroPadding2D", (8, 8, 64), 0),
    ("norm_2", "BatchNormalization", (8, 8, 64), 4 * 64),
    ("activation_2", "LeakyReLU", (8, 8, 64), 0),
    ("dropout_2", "Dropout", (8, 8, 64), 0),
    ("conv_3", "Conv2D", (4, 4, 128), 9 * 64 * 128 + 128),
    ("norm_3", "BatchNormalization", (4, 4, 128), 4 * 128),
    ("activation_3", "LeakyReLU", (4, 4, 128), 0),
    ("dropout_3", "Dropout", (4, 4, 128), 0),
    ("conv_4", "Conv2D", (4, 4, 256), 9 * 128 * 256 + 256),
    ("norm_4", "BatchNormalization", (4, 4, 256), 4 * 256),
    ("activation_4", "LeakyReLU", (4, 4, 256), 0),
    ("dropout_4", "Dropout", (4, 4, 256), 0),
    ("flatten", "Flatten", (4096,), 0),
    ("logit", "Dense", (1,), 4096 + 1),
]
B_GENERATOR = [
    ("z", "InputLayer", (100,), 0),
    ("dense", "Dense", (12544,), 100 * 12544 + 12544),
    ("norm_0", "BatchNormalization", (12544,), 4 * 12544),
    ("activation_0", "Activation", (12544,), 0),
    ("grid", "Reshape", (7, 7, 256), 0),
    ("dropout", "Dropout", (7, 7, 256), 0),
    ("upsample_1", "UpSampling2D", (14, 14, 256), 0),
    ("conv_1", "Conv2DTranspose", (14, 14, 128), 25 * 256 * 128 + 128),
    ("norm_1", "BatchNormalization", (14, 14, 128), 4 * 128),
    ("activation_1", "Activation", (14, 14, 128), 0),
    ("upsample_2", "UpSampling2D", (28, 28, 128), 0),
    ("conv_2", "Conv2DTranspose", (28, 28, 64), 25 * 128 * 64 + 64),
    ("norm_2", "BatchNormalization", (28, 28, 64), 4 * 64),
    ("activation_2", "Activation", (28, 28, 64), 0),
    ("conv_3", "Conv2DTranspose", (28, 28, 32), 25 * 64 * 32 + 32),
    ("norm_3", "BatchNormalization", (28, 28, 32), 4 * 32),
    ("activation_3", "Activation", (28, 28, 32), 0),
    ("images", "Conv2DTranspose", (28, 28, 1), 25 * 32 + 1),
]
B_DISCRIMINATOR = [
    ("images", "InputLayer", (28, 28, 1), 0),
    ("conv_1", "Conv2D", (14, 14, 64), 25 * 64 + 64),
    ("activation_1", "LeakyReLU", (14, 14, 64), 0),
    ("dropout_1", "Dropout", (14, 14, 64), 0),
    ("conv_2", "Conv2D", (7, 7, 128), 25 * 64 * 128 + 128),
    ("activation_2", "LeakyReLU", (7, 7, 128), 0),
    ("dropout_2", "Dropout", (7, 7, 128), 0),
    ("conv_3", "Conv2D", (4, 4, 256), 25 * 128 * 256 + 256),
    ("activation_3", "LeakyReLU", (4, 4, 256), 0),
    ("dropout_3", "Dropout", (4, 4, 256), 0),
    ("conv_4", "Conv2D", (4, 4, 512), 25 * 256 * 512 + 512),
    ("activation_4", "LeakyReLU", (4, 4, 512), 0),
    ("dropout_4", "Dropout", (4, 4, 512), 0),
    ("flatten", "Flatten", (8192,), 0),
    ("logit", "Dense", (1,), 8192 + 1),
]
UPSAMPLING = [models.build_dcgan_generator, models.build_upsampling_generator]


def rows_of(model):
    return [
        (layer.name, type(layer).__name__, tuple(layer.output.shape[1:]), layer.count_params())
        for layer in model.layers
    ]


def kinds(model):
    return [type(layer).__name__ for layer in model.layers]


@pytest.mark.parametrize(
    ("model", "rows", "total"),
    [
        (models.build_dcgan_generator(upsampling="two_layers"), A_GENERATOR, 856_193),
        (models.build_dcgan_discriminator(fused_norm=False), A_DISCRIMINATOR, 393_729),
        (models.build_upsampling_generator(upsampling="two_layers"), B_GENERATOR, 2_394_241),
        (models.build_upsampling_discriminator(), B_DISCRIMINATOR, 4_311_553),
    ],
    ids=["A generator", "A discriminator", "B generator", "B discriminator"],
)
def test_a_published_network_is_as_tabled_layer_by_layer(model, rows, total):
    assert rows_of(model) == rows
    assert model.count_params() == total


def test_the_numbers_that_no_shape_shows_are_as_tabled_too():
    a = models.build_dcgan_generator(), models.build_dcgan_discriminator()
    b = models.build_upsampling_generator(), models.build_upsampling_discriminator()
    for pair, momentum, rate in ((a, 0.8, 0.25), (b, 0.9, 0.4)):
        found = [layer for model in pair for layer in model.layers]
        norms = [layer for layer in found if isinstance(layer, keras.layers.BatchNormalization)]
        leaks = [layer for layer in found if isinstance(layer, keras.layers.LeakyReLU)]
        drops = [layer for layer in found if isinstance(layer, keras.layers.Dropout)]
        assert {layer.momentum for layer in norms} == {momentum}
        assert {round(layer.negative_slope, 6) for layer in leaks} == {0.2}
        assert {layer.rate for layer in drops} == {rate}
    for model, output in ((a[0], "tanh"), (b[0], "sigmoid")):
        assert model.get_layer("images").activation is keras.activations.get(output)
        hidden = [layer for layer in model.layers if isinstance(layer, keras.layers.Activation)]
        assert {layer.activation for layer in hidden} == {keras.activations.relu}


@pytest.mark.parametrize("build", UPSAMPLING)
def test_the_fused_form_shares_its_weights_with_the_two_layer_form(build):
    keras.utils.set_random_seed(0)
    fused = build()
    keras.utils.set_random_seed(0)
    plain = build(upsampling="two_layers")
    assert {"UpSampling2D", "BatchNormalization"} <= set(kinds(plain))
    assert not {"UpSampling2D", "BatchNormalization"} & set(kinds(fused))
    assert sum(isinstance(layer, UpsampleConv2D) for layer in fused.layers) == 2
    for here, there in zip(fused.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_array_equal(here, there)
    random = np.random.default_rng(0)
    moved = [w + 0.01 * random.standard_normal(w.shape) for w in plain.get_weights()[:-1]]
    plain.set_weights(moved + plain.get_weights()[-1:])  # the last is dropout's seed, or a bias
    fused.set_weights(plain.get_weights())
    z = 3 * models.sample_latent(4, 100)
    images = models.generate(plain, z)
    assert images.std() > 0.01
    np.testing.assert_allclose(models.generate(fused, z), images, rtol=0, atol=1e-5)


def test_the_discriminator_gives_the_same_verdicts_with_either_normalisation():
    plain = models.build_dcgan_discriminator(fused_norm=False, dropout=0)
    fused = models.build_dcgan_discriminator(dropout=0)
    fused.set_weights(plain.get_weights())
    images = np.random.default_rng(0).uniform(-1, 1, (6, 28, 28, 1)).astype(np.float32)
    for training in (True, False):  # the second with statistics that the first has moved
        verdicts = fused(images, training=training), plain(images, training=training)
        np.testing.assert_allclose(*map(np.asarray, verdicts), rtol=1e-4, atol=1e-5)


def test_images_lie_in_the_range_that_the_output_activation_gives():
    z = 30 * models.sample_latent(8, 100)
    tanh = models.generate(models.build_dcgan_generator(), z)
    sigmoid = models.generate(models.build_dcgan_generator(output_activation="sigmoid"), z)
    b = models.generate(models.build_upsampling_generator(), z)
    assert -1 <= tanh.min() < 0 < tanh.max() <= 1
    assert sigmoid.min() >= 0 and b.min() >= 0 and sigmoid.max() <= 1 and b.max() <= 1


def test_each_rule_of_the_paper_has_its_switch():
    build_g, build_d = models.build_dcgan_generator, models.build_dcgan_discriminator
    assert not any("Normalization" in kind for kind in kinds(build_g(batch_norm=False)))
    assert not any("Normalization" in kind for kind in kinds(build_d(batch_norm=False)))
    leaky = build_g(activation="leaky_relu")
    assert kinds(leaky).count("LeakyReLU") == 3 and "Activation" not in kinds(leaky)
    plain = build_d(activation="relu")
    assert kinds(plain).count("Activation") == 4 and "LeakyReLU" not in kinds(plain)
    deep = build_g(hidden_units=[32, 16])
    assert deep.get_layer("hidden_2").units == 16 and deep.get_layer("dense").units == 6272
    assert build_d(hidden_units=[24]).get_layer("hidden_1").units == 24
    assert [layer.rate for layer in build_d(dropout=0.5).layers if hasattr(layer, "rate")] == (
        [0.5] * 4
    )


def test_pooling_stands_in_for_strides_with_the_same_weights_and_shapes():
    strided = models.build_dcgan_discriminator()
    pooled = models.build_dcgan_discriminator(downsampling="pool")
    assert kinds(pooled).count("MaxPooling2D") == 3
    convolutions = [layer for layer in pooled.layers if isinstance(layer, keras.layers.Conv2D)]
    assert {layer.strides for layer in convolutions} == {(1, 1)}
    assert pooled.count_params() == strided.count_params()
    assert pooled.get_layer("flatten").output.shape == strided.get_layer("flatten").output.shape


def test_normal_first_weights_have_the_papers_spread_and_differ_from_layer_to_layer():
    for build in (models.build_dcgan_generator, models.build_dcgan_discriminator):
        normal, usual = build(initial_weights="normal"), build()
        kernels = [v.numpy() for v in normal.variables if v.name == "kernel"]
        for kernel in kernels:
            assert abs(kernel.std() - 0.02) < 5 * 0.02 / np.sqrt(2 * kernel.size)
        assert len({float(kernel.flat[0]) for kernel in kernels}) == len(kernels)
        first = usual.get_layer("conv_1").kernel.numpy()
        assert abs(first.std() - 0.02) > 0.005


@pytest.mark.parametrize(
    ("build", "option", "value", "choices"),
    [
        (models.build_dcgan_generator, "upsampling", "fuse", "fused, two_layers"),
        (models.build_dcgan_generator, "output_activation", "relu", "tanh, sigmoid"),
        (models.build_dcgan_generator, "initial_weights", "norm", "keras, normal"),
        (models.build_dcgan_discriminator, "downsampling", "pooling", "stride, pool"),
        (models.build_upsampling_generator, "upsampling", "two", "fused, two_layers"),
        (models.build_fast_discriminator, "initial_weights", "glorot", "keras, normal"),
    ],
)
def test_an_unknown_option_is_refused_with_the_choices(build, option, value, choices):
    with pytest.raises(ValueError, match=f"{value!r}.*The choices are: {choices}"):
        build(**{option: value})


ALL = [
    models.build_dcgan_generator,
    models.build_dcgan_discriminator,
    models.build_upsampling_generator,
    models.build_upsampling_discriminator,
    models.build_fast_generator,
    models.build_fast_discriminator,
]


@pytest.mark.parametrize("build", ALL)
def test_an_image_that_cannot_be_halved_twice_is_refused_with_the_nearest_sizes(build):
    words = r"30×30, which this network cannot halve 2 times.* of 4.*28×28.*32×32"
    with pytest.raises(ValueError, match=words):
        build(image_shape=(30, 30, 1))


@pytest.mark.parametrize("build", ALL)
def test_other_sizes_and_colours_are_welcome(build):
    model = build(image_shape=(32, 24, 3))
    assert (32, 24, 3) in (model.output_shape[1:], model.input_shape[1:])


def test_an_image_shape_without_channels_is_refused():
    with pytest.raises(ValueError, match=r"\(28, 28\); it must be \(height, width, channels\)"):
        models.check_halving((28, 28))


@pytest.mark.parametrize("build", ALL[:5])
def test_a_wrong_number_of_channels_is_refused_with_the_right_one(build):
    with pytest.raises(ValueError, match=r"channels is \[8, 8\], 2 numbers; this network needs "):
        build(channels=[8, 8])


@pytest.mark.parametrize("build", ALL)
def test_outputs_stay_float32_under_mixed_precision(build):
    keras.config.set_dtype_policy("mixed_float16")
    try:
        model = build()
    finally:
        keras.config.set_dtype_policy("float32")
    assert model.get_layer("conv_1").compute_dtype == "float16"
    assert model.output.dtype == "float32"


def test_the_fast_pair_is_small_and_its_options_do_what_they_say():
    g, d = models.build_fast_generator(), models.build_fast_discriminator()
    assert g.count_params() < 200_000 and d.count_params() < 100_000
    assert isinstance(d.layers[1], RandomShift) and d.layers[1].pixels == 1
    assert "RandomShift" not in kinds(models.build_fast_discriminator(shift=0))
    assert "Dropout" not in kinds(d) and "FusedBatchNormalization" not in kinds(d)
    assert "RMSNormalization" in kinds(g) and "FusedBatchNormalization" not in kinds(g)
    plain = models.build_fast_generator(pixel_norm=False)
    assert "RMSNormalization" not in kinds(plain)
    assert "FusedBatchNormalization" in kinds(models.build_fast_generator(batch_norm=True))
    more = models.build_fast_generator(extra_convs=2, channels=(8, 6, 4))
    assert more.get_layer("conv_4").filters == 4
    assert "conv_3" not in [layer.name for layer in g.layers]
    full = models.build_fast_discriminator(batch_norm=True, dropout=0.3, channels=(8, 8))
    assert "norm_2" in [layer.name for layer in full.layers]
    assert full.get_layer("dropout").rate == 0.3 and full.get_layer("conv_2").output.shape[1] == 7


def test_latent_dim_of_reads_the_length_of_z():
    assert models.latent_dim_of(models.build_dcgan_generator(latent_dim=12)) == 12
    assert models.latent_dim_of(models.build_fast_generator(latent_dim=9)) == 9


@pytest.mark.parametrize(
    ("build_g", "build_d"),
    [(ALL[0], ALL[1]), (ALL[4], ALL[5])],
    ids=["A", "fast"],
)
def test_both_players_of_a_pair_learn_from_one_step(build_g, build_d):
    keras.utils.set_random_seed(1)
    g, d = build_g(), build_d()
    z = models.sample_latent(8, models.latent_dim_of(g))
    real = np.full((8, 28, 28, 1), -1.0, np.float32)
    optimizers = [keras.optimizers.Adam(1e-3) for _ in range(2)]
    for model, optimizer in zip((g, d), optimizers, strict=True):
        optimizer.build(model.trainable_variables)
    before = [[v.numpy() for v in model.trainable_variables] for model in (g, d)]
    crossentropy = keras.losses.BinaryCrossentropy(from_logits=True)
    ones, zeros = np.ones((8, 1)), np.zeros((8, 1))
    update_discriminator(
        g, d, optimizers[1], lambda r, f: crossentropy(ones, r) + crossentropy(zeros, f), real, z
    )
    update_generator(g, d, optimizers[0], lambda f: crossentropy(ones, f), z)
    for model, values in zip((g, d), before, strict=True):
        for variable, value in zip(model.trainable_variables, values, strict=True):
            assert not np.array_equal(variable.numpy(), value), variable.path
