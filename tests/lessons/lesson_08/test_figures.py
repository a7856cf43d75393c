"""The figures of lesson 08 show the arrays that they are given, and say so in words."""

import numpy as np
import pytest

from gan_course.lessons.lesson_08.obedience_figures import plot_confusion, plot_obedience
from gan_course.plots.conditional import (
    plot_blend,
    plot_digit_matrix,
    plot_label_maps,
    plot_pushes,
)
from gan_course.plots.style import contrast

SHADES = np.linspace(-1, 1, 6, dtype=np.float32).reshape(2, 3, 1, 1, 1)
MATRIX = np.broadcast_to(SHADES, (2, 3, 28, 28, 1))  # every image one shade


def sheet(figure, place=0):
    return np.asarray(figure.axes[place].images[0].get_array())


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_a_matrix_puts_each_image_below_its_column_and_beside_its_row():
    figure = plot_digit_matrix(MATRIX, ["a", "b", "c"], ["first", "second"])
    shown = sheet(figure)
    centres = shown[np.ix_([16, 46], [16, 46, 76])]
    assert np.array_equal(centres, np.rint((MATRIX[..., 14, 14, 0] + 1) * 127.5))
    assert texts(figure.axes[0]) == ["a", "b", "c", "first", "second"]
    columns = [text.get_position()[0] for text in figure.axes[0].texts[:3]]
    assert np.allclose(columns, [16, 46, 76])
    assert "2 rows of 3" in figure.alt and "a, b, c" in figure.alt


def test_a_matrix_needs_no_words_above_its_columns():
    figure = plot_digit_matrix(MATRIX, None, head="six shades")
    assert texts(figure.axes[0]) == [] and "six shades" in figure.alt


@pytest.mark.parametrize("words", [{"columns": "ab"}, {"columns": "abc", "rows": ["one"]}])
def test_words_that_do_not_fit_the_matrix_are_refused_with_both_numbers(words):
    with pytest.raises(ValueError, match=r"shape \([12],\); expected \([23],\). Give one for each"):
        plot_digit_matrix(MATRIX, **words)


def test_label_maps_are_shown_as_they_are_and_told_apart_in_words():
    maps = np.zeros((28, 28, 10))
    maps[..., 3] = 1
    figure = plot_label_maps(MATRIX[0, 0], maps, 3)
    assert len(figure.axes) == 11
    for number, axes in enumerate(figure.axes[1:]):
        assert np.array_equal(axes.images[0].get_array(), maps[..., number])
        assert axes.images[0].get_clim() == (0, 1)
    assert "White all over: 3. Black all over: 0, 1, 2, 4" in figure.alt
    maps[0, :, 5] = 1
    assert "1 hold black and white pixels" in plot_label_maps(MATRIX[0, 0], maps, 3).alt


def test_obedience_draws_every_share_with_its_interval_and_the_reference():
    shares, intervals = [0.9, 0.5, 1.0], [(0.8, 0.95), (0.4, 0.6), (0.97, 1.0)]
    figure = plot_obedience(shares, intervals, [0.99, 0.98, 1.0])
    (axes,) = figure.axes
    (container,) = axes.containers
    points, _, (bars,) = container.lines
    assert np.allclose(points.get_ydata(), shares)
    assert np.allclose([segment[:, 1] for segment in bars.get_segments()], intervals)
    assert any(np.array_equal(line.get_ydata(), [0.99, 0.98, 1.0]) for line in axes.lines)
    assert axes.get_ylim()[0] < 0.4 and "lowest 50.0 %, for 1" in figure.alt


def test_obedience_refuses_too_few_intervals():
    with pytest.raises(ValueError, match=r"intervals has shape \(1, 2\); expected \(3, 2\)"):
        plot_obedience([1, 1, 1], [(0.9, 1)])


def test_a_confusion_matrix_writes_counts_and_colours_mistakes_alone():
    counts = np.array([[50, 3, 0], [0, 49, 1], [7, 0, 40]])
    figure = plot_confusion(counts)
    assert np.array_equal(sheet(figure), [[0, 3, 0], [0, 0, 1], [7, 0, 0]])
    assert sorted(texts(figure.axes[0])) == sorted(str(n) for n in counts.ravel() if n)
    assert "139 of 150" in figure.alt and "2 read as 0, 7 times" in figure.alt
    assert "mistake" not in plot_confusion(np.eye(3, dtype=int)).alt


def test_the_counts_of_a_confusion_matrix_stand_out_from_their_cells():
    counts = np.arange(100).reshape(10, 10) + 1
    (axes,) = plot_confusion(counts).axes
    (image,) = axes.images
    wrong = np.asarray(image.get_array())
    assert len(axes.texts) == counts.size
    for text in axes.texts:
        column, row = text.get_position()
        assert contrast(text.get_color(), image.to_rgba(wrong[row, column])) >= 4.5, text


def test_pushes_share_one_scale_around_zero():
    pushes = np.zeros((2, 28, 28, 1))
    pushes[0, 3, 4], pushes[1, 5, 6] = 0.5, -2.0
    image = np.linspace(-1, 1, 784, dtype=np.float32).reshape(28, 28, 1)
    figure = plot_pushes(image, pushes, ["as a 3", "as an 8"])
    for place in (0, 1):
        drawn = figure.axes[place + 1].images[0]
        assert np.array_equal(drawn.get_array(), pushes[place, ..., 0])
        assert drawn.get_clim() == (-2.0, 2.0)
    assert "as a 3, as an 8" in figure.alt
    with pytest.raises(ValueError, match=r"titles has shape \(1,\); expected \(2,\)"):
        plot_pushes(image, pushes, ["one"])


def test_a_blend_draws_images_above_and_readings_below_their_shares():
    shares = np.linspace(0, 1, 3)
    readings = {"3": np.array([1, 0.5, 0]), "8": np.array([0, 0.25, 1.0])}
    figure = plot_blend(MATRIX, shares, readings, (3, 8))
    top, bottom = figure.axes
    assert sheet(figure).shape == (62, 92) and "from 3 to 8" in top.get_title()
    for line, (name, values) in zip(bottom.lines, readings.items(), strict=True):
        assert line.get_label() == f"read as {name}" and np.array_equal(line.get_ydata(), values)
        assert np.array_equal(line.get_xdata(), shares)
    low, high = bottom.get_xlim()  # so wide that each share stands below its column
    for share, column in zip(shares, (1, 3, 5), strict=True):
        assert np.isclose((share - low) / (high - low), column / 6)
    assert "3: 100 % to 0 %. 8: 0 % to 100 %." in figure.alt
