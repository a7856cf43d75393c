"""A figure of the course is the same whatever style its reader has set, and changes none of it."""

import threading

import matplotlib
import matplotlib.style
import numpy as np
import pytest

from gan_course import plots
from gan_course.plots import neutral
from gan_course.plots.style import new_picture_figure
from gan_course.plots.swift import name_axes, swift_figure


def laid_out():
    figure, axes = plots.new_figure(height=2.0, width=4.0)
    axes.plot([0, 1], [1, 2], label="one")
    axes.text(0.5, 1.5, "here")
    axes.set(title="above", xlabel="across", ylabel="up")
    axes.legend()
    figure.supxlabel("below")
    return figure


def swift():
    figure, (axes,) = swift_figure([(0.2, 0.3, 0.7, 0.6)], 2.0, 3.0)
    axes.scatter([0, 1], [0, 1])
    axes.annotate("here", (0.5, 0.5))
    name_axes(axes, "above", "across", "up")
    return figure


def picture():
    figure, axes = new_picture_figure(2.0, 2.0)
    figure.colorbar(axes.imshow(np.eye(3)))
    axes.set_title("above")
    return figure


@pytest.mark.parametrize("draw", [laid_out, swift, picture])
def test_a_figure_is_the_same_under_every_style_and_changes_none(draw):
    def drawn():
        figure = draw()
        figure.alt = "A figure."
        return plots.figure_png(figure)

    plain = drawn()
    with matplotlib.style.context("dark_background"):
        matplotlib.rcParams["font.size"] = 20
        matplotlib.rcParams["axes.linewidth"] = 5
        before = dict(matplotlib.rcParams)
        assert drawn() == plain
        assert dict(matplotlib.rcParams) == before


def test_the_readers_font_family_is_kept():
    with matplotlib.rc_context({"font.family": "serif"}):
        figure, axes = plots.new_figure()
        assert axes.set_title("above").get_fontfamily() == ["serif"]


def test_a_drawing_that_fails_gives_the_readers_style_back():
    with matplotlib.rc_context({"text.color": "red"}):
        with pytest.raises(ZeroDivisionError), neutral.defaults():
            assert matplotlib.rcParams["text.color"] == "black"
            raise ZeroDivisionError
        assert matplotlib.rcParams["text.color"] == "red"


def test_two_threads_take_turns():
    """Else the second would take the first one's defaults for the reader's, and keep them."""
    seen = []

    def draw():
        with neutral.defaults():
            seen.append(matplotlib.rcParams["text.color"])

    with matplotlib.rc_context({"text.color": "red"}):
        with neutral.defaults():
            other = threading.Thread(target=draw)
            other.start()
            other.join(0.05)
            assert seen == []
        other.join()
        assert seen == ["black"] and matplotlib.rcParams["text.color"] == "red"
