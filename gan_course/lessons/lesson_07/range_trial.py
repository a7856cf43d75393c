"""How a check finds out between which two values a generator's pixels can lie."""

import numpy as np

from gan_course.exercises.answers import Wrong
from gan_course.exercises.expectations import expect
from gan_course.tables import number

ENDLESS = 1000.0  # with huge weights, an output without an end goes far beyond this


def check_generator(generator):
    """Raise a verdict unless the answer is a generator of 28×28 images that fill [−1, 1].

    Args:
        generator: What the learner's function returned.

    Raises:
        Wrong: If it is no such model; the message names the likely mistake.
    """
    import keras

    expect(
        isinstance(generator, keras.Model),
        "Expected a Keras model. End the function with `return keras.Model(z, images)`.",
    )
    shape = tuple(generator.output_shape)
    expect(
        shape == (None, 28, 28, 1),
        f"Expected images of shape (None, 28, 28, 1); the output has {shape}. Two upsamplings lead "
        "from 7×7 to 28×28.",
    )
    low, high = reach(generator)
    if low < -ENDLESS and high > ENDLESS:
        raise Wrong("The output has no ends: it can be any number. Real pixels end at −1 and 1.")
    if low > -0.001 and high > ENDLESS:
        raise Wrong(
            "As behind a ReLU, nothing is below 0, and there is no upper end. What has both?"
        )
    if high > ENDLESS or low < -ENDLESS:
        raise Wrong("The output has one end only, and real pixels have two: −1 and 1.")
    if low > -0.001 and high > 1.001:
        raise Wrong(f"Stretched, the output reaches as far as {high:.4g}, and still not below 0.")
    if low > -0.001:
        raise Wrong(
            f"The pixels go from {max(low, 0.0):.2f} to {high:.2f}, not below 0. The background of "
            "a real digit is −1: the discriminator needs to look at one pixel only."
        )
    expect(
        -1.01 < low < -0.99 and 0.99 < high < 1.01,
        f"The pixels can go from {number(low, '.2f')} to {number(high, '.2f')}; the real ones go "
        "from −1 to 1.",
    )


def reach(generator):
    """Make the last convolution's weights huge, and return the smallest and the largest pixel.

    Args:
        generator: A Keras model; its last convolution is changed.

    Returns:
        Two floats.

    Raises:
        Wrong: If there is no convolution in it.
    """
    kernels = [each for each in generator.trainable_variables if len(each.shape) == 4]
    expect(kernels, "Expected convolutions in the generator; found none.")
    kernels[-1].assign(1e6 * kernels[-1])
    z = np.random.default_rng(0).standard_normal((64, generator.input_shape[-1]))
    images = np.asarray(generator(z.astype(np.float32), training=False))
    return float(images.min()), float(images.max())


def small_generator(activation, scale=1.0):
    """Return a generator of 28×28 images that ends in an activation, stretched by `scale`."""
    import keras
    from keras import layers

    z = keras.Input((16,))
    x = layers.Reshape((7, 7, 2))(layers.Dense(98)(z))
    x = layers.Conv2D(2, 3, padding="same", activation="relu")(layers.UpSampling2D(2)(x))
    x = layers.Conv2D(1, 3, padding="same")(layers.UpSampling2D(2)(x))
    x = layers.Activation(activation)(x)
    return keras.Model(z, layers.Rescaling(scale)(x) if scale != 1.0 else x)
