"""The widget of lesson 03 in a browser: inputs of a layer before and after batch normalisation."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, choose, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

EXPLORER = "gan-batch-norm-explorer"
BEFORE = ["from gan_course.lessons.lesson_03.widgets import batch_norm_explorer"]
WIDGETS = {EXPLORER: "batch_norm_explorer()"}


def test_scale_and_shift_move_the_picture_before_the_norm(notebook):
    widget = notebook.widget(EXPLORER)
    with changing_picture(widget):
        press(slider(widget, "Scale of the inputs"), "PageUp")
    with changing_picture(widget):
        drag(slider(widget, "Shift of the inputs"), 0.9)
    expect(widget).to_contain_text("scale and shift of the inputs leave no trace")
    assert_no_trouble(notebook)


def test_a_batch_of_one_and_running_averages_are_told_in_words(notebook):
    widget = notebook.widget(EXPLORER)
    drag(slider(widget, "Batch size"), 0.0)
    expect(widget).to_contain_text("A batch of one: every output is β")
    with changing_picture(widget):
        choose(widget, "Statistics", "inference: running averages")
    press(slider(widget, "Batches averaged"), "Home")
    expect(widget).to_contain_text("nothing is normalised")
    assert_no_trouble(notebook)
