"""The widget of lesson 03: every control is moved, and what is drawn and written is compared."""

import re

import ipywidgets as widgets
import numpy as np
import pytest
from explorers import set_to

from gan_course.data import load_mnist
from gan_course.from_scratch.batch_norm import batch_norm_train, update_running
from gan_course.lessons.lesson_03 import widgets as lesson_03
from gan_course.lessons.lesson_03.widgets import (
    INFERENCE,
    ORIGINAL,
    STRENGTHS,
    THESE,
    TRAINING,
    batch_norm_explorer,
    pre_activations,
    running_statistics,
)


@pytest.fixture
def view():
    return batch_norm_explorer()


def drawn(view):
    """Return the dots of both panels: two arrays (dots, units)."""
    return [
        np.stack(
            [line.get_xdata() for line in panel.lines if line.get_label().startswith("unit")],
            axis=1,
        )
        for panel in view.figure.axes
    ]


def table(view):
    """Read the numbers of the table: (units, 6)."""
    rows = re.findall(r"unit \d</td>(.*?)</tr>", view.readout.value.replace("−", "-"))
    return np.array([[float(x) for x in re.findall(r">([^<]+)</td>", row)] for row in rows])


def test_at_first_a_batch_of_64_is_normalised_with_its_own_statistics(view):
    before, after = drawn(view)
    assert np.allclose(before, pre_activations(64, 1))
    assert np.allclose(after, (before - before.mean(0)) / before.std(0), atol=1e-3)
    assert "training" in view.picture.value


def test_scale_and_shift_move_what_comes_in_and_leave_no_trace_in_training(view):
    before, after = drawn(view)
    set_to(view, scale=5.0, shift=2.0)
    moved, same = drawn(view)
    assert np.allclose(moved, pre_activations(64, 1, 5.0, 2.0))
    assert np.abs(moved - before).max() > 1
    assert np.allclose(same, after, atol=1e-3)
    assert np.allclose(table(view)[:, 4:], [[0, 1]] * 4, atol=0.02)


def test_batch_size_and_number_choose_the_digits(view):
    set_to(view, size=8)
    assert drawn(view)[0].shape == (8, 4)
    first = drawn(view)[0]
    set_to(view, number=2)
    assert np.allclose(drawn(view)[0], pre_activations(8, 2))
    assert not np.allclose(drawn(view)[0], first)
    set_to(view, size=256)
    assert drawn(view)[0].shape == (128, 4)  # the dots that are shown; the table counts all
    assert table(view)[0, 0] == pytest.approx(pre_activations(256, 2)[:, 0].mean(), abs=0.006)


def test_gamma_and_beta_scale_and_shift_what_goes_out(view):
    _, plain = drawn(view)
    set_to(view, gamma=2.0, beta=-1.5)
    assert np.allclose(drawn(view)[1], 2 * plain - 1.5)


def test_tiny_batches_keep_nothing_or_a_sign(view):
    set_to(view, size=1, beta=0.5)
    assert np.allclose(drawn(view)[1], 0.5)
    assert "every output is β = 0.5" in view.readout.value
    set_to(view, size=2, beta=0.0)
    assert np.allclose(np.abs(drawn(view)[1]), 1, atol=0.02)
    assert "which of two digits was larger" in view.readout.value


def test_inference_uses_running_averages_of_as_many_batches_as_asked(view):
    assert view.controls["seen"].disabled and view.controls["source"].disabled
    set_to(view, mode=INFERENCE, scale=2.0)
    assert not view.controls["seen"].disabled
    mean, variance = running_statistics(50, 64, scale=2.0)
    before, after = drawn(view)
    assert np.allclose(after, (before - mean) / np.sqrt(variance + 1e-5))
    assert np.allclose(table(view)[:, 2], mean, atol=0.006)
    set_to(view, seen=0)
    before, after = drawn(view)
    assert np.allclose(after, before, rtol=1e-4)
    assert "still 0 and 1" in view.readout.value
    set_to(view, seen=10)
    assert "still weighs 35 %" in view.readout.value  # 0.9¹⁰
    set_to(view, mode=TRAINING)
    assert "own yardstick" in view.readout.value


def test_averages_of_the_original_inputs_let_a_shift_through(view):
    set_to(view, mode=INFERENCE, shift=3.0)
    corrected = drawn(view)[1]
    set_to(view, source=ORIGINAL)
    mean, variance = running_statistics(50, 64)
    before, after = drawn(view)
    assert np.allclose(after, (before - mean) / np.sqrt(variance + 1e-5))
    assert np.abs(after.mean(0)).max() > 2 > np.abs(corrected.mean(0)).max()
    assert "come out moved" in view.readout.value
    set_to(view, source=THESE)
    assert np.allclose(drawn(view)[1], corrected)


def test_the_pixels_themselves_are_scaled_and_shifted():
    pixels = load_mnist(value_range=(0, 1), split="train").images.reshape(-1, 784)
    rows = np.random.default_rng(5).integers(0, len(pixels), 8)
    weights = np.random.default_rng(3).standard_normal((784, 4)) / 28 * STRENGTHS
    moved = (3.0 * pixels[rows].astype(np.float64) - 2.0) @ weights
    assert np.allclose(pre_activations(8, 5, scale=3.0, shift=-2.0), moved)


def test_the_running_averages_are_those_of_the_lesson():
    mean, variance = np.zeros(4), np.ones(4)
    for number in (1000, 1001, 1002):
        _, kept = batch_norm_train(pre_activations(8, number, 2.0, 1.0), np.ones(4), np.zeros(4))
        mean, variance = update_running(mean, variance, kept, momentum=0.9)
    assert np.allclose(running_statistics(3, 8, 2.0, 1.0), [mean, variance])


def test_an_error_while_drawing_is_said_in_the_widget(view, monkeypatch):
    def fails(*_):
        raise ValueError("no paper left")

    monkeypatch.setattr(lesson_03, "plot_before_after", fails)
    set_to(view, scale=3.0)
    assert "no paper left" in view.readout.value


def test_the_picture_has_an_alternative_text_with_the_numbers(view):
    alt = re.search(r'alt="([^"]*)"', view.picture.value)[1]
    assert "4 units for 64 examples" in alt and "unit 4 from" in alt
    assert all(isinstance(each, widgets.Widget) for each in view.children)
