"""Nearest upsampling before a convolution, the one kernel that does both, and what checkers are."""

import numpy as np

from gan_course.arguments import check_whole
from gan_course.lessons.lesson_07.transposed import check_grid, check_kernel


def upsample(image, factor=2):
    """Repeat each pixel `factor` times along both sides: nearest-neighbour upsampling.

    Args:
        image: An array (height, width).
        factor: A whole number of at least 1.

    Returns:
        An array (factor · height, factor · width).

    Example:
        >>> upsample(np.array([[1, 2]]))
        array([[1, 1, 2, 2],
               [1, 1, 2, 2]])

    Introduced in lesson 07.
    """
    check_grid("image", image)
    return np.repeat(np.repeat(image, check_whole("factor", factor), axis=0), factor, axis=1)


def summed_kernel(kernel):
    """The kernel T for which one transposed convolution replaces upsampling and convolution.

    `convolve(upsample(x), K, padding=(k − 1) / 2)` equals `transposed_convolve(x, T, stride=2,
    padding=(k − 1) / 2)` for k odd, with T[t] = K′[t] + K′[t − 1] along the rows and the same along
    the columns. K′ is K turned by half a turn, and 0 outside.

    Args:
        kernel: An array (k, k).

    Returns:
        An array (k + 1, k + 1).

    Raises:
        ValueError: If it is no square array of finite numbers.

    Example:
        >>> summed_kernel(np.ones((3, 3)))[0]
        array([1., 2., 2., 1.])

    Introduced in lesson 07.
    """
    check_kernel(kernel)
    turned = kernel[::-1, ::-1]
    rows = np.pad(turned, ((0, 1), (0, 0))) + np.pad(turned, ((1, 0), (0, 0)))
    return np.pad(rows, ((0, 0), (0, 1))) + np.pad(rows, ((0, 0), (1, 0)))


def phase_means(image, stride=2, margin=0):
    """The mean of the pixels that share their place within a tile of stride × stride pixels.

    An image without checkers has nearly the same mean in each place.

    Args:
        image: An array (height, width).
        stride: The side of a tile.
        margin: Whole tiles left out at each edge, where stamps are missing.

    Returns:
        An array (stride, stride); entry (a, b) is the mean of the rows a, a + stride, … and the
        columns b, b + stride, …

    Raises:
        ValueError: If the margin leaves less than one tile.

    Example:
        >>> phase_means(np.array([[1.0, 2.0, 1.0, 2.0], [3.0, 4.0, 3.0, 4.0]]))
        array([[1., 2.],
               [3., 4.]])

    Introduced in lesson 07.
    """
    check_grid("image", image)
    check_whole("stride", stride)
    cut = stride * check_whole("margin", margin, least=0)
    inner = image[cut : image.shape[0] - cut, cut : image.shape[1] - cut]
    if min(inner.shape) < stride:
        raise ValueError(
            f"margin is {margin}, and leaves the shape {inner.shape} of {image.shape}; expected at "
            f"least one tile of {stride} x {stride}. Take a smaller margin, or a larger image."
        )
    places = [[inner[a::stride, b::stride].mean() for b in range(stride)] for a in range(stride)]
    return np.array(places)
