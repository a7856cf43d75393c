"""Prose against data: each name is a sentence of lesson 05, held to the tables that it quotes."""

import numpy as np
import pytest

from gan_course.results import read_results


def grouped(name, *keys):
    """Return the rows of a table by the values of these columns; each group holds five seeds."""
    groups = {}
    for row in read_results(name):
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    assert all([int(row["seed"]) for row in rows] == [0, 1, 2, 3, 4] for rows in groups.values())
    return groups


def column(rows, name):
    return np.array([float(row[name]) for row in rows])


@pytest.fixture(scope="module")
def swings():
    return grouped("toy_oscillation.csv", "rate", "from")


@pytest.fixture(scope="module")
def heads():
    return grouped("toy_strong_discriminator.csv", "optimizer", "losses", "head_start")


@pytest.fixture(scope="module")
def weak():
    return {key[0]: rows for key, rows in grouped("toy_weak_discriminator.csv", "arm").items()}


@pytest.fixture(scope="module")
def modes():
    return grouped("toy_mode_collapse.csv", "arm", "step")


@pytest.fixture(scope="module")
def known():
    return grouped("toy_discriminator_steps.csv", "k", "step")


@pytest.fixture(scope="module")
def rates():
    return grouped("toy_learning_rates.csv", "generator_rate", "discriminator_rate")


def half_swings(rows):
    return (column(rows, "highest") - column(rows, "lowest")) / 2


def test_every_seed_turns_clockwise_at_the_larger_rate_quickly_at_first_and_slowly_later(swings):
    turns = {start: column(swings["0.001", start], "turns") for start in ("500", "3000", "3500")}
    assert min(column(rows, "turns").min() for (r, _), rows in swings.items() if r == "0.001") > 7
    assert turns["500"].min().round() >= 23 and turns["500"].max().round() <= 41
    late = np.concatenate([turns["3000"], turns["3500"]]).round()
    assert (late.min(), late.max()) == (7, 17)


def test_the_smaller_rate_begins_to_turn_later_and_is_as_regular_in_the_end(swings):
    early = [column(swings["0.0002", start], "turns") for start in ("0", "500", "1000")]
    late = [column(swings["0.0002", start], "turns") for start in ("3000", "3500")]
    assert np.max(early) < 4
    assert (np.min(late).round(), np.max(late).round()) == (13, 20)


def test_the_swings_grow_again_after_the_first_rest(swings):
    rest, late = (half_swings(swings["0.001", start]) for start in ("500", "3500"))
    assert np.median(late) > 3 * np.median(rest)
    assert late.min() > 0.25


def test_a_smaller_rate_makes_smaller_swings(swings):
    fast, slow = (half_swings(swings[rate, "3500"]) for rate in ("0.001", "0.0002"))
    assert np.median(slow) < np.median(fast) / 2


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_head_start_takes_the_minimax_push_and_leaves_the_other(heads, optimizer):
    for losses, falls in (("minimax", True), ("non_saturating", False)):
        pushes = [column(heads[optimizer, losses, head], "push") for head in ("0", "2000")]
        if falls:
            assert np.all(pushes[1] < pushes[0] / 15) and pushes[1].max() < 1e-3
        else:
            assert np.all(pushes[1] > 5 * pushes[0])


def test_only_gradient_descent_on_minimax_stays_behind_after_a_head_start(heads):
    for (optimizer, losses, head), rows in heads.items():
        if head in ("0", "2000"):
            means = column(rows, "mean_400")
            if (optimizer, losses, head) == ("sgd", "minimax", "2000"):
                assert np.all(np.abs(means) < 0.5)
            else:
                assert np.all(np.abs(means - 4) < 1)


def test_the_pushes_differ_by_the_factor_that_the_losses_give(heads):
    for (optimizer, losses, head), rows in heads.items():
        if losses == "minimax" and head == "2000":
            other = heads[optimizer, "non_saturating", head]
            d = column(rows, "d_fake")
            factor = column(rows, "push") / column(other, "push")
            np.testing.assert_allclose(np.log(factor), np.log(d / (1 - d)), atol=1.0)


def test_a_generator_alone_leaves_for_where_no_data_are_with_every_seed(weak):
    alone, both = weak["generator alone"], weak["both learn on"]
    assert column(alone, "d_fake").min() > 0.99
    assert column(alone, "distance").min() > 6
    assert column(alone, "high_quality").max() == 0
    assert column(both, "distance").max() < 2.5 and column(both, "d_fake").max() < 0.6


