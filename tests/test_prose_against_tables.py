"""Prose against data: the README quotes the stored tables, and they keep what it promises."""

import re
import statistics

import numpy as np
import pytest
from places import ROOT

from gan_course.results import read_results

README = (ROOT / "README.md").read_text(encoding="utf-8")


def quoted(words):
    """Return the result that stands in the README's row with these words."""
    row = next(line for line in README.splitlines() if line.startswith("|") and words in line)
    return row.split("|")[2].strip()


def speed_ratios(arrangement):
    rounds = {}
    for row in read_results("dense_speed.csv"):
        rounds.setdefault(row["round"], {})[row["arrangement"]] = float(row["steps_per_second"])
    return [rates["trainer"] / rates[arrangement] for rates in rounds.values()]


def shares(row):
    return [float(row[f"share_{digit}"]) for digit in range(10)]


def test_the_dense_gan_draws_every_digit_with_every_seed_after_a_minute():
    rows = read_results("dense_quality.csv")
    assert [int(row["seed"]) for row in rows] == [0, 1, 2, 3, 4]
    assert all(float(row["seconds"]) == 60 for row in rows)
    assert min(min(shares(row)) for row in rows) >= 0.03


def test_the_dense_gan_comes_to_a_fifth_of_the_untrained_distance_with_every_seed():
    rows = read_results("dense_quality.csv")
    assert max(float(row["fd"]) / float(row["fd_untrained"]) for row in rows) <= 1 / 5


def test_the_trainer_costs_next_to_nothing_and_beats_the_usual_arrangement():
    assert statistics.median(speed_ratios("bare step")) >= 0.97
    assert statistics.median(speed_ratios("train_on_batch")) >= 5


def test_the_package_imports_at_once_and_lesson_06_fits_into_memory():
    sizes = {row["what"]: float(row["value"]) for row in read_results("sizes.csv")}
    assert sizes["import gan_course, seconds"] < 0.2
    assert sizes["lesson 06 in full mode, peak memory in MB"] < 2000


def test_the_readme_quotes_the_speed_ratios():
    for arrangement, words in (("bare step", "bare compiled"), ("train_on_batch", "`train_on_ba")):
        ratios = speed_ratios(arrangement)
        numbers = [float(number) for number in re.findall(r"[\d.]+", quoted(words))]
        expected = [statistics.median(ratios), min(ratios), max(ratios)]
        np.testing.assert_allclose(numbers, expected, rtol=0.02)


def test_the_readme_quotes_the_distances_and_the_rarest_digit():
    rows = read_results("dense_quality.csv")
    distances = [float(row["fd"]) for row in rows]
    text = quoted("Fréchet distance |")
    assert f"median {statistics.median(distances):.0f}, worst {max(distances):.0f}" in text
    rarest = min(min(shares(row)) for row in rows)
    assert quoted("smallest share") == f"{rarest * 100:.1f} %"


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5))
def test_five_thousand_steps_from_nothing_draw_every_digit(seed):
    from gan_course import metrics
    from gan_course.data import load_mnist
    from gan_course.recipes import get_recipe

    digits = load_mnist(value_range=(0, 1), split="gan")
    trainer = get_recipe("dense").trainer(digits.images, seed=seed)
    untrained = metrics.evaluate(trainer.sample(2000, seed=1), (0, 1))
    trainer.run(5000, progress=False)
    report = metrics.evaluate(trainer.sample(2000, seed=1), (0, 1))
    assert min(report["shares"]) >= 0.03
    assert report["fd"] <= untrained["fd"] / 5
