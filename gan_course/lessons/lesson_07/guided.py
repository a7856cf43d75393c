"""What excites a unit of a discriminator: guided backpropagation to the pixels."""

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf

from gan_course.names import look_up


@tf.custom_gradient
def guided_leaky_relu(x):
    """LeakyReLU on the way up; on the way down only what speaks for the unit passes.

    Args:
        x: A tensor.

    Returns:
        LeakyReLU(x) with slope 0.2 below 0. Its gradient passes where x > 0 *and* the gradient from
        above is positive, and is 0 elsewhere.

    Source: Springenberg et al. 2015, Striving for simplicity, figure 1, there for ReLU. For a
    LeakyReLU what lies below 0 is treated as a ReLU treats it.

    Introduced in lesson 07.
    """

    def backward(from_above):
        return from_above * tf.cast(x > 0, x.dtype) * tf.cast(from_above > 0, x.dtype)

    return tf.nn.leaky_relu(x, 0.2), backward


def responses_of(discriminator, images, layer_name, activation=None):
    """Return what a layer answers to images.

    Args:
        discriminator: A Keras model whose layers follow one another in a line.
        images: (n, height, width, channels), in the range that it was trained on.
        layer_name: A layer's name, such as `"activation_3"`.
        activation: What to compute in place of each LeakyReLU, a function of a tensor; for the
            same values and other gradients. None leaves the layers as they are.

    Returns:
        A tensor (n, rows, columns, units), the layer's output in inference mode.

    Raises:
        ValueError: If there is no such layer; the message lists those that there are.

    Example:
        >>> responses_of(load_discriminator("fast_long"), images, "activation_3").shape
        TensorShape([8, 4, 4, 64])

    Introduced in lesson 07.
    """
    check_layer(discriminator, layer_name)
    x = tf.convert_to_tensor(images)
    for layer in discriminator.layers[1:]:  # the first is the input
        swapped = activation is not None and isinstance(layer, keras.layers.LeakyReLU)
        x = activation(x) if swapped else layer(x, training=False)
        if layer.name == layer_name:
            return x


def strongest_images(discriminator, images, layer_name, units):
    """Return, for each unit, the index of the image that it answers to most.

    Args:
        discriminator: As in `responses_of`.
        images: (n, height, width, channels).
        layer_name: A convolutional layer or its activation.
        units: Which channels.

    Returns:
        int64 (len(units),).

    Introduced in lesson 07.
    """
    parts = [
        np.asarray(responses_of(discriminator, images[start : start + 500], layer_name))
        for start in range(0, len(images), 500)
    ]
    best = np.concatenate([part.max(axis=(1, 2)) for part in parts])  # (n, units), over all places
    return best[:, list(units)].argmax(axis=0)


def guided_gradients(discriminator, images, layer_name, units):
    """Return which pixels of each image speak for its unit, by guided backpropagation.

    Args:
        discriminator: As in `responses_of`.
        images: One image for each unit, (len(units), height, width, channels).
        layer_name: A convolutional layer's activation.
        units: Which channel of it, for each image; its strongest place counts.

    Returns:
        float32, the shape of `images`: positive where a brighter pixel would excite the unit more.

    Raises:
        ValueError: If there is not one unit for each image.

    Source: Springenberg et al. 2015; Radford et al. 2015, figure 5.

    Introduced in lesson 07.
    """
    check_one_image_a_unit(images, units)
    pixels = tf.convert_to_tensor(images)
    with tf.GradientTape() as tape:
        tape.watch(pixels)
        answers = responses_of(discriminator, pixels, layer_name, guided_leaky_relu)
        best = tf.reduce_max(answers, axis=(1, 2))  # (n, channels): the strongest place
        strongest = tf.gather(best, units, axis=1, batch_dims=1)  # (n,): image i, unit i
    return tape.gradient(strongest, pixels).numpy()


def check_layer(discriminator, layer_name):
    """Raise an error unless the network has a layer of that name; it suggests the nearest."""
    look_up({layer.name: layer for layer in discriminator.layers}, layer_name, "layer")


def check_one_image_a_unit(images, units):
    """Raise an error unless there is one image for each unit."""
    if len(images) != len(units):
        raise ValueError(
            f"Received {len(images)} images and {len(units)} units; expected one image for each "
            "unit. strongest_images finds the index of one for each."
        )
