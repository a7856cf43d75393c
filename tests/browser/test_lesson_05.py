"""The widgets of lesson 05 that train nothing, in a browser."""

import re

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, choose, drag, held, picture_of, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble, assert_not_blank

DIVERGENCES, LOSSES = "gan-divergence-explorer", "gan-generator-loss-explorer"
OSCILLATION = "gan-oscillation-explorer"
BEFORE = ["from gan_course.lessons.lesson_05 import widgets"]
WIDGETS = {
    DIVERGENCES: "widgets.divergence_explorer()",
    LOSSES: "widgets.generator_loss_explorer()",
    OSCILLATION: "widgets.oscillation_explorer()",
}


def test_two_densities_that_become_one_have_no_divergence(notebook):
    widget = notebook.widget(DIVERGENCES)
    with changing_picture(widget):
        press(slider(widget, "Fakes: middle"), "ArrowRight")
    with changing_picture(widget):
        choose(widget, "Below", "what the JSD adds up")
    press(slider(widget, "Fakes: middle"), "ArrowLeft")
    drag(slider(widget, "Data: modes apart"), 0.0)
    for name in ("Fakes: width", "Data: width"):
        press(slider(widget, name), "Home")
    expect(widget.get_by_role("row", name="JSD")).to_contain_text("0.0000")
    assert_no_trouble(notebook)


def test_the_logit_of_a_fake_moves_both_losses(notebook):
    widget = notebook.widget(LOSSES)
    with changing_picture(widget):
        drag(slider(widget, "Logit of the fake"), 0.8)
    with changing_picture(widget):
        choose(widget, "Gradients", "logarithmic")
    press(slider(widget, "Logit of the fake"), "Home")
    expect(widget).to_contain_text("D(G(z)) = sigmoid(−10)")
    assert_no_trouble(notebook)


def test_the_players_of_xy_circle_as_they_are_told(notebook):
    widget = notebook.widget(OSCILLATION)
    with changing_picture(widget):
        choose(widget, "Steps", "simultaneous")
    with changing_picture(widget):
        drag(slider(widget, "Number of steps"), 0.9)
    press(slider(widget, "Learning rate α"), "End")
    expect(widget).to_contain_text("from 2 on there is no ellipse left")
    assert_no_trouble(notebook)


def test_a_page_opened_on_a_busy_kernel_has_all_its_controls(notebook):
    notebook.save()
    notebook.begin("import time\ntime.sleep(3)")
    notebook.reload()
    for css_class in WIDGETS:
        assert_not_blank(notebook.widget(css_class))
    assert_no_trouble(notebook)


def test_a_dragged_slider_answers_on_the_way_and_ends_at_its_last_value(notebook):
    widget = notebook.widget(OSCILLATION)
    handle = slider(widget, "Number of steps")
    before = picture_of(widget)[0]
    with held(handle, 0.5):
        expect(widget.locator("img")).not_to_have_attribute("src", before)
    press(handle, "Home", "ArrowRight", "ArrowRight", "ArrowRight")
    value = handle.get_attribute("aria-valuenow")
    expect(widget.locator("img")).to_have_attribute("alt", re.compile(rf"\b{float(value):g} steps"))


def test_a_saved_page_shows_its_widgets_without_the_kernel_and_says_so(notebook):
    notebook.save()
    notebook.server.end_kernels()
    notebook.page.reload()
    widget = notebook.widget(DIVERGENCES)
    expect(widget.locator("img")).to_be_visible()
    sentence = "box => getComputedStyle(box, '::before').content"
    assert "These controls have no kernel" in widget.evaluate(sentence)
    inner = widget.locator(".jupyter-widgets-disconnected").first
    assert inner.evaluate(sentence) == "none", "no icon for each control"
