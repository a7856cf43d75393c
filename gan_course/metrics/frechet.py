"""The Fréchet distance: how far apart two clouds of features are, by mean and covariance."""

import numpy as np


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

    Introduced in lesson 06.
    """
    array = np.asarray(array, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] == 0:
        raise ValueError(
            f"Received {name} of shape {array.shape}; features of shape (n, d) are expected. "
            "For images, call features(images, value_range) first."
        )
    if len(array) < minimum:
        raise ValueError(
            f"Received {name} with {len(array)} rows; at least {minimum} are expected. "
            "Draw more samples."
        )
    bad = int((~np.isfinite(array)).any(axis=1).sum())
    if bad:
        raise ValueError(
            f"Received {name} with NaN or infinity in {bad} of {len(array)} rows; finite numbers "
            "are expected. A generator that diverged is the usual cause: look at its samples."
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

    Introduced in lesson 06.
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

    Introduced in lesson 06.
    """
    mu1, root1, trace1 = _checked_root(mu1, cov1, "1")
    mu2, root2, trace2 = _checked_root(mu2, cov2, "2")
    if mu1.shape != mu2.shape:
        raise ValueError(
            f"Received means of {len(mu1)} and {len(mu2)} dimensions; the same number is "
            "expected. Take both sets of features from the same layer."
        )
    trace_of_root = np.linalg.svd(root1 @ root2, compute_uv=False).sum()
    return max(0.0, float(np.sum((mu1 - mu2) ** 2) + trace1 + trace2 - 2 * trace_of_root))


def _checked_root(mu, cov, which):
    """Return (mean, symmetric square root of the covariance, its trace)."""
    mu = np.asarray(mu, dtype=np.float64)
    cov = np.asarray(cov, dtype=np.float64)
    if mu.ndim != 1 or cov.shape != (len(mu), len(mu)):
        raise ValueError(
            f"Received mu{which} of shape {mu.shape} and cov{which} of shape {cov.shape}; "
            "(d,) and (d, d) are expected. Use features.mean(axis=0) and "
            "np.cov(features, rowvar=False)."
        )
    if not (np.isfinite(mu).all() and np.isfinite(cov).all()):
        raise ValueError(
            f"Received NaN or infinity in mu{which} or cov{which}; finite numbers are expected. "
            "At least 2 samples, all finite, give a covariance."
        )
    size = np.abs(cov).max(initial=0.0)
    if np.abs(cov - cov.T).max(initial=0.0) > 1e-8 * size:
        raise ValueError(
            f"Received a cov{which} that is not symmetric; a covariance is expected. "
            "Use np.cov(features, rowvar=False)."
        )
    values, vectors = np.linalg.eigh((cov + cov.T) / 2)
    if values.min(initial=0.0) < -1e-8 * size:
        raise ValueError(
            f"Received a cov{which} with the negative eigenvalue {values.min():.3g}; a covariance "
            "has none. Use np.cov(features, rowvar=False)."
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

    Introduced in lesson 06. Heusel et al. (2017), equation 6.
    """
    features_a = check_features(features_a, "features_a")
    features_b = check_features(features_b, "features_b")
    if features_a.shape[1] != features_b.shape[1]:
        raise ValueError(
            f"Received features of {features_a.shape[1]} and {features_b.shape[1]} dimensions; "
            "the same number is expected. Take both from the same layer."
        )
    return frechet_distance_from_moments(*moments(features_a), *moments(features_b))
