"""Two runs side by side: their settings, their steps, and what is shown of both."""

import logging
from types import SimpleNamespace

import numpy as np
import pytest
from fake_live import FakeTrainer

from gan_course.laboratory import compare
from gan_course.laboratory.pair import TrainerPair, describe_start, name_of, two_settings
from gan_course.laboratory.settings import NETWORKS, Settings, differences
from gan_course.widgets.still_curves import plot_panels

SECONDS = 120  # bounds hangs
SMALL = {"generator_units": (), "discriminator_units": (8,), "batch_size": 16}
RING = {"distribution": "ring", "seed": 0}


@pytest.fixture(scope="module")
def pair():
    """Two runs of an affine generator on the line, which differ in the updates of D."""
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    found = compare("discriminator_steps", (1, 2), "gaussian_1d", steps=4, name="test", **SMALL)
    yield found
    found.run.stop()


# The settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "values", "words"),
    [
        ("seed", (0, 1), "setting is 'seed'; expected a setting other than the data and the seed"),
        ("distribution", ("ring", "grid"), "which both runs share"),
        ("loss", ("minimax", "hinge"), "Unknown setting to compare 'loss'.*mean 'losses'"),
        ("latent_dim", 2, "values is 2; expected a pair.*Write for example compare"),
        ("latent_dim", (1, 2, 3), "expected a pair, one value for each run"),
        ("latent_dim", (2, 2), "expected two different values"),
        ("generator_units", ("64", (64,)), "expected two different values"),
        ("generator_units", ("64, many", "8"), "“many” is not a whole number"),
        ("start", ("scratch", "rings"), "trained pair 'rings'.*mean 'ring'"),
        (
            "activation",
            ("relu", "tanh"),
            "activation is 'relu'; expected 'tanh', which the weights",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_remedy(setting, values, words):
    shared = RING | ({"start": "ring"} if setting == "activation" else {})
    with pytest.raises(ValueError, match=words):
        two_settings(setting, values, shared)


def test_a_third_value_and_data_that_are_not_there_yet_are_refused():
    with pytest.raises(ValueError, match="batch_size is 8; expected no third value.*Leave out"):
        two_settings("batch_size", (16, 32), RING | {"batch_size": 8})
    with pytest.raises(ValueError, match="distribution is 'drawn'.*toy.points"):
        two_settings("batch_size", (16, 32), RING | {"distribution": "drawn"})


@pytest.mark.parametrize(
    ("setting", "values"),
    [
        ("losses", ("minimax", "hinge")),
        ("generator_units", ("8, 8", ())),
        ("start", ("scratch", "ring")),
        ("start", ("collapsed_ring", "scratch")),
    ],
)
def test_two_runs_differ_in_the_one_setting_alone(setting, values):
    first, second = two_settings(setting, values, RING)
    assert differences(first, second) == [setting.replace("_", " ")]
    assert all(
        getattr(first, name) == getattr(second, name) for name in NETWORKS if name != setting
    )


def test_a_run_is_named_by_its_value_as_words():
    assert name_of("discriminator_units", Settings(discriminator_units=(2, 4))) == "2, 4"
    assert name_of("generator_units", Settings(generator_units=())) == "no hidden layer"
    assert name_of("losses", Settings(losses="non_saturating")) == "non saturating"
    assert name_of("generator_rate", Settings(generator_rate=2e-4)) == "0.0002"


# The pair ----------------------------------------------------------------------------------------


def networks(generator, discriminator):
    """Return a trainer that has nothing but weights."""
    weights = ([np.full(2, generator)], [np.full(2, discriminator)])
    made = [SimpleNamespace(get_weights=lambda kept=kept: kept) for kept in weights]
    return SimpleNamespace(generator=made[0], discriminator=made[1])


def test_what_an_equal_seed_makes_equal_is_said_by_a_look_at_the_weights():
    same = networks(1.0, 2.0), networks(1.0, 2.0)
    other = networks(1.0, 2.0), networks(1.0, 3.0)
    said = describe_start("losses", same)
    assert said == (
        "Both runs begin with the same weights. At each step they see the same batch of points and "
        "of noise."
    )
    assert "The first weights of D differ in spite of" in describe_start("activation", other)
    assert "Their batches part too" in describe_start("batch_size", same)
    assert "of D differ: that is what is compared" in describe_start("start", other)


def test_a_pair_takes_every_step_with_both():
    trainers = {"1": FakeTrainer(), "5": FakeTrainer()}
    for name, trainer in trainers.items():
        trainer.steps_per_call = int(name)
    pair = TrainerPair(trainers)
    pair.advance(3)
    assert pair.step == 3 and pair.steps_per_call == 1
    assert [history["step"] for history in pair.history.values()] == [[1, 2, 3], [1, 2, 3]]


# The widget --------------------------------------------------------------------------------------


def test_both_take_the_same_number_of_steps_and_are_drawn(pair):
    histories = pair.wait(SECONDS)
    assert pair.run.error is None and pair.run.state == "finished"
    assert [histories[name]["step"] for name in ("1", "2")] == [[1, 2, 3, 4], [1, 2, 3, 4]]
    first, second = pair.scenes
    assert first.step == second.step == 4 and first.fakes != second.fakes
    assert first.real == second.real and first.latent == second.latent
    assert [numbers.value.count("Step 4:") for numbers in pair.numbers] == [1, 1]
    assert "discriminator_steps 2. The line with the layers real, fakes" in second.alt
    assert "Their batches part too" in pair.notice.value and "closed form" in pair.notice.value
    begun = pair.run.trainer.trainers
    pair.bar.buttons["reset"].click()
    pair.run.settle(SECONDS)
    assert pair.run.step == 0 and pair.run.trainer.trainers is not begun and first.step == 0


def test_single_updates_reach_both(pair):
    networks = [each.discriminator for each in pair.run.trainer.trainers.values()]
    before = [network.get_weights()[0] for network in networks]
    pair.run.step_discriminator()
    pair.run.settle(SECONDS)
    assert pair.run.error is None
    for network, weights in zip(networks, before, strict=True):
        assert not np.array_equal(network.get_weights()[0], weights)


def test_the_curves_of_both_stand_in_one_set_of_panels(pair):
    steps = np.frombuffer(pair.curves.steps, "<f4")
    values = np.frombuffer(pair.curves.values, "<f4").reshape(-1, len(steps))
    panels = pair.curves.panels
    names = [line["name"] for panel in panels for line in panel["lines"]]
    assert [panel["title"] for panel in panels] == ["value V", "JSD", "mean of D"]
    heads = [[key["name"] for key in panel["keys"]] for panel in panels]
    assert heads == [["1", "2"], ["from D", "true"], ["D(real)", "D(fake)"]]
    looks = {line["name"]: (line["colour"], tuple(line["dash"])) for line in panels[1]["lines"]}
    assert len(set(looks.values())) == 4 and looks["from D, 1"][0] == looks["true, 1"][0]
    assert len(values) == len(names) == 10
    for rank, view in enumerate(pair.views):
        end = values[:, -1][names.index(f"V(D, G), {view.settings.discriminator_steps}")]
        assert end == pytest.approx(view.numbers.value, abs=1e-5), rank
    figure = plot_panels(pair.curves)
    drawn = figure.axes[0].lines[2].get_ydata()
    np.testing.assert_allclose(drawn, values[1])


def test_a_layer_is_on_in_both_or_in_none(pair):
    pair.scenes[1].layers = ["real", "heat"]
    pair.run.settle(SECONDS)
    assert pair.scenes[0].layers == ["real", "heat"] and pair.scenes[0].alt.count("fakes") == 0
    assert pair.scenes[0].arrows == pair.scenes[1].arrows == b""


def test_without_scripts_the_same_pictures_stand_there(pair):
    page = pair._repr_mimebundle_()["text/html"]
    assert page.count("<img") == 3 and "discriminator_steps = 2" in page
