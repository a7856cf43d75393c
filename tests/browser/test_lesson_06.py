"""The frames of lesson 06 in a browser: turning back the pages of a training run."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

EXPLORER = "gan-frames-explorer"
WIDGETS = {
    EXPLORER: """
import numpy as np
from gan_course.lessons.lesson_06.widgets import frames_explorer
rng = np.random.default_rng(0)
frames_explorer([rng.random((16, 28, 28, 1)) for _ in range(4)], [0, 100, 500, 2000])
"""
}


def test_the_slider_turns_back_the_pages(notebook):
    widget = notebook.widget(EXPLORER)
    step = slider(widget, "Training step")
    with changing_picture(widget):
        press(step, "ArrowLeft")
    expect(widget.locator("img")).to_have_attribute(
        "alt", "16 images after 500 steps, from the same noise."
    )
    with changing_picture(widget):
        drag(step, 0.0)
    expect(widget).to_contain_text("16 images after 0 steps")
    assert_no_trouble(notebook)


def test_the_play_button_runs_through_the_pages(notebook):
    widget = notebook.widget(EXPLORER)
    drag(slider(widget, "Training step"), 0.0)
    widget.locator(".widget-play button").first.click()
    expect(widget).to_contain_text("16 images after 2,000 steps")
    assert_no_trouble(notebook)
