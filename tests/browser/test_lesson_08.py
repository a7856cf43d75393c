"""The widgets of lesson 08 in a browser, with the conditional generator that ships."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

MATRIX, PAGE, BLEND = "gan-style-matrix", "gan-digit-page", "gan-label-blend"
BEFORE = ["from gan_course.lessons.lesson_08.widgets import digit_page, label_blend, style_matrix"]
WIDGETS = {MATRIX: "style_matrix()", PAGE: "digit_page()", BLEND: "label_blend()"}


def test_without_latent_numbers_all_rows_are_alike(notebook):
    widget = notebook.widget(MATRIX)
    with changing_picture(widget):
        press(slider(widget, "Walk"), "End")
    with changing_picture(widget):
        drag(slider(widget, "Size of z"), 0.0)
    expect(widget).to_contain_text("z is 0 in every row")
    assert_no_trouble(notebook)


def test_a_page_shows_the_digit_that_is_asked_for(notebook):
    widget = notebook.widget(PAGE)
    with changing_picture(widget):
        drag(slider(widget, "Digit"), 0.0)
    expect(widget).to_contain_text("are read as 0")
    with changing_picture(widget):
        press(slider(widget, "Rows of ten"), "Home")
    expect(widget).to_contain_text("of 10 are read as 0")
    assert_no_trouble(notebook)


def test_a_blend_lies_between_its_two_labels(notebook):
    widget = notebook.widget(BLEND)
    with changing_picture(widget):
        press(slider(widget, "From digit"), "Home")
    with changing_picture(widget):
        drag(slider(widget, "To digit"), 1.0)
    expect(widget).to_contain_text("are read as 0 and")
    assert_no_trouble(notebook)
