"""Transposed convolution of one grid of numbers: its stamps, its matrix, its uneven overlaps.

A convolution gathers: each output pixel is a weighted sum of the k×k input pixels below it. A
transposed convolution scatters: each input pixel stamps a copy of the k×k kernel, times its own
value, into a larger output, and where stamps overlap they add up. As everywhere in deep learning,
"convolution" means that the kernel is laid on without being flipped.
"""

import math

import numpy as np

from gan_course.arguments import check_array, check_shape, check_whole, refusal


def transposed_size(size, kernel_size, stride=1, padding=0):
    """The side of the output of a transposed convolution: stride · (size − 1) + k − 2 · padding.

    The first stamp covers k pixels, each further one begins `stride` pixels later, and `padding`
    pixels are cut off at both ends.

    Args:
        size: The side of the input, at least 1.
        kernel_size: The side k of the kernel, at least 1.
        stride: Output pixels from one stamp to the next, at least 1.
        padding: Output pixels cut off at each edge, at least 0.

    Returns:
        A whole number of at least 1.

    Raises:
        ValueError: If a number is no such whole number, or nothing would be left.

    Source: Dumoulin & Visin 2016, A guide to convolution arithmetic for deep learning, section 4.

    Example:
        >>> transposed_size(7, kernel_size=4, stride=2, padding=1)
        14

    Introduced in lesson 07.
    """
    for name, value in (("size", size), ("kernel_size", kernel_size), ("stride", stride)):
        check_whole(name, value)
    check_whole("padding", padding, least=0)
    left = stride * (size - 1) + kernel_size - 2 * padding
    if left < 1:
        raise ValueError(
            f"padding is {padding}, and cuts {2 * padding} of {left + 2 * padding} pixels off; "
            "expected at least one to be left. Take a smaller padding, or a larger kernel."
        )
    return left


def transposed_convolve(image, kernel, stride=1, padding=0):
    """Let each pixel of `image` stamp the kernel, times its value; add the stamps up.

    Args:
        image: An array (height, width).
        kernel: An array (k, k).
        stride: Output pixels from one stamp to the next.
        padding: Output pixels cut off at each edge afterwards.

    Returns:
        An array whose sides `transposed_size` gives.

    Raises:
        ValueError: If an array has another form or holds nan, or a number does not fit.

    Source: Dumoulin & Visin 2016, section 4.

    Example:
        >>> transposed_convolve(np.array([[1.0, 2.0]]), np.ones((2, 2)), stride=1)
        array([[1., 3., 2.],
               [1., 3., 2.]])

    Introduced in lesson 07.
    """
    check_operation(image, kernel, stride, padding)
    height, width = image.shape
    k = len(kernel)
    canvas = np.zeros((stride * (height - 1) + k, stride * (width - 1) + k))
    for i, j in np.ndindex(height, width):
        top, left = stride * i, stride * j
        canvas[top : top + k, left : left + k] += image[i, j] * kernel
    bottom, right = canvas.shape
    return canvas[padding : bottom - padding, padding : right - padding]


def convolve(image, kernel, stride=1, padding=0):
    """The convolution that `transposed_convolve` turns round: gather k×k pixels into one.

    Args:
        image: An array (height, width).
        kernel: An array (k, k), not flipped.
        stride: Input pixels from one place of the kernel to the next.
        padding: Zeros put around the image, this many on each side.

    Returns:
        An array; its sides are ⌊(side + 2 · padding − k) / stride⌋ + 1.

    Raises:
        ValueError: If an array has another form, or the kernel is larger than the padded image.

    Example:
        >>> convolve(np.ones((4, 4)), np.ones((2, 2)), stride=2)
        array([[4., 4.],
               [4., 4.]])

    Introduced in lesson 07.
    """
    check_grid("image", image)
    check_kernel(kernel)
    check_whole("stride", stride)
    padded, k = np.pad(image, check_whole("padding", padding, least=0)), len(kernel)
    if min(padded.shape) < k:
        raise ValueError(
            f"the kernel has the side {k} and the padded image the shape {padded.shape}; expected "
            "a kernel that fits into it. Take a smaller kernel, or more padding."
        )
    height, width = [(side - k) // stride + 1 for side in padded.shape]
    gathered = np.empty((height, width))
    for i, j in np.ndindex(height, width):
        top, left = stride * i, stride * j
        gathered[i, j] = np.sum(padded[top : top + k, left : left + k] * kernel)
    return gathered


def transposed_matrix(shape, kernel, stride=1, padding=0):
    """The matrix T with  flat output = T · flat input.  Column m is the stamp of input pixel m.

    Its transpose is the matrix of the `convolve` with the same kernel, stride and padding: that is
    where the operation has its name from.

    Args:
        shape: (height, width) of the input.
        kernel: An array (k, k).
        stride: As in `transposed_convolve`.
        padding: As in `transposed_convolve`.

    Returns:
        An array (pixels of the output, pixels of the input).

    Raises:
        ValueError: As `transposed_convolve`.

    Source: Dumoulin & Visin 2016, section 4.1.

    Example:
        >>> transposed_matrix((1, 2), np.ones((1, 1)), stride=2).T
        array([[1., 0., 0.],
               [0., 0., 1.]])

    Introduced in lesson 07.
    """
    columns = []
    for pixel in range(math.prod(shape)):
        alone = np.zeros(shape)
        alone.flat[pixel] = 1.0
        columns.append(transposed_convolve(alone, kernel, stride, padding).ravel())
    return np.stack(columns, axis=1)


def overlap_counts(shape, kernel_size, stride=1, padding=0):
    """How many stamps reach each output pixel.

    Inside, the counts are all alike exactly if the stride divides the kernel's side.

    Args:
        shape: (height, width) of the input.
        kernel_size: The side k of the kernel.
        stride: As in `transposed_convolve`.
        padding: As in `transposed_convolve`.

    Returns:
        Whole numbers, an array of the output's shape.

    Raises:
        ValueError: As `transposed_convolve`.

    Source: Odena, Dumoulin & Olah 2016, Deconvolution and checkerboard artifacts.

    Example:
        >>> overlap_counts((1, 3), 3, stride=2)[0]
        array([1, 1, 2, 1, 2, 1, 1])

    Introduced in lesson 07.
    """
    ones = np.ones((check_whole("kernel_size", kernel_size),) * 2)
    return transposed_convolve(np.ones(shape), ones, stride, padding).astype(int)


def check_operation(image, kernel, stride, padding):
    """Refuse what cannot be stamped: other forms of arrays, or nothing left after cutting."""
    check_grid("image", image)
    check_kernel(kernel)
    for size in np.shape(image):
        transposed_size(size, len(kernel), stride, padding)


def check_kernel(kernel):
    """Refuse anything but a square array of finite numbers."""
    check_grid("kernel", kernel)
    check_shape("kernel", kernel, (len(kernel), len(kernel)), "Fill it up with zeros to a square.")


def check_grid(name, grid):
    """Refuse anything but a two-dimensional array of finite numbers."""
    if not isinstance(grid, np.ndarray):
        mend = "Turn a list into one with np.array(...)."
        raise refusal(name, grid, "an array (height, width)", mend)
    remedy = "Leave out the axes of batch and channels with [..., 0]."
    check_array(name, grid, ("height", "width"), remedy=remedy)
