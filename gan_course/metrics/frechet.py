"""The Fréchet distance: how far apart two clouds of features are, by mean and covariance."""

import numpy as np

from gan_course.arguments import check_array, check_shape

SAME_LAYER = "Take both sets of features from the same layer."


def check_features(array, name, minimum=2):
    """Return features as a float64 array (n, d), or say what is wrong with them.

    Args:
        array: Anything that NumPy reads as an array (n, d).
        name: What to call it in a message.
        minimum: Smallest n that makes sense for the caller.

    Returns:
        float64 array (n, d).

    Raises:
        ValueError: If it is not two-dimensional, holds NaN or infinity, or has too few rows.
    """
    remedy = "For images, call features(images, value_range) first."
    array = check_array(name, array, ("n", "d"), remedy=remedy)
    if len(array) < minimum:
        raise ValueError(
            f"{name} holds {len(array)} rows; expected at least {minimum}. Draw more samples."
        )
    return array


def moments(features):
    """Return the mean (d,) and the covariance (d, d) of features (n, d), in float64.

    The covariance divides by n - 1.

    Args:
        features: Array (n, d) with n at least 2.

    Returns:
        The pair (mean, covariance).

    Raises:
        ValueError: If there are fewer than 2 rows, or NaN.
    """
    features = check_features(features, "features")
    mean = features.mean(axis=0)
    centred = features - mean
    return mean, centred.T @ centred / (len(features) - 1)


def frechet_distance_from_moments(mu1, cov1, mu2, cov2):
    """Return the Fréchet distance of two Gaussians, from their means and covariances.

    |mu1 - mu2|^2 + trace(cov1 + cov2 - 2 (cov1 cov2)^(1/2)), which is the squared 2-Wasserstein
    distance: Dowson and Landau (1982); Heusel et al. (2017), equation 6. The trace of the root
    is taken as the sum of the singular values of cov1^(1/2) cov2^(1/2), with roots from symmetric
    eigendecompositions. So no complex number appears, and a singular covariance costs no digits.

    Args:
        mu1: Mean (d,).
        cov1: Covariance (d, d), symmetric, no negative eigenvalue; singular is fine.
        mu2: Mean (d,).
        cov2: Covariance (d, d).

    Returns:
        float, at least 0; it has the features' unit squared. A sum that rounding leaves below
        zero comes back as 0.

    Raises:
        ValueError: If shapes differ, numbers are not finite, or a matrix is no covariance.

    Example:
        >>> frechet_distance_from_moments([0.0], [[1.0]], [3.0], [[4.0]])  # 3^2 + (1 - 2)^2
        10.0
    """
    mu1, root1, trace1 = _checked_root(mu1, cov1, "1")
    mu2, root2, trace2 = _checked_root(mu2, cov2, "2")
    check_shape("mu2", mu2, mu1.shape, SAME_LAYER)
    trace_of_root = np.linalg.svd(root1 @ root2, compute_uv=False).sum()
    return max(0.0, float(np.sum((mu1 - mu2) ** 2) + trace1 + trace2 - 2 * trace_of_root))


def _checked_root(mu, cov, which):
    """Return (mean, symmetric square root of the covariance, its trace)."""
    remedy = "Use features.mean(axis=0) and np.cov(features, rowvar=False)."
    mu = check_array(f"mu{which}", mu, ("d",), remedy=remedy)
    cov = check_array(f"cov{which}", cov, (len(mu), len(mu)), remedy=remedy)
    values, vectors = np.linalg.eigh((cov + cov.T) / 2)
    slack = 1e-8 * np.abs(cov).max()
    if np.abs(cov - cov.T).max() > slack or values.min() < -slack:
        raise ValueError(
            f"cov{which} is not symmetric, or has a negative eigenvalue ({values.min():.3g}); "
            f"expected a covariance. {remedy}"
        )
    root = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    return mu, root, np.trace(cov)


def frechet_distance(features_a, features_b):
    """Return the Fréchet distance between two sets of features.

    0 means equal means and covariances, not equal sets. With few samples the number comes out too
    large, even for two sets from one source: compare it with `frechet_floor` at the same n, and
    compare two distances only at the same n. Below d + 1 samples (65 for digits) the covariance is
    singular; the distance still exists and the bias is large.

    Args:
        features_a: Array (n, d) with n at least 2, such as `features(images, value_range)`.
        features_b: Array (m, d) with m at least 2.

    Returns:
        float, at least 0, in the features' unit squared.

    Raises:
        ValueError: If shapes do not fit, there are fewer than 2 rows, or NaN.

    Example:
        >>> frechet_distance([[0.0], [2.0]], [[3.0], [5.0]])  # equal spread, means 3 apart
        9.0

    Source: Heusel et al. (2017), equation 6.
    """
    features_a = check_features(features_a, "features_a")
    features_b = check_features(features_b, "features_b")
    check_shape("features_b", features_b, ("n", features_a.shape[1]), SAME_LAYER)
    return frechet_distance_from_moments(*moments(features_a), *moments(features_b))
