"""The plots of lesson 01: the lines hold the walks, and what leaves the picture is told."""

import math
import re

import numpy as np
import pytest

from gan_course import plots
from gan_course.lessons.lesson_01.landscape_figure import plot_landscape
from gan_course.lessons.lesson_01.landscapes import cross_entropy_unit, ravine, squared_error_unit
from gan_course.lessons.lesson_01.saturation_figure import plot_saturation
from gan_course.plots.descent import plot_walks_on_contours, plot_walks_on_curve
from gan_course.plots.swift import swift_figure, swift_html, swift_log

CLOSING, RUNNING = [2.0, 1.0, 0.5], [1.0, -2.0, 4.0, -8.0]
STEEP = ravine(10.0)
WALKS = {
    "slow": np.array([[3.0, 1.0], [2.0, 0.5], [1.0, 0.1]]),
    "fast": np.array([[3.0, 1.0], [0.5, 0.0]]),
}
ZONES = [(0.5, "closes in"), (1.0, "zigzag"), (math.inf, "runs away")]


def landscape(path=CLOSING, rate=0.25, zones=ZONES, **more):
    return plot_landscape(np.square, path, (-3, 3), rate, zones, **more)


FIGURES = {
    "curve": lambda: plot_walks_on_curve(np.square, {"a": CLOSING, "b": RUNNING}, (-3, 3)),
    "contours": lambda: plot_walks_on_contours(STEEP.function, WALKS, ((-4, 4), (-2, 2))),
    "landscape": landscape,
    "saturation": lambda: plot_saturation(
        squared_error_unit(1.0), cross_entropy_unit(1.0), -8.0, 1.0
    ),
}


def texts(axes):
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_labels_and_an_alternative_text(name):
    figure = FIGURES[name]()
    assert figure.alt.endswith(".") and len(figure.alt) > 40
    for axes in figure.axes:
        assert axes.get_xlabel()
    assert figure.axes[0].get_ylabel()
    assert plots.figure_png(figure)[1:4] == b"PNG"


@pytest.mark.parametrize("name", ["landscape", "saturation"])
def test_nothing_of_a_swift_figure_is_cut_off(name):
    figure = FIGURES[name]()
    width = int(re.search(r'width="(\d+)"', plots.figure_html(figure))[1])
    assert width == 768  # else a part stood out, and the picture was widened


def test_a_panel_holds_its_walk_and_says_when_it_leaves():
    first, second = FIGURES["curve"]().axes
    np.testing.assert_allclose(first.lines[1].get_xydata(), [[2, 4], [1, 1], [0.5, 0.25]])
    assert texts(first) == []
    np.testing.assert_allclose(second.lines[1].get_xdata(), [1, -2, 4])  # up to the first outside
    assert texts(second) == ["leaves the picture\nat step 2"]
    assert first.get_ylim() == second.get_ylim() and first.get_title() == "a"


def test_the_contours_hold_the_walks_and_the_panel_beside_them_the_losses():
    left, right = FIGURES["contours"]().axes
    for line, other, path in zip(left.lines, right.lines, WALKS.values(), strict=False):
        np.testing.assert_allclose(line.get_xydata(), path)
        np.testing.assert_allclose(other.get_ydata(), STEEP.function(path))
    looks = {(line.get_color(), line.get_marker(), line.get_linestyle()) for line in right.lines}
    assert len(looks) == 2 and right.get_yscale() == "log"


def test_losses_can_be_drawn_against_something_else_with_a_target():
    seen = ("epochs", {"slow": [0, 5, 10], "fast": [0, 10]})
    limits = ((-4, 4), (-2, 2))
    figure = plot_walks_on_contours(
        STEEP.function, WALKS, limits, seen=seen, target=0.3, heights="height"
    )
    right = figure.axes[1]
    assert (right.get_xlabel(), right.get_ylabel()) == ("epochs", "height")
    assert list(right.lines[0].get_xdata()) == [0, 5, 10]
    assert list(right.lines[2].get_ydata()) == [0.3, 0.3]


@pytest.mark.parametrize("walks", [{}, {str(n): CLOSING for n in range(9)}])
def test_no_walk_or_too_many_are_refused(walks):
    with pytest.raises(ValueError, match=f"walks holds {len(walks)} entries; expected 1 to 8"):
        plot_walks_on_curve(np.square, walks, (-3, 3))


def test_the_ruler_marks_the_bounds_the_zones_and_the_rate():
    rates = landscape(rate=0.7).axes[2]
    assert [line.get_xdata()[0] for line in rates.lines] == [0.5, 1.0, 0.7]
    assert texts(rates) == ["closes in", "0.5", "zigzag", "bound 1", "runs away"]
    assert rates.lines[1].get_linewidth() > rates.lines[0].get_linewidth()
    assert rates.get_xscale() == "log"
    assert "lies in the zone “zigzag”; bounds at 0.5, 1." in landscape(rate=0.7).alt


def test_a_ruler_without_a_bound_says_so():
    figure = landscape(zones=[(math.inf, "no bound")])
    assert texts(figure.axes[2]) == ["no bound"] and "bounds at no rate" in figure.alt


def test_a_walk_in_two_dimensions_that_leaves_is_told():
    path = np.array([[1.0, 1.0], [0.5, -3.0], [0.2, 9.0]])
    figure = plot_landscape(STEEP.function, path, ((-4, 4), (-2, 2)), 0.3, ZONES, verdict="✘ Lost")
    walk, losses, _ = figure.axes
    assert texts(walk) == ["leaves the picture\nat step 1"]
    np.testing.assert_allclose(losses.lines[0].get_ydata(), STEEP.function(path))
    assert losses.get_title() == "✘ Lost"


def test_a_walk_to_a_loss_of_zero_can_be_drawn():
    assert swift_html(landscape(path=[2.0, 0.0, 0.0]))
    assert swift_html(landscape(path=[0.0]))


def test_saturation_marks_the_logit_on_every_curve():
    losses, gradients = FIGURES["saturation"]().axes
    p = 1 / (1 + np.exp(8.0))
    assert losses.lines[1].get_xydata()[0] == pytest.approx([-8, (p - 1) ** 2])
    assert losses.lines[3].get_xydata()[0] == pytest.approx([-8, 8 + np.log1p(np.exp(-8))])
    assert gradients.lines[1].get_ydata()[0] == pytest.approx(2 * (1 - p) * p * (1 - p))
    assert gradients.lines[3].get_ydata()[0] == pytest.approx(1 - p)


def test_swift_html_carries_the_escaped_text_and_refuses_none():
    figure, (axes,) = swift_figure([(0.1, 0.2, 0.8, 0.7)], 2)
    axes.plot([1, 10], [1, 1000])
    swift_log(axes.yaxis)
    with pytest.raises(ValueError, match="no alternative text"):
        swift_html(figure)
    figure.alt = "a < b"
    assert 'alt="a &lt; b"' in swift_html(figure)
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert "10" in labels and not any("$" in label for label in labels)
