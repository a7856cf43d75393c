"""The course's own small pair for a laptop: few channels, no dropout, shifts for the critic."""

import gan_course.backend

import keras
from keras import layers

from gan_course.arguments import check_sizes, check_whole
from gan_course.models.blocks import (
    norm_and_activate,
    packed,
    shifted,
    spectral,
    strided_convs,
    to_images,
    to_logit,
    upsample_conv,
)
from gan_course.models.checks import check_image_shape


def build_small_generator(latent_dim=32, image_shape=(28, 28, 1), *, channels=(32, 16, 8)):
    """A small generator: dense → 7×7, then twice upsample, convolve and normalise → tanh.

    The norm is that of each pixel: its channels are divided by the root of their mean square,
    which looks at no other example of the batch. A learned factor for each channel follows.

    Args:
        latent_dim: The number of latent values, at least 1.
        image_shape: As in `check_image_shape`.
        channels: Channels of the grid, and after each of the two upsampling convolutions.

    Returns:
        An uncompiled `keras.Model` from (batch, latent_dim) to images in (-1, 1).

    Raises:
        ValueError: If a size does not fit.

    Source: pixel norm: Karras et al. 2018, Progressive growing of GANs, section 4.2.

    Example:
        >>> build_small_generator().output_shape
        (None, 28, 28, 1)
    """
    latent_dim = check_whole("latent_dim", latent_dim)
    height, width, colours = check_image_shape(image_shape)
    grid = (height // 4, width // 4, check_sizes("channels", channels, 3)[0])
    z = keras.Input((latent_dim,), name="z")
    x = layers.Dense(grid[0] * grid[1] * grid[2], name="dense")(z)
    x = layers.Reshape(grid, name="grid")(x)
    x = norm_and_activate(x, 0, "leaky_relu", layers.RMSNormalization)
    for number, filters in enumerate(channels[1:], start=1):
        x = upsample_conv(x, filters, 3, number)
        x = norm_and_activate(x, number, "leaky_relu", layers.RMSNormalization)
    return keras.Model(z, to_images(x, colours), name="small_generator")


def build_small_discriminator(
    image_shape=(28, 28, 1),
    *,
    channels=(16, 32, 64),
    shift=1,
    packing=1,
    spectral_norm=False,
):
    """A small discriminator: random shifts, strided convolutions, one logit.

    Args:
        image_shape: As in `check_image_shape`.
        channels: Channels after each convolution of stride 2.
        shift: The largest shift of what it sees, in pixels; 0 for none. See `RandomShift`.
        packing: How many images share one verdict; 1 for each its own. See `Pack`.
        spectral_norm: Whether each kernel is divided by its largest singular value.

    Returns:
        An uncompiled `keras.Model` from (batch, *image_shape) to logits (batch / packing, 1).

    Raises:
        ValueError: If a size does not fit.

    Source: random shifts: Zhao et al. 2020, Differentiable augmentation for data-efficient GAN
    training.

    Example:
        >>> build_small_discriminator().output_shape
        (None, 1)
    """
    images = keras.Input(check_image_shape(image_shape), name="images")
    wrap = spectral if spectral_norm else None
    x = packed(shifted(images, shift), check_whole("packing", packing))
    x = strided_convs(x, check_sizes("channels", channels), wrap)
    return keras.Model(images, to_logit(x, wrap=wrap), name="small_discriminator")
