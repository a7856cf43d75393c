"""The exercises of lesson 11: right answers of another make pass."""

import math

import numpy as np
import pytest
from scipy.linalg import sqrtm
from scipy.stats import entropy

from gan_course.lessons.lesson_11 import exercises as ex


def score_by_entropies(probabilities):
    whole = entropy(probabilities.mean(axis=0))
    return float(np.exp(whole - np.mean([entropy(row) for row in probabilities])))


def score_of_lists(probabilities):
    rows = probabilities.astype(np.float16).tolist()
    mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    divergences = [sum(p * math.log(p / q) for p, q in zip(row, mean, strict=True)) for row in rows]
    return np.float16(math.exp(sum(divergences) / len(rows)))


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


def distance_by_a_mask(a, b):
    def mean(rows):
        return ((rows @ rows.T / rows.shape[1] + 1) ** 3)[~np.eye(len(rows), dtype=bool)].mean()

    cross = ((a @ b.T / a.shape[1] + 1) ** 3).mean()
    return np.float16(mean(a) + mean(b) - 2 * cross)


def distance_by_sqrtm(a, b):
    first, second = np.cov(a.T), np.cov(b.T)
    root = sqrtm(first @ second)
    gap = a.mean(axis=0) - b.mean(axis=0)
    return gap @ gap + np.trace(first + second - 2 * root).real


def distance_by_hand(a, b):
    (one, first), (two, second) = (
        (rows.mean(axis=0), (rows - rows.mean(axis=0)) / np.sqrt(len(rows) - 1)) for rows in (a, b)
    )
    # tr (Σ₁Σ₂)^½ is the sum of the singular values of a product of roots, and these are roots.
    overlap = np.linalg.svd(first @ second.T, compute_uv=False).sum()
    return ((one - two) ** 2).sum() + (first**2).sum() + (second**2).sum() - 2 * overlap


def two_values_as_a_list(real, n):
    mean = sum(real) / len(real)
    deviation = math.sqrt(sum((each - mean) ** 2 for each in real) / (len(real) - 1))
    return [float(mean - deviation)] * (n // 2) + [float(mean + deviation)] * (n // 2)


def two_values_unevenly(real, n):  # a fifth of them far out, and of half precision
    low, high = real.mean() - real.std() / 2, real.mean() + real.std() * 2
    return np.where(np.arange(n) % 5 == 0, high, low).astype(np.float16)


def one_drawing_as_a_list(real_features, n):
    return [real_features[7].tolist()] * n


def ten_drawings(real_features, n):
    return real_features[np.arange(n) % 10].astype(np.float16)


def a_jittered_drawing(real_features, n):
    jitter = np.random.default_rng(0).normal(0, 1e-3, (n, real_features.shape[1]))
    return real_features[-1] + jitter


def support_by_a_table(drawings):
    agree = drawings[:, None] == drawings
    return 1 / agree[~np.eye(len(drawings), dtype=bool)].mean()


def support_pair_by_pair(drawings):
    s = len(drawings)
    agree = [drawings[i] == drawings[j] for i in range(s) for j in range(i)]
    return 1 / np.mean(agree)


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (ex.inception_score, score_by_entropies),
        (ex.inception_score, score_of_lists),
        (ex.kernel_distance, distance_in_a_loop),
        (ex.kernel_distance, distance_by_a_mask),
        (ex.mend_the_distance, distance_by_sqrtm),
        (ex.mend_the_distance, distance_by_hand),
        (ex.beat_the_floor, two_values_as_a_list),
        (ex.beat_the_floor, two_values_unevenly),
        (ex.cheat_precision, a_jittered_drawing),
        (ex.cheat_precision, one_drawing_as_a_list),
        (ex.cheat_precision, ten_drawings),
        (ex.support_estimate, support_by_a_table),
        (ex.support_estimate, support_pair_by_pair),
    ],
)
def test_right_answers_of_other_makes_pass(made, answer):
    assert made.check(answer).correct


def test_dice_are_told_that_they_miss_the_real_images():
    def dice(real, n):
        return np.random.default_rng(0).normal(real.mean(0), real.std(0), (n, real.shape[1]))

    assert "between two clusters" in ex.cheat_precision.check(dice).message
