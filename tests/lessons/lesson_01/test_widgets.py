"""The widgets of lesson 01: every control moves what it says, and the picture holds the numbers."""

import ipywidgets as widgets
import numpy as np
import pytest
from explorers import ends, set_to

from gan_course.from_scratch.optimizers import Adam, GradientDescent, Momentum, RMSprop, descend
from gan_course.lessons.lesson_01 import widgets as lesson_01
from gan_course.lessons.lesson_01.landscapes import parabola, ravine, two_valleys
from gan_course.lessons.lesson_01.widgets import (
    PARABOLA,
    RAVINE,
    VALLEYS,
    landscape_explorer,
    saturation_explorer,
)
from gan_course.tables import number
from gan_course.widgets import explorer as frame


def walk_drawn(explorer):
    """Return the positions that the left panel shows."""
    lines = explorer.figure.axes[0].lines
    if explorer.controls["surface"].value == RAVINE:
        return lines[0].get_xydata()
    return lines[1].get_xdata()


def losses_drawn(explorer):
    return explorer.figure.axes[1].lines[0].get_ydata()


@pytest.fixture
def landscape():
    return landscape_explorer()


@pytest.fixture
def saturation():
    return saturation_explorer()


def test_the_first_picture_is_a_walk_on_the_parabola(landscape):
    expected = descend(parabola().gradient, -1.5, GradientDescent(0.1), 20).positions
    np.testing.assert_allclose(walk_drawn(landscape), expected)
    np.testing.assert_allclose(losses_drawn(landscape), expected**2)


def test_the_surface_changes_what_is_walked_on(landscape):
    set_to(landscape, surface=VALLEYS)
    expected = descend(two_valleys().gradient, -1.5, GradientDescent(0.1), 20).positions
    np.testing.assert_allclose(walk_drawn(landscape), expected)
    assert "in the deep valley" in landscape.readout.value
    set_to(landscape, surface=RAVINE, rate=0.01)
    expected = descend(ravine(50.0).gradient, [-1.5, 1.0], GradientDescent(0.01), 20).positions
    np.testing.assert_allclose(walk_drawn(landscape), expected)


def test_a_large_rate_leaves_the_deep_valley_for_the_shallow_one(landscape):
    set_to(landscape, surface=VALLEYS, rate=1.0)
    assert "in the shallow valley" in landscape.readout.value
    assert "only the shallow one can hold a walk" in landscape.readout.value


@pytest.mark.parametrize(
    ("name", "optimizer"),
    [
        ("gradient descent", GradientDescent(0.1)),
        ("momentum", Momentum(0.1)),
        ("RMSprop", RMSprop(0.1)),
        ("Adam", Adam(0.1)),
    ],
)
def test_the_optimiser_changes_the_walk_and_its_title(landscape, name, optimizer):
    set_to(landscape, optimizer=name)
    expected = descend(parabola().gradient, -1.5, optimizer, 20).positions
    np.testing.assert_allclose(walk_drawn(landscape), expected)
    assert landscape.figure.axes[0].get_title().startswith(name)


def test_learning_rate_steps_and_start_change_the_walk(landscape):
    set_to(landscape, rate=0.3)
    np.testing.assert_allclose(walk_drawn(landscape), -1.5 * 0.4 ** np.arange(21), atol=1e-12)
    set_to(landscape, steps=3)
    np.testing.assert_allclose(walk_drawn(landscape), -1.5 * 0.4 ** np.arange(4))
    set_to(landscape, x=2.0)
    np.testing.assert_allclose(walk_drawn(landscape), 2.0 * 0.4 ** np.arange(4))
    set_to(landscape, steps=0)
    assert losses_drawn(landscape).tolist() == [4.0]
    assert "No closer than at the start" in landscape.readout.value


def test_the_second_coordinate_steepness_and_turn_change_the_ravine_alone(landscape):
    names = ("y", "steepness", "turn")
    assert all(landscape.controls[name].disabled for name in names)
    set_to(landscape, surface=RAVINE, rate=0.01, steps=5)
    assert not any(landscape.controls[name].disabled for name in names)
    for values in ({"y": -2.0}, {"steepness": 10}, {"turn": 40}):
        before = walk_drawn(landscape)
        set_to(landscape, **values)
        assert not np.allclose(walk_drawn(landscape), before)
    surface = ravine(10.0, 40.0)
    expected = descend(surface.gradient, [-1.5, -2.0], GradientDescent(0.01), 5).positions
    np.testing.assert_allclose(walk_drawn(landscape), expected)
    np.testing.assert_allclose(losses_drawn(landscape), surface.function(expected))


