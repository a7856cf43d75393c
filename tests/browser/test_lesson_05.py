"""The widgets of lesson 05 that train nothing, in a browser."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, choose, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

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
    drag(slider(widget, "Data: peaks apart"), 0.0)
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
    expect(widget).to_contain_text("D(G(z)) = sigmoid(-10)")
    assert_no_trouble(notebook)


def test_the_players_of_xy_circle_as_they_are_told(notebook):
    widget = notebook.widget(OSCILLATION)
    with changing_picture(widget):
        choose(widget, "Steps", "simultaneous")
    with changing_picture(widget):
        drag(slider(widget, "Number of steps"), 0.9)
    press(slider(widget, "Learning rate α"), "End")
    expect(widget).to_contain_text("past 2 there is no ellipse left")
    assert_no_trouble(notebook)
