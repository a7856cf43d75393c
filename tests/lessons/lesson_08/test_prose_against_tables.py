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


def test_within_every_class_labels_bring_the_fakes_nearer_than_the_same_networks_without():
    with_labels, control = read_results("obedience.csv"), read_results("label_control.csv")
    assert len(control) == 3 and control[0]["steps"] == with_labels[0]["steps"]
    for digit in range(10):
        ours, theirs = (column(rows, f"fd_{digit}") for rows in (with_labels, control))
        assert ours.max() < theirs.min(), digit  # the lesson says: every seed
