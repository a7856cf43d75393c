"""The exercises of lesson 10: right answers of another make."""

import numpy as np
import pytest

from gan_course.lessons.lesson_10 import exercises as ex
from gan_course.lessons.lesson_10.dirac import SIMULTANEOUS, dirac_path


def dirac_step_of_the_package(theta, psi, gamma, rate):
    return dirac_path((theta, psi), gamma, rate, 1, SIMULTANEOUS)[1]


def constraints_by_kronecker(n, m):
    return np.vstack([np.kron(np.eye(n), np.ones(m)), np.kron(np.ones(n), np.eye(m))])


def penalty_in_a_loop(slope_of, real, fake, alpha):
    lengths = [
        np.linalg.norm(slope_of((a * x + (1 - a) * y)[np.newaxis]))
        for x, y, a in zip(real, fake, alpha, strict=True)
    ]
    return np.var(lengths) + (np.mean(lengths) - 1) ** 2


def penalty_with_roots_of_a_little_more(slope_of, real, fake, alpha):
    between = alpha[:, None] * real + (1 - alpha[:, None]) * fake
    return np.mean((np.sqrt((slope_of(between) ** 2).sum(axis=1) + 1e-12) - 1) ** 2)


def loss_by_the_sigmoid(fake_logits, real_logits):
    return -np.mean(np.log(1 / (1 + np.exp(-(fake_logits - real_logits)))))


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (ex.dirac_step, dirac_step_of_the_package),
        (ex.marginal_constraints, constraints_by_kronecker),
        (ex.gradient_penalty, penalty_in_a_loop),
        (ex.gradient_penalty, penalty_with_roots_of_a_little_more),
        (ex.mend_the_pair, loss_by_the_sigmoid),
    ],
)
def test_right_answers_of_other_makes_pass(made, answer):
    assert made.check(answer).correct


def test_the_colleague_of_the_lesson_is_told_what_is_missing():
    outcome = ex.mend_the_pair.check(lambda fake, real: np.mean(np.logaddexp(0, -fake)))
    assert "the colleague's loss" in outcome.message


def test_friction_for_theta_is_named():
    def step(theta, psi, gamma, rate):
        theta, psi = ex.dirac_step.reference(theta, psi, 0, rate) - rate * gamma * np.array(
            [theta, 0]
        )
        return theta, psi

    assert "γ pulls θ" in ex.dirac_step.check(step).message
