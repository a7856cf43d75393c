"""The widget of lesson 10 in a browser."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

DIRAC = "gan-dirac-explorer"
BEFORE = ["from gan_course.lessons.lesson_10.widgets import dirac_explorer"]
WIDGETS = {DIRAC: "dirac_explorer()"}


def test_friction_turns_the_circle_into_a_spiral(notebook):
    widget = notebook.widget(DIRAC)
    with changing_picture(widget):
        press(slider(widget, "γ of R1"), "Home")
    expect(widget).to_contain_text("go around it for ever")
    with changing_picture(widget):
        drag(slider(widget, "γ of R1"), 1.0)
    expect(widget).to_contain_text("It no longer turns")
    assert_no_trouble(notebook)
