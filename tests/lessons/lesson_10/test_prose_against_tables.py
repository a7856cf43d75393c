"""Prose against data: each name is a sentence of lesson 10, held to the table that it quotes."""

import re

import numpy as np
import pytest
from places import ROOT

from gan_course.results import read_results

ROWS = read_results("stability_grid.csv")
PLAIN = "non-saturating", "relativistic"
HELD = "non-saturating + R1, γ = 0.1", "relativistic + R1 + R2, γ = 0.1"
LONG = "relativistic + R1 + R2, γ = 0.1, four budgets"


def column(arm, name):
    found = np.array([float(row[name]) for row in ROWS if row["arm"] == arm])
    assert len(found) == 5, arm
    return found


def test_every_arm_ran_from_the_same_five_seeds_on_its_budget():
    arms = {row["arm"] for row in ROWS}
    assert {(row["arm"], row["seed"]) for row in ROWS} == {
        (arm, str(seed)) for arm in arms for seed in range(5)
    }
    for row in ROWS:
        assert 12 <= float(row["cpu_seconds"]) / (4 if row["arm"] == LONG else 1) < 12.5


def test_a_penalty_finds_all_modes_in_every_seed_and_pairing_alone_does_not():
    for arm in PLAIN:
        assert column(arm, "modes").max() <= 20
    for arm in (*HELD, LONG):
        assert (column(arm, "modes") == 25).all()


def test_five_seeds_cannot_say_whether_pairing_and_r2_add_to_r1():
    (low, high), (other_low, other_high) = (
        (found.min(), found.max()) for found in (column(arm, "kl_to_uniform") for arm in HELD)
    )
    assert max(low, other_low) < min(high, other_high)


def test_the_plain_pairs_have_as_many_good_points_as_the_held_ones():
    plain, held = (
        [np.median(column(arm, "within_3_sigma")) for arm in each] for each in (PLAIN, HELD)
    )
    assert np.abs(np.subtract(plain, held)).max() < 0.05


def test_a_penalty_makes_a_step_a_third_to_a_half_dearer():
    plain, one, two = (np.median(column(arm, "ms_a_step")) for arm in ("non-saturating", *HELD))
    assert pytest.approx(one / plain, abs=0.07) == 1.3
    assert pytest.approx(two / plain, abs=0.07) == 1.5


def test_hardly_a_packed_point_is_good():
    assert column("non-saturating, packed by 4", "within_3_sigma").max() < 0.03


def test_with_four_budgets_the_baseline_keeps_what_was_asked_of_it_in_every_seed():
    assert column(LONG, "kl_to_uniform").max() <= 0.05
    assert column(LONG, "within_3_sigma").min() >= 0.9


def test_the_readme_quotes_the_table():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    row = next(line for line in readme.splitlines() if "`stability.py`" in line)
    numbers = [float(number) for number in re.findall(r"[\d.]+", row.split("|")[2])]
    plain, good = column(PLAIN[0], "modes"), "within_3_sigma"
    share = {arm: np.rint(100 * np.median(column(arm, good))) for arm in (PLAIN[0], *HELD, LONG)}
    ends = [np.rint(100 * end(column(LONG, good))) for end in (np.min, np.max)]
    expected = [np.median(plain), plain.min(), plain.max(), share[PLAIN[0]], 1, 25, share[HELD[0]]]
    expected += [1, 2, 25, share[HELD[1]], share[LONG], *ends, 48]
    assert numbers == expected
