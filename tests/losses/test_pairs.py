"""The losses have the values of their formulas, and their gradients are right."""

import math

import gan_course.backend

import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from gan_course.dashboard import training_dashboard
from gan_course.laboratory import laboratory
from gan_course.live import LiveRun
from gan_course.losses import LOSSES, GanLosses, get_losses

LOG2 = math.log(2)
# name: (generator loss, discriminator loss) where every logit is 0, then where the
# discriminator is right with logit 2 for real and −2 for fake images.
LOG_D = -math.log1p(math.exp(-2.0))  # log sigmoid(2)
LOG_1_D = -math.log1p(math.exp(2.0))  # log sigmoid(−2)
AT_ZERO = {
    "minimax": (-LOG2, 2 * LOG2),
    "non_saturating": (LOG2, 2 * LOG2),
    "least_squares": (0.5, 0.5),
    "hinge": (0.0, 2.0),
    "wasserstein": (0.0, 0.0),
    "relativistic": (LOG2, LOG2),
}
AT_TWO = {
    "minimax": (LOG_D, -2 * LOG_D),
    "non_saturating": (-LOG_1_D, -2 * LOG_D),
    "least_squares": (4.5, 0.5 * (1 + 4)),
    "hinge": (2.0, 0.0),
    "wasserstein": (2.0, -4.0),
    "relativistic": (math.log1p(math.exp(4.0)), math.log1p(math.exp(-4.0))),  # apart by 4
}


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("logit, expected", [(0.0, AT_ZERO), (2.0, AT_TWO)])
def test_a_loss_has_the_value_of_its_formula(name, logit, expected):
    real, fake = ops.full((4, 1), logit), ops.full((4, 1), -logit)
    pair = LOSSES[name]
    assert float(pair.of_generator(fake, real)) == pytest.approx(expected[name][0], abs=1e-6)
    assert float(pair.discriminator_loss(real, fake)) == pytest.approx(expected[name][1], abs=1e-6)


@pytest.mark.parametrize("name", LOSSES)
def test_a_gradient_agrees_with_finite_differences(name):
    random = np.random.default_rng(0)
    real = tf.constant(random.normal(size=(5, 1)) * 3)  # float64
    fake = tf.constant(random.normal(size=(5, 1)) * 3)
    pair = LOSSES[name]

    def both(real, fake):
        return pair.discriminator_loss(real, fake) + 3.0 * pair.of_generator(fake, real)

    with tf.GradientTape() as tape:
        tape.watch([real, fake])
        total = both(real, fake)
    gradients = tape.gradient(total, [real, fake], unconnected_gradients="zero")
    width = 1e-6
    for index in range(5):
        nudge = np.zeros((5, 1))
        nudge[index] = width
        slope_real = (both(real + nudge, fake) - both(real - nudge, fake)) / (2 * width)
        slope_fake = (both(real, fake + nudge) - both(real, fake - nudge)) / (2 * width)
        assert float(gradients[0][index, 0]) == pytest.approx(float(slope_real), abs=1e-7)
        assert float(gradients[1][index, 0]) == pytest.approx(float(slope_fake), abs=1e-7)


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("logit", [-1e4, 1e4])
def test_extreme_logits_give_finite_losses(name, logit):
    pair = LOSSES[name]
    logits = ops.full((3, 1), logit)
    assert np.isfinite(float(pair.of_generator(logits, -logits)))
    assert np.isfinite(float(pair.discriminator_loss(logits, -logits)))


def test_minimax_saturates_where_the_non_saturating_loss_keeps_its_gradient():
    sure = tf.constant([[-10.0]])  # D(G(z)) is about 0.00005
    slopes = {}
    for name in ("minimax", "non_saturating"):
        with tf.GradientTape() as tape:
            tape.watch(sure)
            loss = LOSSES[name].generator_loss(sure)
        slopes[name] = float(tape.gradient(loss, sure)[0, 0])
    assert abs(slopes["minimax"]) < 1e-4
    assert slopes["non_saturating"] == pytest.approx(-1.0, abs=1e-4)


def test_an_unknown_loss_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="'non_saturatng'.*Did you mean 'non_saturating'"):
        get_losses("non_saturatng")


def test_losses_of_your_own_are_taken_as_they_are():
    own = GanLosses("own", lambda fake: fake, lambda real, fake: real)
    assert get_losses(own) is own


