"""Networks that learn a velocity: from where something is, and when, to where it goes."""

import math

import gan_course.backend

import keras
import numpy as np
from keras import layers, ops

from gan_course.arguments import check_sizes, check_whole
from gan_course.models.blocks import activate
from gan_course.models.checks import check_image_shape

WAVES = 8  # sines and cosines each in which a time is written


@keras.saving.register_keras_serializable(package="gan_course")
class TimeWaves(keras.Layer):
    """Writes a time t in [0, 1] as cos(2ᵏ π t / 2) and sin(2ᵏ π t / 2), for k from 0 to 7.

    A network tells two near times apart in the fast waves, and two far ones in the slow.

    Input: (batch, 1). Output: (batch, 16).
    """

    def call(self, time):
        """Return the waves.

        Args:
            time: t, shape (batch, 1).
        """
        angles = time * (0.5 * math.pi * 2.0 ** np.arange(WAVES, dtype=np.float32))
        return ops.concatenate([ops.cos(angles), ops.sin(angles)], axis=-1)


def build_flow_network(image_shape=(28, 28, 1), *, channels=(16, 24, 32)):
    """A small U-Net for images: down twice, up twice, with a bridge at each size.

    The time is added to the channels at each size. About as many weights as the small generator
    has, so that the two can be set beside each other.

    Args:
        image_shape: As in `check_image_shape`.
        channels: Channels at full, half and quarter size.

    Returns:
        An uncompiled `keras.Model` from [images, time] of shapes (batch, *image_shape) and
        (batch, 1) to velocities (batch, *image_shape).

    Raises:
        ValueError: If a size does not fit.

    Source: the shape: Ronneberger et al. 2015, U-Net; as the network of a diffusion: Ho et al.
    2020, appendix B, here with far fewer weights and no attention.

    Example:
        >>> build_flow_network().output_shape
        (None, 28, 28, 1)
    """
    shape = check_image_shape(image_shape)
    full, half, quarter = check_sizes("channels", channels, 3)
    images, time = keras.Input(shape, name="images"), keras.Input((1,), name="time")
    when = layers.Dense(64, name="time_dense")(TimeWaves(name="waves")(time))
    when = activate("silu", "time_activation")(when)

    def block(x, filters, name, strides=1):
        x = layers.Conv2D(filters, 3, strides=strides, padding="same", name=f"{name}_conv")(x)
        x = layers.RMSNormalization(name=f"{name}_norm")(x)
        moved = layers.Dense(filters, name=f"{name}_time")(when)
        x = layers.Add(name=f"{name}_add")([x, layers.Reshape((1, 1, filters))(moved)])
        return activate("silu", f"{name}_activation")(x)

    first = block(images, full, "full_down")
    second = block(first, half, "half_down", strides=2)
    x = block(second, quarter, "quarter_down", strides=2)
    x = block(x, quarter, "quarter")
    x = layers.UpSampling2D(name="half_up_size")(x)
    x = block(layers.Concatenate(name="half_bridge")([x, second]), half, "half_up")
    x = layers.UpSampling2D(name="full_up_size")(x)
    x = block(layers.Concatenate(name="full_bridge")([x, first]), full, "full_up")
    x = layers.Conv2D(shape[-1], 3, padding="same", dtype="float32", name="velocity")(x)
    return keras.Model([images, time], x, name="flow_network")


def build_point_flow(dimensions=2, hidden_units=(64, 64)):
    """A network that learns a velocity in the plane or on the line.

    Args:
        dimensions: The number of coordinates of a point.
        hidden_units: The sizes of the hidden layers.

    Returns:
        An uncompiled `keras.Model` from [points, time] of shapes (batch, dimensions) and
        (batch, 1) to velocities (batch, dimensions).

    Raises:
        ValueError: If a size is not a positive whole number.

    Example:
        >>> build_point_flow().output_shape
        (None, 2)
    """
    points = keras.Input((check_whole("dimensions", dimensions),), name="points")
    time = keras.Input((1,), name="time")
    x = layers.Concatenate(name="both")([points, TimeWaves(name="waves")(time)])
    for number, units in enumerate(check_sizes("hidden_units", hidden_units), start=1):
        x = layers.Dense(units, activation="silu", name=f"hidden_{number}")(x)
    velocity = layers.Dense(dimensions, dtype="float32", name="velocity")(x)
    return keras.Model([points, time], velocity, name="point_flow")
