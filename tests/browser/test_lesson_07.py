"""The widgets of lesson 07 in a browser: a kernel stamped pixel by pixel, and checkers."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, choose, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

STAMPS, CHECKERS = "gan-transposed-explorer", "gan-checkerboard-explorer"
BEFORE = ["from gan_course.lessons.lesson_07 import widgets"]
WIDGETS = {STAMPS: "widgets.transposed_explorer()", CHECKERS: "widgets.checkerboard_explorer()"}


def test_stamps_stride_and_padding_change_the_paper(notebook):
    widget = notebook.widget(STAMPS)
    with changing_picture(widget):
        press(slider(widget, "Stamps so far"), "ArrowRight")
    with changing_picture(widget):
        drag(slider(widget, "Stride"), 1.0)
    expect(widget).to_contain_text("3 divides 3: away from the edges the overlap is even.")
    with changing_picture(widget):
        choose(widget, "Kernel", "random")
    assert_no_trouble(notebook)


def test_an_uneven_overlap_makes_checkers(notebook):
    widget = notebook.widget(CHECKERS)
    with changing_picture(widget):
        press(slider(widget, "Layers"), "ArrowRight")
    with changing_picture(widget):
        drag(slider(widget, "Kernel side k"), 0.5)
    with changing_picture(widget):
        choose(widget, "Input", "an edge")
    assert_no_trouble(notebook)
