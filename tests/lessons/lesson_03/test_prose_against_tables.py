"""Prose against data: each name is a sentence of lesson 03, held to the tables that it quotes."""

import numpy as np
import pytest

from gan_course.results import read_results

RATES, WIDTHS = (0.01, 0.1, 1.0, 10.0, 100.0), (0.01, 0.1, 0.3, 1.0)


@pytest.fixture(scope="module")
def medians():
    """Median accuracy by (activation, width, rate, batch norm), nan where most runs diverged."""
    runs = {}
    for row in read_results("batch_norm_rates.csv"):
        key = (
            row["activation"],
            float(row["width"]),
            float(row["rate"]),
            row["batch_norm"] == "True",
        )
        runs.setdefault(key, []).append(float(row["accuracy"]))
    assert {len(found) for found in runs.values()} == {5}
    assert len(runs) == 2 * len(RATES) * len(WIDTHS) * 2
    return {key: float(np.median(np.nan_to_num(found, nan=0.1))) for key, found in runs.items()}


@pytest.fixture(scope="module")
def distances():
    arms = {}
    for row in read_results("batch_norm_gan.csv"):
        arms.setdefault(row["arm"], []).append(float(row["fd"]))
    assert {len(found) for found in arms.values()} == {5}
    return arms


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_batch_norm_makes_three_times_as_many_settings_work(medians, activation):
    learned = {
        norm: sum(medians[activation, w, rate, norm] > 0.8 for w in WIDTHS for rate in RATES)
        for norm in (False, True)
    }
    assert learned[True] >= 3 * learned[False]


def best_runs(activation, norm):
    """Return the accuracies, seed by seed, of the setting with the best median."""
    runs = {}
    for row in read_results("batch_norm_rates.csv"):
        if (row["activation"], row["batch_norm"]) == (activation, str(norm)):
            runs.setdefault((row["width"], row["rate"]), []).append(float(row["accuracy"]))
    return max(runs.values(), key=lambda found: np.median(np.nan_to_num(found)))


def test_at_the_best_setting_batch_norm_gains_nothing_with_sigmoids_and_something_with_relu():
    plain, normalised = best_runs("sigmoid", False), best_runs("sigmoid", True)
    assert (np.median(plain), np.median(normalised)) == (0.910, 0.904)
    assert max(normalised) > min(plain)  # "the seeds overlap"
    plain, normalised = best_runs("relu", False), best_runs("relu", True)
    assert (np.median(plain), np.median(normalised)) == (0.920, 0.936)
    assert min(normalised) > max(plain)


def test_from_tiny_weights_only_batch_norm_learns_and_at_rate_100_nobody_does(medians):
    for rate in RATES[:-1]:
        assert medians["sigmoid", 0.01, rate, False] < 0.5
        assert medians["sigmoid", 0.01, rate, True] >= 0.85
    assert max(medians["sigmoid", w, 100.0, norm] for w in WIDTHS for norm in (0, 1)) < 0.2


def test_batch_norm_as_in_dcgan_beats_none_with_every_seed(distances):
    assert max(distances["both, as DCGAN"]) < min(distances["no batch norm"])
    assert max(distances["both, as DCGAN"]) < min(distances["both, and at G's output"])


def test_a_mixed_batch_fails_only_where_the_generator_sees_other_statistics(distances):
    together = distances["both, mixed batch for D and G"]
    assert min(distances["both, mixed batch for D"]) > 5 * max(together)
    assert np.median(together) < 1.1 * np.median(distances["both, as DCGAN"])


def test_at_the_discriminators_input_it_makes_no_clear_difference_here(distances):
    both = distances["both, as DCGAN"], distances["both, and at D's input"]
    assert min(both[1]) < max(both[0]) and abs(np.median(both[0]) - np.median(both[1])) < 30


def test_a_forgotten_training_flag_leaves_every_running_mean_at_0():
    for row in read_results("batch_norm_gan.csv"):
        still = row["arm"] in ("no batch norm", "both, training= forgotten")
        assert (float(row["largest_moving_mean"]) == 0) == still
