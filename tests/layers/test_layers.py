"""The course's layers compute what they promise, and save, clone and compile like Keras' own."""

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_course.layers import (
    FusedBatchNormalization,
    LabelMaps,
    OneHotLabels,
    Pack,
    RandomShift,
    UpsampleConv2D,
    tie_kernel,
)


def random(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def model_of(layer, shape):
    inputs = keras.Input(shape)
    return keras.Model(inputs, layer(inputs))


def two_layers(filters, kernel_size, transposed, in_shape, **kwargs):
    """The form that learners know: repeat the pixels, then convolve."""
    inputs = keras.Input(in_shape)
    x = keras.layers.UpSampling2D(2)(inputs)
    convolution = keras.layers.Conv2DTranspose if transposed else keras.layers.Conv2D
    return keras.Model(inputs, convolution(filters, kernel_size, padding="same", **kwargs)(x))


def outputs_and_gradients(model, x, weighting):
    """Return the outputs, and the gradients of x and of each weight, as tensors."""
    x = tf.convert_to_tensor(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        outputs = model(x, training=True)
        loss = tf.reduce_sum(outputs * weighting)
    return [outputs, *tape.gradient(loss, [x, *model.trainable_variables])]


def assert_close(found, expected):
    for here, there in zip(map(np.asarray, found), map(np.asarray, expected), strict=True):
        scale = max(1.0, np.abs(there).max())  # gradients of a kernel are sums over many pixels
        np.testing.assert_allclose(here / scale, there / scale, rtol=0, atol=1e-5)


@pytest.mark.parametrize("transposed", [False, True], ids=["conv", "transposed conv"])
@pytest.mark.parametrize("kernel_size", [1, 3, 5, 7])
def test_one_operation_equals_upsampling_and_convolution_with_gradients(kernel_size, transposed):
    plain = two_layers(4, kernel_size, transposed, (5, 6, 3))
    fused = model_of(UpsampleConv2D(4, kernel_size, transposed=transposed), (5, 6, 3))
    plain.set_weights([random(*w.shape, seed=n) / kernel_size for n, w in enumerate(plain.weights)])
    fused.set_weights(plain.get_weights())
    x, weighting = random(2, 5, 6, 3, seed=5), random(2, 10, 12, 4, seed=6)
    expected = outputs_and_gradients(plain, x, weighting)
    assert np.abs(np.asarray(expected[0])).max() > 0.5  # not a comparison of zeros
    assert_close(outputs_and_gradients(fused, x, weighting), expected)


def test_the_layer_works_in_the_sizes_of_the_dcgan_generator():
    plain = two_layers(64, 3, False, (14, 14, 128))
    fused = model_of(UpsampleConv2D(64, 3), (14, 14, 128))
    fused.set_weights(plain.get_weights())
    x = random(3, 14, 14, 128)
    np.testing.assert_allclose(fused(x), plain(x), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("transposed", [False, True])
def test_the_same_seed_gives_both_forms_the_same_first_weights(transposed):
    keras.utils.set_random_seed(3)
    plain = two_layers(4, 3, transposed, (5, 5, 2))
    keras.utils.set_random_seed(3)
    fused = model_of(UpsampleConv2D(4, 3, transposed=transposed), (5, 5, 2))
    for here, there in zip(fused.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_array_equal(here, there)


def test_the_tied_kernel_adds_shifted_copies_of_the_turned_kernel():
    ones = tie_kernel(np.ones((3, 3, 1, 1), np.float32))[:, :, 0, 0]
    np.testing.assert_array_equal(ones, np.outer([1, 2, 2, 1], [1, 2, 2, 1]))
    kernel = np.arange(9, dtype=np.float32).reshape(3, 3, 1, 1)
    tied = np.asarray(tie_kernel(kernel))[:, :, 0, 0]
    assert tied[0, 0] == 8 and tied[3, 3] == 0 and tied.sum() == 4 * kernel.sum()
    assert tie_kernel(np.zeros((5, 5, 2, 3), np.float32)).shape == (6, 6, 3, 2)
    assert tie_kernel(np.zeros((5, 5, 3, 2), np.float32), transposed=True).shape == (6, 6, 3, 2)


LAYERS = [
    UpsampleConv2D(
        6,
        5,
        transposed=True,
        kernel_initializer=keras.initializers.RandomNormal(stddev=0.02, seed=4),
        name="up",
    ),
    RandomShift(3, fill=0.5, seed=7, name="shift"),
    RandomShift(2, fill=None, seed=7, name="mirrored shift"),
    FusedBatchNormalization(momentum=0.7, epsilon=0.01, name="norm"),
]


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_a_layer_comes_back_from_its_config_clone_and_file(layer, tmp_path):
    again = type(layer).from_config(layer.get_config())
    assert again.get_config() == layer.get_config()
    model = model_of(again, (8, 8, 2))
    x = random(2, 8, 8, 2)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    clone = keras.models.clone_model(model)
    clone.set_weights(model.get_weights())
    expected = [np.asarray(model(x, training=False)), np.asarray(model(x, training=True))]
    for copy in (loaded, clone):
        np.testing.assert_array_equal(copy(x, training=False), expected[0])
        np.testing.assert_array_equal(copy(x, training=True), expected[1])


@pytest.mark.parametrize("layer", [OneHotLabels(4), LabelMaps(4, 6, 5)])
def test_a_label_layer_comes_back_from_its_config(layer):
    again = type(layer).from_config(layer.get_config())
    np.testing.assert_array_equal(again(np.array([0, 3])), layer(np.array([0, 3])))


def test_mixed_float16_computes_in_half_precision_and_keeps_float32_weights():
    half = UpsampleConv2D(4, 3, dtype="mixed_float16")
    x = random(2, 5, 5, 3)
    outputs = half(x)
    full = UpsampleConv2D(4, 3)
    full.build(x.shape)
    full.set_weights(half.get_weights())
    assert outputs.dtype == tf.float16 and half.kernel.dtype == "float32"
    np.testing.assert_allclose(np.asarray(outputs, np.float32), full(x), atol=0.02)
    shifted = RandomShift(2, dtype="mixed_float16")(x, training=True)
    assert shifted.dtype == tf.float16
    assert OneHotLabels(3, dtype="mixed_float16")(np.array([1])).dtype == tf.float16


@pytest.mark.parametrize("jit", [False, True], ids=["no xla", "xla"])
def test_the_layers_compile_with_and_without_xla(jit):
    layer, shift = UpsampleConv2D(4, 3), RandomShift(2)
    x = tf.constant(random(2, 6, 6, 3))
    expected = layer(x)

    def gradient(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.reduce_sum(layer(shift(x, training=True)) ** 2)
        return tape.gradient(loss, [x, *layer.trainable_variables])

    np.testing.assert_allclose(
        tf.function(layer.__call__, jit_compile=jit)(x), expected, rtol=0, atol=1e-5
    )
    before = shift.seed_generator.state.numpy().tolist()
    gradients = tf.function(gradient, jit_compile=jit)(x)
    assert all(np.abs(value).max() > 0 for value in map(np.asarray, gradients))
    assert shift.seed_generator.state.numpy().tolist() != before


def test_open_batch_sizes_and_open_sides_are_welcome():
    inputs = keras.Input((None, None, 3))
    outputs = UpsampleConv2D(4, 3)(inputs)
    assert outputs.shape == (None, None, None, 4)
    assert keras.Model(inputs, outputs)(random(2, 3, 5, 3)).shape == (2, 6, 10, 4)


@pytest.mark.parametrize("size", [2, 4])
def test_an_even_kernel_is_refused_with_the_odd_ones_beside_it(size):
    with pytest.raises(ValueError, match=f"kernel_size is {size}.* use {size - 1} or {size + 1}"):
        UpsampleConv2D(4, size)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: UpsampleConv2D(0, 3), "filters"),
        (lambda: RandomShift(-1), "pixels"),
        (lambda: OneHotLabels(0), "num_classes"),
        (lambda: LabelMaps(10, 28, 2.5), "width"),
    ],
)
def test_a_size_that_is_none_is_refused(make, name):
    with pytest.raises(ValueError, match=f"{name} is .*; expected a whole number of at least"):
        make()


def framed(image, pixels, fill):
    """Return the image with the frame that a shift moves in, mirrored where `fill` is None."""
    frame = ((pixels,) * 2, (pixels,) * 2, (0, 0))
    if fill is None:
        return np.pad(image, frame, mode="symmetric")
    return np.pad(image, frame, constant_values=fill)


def shifts_found(images, shifted, pixels, fill):
    """Return the (rows, columns) by which each image was moved, as a list of pairs."""
    found = []
    for image, moved in zip(images, shifted, strict=True):
        frame = framed(image, pixels, fill)
        height, width = image.shape[:2]
        fits = [
            (row, column)
            for row in range(2 * pixels + 1)
            for column in range(2 * pixels + 1)
            if np.array_equal(frame[row : row + height, column : column + width], moved)
        ]
        assert len(fits) == 1
        found += fits
    return found


@pytest.mark.parametrize("fill", [-1.0, None])
def test_every_image_moves_its_own_way_by_whole_pixels_up_to_the_limit(fill):
    images = random(300, 6, 7, 2)
    shifted = RandomShift(2, fill, seed=0)(images, training=True)
    found = shifts_found(images, np.asarray(shifted), 2, fill)
    counts = {pair: found.count(pair) for pair in set(found)}
    assert len(counts) == 25 and max(counts.values()) < 40  # 12 of 300 expected for each of 25


def test_a_shift_rests_outside_training():
    images, layer = random(4, 6, 6, 1), RandomShift(2)
    np.testing.assert_array_equal(layer(images, training=False), images)
    np.testing.assert_array_equal(layer(images), images)
    np.testing.assert_array_equal(RandomShift(0)(images, training=True), images)


def test_the_gradient_reaches_every_pixel_that_stays_in_the_picture():
    images, layer = tf.constant(random(50, 6, 6, 1)), RandomShift(2, seed=1)
    with tf.GradientTape() as tape:
        tape.watch(images)
        shifted = layer(images, training=True)
        total = tf.reduce_sum(shifted)
    gradient = np.asarray(tape.gradient(total, images))
    moves = np.array(shifts_found(np.asarray(images), np.asarray(shifted), 2, -1.0)) - 2
    kept = (6 - np.abs(moves)).prod(axis=1)
    assert set(np.unique(gradient)) == {0.0, 1.0}
    np.testing.assert_array_equal(gradient.sum(axis=(1, 2, 3)), kept)


def test_the_state_of_the_shifts_is_a_variable_that_repeats_them():
    images = random(8, 6, 6, 1)
    model = model_of(RandomShift(2, seed=3), (6, 6, 1))
    (state,) = model.variables
    start = state.numpy()
    first = np.asarray(model(images, training=True))
    assert not np.array_equal(model(images, training=True), first)
    state.assign(start)
    np.testing.assert_array_equal(model(images, training=True), first)


def test_shifts_come_from_the_global_seed_when_none_is_given():
    def draw():
        keras.utils.set_random_seed(5)
        return np.asarray(RandomShift(2)(random(8, 6, 6, 1), training=True))

    np.testing.assert_array_equal(draw(), draw())


def test_a_shift_as_large_as_the_image_is_refused_with_the_size():
    with pytest.raises(ValueError, match=r"pixels is 6, but the images are 6×8: .* less than 6"):
        RandomShift(6)(random(1, 6, 8, 1))


def test_images_of_open_size_cannot_be_shifted():
    with pytest.raises(ValueError, match=r"\(None, None, None, 1\).*keras.Input\(\(28, 28, 1\)\)"):
        RandomShift(2)(keras.Input((None, None, 1)))


def test_label_maps_are_one_in_their_own_class_and_zero_elsewhere():
    maps = np.asarray(LabelMaps(10, 28, 28)(np.array([3, 0])))
    assert maps.shape == (2, 28, 28, 10)
    np.testing.assert_array_equal(maps.sum(axis=(1, 2)), 784 * np.eye(10)[[3, 0]])
    assert set(np.unique(maps)) == {0.0, 1.0}


def test_one_hot_labels_are_rows_with_a_single_one():
    np.testing.assert_array_equal(OneHotLabels(5)(np.array([4, 2])), np.eye(5)[[4, 2]])
    assert model_of(OneHotLabels(5), ()).output_shape == (None, 5)
    assert model_of(LabelMaps(5, 3, 2), ()).output_shape == (None, 3, 2, 5)


@pytest.mark.parametrize("jit", [False, True], ids=["no xla", "xla"])
def test_fused_normalisation_equals_keras_in_outputs_gradients_and_moving_statistics(jit):
    x, weighting = 3 * random(4, 5, 6, 3) + 1, random(4, 5, 6, 3, seed=1)
    found = []
    for kind in (keras.layers.BatchNormalization, FusedBatchNormalization):
        model = model_of(kind(momentum=0.6), (5, 6, 3))
        model.set_weights([random(3, seed=n) ** 2 + 0.5 for n in range(4)])

        def compute(x, model=model):
            return outputs_and_gradients(model, x, weighting)

        values = [tf.function(compute, jit_compile=jit)(tf.constant(x)) for _ in range(2)][-1]
        quiet = model(x, training=False)
        found.append([*values, *model.get_weights(), quiet])
    assert_close(found[1], found[0])
    assert not np.allclose(found[0][-2], random(3, seed=3) ** 2 + 0.5)  # the statistics moved


def test_fused_normalisation_leaves_other_shapes_and_frozen_layers_to_keras():
    x = random(8, 5)
    fused, plain = FusedBatchNormalization(), keras.layers.BatchNormalization()
    np.testing.assert_allclose(fused(x, training=True), plain(x, training=True), atol=1e-6)
    frozen = FusedBatchNormalization(trainable=False)
    images = random(2, 3, 3, 2)
    np.testing.assert_allclose(frozen(images, training=True), images, rtol=1e-3)
    assert frozen.moving_mean.numpy().tolist() == [0.0, 0.0]


def test_fused_normalisation_in_half_precision_keeps_float32_statistics():
    layer = FusedBatchNormalization(dtype="mixed_float16")
    outputs = layer(1000 * random(4, 4, 4, 2), training=True)
    assert outputs.dtype == tf.float16 and layer.moving_variance.dtype == "float32"
    assert np.isfinite(layer.moving_variance.numpy()).all()  # 1000² is beyond float16
    assert abs(float(np.std(outputs)) - 1.0) < 0.02


def test_a_pack_holds_neighbours_of_the_batch_and_each_keeps_its_channels_together():
    images = random(6, 4, 5, 2)
    packs = Pack(3)(images).numpy()
    assert packs.shape == (2, 4, 5, 6)
    expected = [np.concatenate(images[first : first + 3], axis=-1) for first in (0, 3)]
    np.testing.assert_array_equal(packs, expected)
    points = random(6, 2)
    np.testing.assert_array_equal(Pack(2)(points), points.reshape(3, 4))


def test_packs_are_known_before_the_batch_and_survive_saving(tmp_path):
    model = model_of(Pack(2), (4, 4, 1))
    assert model.output_shape == (None, 4, 4, 2)
    model.save(tmp_path / "packed.keras")
    again = keras.saving.load_model(tmp_path / "packed.keras")
    np.testing.assert_array_equal(again(random(4, 4, 4, 1)), model(random(4, 4, 4, 1)))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Pack(0), "count is 0; expected a whole number of at least 1"),
        (lambda: Pack(2)(random(5, 4)), "5 examples do not divide into packs of 2: .* as 4"),
    ],
)
def test_packs_that_do_not_come_out_even_are_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()
