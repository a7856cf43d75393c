"""The exercises of lesson 11: right answers of another make pass."""

import numpy as np
import pytest
from scipy.linalg import sqrtm
from scipy.stats import entropy

from gan_course.lessons.lesson_11 import exercises as ex


def score_by_entropies(probabilities):
    whole = entropy(probabilities.mean(axis=0))
    return float(np.exp(whole - np.mean([entropy(row) for row in probabilities])))


def distance_in_a_loop(a, b):
    def mean(first, second, same):
        return np.mean(
            [
                (x @ y / len(x) + 1) ** 3
                for i, x in enumerate(first)
                for j, y in enumerate(second)
                if not (same and i == j)
            ]
        )

    return mean(a, a, True) + mean(b, b, True) - 2 * mean(a, b, False)


def distance_by_sqrtm(a, b):
    first, second = np.cov(a.T), np.cov(b.T)
    root = sqrtm(first @ second)
    gap = a.mean(axis=0) - b.mean(axis=0)
    return gap @ gap + np.trace(first + second - 2 * root).real


def a_jittered_drawing(real_features, n):
    jitter = np.random.default_rng(0).normal(0, 1e-3, (n, real_features.shape[1]))
    return real_features[-1] + jitter


def support_pair_by_pair(drawings):
    s = len(drawings)
    agree = [drawings[i] == drawings[j] for i in range(s) for j in range(i)]
    return 1 / np.mean(agree)


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (ex.inception_score, score_by_entropies),
        (ex.kernel_distance, distance_in_a_loop),
        (ex.mend_the_distance, distance_by_sqrtm),
        (ex.cheat_precision, a_jittered_drawing),
        (ex.support_estimate, support_pair_by_pair),
    ],
)
def test_right_answers_of_other_makes_pass(made, answer):
    assert made.check(answer).correct


def test_dice_are_told_that_they_miss_the_real_images():
    def dice(real, n):
        return np.random.default_rng(0).normal(real.mean(0), real.std(0), (n, real.shape[1]))

    assert "between two clusters" in ex.cheat_precision.check(dice).message
