"""The figures of lesson 10 show the rows and points that they are given."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from gan_course.data import toy
from gan_course.lessons.lesson_10.stability_figures import plot_arms, plot_on_grid
from gan_course.plots.style import COLOURS

ROWS = [
    {"arm": arm, "modes": modes, "within_3_sigma": good, "kl_to_uniform": kl}
    for arm, modes, good, kl in (
        ("plain", "12", "0.80", "1.0"),
        ("plain", "25", "0.90", "0.5"),
        ("held", "25", "0.95", "0.01"),
        ("broken", "nan", "nan", "nan"),
    )
]


def marks(axes):
    """Return (value, row, whether filled) of each mark."""
    return {
        (*map(float, offset), to_hex(points.get_facecolor()[0]) == COLOURS["fake"].lower())
        for points in axes.collections
        for offset in points.get_offsets().filled(np.nan)
        if np.isfinite(offset).all()
    }


def test_each_seed_has_a_mark_that_is_filled_where_all_modes_were_found():
    figure = plot_arms(ROWS, all_modes=25)
    left, right = figure.axes
    assert marks(left) == {(0.8, 0, False), (0.9, 0, True), (0.95, 1, True)}
    assert marks(right) == {(1.0, 0, False), (0.5, 0, True), (0.01, 1, True)}
    assert [label.get_text() for label in left.get_yticklabels()] == ["plain", "held", "broken"]
    assert "plain: 85 %, 0.75" in figure.alt


def test_fakes_on_the_grid_are_told_apart_by_whether_they_are_good():
    grid = toy.grid()
    points = np.concatenate([grid.centres, grid.centres[:5] + 0.2])
    figure = plot_on_grid({"some": points}, grid)
    other, good, modes = figure.axes[0].collections
    assert (len(other.get_offsets()), len(good.get_offsets()), len(modes.get_offsets())) == (
        5, 25, 25
    )  # fmt: skip
    assert "some: 25 of 25 modes, 83 % good" in figure.alt


def test_nothing_to_draw_is_refused():
    for draw in (lambda: plot_arms([], 25), lambda: plot_on_grid({}, toy.grid())):
        with pytest.raises(ValueError, match="empty|rows|panels"):
            draw()
