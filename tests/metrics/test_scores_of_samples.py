"""The inception score and the kernel distance, and distances of fewer samples than features."""

import numpy as np
import pytest
from scipy.linalg import sqrtm
from scipy.stats import entropy

from gan_course import metrics
from gan_course.metrics.kernel import cubic_kernel
from gan_course.metrics.report import describe


def rows_over(classes, n, seed=0):
    return np.random.default_rng(seed).dirichlet([0.4] * classes, n)


# The inception score


def test_the_inception_score_is_the_exponential_of_the_mean_divergence_that_scipy_finds():
    rows = rows_over(5, 40)
    mean = rows.mean(axis=0)
    expected = np.exp(np.mean([entropy(row, mean) for row in rows]))
    assert np.isclose(metrics.inception_score(rows), expected)


def test_the_inception_score_runs_from_1_for_one_drawing_to_the_number_of_classes():
    assert metrics.inception_score(np.repeat(rows_over(10, 1), 50, axis=0)) == pytest.approx(1)
    assert metrics.inception_score(np.full((7, 10), 0.1)) == pytest.approx(1)
    assert metrics.inception_score(np.tile(np.eye(10), (3, 1))) == pytest.approx(10)


@pytest.mark.parametrize("rows", [[[0.5, 0.4]], [[1.5, -0.5]], [0.5, 0.5], [[np.nan, 1.0]]])
def test_rows_that_are_no_probabilities_have_no_inception_score(rows):
    with pytest.raises(ValueError, match="probabilities"):
        metrics.inception_score(rows)


# The kernel distance


def by_loops(a, b):
    """The definition, pair by pair."""

    def kernel(x, y):
        return (x @ y / len(x) + 1) ** 3

    def within(rows):
        return np.mean(
            [kernel(x, y) for i, x in enumerate(rows) for j, y in enumerate(rows) if i != j]
        )

    return within(a) + within(b) - 2 * np.mean([kernel(x, y) for x in a for y in b])


def test_the_kernel_distance_is_the_mean_over_different_pairs():
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(6, 3)), rng.normal(1, 2, size=(4, 3))
    assert np.isclose(metrics.kernel_distance(a, b), by_loops(a, b))


def test_on_a_line_the_kernel_compares_three_moments():
    rng = np.random.default_rng(2)
    a, b = rng.normal(0, 1, (40, 1)), rng.normal(0.5, 1.2, (30, 1))
    gaps = [np.mean(b**power) - np.mean(a**power) for power in (1, 2, 3)]
    expected = 3 * gaps[0] ** 2 + 3 * gaps[1] ** 2 + gaps[2] ** 2
    every_pair = cubic_kernel(a, a).mean() + cubic_kernel(b, b).mean()
    assert np.isclose(every_pair - 2 * cubic_kernel(a, b).mean(), expected)


def test_with_fewer_samples_than_features_the_kernel_distance_is_still_without_bias():
    rng = np.random.default_rng(3)
    draws = [
        metrics.kernel_distance(rng.normal(size=(5, 16)), rng.normal(size=(5, 16)))
        for _ in range(2000)
    ]
    error = np.std(draws) / np.sqrt(len(draws))
    assert abs(np.mean(draws)) < 4 * error
    assert 0.3 < np.mean(np.array(draws) < 0) < 0.7


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (np.zeros((1, 3)), np.zeros((4, 3)), "at least 2"),
        (np.zeros((4, 3)), np.zeros((4, 2)), "same layer"),
        (np.full((4, 3), np.nan), np.zeros((4, 3)), "NaN"),
        (np.zeros((4, 2, 2)), np.zeros((4, 3)), r"features\(images"),
    ],
)
def test_sets_without_a_kernel_distance_are_refused(a, b, words):
    with pytest.raises(ValueError, match=words):
        metrics.kernel_distance(a, b)


# Fewer samples than features


def test_with_fewer_samples_than_features_the_frechet_distance_is_that_of_singular_matrices():
    rng = np.random.default_rng(4)
    a, b = rng.normal(size=(6, 10)), rng.normal(0.3, 1, size=(7, 10))
    first, second = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = np.real(sqrtm(first @ second + 1e-14 * np.eye(10)))
    expected = np.sum((a.mean(0) - b.mean(0)) ** 2) + np.trace(first + second - 2 * root)
    assert np.isclose(metrics.frechet_distance(a, b), expected, rtol=1e-4)


def test_two_sets_from_one_source_lie_far_apart_with_fewer_samples_than_features():
    rng = np.random.default_rng(5)
    few, many = (
        np.mean(
            [
                metrics.frechet_distance(rng.normal(size=(n, 32)), rng.normal(size=(n, 32)))
                for _ in range(5)
            ]
        )
        for n in (16, 640)
    )
    assert few > 10 * many


def test_a_report_on_no_more_samples_than_features_says_so():
    report = {
        **{"n": 64, "sets": 1, "shares": np.full(10, 0.1), "threshold": 0.03, "coverage": 10},
        **{"fd": 90.0, "floor": 80.0, "floor_low": 70.0, "precision": 0.5, "recall": 0.5},
    }
    assert "no more samples than features, 64" in describe(report)
    assert "no more samples" not in describe(report | {"n": 65})
