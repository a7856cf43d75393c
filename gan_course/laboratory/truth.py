"""What theory says about a generator of points: densities, D* and V(D*, G), exact or estimated."""

from dataclasses import dataclass

import numpy as np

from gan_course import theory

HELD_OUT = 2500  # points that no discriminator was trained on; PacGAN counts modes in as many
HELD_OUT_SEED = 987_654_321
FINE = 161  # grid points along each axis in 2-D where densities are exact
COARSE = 64  # and where they are estimated; in 1-D three times as many
LINE = 401  # grid points in 1-D where densities are exact


@dataclass(frozen=True, eq=False)
class Answer:
    """What a perfect discriminator would say of a generator.

    Attributes:
        p_data: The data's density on the grid; (k, k) in 2-D, (k,) in 1-D.
        p_g: The generator's density on the same grid.
        best: D* there; NaN where next to nothing is ever seen.
        value: V(D*, G).
        jsd: The Jensen-Shannon divergence.
        exact: Whether all this is exact, or was estimated from samples.
    """

    p_data: np.ndarray
    p_g: np.ndarray
    best: np.ndarray
    value: float
    jsd: float
    exact: bool


class Truth:
    """Answers for one distribution, whatever the generator makes.

    An affine generator of normal noise has a density in closed form; then the answer is exact. Of
    any other only samples are known: then **both** densities are smoothed with the same Gaussian.
    Smoothing makes two densities more alike, so that the estimated divergence is a little small.

    Args:
        distribution: A `ToyDistribution` of 1 or 2 dimensions.

    Attributes:
        held_out: Real points that the trainer does not hold, float32 (2,500, d).
        bandwidth: The standard deviation of the smoothing.
        least_seen: Where both densities together are smaller, nothing is seen and D* not defined.
    """

    def __init__(self, distribution):
        self.distribution = distribution
        self.held_out = distribution.sample(HELD_OUT, HELD_OUT_SEED)
        low, high = distribution.limits
        self.plane = distribution.dimensions == 2
        self.bandwidth = (high - low) / (40 if self.plane else 100)
        sample = distribution.sample(4 * HELD_OUT, HELD_OUT_SEED + 1)
        self.least_seen = 1e-3 / (high - low) ** (2 if self.plane else 1)
        self._smooth = self._estimate(sample)
        self._exact = None

    def ticks(self, exact):
        """Return the coordinates of the grid along each axis."""
        count = FINE if self.plane else LINE
        if not exact:
            count = COARSE if self.plane else 3 * COARSE
        return np.linspace(*self.distribution.limits, count)

    def density(self):
        """Return the data's density on the fine grid, exact where there is one, else smoothed."""
        return self._exact_data() if self.distribution.has_density else self._smooth

    def answer(self, fakes, affine=None):
        """Say what a perfect discriminator would.

        Args:
            fakes: Points that the generator made, (n, d), finite.
            affine: The kernel and the bias of an affine generator of normal noise, or None.

        Returns:
            An `Answer`.
        """
        p_g = None if affine is None else self._exact_model(*affine)
        exact = p_g is not None
        p_data = self._exact_data() if exact else self._smooth
        p_g = p_g if exact else self._estimate(fakes)
        ticks = self.ticks(exact)
        cell = (ticks[1] - ticks[0]) ** (2 if self.plane else 1)
        both = p_data + p_g  # V(D*, G) in a form in which no D* rounds to 0 where data are
        value = float(theory.kl(p_data, both, cell) + theory.kl(p_g, both, cell))
        best = theory.optimal_discriminator(p_data, p_g)
        best = np.where(both > self.least_seen, best, np.nan)
        return Answer(p_data, p_g, best, value, float(theory.jsd_from_value(value)), exact)

    def _points(self, ticks):
        if not self.plane:
            return ticks[:, None]
        return np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)

    def _exact_data(self):
        if self._exact is None:
            ticks = self.ticks(True)
            shape = (len(ticks),) * (2 if self.plane else 1)
            self._exact = self.distribution.density(self._points(ticks)).reshape(shape)
        return self._exact

    def _exact_model(self, kernel, bias):
        """Return the affine generator's density on the fine grid; None where the grid is too wide.

        A sum over a grid is exact for Gaussians wider than about two thirds of its spacing.
        """
        if not self.distribution.has_density or len(kernel) < len(bias):
            return None
        ticks = self.ticks(True)
        spacing = ticks[1] - ticks[0]
        total = self._exact_data().sum() * spacing ** (2 if self.plane else 1)
        narrowest = np.linalg.svd(kernel, compute_uv=False)[-1]
        if abs(total - 1) > 0.01 or narrowest < spacing / 1.5:
            return None
        density = theory.affine_density(kernel, bias, self._points(ticks))
        return density.reshape(self._exact_data().shape)

    def _estimate(self, points):
        ticks = self.ticks(False)
        if self.plane:
            return theory.kernel_density_image(points, ticks, ticks, self.bandwidth)
        return theory.kernel_density(points[:, 0], ticks, self.bandwidth)
