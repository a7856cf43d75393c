"""The networks of lesson 08: both players are told which digit is asked for."""

import gan_course.backend

import keras
from keras import layers

from gan_course.arguments import check_sizes, check_whole
from gan_course.layers import LabelMaps, OneHotLabels
from gan_course.models.blocks import (
    norm_and_activate,
    shifted,
    strided_convs,
    to_images,
    to_logit,
)
from gan_course.models.checks import check_image_shape
from gan_course.names import look_up


def build_conditional_generator(
    latent_dim=64, num_classes=10, image_shape=(28, 28, 1), *, channels=(32, 16, 8)
):
    """A generator that draws the class its label says, grown from 1×1 by transposed convolutions.

    The label, a row of zeros with a single 1, stands beside z; together they are one pixel with
    many channels. A transposed convolution spreads it over 7×7, two more of stride 2 double the
    grid: 14, 28. Their 4×4 kernel is a multiple of the stride, so that every pixel is covered
    equally often. Each is followed by the pixel norm of `build_small_generator`.

    Args:
        latent_dim: The number of latent values, at least 1.
        num_classes: How many classes there are.
        image_shape: As in `check_image_shape`.
        channels: Channels at 7×7, 14×14 and 28×28.

    Returns:
        An uncompiled `keras.Model` from [z, labels], shapes (batch, latent_dim) and (batch,) of
        whole numbers, to images (batch, *image_shape) in (-1, 1).

    Raises:
        ValueError: If a size does not fit.

    Source: Mirza & Osindero 2014, Conditional generative adversarial nets, section 3.2.

    Example:
        >>> generator = build_conditional_generator(latent_dim=64)
        >>> nines = generate(generator, sample_latent(16, 64), labels=9)
    """
    latent_dim = check_whole("latent_dim", latent_dim)
    num_classes = check_whole("num_classes", num_classes)
    height, width, colours = check_image_shape(image_shape)
    check_sizes("channels", channels, 3)
    z = keras.Input((latent_dim,), name="z")
    labels = keras.Input((), dtype="int32", name="labels")
    row = OneHotLabels(num_classes, name="condition")(labels)
    x = layers.Concatenate(name="z_and_label")([z, row])
    x = layers.Reshape((1, 1, latent_dim + num_classes), name="one_pixel")(x)
    kernels, strides = ((height // 4, width // 4), 4, 4), (1, 2, 2)
    for number, filters in enumerate(channels):
        x = layers.Conv2DTranspose(
            filters,
            kernels[number],
            strides=strides[number],
            padding="same" if number else "valid",
            name=f"grow_{number}",
        )(x)
        x = norm_and_activate(x, number, "leaky_relu", layers.RMSNormalization)
    return keras.Model([z, labels], to_images(x, colours), name="conditional_generator")


def build_conditional_discriminator(
    num_classes=10,
    image_shape=(28, 28, 1),
    *,
    condition="one_hot",
    channels=(16, 32, 64),
    shift=1,
):
    """A discriminator of pairs: is this image real, and is it what its label says?

    Args:
        num_classes: How many classes there are.
        image_shape: As in `check_image_shape`.
        condition: `"one_hot"` lays a constant map for each class beside the image (10 →
            28×28×10), `"embedding"` one learned map of the image's size for each class.
            `"projection"` looks at the image alone and adds to the logit the inner product of
            its features with a learned row for the class.
        channels: Channels after each convolution of stride 2.
        shift: The largest shift of the images it sees, in pixels; 0 for none. See `RandomShift`.

    Returns:
        An uncompiled `keras.Model` from [images, labels], shapes (batch, *image_shape) and
        (batch,) of whole numbers, to logits (batch, 1).

    Raises:
        ValueError: If a size does not fit, or the condition is unknown.

    Source: Mirza & Osindero 2014, section 3.2; Reed et al. 2016, section 4.1 (the condition
    repeated over space); Miyato & Koyama 2018, equation 3 (projection).

    Example:
        >>> build_conditional_discriminator().output_shape
        (None, 1)

    Introduced in lesson 08.
    """
    num_classes = check_whole("num_classes", num_classes)
    height, width, _ = image_shape = check_image_shape(image_shape)
    images = keras.Input(image_shape, name="images")
    labels = keras.Input((), dtype="int32", name="labels")
    x = shifted(images, shift)
    makers = {
        "one_hot": lambda: LabelMaps(num_classes, height, width, name="condition")(labels),
        "embedding": lambda: _learned_map(labels, num_classes, height, width),
        "projection": lambda: None,
    }
    maps = look_up(makers, condition, "condition")()
    if maps is not None:
        x = layers.Concatenate(name="image_and_label")([x, maps])
    x = strided_convs(x, check_sizes("channels", channels))
    logit = to_logit(x)
    if condition == "projection":
        row = layers.Embedding(num_classes, x.shape[-1], name="condition")(labels)
        match = layers.Dot(1, dtype="float32", name="match")([x, row])
        logit = layers.Add(dtype="float32", name="logit_of_pair")([logit, match])
    return keras.Model([images, labels], logit, name="conditional_discriminator")


def _learned_map(labels, num_classes, height, width):
    row = layers.Embedding(num_classes, height * width, name="condition")(labels)
    return layers.Reshape((height, width, 1), name="learned_map")(row)
