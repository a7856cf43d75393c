"""An encoder as small as the course's own discriminator: from an image to a short code."""

import gan_course.backend

import keras
from keras import layers

from gan_course.arguments import check_sizes, check_whole
from gan_course.models.blocks import strided_convs
from gan_course.models.checks import check_image_shape


def build_encoder(latent_dim=32, image_shape=(28, 28, 1), *, channels=(16, 32, 64)):
    """An encoder: strided convolutions → one number for each value of the code, without a bound.

    Args:
        latent_dim: How many numbers it returns, at least 1; a variational autoencoder needs two
            for each value of its code, a mean and a log-variance.
        image_shape: As in `check_image_shape`.
        channels: Channels after each convolution of stride 2.

    Returns:
        An uncompiled `keras.Model` from (batch, *image_shape) to (batch, latent_dim).

    Raises:
        ValueError: If a size does not fit.

    Example:
        >>> build_encoder(16).output_shape
        (None, 16)
    """
    latent_dim = check_whole("latent_dim", latent_dim)
    images = keras.Input(check_image_shape(image_shape), name="images")
    x = strided_convs(images, check_sizes("channels", channels))
    code = layers.Dense(latent_dim, dtype="float32", name="code")(x)
    return keras.Model(images, code, name="encoder")
