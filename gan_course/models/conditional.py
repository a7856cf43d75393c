"""The networks of lesson 08: both players are told which digit is asked for."""

import gan_course.backend

import keras
from keras import layers

from gan_course.layers import LabelMaps, OneHotLabels, RandomShift
from gan_course.models.blocks import (
    first_weights,
    full_size_convs,
    norm_and_activate,
    strided_convs,
    to_images,
    to_logit,
)
from gan_course.models.checks import check_share, check_sizes
from gan_course.models.grids import check_channels, check_halving
from gan_course.names import look_up


def build_conditional_generator(
    latent_dim=64,
    num_classes=10,
    image_shape=(28, 28, 1),
    *,
    condition="one_hot",
    embedding_dim=16,
    channels=(32, 16, 8),
    extra_convs=0,
    batch_norm=False,
    pixel_norm=True,
    activation="leaky_relu",
    momentum=0.9,
    initial_weights="keras",
):
    """A generator that draws the class its label says, grown from 1×1 by transposed convolutions.

    The label, as numbers, stands beside z; together they are one pixel with many channels. A
    transposed convolution spreads it over 7×7, two more of stride 2 double the grid: 14, 28.
    Their 4×4 kernel is a multiple of the stride, so that every pixel is covered equally often.

    Args:
        latent_dim: The number of latent values, at least 1.
        num_classes: How many classes there are.
        image_shape: (height, width, channels) of the images; both sides multiples of 4.
        condition: `"one_hot"` puts the label as a row of zeros with a 1 beside z; `"embedding"`
            a row of `embedding_dim` numbers that are learned for each class.
        embedding_dim: The length of the learned row.
        channels: Channels at 7×7, 14×14 and 28×28.
        extra_convs: Further 3×3 convolutions at full size, with as many channels as the last.
        batch_norm: Whether to normalise over the batch, after each hidden convolution.
        pixel_norm: Whether to divide the channels of each pixel by the root of their mean square,
            at the same places.
        activation: The hidden activation, `"leaky_relu"`, `"relu"` or another Keras name.
        momentum: Of the moving statistics of batch normalisation, in [0, 1).
        initial_weights: `"keras"`, or `"normal"` for N(0, 0.02).

    Returns:
        An uncompiled `keras.Model` from [z, labels], shapes (batch, latent_dim) and (batch,) of
        whole numbers, to images (batch, *image_shape) in (-1, 1).

    Raises:
        ValueError: If a size does not fit, or an option is unknown.

    Source: Mirza & Osindero 2014, Conditional generative adversarial nets, section 3.2.

    Example:
        >>> generator = build_conditional_generator(latent_dim=64)
        >>> nines = generate(generator, sample_latent(16, 64), labels=9)

    Introduced in lesson 08.
    """
    check_sizes("latent_dim", [latent_dim])
    check_sizes("num_classes", [num_classes])
    check_sizes("embedding_dim", [embedding_dim])
    check_halving(image_shape)
    check_channels(channels, 3)
    check_share("momentum", momentum)
    settings = {
        "activation": activation,
        "batch_norm": batch_norm,
        "momentum": momentum,
        "pixel_norm": pixel_norm,
    }
    makers = {
        "one_hot": lambda: OneHotLabels(num_classes, name="condition"),
        "embedding": lambda: layers.Embedding(num_classes, embedding_dim, name="condition"),
    }
    z = keras.Input((latent_dim,), name="z")
    labels = keras.Input((), dtype="int32", name="labels")
    row = look_up(makers, condition, "condition")()(labels)
    x = layers.Concatenate(name="z_and_label")([z, row])
    x = layers.Reshape((1, 1, x.shape[-1]), name="one_pixel")(x)
    first_side = (image_shape[0] // 4, image_shape[1] // 4)
    steps = zip(channels, (first_side, 4, 4), (1, 2, 2), ("valid", "same", "same"), strict=True)
    for number, (filters, kernel_size, strides, padding) in enumerate(steps):
        x = layers.Conv2DTranspose(
            filters,
            kernel_size,
            strides=strides,
            padding=padding,
            kernel_initializer=first_weights(initial_weights),
            name=f"grow_{number}",
        )(x)
        x = norm_and_activate(x, number, **settings)
    x = full_size_convs(x, range(3, 3 + extra_convs), channels[-1], 3, initial_weights, **settings)
    images = to_images(x, image_shape[2], "tanh", initial_weights)
    return keras.Model([z, labels], images, name="conditional_generator")


def build_conditional_discriminator(
    num_classes=10,
    image_shape=(28, 28, 1),
    *,
    condition="one_hot",
    channels=(16, 32, 64),
    shift=1,
    fill=-1.0,
    batch_norm=False,
    dropout=0.0,
    activation="leaky_relu",
    initial_weights="keras",
):
    """A discriminator of pairs: is this image real, and is it what its label says?

    Args:
        num_classes: How many classes there are.
        image_shape: (height, width, channels) of the images; both sides multiples of 4.
        condition: `"one_hot"` lays a constant map for each class beside the image (10 →
            28×28×10), `"embedding"` one learned map of the image's size for each class.
            `"projection"` looks at the image alone and adds to the logit the inner product of
            its features with a learned row for the class.
        channels: Channels after each convolution of stride 2.
        shift: The largest shift of the images it sees, in pixels; 0 for none. See `RandomShift`.
        fill: The value of what moves in from outside, the background's.
        batch_norm: Whether to normalise after each convolution but the first.
        dropout: The share of the last activations silenced in training, in [0, 1).
        activation: `"leaky_relu"` (slope 0.2 below 0), `"relu"` or another Keras name.
        initial_weights: `"keras"`, or `"normal"` for N(0, 0.02).

    Returns:
        An uncompiled `keras.Model` from [images, labels], shapes (batch, *image_shape) and
        (batch,) of whole numbers, to logits (batch, 1).

    Raises:
        ValueError: If a size does not fit, or an option is unknown.

    Source: Mirza & Osindero 2014, section 3.2; Reed et al. 2016, section 4.1 (the condition
    repeated over space); Miyato & Koyama 2018, equation 3 (projection).

    Example:
        >>> build_conditional_discriminator().output_shape
        (None, 1)

    Introduced in lesson 08.
    """
    check_sizes("num_classes", [num_classes])
    check_halving(image_shape)
    check_sizes("channels", channels)
    check_share("dropout", dropout)
    height, width = image_shape[:2]
    images = keras.Input(image_shape, name="images")
    labels = keras.Input((), dtype="int32", name="labels")
    x = RandomShift(shift, fill, name="shift")(images) if shift else images
    makers = {
        "one_hot": lambda: LabelMaps(num_classes, height, width, name="condition")(labels),
        "embedding": lambda: _learned_map(labels, num_classes, height, width),
        "projection": lambda: None,
    }
    maps = look_up(makers, condition, "condition")()
    if maps is not None:
        x = layers.Concatenate(name="image_and_label")([x, maps])
    x = strided_convs(x, channels, 3, initial_weights, activation, batch_norm)
    x = layers.Flatten(name="flatten")(x)
    if dropout:
        x = layers.Dropout(dropout, name="dropout")(x)
    logit = to_logit(x, initial_weights)
    if condition == "projection":
        row = layers.Embedding(num_classes, x.shape[-1], name="condition")(labels)
        match = layers.Dot(1, dtype="float32", name="match")([x, row])
        logit = layers.Add(dtype="float32", name="logit_of_pair")([logit, match])
    return keras.Model([images, labels], logit, name="conditional_discriminator")


def _learned_map(labels, num_classes, height, width):
    row = layers.Embedding(num_classes, height * width, name="condition")(labels)
    return layers.Reshape((height, width, 1), name="learned_map")(row)
