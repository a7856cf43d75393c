"""Nearest neighbours: the training images that a sample resembles most, to look for copies."""

import numpy as np

from gan_course.arguments import check_array, check_whole
from gan_course.data import check_images, rescale

CHUNK = 512  # rows of a distance matrix held at once


def nearest_training_images(samples, training_images, k=1, value_range=None):
    """Find the k training images nearest to each sample, by Euclidean distance over the pixels.

    An exact copy is at distance 0. A large distance does not prove that nothing was learned by
    heart: shift a copy by one pixel and it is far away. So compare with the distances of unseen
    real digits, and look at the pairs.

    Args:
        samples: Array (n, ...), such as (n, 28, 28, 1).
        training_images: Array (m, ...) in the same value range, m at least k.
        k: How many neighbours for each sample.
        value_range: The pair (black, white) of both arrays. Distances then count in the range
            [0, 1]; with None they count in the arrays' own units.

    Returns:
        The pair (indices, distances): int64 (n, k) into `training_images`, and float64 (n, k),
        nearest first; of equal ones, the first.

    Raises:
        ValueError: If shapes differ, k is out of range, or numbers are not finite.

    Example:
        >>> images = np.eye(784).reshape(-1, 28, 28, 1)
        >>> indices, distances = nearest_training_images(images[5:6], images, k=2)
        >>> int(indices[0, 0]), distances.round(3).tolist()
        (5, [[0.0, 1.414]])

    Introduced in lesson 06.
    """
    from scipy.spatial.distance import cdist

    if value_range is not None:
        samples, training_images = (
            rescale(check_images(images, value_range), value_range, (0, 1))
            for images in (samples, training_images)
        )
    training = check_array("training_images", training_images)
    samples = check_array("samples", samples, ("n", *training.shape[1:]))
    check_whole("k", k, most=len(training))
    samples, training = samples.reshape(len(samples), -1), training.reshape(len(training), -1)
    found = []
    for start in range(0, len(samples), CHUNK):
        distances = cdist(samples[start : start + CHUNK], training)  # (chunk, m), exact at 0
        nearest = np.argsort(distances, axis=1, kind="stable")[:, :k]
        found.append((nearest, np.take_along_axis(distances, nearest, axis=1)))
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))
