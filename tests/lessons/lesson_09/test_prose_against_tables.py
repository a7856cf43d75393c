"""Prose against data: each name is a sentence of lesson 09, held to the table that it quotes."""

import pytest

from gan_course.results import read_results

ROWS = read_results("families.csv")
LONGER = read_results("flow_longer.csv")


def by_way(family, column="fd", rows=ROWS):
    """Return way → seed → value."""
    found = {}
    for row in rows:
        if row["family"] == family:
            found.setdefault(row["way"], {})[row["seed"]] = float(row[column])
    return found


def test_every_family_had_the_same_budget_with_every_seed():
    families = {row["family"]: set() for row in ROWS}
    for row in ROWS:
        families[row["family"]].add(row["seed"])
        assert float(row["cpu_seconds"]) == pytest.approx(60, rel=0.1)
    assert set(families) == {"autoencoder", "vae", "gan", "flow"}
    assert len({frozenset(seeds) for seeds in families.values()}) == 1


def test_a_gaussian_fitted_to_the_codes_helps_the_autoencoder_with_every_seed():
    ways = by_way("autoencoder")
    assert all(ways["fitted"][seed] < ways["N(0, I)"][seed] for seed in ways["fitted"])


def test_sixteen_steps_of_the_flow_come_nearer_than_one_and_cost_more_with_every_seed():
    distances, costs = by_way("flow"), by_way("flow", "cpu_seconds_per_1000")
    assert all(distances["16"][seed] < distances["1"][seed] for seed in distances["16"])
    assert all(costs["16"][seed] > 8 * costs["1"][seed] for seed in costs["16"])


def test_with_every_seed_the_gan_comes_nearest_and_codes_from_nowhere_end_farthest():
    order = (
        by_way("gan")["N(0, I)"],
        by_way("autoencoder")["fitted"],
        by_way("vae")["N(0, I)"],
        by_way("flow")["16"],
        by_way("autoencoder")["N(0, I)"],
    )
    assert set(order[0]) == {"0", "1", "2"}
    for seed in order[0]:
        distances = [each[seed] for each in order]
        assert distances == sorted(distances)


def test_the_flow_takes_fewer_steps_than_any_other_family_and_ten_times_the_budget_helps_it():
    steps = {family: by_way(family, "steps") for family in ("autoencoder", "vae", "gan", "flow")}
    most = max(steps.pop("flow")["16"].values())
    assert all(most < value for ways in steps.values() for value in ways["N(0, I)"].values())
    longer = by_way("flow_longer", rows=LONGER)["16"]["0"]
    assert longer < min(by_way("flow")["16"].values()) / 2
    assert [round(by_way("flow")["16"]["0"]), round(longer)] == [335, 128]  # as the text says
    vae, gan = by_way("vae")["N(0, I)"].values(), by_way("gan")["N(0, I)"].values()
    assert 3 * max(gan) < longer < min(vae)
    seconds = float(LONGER[0]["cpu_seconds"])
    assert seconds == pytest.approx(600, rel=0.1)
