"""Prose against data: each name is a sentence of lesson 08, held to the tables that it quotes."""

import numpy as np

from gan_course.results import read_results


def column(rows, name):
    return np.array([float(row[name]) for row in rows])


def test_the_conditional_gan_draws_what_it_is_asked_for_after_two_minutes():
    rows = read_results("obedience.csv")
    assert len({row["seed"] for row in rows}) == 5
    assert np.median(column(rows, "seconds")) <= 120
    assert np.median(column(rows, "read_as_asked")) >= 0.97
    assert np.median(column(rows, "worst_digit")) >= 0.93


def test_within_a_class_it_is_as_varied_as_the_unconditional_gan():
    with_labels, without = read_results("obedience.csv"), read_results("two_minutes.csv")
    for digit in range(10):
        medians = [np.median(column(rows, f"fd_{digit}")) for rows in (with_labels, without)]
        assert medians[0] <= medians[1], digit
