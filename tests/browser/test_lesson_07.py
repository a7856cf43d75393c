"""The explorers of lesson 07 in a browser: stamps, checkers, and a latent space."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, choose, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

STAMPS, CHECKERS = "gan-transposed-explorer", "gan-checkerboard-explorer"
DIRECTIONS, WALK = "gan-latent-directions", "gan-latent-walk"
PLANE, ARITHMETIC = "gan-latent-plane", "gan-latent-arithmetic"
BEFORE = ["from gan_course.lessons.lesson_07 import widgets"]
WIDGETS = {
    STAMPS: "widgets.transposed_explorer()",
    CHECKERS: "widgets.checkerboard_explorer()",
    DIRECTIONS: "widgets.latent_directions()",
    WALK: "widgets.latent_walk()",
    PLANE: "widgets.latent_plane()",
    ARITHMETIC: "widgets.arithmetic_explorer()",
}


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


def test_a_direction_and_the_length_of_z_move_the_image(notebook):
    widget = notebook.widget(DIRECTIONS)
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
