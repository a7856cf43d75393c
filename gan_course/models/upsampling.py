"""Network B of lesson 07: an upsampling generator of transposed convolutions, dropout in both."""

import gan_course.backend

import keras
from keras import layers

from gan_course.models.blocks import activate, norm_and_activate, to_logit, upsample_conv
from gan_course.models.checks import check_share, check_sizes
from gan_course.models.grids import check_channels, check_halving

MOMENTUM = 0.9  # of batch normalisation
KERNEL = 5


def build_upsampling_generator(
    latent_dim=100,
    image_shape=(28, 28, 1),
    *,
    channels=(256, 128, 64, 32),
    dropout=0.4,
    upsampling="fused",
):
    """The upsampling generator: dense → 7×7×256, then four transposed convolutions, two upsampled.

    Its z comes from U(−1, 1) and its images lie in [0, 1]. The transposed convolutions have
    stride 1: each is a convolution with its kernel flipped.

    Args:
        latent_dim: The number of latent values, at least 1.
        image_shape: (height, width, channels) of the images; both sides multiples of 4.
        channels: Channels of the grid, and after each of the three hidden convolutions.
        dropout: The share of the grid silenced in training, in [0, 1).
        upsampling: `"fused"` computes upsampling and convolution in one operation, and batch
            normalisation too; `"two_layers"` is the published form, of Keras' own layers. Same
            weights, same images.

    Returns:
        An uncompiled `keras.Model` from (batch, latent_dim) to (batch, *image_shape) in (0, 1).

    Raises:
        ValueError: If a size does not fit, or an option is unknown.

    Source: a published Keras example; lesson 07 lists its layers and its way of training.

    Example:
        >>> build_upsampling_generator().count_params()
        2394241

    Introduced in lesson 07.
    """
    check_sizes("latent_dim", [latent_dim])
    check_halving(image_shape)
    check_channels(channels, 4)
    check_share("dropout", dropout)
    height, width = image_shape[0] // 4, image_shape[1] // 4
    settings = {"activation": "relu", "momentum": MOMENTUM, "fused": upsampling == "fused"}
    z = keras.Input((latent_dim,), name="z")
    x = layers.Dense(height * width * channels[0], name="dense")(z)
    x = norm_and_activate(x, 0, **settings)
    x = layers.Reshape((height, width, channels[0]), name="grid")(x)
    x = layers.Dropout(dropout, name="dropout")(x)
    for number, filters in enumerate(channels[1:3], start=1):
        x = upsample_conv(x, filters, KERNEL, number, upsampling, transposed=True)
        x = norm_and_activate(x, number, **settings)
    x = layers.Conv2DTranspose(channels[3], KERNEL, padding="same", name="conv_3")(x)
    x = norm_and_activate(x, 3, **settings)
    images = layers.Conv2DTranspose(
        image_shape[2], KERNEL, padding="same", activation="sigmoid", dtype="float32", name="images"
    )(x)
    return keras.Model(z, images, name="upsampling_generator")


def build_upsampling_discriminator(
    image_shape=(28, 28, 1), *, channels=(64, 128, 256, 512), dropout=0.4
):
    """The discriminator beside it: four 5×5 convolutions, the first three of stride 2, one logit.

    Args:
        image_shape: (height, width, channels) of the images; both sides multiples of 4.
        channels: Channels after each of the four convolutions.
        dropout: The share of activations silenced in training after each, in [0, 1).

    Returns:
        An uncompiled `keras.Model` from (batch, *image_shape) to logits (batch, 1).

    Raises:
        ValueError: If a size does not fit.

    Source: a published Keras example; lesson 07 lists its layers and its way of training.

    Example:
        >>> build_upsampling_discriminator().count_params()
        4311553

    Introduced in lesson 07.
    """
    check_halving(image_shape)
    check_channels(channels, 4)
    check_share("dropout", dropout)
    images = keras.Input(image_shape, name="images")
    x = images
    for number, filters in enumerate(channels, start=1):
        strides = 2 if number < 4 else 1
        x = layers.Conv2D(filters, KERNEL, strides, padding="same", name=f"conv_{number}")(x)
        x = activate("leaky_relu", f"activation_{number}")(x)
        x = layers.Dropout(dropout, name=f"dropout_{number}")(x)
    x = layers.Flatten(name="flatten")(x)
    return keras.Model(images, to_logit(x), name="upsampling_discriminator")
