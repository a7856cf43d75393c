"""The `build_*` networks of the lessons: uncompiled Keras models, written with the functional API.

Every generator maps latent vectors `z` (batch, latent_dim) to images; every discriminator maps
images to one logit each. Outputs are float32 even under mixed precision.
"""

import math

import gan_course.backend

import keras
import numpy as np
from keras import layers, ops

from gan_course.names import look_up


def check_sizes(name, sizes):
    """Raise an error unless `sizes` is a list or tuple of positive whole numbers.

    Args:
        name: The argument's name, for the message.
        sizes: What was given.

    Raises:
        ValueError: If it is anything else; the message shows an example.
    """
    whole = isinstance(sizes, list | tuple) and all(
        isinstance(size, int) and not isinstance(size, bool) and size > 0 for size in sizes
    )
    if not whole:
        raise ValueError(
            f"{name} is {sizes!r}; it must be a list of positive whole numbers, "
            f"one for each layer or axis, such as {name}=[256, 512]."
        )


def check_share(name, value):
    """Raise an error unless `value` is a number in [0, 1).

    Args:
        name: The argument's name, for the message.
        value: What was given.

    Raises:
        ValueError: If it is anything else.
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1:
        raise ValueError(f"{name} is {value!r}; it must be a number in [0, 1), such as 0.5.")


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

    Introduced in lesson 06.
    """
    check_sizes("latent_dim", [latent_dim])
    check_sizes("hidden_units", hidden_units)
    check_sizes("image_shape", image_shape)
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

    Introduced in lesson 06.
    """
    check_sizes("image_shape", image_shape)
    check_sizes("hidden_units", hidden_units)
    check_share("dropout", dropout)
    images = keras.Input(image_shape, name="images")
    x = layers.Flatten(name="flatten")(images)
    x = layers.Dropout(dropout, name="dropout_0")(x)
    for number, units in enumerate(hidden_units, start=1):
        x = layers.Dense(units, activation="relu", name=f"hidden_{number}")(x)
        x = layers.Dropout(dropout, name=f"dropout_{number}")(x)
    logit = layers.Dense(1, dtype="float32", name="logit")(x)
    return keras.Model(images, logit, name="dense_discriminator")


def check_pair(generator, discriminator, image_shape):
    """Raise an error unless the two networks and the images fit together.

    Args:
        generator: A Keras model from (batch, latent_dim) to images.
        discriminator: A Keras model from images to (batch, 1).
        image_shape: (height, width, channels) of the real images.

    Raises:
        ValueError: If a shape differs; the message says which argument to change.

    Introduced in lesson 06.
    """
    image_shape = tuple(image_shape)
    made, judged = tuple(generator.output_shape[1:]), tuple(discriminator.input_shape[1:])
    if made != image_shape:
        raise ValueError(
            f"The generator makes images of shape {made}, but the data has {image_shape}: "
            f"build the generator with image_shape={image_shape}, or change the data."
        )
    if judged != image_shape:
        raise ValueError(
            f"The discriminator takes images of shape {judged}, but the data has {image_shape}: "
            f"build the discriminator with image_shape={image_shape}, or change the data."
        )
    if tuple(discriminator.output_shape[1:]) != (1,):
        raise ValueError(
            f"The discriminator returns shape {tuple(discriminator.output_shape)}, but it must "
            "return one logit an image, shape (None, 1): end it with layers.Dense(1)."
        )


def sample_latent(count, latent_dim, seed=0, noise="normal"):
    """Draw latent vectors that are the same on every machine.

    Args:
        count: How many, at least 1.
        latent_dim: The length of each.
        seed: The seed; the same seed gives the same vectors.
        noise: `"normal"` for N(0, 1), `"uniform"` for U(−1, 1).

    Returns:
        float32, shape (count, latent_dim).

    Raises:
        ValueError: If the noise is neither of the two.

    Introduced in lesson 06.
    """
    random = np.random.default_rng(seed)
    draw = {"normal": random.standard_normal, "uniform": lambda shape: random.uniform(-1, 1, shape)}
    return look_up(draw, noise, "noise")((count, latent_dim)).astype(np.float32)


def generate(generator, z, batch_size=500):
    """Turn latent vectors into images, in batches, with the network in inference mode.

    Args:
        generator: A Keras model from (batch, latent_dim) to images.
        z: Latent vectors, shape (n, latent_dim).
        batch_size: Images made at a time.

    Returns:
        float32, shape (n, height, width, channels).

    Raises:
        ValueError: If the vectors have another length than the generator takes.

    Introduced in lesson 00.
    """
    z = np.asarray(z, dtype=np.float32)
    latent_dim = generator.input_shape[-1]
    if z.ndim != 2 or z.shape[1] != latent_dim:
        raise ValueError(
            f"The latent vectors have shape {z.shape}, but this generator takes vectors of length "
            f"{latent_dim}: pass an array of shape (n, {latent_dim})."
        )
    parts = [
        generator(z[start : start + batch_size], training=False)
        for start in range(0, len(z), batch_size)
    ]
    return np.concatenate([ops.convert_to_numpy(part) for part in parts])
