"""The course's own pair for a laptop: few channels, no dropout, shifted digits for the critic."""

import gan_course.backend

import keras
from keras import layers

from gan_course.layers import RandomShift
from gan_course.models.blocks import (
    first_weights,
    full_size_convs,
    norm_and_activate,
    strided_convs,
    to_images,
    to_logit,
    upsample_conv,
)
from gan_course.models.checks import check_share, check_sizes
from gan_course.models.grids import check_channels, check_halving


def build_fast_generator(
    latent_dim=32,
    image_shape=(28, 28, 1),
    *,
    channels=(32, 16, 8),
    extra_convs=0,
    batch_norm=False,
    pixel_norm=True,
    activation="leaky_relu",
    momentum=0.9,
    kernel_size=3,
    upsampling="fused",
    initial_weights="keras",
):
    """A small generator: dense → 7×7, twice upsample and convolve, further convolutions → tanh.

    Args:
        latent_dim: The number of latent values, at least 1.
        image_shape: (height, width, channels) of the images; both sides multiples of 4.
        channels: Channels of the grid, and after each of the two upsampling convolutions.
        extra_convs: Further convolutions at full size, with as many channels as the last.
        batch_norm: Whether to normalise over the batch, after the dense layer and each hidden
            convolution.
        pixel_norm: Whether to divide the channels of each pixel by the root of their mean square,
            at the same places. It looks at no other example of the batch.
        activation: The hidden activation, `"leaky_relu"`, `"relu"` or another Keras name.
        momentum: Of the moving statistics of batch normalisation, in [0, 1).
        kernel_size: The side of the hidden kernels, odd.
        upsampling: `"fused"` or `"two_layers"`, as in `build_dcgan_generator`.
        initial_weights: `"keras"`, or `"normal"` for N(0, 0.02).

    Returns:
        An uncompiled `keras.Model` from (batch, latent_dim) to images in (-1, 1).

    Raises:
        ValueError: If a size does not fit, or an option is unknown.

    Source: pixel norm: Karras et al. 2018, Progressive growing of GANs, section 4.2.

    Example:
        >>> build_fast_generator().output_shape
        (None, 28, 28, 1)

    Introduced in lesson 07.
    """
    check_sizes("latent_dim", [latent_dim])
    check_halving(image_shape)
    check_channels(channels, 3)
    check_share("momentum", momentum)
    height, width = image_shape[0] // 4, image_shape[1] // 4

    settings = {
        "activation": activation,
        "batch_norm": batch_norm,
        "momentum": momentum,
        "pixel_norm": pixel_norm,
    }
    z = keras.Input((latent_dim,), name="z")
    kernel = first_weights(initial_weights)
    x = layers.Dense(height * width * channels[0], kernel_initializer=kernel, name="dense")(z)
    x = layers.Reshape((height, width, channels[0]), name="grid")(x)
    x = norm_and_activate(x, 0, **settings)
    for number, filters in enumerate(channels[1:], start=1):
        x = upsample_conv(x, filters, kernel_size, number, upsampling, weights=initial_weights)
        x = norm_and_activate(x, number, **settings)
    extra = range(3, 3 + extra_convs)
    x = full_size_convs(x, extra, channels[-1], kernel_size, initial_weights, **settings)
    images = to_images(x, image_shape[2], "tanh", initial_weights)
    return keras.Model(z, images, name="fast_generator")


def build_fast_discriminator(
    image_shape=(28, 28, 1),
    *,
    channels=(16, 32, 64),
    shift=1,
    fill=-1.0,
    batch_norm=False,
    dropout=0.0,
    activation="leaky_relu",
    kernel_size=3,
    initial_weights="keras",
):
    """A small discriminator: random shifts, strided convolutions, one logit.

    Args:
        image_shape: (height, width, channels) of the images; both sides multiples of 4.
        channels: Channels after each convolution of stride 2.
        shift: The largest shift of what it sees, in pixels; 0 for none. See `RandomShift`.
        fill: The value of what moves in from outside, the background's.
        batch_norm: Whether to normalise after each convolution but the first.
        dropout: The share of the last activations silenced in training, in [0, 1).
        activation: `"leaky_relu"` (slope 0.2 below 0), `"relu"` or another Keras name.
        kernel_size: The side of the kernels.
        initial_weights: `"keras"`, or `"normal"` for N(0, 0.02).

    Returns:
        An uncompiled `keras.Model` from (batch, *image_shape) to logits (batch, 1).

    Raises:
        ValueError: If a size does not fit, or an option is unknown.

    Source: random shifts: Zhao et al. 2020, Differentiable augmentation for data-efficient GAN
    training.

    Example:
        >>> build_fast_discriminator().output_shape
        (None, 1)

    Introduced in lesson 07.
    """
    check_halving(image_shape)
    check_sizes("channels", channels)
    check_share("dropout", dropout)
    images = keras.Input(image_shape, name="images")
    x = RandomShift(shift, fill, name="shift")(images) if shift else images
    x = strided_convs(x, channels, kernel_size, initial_weights, activation, batch_norm)
    x = layers.Flatten(name="flatten")(x)
    if dropout:
        x = layers.Dropout(dropout, name="dropout")(x)
    logit = to_logit(x, initial_weights)
    return keras.Model(images, logit, name="fast_discriminator")
