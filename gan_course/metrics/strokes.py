"""What a digit looks like, in two numbers: how much ink it has, and how far it leans."""

import numpy as np

from gan_course.data import check_images, rescale


def ink(images, value_range):
    """Return how much of each image is white: thick strokes have much.

    Args:
        images: (n, 28, 28, 1) in `value_range`.
        value_range: The values of black and white.

    Returns:
        float64 (n,): the mean brightness, 0 for a black image and 1 for a white one.

    Raises:
        ValueError: If the images have a wrong shape or range.

    Example:
        >>> ink(np.ones((1, 28, 28, 1)), (0, 1))
        array([1.])
    """
    return _brightness(images, value_range).mean(axis=(1, 2))


def slant(images, value_range):
    """Return how far each digit leans to the right: the tangent of its angle to the vertical.

    It is the slope of the line that best predicts a bright pixel's column from its height: the
    covariance of columns and heights over the variance of heights, pixels weighted by brightness.

    Args:
        images: (n, 28, 28, 1) in `value_range`.
        value_range: The values of black and white.

    Returns:
        float64 (n,): 0 for an upright stroke, 1 for one at 45° like a slash, negative for one that
        leans to the left. 0 for an empty image.

    Raises:
        ValueError: If the images have a wrong shape or range.

    Example:
        >>> slash = np.eye(28)[::-1].reshape(1, 28, 28, 1)
        >>> slant(slash, (0, 1)).round(6)
        array([1.])
    """
    weights = _brightness(images, value_range)  # (n, height, width)
    total = np.maximum(weights.sum(axis=(1, 2)), 1e-9)
    heights = -np.arange(weights.shape[1], dtype=float)  # up is positive
    columns = np.arange(weights.shape[2], dtype=float)
    by_row, by_column = weights.sum(axis=2), weights.sum(axis=1)
    height = by_row @ heights / total
    column = by_column @ columns / total
    variance = by_row @ heights**2 / total - height**2
    both = np.einsum("nij,i,j->n", weights, heights, columns) / total - height * column
    return np.where(variance > 1e-6, both / np.maximum(variance, 1e-6), 0.0)


def _brightness(images, value_range):
    images = check_images(images, value_range)
    return rescale(images, value_range, (0, 1))[..., 0].astype(np.float64)
