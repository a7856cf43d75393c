"""The dropout explorer: every control is moved, and what is drawn and written is compared."""

import itertools
import re

import numpy as np
import pytest

from gan_course.from_scratch.dropout import thinned_network
from gan_course.lessons.lesson_04 import masked_network, widgets as lesson_04
from gan_course.lessons.lesson_04.masked_network import BOTH, EXAMPLES, LAST
from gan_course.lessons.lesson_04.widgets import dropout_explorer
from gan_course.tables import number

WEIGHTS = masked_network.example_network()


def forward(inputs, kept_1, kept_2, rate):
    """Run the little network by hand, one mask at a time."""
    first = np.maximum(inputs @ WEIGHTS[0], 0) * kept_1 / (1 - rate)
    second = np.maximum(first @ WEIGHTS[1], 0) * kept_2 / (1 - rate)
    return (second @ WEIGHTS[2])[0]


def over_all_masks(example, rate):
    """Return outputs and probabilities of all masks, computed one at a time."""
    outputs, shares = [], []
    for bits in itertools.product([0, 1], repeat=10):
        kept = np.array(bits)
        outputs.append(forward(np.array(EXAMPLES[example]), kept[:5], kept[5:], rate))
        shares.append((1 - rate) ** kept.sum() * rate ** (10 - kept.sum()))
    return np.array(outputs), np.array(shares)


def lines(explorer):
    """Return the mean, the full network and the present output, as drawn."""
    right = explorer.figure.axes[1]
    found = {line.get_label().split(" ")[0]: line.get_xdata()[0] for line in right.get_lines()}
    return found["mean"], found["full"], found.get("now")


def crosses(explorer):
    """Return how many units are drawn as dropped."""
    marks = [line for line in explorer.figure.axes[0].get_lines() if line.get_marker() == "x"]
    return sum(len(line.get_xdata()) for line in marks)


@pytest.fixture
def explorer():
    return dropout_explorer(rate=0.3)


def test_the_button_stands_beside_the_controls_and_has_a_label_and_a_tooltip(explorer):
    assert explorer.resample.description and explorer.resample.tooltip
    assert explorer.children[0].children == (*explorer.controls.values(), explorer.resample)
    assert 'alt="Left: the network in mode train' in explorer.picture.value


def test_it_draws_the_mean_over_all_masks_beside_the_full_network(explorer):
    outputs, shares = over_all_masks("A", 0.3)
    mean, full, _ = lines(explorer)
    assert mean == pytest.approx(np.sum(outputs * shares))
    assert full == pytest.approx(forward(np.array(EXAMPLES["A"]), 1, 1, 0.0))
    assert "differ" in explorer.readout.value
    bars = explorer.figure.axes[1].patches[0].get_data().values
    assert bars.sum() == pytest.approx(1.0)


def test_the_present_mask_is_the_one_that_is_drawn_and_run(explorer):
    kept = thinned_network((3, 5, 5, 1), 0.3, np.random.default_rng(0))
    _, _, now = lines(explorer)
    assert now == pytest.approx(forward(np.array(EXAMPLES["A"]), kept[1], kept[2], 0.3))
    assert crosses(explorer) == np.sum(~kept[1]) + np.sum(~kept[2])


def test_the_button_draws_another_mask_and_moves_nothing_else(explorer):
    before = lines(explorer)
    seen = set()
    for _ in range(6):
        explorer.resample.click()
        after = lines(explorer)
        assert after[:2] == before[:2]
        seen.add(after[2])
    assert len(seen) > 3


def test_the_rate_changes_the_spread_and_at_zero_nothing_is_dropped(explorer):
    explorer.controls["rate"].value = 0.8
    outputs, shares = over_all_masks("A", 0.8)
    assert lines(explorer)[0] == pytest.approx(np.sum(outputs * shares))
    explorer.controls["rate"].value = 0.0
    mean, full, now = lines(explorer)
    assert mean == pytest.approx(full) and now == pytest.approx(full) and crosses(explorer) == 0


def test_in_test_mode_everything_is_on_and_there_is_no_mask_to_draw(explorer):
    explorer.controls["rate"].value = 0.9
    explorer.controls["mode"].value = "test"
    assert crosses(explorer) == 0 and explorer.resample.disabled
    assert lines(explorer)[2] is None
    full = number(forward(np.array(EXAMPLES["A"]), 1, 1, 0.0), ".4f")
    assert f"Without a mask the network gives the logit {full}" in explorer.readout.value
    explorer.controls["mode"].value = "train"
    assert not explorer.resample.disabled


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.95])
def test_behind_the_last_dropout_the_mean_logit_is_exact(explorer, rate):
    explorer.controls["rate"].value = rate
    explorer.controls["place"].value = LAST
    mean, full, _ = lines(explorer)
    assert mean == pytest.approx(full, abs=1e-12)
    assert "are <b>equal</b>" in explorer.readout.value
    assert "32 masks" in explorer.figure.axes[1].get_title()
    (cross,) = [c for c in explorer.figure.axes[0].get_lines() if c.get_marker() == "x"] or [None]
    assert cross is None or set(cross.get_xdata()) == {2}
    explorer.controls["place"].value = BOTH
    assert lines(explorer)[0] != pytest.approx(full, abs=1e-3)


def test_the_probability_is_the_sigmoid_and_its_mean_is_not_exact(explorer):
    _, logit, _ = lines(explorer)
    explorer.controls["place"].value = LAST
    explorer.controls["output"].value = "probability"
    mean, full, now = lines(explorer)
    assert full == pytest.approx(1 / (1 + np.exp(-logit)))
    assert abs(mean - full) > 1e-3 and 0 < now < 1
    assert explorer.figure.axes[1].get_xlim() == (0, 1)


def test_the_other_example_has_other_numbers_and_a_mask_of_its_own(explorer):
    before = re.search(r"dropped [^;]*", explorer.picture.value)[0]
    explorer.controls["example"].value = "B"
    assert re.search(r"(dropped|nothing) [^;]*", explorer.picture.value)[0] != before
    outputs, shares = over_all_masks("B", 0.3)
    assert lines(explorer)[0] == pytest.approx(np.sum(outputs * shares))


def test_an_error_while_drawing_is_said_in_the_widget(explorer, monkeypatch):
    def fails(*_, **__):
        raise ValueError("no paper left")

    monkeypatch.setattr(lesson_04, "draw_network", fails)
    explorer.controls["rate"].value = 0.5
    assert "no paper left" in explorer.readout.value


def test_a_rate_that_would_drop_everything_is_refused():
    with pytest.raises(ValueError, match=r"rate is 1\.0.*expected a number in \[0, 1\)"):
        masked_network.all_outputs(WEIGHTS, EXAMPLES["A"], 1.0)


def test_the_axis_stays_while_the_rate_spreads_the_outputs(explorer):
    seen = []
    for rate in (0.1, 0.9):
        explorer.controls["rate"].value = rate
        right = explorer.figure.axes[1]
        seen.append((right.get_xlim(), "of masks lie beyond" in right.get_xlabel()))
    assert seen == [((-12, 12), False), ((-12, 12), True)]
