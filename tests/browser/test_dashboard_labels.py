"""The training dashboard of a conditional pair, as lesson 08 shows it, in a browser."""

import re

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing
from PIL import Image
from playwright.sync_api import expect
from widget_health import assert_no_trouble

DASHBOARD = "gan-dashboard"
BEFORE = [
    """
from gan_course import data
from gan_course.live import LiveRun
from gan_course.recipes import get_recipe
from gan_course.dashboard import training_dashboard
digits = data.load_mnist(value_range=(-1, 1), split="gan")


def make_trainer():
    return get_recipe("cgan").trainer(digits.images, labels=digits.labels, seed=0)


run = LiveRun(make_trainer, steps=1_000_000, name="lesson_08")
"""
]
LIVE = DASHBOARD
WIDGETS = {DASHBOARD: "training_dashboard(run, value_range=(-1, 1))"}


def test_a_digit_of_each_column_tells_its_label(notebook, live):
    canvas = live.widget.locator(".gan-grid-canvas")
    expect(canvas).to_have_attribute("aria-label", re.compile("columns: labels 0 to 9;"))
    expect(live.widget.locator(".gan-grid")).to_have_attribute("data-images", "60")
    box, said = canvas.bounding_box(), live.widget.locator(".gan-grid").get_by_role("status")
    for label in range(10):
        canvas.hover(position={"x": (label + 0.5) / 10 * box["width"], "y": box["height"] / 2})
        expect(said).to_contain_text(f"column {label + 1}, label {label}, D(x)")
    assert_no_trouble(notebook)


def test_samples_and_the_shares_read_as_asked_follow(notebook, live):
    grid, asked = live.widget.locator(".gan-grid").first, live.widget.locator(".gan-classes")
    with (
        changing(lambda: grid.get_attribute("data-step"), "the picture of the samples"),
        changing(asked.inner_text, "the shares read as asked"),
    ):
        live.press("start")
        live.expect_running(more=30)
    live.press("pause")
    live.expect_state("paused")
    expect(asked).to_contain_text("Read as asked?")
    expect(asked).to_contain_text("of 200 images")
    assert_no_trouble(notebook)


def test_the_samples_are_saved_as_an_animation(notebook, live):
    live.press("start")
    live.expect_running()
    live.press("pause")
    live.expect_state("paused")
    live.press("save-gif")
    saved = live.widget.locator(".gan-saved")
    expect(saved).to_contain_text("Saved")
    found = re.search(r"Saved (\d+) frames, .* as (\S+\.gif)", saved.inner_text())
    with Image.open(found[2]) as animation:
        assert animation.n_frames == int(found[1]) > 1 and animation.size == (302, 182)
    assert_no_trouble(notebook)
