"""Prose against data: each name is a sentence of lesson 11, held to the tables that it quotes."""

import numpy as np

from gan_course.metrics import classifier_card
from gan_course.results import read_results


def column(rows, name):
    return np.array([float(row[name]) for row in rows])


def test_the_rare_class_is_rarer_among_the_fakes_whatever_the_unclear_ones_are():
    rare = [row for row in read_results("imbalance.csv") if row["data"] == "0.1"]
    assert len(rare) == 3
    clear = column(rare, "share") * (1 - column(rare, "neither"))
    assert (clear + column(rare, "neither")).max() < 0.1
    assert np.allclose(column(rare, "read"), 0.1, atol=0.001)  # the classifier reads the data right


def test_the_classifier_reads_990_of_1000_test_digits():
    assert (
        classifier_card()["test"]["right"] == 990 and classifier_card()["digits"]["train"] == 3500
    )
