"""Nearest upsampling before a convolution, the one kernel that does both, and what checkers are."""

import numpy as np

from gan_course.arguments import check_whole
from gan_course.lessons.lesson_07.transposed import check_grid, check_kernel


def upsample(image):
    """Repeat each pixel twice along both sides: nearest-neighbour upsampling.

    Args:
        image: An array (height, width).

    Returns:
        An array (2 · height, 2 · width).

    Example:
        >>> upsample(np.array([[1, 2]]))
        array([[1, 1, 2, 2],
               [1, 1, 2, 2]])

    Introduced in lesson 07.
    """
    check_grid("image", image)
    return image.repeat(2, axis=0).repeat(2, axis=1)


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


def phase_means(image):
    """The mean of the pixels that share their place within a tile of 2×2 pixels.

    An image without checkers has nearly the same mean in each place.

    Args:
        image: An array (height, width), both at least 2.

    Returns:
        An array (2, 2); entry (a, b) is the mean of the rows a, a + 2, … and columns b, b + 2, …

    Example:
        >>> phase_means(np.array([[1.0, 2.0, 1.0, 2.0], [3.0, 4.0, 3.0, 4.0]]))
        array([[1., 2.],
               [3., 4.]])

    Introduced in lesson 07.
    """
    check_grid("image", image)
    check_whole("the smaller side of the image", min(image.shape), least=2)
    return np.array([[image[a::2, b::2].mean() for b in range(2)] for a in range(2)])
