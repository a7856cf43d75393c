"""The plots of lesson 02: what is drawn is what was given, and wrong input is refused in words."""

import numpy as np
import pytest

from gan_course.lessons.lesson_02.decision_figure import plot_decision
from gan_course.lessons.lesson_02.flow_figure import SMALLEST, plot_gradient_flow
from gan_course.plots import figure_png
from gan_course.plots.swift import swift_html

LIMITS = (-2, 2, -1, 1)
POINTS, LABELS = [[1.0, 0.5], [-1.0, 0.0], [1.5, 0.0]], [1, 0, 0]


def first_coordinate(x):
    return 8 * x[:, :1]


def test_a_flow_draws_each_size_and_the_median_of_several_runs():
    runs = np.array([[1e-3, 1e-1], [3e-3, 2e-1], [2e-3, 4e-1]])
    figure = plot_gradient_flow({"one": [0.5, 1.0], "three": runs}, limits=(1e-4, 10), title="T")
    axes = figure.axes[0]
    one, three = axes.lines
    assert one.get_ydata().tolist() == [0.5, 1.0] and one.get_xdata().tolist() == [1, 2]
    assert np.allclose(three.get_ydata(), [2e-3, 2e-1])
    (band,) = axes.collections
    heights = band.get_paths()[0].vertices[:, 1]
    assert np.isclose(heights.min(), 1e-3) and np.isclose(heights.max(), 4e-1)
    assert axes.get_yscale() == "log" and axes.get_ylim() == (1e-4, 10)
    assert "T. " in figure.alt and "three: 0.002 at the first layer, 0.2 at the last" in figure.alt
    assert figure_png(figure)


def test_a_gradient_of_zero_is_drawn_at_the_foot_of_the_axis():
    figure = plot_gradient_flow({"dead": [0.0, 1.0]})
    assert figure.axes[0].lines[0].get_ydata().tolist() == [SMALLEST, 1.0]
    assert figure.axes[0].get_legend() is None  # one curve needs none


def test_the_swift_figure_draws_the_same_numbers():
    curves = {"a": np.array([[1e-7, 1e-3, 1.0], [2e-7, 2e-3, 1.0]])}
    plain, swift = (plot_gradient_flow(curves, (1e-9, 10), "T", swift=s) for s in (False, True))
    for figure in (plain, swift):
        (line,) = figure.axes[0].lines
        assert np.allclose(line.get_ydata(), [1.5e-7, 1.5e-3, 1.0])
        assert figure.axes[0].get_yscale() == "log"
    assert plain.alt == swift.alt
    assert '<img alt="T. Size' in swift_html(swift)


def test_a_layer_can_be_marked():
    figure = plot_gradient_flow({"a": [1.0, 1.0, 1.0]}, marked=2)
    assert figure.axes[0].lines[1].get_xdata() == [2, 2]
    assert figure.axes[0].get_legend() is not None


@pytest.mark.parametrize(
    ("curves", "words"),
    [
        ({}, "0 entries; expected 1 to 5"),
        ({str(k): [1.0] for k in range(6)}, "6 entries; expected 1 to 5"),
        ({"a": [1.0, -1.0]}, "'a'.*from -1 .*expected .*at least 0"),
        ({"a": [np.nan]}, "expected .*finite"),
        ({"a": []}, "is empty.*layers"),
    ],
)
def test_curves_that_cannot_be_drawn_are_refused(curves, words):
    with pytest.raises(ValueError, match=words):
        plot_gradient_flow(curves)


def test_a_decision_shows_both_classes_the_boundary_and_the_arrows():
    arrows = ([[-1.0, 0.0]], [[-0.5, 0.25]])
    figure = plot_decision(
        first_coordinate, POINTS, LABELS, LIMITS, ("fake", "real"), arrows, title="T"
    )
    axes = figure.axes[0]
    assert {line.get_label(): len(line.get_xdata()) for line in axes.lines} == {
        "real": 1,
        "fake": 2,
    }
    assert axes.lines[0].get_marker() != axes.lines[1].get_marker()
    drawn = {line.get_label(): line.get_xydata().tolist() for line in axes.lines}
    assert drawn == {"real": POINTS[:1], "fake": POINTS[1:]}
    bands, boundary, quiver = axes.collections
    assert np.allclose(boundary.get_paths()[0].vertices[:, 0], 0, atol=1e-9)
    assert quiver.U.tolist() == [0.5] and quiver.V.tolist() == [0.25]
    assert figure.alt.startswith("T. 1 points of real and 2 of fake")
    assert "67 % lie on their side" in figure.alt  # the point (1.5, 0) does not
    assert figure_png(figure)


def test_a_network_that_says_one_thing_everywhere_has_no_boundary():
    figure = plot_decision(lambda x: np.ones(len(x)), POINTS, LABELS, LIMITS)
    assert len(figure.axes[0].collections) == 1


def test_huge_logits_do_not_overflow():
    with np.errstate(all="raise"):
        figure_png(plot_decision(lambda x: 1e4 * x[:, 0], POINTS, LABELS, LIMITS))


def test_points_and_labels_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="labels holds 2 labels; expected 3"):
        plot_decision(first_coordinate, POINTS, [1, 0], LIMITS)
    with pytest.raises(ValueError, match=r"points has shape \(1, 3\); expected \(n, 2\)"):
        plot_decision(first_coordinate, [[1, 2, 3]], [1], LIMITS)
