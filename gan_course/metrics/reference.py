"""The real digits that fakes are measured against, and the floor that no score should undercut."""

import functools

import numpy as np

from gan_course.arguments import check_whole
from gan_course.data import load_mnist
from gan_course.metrics.classifier import features
from gan_course.metrics.frechet import check_features, frechet_distance

SET = 2000  # fakes, and as many real digits, behind one distance


@functools.cache
def reference_digits():
    """Return the 4,000 embedded digits that GANs train on, in the range (0, 1).

    Returns:
        A `Images` with images (4000, 28, 28, 1); loaded once, then kept in memory.
    """
    return load_mnist("embedded", value_range=(0, 1), split="gan")


@functools.cache
def reference_features():
    """Return the features of the 4,000 reference digits, computed once and kept in memory.

    Returns:
        float64 array (4000, 64), read-only, in the order of `reference_digits()`.

    Introduced in lesson 06.
    """
    found = features(reference_digits().images, (0, 1))
    found.setflags(write=False)
    return found


def matched_sets(fake_features, real_features=None, seed=0):
    """Yield sets of fakes, each with as many real digits: the one protocol of every comparison.

    A set holds n = 2,000; fewer if there are fewer fakes, or if n is more than half of the real
    ones, so that a floor at the same n exists. Fakes are taken in their order and never twice, the
    real ones are drawn anew for each set.

    Args:
        fake_features: Array (N, d), at least 2.
        real_features: Array (m, d), at least 4; None means `reference_features()`.
        seed: Integer for the draws.

    Yields:
        Pairs of arrays (n, d): fakes, real ones. What does not fill a set is left out.

    Raises:
        ValueError: If features have a wrong shape, hold NaN, or are too few.
    """
    real = reference_features() if real_features is None else real_features
    real = check_features(real, "real_features", minimum=4)
    fake = check_features(fake_features, "fake_features")
    n = min(SET, len(fake), len(real) // 2)
    rng = np.random.default_rng(seed)
    for start in range(0, len(fake) - n + 1, n):
        yield fake[start : start + n], real[rng.permutation(len(real))[:n]]


def frechet_distance_draws(fake_features, real_features=None, seed=0):
    """Return the Fréchet distance of fakes from real digits, once for each set of 2,000 fakes.

    One draw may vary by a tenth and more. Quote the mean of at least five, so of 10,000 fakes, with
    their spread, and put `frechet_floor()` beside it, which has the same n.

    Args:
        fake_features: Array (N, d), such as `features(images, value_range)`.
        real_features: As in `matched_sets`.
        seed: Integer for the draws.

    Returns:
        float64 array, one distance for each of the `matched_sets`.

    Raises:
        ValueError: If features have a wrong shape, hold NaN, or are too few.

    Example:
        >>> draws = frechet_distance_draws(features(trainer.sample(10_000), (0, 1)))
        >>> len(draws)
        5
    """
    pairs = matched_sets(fake_features, real_features, seed)
    return np.array([frechet_distance(*pair) for pair in pairs])


def frechet_floor_draws(n, real_features=None, draws=11, seed=0):
    """Return the Fréchet distance of two disjoint sets of n real digits, drawn several times.

    Args:
        n: Digits in each of the two sets, from 2 to half of the real ones (2,000 of 4,000).
        real_features: Array (m, d); None means `reference_features()`.
        draws: How many times to draw two disjoint sets.
        seed: Integer for the draws.

    Returns:
        float64 array (draws,).

    Raises:
        ValueError: If n or draws is out of range.
    """
    real = reference_features() if real_features is None else real_features
    real = check_features(real, "real_features", minimum=4)
    n = check_whole("n", n, least=2, most=len(real) // 2)
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(len(real)) for _ in range(check_whole("draws", draws))]
    return np.array([frechet_distance(real[order[:n]], real[order[n : 2 * n]]) for order in orders])


def frechet_floor(n=SET):
    """Return what real digits score against other real digits: the floor of a Fréchet distance.

    The median over several draws of two disjoint sets of n. It is above 0 because n is finite, and
    grows as n shrinks. A generator at the floor cannot be told from real digits by this distance;
    one below it may be copying them.

    Args:
        n: As in `frechet_floor_draws`.

    Returns:
        float, the median.

    Raises:
        ValueError: If n is out of range.

    Example:
        >>> frechet_floor(200) > frechet_floor(2000)
        True
    """
    return float(np.median(frechet_floor_draws(n)))


def frechet_bias_curve(sizes=(50, 100, 200, 500, 1000, 2000), fake_features=None, draws=11):
    """Return how the Fréchet distance depends on the number of samples.

    Without fakes: two disjoint sets of n real digits, whose true distance is 0, so that all you see
    is bias. With fakes: n of them against n real ones. Either curve falls as n grows.

    Args:
        sizes: The numbers of samples n, each at least 2.
        fake_features: Array (m, d), or None for real against real.
        draws: Draws for each n.

    Returns:
        A dictionary of float64 arrays, one entry per size: `n`, `median`, `low`, `high` (the
        smallest and the largest of the draws).

    Raises:
        ValueError: If a size is out of range or draws is below 1.

    Example:
        >>> curve = frechet_bias_curve(sizes=(100, 1000))
        >>> curve["median"][0] > curve["median"][1]
        np.True_
    """
    rows = []
    for n in sizes:
        if fake_features is None:
            found = frechet_floor_draws(n, draws=draws)
        else:
            found = _distance_draws(n, fake_features, check_whole("draws", draws))
        rows.append((n, np.median(found), found.min(), found.max()))
    names = ("n", "median", "low", "high")
    return dict(zip(names, np.array(rows, dtype=np.float64).T.copy(), strict=True))


def _distance_draws(n, fake_features, draws):
    """Return the distance of n fakes, drawn at random, to n real ones, `draws` times."""
    real, fake = reference_features(), check_features(fake_features, "fake_features")
    check_whole("n", n, least=2, most=min(len(fake), len(real)))
    rng = np.random.default_rng(0)

    def some(rows):
        return rows[rng.permutation(len(rows))[:n]]

    return np.array([frechet_distance(some(fake), some(real)) for _ in range(draws)])
