"""The widgets of lesson 01 in a browser: a walk downhill, and a saturated sigmoid."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, choose, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

LANDSCAPE, SATURATION = "gan-landscape-explorer", "gan-saturation-explorer"
IMPORT = "from gan_course.lessons.lesson_01.widgets import landscape_explorer, saturation_explorer"
BEFORE = [IMPORT]
WIDGETS = {LANDSCAPE: "landscape_explorer()", SATURATION: "saturation_explorer()"}


def test_the_learning_rate_moves_by_keyboard_and_mouse(notebook):
    widget = notebook.widget(LANDSCAPE)
    rate = slider(widget, "Learning rate α")
    with changing_picture(widget):
        press(rate, "ArrowRight")
    expect(widget).to_contain_text("times the bound 1: below it")
    drag(rate, 1.0)
    expect(widget).to_contain_text("Diverged")
    assert_no_trouble(notebook)


def test_the_ravine_frees_its_own_sliders(notebook):
    widget = notebook.widget(LANDSCAPE)
    with changing_picture(widget):
        choose(widget, "Surface", "ravine (2-D)")
    with changing_picture(widget):
        choose(widget, "Optimiser", "Adam")
    with changing_picture(widget):
        press(slider(widget, "Turn"), "PageUp")
    expect(widget).to_contain_text("so the curvature sets no bound")
    assert_no_trouble(notebook)


def test_the_logit_moves_both_losses(notebook):
    widget = notebook.widget(SATURATION)
    logit = slider(widget, "Logit x")
    with changing_picture(widget):
        drag(logit, 0.5)
    press(logit, "End")
    expect(widget).to_contain_text("Prediction p = sigmoid(10)")
    with changing_picture(widget):
        press(slider(widget, "Target y"), "Home")
    assert_no_trouble(notebook)
