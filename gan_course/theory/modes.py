"""How many of a mixture's modes a sample has found, and how much of it lies near any mode."""

from dataclasses import dataclass

import numpy as np

from gan_course.arguments import check_array, check_points, check_shape

WITHIN = 3.0  # standard deviations: what lies nearer to a centre is a high-quality point


@dataclass(frozen=True, eq=False)
class ModeCount:
    """What `modes_covered` found.

    Attributes:
        covered: The number of modes with enough high-quality points.
        total: The number of modes there are.
        high_quality_share: The share of all points that are high quality, in [0, 1].
        counts: The high-quality points nearest to each mode, int64 (total,).
    """

    covered: int
    total: int
    high_quality_share: float
    counts: np.ndarray

    @property
    def kl_to_uniform(self):
        """KL(found ‖ uniform) in nats, of the shares of `counts`: 0 where every mode has as many.

        It is log(total) where one mode has all, and NaN where no point is near any. Even a perfect
        generator's n points give about (total − 1) / 2n.
        """
        if not self.counts.any():
            return float("nan")
        shares = self.counts[self.counts > 0] / self.counts.sum()
        return float(np.sum(shares * np.log(shares * self.total)))


def modes_covered(points, centres, stds):
    """Count the modes that a sample has found.

    The convention is that of PacGAN's published code: a point is **high quality** if it lies within
    three standard deviations of the nearest centre (distances are counted in that centre's standard
    deviations), and a mode is **covered** if at least one such point is nearest to it. More points
    find more modes: PacGAN and VEEGAN look at 2,500.

    Args:
        points: The sample, (n, d) or (n,).
        centres: The modes' centres, (k, d) or (k,).
        stds: The standard deviation around each, one positive number or (k,).

    Returns:
        A `ModeCount`.

    Raises:
        ValueError: If the shapes do not fit, or a number is out of its range.

    Source: Lin et al. 2018, PacGAN, and its published code; Srivastava et al. 2017, VEEGAN.

    Example:
        >>> modes_covered([[0.0, 0.1], [5.0, 0.0]], [[0, 0], [2, 0]], 0.05).covered
        1

    Introduced in lesson 05.
    """
    centres = check_points("centres", centres)
    points = check_points("points", points, centres.shape[1])
    remedy = "Give one number, or one for each centre: distribution.stds."
    stds = check_array("stds", stds, above=0, remedy=remedy)
    if stds.ndim:
        check_shape("stds", stds, (len(centres),), remedy)
    squares = sum((a[:, None] - b) ** 2 for a, b in zip(points.T, centres.T, strict=True))
    distances = np.sqrt(squares) / stds  # (n, k), in standard deviations
    nearest = np.argmin(distances, axis=1)  # (n,)
    good = distances[np.arange(len(points)), nearest] <= WITHIN
    counts = np.bincount(nearest[good], minlength=len(centres))
    covered = int(np.count_nonzero(counts > 0))
    return ModeCount(covered, len(centres), float(good.mean()), counts)
