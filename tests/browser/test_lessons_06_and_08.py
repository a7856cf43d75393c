"""The explorers of lessons 06 and 08 in a browser: frames of a run, and digits as asked for."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

FRAMES = "gan-frames-explorer"
MATRIX, PAGE, BLEND = "gan-style-matrix", "gan-digit-page", "gan-label-blend"
BEFORE = [
    "import numpy as np\n"
    "from gan_course.lessons.lesson_06.widgets import frames_explorer\n"
    "from gan_course.lessons.lesson_08.widgets import digit_page, label_blend, style_matrix\n"
    "rng = np.random.default_rng(0)\n"
    "pages = [rng.random((16, 28, 28, 1)) for _ in range(4)]"
]
WIDGETS = {
    FRAMES: "frames_explorer(pages, [0, 100, 500, 2000])",
    MATRIX: "style_matrix()",
    PAGE: "digit_page()",
    BLEND: "label_blend()",
}


def test_the_slider_turns_back_the_pages(notebook):
    widget = notebook.widget(FRAMES)
    step = slider(widget, "Training step")
    with changing_picture(widget):
        press(step, "ArrowLeft")
    expect(widget.locator("img")).to_have_attribute(
        "alt", "16 images after 500 steps, from the same noise."
    )
    with changing_picture(widget):
        drag(step, 0.0)
    expect(widget).to_contain_text("16 images after 0 steps")
    assert_no_trouble(notebook)


def test_the_play_button_runs_through_the_pages(notebook):
    widget = notebook.widget(FRAMES)
    drag(slider(widget, "Training step"), 0.0)
    widget.locator(".widget-play button").first.click()
    expect(widget).to_contain_text("16 images after 2,000 steps")
    assert_no_trouble(notebook)


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
