"""The plots of lesson 05 hold the numbers they are given, and a text that says them."""

import numpy as np
import pytest

from gan_course import plots, theory
from gan_course.lessons.lesson_05.bilinear_figure import plot_bilinear
from gan_course.lessons.lesson_05.density_figures import (
    DIVERGENCES,
    plot_divergences,
    plot_fits,
    plot_game,
    plot_pointwise,
)
from gan_course.lessons.lesson_05.generator_loss_figure import plot_generator_losses
from gan_course.lessons.lesson_05.plane_figure import plot_planes

X = np.linspace(-8, 8, 401)
P, Q = theory.gaussian_density(X, -1, 0.7), theory.gaussian_density(X, 1.5, 1.0)
D = theory.optimal_discriminator(P, Q)
CURVES = {name: np.linspace(0, 5, 9) for name in DIVERGENCES}
HERE = (0.5, dict(zip(DIVERGENCES, (4.0, 7.0, 0.4), strict=True)))
RING = np.random.default_rng(0).normal(size=(40, 2))
PLANE = {
    "title": "a mode",
    "limits": (-3, 3),
    "heat": np.tile(np.linspace(0, 1, 20), (20, 1)),
    "real": RING,
    "fakes": RING + 1,
    "pushes": (RING[:10], np.geomspace(1e-6, 10, 10)[:, None] * RING[:10]),
    "lines": [RING[:5], RING[5:10]],
}
FIGURES = {
    "game": lambda: plot_game(X, P, Q, {"D*": D, "D (learned)": D**2}, fake=RING[:, 0]),
    "divergences": lambda: plot_divergences(
        X, (P, Q), {"D*": D}, np.linspace(-4, 4, 9), CURVES, HERE, limits=(-5, 5)
    ),
    "integrand": lambda: plot_divergences(
        X, (P, Q), {"adds": P - Q}, np.linspace(-4, 4, 9), CURVES, HERE, limits=(-5, 5)
    ),
    "pointwise": lambda: plot_pointwise([(0.3, 0.1), (0.2, 0.2)]),
    "fits": lambda: plot_fits(X, P, dict.fromkeys(DIVERGENCES, Q), limits=(-6, 6)),
    "losses": lambda: plot_generator_losses(
        -4.0,
        {"minimax": lambda x: -np.logaddexp(0, x), "non-saturating": lambda x: np.logaddexp(0, -x)},
        {"minimax": theory.minimax_gradient, "non-saturating": theory.non_saturating_gradient},
    ),
    "bilinear": lambda: plot_bilinear({"alternating": theory.alternating_steps((1, 0), 0.2, 50)}),
    "planes": lambda: plot_planes([PLANE, {"title": "empty", "limits": (0, 1)}]),
}


@pytest.mark.parametrize("make", FIGURES.values(), ids=FIGURES.keys())
def test_a_figure_has_named_axes_an_alternative_text_and_can_be_drawn(make):
    figure = make()
    assert len(figure.alt) > 40
    assert len(plots.figure_png(figure)) > 5_000
    for axes in figure.axes:
        assert axes.get_xlabel() or axes.get_title() or axes.get_ylabel()


def test_the_game_shows_both_densities_the_verdicts_and_the_points():
    figure = FIGURES["game"]()
    above, below = figure.axes
    np.testing.assert_allclose(above.lines[0].get_ydata(), P)
    np.testing.assert_allclose(above.lines[1].get_ydata(), Q)
    np.testing.assert_allclose(above.lines[2].get_xdata(), RING[:, 0])
    assert above.get_ylim()[0] < above.lines[2].get_ydata()[0] < 0
    whole = [line.get_ydata() for line in below.lines if len(line.get_xdata()) == len(X)]
    np.testing.assert_allclose(whole[0], D)
    np.testing.assert_allclose(whole[2], D**2)
    assert "peaks at x = −1" in figure.alt and "p_g at 1.5" in figure.alt


def test_verdicts_are_thick_only_where_points_are_seen():
    below = FIGURES["game"]().axes[1]
    thick = [line for line in below.lines if line.get_linewidth() > 2]
    drawn = X[np.isfinite(thick[0].get_ydata())]
    assert drawn[0] == pytest.approx(-3.5, abs=0.3) and drawn[-1] == pytest.approx(5, abs=0.3)


def test_divergences_above_the_picture_are_marked_at_its_top_and_told():
    figure = FIGURES["divergences"]()
    right = figure.axes[2]
    marks = [float(line.get_ydata()[0]) for line in right.lines if len(line.get_xdata()) == 1]
    assert marks[0] > marks[1] > 2.5  # side by side below the edge at 3
    assert marks[2] == pytest.approx(0.4)
    assert figure.alt.count("above the picture") == 2 and "JSD 0.4" in figure.alt


def test_the_pointwise_maxima_are_marked_at_the_share():
    axes = FIGURES["pointwise"]().axes[0]
    marked = [line.get_xdata()[0] for line in axes.lines if len(line.get_xdata()) == 1]
    assert marked == pytest.approx([0.75, 0.5])
    for line, best in zip(axes.lines[::3], marked, strict=True):
        assert line.get_xdata()[np.argmax(line.get_ydata())] == pytest.approx(best, abs=0.01)


def test_fits_that_coincide_have_markers_at_places_of_their_own():
    axes = FIGURES["fits"]().axes[0]
    places = [set(range(*line.get_markevery()[:1], len(X), 81)) for line in axes.lines[1:]]
    assert not set.intersection(*places) and axes.get_xlim() == (-6, 6)


def test_four_planes_stand_in_a_square():
    axes = plot_planes([PLANE] * 4).axes
    assert len({round(each.get_position().x0, 2) for each in axes}) == 2


def test_paths_that_run_away_are_cut_in_the_plane_and_whole_in_the_distances():
    path = theory.simultaneous_steps((1.0, 0.0), 1.0, 60)
    figure = plot_bilinear({"simultaneous": path})
    plane, right = figure.axes
    assert len(plane.lines[0].get_xdata()) < 20
    np.testing.assert_allclose(right.lines[0].get_ydata(), np.hypot(*path.T))
    assert right.get_yscale() == "log"
    assert "after 60 steps" in figure.alt


def test_a_plane_holds_its_layers_and_the_longest_pushes_are_shortened():
    axes = FIGURES["planes"]().axes[0]
    np.testing.assert_allclose(axes.lines[-2].get_xydata(), RING)
    np.testing.assert_allclose(axes.lines[-1].get_xydata(), RING + 1)
    (arrows,) = [one for one in axes.collections if hasattr(one, "U")]
    lengths = np.hypot(arrows.U, arrows.V)
    assert lengths.max() == pytest.approx(0.6)  # a tenth of the width
    assert np.sum(np.isclose(lengths, 0.6)) >= 2 and lengths.min() < 0.01
    turned = arrows.U * PLANE["pushes"][1][:, 1] - arrows.V * PLANE["pushes"][1][:, 0]
    np.testing.assert_allclose(turned, 0, atol=1e-9)  # the directions stay
    assert axes.images[0].get_array().shape == (20, 20)


@pytest.mark.parametrize("count", [0, 5])
def test_too_few_or_many_planes_are_refused(count):
    with pytest.raises(ValueError, match=f"panels holds {count} entries; expected 1 to 4"):
        plot_planes([PLANE] * count)
