"""The pieces that convolutional networks share: first weights, activations, groups of layers."""

import gan_course.backend

import keras
from keras import layers

from gan_course.layers import Pack, RandomShift, UpsampleConv2D
from gan_course.names import look_up

LEAK = 0.2  # LeakyReLU's slope below 0, as in Radford et al. 2015, section 3


def first_weights(name):
    """Return a new initializer for the kernel of one layer.

    Args:
        name: `"keras"` for Keras' default (Glorot uniform), `"normal"` for N(0, 0.02), the rule
            of Radford et al. 2015, section 4. The number is the standard deviation.

    Returns:
        A Keras initializer. Ask for a new one for each layer: one object draws the same numbers
        again.

    Raises:
        ValueError: If the name is neither.
    """
    makers = {
        "keras": keras.initializers.GlorotUniform,
        "normal": lambda: keras.initializers.RandomNormal(stddev=0.02),
    }
    return look_up(makers, name, "first weights")()


def activate(activation, name):
    """Return an activation as a layer of its own.

    Args:
        activation: `"leaky_relu"` (slope 0.2 below 0), `"relu"`, or another Keras name such as
            `"tanh"`.
        name: The layer's name.

    Returns:
        A Keras layer.
    """
    if activation == "leaky_relu":
        return layers.LeakyReLU(negative_slope=LEAK, name=name)
    return layers.Activation(activation, name=name)


def norm_and_activate(x, number, activation, norm=None):
    """Normalise where asked for, and activate.

    Args:
        x: A Keras tensor.
        number: The number at the end of the layers' names, `norm_1` and `activation_1`.
        activation: As in `activate`.
        norm: A function from a name to a new layer that normalises, or None.

    Returns:
        A Keras tensor of the same shape.
    """
    if norm is not None:
        x = norm(name=f"norm_{number}")(x)
    return activate(activation, f"activation_{number}")(x)


def upsample_conv(x, filters, kernel_size, number, transposed=False, weights="keras"):
    """Double height and width by repeating pixels, and convolve, both in one layer.

    Args:
        x: A Keras tensor (batch, height, width, in).
        filters: Channels that come out.
        kernel_size: The side of the kernel, odd.
        number: The number at the end of the layer's name, `conv_1`.
        transposed: Whether the convolution is a transposed one of stride 1.
        weights: The first weights, as in `first_weights`.

    Returns:
        A Keras tensor (batch, 2·height, 2·width, filters).
    """
    return UpsampleConv2D(
        filters,
        kernel_size,
        transposed=transposed,
        kernel_initializer=first_weights(weights),
        name=f"conv_{number}",
    )(x)


def shifted(images, pixels):
    """Shift images at random in training, the first layer of a small discriminator.

    What moves in from outside is black for grey images, which continues the background of digits,
    and the picture's own edge, mirrored, for colour.

    Args:
        images: A Keras tensor (batch, height, width, channels) in [-1, 1].
        pixels: The largest shift; 0 for none.

    Returns:
        A Keras tensor of the same shape.
    """
    fill = -1.0 if images.shape[-1] == 1 else None
    return RandomShift(pixels, fill, name="shift")(images) if pixels else images


def packed(examples, packing):
    """Pack examples by so many, after what is done to each of them alone.

    Args:
        examples: A Keras tensor (batch, …, channels).
        packing: How many make a pack; 1 for none.

    Returns:
        A Keras tensor (batch / packing, …, packing · channels).
    """
    return Pack(packing, name="pack")(examples) if packing > 1 else examples


def spectral(layer):
    """Return a layer whose kernel is divided by its largest singular value, estimated as it trains.

    Args:
        layer: A Keras layer with a kernel.

    Returns:
        Keras' wrapper around it, of the same name.

    Source: Miyato et al. 2018, Spectral normalization for generative adversarial networks, section
    2.1 and algorithm 1.
    """
    return layers.SpectralNormalization(layer, name=layer.name)


def strided_convs(x, channels, wrap=None):
    """Halve the grid with each 3×3 convolution of stride 2, as a small discriminator does.

    Args:
        x: A Keras tensor (batch, height, width, in).
        channels: Channels after each convolution.
        wrap: A function from a layer to the layer that takes its place, such as `spectral`.

    Returns:
        A Keras tensor (batch, features).
    """
    for number, filters in enumerate(channels, start=1):
        conv = layers.Conv2D(filters, 3, strides=2, padding="same", name=f"conv_{number}")
        x = (wrap(conv) if wrap else conv)(x)
        x = activate("leaky_relu", f"activation_{number}")(x)
    return layers.Flatten(name="flatten")(x)


def to_images(x, channels, activation="tanh", weights="keras"):
    """End a generator: a 3×3 convolution to the image's channels, in float32.

    Args:
        x: A Keras tensor (batch, height, width, in).
        channels: Channels of the image.
        activation: `"tanh"` for images in [-1, 1], `"sigmoid"` for [0, 1].
        weights: The first weights, as in `first_weights`.

    Returns:
        A Keras tensor (batch, height, width, channels).

    Raises:
        ValueError: If the activation is neither.
    """
    look_up({"tanh": 1, "sigmoid": 1}, activation, "output activation")
    return layers.Conv2D(
        channels,
        3,
        padding="same",
        activation=activation,
        kernel_initializer=first_weights(weights),
        dtype="float32",
        name="images",
    )(x)


def to_logit(x, weights="keras", wrap=None):
    """End a discriminator: one logit, in float32.

    Args:
        x: A Keras tensor (batch, features).
        weights: The first weights, as in `first_weights`.
        wrap: As in `strided_convs`.

    Returns:
        A Keras tensor (batch, 1).
    """
    kernel = first_weights(weights)
    logit = layers.Dense(1, kernel_initializer=kernel, dtype="float32", name="logit")
    return (wrap(logit) if wrap else logit)(x)
