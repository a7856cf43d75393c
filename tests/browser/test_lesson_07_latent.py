"""The explorers of lesson 07's latent space in a browser, with the generator that ships."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

EXPLORER, WALK = "gan-latent-directions", "gan-latent-walk"
PLANE, ARITHMETIC = "gan-latent-plane", "gan-latent-arithmetic"
BEFORE = ["from gan_course.lessons.lesson_07 import widgets as latent"]
WIDGETS = {
    EXPLORER: "latent.latent_directions()",
    WALK: "latent.latent_walk()",
    PLANE: "latent.latent_plane()",
    ARITHMETIC: "latent.arithmetic_explorer()",
}


def test_a_direction_and_the_length_of_z_move_the_image(notebook):
    widget = notebook.widget(EXPLORER)
    with changing_picture(widget):
        press(slider(widget, "Direction 1"), "PageUp")
    with changing_picture(widget):
        drag(slider(widget, "Length of z"), 0.0)
    expect(widget).to_contain_text("|z| = 0.5")
    assert_no_trouble(notebook)


def test_another_seed_makes_another_walk(notebook):
    widget = notebook.widget(WALK)
    with changing_picture(widget):
        press(slider(widget, "To seed"), "ArrowRight")
    with changing_picture(widget):
        drag(slider(widget, "Images"), 0.2)
    assert_no_trouble(notebook)


def test_the_plane_reaches_as_far_as_it_is_told(notebook):
    widget = notebook.widget(PLANE)
    with changing_picture(widget):
        press(slider(widget, "Cells beyond"), "Home")
    with changing_picture(widget):
        drag(slider(widget, "Third (green)"), 0.5)
    assert_no_trouble(notebook)


def test_other_exemplars_give_another_result(notebook):
    widget = notebook.widget(ARITHMETIC)
    with changing_picture(widget):
        press(slider(widget, "Draw"), "ArrowRight")
    with changing_picture(widget):
        drag(slider(widget, "To digit"), 0.0)
    assert_no_trouble(notebook)