def marks(explorer):
    """Return the bounds and the present rate that the ruler shows."""
    xs = [float(line.get_xdata()[0]) for line in explorer.figure.axes[2].lines]
    return xs[:-1], xs[-1]


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ({}, [0.5, 1.0]),
        ({"optimizer": "momentum"}, [1.9]),
        ({"optimizer": "Adam"}, []),
        ({"optimizer": "RMSprop"}, []),
        ({"surface": VALLEYS}, [0.8747, 1.1885]),
        ({"surface": RAVINE}, [0.02, 0.04]),
        ({"surface": RAVINE, "steepness": 20}, [0.05, 0.1]),
        ({"surface": RAVINE, "steepness": 20, "optimizer": "momentum"}, [0.19]),
    ],
)
def test_the_ruler_marks_the_bounds_of_the_surface_and_the_present_rate(landscape, values, bounds):
    set_to(landscape, **values)
    found, rate = marks(landscape)
    assert found == pytest.approx(bounds, rel=1e-3)
    assert rate == pytest.approx(0.1)


def test_divergence_is_shown_as_such(landscape):
    set_to(landscape, surface=PARABOLA, rate=1.1220184543, steps=10)
    assert "✘ The loss grew" in landscape.readout.value
    assert "1.12 times the bound 1: above it" in landscape.readout.value
    assert any("leaves the picture" in text.get_text() for text in landscape.figure.axes[0].texts)
    set_to(landscape, steps=200)
    assert "✘ Diverged: past 1,000,000 after" in landscape.readout.value
    assert landscape.figure.axes[1].get_title().startswith("✘ Diverged")
    assert len(losses_drawn(landscape)) < 200
    assert "loss grows" in landscape.picture.value  # for those who cannot see it


def test_at_the_bound_the_walk_comes_no_closer(landscape):
    set_to(landscape, rate=1.0)
    assert "No closer than at the start" in landscape.readout.value
    assert "bound 1: at it" in landscape.readout.value


def test_every_end_of_every_control_can_be_drawn(landscape, saturation):
    for explorer in (landscape, saturation):
        for values in ends(explorer):
            set_to(explorer, **values)
            assert "cannot be drawn" not in explorer.readout.value, values


def test_a_start_outside_the_picture_of_the_valleys_is_moved_and_told(landscape):
    set_to(landscape, surface=VALLEYS, x=-4.0)
    assert walk_drawn(landscape)[0] == -2.0
    assert "moved to −2" in landscape.readout.value


def spots(axes):
    """Return the marked points of the two losses: squared error, cross-entropy."""
    return [axes.lines[index].get_xydata()[0] for index in (1, 3)]


@pytest.mark.parametrize(("logit", "target"), [(-8.0, 1.0), (3.0, 1.0), (3.0, 0.3), (0.0, 0.0)])
def test_logit_and_target_move_both_losses_and_both_gradients(saturation, logit, target):
    set_to(saturation, logit=logit, target=target)
    p = 1 / (1 + np.exp(-logit))
    losses, gradients = saturation.figure.axes
    entropy = -(target * np.log(p) + (1 - target) * np.log(1 - p))
    np.testing.assert_allclose(spots(losses), [[logit, (p - target) ** 2], [logit, entropy]])
    squared = 2 * (p - target) * p * (1 - p)
    sizes = [[logit, abs(squared)], [logit, abs(p - target)]]
    np.testing.assert_allclose(spots(gradients), sizes, rtol=1e-9)
    for told in (p, squared, p - target):
        assert number(told, ".5g") in saturation.readout.value
    assert f"target {target:g}" in losses.get_title()


def test_a_prediction_that_is_right_pulls_on_nothing(saturation):
    set_to(saturation, logit=0.0, target=0.5)
    assert "neither loss pulls" in saturation.readout.value


def test_what_goes_wrong_is_shown_and_the_last_picture_stays(landscape, monkeypatch):
    before = landscape.picture.value
    monkeypatch.setattr(lesson_01, "plot_landscape", lambda *_, **__: 1 / 0)
    set_to(landscape, rate=0.5)
    assert "cannot be drawn. ZeroDivisionError" in landscape.readout.value
    assert landscape.picture.value == before
    monkeypatch.undo()
    set_to(landscape, rate=0.3)
    assert "cannot be drawn" not in landscape.readout.value


def test_an_explorer_escapes_what_an_exception_says():
    def fails(value):
        raise ValueError("<b>bold</b>")

    made = frame.Explorer({"value": widgets.IntSlider()}, fails, "gan-test")
    assert "&lt;b&gt;bold" in made.readout.value
