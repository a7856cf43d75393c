"""The widgets of lesson 05: every control moves what it says, and the picture holds the numbers."""

import numpy as np
import pytest
from explorers import ends, set_to

from gan_course import theory
from gan_course.lessons.lesson_05 import widgets as lesson_05
from gan_course.lessons.lesson_05.widgets import (
    ALL,
    CELL,
    FORWARD,
    LINEAR,
    LOGARITHMIC,
    MIDDLE,
    REVERSE,
    SCHEMES,
    VERDICT,
    X,
    divergence_explorer,
    generator_loss_explorer,
    oscillation_explorer,
)
from gan_course.tables import number


def densities(explorer):
    """Return p_data and p_g as drawn."""
    return [line.get_ydata() for line in explorer.figure.axes[0].lines[:2]]


def lower(explorer):
    """Return the thin curve below the densities, which runs over the whole grid."""
    axes = explorer.figure.axes[1]
    return next(line.get_ydata() for line in axes.lines if len(line.get_ydata()) == len(X))


@pytest.fixture
def divergences():
    return divergence_explorer()


@pytest.fixture
def losses():
    return generator_loss_explorer()


@pytest.fixture
def oscillation():
    return oscillation_explorer()


@pytest.mark.parametrize("make", lesson_05.WIDGETS.values(), ids=lesson_05.WIDGETS.keys())
def test_every_end_of_every_control_can_be_drawn_with_finite_numbers(make):
    made = make()
    for values in ends(made):
        set_to(made, **values)
        assert "cannot be drawn" not in made.readout.value, values
        assert "nan" not in made.readout.value and "inf" not in made.readout.value


def test_all_narrow_and_far_apart_the_divergences_stay_finite(divergences):
    set_to(divergences, data_gap=6, data_std=0.4, fake_mean=3, fake_gap=4, fake_std=0.4)
    set_to(divergences, data_share=0.05, fake_share=0.95)
    assert "inf" not in divergences.readout.value
    set_to(divergences, fake_mean=-3, fake_share=0.05, data_share=0.95)
    assert "inf" not in divergences.readout.value


def test_the_first_picture_is_two_heaps_and_one_generator_between(divergences):
    p_data, p_g = densities(divergences)
    expected = theory.mixture_density(X, [0.5, 0.5], [-1.5, 1.5], [0.6, 0.6])
    np.testing.assert_allclose(p_data, expected)
    np.testing.assert_allclose(p_g, theory.gaussian_density(X, 0, 0.8))
    np.testing.assert_allclose(lower(divergences), theory.optimal_discriminator(p_data, p_g))


@pytest.mark.parametrize(
    ("values", "which", "expected"),
    [
        ({"data_gap": 0.0}, 0, ([0.5, 0.5], [0, 0], [0.6, 0.6])),
        ({"data_gap": 5.0}, 0, ([0.5, 0.5], [-2.5, 2.5], [0.6, 0.6])),
        ({"data_std": 1.0}, 0, ([0.5, 0.5], [-1.5, 1.5], [1.0, 1.0])),
        ({"data_share": 0.8}, 0, ([0.2, 0.8], [-1.5, 1.5], [0.6, 0.6])),
        ({"fake_mean": 2.0}, 1, ([0.5, 0.5], [2, 2], [0.8, 0.8])),
        ({"fake_mean": 1.0, "fake_gap": 3.0}, 1, ([0.5, 0.5], [-0.5, 2.5], [0.8, 0.8])),
        ({"fake_std": 1.2}, 1, ([0.5, 0.5], [0, 0], [1.2, 1.2])),
        ({"fake_gap": 2.0, "fake_share": 0.3}, 1, ([0.7, 0.3], [-1, 1], [0.8, 0.8])),
    ],
)
def test_each_control_moves_its_own_density_alone(divergences, values, which, expected):
    before = densities(divergences)
    set_to(divergences, **values)
    after = densities(divergences)
    np.testing.assert_allclose(after[which], theory.mixture_density(X, *expected))
    np.testing.assert_allclose(after[1 - which], before[1 - which])


def test_the_numbers_are_those_of_the_densities_drawn(divergences):
    set_to(divergences, fake_mean=1.25, fake_std=0.5)
    p_data, p_g = densities(divergences)
    jsd = theory.jsd(p_data, p_g, CELL)
    for value in (theory.kl(p_data, p_g, CELL), theory.kl(p_g, p_data, CELL), jsd):
        assert f"<td>{value:.4f}</td>" in divergences.readout.value
    game = number(theory.game_value(p_data, p_g, CELL), ".4f")
    assert f"V(D*, G) = {game} and −log 4" in divergences.readout.value
    assert f"2 JSD = {number(2 * jsd - np.log(4), '.4f')}" in divergences.readout.value


