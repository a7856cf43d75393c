"""Network A of lesson 07: a DCGAN for digits, with each of the paper's rules behind a switch."""

from functools import partial

import gan_course.backend

import keras
from keras import layers

from gan_course.arguments import check_sizes, check_whole
from gan_course.layers import FusedBatchNormalization
from gan_course.models.blocks import (
    activate,
    first_weights,
    norm_and_activate,
    to_images,
    to_logit,
    upsample_conv,
)
from gan_course.models.checks import check_image_shape
from gan_course.names import look_up

MOMENTUM, DROPOUT = 0.8, 0.25  # as this network was published; the momentum is batch norm's


def build_dcgan_generator(
    latent_dim=100,
    image_shape=(28, 28, 1),
    *,
    channels=(128, 128, 64),
    upsampling="fused",
    batch_norm=True,
    activation="relu",
    output_activation="tanh",
    hidden_units=(),
    initial_weights="keras",
):
    """The DCGAN generator: dense → 7×7×128, then twice upsample, convolve, normalise, ReLU → tanh.

    Every option after the star switches one rule or one choice; the defaults are the network as
    it was published. It leaves the paper in two places: it upsamples and convolves where the
    paper has a transposed convolution, and its first weights are Keras' default.

    Args:
        latent_dim: The number of latent values, at least 1.
        image_shape: As in `check_image_shape`.
        channels: Channels of the dense layer's grid, and after each of the two convolutions.
        upsampling: `"fused"` computes upsampling and convolution as one transposed convolution,
            and batch normalisation as one operation, each at least twice as fast;
            `"two_layers"` is the published form, of Keras' own layers. Same weights, same images.
        batch_norm: Whether to normalise after both convolutions.
        activation: The hidden activation, `"relu"`, `"leaky_relu"` or another Keras name.
        output_activation: `"tanh"` for images in [-1, 1], `"sigmoid"` for [0, 1].
        hidden_units: Sizes of dense ReLU layers before the first grid; the rule is to have none.
        initial_weights: `"keras"`, or `"normal"` for the paper's N(0, 0.02).

    Returns:
        An uncompiled `keras.Model` from (batch, latent_dim) to (batch, *image_shape).

    Raises:
        ValueError: If a size does not fit, or an option is unknown.

    Source: Radford, Metz & Chintala 2015, sections 3 and 4.

    Example:
        >>> build_dcgan_generator().count_params()
        856193

    Introduced in lesson 07.
    """
    latent_dim = check_whole("latent_dim", latent_dim)
    height, width, colours = check_image_shape(image_shape)
    grid = (height // 4, width // 4, check_sizes("channels", channels, 3)[0])
    fused = look_up({"fused": True, "two_layers": False}, upsampling, "form of upsampling")
    norm = FusedBatchNormalization if fused else layers.BatchNormalization
    norm = partial(norm, momentum=MOMENTUM) if batch_norm else None
    z = keras.Input((latent_dim,), name="z")
    x = _hidden(z, hidden_units, "relu", initial_weights)
    kernel = first_weights(initial_weights)
    x = layers.Dense(grid[0] * grid[1] * grid[2], kernel_initializer=kernel, name="dense")(x)
    x = activate(activation, "activation_0")(x)
    x = layers.Reshape(grid, name="grid")(x)
    for number, filters in enumerate(channels[1:], start=1):
        if fused:
            x = upsample_conv(x, filters, 3, number, weights=initial_weights)
        else:
            x = layers.UpSampling2D(2, name=f"upsample_{number}")(x)
            x = _conv(x, filters, number, initial_weights)
        x = norm_and_activate(x, number, activation, norm)
    images = to_images(x, colours, output_activation, initial_weights)
    return keras.Model(z, images, name="dcgan_generator")


def build_dcgan_discriminator(
    image_shape=(28, 28, 1),
    *,
    channels=(32, 64, 128, 256),
    downsampling="stride",
    batch_norm=True,
    activation="leaky_relu",
    hidden_units=(),
    initial_weights="keras",
):
    """The DCGAN discriminator: four convolutions, the first three of stride 2, then one logit.

    Every option after the star switches one rule or one choice; the defaults are the network as
    it was published.

    Args:
        image_shape: As in `check_image_shape`.
        channels: Channels after each of the four convolutions.
        downsampling: `"stride"` for strided convolutions; `"pool"` for stride 1 and max pooling.
        batch_norm: Whether to normalise after each convolution but the first.
        activation: `"leaky_relu"` (slope 0.2 below 0), `"relu"` or another Keras name.
        hidden_units: Sizes of dense layers before the logit; the rule is to have none.
        initial_weights: `"keras"`, or `"normal"` for the paper's N(0, 0.02).

    Returns:
        An uncompiled `keras.Model` from (batch, *image_shape) to logits (batch, 1).

    Raises:
        ValueError: If a size does not fit, or an option is unknown.

    Source: Radford, Metz & Chintala 2015, sections 3 and 4; dropout is this network's own.

    Example:
        >>> build_dcgan_discriminator().count_params()
        393729

    Introduced in lesson 07.
    """
    check_sizes("channels", channels, 4)
    strided = look_up({"stride": True, "pool": False}, downsampling, "downsampling")
    images = keras.Input(check_image_shape(image_shape), name="images")
    x = images
    for number, filters in enumerate(channels, start=1):
        halves = number < 4
        x = _conv(x, filters, number, initial_weights, strides=2 if halves and strided else 1)
        if halves and not strided:
            x = layers.MaxPooling2D(2, padding="same", name=f"pool_{number}")(x)
        odd = [(0, side % 2) for side in x.shape[1:3]]
        if number == 2 and odd != [(0, 0), (0, 0)]:  # 7×7 → 8×8, which the next layer can halve
            x = layers.ZeroPadding2D(odd, name="pad")(x)
        norm = partial(FusedBatchNormalization, momentum=MOMENTUM) if number > 1 else None
        x = norm_and_activate(x, number, activation, norm if batch_norm else None)
        x = layers.Dropout(DROPOUT, name=f"dropout_{number}")(x)
    x = layers.Flatten(name="flatten")(x)
    x = _hidden(x, hidden_units, activation, initial_weights)
    logit = to_logit(x, initial_weights)
    return keras.Model(images, logit, name="dcgan_discriminator")


def _conv(x, filters, number, initial_weights, strides=1):
    return layers.Conv2D(
        filters,
        3,
        strides=strides,
        padding="same",
        kernel_initializer=first_weights(initial_weights),
        name=f"conv_{number}",
    )(x)


def _hidden(x, hidden_units, activation, initial_weights):
    for number, units in enumerate(check_sizes("hidden_units", hidden_units), start=1):
        kernel = first_weights(initial_weights)
        x = layers.Dense(units, kernel_initializer=kernel, name=f"hidden_{number}")(x)
        x = activate(activation, f"hidden_activation_{number}")(x)
    return x