def test_a_tiny_discriminator_gets_one_blob_and_hardly_a_good_fake(weak):
    tiny, usual = weak["8 units"], weak["two layers of 64"]
    assert column(tiny, "spread").max() < 1.1 and column(tiny, "high_quality").max() < 0.02
    assert column(usual, "spread").min() > 1.9 and column(usual, "high_quality").min() > 0.4


def test_a_generator_alone_takes_flight_and_does_not_collapse(weak):
    assert column(weak["generator alone"], "spread").min() > 2.5


def test_a_lagging_discriminator_shows_less_than_half_and_squeezes_the_fakes(known):
    def shares(rows):
        return column(rows, "bound") / column(rows, "jsd")

    assert shares(known["1", "400"]).max() < 0.5 and shares(known["5", "400"]).min() > 0.9
    assert column(known["1", "400"], "jsd").min() > 0.4
    assert np.all(column(known["1", "1200"], "jsd") < column(known["5", "1200"], "jsd"))
    assert shares(known["1", "400"]).min() > 0.28 and shares(known["1", "400"]).max() < 0.4
    cost = column(known["5", "1200"], "seconds") / column(known["1", "1200"], "seconds")
    assert (cost.min().round(), cost.max().round()) == (2, 5)
    steps = [str(step) for step in range(100, 1300, 100)]
    least = {k: np.min([column(known[k, step], "spread") for step in steps], 0) for k in "15"}
    assert least["1"].max() < 0.1


def test_modes_are_missing_in_four_of_five_seeds_while_most_fakes_are_good(modes):
    rows = modes["ring, 16 latent values", "10000"]
    assert np.sum(column(rows, "covered") < 8) == 4
    assert np.median(column(rows, "high_quality")) == pytest.approx(0.92, abs=0.005)
    two = column(modes["ring, 2 latent values", "10000"], "high_quality")
    assert np.median(two) == pytest.approx(0.74, abs=0.005)


def test_a_blur_covers_most_modes_of_the_grid_with_hardly_a_good_sample(modes):
    rows = modes["grid, 2 latent values", "1000"]
    assert (column(rows, "covered").min(), column(rows, "covered").max()) == (16, 21)
    assert 0.015 < column(rows, "high_quality").min() < column(rows, "high_quality").max() < 0.045


def test_two_slow_rates_are_far_from_done_and_one_look_is_a_snapshot(rates):
    assert np.median(column(rates["0.0002", "0.0002"], "high_quality")) < 0.05
    last = rates["0.0002", "0.005"][3]
    assert float(last["high_quality"]) < 0.01 and float(last["highest_share"]) > 0.9


def test_the_counts_of_each_mode_agree_with_the_modes_covered(modes):
    for rows in modes.values():
        for row in rows:
            counts = [int(count) for count in row["counts"].split()]
            assert len(counts) == int(row["total"])
            assert sum(count > 0 for count in counts) == int(row["covered"])
            assert abs(sum(counts) / 2500 - float(row["high_quality"])) < 1e-3


def test_more_noise_finds_no_more_modes_of_the_ring_with_any_seed(modes):
    two, sixteen = (column(modes[f"ring, {n} latent values", "10000"], "covered") for n in (2, 16))
    assert np.all(sixteen <= two) and np.median(sixteen) == 6 and np.median(two) == 8


def test_the_grid_loses_many_modes_and_more_as_its_samples_get_better(modes):
    first, last = (modes["grid, 2 latent values", step] for step in ("1000", "10000"))
    assert column(last, "covered").max() < 17.3
    assert np.all(column(last, "covered") < column(first, "covered"))
    assert np.all(column(last, "high_quality") > column(first, "high_quality"))
    assert column(first, "high_quality").max() < 0.05


def test_a_fast_generator_with_a_slow_discriminator_is_worst(rates):
    good = {pair: np.median(column(rows, "high_quality")) for pair, rows in rates.items()}
    covered = column(rates["0.005", "0.0002"], "covered")
    assert min(good, key=good.get) == ("0.005", "0.0002") and good["0.005", "0.0002"] == 0
    assert np.sum(covered == 0) == 3


def test_equal_fast_rates_find_every_mode_with_every_seed_and_are_best(rates):
    good = {pair: np.median(column(rows, "high_quality")) for pair, rows in rates.items()}
    assert max(good, key=good.get) == ("0.005", "0.005")
    assert column(rates["0.005", "0.005"], "covered").tolist() == [8] * 5


def test_a_fast_discriminator_with_a_slow_generator_depends_on_the_seed(rates):
    assert column(rates["0.0002", "0.005"], "covered").tolist() == [2, 8, 8, 1, 8]
    modest = 100 * column(rates["0.0002", "0.001"], "high_quality")
    assert (modest.min().round(), modest.max().round()) == (61, 75)
    assert len(rates) == 9
