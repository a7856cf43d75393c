"""The stored results of the probe and of the arithmetic hold every draw and what lesson 07 says."""

import numpy as np
import pytest

from gan_course.results import read_results

COUNTS = (10, 100, 1000)


@pytest.fixture(scope="module")
def probe():
    """Shares read right, by features and number of labels, in the order of the draws."""
    found = {}
    for row in read_results("linear_probe.csv"):
        key = row["features"], int(row["labels"])
        found.setdefault(key, {})[int(row["draw"])] = float(row["accuracy"])
    assert all(sorted(draws) == [0, 1, 2, 3, 4] for draws in found.values()), "run the script again"
    return {key: np.array([draws[n] for n in range(5)]) for key, draws in found.items()}


@pytest.fixture(scope="module")
def sums():
    return read_results("latent_arithmetic.csv")


def test_every_kind_of_features_got_every_number_of_labels(probe):
    assert set(probe) == {(n, c) for n in ("pixels", "untrained", "trained") for c in COUNTS}


def test_trained_features_beat_pixels_and_an_untrained_network_in_the_mean(probe):
    for count in COUNTS:
        for other in ("pixels", "untrained"):
            assert probe["trained", count].mean() > probe[other, count].mean()
    assert (probe["trained", 100] > probe["pixels", 100]).all()  # and in every draw


def test_the_untrained_network_beats_pixels_with_100_labels_and_not_with_10(probe):
    assert probe["untrained", 100].mean() > probe["pixels", 100].mean()
    assert probe["untrained", 1000].mean() > probe["pixels", 1000].mean()
    assert probe["untrained", 10].mean() < probe["pixels", 10].mean() + 0.02


def test_100_labels_on_features_read_no_worse_than_1000_on_pixels(probe):
    assert probe["trained", 100].mean() > probe["pixels", 1000].mean()


def test_the_arithmetic_was_tried_on_every_pair_of_digits(sums):
    for trait in ("thick", "right-leaning"):
        for exemplars in ("1", "3", "10"):
            pairs = [
                (row["first"], row["second"])
                for row in sums
                if (row["trait"], row["exemplars"]) == (trait, exemplars)
            ]
            assert len(pairs) == len(set(pairs)) == 90
    for row in sums:
        assert 0 <= int(row["both"]) <= int(row["digit"]) <= int(row["tries"])


def test_averages_help_and_the_difference_brings_the_trait(sums):
    def share(name, trait, exemplars):
        rows = [r for r in sums if (r["trait"], r["exemplars"]) == (trait, exemplars)]
        return sum(int(r[name]) for r in rows) / sum(int(r["tries"]) for r in rows)

    for trait in ("thick", "right-leaning"):
        both = [share("both", trait, exemplars) for exemplars in ("1", "3", "10")]
        assert both[0] + 0.05 < both[1] < both[2] - 0.05
        assert both[1] > 0.25 and both[1] > 4 * share("control_both", trait, "3")
        costs = [share(name, trait, "3") for name in ("digit", "control_digit")]
        assert max(costs) < 0.7 < share("alone_digit", trait, "3"), "any difference costs the digit"
