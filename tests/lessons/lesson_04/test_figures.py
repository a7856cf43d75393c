"""The figures of lesson 04: what is drawn is what was given, and each says it in words."""

import numpy as np
import pytest

from gan_course.from_scratch.dropout import thinned_network
from gan_course.lessons.lesson_04.dropout_figures import (
    draw_distribution,
    plot_columns,
    plot_distributions,
    plot_masks,
    plot_rate_curves,
)
from gan_course.lessons.lesson_04.thinned_figure import (
    describe_mask,
    draw_network,
    plot_thinned_networks,
)
from gan_course.plots import figure_html
from gan_course.plots.style import new_figure

WEIGHTS = [np.array([[1.0, -1.0, 0.5], [2.0, 0.3, -0.2]]), np.array([[1.0], [1.0], [-1.0]])]
MASK = [np.array([True, True]), np.array([True, False, True]), np.array([True])]


def test_dropped_units_are_crossed_out_and_their_lines_fade():
    figure = plot_thinned_networks(WEIGHTS, [MASK], ["a title"])
    axes = figure.axes[0]
    (cross,) = axes.get_lines()
    assert cross.get_xdata().tolist() == [1] and cross.get_ydata().tolist() == [0]
    colours = axes.collections[0].get_colors()
    faded = np.all(np.isclose(colours[:, :3], 0xEC / 255), axis=1)
    assert len(colours) == 9 and faded.sum() == 3  # two lines to the dropped unit, one from it
    assert axes.get_title() == "a title"
    assert "in hidden layer 1 units 2; 2 of 3 hidden units stay" in figure.alt
    assert "<img" in figure_html(figure)


def test_the_units_that_stay_carry_their_values():
    _, axes = new_figure()
    draw_network(axes, WEIGHTS, MASK, [[1, 2], [3, 4, 5], [6]])
    assert [text.get_text() for text in axes.texts] == ["1.0", "2.0", "3.0", "5.0", "6.0"]


def test_a_full_network_has_no_cross():
    full = thinned_network((2, 3, 1), 0.0, np.random.default_rng(0))
    assert plot_thinned_networks(WEIGHTS, [full]).axes[0].get_lines() == []
    assert describe_mask(full) == "nothing dropped; 3 of 3 hidden units stay"


def test_a_mask_that_does_not_fit_the_weights_is_refused_with_both_sizes():
    with pytest.raises(ValueError, match=r"\[2, 2, 1\] units.*\[2, 3, 1\].*thinned_network"):
        plot_thinned_networks(WEIGHTS, [thinned_network((2, 2, 1), 0.5, np.random.default_rng(0))])


def test_masks_are_drawn_as_they_are():
    masks = [np.eye(3, dtype=bool), np.ones((3, 3), dtype=bool)]
    figure = plot_masks(masks, ["one", "two"])
    for axes, mask in zip(figure.axes, masks, strict=True):
        assert np.array_equal(axes.images[0].get_array(), mask)
    assert "one: 33 % stay, two: 100 % stay" in figure.alt


def test_the_mean_of_a_distribution_is_weighted_by_the_probabilities():
    _, axes = new_figure()
    outputs, shares = np.array([0.0, 1.0, 5.0]), np.array([0.5, 0.3, 0.2])
    assert draw_distribution(axes, outputs, shares, full=1.5, now=5.0) == pytest.approx(1.3)
    values = [line.get_xdata()[0] for line in axes.get_lines()]
    assert values == pytest.approx([1.3, 1.5, 5.0])
    assert axes.patches[0].get_data().values.sum() == pytest.approx(1.0)
    assert draw_distribution(axes, outputs, None, full=1.5) == pytest.approx(2.0)


def test_a_distribution_without_a_probability_for_each_output_is_refused():
    _, axes = new_figure()
    with pytest.raises(ValueError, match=r"\(3,\).*\(2,\); expected the same"):
        draw_distribution(axes, np.zeros(3), np.full(2, 0.5), 0.0)


def test_distributions_that_do_not_spread_are_drawn_too():
    figure = plot_distributions([("still", np.ones(4), None, 1.0, "logit")])
    assert "still: mean over masks 1.000, full network 1.000" in figure.alt


def test_rate_curves_show_the_median_the_range_and_your_run():
    rates = [0.0, 0.5, 0.9]
    runs = np.array([[3.0, 1.0, 4.0], [5.0, 2.0, 9.0], [4.0, 3.0, 5.0]])
    curves = [("errors", "%", {"held out": runs})]
    figure = plot_rate_curves(rates, curves, {"held out": {"errors": ([0.5], [1.5])}}, best=0.5)
    axes = figure.axes[0]
    median, mine, marked = axes.get_lines()
    assert median.get_ydata().tolist() == [4.0, 2.0, 5.0]
    assert (mine.get_xdata().tolist(), mine.get_ydata().tolist()) == ([0.5], [1.5])
    assert marked.get_xdata()[0] == 0.5
    band = axes.collections[0].get_paths()[0].vertices
    assert band[:, 1].min() == 1.0 and band[:, 1].max() == 9.0
    assert "4 at rate 0, lowest 2 at rate 0.5, 5 at rate 0.9" in figure.alt


def test_panels_of_the_same_output_share_their_limits():
    panels = [
        ("a", np.array([0.0, 1.0]), None, 0.5, "logit"),
        ("b", np.array([-4.0, 2.0]), None, -1.0, "logit"),
        ("c", np.array([0.1, 0.9]), None, 0.4, "probability"),
    ]
    one, two, three = (axes.get_xlim() for axes in plot_distributions(panels).axes)
    assert one == two and one[0] < -4 and one[1] > 2 and three != one


def test_a_table_of_images_holds_each_kind_in_its_column():
    black, white = np.zeros((2, 5, 5, 1)), np.ones((2, 5, 5, 1))
    figure = plot_columns([black, white], ["left", "right"])
    sheet = np.asarray(figure.axes[0].images[0].get_array())
    assert np.all(sheet[3:8, 3:8] == 0) and np.all(sheet[11:16, 3:8] == 0)
    assert np.all(sheet[3:8, 11:16] == 255)
    assert [text.get_text() for text in figure.axes[0].texts] == ["left", "right"]
    assert "left, right" in figure.alt
    with pytest.raises(ValueError, match=r"titles has shape \(1,\); expected \(2,\)"):
        plot_columns([black, white], ["left"])