def test_the_curves_on_the_right_run_through_the_marks(divergences):
    set_to(divergences, fake_mean=-1.0, fake_std=0.6)
    right = divergences.figure.axes[2]
    curves, marks = [], []
    for line in right.lines:
        (curves if len(line.get_xdata()) == len(lesson_05.MOVED) else marks).append(line)
    marks = [line for line in marks if line.get_marker() not in ("None", "", None)]
    assert len(curves) == len(marks) == 3
    for curve, mark in zip(curves, marks, strict=True):
        ((x, y),) = mark.get_xydata()
        there = float(np.interp(x, curve.get_xdata(), curve.get_ydata()))
        assert x == -1.0
        assert y == pytest.approx(min(there, 2.95), rel=0.02)


def test_below_stands_what_was_chosen_and_it_adds_up(divergences):
    set_to(divergences, fake_mean=0.5)
    p_data, p_g = densities(divergences)
    for choice, expected in (
        (FORWARD, theory.kl(p_data, p_g, CELL)),
        (REVERSE, theory.kl(p_g, p_data, CELL)),
        (MIDDLE, theory.jsd(p_data, p_g, CELL)),
    ):
        set_to(divergences, lower=choice)
        assert lower(divergences).sum() * CELL == pytest.approx(expected)
        assert "adds to" in divergences.figure.axes[1].get_ylabel()
    set_to(divergences, lower=VERDICT)
    assert divergences.figure.axes[1].get_ylabel() == "D*"


def test_the_logit_moves_both_marks_and_the_text(losses):
    for logit in (-9.0, 0.0, 4.0):
        set_to(losses, logit=logit)
        d = 1 / (1 + np.exp(-logit))
        left, right = losses.figure.axes
        heights = [line.get_xydata()[0] for line in left.lines if len(line.get_xdata()) == 1]
        np.testing.assert_allclose(heights, [[logit, np.log(1 - d)], [logit, -np.log(d)]])
        slopes = [line.get_xydata()[0] for line in right.lines if len(line.get_xdata()) == 1]
        np.testing.assert_allclose(slopes, [[logit, -d], [logit, d - 1]])
        assert f"{d:.5g}" in losses.readout.value


def test_the_scale_turns_to_sizes_on_a_logarithmic_axis(losses):
    set_to(losses, logit=-4.0)
    assert losses.figure.axes[1].get_yscale() == LINEAR
    set_to(losses, scale=LOGARITHMIC)
    right = losses.figure.axes[1]
    assert right.get_yscale() == "log"
    curves = [line for line in right.lines if len(line.get_xdata()) > 100]
    ell = curves[0].get_xdata()
    np.testing.assert_allclose(curves[0].get_ydata(), 1 / (1 + np.exp(-ell)))
    np.testing.assert_allclose(curves[1].get_ydata(), 1 / (1 + np.exp(ell)))


def paths(oscillation):
    """Return the drawn paths by their labels, thinned to nothing."""
    lines = oscillation.figure.axes[0].lines
    return {line.get_label(): line.get_xydata() for line in lines if line.get_label() in SCHEMES}


def test_the_scheme_chooses_the_paths(oscillation):
    assert list(paths(oscillation)) == list(SCHEMES)
    for scheme in SCHEMES:
        set_to(oscillation, scheme=scheme)
        assert list(paths(oscillation)) == [scheme]
    set_to(oscillation, scheme=ALL)
    assert len(paths(oscillation)) == 3


def test_rate_steps_and_start_change_the_paths(oscillation):
    set_to(oscillation, rate=0.3, steps=7, x=-0.5, y=1.0)
    found, start = paths(oscillation), (-0.5, 1.0)
    np.testing.assert_allclose(
        found["simultaneous"], theory.simultaneous_steps(start, 0.3, 7), atol=1e-12
    )
    np.testing.assert_allclose(
        found["alternating"], theory.alternating_steps(start, 0.3, 7), atol=1e-12
    )
    np.testing.assert_allclose(found["flow"], theory.flow(start, 0.3 * np.arange(8)), atol=1e-12)
    assert f"√(1 + α²) = {np.sqrt(1.09):.4g}" in oscillation.readout.value
    assert "bounded" in oscillation.readout.value


def test_beyond_rate_2_alternating_steps_are_said_to_leave(oscillation):
    set_to(oscillation, scheme="alternating", rate=2.1, steps=200)
    assert "leave too" in oscillation.readout.value
    right = oscillation.figure.axes[1].lines[0].get_ydata()
    assert right[-1] > 1e6 and oscillation.figure.axes[1].get_yscale() == "log"


def test_at_the_equilibrium_nothing_moves(oscillation):
    set_to(oscillation, x=0.0, y=0.0)
    assert "cannot be drawn" not in oscillation.readout.value
    for path in paths(oscillation).values():
        np.testing.assert_allclose(path, 0)


def test_an_exception_is_shown_and_not_lost(divergences, monkeypatch):
    def fail(*arguments, **named):
        raise ValueError("no <picture>")

    monkeypatch.setattr(lesson_05, "plot_divergences", fail)
    set_to(divergences, fake_mean=1.0)
    assert "cannot be drawn. ValueError: no &lt;picture&gt;" in divergences.readout.value
