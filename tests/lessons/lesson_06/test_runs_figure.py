"""A run beside others: the means of your run are drawn strong, each other run once, pale."""

import numpy as np

from gan_course.lessons.lesson_06.runs_figure import plot_beside_other_runs
from gan_course.results import read_results

COLUMNS = "g_loss", "d_loss", "d_real", "d_fake"


def test_your_means_are_drawn_over_every_other_run():
    others = read_results("dense_curves.csv")
    seeds = {row["seed"] for row in others}
    history = {"step": list(range(1, 2401)), **{name: [0.25, 0.75] * 1200 for name in COLUMNS}}
    figure = plot_beside_other_runs(history, others)
    for axes in figure.axes:
        strong = [line for line in axes.lines if "your run" in line.get_label()]
        assert len(strong) == 2
        for line in strong:
            np.testing.assert_allclose(line.get_ydata(), np.full(24, 0.5))
            np.testing.assert_array_equal(line.get_xdata()[[0, -1]], [100, 2400])
    assert len(figure.axes[0].lines) == 2 * (1 + len(seeds))
    assert "D(real) 0.50" in figure.alt
