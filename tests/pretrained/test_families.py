"""The four families of lesson 09 load, are small, and still do what their cards say."""

import numpy as np
import pytest

from gan_course.data import load_mnist
from gan_course.models import generate
from gan_course.pretrained import families

NAMES = ("autoencoder", "flow", "flow_longer", "gan", "vae")


def test_all_four_families_ship_small_with_the_same_budget_and_a_flow_with_ten_times_that():
    assert tuple(families.available_families()) == NAMES
    for name in NAMES:
        card = families.family_card(name)
        files = [families.FOLDER / f"{name}_{part}.npz" for part in card["parameters"]]
        assert sum(file.stat().st_size for file in files) == card["bytes"]
        assert all(file.stat().st_size < 1_000_000 for file in files)
        budget = 600 if name == "flow_longer" else 60
        assert budget <= card["cpu_seconds"] < 1.1 * budget


@pytest.mark.parametrize("name", NAMES)
def test_a_family_has_the_weights_that_its_card_counts(name):
    networks = families.load_family(name)
    counts = {part: network.count_params() for part, network in networks.items()}
    assert counts == families.family_card(name)["parameters"]
    assert all(np.isfinite(network.get_weights()[0]).all() for network in networks.values())


@pytest.mark.parametrize("name", ["autoencoder", "vae"])
def test_what_is_rebuilt_is_as_near_as_the_card_says(name):
    networks = families.load_family(name)
    ink = load_mnist(value_range=(0, 1), split="test").images
    given = ink if name == "vae" else 2 * ink - 1
    codes = networks["encoder"].predict(given, batch_size=500, verbose=0)[:, :32]
    rebuilt = (generate(networks["decoder"], codes) + 1) / 2
    error = np.mean((rebuilt - ink) ** 2)
    assert error == pytest.approx(families.family_card(name)["rebuilt_error"], rel=0.02)


def test_an_unknown_family_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="Unknown family 'vea'. Did you mean 'vae'"):
        families.load_family("vea")
