"""A shipped generator loads, and still scores what its card says."""

import numpy as np
import pytest

from gan_course import metrics, models, pretrained
from gan_course.recipes import get_recipe
from gan_course.weights import load_weights, save_weights

LARGEST = {"upsampling": 5_000_000}  # bytes, where it is more than 2 MB
FEW, FEW_FD = 250, 143.97  # images of the large network B, and their distance, measured once


@pytest.mark.parametrize("name", [name for name in pretrained.available() if name not in LARGEST])
def test_a_shipped_generator_still_scores_what_its_card_says(name):
    card = pretrained.card(name)
    scores = card["scores"]
    generator = pretrained.load(name)
    z = models.sample_latent(
        scores["samples"],
        card["recipe"]["latent_dim"],
        scores["sample_seed"],
        card["recipe"]["noise"],
    )
    asked = np.arange(len(z)) % 10 if models.is_conditional(generator) else None
    images = models.generate(generator, z, asked)
    if asked is not None:
        read = metrics.predict_digits(images, tuple(card["value_range"])).argmax(axis=1)
        assert (read == asked).mean() == pytest.approx(scores["read_as_asked"], abs=0.005)
    report = metrics.evaluate(images, value_range=tuple(card["value_range"]))
    assert report["fd"] == pytest.approx(scores["fd"], rel=0.02)
    np.testing.assert_allclose(report["shares"], scores["shares"], atol=0.005)


def test_the_large_generator_still_draws_what_it_drew():
    z = models.sample_latent(FEW, 100, seed=0, noise="uniform")
    images = models.generate(pretrained.load("upsampling"), z)
    report = metrics.evaluate(images, value_range=(0, 1), draws=1)
    assert report["fd"] == pytest.approx(FEW_FD, rel=0.02)


@pytest.mark.parametrize("name", pretrained.available())
def test_a_recipe_is_still_the_one_that_its_weights_were_trained_with(name):
    card, recipe = pretrained.card(name), get_recipe(name)
    settings = {key: getattr(value, "__name__", value) for key, value in recipe.settings.items()}
    assert settings == card["recipe"]["settings"]
    assert recipe.steps == card["steps"]
    for player, key in (("generator", ""), ("discriminator", "discriminator_")):
        optimizer = getattr(recipe, f"{player}_optimizer")(recipe.steps)
        rate = optimizer.get_config()["learning_rate"]
        rate = rate["config"]["initial_learning_rate"] if isinstance(rate, dict) else rate
        known = card["recipe"].get(f"{key}learning_rate", card["recipe"]["learning_rate"])
        assert rate == pytest.approx(known)


@pytest.mark.parametrize("name", pretrained.available())
def test_shipped_weights_are_small_and_the_card_says_how_they_were_made(name):
    card = pretrained.card(name)
    size = pretrained.available()[name].stat().st_size
    assert size == card["bytes"] < LARGEST.get(name, 2_000_000)
    for key in ("made_by", "recipe", "data", "seed", "steps", "seconds", "machine", "versions"):
        assert card[key] is not None, key
    assert tuple(card["value_range"]) == get_recipe(name).value_range


def test_the_dense_generator_ships():
    assert "dense" in pretrained.available()


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="Unknown pretrained network 'dens'. Did you mean 'dense'"):
        pretrained.load("dens")
    with pytest.raises(ValueError, match="Did you mean 'dense'"):
        pretrained.card("dens")


def small(units=4):
    return models.build_dense_generator(3, [units], (4, 4, 1))


def test_weights_come_back_to_within_half_precision(tmp_path):
    there, here = small(), small()
    save_weights(tmp_path / "w.npz", there)
    load_weights(tmp_path / "w.npz", here)
    for one, other in zip(there.variables, here.variables, strict=True):
        np.testing.assert_allclose(one.numpy(), other.numpy(), rtol=1e-3, atol=1e-7)


def test_weights_of_another_architecture_are_refused_and_change_nothing(tmp_path):
    save_weights(tmp_path / "w.npz", small(5))
    here = small(4)
    before = here.variables[0].numpy()
    with pytest.raises(ValueError, match="belongs to another network"):
        load_weights(tmp_path / "w.npz", here)
    np.testing.assert_array_equal(here.variables[0].numpy(), before)


@pytest.mark.parametrize("content", [b"", b"no weights"])
def test_damaged_weights_are_refused(content, tmp_path):
    (tmp_path / "w.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"w\.npz cannot be read"):
        load_weights(tmp_path / "w.npz", small())


def test_weights_that_half_precision_cannot_hold_are_refused(tmp_path):
    model = small()
    model.variables[0].assign(model.variables[0] * 0 + 1e6)
    with pytest.raises(ValueError, match="more than float16 can hold"):
        save_weights(tmp_path / "w.npz", model)
    assert list(tmp_path.iterdir()) == []
