"""The birthday paradox: how many drawings a generator has, from how often two samples agree."""

import math

import numpy as np

from gan_course.arguments import check_array, check_whole


def closest_pairs(images, count):
    """Return the pairs of samples that lie nearest to each other, pixel by pixel.

    Args:
        images: Array (n, ...), n at least 2.
        count: How many pairs, from 1 to n (n − 1) / 2.

    Returns:
        The pair (indices, distances): int64 (count, 2), and float64 (count,), nearest first.

    Raises:
        ValueError: If there are too few images, or numbers are not finite.

    Introduced in lesson 11.
    """
    from scipy.spatial.distance import pdist

    rows = check_array("images", images)
    check_whole("the number of images", len(rows), 2, remedy="Draw more.")
    distances = pdist(rows.reshape(len(rows), -1))
    check_whole("count", count, 1, len(distances))
    nearest = np.argsort(distances, kind="stable")[:count]
    first, second = np.triu_indices(len(rows), 1)
    return np.stack([first[nearest], second[nearest]], axis=1), distances[nearest]


def effective_support(pairs, samples):
    """Return how many equally likely drawings would agree as often as the samples did.

    Two draws agree with the probability c = Σ pᵢ². Of s (s − 1) / 2 pairs, the share that agrees is
    an estimate of c without bias, and 1 / c is the number of drawings if all are equally likely. If
    they are not, there are more than 1 / c of them, some of them rare. Arora & Zhang (2017) look
    for the number of samples at which the first pair appears.

    Args:
        pairs: How many pairs of samples agree, from 0 to s (s − 1) / 2.
        samples: The number of samples s, at least 2.

    Returns:
        float; infinity if no pair agrees, which says only that s was too small to tell.

    Raises:
        ValueError: If the counts are impossible.

    Example:
        >>> effective_support(1, 23)  # about a year of birthdays, from 23 people and one pair
        253.0

    Introduced in lesson 11.
    """
    all_pairs = math.comb(check_whole("samples", samples, 2), 2)
    check_whole("pairs", pairs, 0, all_pairs)
    return all_pairs / pairs if pairs else math.inf
