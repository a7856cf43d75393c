"""The ROC of a judge of real and fake, and how sure its area is."""

import numpy as np

from gan_course.arguments import check_array

Z = 1.96  # standard deviations each way: 95 %
TINY = 1e-9


def roc_curve(real_scores, fake_scores):
    """Return the ROC curve of scores that should be higher for real images.

    For each threshold: which share of the fakes passes as real, and which share of the real ones.
    Equal scores pass together, so the curve has a slanted piece there.

    Args:
        real_scores: Array (n,), what a judge said of real images.
        fake_scores: Array (m,), of fakes.

    Returns:
        The pair (fakes passed, reals passed) of arrays, both from 0 to 1.

    Raises:
        ValueError: If a set is empty, or holds NaN.

    Example:
        >>> roc_curve([2.0, 1.0], [1.0, 0.0])
        (array([0. , 0. , 0.5, 1. ]), array([0. , 0.5, 1. , 1. ]))
    """
    real, fake = _scores(real_scores, fake_scores)
    thresholds = np.unique(np.concatenate([real, fake]))[::-1]
    passed = [
        [0.0, *((scores >= threshold).mean() for threshold in thresholds)]
        for scores in (fake, real)
    ]
    return np.array(passed[0]), np.array(passed[1])


def roc_area(real_scores, fake_scores):
    """Return the area under the ROC, with a 95 % interval.

    The area is the probability that a real image drawn at random gets the higher score than a fake
    drawn at random, a tie counted as half. 1/2 is chance. The interval is the one that Newcombe
    (2006), "Confidence intervals for an effect size measure based on the Mann-Whitney statistic,
    part 2", recommends, his method 5: like Wilson's it stays inside [0, 1], and has a width at 0
    and 1 too.

    Args:
        real_scores: Array (n,), what a judge said of real images: high means real.
        fake_scores: Array (m,), of fakes.

    Returns:
        The triple (area, low, high) of floats in [0, 1].

    Raises:
        ValueError: If a set is empty, or holds NaN.

    Example:
        >>> roc_area([3.0, 2.0], [1.0, 2.0])[0]
        0.875

    Introduced in lesson 11.
    """
    real, fake = _scores(real_scores, fake_scores)
    ordered = np.sort(fake)
    below, upto = (np.searchsorted(ordered, real, side) for side in ("left", "right"))
    area = float((below + upto).mean() / (2 * len(fake)))
    return area, *_interval(area, len(real), len(fake))


def _scores(real_scores, fake_scores):
    return check_array("real_scores", real_scores, ("n",)), check_array(
        "fake_scores", fake_scores, ("m",)
    )


def _interval(area, n, m):
    """Return the two areas that lie Z standard deviations of their own from the one found."""
    from scipy.optimize import brentq

    pairs = (n + m) / 2 - 1

    def beyond(true):
        spread = 1 + pairs * ((1 - true) / (2 - true) + true / (1 + true))
        return (true - area) ** 2 - Z**2 * true * (1 - true) * spread / (n * m)

    # At areas of 0 and 1 the equation has a second solution there, which is not the one meant.
    low = 0.0 if area == 0 else brentq(beyond, 0, min(area, 1 - TINY))
    high = 1.0 if area == 1 else brentq(beyond, max(area, TINY), 1)
    return float(low), float(high)
