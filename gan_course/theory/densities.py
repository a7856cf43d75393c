"""Densities that can be written down (Gaussians, mixtures, affine generators), and estimates."""

import math

import numpy as np

from gan_course.arguments import check_array, check_number, check_points, check_shares

CHUNK = 1 << 20  # pairs of point and grid point held at once, so that memory stays under 50 MB


def gaussian_density(x, mean, std):
    """The density of N(mean, std²) on a line.

    Args:
        x: Where to evaluate it, any shape.
        mean: A number.
        std: A positive number.

    Returns:
        float64 array of the shape of `x`, in 1 / units of `x`.

    Raises:
        ValueError: If `std` is not positive.

    Example:
        >>> float(gaussian_density(0.0, mean=0.0, std=1.0).round(4))
        0.3989

    Introduced in lesson 05.
    """
    check_number("std", std, above=0, remedy="A density needs some width: take std=0.1.")
    return np.exp(-0.5 * ((np.asarray(x) - mean) / std) ** 2) / (std * math.sqrt(2 * math.pi))


def mixture_density(x, weights, means, stds):
    """The density of a mixture of Gaussians on a line: Σ wᵢ N(x; μᵢ, σᵢ²).

    Args:
        x: Where to evaluate it, any shape.
        weights: The share of each Gaussian, 0 or positive, with sum 1; (k,).
        means: Their means; (k,).
        stds: Their standard deviations, positive; (k,).

    Returns:
        float64 array of the shape of `x`.

    Raises:
        ValueError: If the lengths differ, or the shares do not sum to 1.

    Example:
        >>> float(mixture_density(0.0, [0.5, 0.5], [-1, 1], [1, 1]).round(4))
        0.242

    Introduced in lesson 05.
    """
    each = "Give each Gaussian one weight, one mean and one standard deviation."
    weights = check_shares("weights", weights, ("k",))
    means = check_array("means", means, weights.shape, remedy=each)
    stds = check_array("stds", stds, weights.shape, remedy=each)
    parts = zip(weights.tolist(), means.tolist(), stds.tolist(), strict=True)
    return sum(weight * gaussian_density(x, mean, std) for weight, mean, std in parts)


def affine_density(weights, bias, x):
    """The density of an affine generator of normal noise: N(b, W Wᵀ), written down exactly.

    The generator is x = W z + b with z ~ N(0, I). A Keras layer computes z @ weights + bias, so
    that W is `weights` transposed: pass `*generator.layers[-1].get_weights()` as they are.

    Args:
        weights: Wᵀ, shape (latent_dim, d): a Keras kernel.
        bias: b, shape (d,).
        x: Where to evaluate it, (n, d); in one dimension (n,) will do.

    Returns:
        float64 array (n,), in 1 / length to the power d.

    Raises:
        ValueError: If the shapes do not fit, or the generator fills fewer than d dimensions: then
            all its points lie on a line or plane, and there is no density.

    Example:
        >>> affine_density([[2.0]], [1.0], np.array([1.0])).round(4)  # N(1, 2²) at its mean
        array([0.1995])
    """
    keras_keeps = "As a Keras Dense layer keeps them: transpose W if it is (d, latent_dim)."
    weights = check_array("weights", weights, ("latent_dim", "d"), remedy=keras_keeps)
    bias = check_array("bias", bias, weights.shape[1:], remedy=keras_keeps)
    x = check_points("x", x, len(bias))
    sizes = np.linalg.svd(weights, compute_uv=False)
    if len(sizes) < len(bias) or sizes[-1] <= 1e-12 * max(sizes[0], 1e-300):
        raise ValueError(
            f"weights of shape {weights.shape} reach fewer than {len(bias)} dimensions, so all "
            "points lie on a line or a plane and have no density. Take latent_dim of at least "
            f"{len(bias)}, or look at samples with kernel_density."
        )
    spread = np.linalg.solve(weights.T @ weights, (x - bias).T)  # (d, n): (W Wᵀ)⁻¹ (x − b)
    squares = np.sum((x - bias).T * spread, axis=0)
    return np.exp(-squares / 2 - np.sum(np.log(sizes)) - len(bias) / 2 * math.log(2 * math.pi))


def kernel_bandwidth(points):
    """The width of Scott's rule for a kernel density estimate: spread · n^(−1 / (d + 4)).

    It suits one round heap of points. For several narrow ones it is far too wide: choose your own.

    Args:
        points: The sample, (n, d) or (n,).

    Returns:
        A positive float: the mean standard deviation over the axes, times the factor.

    Source: Scott 1992, Multivariate Density Estimation.
    """
    points = check_points("points", points)
    count, dimensions = points.shape
    spread = math.sqrt(np.mean(np.var(points, axis=0)))
    return max(spread * count ** (-1 / (dimensions + 4)), 1e-9)


def kernel_density(points, grid, bandwidth=None):
    """An estimate of the density behind a sample: a small round Gaussian on every point, averaged.

    It is an **estimate**, and depends on the bandwidth. Label it so wherever you show it.

    Args:
        points: The sample, (n, d) or (n,).
        grid: Where to evaluate it, (m, d) or (m,).
        bandwidth: The standard deviation of each small Gaussian; None for `kernel_bandwidth`.

    Returns:
        float64 array (m,).

    Raises:
        ValueError: If the dimensions differ, a number is not finite, or the bandwidth not positive.

    Source: Parzen 1962, On estimation of a probability density function and mode.

    Example:
        >>> kernel_density([0.0, 0.0], [0.0], bandwidth=1.0).round(4)
        array([0.3989])

    Introduced in lesson 05.
    """
    points = check_points("points", points)
    grid = check_points("grid", grid, points.shape[1])
    bandwidth = _bandwidth(points, bandwidth)
    scale = len(points) * (math.sqrt(2 * math.pi) * bandwidth) ** points.shape[1]
    rows = max(1, CHUNK // len(points))
    result = np.empty(len(grid))
    for start in range(0, len(grid), rows):
        part = grid[start : start + rows]
        squares = sum((a[:, None] - b) ** 2 for a, b in zip(part.T, points.T, strict=True))
        result[start : start + rows] = np.exp(-squares / (2 * bandwidth**2)).sum(axis=1) / scale
    return result


def kernel_density_image(points, x, y, bandwidth=None):
    """The estimate of `kernel_density` in a plane, on all pairs of two axes: quick enough to watch.

    A round Gaussian is the product of one in x and one in y, so that a product of two matrices
    replaces an exponential for every pair of point and pixel.

    Args:
        points: The sample, (n, 2).
        x: The columns' coordinates, (columns,).
        y: The rows' coordinates, (rows,).
        bandwidth: The standard deviation of each small Gaussian; None for `kernel_bandwidth`.

    Returns:
        float64 array (rows, columns).

    Raises:
        ValueError: If a shape does not fit, or the bandwidth is not positive.
    """
    points = check_points("points", points, 2)
    bandwidth = _bandwidth(points, bandwidth)
    across = gaussian_density(check_array("x", x, ("columns",))[:, None], points[:, 0], bandwidth)
    along = gaussian_density(check_array("y", y, ("rows",))[:, None], points[:, 1], bandwidth)
    return along @ across.T / len(points)  # (rows, n) @ (n, columns)


def _bandwidth(points, bandwidth):
    if bandwidth is None:
        return kernel_bandwidth(points)
    remedy = "Take about the width of the finest detail."
    return check_number("bandwidth", bandwidth, above=0, remedy=remedy)
