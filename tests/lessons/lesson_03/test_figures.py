"""The plots of lesson 03: what is drawn is what was given, and bad input is refused in words."""

import numpy as np
import pytest

from gan_course.lessons.lesson_03.batch_norm_figure import MOST_DOTS, plot_before_after
from gan_course.lessons.lesson_03.bowls_figure import bowl_height, plot_bowls
from gan_course.plots.norm_runs import HIGHEST, plot_arms, plot_rate_curves, plot_rate_scores

WALK = np.array([[2.0, 1.0], [1.0, 0.5], [0.5, 0.25]])


def rows(text=str):
    """Runs of two rates and one width: without batch norm they diverge at rate 10."""
    made = []
    for norm in (False, True):
        for rate in (0.1, 10.0):
            for seed in range(3):
                fails = rate == 10.0 and not norm
                losses = [2.0 + seed / 10, float("nan") if fails else 0.5 + seed / 10]
                row = {"width": 0.01, "rate": rate, "batch_norm": norm, "seed": seed}
                row |= {"accuracy": float("nan") if fails else 0.8 + seed / 100}
                row |= {"loss_10": losses[0], "loss_20": losses[1]}
                made.append({key: text(value) for key, value in row.items()})
    return made


def test_a_bowl_is_lowest_at_its_lowest_point_and_bends_as_its_hessian_says():
    hessian, lowest = np.diag([2.0, 8.0]), np.array([1.0, -1.0])
    assert bowl_height(lowest, hessian, lowest) == 0
    assert bowl_height(lowest + [1.0, 0.0], hessian, lowest) == 1.0
    assert np.allclose(bowl_height([[1.0, 0.0], [1.0, -2.0]], hessian, lowest), 4.0)


def test_bowls_show_each_walk_and_its_losses_as_a_share_of_the_first():
    bowls = {"steep": (np.diag([1.0, 50.0]), np.zeros(2), WALK), "round": (np.eye(2), [0, 0], WALK)}
    figure = plot_bowls(bowls)
    steep, _, losses = figure.axes
    assert np.allclose(steep.lines[0].get_xydata(), WALK)
    assert [line.get_label() for line in losses.lines] == ["steep", "round"]
    assert np.allclose(losses.lines[1].get_ydata(), [1, 0.25, 0.0625])
    assert steep.get_aspect() == 1.0
    assert "condition number 50;" in figure.alt and "round: condition number 1;" in figure.alt


@pytest.mark.parametrize("count", [0, 3])
def test_no_bowl_or_too_many_are_refused(count):
    with pytest.raises(ValueError, match=f"bowls holds {count} entries; expected 1 to 2"):
        plot_bowls({str(k): (np.eye(2), np.zeros(2), WALK) for k in range(count)})


def test_before_and_after_have_a_dot_an_example_and_their_own_limits():
    before = np.array([[10.0, 0.0], [20.0, 4.0], [30.0, 8.0]])
    after = (before - before.mean(0)) / before.std(0)
    figure = plot_before_after(before, after, "after, training")
    left, right = figure.axes
    assert np.allclose(left.lines[0].get_xdata(), before[:, 0])
    dots = [line for line in right.lines if line.get_label() == "unit 2"]
    assert np.allclose(dots[0].get_xdata(), after[:, 1])
    assert left.get_xlim()[1] > 30 and right.get_xlim() == (-4.32, 4.32)
    assert "unit 1 from 20.00 ± 8.16 to 0.00 ± 1.00" in figure.alt
    assert right.get_title() == "after, training"


def test_a_large_batch_is_thinned_out_and_measured_whole():
    x = np.arange(300.0)[:, None]
    figure = plot_before_after(x, x)
    assert len(figure.axes[0].lines[0].get_xdata()) == MOST_DOTS
    assert "149.50 ± 86.60" in figure.alt


def test_other_shapes_than_a_few_units_are_refused():
    with pytest.raises(ValueError, match="units holds 5 entries; expected 1 to 4.*:4"):
        plot_before_after(np.ones((3, 5)), np.ones((3, 5)))
    with pytest.raises(ValueError, match=r"after has shape \(2, 2\); expected \(3, 2\)"):
        plot_before_after(np.ones((3, 2)), np.ones((2, 2)))


@pytest.mark.parametrize("text", [str, lambda value: value])
def test_rate_curves_are_medians_and_a_diverged_run_lies_at_the_edge(text):
    figure = plot_rate_curves(rows(text))
    without, with_norm = figure.axes
    assert np.allclose(without.lines[0].get_xydata(), [[10, 2.1], [20, 0.6]])
    assert np.allclose(without.lines[1].get_ydata(), [2.1, HIGHEST])
    assert np.allclose(with_norm.lines[1].get_ydata(), [2.1, 0.6])
    assert "without, width 0.01: 0.1;" in figure.alt
    assert "with batch norm, width 0.01: 0.1, 10." in figure.alt


def test_rate_scores_are_medians_in_percent_and_a_diverged_run_guesses():
    figure = plot_rate_scores(rows())
    without, with_norm = figure.axes[0].lines[:2]
    assert np.allclose(without.get_ydata(), [81, 10])
    assert np.allclose(with_norm.get_ydata(), [81, 81])
    assert "width 0.01 without: 81, 10" in figure.alt


def test_arms_show_every_seed_and_the_median_in_the_order_of_the_rows():
    table = [
        {"arm": arm, "fd": str(fd)} for arm, fd in [("b", 300), ("b", 100), ("a", 7), ("b", 2)]
    ]
    figure = plot_arms(table)
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["b", "a"]
    assert np.allclose(axes.lines[0].get_xdata(), [300, 100, 2])
    assert axes.lines[1].get_xdata() == [100]
    assert "b 100 (2 to 300); a 7 (7 to 7)" in figure.alt


@pytest.mark.parametrize("plot", [plot_rate_curves, plot_rate_scores, plot_arms])
def test_no_rows_are_refused(plot):
    with pytest.raises(ValueError, match="rows holds 0 entries; expected"):
        plot([])


def test_more_rates_than_looks_are_refused():
    many = [dict(rows()[0], rate=str(rate)) for rate in range(1, 7)]
    with pytest.raises(ValueError, match="rates holds 6 entries; expected 1 to 5"):
        plot_rate_curves(many)
