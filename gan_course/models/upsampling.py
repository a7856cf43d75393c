"""Network B of lesson 07: an upsampling generator of transposed convolutions, dropout in both."""

from functools import partial

import gan_course.backend

import keras
from keras import layers

from gan_course.arguments import check_whole
from gan_course.layers import FusedBatchNormalization
from gan_course.models.blocks import activate, norm_and_activate, to_logit, upsample_conv
from gan_course.models.checks import check_image_shape

KERNEL, DROPOUT = 5, 0.4


def build_upsampling_generator(latent_dim=100, image_shape=(28, 28, 1)):
    """The upsampling generator: dense → 7×7×256, then four transposed convolutions, two upsampled.

    Its z comes from U(−1, 1) and its images lie in [0, 1]. The transposed convolutions have
    stride 1: each is a convolution with its kernel flipped.

    Args:
        latent_dim: The number of latent values, at least 1.
        image_shape: As in `check_image_shape`.

    Returns:
        An uncompiled `keras.Model` from (batch, latent_dim) to (batch, *image_shape) in (0, 1).

    Raises:
        ValueError: If a size does not fit.

    Source: a published Keras example; lesson 07 lists its layers and its way of training.

    Example:
        >>> build_upsampling_generator().count_params()
        2394241

    Introduced in lesson 07.
    """
    latent_dim = check_whole("latent_dim", latent_dim)
    height, width, colours = check_image_shape(image_shape)
    norm = partial(FusedBatchNormalization, momentum=0.9)
    z = keras.Input((latent_dim,), name="z")
    x = layers.Dense(height // 4 * (width // 4) * 256, name="dense")(z)
    x = norm_and_activate(x, 0, "relu", norm)
    x = layers.Reshape((height // 4, width // 4, 256), name="grid")(x)
    x = layers.Dropout(DROPOUT, name="dropout")(x)
    for number, filters in enumerate((128, 64), start=1):
        x = upsample_conv(x, filters, KERNEL, number, transposed=True)
        x = norm_and_activate(x, number, "relu", norm)
    x = layers.Conv2DTranspose(32, KERNEL, padding="same", name="conv_3")(x)
    x = norm_and_activate(x, 3, "relu", norm)
    images = layers.Conv2DTranspose(
        colours, KERNEL, padding="same", activation="sigmoid", dtype="float32", name="images"
    )(x)
    return keras.Model(z, images, name="upsampling_generator")


def build_upsampling_discriminator(image_shape=(28, 28, 1)):
    """The discriminator beside it: four 5×5 convolutions, the first three of stride 2, one logit.

    Args:
        image_shape: As in `check_image_shape`.

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
    images = x = keras.Input(check_image_shape(image_shape), name="images")
    for number, filters in enumerate((64, 128, 256, 512), start=1):
        strides = 2 if number < 4 else 1
        x = layers.Conv2D(filters, KERNEL, strides, padding="same", name=f"conv_{number}")(x)
        x = activate("leaky_relu", f"activation_{number}")(x)
        x = layers.Dropout(DROPOUT, name=f"dropout_{number}")(x)
    x = layers.Flatten(name="flatten")(x)
    return keras.Model(images, to_logit(x), name="upsampling_discriminator")
