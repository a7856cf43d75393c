"""Precision and recall: do the fakes look real, and does every kind of real thing appear."""

import numpy as np

from gan_course.arguments import check_shape, check_whole
from gan_course.metrics.frechet import SAME_LAYER, check_features

CHUNK = 1024  # rows of a distance matrix held at once: 1024 x 4000 float64 is 33 MB


def neighbour_radii(features, k=3):
    """Return each sample's squared distance to its k-th nearest other sample.

    Args:
        features: Array (n, d) with n above k.
        k: Which neighbour, at least 1.

    Returns:
        float64 array (n,), squared distances.
    """
    from scipy.spatial.distance import cdist

    radii = []
    for start in range(0, len(features), CHUNK):
        # Differences are squared, not |a|^2 + |b|^2 - 2ab, so that equal rows are exactly 0 apart.
        distances = cdist(features[start : start + CHUNK], features, "sqeuclidean")
        radii.append(np.partition(distances, k, axis=1)[:, k])  # entry 0 is the sample itself
    return np.concatenate(radii)


def precision_recall(real_features, fake_features, k=3):
    """Return precision and recall of fakes against real samples.

    Around each real sample lies a ball that reaches to its k-th nearest real neighbour; together
    the balls stand for what is real. Precision is the share of fakes in at least one of them.
    Recall is the share of real samples in at least one ball around a fake. Kynkäänniemi et al.
    (2019), equations 1 and 2, k = 3 as there.

    Both numbers depend on the number of samples, so keep it equal when you compare. One far-away
    real sample has a large ball, which can flatter the precision. Copies of the training set score
    1 and 1.

    Args:
        real_features: Array (n, d) with n above k, such as `features(images, value_range)`.
        fake_features: Array (m, d) with m above k.
        k: Which neighbour sets the size of a ball, at least 1.

    Returns:
        The pair (precision, recall) of floats in [0, 1].

    Raises:
        ValueError: If shapes do not fit, there are too few samples for k, or NaN.

    Example:
        >>> real = np.arange(10.0)[:, None]
        >>> precision_recall(real, real[:5], k=1)
        (1.0, 0.6)
    """
    from scipy.spatial.distance import cdist

    k = check_whole("k", k)
    real = check_features(real_features, "real_features", minimum=k + 1)
    fake = check_features(fake_features, "fake_features", minimum=k + 1)
    check_shape("fake_features", fake, ("n", real.shape[1]), SAME_LAYER)
    real_radii = neighbour_radii(real, k)
    fake_radii = neighbour_radii(fake, k)
    looks_real = []
    is_reached = np.zeros(len(real), dtype=bool)
    for start in range(0, len(fake), CHUNK):
        rows = slice(start, start + CHUNK)
        distances = cdist(fake[rows], real, "sqeuclidean")  # (chunk, n)
        looks_real.append((distances <= real_radii).any(axis=1))
        is_reached |= (distances <= fake_radii[rows, None]).any(axis=0)
    return float(np.concatenate(looks_real).mean()), float(is_reached.mean())
