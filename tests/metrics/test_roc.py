"""The ROC of a judge of real and fake, its area, and how sure the area is."""

import math

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics as sklearn_metrics

from gan_course import metrics


def scores(n=30, m=20, seed=0):
    """Whole numbers, so that many are equal."""
    rng = np.random.default_rng(seed)
    return rng.integers(2, 7, n).astype(float), rng.integers(0, 5, m).astype(float)


def test_curve_and_area_are_those_of_scikit_learn_with_ties():
    real, fake = scores()
    truth = np.repeat([1, 0], [len(real), len(fake)])
    said = np.concatenate([real, fake])
    passed = sklearn_metrics.roc_curve(truth, said, drop_intermediate=False)[:2]
    for ours, theirs in zip(metrics.roc_curve(real, fake), passed, strict=True):
        assert np.allclose(ours, theirs)
    expected = sklearn_metrics.roc_auc_score(truth, said)
    assert np.isclose(metrics.roc_area(real, fake)[0], expected)


def test_the_interval_holds_the_area_and_stays_between_0_and_1():
    for real, fake in (scores(), (np.arange(10.0) + 10, np.arange(10.0)), (np.ones(9), np.ones(9))):
        area, low, high = metrics.roc_area(real, fake)
        assert 0 <= low <= area <= high <= 1
    assert metrics.roc_area(np.ones(9), np.ones(9))[0] == 0.5


def test_at_the_ends_the_interval_has_a_width_and_mirrors_itself():
    better, worse = np.arange(10.0) + 10, np.arange(10.0)
    area, low, high = metrics.roc_area(better, worse)
    assert (area, high) == (1, 1) and 0.7 < low < 0.9
    area, low_of_worst, high_of_worst = metrics.roc_area(worse, better)
    assert (area, low_of_worst) == (0, 0) and np.isclose(high_of_worst, 1 - low)


def test_the_ends_of_the_interval_lie_1_96_deviations_of_hanley_and_mcneil_away():
    area, *ends = metrics.roc_area(*scores())
    n, m = 30, 20
    for end in ends:
        q1, q2 = end / (2 - end), 2 * end**2 / (1 + end)  # Hanley & McNeil (1982)
        others = (n + m) / 2 - 1  # Newcombe's method 5: the mean of both sizes, in place of each
        variance = end * (1 - end) + others * (q1 - end**2 + q2 - end**2)
        assert np.isclose(abs(area - end), 1.96 * math.sqrt(variance / (n * m)))


def no_grades(said):
    return said


def four_grades(said):
    return np.digitize(said, [-0.5, 0.5, 1.5]).astype(float)


@pytest.mark.parametrize("gap", [0.0, 1.0, 2.0])
@pytest.mark.parametrize("graded", [no_grades, four_grades])
def test_of_ten_and_ten_the_interval_holds_the_true_area_about_95_times_in_100(gap, graded):
    rng = np.random.default_rng(1)
    real, fake = rng.normal(gap, 1, (400, 10)), rng.normal(0, 1, (400, 10))
    true, held = true_area(gap, graded), 0
    for reals, fakes in zip(graded(real), graded(fake), strict=True):
        _, low, high = metrics.roc_area(reals, fakes)
        held += low <= true <= high
    assert 0.91 < held / 400 <= 0.995


def true_area(gap, graded):
    """P(real > fake) + P(equal) / 2 of N(gap, 1) against N(0, 1), as it is or in four grades."""
    if graded is no_grades:
        return stats.norm.cdf(gap / math.sqrt(2))
    cuts = [-np.inf, -0.5, 0.5, 1.5, np.inf]
    real, fake = np.diff(stats.norm.cdf(cuts, gap)), np.diff(stats.norm.cdf(cuts))
    return real @ (np.cumsum(fake) - fake / 2)


@pytest.mark.parametrize("real", [[], [np.nan, 1.0], [[1.0]]])
def test_scores_without_a_roc_are_refused(real):
    with pytest.raises(ValueError, match="real_scores"):
        metrics.roc_area(real, [1.0, 2.0])
