"""Networks A and B of lesson 07 and the small pair: layer by layer, and each option's effect."""

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_course import models
from gan_course.layers import RandomShift, UpsampleConv2D
from gan_course.training import update_discriminator, update_generator
from gan_course.training.conditioned import given

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
    ("norm_2", "FusedBatchNormalization", (8, 8, 64), 4 * 64),
    ("activation_2", "LeakyReLU", (8, 8, 64), 0),
    ("dropout_2", "Dropout", (8, 8, 64), 0),
    ("conv_3", "Conv2D", (4, 4, 128), 9 * 64 * 128 + 128),
    ("norm_3", "FusedBatchNormalization", (4, 4, 128), 4 * 128),
    ("activation_3", "LeakyReLU", (4, 4, 128), 0),
    ("dropout_3", "Dropout", (4, 4, 128), 0),
    ("conv_4", "Conv2D", (4, 4, 256), 9 * 128 * 256 + 256),
    ("norm_4", "FusedBatchNormalization", (4, 4, 256), 4 * 256),
    ("activation_4", "LeakyReLU", (4, 4, 256), 0),
    ("dropout_4", "Dropout", (4, 4, 256), 0),
    ("flatten", "Flatten", (4096,), 0),
    ("logit", "Dense", (1,), 4096 + 1),
]
B_GENERATOR = [
    ("z", "InputLayer", (100,), 0),
    ("dense", "Dense", (12544,), 100 * 12544 + 12544),
    ("norm_0", "FusedBatchNormalization", (12544,), 4 * 12544),
    ("activation_0", "Activation", (12544,), 0),
    ("grid", "Reshape", (7, 7, 256), 0),
    ("dropout", "Dropout", (7, 7, 256), 0),
    ("conv_1", "UpsampleConv2D", (14, 14, 128), 25 * 256 * 128 + 128),
    ("norm_1", "FusedBatchNormalization", (14, 14, 128), 4 * 128),
    ("activation_1", "Activation", (14, 14, 128), 0),
    ("conv_2", "UpsampleConv2D", (28, 28, 64), 25 * 128 * 64 + 64),
    ("norm_2", "FusedBatchNormalization", (28, 28, 64), 4 * 64),
    ("activation_2", "Activation", (28, 28, 64), 0),
    ("conv_3", "Conv2DTranspose", (28, 28, 32), 25 * 64 * 32 + 32),
    ("norm_3", "FusedBatchNormalization", (28, 28, 32), 4 * 32),
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
PAIRS = {
    "dense": (models.build_dense_generator, models.build_dense_discriminator),
    "A": (models.build_dcgan_generator, models.build_dcgan_discriminator),
    "B": (models.build_upsampling_generator, models.build_upsampling_discriminator),
    "small": (models.build_small_generator, models.build_small_discriminator),
    "conditional": (
        models.build_conditional_generator,
        models.build_conditional_discriminator,
    ),
}
BUILDERS = [build for name, pair in PAIRS.items() if name != "dense" for build in pair]


@pytest.fixture(scope="module")
def built():
    """Each pair in its standard form, built once."""
    return {name: (build_g(), build_d()) for name, (build_g, build_d) in PAIRS.items()}


def rows_of(model):
    return [
        (layer.name, type(layer).__name__, tuple(layer.output.shape[1:]), layer.count_params())
        for layer in model.layers
    ]


def kinds(model):
    return [type(layer).__name__ for layer in model.layers]


def test_a_published_network_is_as_tabled_layer_by_layer(built):
    (_, a_discriminator), b = built["A"], built["B"]
    for model, rows, total in (
        (models.build_dcgan_generator(upsampling="two_layers"), A_GENERATOR, 856_193),
        (a_discriminator, A_DISCRIMINATOR, 393_729),
        (b[0], B_GENERATOR, 2_394_241),
        (b[1], B_DISCRIMINATOR, 4_311_553),
    ):
        assert rows_of(model) == rows
        assert model.count_params() == total


def test_the_numbers_that_no_shape_shows_are_as_tabled_too(built):
    for name, momentum, rate in (("A", 0.8, 0.25), ("B", 0.9, 0.4)):
        found = [layer for model in built[name] for layer in model.layers]
        norms = [layer for layer in found if isinstance(layer, keras.layers.BatchNormalization)]
        leaks = [layer for layer in found if isinstance(layer, keras.layers.LeakyReLU)]
        drops = [layer for layer in found if isinstance(layer, keras.layers.Dropout)]
        assert {layer.momentum for layer in norms} == {momentum}
        assert {round(layer.negative_slope, 6) for layer in leaks} == {0.2}
        assert {layer.rate for layer in drops} == {rate}
    for name, output in (("A", "tanh"), ("B", "sigmoid")):
        model = built[name][0]
        assert model.get_layer("images").activation is keras.activations.get(output)
        hidden = [layer for layer in model.layers if isinstance(layer, keras.layers.Activation)]
        assert {layer.activation for layer in hidden} == {keras.activations.relu}


def test_the_fused_form_shares_its_weights_with_the_two_layer_form():
    keras.utils.set_random_seed(0)
    fused = models.build_dcgan_generator()
    keras.utils.set_random_seed(0)
    plain = models.build_dcgan_generator(upsampling="two_layers")
    assert {"UpSampling2D", "BatchNormalization"} <= set(kinds(plain))
    assert not {"UpSampling2D", "BatchNormalization"} & set(kinds(fused))
    assert sum(isinstance(layer, UpsampleConv2D) for layer in fused.layers) == 2
    for here, there in zip(fused.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_array_equal(here, there)
    random = np.random.default_rng(0)
    moved = [w + 0.01 * random.standard_normal(w.shape) for w in plain.get_weights()[:-1]]
    plain.set_weights(moved + plain.get_weights()[-1:])
    fused.set_weights(plain.get_weights())
    z = 3 * models.sample_latent(4, 100)
    images = models.generate(plain, z)
    assert images.std() > 0.01
    np.testing.assert_allclose(models.generate(fused, z), images, rtol=0, atol=1e-5)


def test_images_lie_in_the_range_that_the_output_activation_gives(built):
    z = 30 * models.sample_latent(8, 100)
    tanh = models.generate(built["A"][0], z)
    sigmoid = models.generate(models.build_dcgan_generator(output_activation="sigmoid"), z)
    b = models.generate(built["B"][0], z)
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


def test_pooling_stands_in_for_strides_with_the_same_weights_and_shapes(built):
    strided = built["A"][1]
    pooled = models.build_dcgan_discriminator(downsampling="pool")
    assert kinds(pooled).count("MaxPooling2D") == 3
    convolutions = [layer for layer in pooled.layers if isinstance(layer, keras.layers.Conv2D)]
    assert {layer.strides for layer in convolutions} == {(1, 1)}
    assert pooled.count_params() == strided.count_params()
    assert pooled.get_layer("flatten").output.shape == strided.get_layer("flatten").output.shape


def test_normal_first_weights_have_the_papers_spread_and_differ_from_layer_to_layer(built):
    for build, usual in zip(PAIRS["A"], built["A"], strict=True):
        kernels = [v.numpy() for v in build(initial_weights="normal").variables]
        kernels = [values for values in kernels if values.ndim in (2, 4)]
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
    ],
)
def test_an_unknown_option_is_refused_with_the_choices(build, option, value, choices):
    with pytest.raises(ValueError, match=f"{value!r}.*The choices are: {choices}"):
        build(**{option: value})


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((30, 30, 1), r"are 30×30 with 1 channel\(s\); .* multiples of 4 from 16 to 64.*to 32×32"),
        ((12, 200, 3), "are 12×200 .*for example to 16×64: .*load_images.*--size"),
        ((32, 32, 4), r"with 4 channel\(s\); .*1 channel \(grey\) or 3 \(colour\)"),
        ((28, 28), r"image_shape is \(28, 28\); .*such|example image_shape=\(28, 28, 1\)"),
    ],
)
@pytest.mark.parametrize("build", BUILDERS)
def test_images_that_a_network_cannot_draw_are_refused_with_the_nearest_size(build, shape, words):
    with pytest.raises(ValueError, match=words):
        build(image_shape=shape)


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("shape", [(16, 64, 3), (20, 36, 1)])
def test_a_pair_of_another_size_or_in_colour_draws_judges_and_passes_gradients_on(name, shape):
    build_g, build_d = PAIRS[name]
    g, d = build_g(image_shape=shape), build_d(image_shape=shape)
    models.check_pair(g, d, shape)
    labels = tf.constant([0, 1]) if models.is_conditional(g) else None
    g, d = given(g, labels), given(d, labels)
    z = tf.constant(models.sample_latent(2, models.latent_dim_of(getattr(g, "network", g))))
    with tf.GradientTape() as tape:
        logits = d(g(z, training=True), training=True)
    assert logits.shape == (2, 1)
    for gradient in tape.gradient(logits, g.trainable_variables):
        assert np.isfinite(gradient).all()


