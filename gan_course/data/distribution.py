"""The type of every toy distribution, and the Gaussian mixtures most of them are made of."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from gan_course.arguments import check_array, check_points, check_seed, check_whole

CHUNK = 1 << 20  # pairs of point and node held at once, so that memory stays under 50 MB


@dataclass(frozen=True, eq=False, repr=False)
class ToyDistribution:
    """A distribution you can sample from and, where it has one, whose density you can evaluate.

    Attributes:
        name: What it is called in plots.
        dimensions: 1 or 2 (or the width of the array given to `points`).
        centres: float64 array (k, d), the centres of its modes; None if it has no such centres.
        stds: float64 array (k,), the standard deviation around each centre in every direction;
            None without centres.
        limits: (low, high), the same for every axis; a plot within them shows all but a
            negligible part.
        parts: float64 array (k, d), where the Gaussians stand that it is a mixture of; None if it
            is no such mixture. Its modes are not always these: each drawn point is a part.
        with_parts: A function of such an array that returns the mixture with its Gaussians there.
    """

    name: str
    dimensions: int
    limits: tuple[float, float]
    draw: Callable  # (n, generator) -> (n, d)
    pdf: Callable | None = None  # (n, d) -> (n,)
    centres: np.ndarray | None = None
    stds: np.ndarray | None = None
    parts: np.ndarray | None = None
    with_parts: Callable | None = None

    @property
    def has_density(self):
        """Whether `density` can be evaluated."""
        return self.pdf is not None

    def sample(self, n, seed):
        """Return `n` independent points.

        Args:
            n: How many, at least 1.
            seed: A whole number, for the same points each time, or a `numpy.random.Generator`,
                which moves on with each call.

        Returns:
            float32 array (n, d).

        Raises:
            ValueError: If `n` is not a positive whole number, or `seed` is neither.

        Example:
            >>> from gan_course.data import toy
            >>> toy.ring().sample(5, seed=0).shape
            (5, 2)
        """
        n = check_whole("n", n, remedy="Ask for at least one point.")
        return self.draw(n, check_seed("seed", seed)).astype(np.float32)

    def density(self, x):
        """Return the probability density at each point.

        Args:
            x: Array (n, d) of finite numbers; in one dimension (n,) will do.

        Returns:
            float64 array (n,), in units of 1 / length to the power d.

        Raises:
            ValueError: If there is no density, or `x` has the wrong shape or holds NaN.

        Example:
            >>> from gan_course.data import toy
            >>> toy.mixture_1d([1.0], [0.0], [1.0]).density(np.array([0.0])).round(4)
            array([0.3989])
        """
        if self.pdf is None:
            raise ValueError(
                f"{self.name!r} has no density: all its probability lies on points or curves "
                "without thickness. Give it some: line(std=0.05) or "
                "points(array, bandwidth=0.1)."
            )
        return self.pdf(check_points("x", x, self.dimensions))

    def moved(self, part, to):
        """Return this distribution with one of its Gaussians elsewhere.

        Nothing else changes, nor do the limits. The same seed draws the same points, apart from
        those of that Gaussian, which all move as far as it does.

        Args:
            part: Its number in `parts`, from 0 on.
            to: The coordinates of its new centre, (d,).

        Raises:
            ValueError: If there are no Gaussians to move, no such one, or `to` does not fit.

        Example:
            >>> from gan_course.data import toy
            >>> toy.ring().moved(0, [1.0, 0.5]).centres[0]
            array([1. , 0.5])
        """
        if self.parts is None:
            raise ValueError(
                f"{self.name!r} is no mixture of Gaussians, so none can be moved; expected one "
                "such as ring(), grid() or mixture_1d(…). Draw points of your own instead."
            )
        remedy = f"{self.name!r} has {len(self.parts)}."
        part = check_whole("part", part, least=0, most=len(self.parts) - 1, remedy=remedy)
        parts = self.parts.copy()
        parts[part] = check_array("to", to, (self.dimensions,))
        return replace(self.with_parts(parts), limits=self.limits)

    def __repr__(self):
        modes = "" if self.centres is None else f", {len(self.centres)} modes"
        density = "density" if self.has_density else "no density"
        return f"ToyDistribution({self.name!r}, {self.dimensions}-D{modes}, {density})"


def gaussian_mixture(name, centres, std, weights=None):
    """Return a mixture of round Gaussians.

    p(x) = Σ wᵢ (2πσᵢ²)^(-d/2) exp(-|x - cᵢ|² / 2σᵢ²)

    Args:
        name: What it is called in plots.
        centres: Array (k, d).
        std: σ, one positive number for all or k of them.
        weights: Shares (k,) with sum 1; equal if left out.

    Returns:
        `ToyDistribution` of d dimensions with k centres and a density.

    Raises:
        ValueError: If a standard deviation is not positive.

    Example:
        >>> gaussian_mixture("pair", np.array([[-1.0], [1.0]]), 0.1).has_density
        True
    """
    count, dimensions = centres.shape
    stds = np.broadcast_to(check_array("std", std, above=0), (count,)).copy()
    weights = np.full(count, 1 / count) if weights is None else weights
    centres = centres.copy()
    centres.flags.writeable = stds.flags.writeable = False

    def draw(n, generator):
        which = generator.choice(count, n, p=weights)
        return centres[which] + stds[which, None] * generator.standard_normal((n, dimensions))

    def pdf(x):
        return gaussian_sum(x, centres, stds, weights)

    def with_parts(places):
        return gaussian_mixture(name, places, stds, weights)

    frame = plot_limits(centres, stds.max())
    return ToyDistribution(
        name, dimensions, frame, draw, pdf, centres, stds, parts=centres, with_parts=with_parts
    )


def gaussian_sum(x, centres, stds, weights):
    """Return Σ wᵢ N(x; cᵢ, σᵢ² I) at points (n, d), a limited number of pairs at a time.

    `centres` is an array (k, d), `stds` and `weights` are arrays (k,); returns float64 (n,).
    """
    scales = weights / (2 * np.pi * stds**2) ** (x.shape[1] / 2)
    step = max(1, CHUNK // len(centres))
    result = np.empty(len(x))
    for start in range(0, len(x), step):
        part = x[start : start + step]
        squares = sum((a[:, None] - b) ** 2 for a, b in zip(part.T, centres.T, strict=True))
        result[start : start + step] = np.exp(-squares / (2 * stds**2)) @ scales
    return result


def normal_cdf(x):
    """Return Φ(x), the standard normal distribution function, accurate in the lower tail."""
    return 0.5 * np.frompyfunc(math.erfc, 1, 1)(-np.asarray(x) / math.sqrt(2)).astype(np.float64)


def plot_limits(corners, std):
    """Return (low, high) for every axis: all of `corners`, five σ and a tenth of the width."""
    low, high = float(corners.min()), float(corners.max())
    pad = max(5 * float(std), 0.1 * (high - low)) or 1.0
    return low - pad, high + pad
