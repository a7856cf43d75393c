"""Lesson 00 in a browser: a typed number, the walk between two digits, the map of the course."""

import re

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

EXPLORER, MAP, WRITER = "gan-latent-explorer", "gan-course-map", "gan-digit-writer"
WITHOUT_PICTURE = (MAP,)
WIDGETS = {
    # A generator that needs no TensorFlow: each latent number brightens a column of pixels.
    EXPLORER: """
import numpy as np
from gan_course.lessons.lesson_00.widgets import latent_explorer

def draw(z):
    columns = 1 / (1 + np.exp(-z[:, np.newaxis, :28, np.newaxis]))
    return np.broadcast_to(columns, (len(z), 28, 28, 1)).astype("float32")

def read(images):
    return np.tile(np.arange(10) / 45, (len(images), 1))

latent_explorer(draw, latent_dim=100, read=read, seed_a=1, seed_b=2)
""",
    WRITER: """
import numpy as np
from gan_course.lessons.lesson_00.widgets import digit_writer

def draw(labels, seed):
    brightness = (labels + seed) % 10 / 9
    return np.broadcast_to(brightness[:, None, None, None], (len(labels), 28, 28, 1))

digit_writer(draw)
""",
    MAP: "from gan_course.lessons.lesson_00.course_map import course_map\ncourse_map(here='00')",
}


def test_the_position_follows_the_keyboard_and_the_mouse(notebook):
    widget = notebook.widget(EXPLORER)
    position = slider(widget, "Position from A to B")
    with changing_picture(widget):
        press(position, "ArrowRight")
    expect(widget).to_contain_text("Position 0.55 from seed 1 to seed 2.")
    drag(position, 0.0)
    expect(widget).to_contain_text("Position 0.00 from seed 1 to seed 2.")
    assert_no_trouble(notebook)


def test_another_seed_draws_another_walk(notebook):
    widget = notebook.widget(EXPLORER)
    with changing_picture(widget):
        press(slider(widget, "Seed A"), "PageUp")
    expect(widget.locator("img").first).to_have_attribute("alt", re.compile("The digit classifier"))
    assert_no_trouble(notebook)


def test_a_typed_number_and_another_handwriting_are_drawn(notebook):
    widget = notebook.widget(WRITER)
    with changing_picture(widget):
        widget.locator("input").fill("2718")
        widget.locator("input").press("Enter")
    with changing_picture(widget):
        widget.get_by_role("button", name="Another handwriting").click()
    assert_no_trouble(notebook)


def test_the_map_says_where_you_are_and_opens_another_lesson(notebook):
    course = notebook.widget(MAP)
    expect(course.locator("tr", has_text="you are here")).to_contain_text("Start here")
    course.get_by_role("link", name="Backpropagation").click()
    tab = notebook.page.locator(".lm-TabBar-tab", has_text="02_backpropagation.ipynb")
    expect(tab).to_be_visible()
    notebook.wait_until_idle()
    assert_no_trouble(notebook)
