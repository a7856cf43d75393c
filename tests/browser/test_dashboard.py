"""Lesson 06 as a learner runs it, in a browser: all its cells, and the training dashboard."""

import re

import pytest
from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing, drag, press, slider
from live_run_tests import (  # noqa: F401
    test_a_reloaded_page_finds_the_running_view_again,
    test_a_slow_speed_is_kept_to,
    test_a_step_button_pauses_a_run,
    test_single_steps_move_the_counter_by_one_and_the_players_not_at_all,
    test_slow_motion_tells_its_stages_in_numbered_captions,
    test_start_pause_and_stop_are_heard_while_training_runs,
    test_stop_pressed_while_a_cell_waits_is_heard_when_the_wait_ends_at_the_latest,
    test_the_buttons_obey_the_keyboard,
    test_the_notebook_is_saved_while_training_runs,
    test_the_notebooks_stop_button_pauses_a_run_that_a_cell_waits_for,
    test_the_picture_follows_the_training,
)
from PIL import Image
from playwright.sync_api import expect
from widget_health import assert_no_trouble

DASHBOARD = "gan-dashboard"
LIVE = DASHBOARD
WIDGETS = {DASHBOARD: "in the lesson", "gan-frames-explorer": "in the lesson"}
LIVE_PICTURE, STAGES = "gan-grid", "gan-stage"


@pytest.fixture(scope="module")
def notebook(open_notebook):
    page = open_notebook("06_dense_gan.ipynb")
    page.run_all()
    page.lift_step_limits()
    return page


def test_saved_frames_are_turned_back_while_training_runs(notebook, live):
    picture = live.widget.locator(f".{LIVE_PICTURE} img").first
    live.press("start")
    live.expect_running(more=60)
    frames, at_the_start = slider(live.widget, "Saved frames"), re.compile("[Bb]ack at step 0 of")
    drag(frames, 0.0)
    expect(live.widget).to_contain_text(at_the_start)
    kept = picture.get_attribute("src")
    live.expect_running()
    assert picture.get_attribute("src") == kept
    press(frames, "ArrowRight")
    expect(live.widget).not_to_contain_text(at_the_start)
    live.press("live")
    with changing(lambda: picture.get_attribute("src"), "the live picture"):
        pass
    assert_no_trouble(notebook)


def test_the_frames_are_saved_as_an_animation(notebook, live):
    live.press("start")
    live.expect_running()
    live.press("pause")
    live.expect_state("paused")
    live.press("save-gif")
    saved = live.widget.locator(".gan-saved")
    expect(saved).to_contain_text("Saved")
    found = re.search(r"Saved (\d+) frames, .* as (\S+\.gif)", saved.inner_text())
    with Image.open(found[2]) as animation:
        assert animation.format == "GIF" and animation.n_frames == int(found[1]) > 1
    assert_no_trouble(notebook)


def test_curves_and_shares_of_digits_follow(notebook, live):
    curves = live.widget.locator(".gan-curves img").first
    with (
        changing(lambda: curves.get_attribute("src"), "the picture of the curves"),
        changing(live.widget.locator(".gan-classes").inner_text, "the shares of the digits"),
    ):
        live.press("start")
        live.expect_running(more=30)
    live.press("pause")
    live.expect_state("paused")
    assert_no_trouble(notebook)
