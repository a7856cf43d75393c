"""The explorer of lesson 11: what it draws and says follows its controls."""

import numpy as np
from explorers import ends, set_to

from gan_course.lessons.lesson_11.gaussians_figure import BELL, TWO_POINTS
from gan_course.lessons.lesson_11.widgets import gaussians_explorer


def test_every_setting_is_drawn_and_changes_the_words():
    explorer, texts = gaussians_explorer(), set()
    for setting in ends(explorer):
        set_to(explorer, **setting)
        assert "cannot be drawn" not in explorer.readout.value
        texts.add(explorer.readout.value)
    assert len(texts) == 3


def test_the_words_hold_both_distances_and_their_parts():
    explorer = gaussians_explorer()
    set_to(explorer, shape=BELL, shift=2.0, width=1.5)
    assert "Fréchet distance 4.25</b> = 4.00 (means) + 0.25" in explorer.readout.value
    set_to(explorer, shape=TWO_POINTS, shift=0.0, width=1.0)
    assert "Fréchet distance 0.00" in explorer.readout.value
    assert "Kernel distance 0.00" in explorer.readout.value


def test_the_bars_are_the_parts():
    explorer = gaussians_explorer()
    set_to(explorer, shape=BELL, shift=1.0, width=2.0)
    heights = [[bar.get_height() for bar in axes.patches] for axes in explorer.figure.axes[1:]]
    assert np.allclose(heights[0], [1, 1]) and np.allclose(
        heights[1], [3, 3 * 16, (1 + 3 * 4) ** 2]
    )