def test_the_dcgan_critic_pads_odd_grids_only():
    names = {side: [layer.name for layer in build_a_critic(side).layers] for side in (28, 32)}
    assert "pad" in names[28] and "pad" not in names[32]
    assert build_a_critic(32).get_layer("conv_3").output.shape[1:3] == (4, 4)


def build_a_critic(side):
    return models.build_dcgan_discriminator((side, side, 1))


def test_small_critics_continue_black_for_grey_images_and_the_picture_itself_for_colour():
    for build in (models.build_small_discriminator, models.build_conditional_discriminator):
        assert build(image_shape=(16, 16, 1)).get_layer("shift").fill == -1.0
        assert build(image_shape=(16, 16, 3)).get_layer("shift").fill is None


@pytest.mark.parametrize("build", [build for build in BUILDERS if build not in PAIRS["B"]][:3])
def test_a_wrong_number_of_channels_is_refused_with_the_right_one(build):
    with pytest.raises(ValueError, match=r"channels is \[8, 8\]; expected a list of [34] whole"):
        build(channels=[8, 8])


@pytest.mark.parametrize("build", BUILDERS[:6])
def test_outputs_stay_float32_under_mixed_precision(build):
    keras.config.set_dtype_policy("mixed_float16")
    try:
        model = build()
    finally:
        keras.config.set_dtype_policy("float32")
    assert model.get_layer("conv_1").compute_dtype == "float16"
    assert model.output.dtype == "float32"


def test_the_small_pair_is_small_and_its_options_do_what_they_say(built):
    g, d = built["small"]
    assert g.count_params() < 200_000 and d.count_params() < 100_000
    assert isinstance(d.layers[1], RandomShift) and d.layers[1].pixels == 1
    assert "RandomShift" not in kinds(models.build_small_discriminator(shift=0))
    assert "Dropout" not in kinds(d) and "FusedBatchNormalization" not in kinds(d)
    assert kinds(g).count("RMSNormalization") == 3
    narrow = models.build_small_discriminator(channels=(8, 8))
    assert narrow.get_layer("conv_2").output.shape[1:] == (7, 7, 8)


def test_latent_dim_of_reads_the_length_of_z():
    assert models.latent_dim_of(models.build_dcgan_generator(latent_dim=12)) == 12
    assert models.latent_dim_of(models.build_small_generator(latent_dim=9)) == 9


@pytest.mark.parametrize("name", ["A", "small"])
def test_both_players_of_a_pair_learn_from_one_step(name):
    keras.utils.set_random_seed(1)
    build_g, build_d = PAIRS[name]
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
