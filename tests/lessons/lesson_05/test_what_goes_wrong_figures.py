"""The plots of what goes wrong show the numbers they were given, and refuse what does not fit."""

import numpy as np
import pytest

from gan_course.data import toy
from gan_course.lessons.lesson_05 import (
    collapse_figures as collapse,
    what_goes_wrong_figures as what_goes_wrong,
)
from gan_course.results import read_results


def test_swings_are_drawn_over_steps_and_against_the_slope():
    offsets, slopes = np.array([0.5, -0.2, 0.1]), np.array([0.0, 1.0, 2.0])
    figure = what_goes_wrong.plot_swings(offsets, slopes, start=2000)
    left, right = figure.axes
    assert left.lines[0].get_xdata().tolist() == [2001, 2002, 2003]
    np.testing.assert_array_equal(left.lines[0].get_ydata(), offsets)
    np.testing.assert_array_equal(right.lines[0].get_xydata(), np.stack([offsets, slopes], 1))
    assert (
        "from step 2,001 to 2,003" in figure.alt and "from 0.20 below to 0.50 above" in figure.alt
    )


def test_swings_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match=r"slopes has shape \(1,\); expected \(2,\)"):
        what_goes_wrong.plot_swings([1, 2], [1])
    with pytest.raises(ValueError, match=r"offsets has shape \(1, 2\); expected \(n,\)"):
        what_goes_wrong.plot_swings([[1, 2]], [[1, 2]])


def test_the_head_start_shows_the_median_of_the_seeds():
    rows = [
        {"losses": losses, "head_start": str(head), "push": str(push * factor)}
        for losses, factor in (("minimax", 1), ("non_saturating", 10))
        for head in (0, 100)
        for push in (1.0, 3.0, 2.0)
    ]
    figure = what_goes_wrong.plot_head_start(rows)
    drawn = np.array([line.get_ydata() for line in figure.axes[0].lines])
    np.testing.assert_allclose(drawn, [[2.0, 2.0], [20.0, 20.0]])
    assert [text.get_text() for text in figure.axes[0].get_xticklabels()] == ["0", "100"]


def test_fakes_are_drawn_within_the_edge_and_described():
    near, far = np.full((700, 2), 1.0), np.full((10, 2), 50.0)
    real = toy.ring().sample(50, seed=0)
    figure = collapse.plot_fakes({"near": near, "far": far}, real, edge=10)
    assert [len(axes.collections[1].get_offsets()) for axes in figure.axes] == [600, 10]
    assert figure.axes[0].get_xlim() == (-10, 10)
    assert "near: centre (1.0, 1.0)" in figure.alt and "0 % in view" in figure.alt


def test_a_disc_stands_for_each_found_mode_and_a_cross_for_each_other():
    centres = toy.ring(num_modes=4).centres
    figure = collapse.plot_modes({"a": [30, 0, 10, 0], "b": [0, 0, 0, 0]}, centres)
    discs, crosses = figure.axes[0].collections
    np.testing.assert_allclose(discs.get_offsets(), centres[[0, 2]])
    np.testing.assert_allclose(crosses.get_offsets(), centres[[1, 3]])
    sizes = discs.get_sizes()
    assert sizes[0] == pytest.approx(3 * sizes[1])
    assert figure.axes[1].get_title() == "b: 0 of 4" and "a 2 of 4; b 0 of 4" in figure.alt


def test_runs_without_any_good_sample_are_drawn_as_crosses():
    figure = collapse.plot_modes({"a": [0, 0]}, [[0, 0], [1, 1]])
    assert figure.axes[0].get_title() == "a: 0 of 2"


def test_counts_that_do_not_fit_the_centres_are_refused():
    with pytest.raises(ValueError, match=r"a has shape \(3,\); expected \(4,\).*modes_covered"):
        collapse.plot_modes({"a": [1, 2, 3]}, toy.ring(num_modes=4).centres)


def test_coverage_shows_medians_and_the_published_number():
    rows = read_results("toy_mode_collapse.csv")
    figure = collapse.plot_coverage(rows, {8: 6.3, 25: 17.3})
    top, bottom = figure.axes[0], figure.axes[3]
    arm = [row for row in rows if row["arm"] == rows[0]["arm"] and row["step"] == "10000"]
    assert top.lines[0].get_ydata()[-1] == np.median([int(row["covered"]) for row in arm])
    assert top.lines[1].get_ydata()[0] == 6.3 and figure.axes[2].lines[1].get_ydata()[0] == 17.3
    share = np.median([100 * float(row["high_quality"]) for row in arm])
    assert bottom.lines[0].get_ydata()[-1] == pytest.approx(share)
    assert len(bottom.lines) == 1


def test_each_pair_of_rates_has_a_field_with_its_median_and_range():
    rows = [
        {
            "generator_rate": g,
            "discriminator_rate": d,
            "covered": covered,
            "high_quality": covered / 10,
        }
        for g, d in ((0.1, 0.1), (0.1, 0.2))
        for covered in (1, 8, 7)
    ]
    figure = collapse.plot_rate_grid(rows)
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts == ["7 modes (1 to 8)\n70 % good (10 to 80)"] * 2
    assert "G 0.1, D 0.2: 7 modes" in figure.alt


@pytest.mark.parametrize(
    "draw",
    [
        lambda: what_goes_wrong.plot_head_start([]),
        lambda: collapse.plot_fakes({}, np.zeros((1, 2))),
        lambda: collapse.plot_modes({}, np.zeros((1, 2))),
        lambda: collapse.plot_coverage([], {}),
        lambda: collapse.plot_rate_grid([]),
    ],
)
def test_nothing_to_draw_is_refused(draw):
    with pytest.raises(ValueError, match="holds 0 entries; expected .*Run the experiment first"):
        draw()
