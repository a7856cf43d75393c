"""The Dirac-GAN: its steps, their matrix and the flow's eigenvalues agree with one another."""

import numpy as np
import pytest
from explorers import ends, set_to

from gan_course.lessons.lesson_10.dirac import (
    ALTERNATING,
    SIMULTANEOUS,
    dirac_field,
    dirac_path,
    flow_eigenvalues,
    step_matrix,
)
from gan_course.lessons.lesson_10.dirac_figure import plot_dirac
from gan_course.lessons.lesson_10.widgets import START, dirac_explorer

SCHEMES = ALTERNATING, SIMULTANEOUS
SMALL = 1e-6


def softplus(logit):
    return np.logaddexp(0, logit)


def test_the_players_go_down_their_own_losses():
    theta, psi, gamma = 0.7, -1.3, 0.4

    def generator_loss(theta):
        return -softplus(psi * theta)

    def discriminator_loss(psi):
        return softplus(psi * theta) + gamma / 2 * psi**2

    slopes = [
        (loss(at + SMALL) - loss(at - SMALL)) / (2 * SMALL)
        for loss, at in ((generator_loss, theta), (discriminator_loss, psi))
    ]
    assert dirac_field(theta, psi, gamma) == pytest.approx([-slope for slope in slopes])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("gamma", [0.0, 0.3, 2.0])
def test_the_matrix_of_a_step_is_the_slope_of_the_step_at_the_equilibrium(gamma, scheme):
    columns = [dirac_path(SMALL * start, gamma, 0.3, 1, scheme)[1] / SMALL for start in np.eye(2)]
    assert np.allclose(np.transpose(columns), step_matrix(gamma, 0.3, scheme), atol=1e-5)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0, 3.0])
def test_very_short_steps_have_the_eigenvalues_of_the_flow(gamma):
    flow = (step_matrix(gamma, 1e-6) - np.eye(2)) / 1e-6
    found = np.sort_complex(np.linalg.eigvals(flow))
    assert np.allclose(found, np.sort_complex(flow_eigenvalues(gamma)), atol=2e-3)


def test_without_friction_alternating_steps_keep_the_area_and_simultaneous_ones_widen_it():
    assert np.linalg.det(step_matrix(0.0, 0.7, ALTERNATING)) == pytest.approx(1)
    assert np.linalg.det(step_matrix(0.0, 0.7, SIMULTANEOUS)) > 1


def test_friction_brings_the_players_in_and_one_is_the_best_of_it():
    far = {gamma: np.hypot(*dirac_path((1.0, 0.0), gamma, 0.1, 400)[-1]) for gamma in (0, 1, 20)}
    assert far[1] < 1e-3 < 0.1 < min(far[0], far[20])
    slowest = [flow_eigenvalues(gamma).real.max() for gamma in (0.01, 1, 100)]
    assert np.argmin(slowest) == 1
    assert slowest[2] == pytest.approx(-1 / 400, rel=1e-3)


def test_a_run_that_leaves_ends_where_it_left():
    path = dirac_path((1.0, 0.0), gamma=10.0, rate=1.5, steps=400)
    assert np.isfinite(path).all() and np.hypot(*path[-1]) > 1e6


def test_the_figure_shows_the_path_and_the_eigenvalues():
    path, values = dirac_path((1.0, 0.0), 0.3, 0.2, 50), np.array([0.9 + 0.1j, 0.9 - 0.1j])
    figure = plot_dirac(path, values)
    plane, right = figure.axes
    assert np.allclose(np.transpose(plane.lines[0].get_data()), path)
    assert np.allclose(np.transpose(right.lines[1].get_data()), [[0.9, 0.1], [0.9, -0.1]])
    assert "0.900 + 0.100i and 0.900 − 0.100i" in figure.alt and "50 steps" in figure.alt


@pytest.fixture
def explorer():
    return dirac_explorer()


def test_the_explorer_draws_the_path_of_its_controls(explorer):
    set_to(explorer, gamma=0.5, rate=0.3, steps=100, scheme=SIMULTANEOUS)
    path = dirac_path(START, 0.5, 0.3, 100, SIMULTANEOUS)
    assert np.allclose(np.transpose(explorer.figure.axes[0].lines[0].get_data()), path)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"gamma": 0.0}, "go around it for ever"),
        ({"gamma": 0.0, "scheme": SIMULTANEOUS}, "It repels"),
        ({"gamma": 0.5}, "It attracts"),
        ({"gamma": 3.0}, "It no longer turns"),
        ({"gamma": 4.0, "rate": 1.5}, "It repels"),
        ({"gamma": 4.0, "rate": 1.5}, "overshoots"),
        ({"gamma": 3.9, "rate": 0.5}, "overshoots"),
    ],
)
def test_the_explorer_says_whether_the_equilibrium_attracts(explorer, settings, words):
    set_to(explorer, **settings)
    assert words in explorer.readout.value


def test_every_end_of_every_control_can_be_drawn(explorer):
    for settings in ends(explorer):
        set_to(explorer, **settings)
        assert "cannot be drawn" not in explorer.readout.value
