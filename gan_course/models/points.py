"""The small networks of lesson 05, for points on a line or in a plane."""

import gan_course.backend

import keras
from keras import layers

from gan_course.arguments import check_sizes, check_whole
from gan_course.models.blocks import packed


def build_point_generator(latent_dim=2, hidden_units=(64, 64), dimensions=2, activation="relu"):
    """A generator of points: z → hidden layers → coordinates, with no bound on them.

    Without hidden layers it is an affine map, x = W z + b. Then normal noise gives a normal
    density, N(b, W Wᵀ): one of the few generators whose p_g can be written down.

    Args:
        latent_dim: The number of latent values, at least 1.
        hidden_units: The sizes of the hidden layers; an empty list for an affine map.
        dimensions: The number of coordinates of a point, 1 or 2 in this course.
        activation: The hidden layers' activation, a Keras name such as `"relu"` or `"tanh"`.

    Returns:
        An uncompiled `keras.Model` from (batch, latent_dim) to (batch, dimensions).

    Raises:
        ValueError: If a size is not a positive whole number.

    Example:
        >>> build_point_generator().output_shape
        (None, 2)
    """
    latent_dim = check_whole("latent_dim", latent_dim)
    dimensions = check_whole("dimensions", dimensions)
    z = keras.Input((latent_dim,), name="z")
    x = z
    for number, units in enumerate(check_sizes("hidden_units", hidden_units), start=1):
        x = layers.Dense(units, activation=activation, name=f"hidden_{number}")(x)
    points = layers.Dense(dimensions, dtype="float32", name="points")(x)
    return keras.Model(z, points, name="point_generator")


def build_point_discriminator(dimensions=2, hidden_units=(64, 64), activation="relu", packing=1):
    """A discriminator of points: coordinates → hidden layers → one logit.

    Args:
        dimensions: The number of coordinates of a point.
        hidden_units: The sizes of the hidden layers.
        activation: The hidden layers' activation, a Keras name such as `"relu"` or `"tanh"`.
        packing: How many points share one verdict; 1 for each its own. See `layers.Pack`.

    Returns:
        An uncompiled `keras.Model` from (batch, dimensions) to (batch / packing, 1): logits.

    Raises:
        ValueError: If a size is not a positive whole number.

    Example:
        >>> build_point_discriminator().output_shape
        (None, 1)
    """
    points = keras.Input((check_whole("dimensions", dimensions),), name="points")
    x = packed(points, check_whole("packing", packing))
    for number, units in enumerate(check_sizes("hidden_units", hidden_units), start=1):
        x = layers.Dense(units, activation=activation, name=f"hidden_{number}")(x)
    logit = layers.Dense(1, dtype="float32", name="logit")(x)
    return keras.Model(points, logit, name="point_discriminator")
