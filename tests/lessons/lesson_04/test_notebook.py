"""What lesson 04 writes out, quotes and claims, held against the package and the tables."""

import itertools

import numpy as np
import pytest
from cells import function_of

from gan_course.from_scratch import dropout
from gan_course.lessons.lesson_04 import dropout_trial, exercises as ex
from gan_course.results import read_results

NOTEBOOK = "04_dropout.ipynb"


@pytest.mark.parametrize("rate", [0.0, 0.3, 0.9])
def test_the_mask_of_the_notebook_is_the_packaged_one(rate):
    ours = function_of(NOTEBOOK, "mask", "dropout_mask")((5, 4), rate, np.random.default_rng(1))
    theirs = dropout.dropout_mask((5, 4), rate, np.random.default_rng(1))
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("rate", [0.0, 0.3, 0.9])
def test_the_forward_pass_of_the_notebook_is_the_packaged_one(rate):
    rng = np.random.default_rng(2)
    inputs, mask = rng.normal(size=(5, 4)), rng.random((5, 4)) >= rate
    ours = function_of(NOTEBOOK, "dropout-forward", "dropout_forward")(inputs, mask, rate)
    assert np.array_equal(ours, dropout.dropout_forward(inputs, mask, rate))


def by_rate(table, name):
    rates = sorted({float(row["rate"]) for row in table})
    return {p: np.array([float(r[name]) for r in table if float(r["rate"]) == p]) for p in rates}


def test_the_table_of_rates_says_what_the_lesson_says():
    table = read_results("dropout_rates.csv")
    held, test = by_rate(table, "held_out_error"), by_rate(table, "test_error")
    loss = by_rate(table, "test_loss")
    assert {len(runs) for runs in held.values()} == {5}
    assert {row["seed"] for row in table} == set("01234")
    best = min(held, key=lambda rate: np.median(held[rate]))
    assert best == 0.7
    assert (np.median(test[0.0]), np.median(test[best])) == (0.114, 0.110)
    gains = test[0.0] - test[best]  # "seed by seed by 0.2 to 1.1 points"
    assert np.allclose((gains.min(), gains.max()), (0.002, 0.011))
    assert 0.7 < np.median(loss[best]) / np.median(loss[0.0]) < 0.76  # "by a quarter"
    assert np.median(held[0.8]) > np.median(held[0.0])  # "no more digits than no dropout"
    assert np.median(held[0.9]) > 1.5 * np.median(held[0.0])  # "little is learned at all"


def test_the_table_of_discriminators_says_what_the_lesson_says():
    table = read_results("dropout_discriminator.csv")
    seen, new, fd = (by_rate(table, name) for name in ("d_seen", "d_new", "fd"))
    assert {len(runs) for runs in fd.values()} == {5}
    gap = {rate: seen[rate] - new[rate] for rate in seen}
    assert gap[0.0].min() > gap[0.5].max()
    assert fd[0.5].max() < fd[0.0].min()


def test_the_check_of_the_geometric_mean_accepts_a_softmax_of_mean_logits():
    def through_logits(probabilities):
        powers = np.exp(np.log(probabilities).mean(axis=0))
        return powers / np.sum(powers)

    assert ex.geometric_mean.check(through_logits).correct


def test_the_check_of_dropout_accepts_other_ways_to_draw_a_mask():
    def binomial(x, rate, rng, training):
        return x * rng.binomial(1, 1 - rate, x.shape) / (1 - rate) if training else x

    def choice(x, rate, rng, training):
        return np.where(rng.uniform(size=x.shape) < rate, 0, x / (1 - rate)) if training else x

    assert ex.dropout.check(binomial).correct and ex.dropout.check(choice).correct


def test_masks_of_different_layers_leave_a_linear_network_exact():
    rng = np.random.default_rng(3)
    first, second, x, rate = rng.normal(size=(2, 3)), rng.normal(size=3), rng.normal(size=2), 0.4
    mean = 0.0
    for bits in itertools.product([0, 1], repeat=5):
        kept = np.array(bits)
        share = np.prod(np.where(kept, 1 - rate, rate))
        hidden = (x * kept[:2] / (1 - rate)) @ first
        mean += share * (hidden * kept[2:] / (1 - rate)) @ second
    assert mean == pytest.approx(x @ first @ second)


def trainable_for_training(network, optimizer, images, labels):
    network.trainable = True
    return dropout_trial.step(network, optimizer, images, labels, training=None)


def training_is_false(network, optimizer, images, labels):
    return dropout_trial.step(network, optimizer, images, labels, training=False)


@pytest.mark.parametrize("step", [trainable_for_training, training_is_false])
def test_other_steps_in_which_dropout_is_inert_are_told_so(step):
    outcome = ex.mend_the_step.check(step)
    assert outcome.status == "incorrect"
    assert "Dropout is still inert" in outcome.message and "`trainable`" in outcome.message
