"""The networks of lesson 06: dense layers from noise to pixels, and from pixels to one logit."""

import math

import gan_course.backend

import keras
from keras import layers

from gan_course.arguments import check_number, check_sizes, check_whole
from gan_course.models.checks import EXAMPLE


def build_dense_generator(latent_dim=100, hidden_units=(128, 256), image_shape=(28, 28, 1)):
    """A generator of dense layers: z → hidden ReLU layers → one sigmoid for each pixel.

    Args:
        latent_dim: The number of latent values, at least 1.
        hidden_units: The sizes of the hidden layers, from z to the image.
        image_shape: (height, width, channels) of the images.

    Returns:
        An uncompiled `keras.Model` from (batch, latent_dim) to (batch, *image_shape), with
        pixels in (0, 1).

    Raises:
        ValueError: If a size is not a positive whole number.

    Source: Goodfellow et al. 2014, section 5 (ReLU and sigmoid units in the generator).

    Example:
        >>> build_dense_generator(hidden_units=[100, 100]).output_shape
        (None, 28, 28, 1)

    Introduced in lesson 04.
    """
    check_whole("latent_dim", latent_dim)
    check_sizes("hidden_units", hidden_units)
    check_sizes("image_shape", image_shape, 3, EXAMPLE)
    z = keras.Input((latent_dim,), name="z")
    x = z
    for number, units in enumerate(hidden_units, start=1):
        x = layers.Dense(units, activation="relu", name=f"hidden_{number}")(x)
    pixels = math.prod(image_shape)
    x = layers.Dense(pixels, activation="sigmoid", dtype="float32", name="pixels")(x)
    images = layers.Reshape(image_shape, dtype="float32", name="images")(x)
    return keras.Model(z, images, name="dense_generator")


def build_dense_discriminator(image_shape=(28, 28, 1), hidden_units=(256, 128), dropout=0.4):
    """A discriminator of dense layers with dropout: pixels → hidden ReLU layers → one logit.

    Dropout silences a random share of the pixels and of the hidden units in training. Without it
    the discriminator learns a few thousand digits by heart, and has little to teach then.

    Args:
        image_shape: (height, width, channels) of the images.
        hidden_units: The sizes of the hidden layers, from the image to the logit.
        dropout: The share of pixels and hidden units that is silenced in training, in [0, 1).

    Returns:
        An uncompiled `keras.Model` from (batch, *image_shape) to (batch, 1). The output is a
        logit: positive means "real", negative "fake", and sigmoid of it is the probability D(x).

    Raises:
        ValueError: If a size is not a positive whole number, or the dropout is not a share.

    Source: Goodfellow et al. 2014, section 5: dropout in the discriminator. The paper's hidden
    units are maxout, these are ReLU.

    Example:
        >>> build_dense_discriminator(hidden_units=[100, 100]).output_shape
        (None, 1)

    Introduced in lesson 04.
    """
    check_number("dropout", dropout, least=0, below=1)
    check_sizes("hidden_units", hidden_units)
    check_sizes("image_shape", image_shape, 3, EXAMPLE)
    images = keras.Input(image_shape, name="images")
    x = layers.Flatten(name="flatten")(images)
    x = layers.Dropout(dropout, name="dropout_0")(x)
    for number, units in enumerate(hidden_units, start=1):
        x = layers.Dense(units, activation="relu", name=f"hidden_{number}")(x)
        x = layers.Dropout(dropout, name=f"dropout_{number}")(x)
    logit = layers.Dense(1, dtype="float32", name="logit")(x)
    return keras.Model(images, logit, name="dense_discriminator")
