"""Toy distributions in one and two dimensions, with densities where they exist in closed form.

A GAN on digits can only be judged by proxies. Here the true density is known, so that you can
compute the optimal discriminator, count the modes that a generator found, and see its error.
"""

import math

import numpy as np

from gan_course.arguments import check_array, check_number, check_points, check_shares, check_whole
from gan_course.data.distribution import (
    ToyDistribution,
    gaussian_mixture,
    gaussian_sum,
    normal_cdf,
    plot_limits,
)


def line(std=0.05):
    """Return points spread evenly on the segment from (-1.5, -1) to (1.5, 1), with Gaussian noise.

    Along the segment the density is a uniform one convolved with a Gaussian, across it a
    Gaussian; with t measured from the middle and L the length,
    p(t, v) = (Φ((t + L/2)/σ) - Φ((t - L/2)/σ)) / L · N(v; 0, σ²).

    Args:
        std: σ of the noise in both directions; 0 for points exactly on the segment, which has
            no density in the plane.

    Returns:
        `ToyDistribution` of 2 dimensions, without centres.

    Raises:
        ValueError: If `std` is negative.

    Example:
        >>> line().density([[0.0, 0.0]]).round(3)
        array([2.213])

    Introduced in lesson 05.
    """
    std = check_number("std", std, least=0)
    ends = np.array([[-1.5, -1.0], [1.5, 1.0]])
    length = float(np.linalg.norm(ends[1]) * 2)
    along = ends[1] / (length / 2)
    across = np.array([-along[1], along[0]])

    def draw(n, generator):
        share = generator.random((n, 1))
        return ends[0] + share * (ends[1] - ends[0]) + std * generator.standard_normal((n, 2))

    def pdf(x):
        t = np.abs(x @ along)  # symmetric, and exact in the far tail this way
        reach = normal_cdf((length / 2 - t) / std) - normal_cdf((-length / 2 - t) / std)
        v = x @ across / std
        return reach / length * np.exp(-0.5 * v**2) / (std * math.sqrt(2 * math.pi))

    return ToyDistribution("line", 2, plot_limits(ends, std), draw, pdf if std else None)


def ring(num_modes=8, std=0.02):
    """Return equal Gaussians evenly spaced on a circle, the classic test for mode collapse.

    Args:
        num_modes: How many Gaussians, at least 1. The circle has radius 2, and the first lies at
            (2, 0).
        std: Standard deviation of each Gaussian in both directions, positive.

    Returns:
        `ToyDistribution` of 2 dimensions with `num_modes` centres and a density.

    Raises:
        ValueError: If an argument is out of its range.

    Example:
        >>> ring(num_modes=4).centres.shape
        (4, 2)

    Introduced in lesson 05.
    """
    num_modes = check_whole("num_modes", num_modes, remedy="Eight is usual.")
    angle = 2 * np.pi * np.arange(num_modes) / num_modes
    return gaussian_mixture("ring", 2 * np.stack([np.cos(angle), np.sin(angle)], axis=1), std)


def grid(spacing=2.0):
    """Return 25 equal Gaussians of standard deviation 0.05 on a square grid around the origin.

    Args:
        spacing: Distance between neighbours, positive.

    Returns:
        `ToyDistribution` of 2 dimensions with 25 centres and a density.

    Raises:
        ValueError: If `spacing` is not positive.

    Example:
        >>> len(grid().centres)
        25

    Introduced in lesson 05.
    """
    ticks = np.arange(-2, 3) * check_number("spacing", spacing, above=0)
    centres = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    return gaussian_mixture("grid", centres, 0.05)


def moons():
    """Return two interleaved half circles with Gaussian noise of standard deviation 0.08.

    The upper one is (cos θ, sin θ), the lower one (1 - cos θ, ½ - sin θ), θ uniform in [0, π]:
    the curves of scikit-learn's `make_moons`, but with random, not evenly spaced θ. Their density
    is an integral over θ with no closed form; it is computed by Gauss-Legendre quadrature on so
    many pieces that it is exact to rounding.

    Returns:
        `ToyDistribution` of 2 dimensions, without centres.

    Example:
        >>> moons().sample(100, seed=0).shape
        (100, 2)

    Introduced in lesson 05.
    """
    noise = 0.08

    def curves(angle):  # (m,) -> (2, m, 2)
        upper = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
        return np.stack([upper, [1.0, 0.5] - upper])

    def draw(n, generator):
        angle, which = generator.uniform(0, np.pi, n), generator.integers(0, 2, n)
        return curves(angle)[which, np.arange(n)] + noise * generator.standard_normal((n, 2))

    def pdf(x):
        panels = math.ceil(np.pi / (4 * noise))  # each so short that 16 nodes are exact
        node, weight = np.polynomial.legendre.leggauss(16)
        share = (np.arange(panels)[:, None] + (node + 1) / 2) / panels  # (panels, 16)
        nodes = curves(np.pi * share.reshape(-1)).reshape(-1, 2)
        weights = np.tile(weight / (4 * panels), 2 * panels)
        return gaussian_sum(x, nodes, np.full(len(nodes), noise), weights)

    frame = plot_limits(np.array([[-1.0, -0.5], [2.0, 1.0]]), noise)
    return ToyDistribution("moons", 2, frame, draw, pdf)


def mixture_1d(weights, means, stds):
    """Return a mixture of Gaussians on the real line.

    Args:
        weights: The share of each Gaussian, not negative, with sum 1; shape (k,).
        means: Their means, shape (k,).
        stds: Their standard deviations, positive, shape (k,).

    Returns:
        `ToyDistribution` of 1 dimension with k centres and a density.

    Raises:
        ValueError: If the lengths differ or a value is out of its range.

    Example:
        >>> mixture_1d([0.3, 0.7], [-2, 1], [0.5, 1.0]).sample(3, seed=0).shape
        (3, 1)

    Introduced in lesson 05.
    """
    each = "Give each Gaussian a weight, a mean and a standard deviation."
    weights = check_shares("weights", weights, ("k",))
    centres = check_array("means", means, weights.shape, remedy=each)[:, None]
    stds = check_array("stds", stds, weights.shape, above=0, remedy=each)
    return gaussian_mixture("mixture_1d", centres, stds, weights / weights.sum())


def points(array, bandwidth=0.0):
    """Return a distribution that draws from given points, such as those you drew by hand.

    Each sample is one of the points, all equally likely, plus Gaussian noise. With a positive
    bandwidth the density is that of this mixture (a kernel density estimate); without, there is
    none.

    Args:
        array: Finite numbers of shape (m, d), or (m,) for one dimension; m at least 1.
        bandwidth: Standard deviation of the noise, 0 or positive.

    Returns:
        `ToyDistribution` of d dimensions, without centres.

    Raises:
        ValueError: If the array is empty, of another shape, or holds NaN.

    Example:
        >>> points([[0, 0], [1, 1]], bandwidth=0.1).has_density
        True
    """
    given = check_points("array", array).copy()
    bandwidth = check_number("bandwidth", bandwidth, least=0)
    blurred = gaussian_mixture("points", given, bandwidth or 1.0)

    def draw(n, generator):
        chosen = given[generator.integers(0, len(given), n)]
        return chosen + bandwidth * generator.standard_normal(chosen.shape)

    pdf = blurred.pdf if bandwidth else None
    return ToyDistribution(
        "points",
        given.shape[1],
        plot_limits(given, bandwidth),
        draw,
        pdf,
        parts=given,
        with_parts=lambda places: points(places, bandwidth),
    )