@pytest.mark.parametrize("name", LOSSES)
def test_the_equilibrium_is_the_least_loss_of_a_discriminator_that_cannot_tell(name):
    scores = np.linspace(-2, 2, 401)  # the same score for real and fake
    losses = [float(LOSSES[name].discriminator_loss(*2 * [ops.full((1, 1), s)])) for s in scores]
    assert min(losses) == pytest.approx(LOSSES[name].equilibrium, abs=1e-6)


@pytest.mark.parametrize("name", LOSSES)
def test_the_verdict_where_real_and_fake_cannot_be_told_apart_is_one_half(name):
    pair, scores = LOSSES[name], np.linspace(-2, 2, 401)
    losses = np.array([float(pair.discriminator_loss(*2 * [ops.full((1, 1), s)])) for s in scores])
    best = scores[losses < losses.min() + 1e-7]
    assert pair.verdict(best.mean()) == pytest.approx(0.5, abs=1e-3)


def test_v_is_defined_where_the_best_logit_is_that_of_the_probability():
    share = 0.8  # of the examples at this place are real: D* = 0.8
    logits = np.linspace(-4, 4, 201)
    for name, pair in LOSSES.items():
        if pair.compares:  # one number more on every score changes nothing: none is a probability
            apart = [
                pair.discriminator_loss(ops.full((1, 1), s), ops.full((1, 1), s - 1))
                for s in (0, 3)
            ]
            assert not pair.probability and float(apart[0]) == pytest.approx(float(apart[1]))
            continue
        # The two halves of the loss add up, so one can be read where the other stands still.
        still = float(pair.discriminator_loss(ops.zeros((1, 1)), ops.zeros((1, 1))))
        losses = []
        for s in logits:
            real, fake = ops.full((1, 1), s), ops.full((1, 1), s)
            on_real = float(pair.discriminator_loss(real, ops.zeros((1, 1)))) - still
            on_fake = float(pair.discriminator_loss(ops.zeros((1, 1)), fake)) - still
            losses.append(share * on_real + (1 - share) * on_fake)
        best = 1 / (1 + np.exp(-logits[np.argmin(losses)]))
        assert pair.probability == (abs(best - share) < 5e-3), name


# --- a loss that was added ---------------------------------------------------------------------


@pytest.fixture
def made_up(monkeypatch):
    """A pair of losses put into the table, as someone would who adds one."""
    pair = GanLosses(
        "made_up",
        lambda fake: ops.mean(ops.square(fake - 3.0)),
        lambda real, fake: ops.mean(ops.square(real - 3.0)) + ops.mean(ops.square(fake + 3.0)),
        equilibrium=18.0,
        score_range=(-3, 3),
    )
    monkeypatch.setitem(LOSSES, "made_up", pair)
    return pair


def test_a_loss_put_into_the_table_trains_and_shows_in_both_live_views(made_up):
    small = {"generator_units": (8,), "discriminator_units": (8,), "batch_size": 16}
    lab = laboratory("ring", losses="made_up", name="made up", **small)
    assert lab.controls["losses"].label == "made up"
    lab.run.slow_motion, lab.run.stage_seconds = True, 0.0
    seen = []
    lab.stages.observe(lambda change: seen.append(change["new"]), "value")
    lab.run.step_both()
    lab.run.settle(120)
    assert lab.run.error is None and lab.run.step == 1
    assert len([text for text in seen if text]) == 10
    said = "The made up loss trains a score between −3 and 3; it is shown from 0 to 1 as D."
    assert said in lab.numbers.value and "not defined" in lab.numbers.value
    scores = lab.run.trainer.logits(lab.view.truth.held_out)
    expected = np.clip((scores + 3) / 6, 0, 1).mean()
    assert lab.view.numbers.d_real == pytest.approx(expected, abs=1e-6)
    dashboard = training_dashboard(LiveRun(lambda: lab.run.trainer, steps=9, name="made up too"))
    assert "up to step 1." in dashboard.curves.alt and dashboard.bar.error.value == ""
    assert dashboard.curves.panels[0]["marks"] == [{"at": 18.0, "text": "18"}]


def test_a_laboratory_offers_every_loss_by_its_label_and_takes_a_pair_of_your_own(made_up):
    own = GanLosses("own", made_up.generator_loss, made_up.discriminator_loss, label="my own")
    lab = laboratory("gaussian_1d", losses=own, name="own", generator_units=(), batch_size=8)
    offered = {label: value for label, value in lab.controls["losses"].options}
    assert offered == {each.label: name for name, each in LOSSES.items()} | {"my own": own}
    assert lab.run.trainer.losses is own
    assert "The my own loss trains a score without a scale; its sigmoid" in lab.numbers.value
