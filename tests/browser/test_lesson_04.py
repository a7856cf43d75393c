"""The widget of lesson 04 in a browser: a network with dropout, one mask and all masks."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, choose, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

EXPLORER = "gan-dropout-explorer"
BEFORE = ["from gan_course.lessons.lesson_04.widgets import dropout_explorer"]
WIDGETS = {EXPLORER: "dropout_explorer(rate=0.3)"}


def test_the_rate_and_a_new_mask_redraw_the_network(notebook):
    widget = notebook.widget(EXPLORER)
    rate = slider(widget, "Rate (dropped)")
    with changing_picture(widget):
        press(rate, "ArrowRight", "ArrowRight")
    drag(rate, 0.6)
    expect(rate).to_have_attribute("aria-valuenow", "0.6")
    with changing_picture(widget):
        widget.get_by_role("button", name="New mask").click()
    assert_no_trouble(notebook)


def test_testing_draws_no_mask(notebook):
    widget = notebook.widget(EXPLORER)
    with changing_picture(widget):
        choose(widget, "Mode", "test")
    expect(widget.get_by_role("button", name="New mask")).to_be_disabled()
    with changing_picture(widget):
        choose(widget, "Compare the", "probability")
    expect(widget).to_contain_text("They differ")
    choose(widget, "Mode", "train")
    expect(widget.get_by_role("button", name="New mask")).to_be_enabled()
    assert_no_trouble(notebook)
