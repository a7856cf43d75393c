"""The pieces that convolutional networks share: first weights, activations, groups of layers."""

import gan_course.backend

import keras
from keras import layers

from gan_course.layers import FusedBatchNormalization, UpsampleConv2D
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

    Introduced in lesson 07.
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


def upsample_conv(x, filters, kernel_size, number, form="fused", transposed=False, weights="keras"):
    """Double height and width by repeating pixels, then convolve: in one layer or in two.

    Both forms hold the same weights in the same order.

    Args:
        x: A Keras tensor (batch, height, width, in).
        filters: Channels that come out.
        kernel_size: The side of the kernel, odd.
        number: The number at the end of the layers' names, `upsample_1` and `conv_1`.
        form: `"fused"` for `UpsampleConv2D`, `"two_layers"` for `UpSampling2D` and a convolution.
        transposed: Whether the convolution is a transposed one of stride 1.
        weights: The first weights, `"keras"` or `"normal"`.

    Returns:
        A Keras tensor (batch, 2·height, 2·width, filters).

    Raises:
        ValueError: If the form is neither.

    Introduced in lesson 07.
    """
    name, initializer = f"conv_{number}", first_weights(weights)
    if look_up({"fused": True, "two_layers": False}, form, "form of upsampling"):
        return UpsampleConv2D(
            filters,
            kernel_size,
            transposed=transposed,
            kernel_initializer=initializer,
            name=name,
        )(x)
    x = layers.UpSampling2D(2, name=f"upsample_{number}")(x)
    convolution = layers.Conv2DTranspose if transposed else layers.Conv2D
    return convolution(
        filters, kernel_size, padding="same", kernel_initializer=initializer, name=name
    )(x)


def norm_and_activate(
    x, number, activation, batch_norm=True, momentum=0.9, fused=True, pixel_norm=False
):
    """Normalise over the batch or each pixel's channels, where asked for, and activate.

    Args:
        x: A Keras tensor.
        number: The number at the end of the layers' names, `norm_1` and `activation_1`.
        activation: As in `activate`.
        batch_norm: Whether to normalise over the batch.
        momentum: Of the moving statistics.
        fused: Whether to compute it in one operation; Keras' own layer otherwise.
        pixel_norm: Whether to divide the channels of each pixel by the root of their mean square,
            which looks at no other example. A learned factor for each channel follows.

    Returns:
        A Keras tensor of the same shape.
    """
    if batch_norm:
        norm = FusedBatchNormalization if fused else layers.BatchNormalization
        x = norm(momentum=momentum, name=f"norm_{number}")(x)
    if pixel_norm:
        x = layers.RMSNormalization(name=f"pixel_norm_{number}")(x)
    return activate(activation, f"activation_{number}")(x)


def full_size_convs(x, numbers, filters, kernel_size, weights, **settings):
    """Convolve at full size: a 3×3 or larger convolution for each number, normalised, activated.

    Args:
        x: A Keras tensor (batch, height, width, in).
        numbers: The numbers at the end of the layers' names.
        filters: Channels of each.
        kernel_size: The side of the kernels.
        weights: The first weights, `"keras"` or `"normal"`.
        **settings: Arguments of `norm_and_activate`.

    Returns:
        A Keras tensor (batch, height, width, filters).
    """
    for number in numbers:
        kernel, name = first_weights(weights), f"conv_{number}"
        x = layers.Conv2D(
            filters, kernel_size, padding="same", kernel_initializer=kernel, name=name
        )(x)
        x = norm_and_activate(x, number, **settings)
    return x


def strided_convs(x, channels, kernel_size, weights, activation, batch_norm=False):
    """Halve the grid with each convolution of stride 2, as a discriminator does.

    Args:
        x: A Keras tensor (batch, height, width, in).
        channels: Channels after each convolution.
        kernel_size: The side of the kernels.
        weights: The first weights, `"keras"` or `"normal"`.
        activation: As in `activate`.
        batch_norm: Whether to normalise after each convolution but the first.

    Returns:
        A Keras tensor.
    """
    for number, filters in enumerate(channels, start=1):
        x = layers.Conv2D(
            filters,
            kernel_size,
            strides=2,
            padding="same",
            kernel_initializer=first_weights(weights),
            name=f"conv_{number}",
        )(x)
        x = norm_and_activate(x, number, activation, batch_norm and number > 1)
    return x


def to_images(x, channels, activation, weights="keras"):
    """End a generator: a 3×3 convolution to the image's channels, in float32.

    Args:
        x: A Keras tensor (batch, height, width, in).
        channels: Channels of the image.
        activation: `"tanh"` for images in [-1, 1], `"sigmoid"` for [0, 1].
        weights: The first weights, `"keras"` or `"normal"`.

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


def to_logit(x, weights="keras"):
    """End a discriminator: one logit, in float32.

    Args:
        x: A Keras tensor (batch, features).
        weights: The first weights, `"keras"` or `"normal"`.

    Returns:
        A Keras tensor (batch, 1).
    """
    kernel = first_weights(weights)
    return layers.Dense(1, kernel_initializer=kernel, dtype="float32", name="logit")(x)
