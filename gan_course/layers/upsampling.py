"""Nearest upsampling and a convolution, computed as one transposed convolution."""

import gan_course.backend

import keras
from keras import ops

from gan_course.arguments import check_whole


def tie_kernel(kernel, transposed=False):
    """Turn a k×k kernel into the (k+1)×(k+1) kernel of the equal stride-2 transposed convolution.

    Upsampling by 2 repeats every pixel: row m becomes rows 2m and 2m + 1. A convolution over the
    result meets each pixel with two neighbouring kernel rows, so their weights can be added before
    they are used. With flip(K) the kernel turned by half a turn, in one dimension:

        T[t] = flip(K)[t] + flip(K)[t − 1]        t = 0 … k, and 0 outside K

    and the same along the columns. The weights of T are tied: (k+1)² numbers made of k².

    Args:
        kernel: Shape (k, k, in, out), k odd; with `transposed`, (k, k, out, in).
        transposed: Whether the kernel belongs to a transposed convolution of stride 1, which is a
            convolution with flip(K).

    Returns:
        A tensor of shape (k + 1, k + 1, out, in), as `keras.ops.conv_transpose` takes it.

    Example:
        >>> tie_kernel(np.ones((3, 3, 1, 1)))[:, :, 0, 0]    # rows [1 2 2 1], [2 4 4 2], …
    """
    if not transposed:
        kernel = ops.transpose(ops.flip(kernel, (0, 1)), (0, 1, 3, 2))
    none, before, after = (0, 0), (1, 0), (0, 1)
    rows = ops.pad(kernel, (before, none, none, none)) + ops.pad(kernel, (after, none, none, none))
    return ops.pad(rows, (none, before, none, none)) + ops.pad(rows, (none, after, none, none))


@keras.saving.register_keras_serializable(package="gan_course")
class UpsampleConv2D(keras.Layer):
    """Doubles height and width by repeating pixels, then convolves: both in one operation.

    The outputs and gradients are those of `UpSampling2D(2)` followed by `Conv2D(filters,
    kernel_size, padding="same")`, to rounding. The weights have the same shapes and the same
    order, so that they move between the two forms with `get_weights` and `set_weights`. Of the
    multiplications, k² for each upsampled pixel, the single transposed convolution needs
    ((k + 1) / 2)²: 4 of 9 for a 3×3 kernel.

    Args:
        filters: The number of channels that come out.
        kernel_size: The side k of the kernel, odd.
        transposed: Whether the second half is `Conv2DTranspose(filters, kernel_size)` of stride 1
            instead of `Conv2D`: the same operation with its kernel flipped, stored in the shape
            (k, k, out, in).
        kernel_initializer: A Keras initializer.
        **kwargs: `name` and `dtype` of the layer.

    Input: (batch, height, width, in). Output: (batch, 2·height, 2·width, filters).

    Raises:
        ValueError: If the kernel size is even or a size is no positive whole number.

    Source: the construction is the course's own; Odena, Dumoulin & Olah 2016, Deconvolution and
    checkerboard artifacts, is why nearest upsampling comes first.

    Example:
        >>> x = UpsampleConv2D(64, 3)(x)  # (batch, 7, 7, 128) → (batch, 14, 14, 64)

    Introduced in lesson 07.
    """

    def __init__(
        self,
        filters,
        kernel_size=3,
        *,
        transposed=False,
        kernel_initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        filters, kernel_size = (
            check_whole("filters", filters),
            check_whole("kernel_size", kernel_size),
        )
        if kernel_size % 2 == 0:
            raise ValueError(
                f"kernel_size is {kernel_size}; it must be odd, so that the kernel has a middle: "
                f"use {kernel_size - 1} or {kernel_size + 1}."
            )
        self.filters, self.kernel_size, self.transposed = filters, kernel_size, transposed
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.input_spec = keras.InputSpec(ndim=4)

    def build(self, input_shape):
        """Make the kernel and the bias.

        Args:
            input_shape: (batch, height, width, in).
        """
        ends = (input_shape[-1], self.filters)
        self.kernel = self.add_weight(
            shape=(self.kernel_size,) * 2 + (ends[::-1] if self.transposed else ends),
            initializer=self.kernel_initializer,
            name="kernel",
        )
        self.bias = self.add_weight(shape=(self.filters,), initializer="zeros", name="bias")
        self.input_spec = keras.InputSpec(ndim=4, axes={-1: input_shape[-1]})

    def call(self, inputs):
        """Return the upsampled and convolved inputs.

        Args:
            inputs: Shape (batch, height, width, in).

        Returns:
            Shape (batch, 2·height, 2·width, filters).
        """
        kernel = tie_kernel(self.kernel, self.transposed)  # (k+1, k+1, filters, in)
        outputs = ops.conv_transpose(
            inputs, kernel, strides=2, padding="same", data_format="channels_last"
        )
        return ops.add(outputs, self.bias)

    def get_config(self):
        """Return the arguments that make this layer again, as a dict that JSON can hold."""
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "transposed": self.transposed,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }
