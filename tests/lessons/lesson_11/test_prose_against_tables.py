"""Prose against data: each name is a sentence of lesson 11, held to the tables that it quotes."""

import re

import numpy as np
import pytest
from places import ROOT

from gan_course.metrics import classifier_card, wilson_interval
from gan_course.pretrained import card
from gan_course.recipes import get_recipe
from gan_course.results import read_results

USE = read_results("judged_by_use.csv")


def column(rows, name):
    return np.array([float(row[name]) for row in rows])


def test_what_fakes_are_good_for_was_asked_with_three_seeds():
    assert len({row["seed"] for row in USE}) == len(USE) == 3
    assert {(row["few_digits"], row["fakes"], row["test"]) for row in USE} == {
        ("200", "4000", "1000")
    }


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("few_shifts", "few"),  # shifts gain
        ("few", "few_own_fakes"),  # fakes of the same 200 lose
        ("shipped_fakes", "few"),  # fakes that hold news gain
        ("few_shipped_fakes", "few"),
        ("all", "shipped_fakes"),  # and are a copy with losses
        ("all", "few_shipped_fakes"),
    ],
)
def test_in_every_seed_one_training_set_serves_better_than_the_other(more, less):
    assert (column(USE, more) > column(USE, less)).all()


def test_fakes_of_the_same_200_cost_one_to_three_points_in_every_seed():
    lost = 100 * (column(USE, "few") - column(USE, "few_own_fakes"))
    assert (lost >= 1).all() and (lost <= 3).all()


def test_the_interval_of_a_mark_reaches_one_to_three_points_each_way():
    for name in ("few", "few_shifts", "own_fakes", "few_own_fakes", "shipped_fakes", "all"):
        for share in column(USE, name):
            low, high = wilson_interval(round(1000 * share), 1000)
            assert 0.0095 < (high - low) / 2 < 0.03


def test_200_digits_leak_by_both_tests_in_every_seed_and_more_through_the_discriminator():
    nearest, discriminator = column(USE, "leak_nearest"), column(USE, "leak_discriminator")
    assert nearest.min() > 0.55  # the 95 % interval of 200 against 1,000 reaches 0.05 each way
    assert (discriminator > nearest).all()


@pytest.fixture(scope="module")
def counts():
    """The whole numbers that `benchmarks/judged_by_use.py` sets at its top, by their names."""
    script = (ROOT / "benchmarks" / "judged_by_use.py").read_text(encoding="utf-8")
    lines = re.findall(r"^([A-Z_]+(?:, [A-Z_]+)*) = (\d+(?:, \d+)*)\b", script, re.MULTILINE)
    pairs = (zip(names.split(", "), values.split(", "), strict=True) for names, values in lines)
    return {name: int(value) for each in pairs for name, value in each}


def test_each_of_the_200_came_160_times_and_each_of_the_4000_of_fast_long_80_times(counts):
    few, many = get_recipe("cgan").settings, get_recipe("fast_long")
    assert counts["GAN_STEPS"] * few["batch_size"] / 200 == 160
    assert many.steps * many.settings["batch_size"] / 4000 == 80


def test_lesson_and_readme_say_what_the_script_was_run_with(counts):
    lesson = (ROOT / "notebooks" / "11_judging_gans.ipynb").read_text(encoding="utf-8")
    assert f"the same {counts['CLASSIFIER_STEPS']} batches of {counts['BATCH']}" in lesson
    assert "which each came 160 times among the batches" in lesson
    looked_at = f"nearest of {counts['LOOKED_AT']:,} fakes"
    assert f'\\"leak_nearest\\": \\"{looked_at}' in lesson
    assert f"by the {looked_at} 0.61" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_rare_class_is_rarer_among_the_fakes_whatever_the_unclear_ones_are():
    rare = [row for row in read_results("imbalance.csv") if row["data"] == "0.1"]
    assert len(rare) == 6 and {row["minority"] for row in rare} == {"0", "1"}
    assert column(rare, "share").max() < 0.055  # about half of its share or less
    clear = column(rare, "share") * (1 - column(rare, "neither"))
    assert (clear + column(rare, "neither")).max() < 0.1
    assert np.allclose(column(rare, "read"), 0.1, atol=0.002)  # the classifier reads the data right


def test_with_200_of_each_the_class_keeps_its_half_within_two_points():
    even = [row for row in read_results("imbalance.csv") if row["data"] == "0.5"]
    assert len(even) == 3
    assert (abs(column(even, "share") - 0.5) < 0.02).all()


def test_the_classifier_reads_990_of_1000_test_digits():
    assert (
        classifier_card()["test"]["right"] == 990 and classifier_card()["digits"]["train"] == 3500
    )


@pytest.mark.parametrize("name", ["dense", "fast_long", "cgan"])
def test_a_card_says_5000_digits_and_quotes_five_draws_and_a_floor(name):
    found = card(name)
    assert found["data"].startswith("5,000 MNIST digits")
    assert len(found["scores"]["fd_of_5_draws"]) == 5 and found["scores"]["floor"] > 0
