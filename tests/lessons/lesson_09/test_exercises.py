"""The exercises of lesson 09: right answers of another make, and the slips that it warns of."""

import numpy as np
import pytest

from gan_course.lessons.lesson_09 import exercises as ex


def kl_with_standard_deviations(mean, log_variance):
    sigma = np.exp(log_variance / 2)
    return np.sum((sigma**2 + mean**2) / 2 - 0.5 - np.log(sigma), axis=1)


def line_by_steps(data, noise, time):
    places = [z + t * (x - z) for x, z, t in zip(data, noise, time, strict=True)]
    return np.array(places), data - noise


def carry_by_a_clock(velocity, start, steps):
    x, t, length = np.array(start), 0.0, 1 / steps
    while t < 1 - length / 2:
        x, t = x + length * velocity(x, t), t + length
    return x


def likelihood_of_probabilities(images, logits):
    p, x = 1 / (1 + np.exp(-logits)), images / 2 + 0.5
    by_pixel = x * np.log(p) + (1 - x) * np.log1p(-p)
    return np.array([np.sum(each) for each in by_pixel])


def codes_by_eigenvectors(codes, noise):
    values, vectors = np.linalg.eigh(np.cov(codes, rowvar=False))
    return codes.mean(axis=0) + noise * np.sqrt(values) @ vectors.T


def codes_of_whitened_noise(codes, noise):
    noise = noise - noise.mean(axis=0)
    noise = noise @ np.linalg.inv(np.linalg.cholesky(np.cov(noise.T))).T
    return codes_by_eigenvectors(codes, noise)


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (ex.gaussian_kl, kl_with_standard_deviations),
        (ex.straight_line, line_by_steps),
        (ex.carry, carry_by_a_clock),
        (ex.mend_the_likelihood, likelihood_of_probabilities),
        (ex.fitted_codes, codes_by_eigenvectors),
        (ex.fitted_codes, codes_of_whitened_noise),
    ],
)
def test_right_answers_of_other_makes_pass(made, answer):
    outcome = made.check(answer)
    assert outcome.correct, outcome.message


def test_a_likelihood_that_clips_is_told_what_it_does_to_grey():
    def clipped(images, logits):
        ink = np.clip(images, 0, 1)
        return (ink * logits - np.logaddexp(0, logits)).sum(axis=(1, 2, 3))

    assert "turns every grey" in ex.mend_the_likelihood.check(clipped).message


def test_a_line_that_goes_the_wrong_way_in_both_parts_is_told_of_one():
    outcome = ex.straight_line.check(
        lambda data, noise, time: (
            time[:, None] * noise + (1 - time[:, None]) * data,
            noise - data,
        )
    )
    assert not outcome.correct and "t = 0 is noise" in outcome.message
