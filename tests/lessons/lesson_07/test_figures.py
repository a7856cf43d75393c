"""The plots of lesson 07: what is drawn is what was given, and the words say the same."""

import numpy as np
import pytest

from gan_course.lessons.lesson_07.figures.quality import plot_quality_curves, plot_side_by_side
from gan_course.lessons.lesson_07.figures.transposed import (
    MOST_NUMBERS,
    plot_checkers,
    plot_grids,
    plot_stamps,
)
from gan_course.plots import figure_png

IMAGE, KERNEL = np.arange(1.0, 5).reshape(2, 2), np.array([[1.0, -2.0], [0.0, 4.0]])
CANVAS, MATRIX = np.arange(16.0).reshape(4, 4), np.arange(16.0).reshape(4, 4)


def stamps(**changes):
    settings = {"stride": 2, "padding": 1, "current": 2} | changes
    return plot_stamps(IMAGE, KERNEL, CANVAS, MATRIX, **settings)


def pictures(figure):
    return [np.asarray(axes.images[0].get_array()) for axes in figure.axes]


def numbers(axes):
    return [text.get_text() for text in axes.texts]


def test_the_stamps_show_input_kernel_canvas_and_matrix_with_their_numbers():
    figure = stamps()
    for shown, given in zip(pictures(figure), (IMAGE, KERNEL, CANVAS, MATRIX), strict=True):
        assert np.array_equal(shown, given)
    assert numbers(figure.axes[0]) == ["1", "2", "3", "4"]
    assert numbers(figure.axes[1]) == ["1", "−2", "4"]  # a zero stays empty


def test_the_present_stamp_is_framed_in_input_output_and_matrix():
    figure = stamps()
    top, _, middle, right = figure.axes
    assert top.patches[-1].get_bbox().bounds == (-0.5, 0.5, 1, 1)  # input pixel (1, 0)
    assert middle.patches[-1].get_bbox().bounds == (-0.5, 1.5, 2, 2)
    assert right.patches[-1].get_bbox().bounds == (1.5, -0.5, 1, 4)  # column 2
    assert "stamp 3 of 4: input pixel (1, 0), value 3, on rows 2 to 3" in figure.alt


def test_before_the_first_stamp_nothing_is_framed():
    figure = stamps(current=None)
    assert len(figure.axes[0].patches) == len(figure.axes[3].patches) == 0
    assert "nothing is stamped yet" in figure.alt


def test_the_rim_that_is_cut_off_is_crossed_out_and_the_rest_framed():
    middle = stamps(current=None).axes[2]
    assert middle.patches[0].get_bbox().bounds == (0.5, 0.5, 2, 2)
    crosses = middle.collections[-1].get_segments()
    assert len(crosses) == 16 - 4
    assert len(stamps(current=None, padding=0).axes[2].patches) == 0
    assert "4×4 pixels, of which 2×2 are kept" in stamps().alt


def test_colours_of_the_output_stay_as_the_stamps_come():
    limits = {stamps(current=n).axes[2].images[0].get_clim() for n in (None, 0, 3)}
    assert limits == {
        (-float((MATRIX @ IMAGE.ravel()).max()), float((MATRIX @ [1, 2, 3, 4]).max()))
    }


def test_grids_share_their_colours():
    grids = {"one": np.array([[1.0]]), "nine": np.array([[9.0, 0.5]])}
    figure = plot_grids(grids)
    assert [axes.images[0].get_clim() for axes in figure.axes] == [(-9, 9), (-9, 9)]
    assert numbers(figure.axes[1]) == ["9", "0.5"]
    assert "one, 1×1; nine, 1×2" in figure.alt


def test_a_large_grid_is_drawn_without_numbers():
    figure = plot_grids({"large": np.ones((1, MOST_NUMBERS + 1))})
    assert numbers(figure.axes[0]) == []


def test_checkers_show_each_image_and_all_four_places_of_a_tile_with_the_same_limits():
    images = {"even": np.full((6, 6), 2.0), "checkered": np.tile([[4.0, 2.0], [2.0, 1.0]], (3, 3))}
    figure = plot_checkers(images)
    left, right, left_curve, right_curve = figure.axes
    assert np.array_equal(right.images[0].get_array(), images["checkered"])
    rows = {tuple(line.get_ydata()) for line in right_curve.lines}
    assert rows == {(4, 2, 4, 2, 4, 2), (2, 1, 2, 1, 2, 1)}
    assert left_curve.get_ylim() == right_curve.get_ylim()
    assert left.images[0].get_clim() == right.images[0].get_clim()
    assert "checkered: the two rows run from 1 to 4" in figure.alt


def test_a_flat_image_alone_still_has_limits():
    assert np.ptp(plot_checkers({"flat": np.ones((4, 4))}).axes[1].get_ylim()) > 0


def test_images_stand_side_by_side_each_in_its_own_range():
    white = {"a": (np.ones((4, 28, 28, 1)), (-1, 1)), "b": (np.ones((2, 28, 28, 1)) * 0.5, (0, 1))}
    figure = plot_side_by_side(white, columns=2)
    first, second = pictures(figure)
    assert first[10, 10] == 255 and second[10, 10] == 128
    assert [axes.get_title() for axes in figure.axes] == ["a", "b"]
    assert figure.alt == "Grids of generated digits: a, 4 images; b, 2 images."


@pytest.mark.parametrize(
    ("plot", "word"),
    [(plot_grids, "grids"), (plot_checkers, "images"), (plot_side_by_side, "grids")],
)
def test_nothing_to_draw_is_refused(plot, word):
    with pytest.raises(ValueError, match=f"{word} holds 0 entries; expected at least 1"):
        plot({})


def test_every_figure_becomes_a_picture():
    for figure in (stamps(), plot_grids({"a": IMAGE}), plot_checkers({"a": CANVAS})):
        assert figure_png(figure)[1:4] == b"PNG"


def training(seeds=(0, 1), scale=1.0):
    """Rows of a run that halves its distance at each point; the first cost nothing."""
    costs = (0, 1, 2, 4)
    return [
        {"seed": str(seed), "cpu_seconds": str(scale * cost), "fd": str((100 + seed) / (1 + cost))}
        for seed in seeds
        for cost in costs
    ]


def test_quality_curves_have_a_line_for_each_seed_and_tell_the_medians_of_their_ends():
    figure = plot_quality_curves({"slow": training(scale=20), "quick": training((5,))}, floor=3.5)
    lines = [line for line in figure.axes[0].lines if len(line.get_xdata()) == 3]
    assert [list(line.get_xdata()) for line in lines] == [[20, 40, 80], [20, 40, 80], [1, 2, 4]]
    assert "slow 20.1 after 80 CPU seconds; quick 21 after 4 CPU seconds" in figure.alt
    labels = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert labels == ["slow, 2 seeds", "quick, 1 seed", "real against real"]


def test_quality_curves_without_rows_or_with_too_many_recipes_are_refused():
    with pytest.raises(ValueError, match="quick holds 0 entries"):
        plot_quality_curves({"quick": []})
    for many in ({}, dict.fromkeys("abcd", training())):
        with pytest.raises(ValueError, match="expected 1 to 3"):
            plot_quality_curves(many)
