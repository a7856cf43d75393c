"""The training dashboard of a conditional pair, as lesson 08 shows it, in a browser."""

import re

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing
from live_run_tests import (  # noqa: F401
    test_single_steps_move_the_counter_by_one_and_the_players_not_at_all,
    test_slow_motion_tells_its_stages_in_numbered_captions,
    test_start_pause_and_stop_are_heard_while_training_runs,
)
from PIL import Image
from playwright.sync_api import expect
from widget_health import assert_no_trouble

DASHBOARD = "gan-dashboard"
STAGES = "gan-stage"
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


def test_each_column_of_the_samples_has_its_label_above_it(notebook, live):
    grid = live.widget.locator(".gan-grid")
    picture = grid.locator("img").first
    expect(picture).to_have_attribute("alt", re.compile("columns: labels 0 to 9;"))
    box = picture.bounding_box()
    for label in range(10):
        head = grid.get_by_text(f"{label}", exact=True).bounding_box()
        middle = head["x"] + head["width"] / 2 - box["x"]
        assert int(middle / box["width"] * 10) == label
        assert head["y"] + head["height"] <= box["y"] + 1
    assert_no_trouble(notebook)


def test_samples_and_the_shares_read_as_asked_follow(notebook, live):
    picture, asked = live.widget.locator(".gan-grid img").first, live.widget.locator(".gan-classes")
    with (
        changing(lambda: picture.get_attribute("src"), "the picture of the samples"),
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
        assert animation.n_frames == int(found[1]) > 1 and animation.size == (302, 242)
    assert_no_trouble(notebook)
