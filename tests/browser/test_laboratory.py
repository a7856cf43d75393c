"""Notebook 05b as a learner runs it, in a browser: all its cells, and the GAN laboratory."""

import re

import pytest
from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing, choose, drag, press, slider
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
from playwright.sync_api import expect
from widget_health import assert_no_trouble

LABORATORY = "gan-laboratory"
LIVE = LABORATORY
WIDGETS = {LABORATORY: "in the lesson"}
LIVE_PICTURE, STAGES = "gan-lab-picture", "gan-lab-stages"


@pytest.fixture(scope="module")
def notebook(open_notebook):
    page = open_notebook("05b_gan_laboratory.ipynb")
    page.run_all()
    page.lift_step_limits()
    return page


def notice(live):
    return live.widget.locator(".gan-lab-notice")


def status_of(canvas):
    return canvas.locator(".gan-canvas-status")


@pytest.fixture
def canvas(live):
    """The empty drawing area; the ring comes back afterwards."""
    choose(live.widget, "Real data", "drawn by you, 2-D")
    canvas = live.widget.locator(".gan-canvas")
    canvas.locator(".gan-canvas-clear").click()
    expect(status_of(canvas)).to_contain_text("0 points")
    yield canvas
    choose(live.widget, "Real data", "ring of 8 Gaussians, 2-D")
    expect(canvas).to_be_hidden()


def test_a_distribution_is_drawn_with_the_mouse_and_learned(notebook, live, canvas):
    area = canvas.locator("canvas")
    area.scroll_into_view_if_needed()
    box, mouse = area.bounding_box(), notebook.page.mouse
    mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.3)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.7, steps=12)
    mouse.up()
    expect(status_of(canvas)).to_have_text(re.compile(r"[1-9]\d+ points"))
    expect(notice(live)).to_contain_text("Press Reset to build it")
    picture = live.widget.locator(f".{LIVE_PICTURE} img").first
    with changing(lambda: picture.get_attribute("src"), "the picture of the drawn points"):
        live.press("reset")
    expect(notice(live)).not_to_contain_text("Press Reset")
    live.press("start")
    live.expect_running()
    live.press("stop")
    live.expect_state("stopped")
    assert_no_trouble(notebook)


def test_a_distribution_is_drawn_with_the_keyboard(notebook, live, canvas):
    area = canvas.locator("canvas")
    press(area, "Shift+ArrowRight", "ArrowUp", "Space")
    expect(status_of(canvas)).to_have_text(re.compile(r"Placed at .*\. 5 points"))
    press(area, "Shift+ArrowLeft", "Enter")
    expect(status_of(canvas)).to_contain_text("10 points")
    press(area, "u")
    expect(status_of(canvas)).to_contain_text("5 points")
    press(area, "Backspace")
    live.widget.get_by_label("Points", exact=True).fill("0, 0; 1, 1")
    press(live.widget.get_by_role("button", name="Add"), "Enter")
    expect(live.widget.locator(".gan-drawing-pad")).to_contain_text("Added 2 points.")
    assert_no_trouble(notebook)


def test_sliders_move_by_mouse_and_keyboard_while_training_runs(notebook, live):
    live.press("start")
    live.expect_running()
    rate = slider(live.widget, "Learning rate of G")
    with changing(lambda: rate.get_attribute("aria-valuenow"), "the learning rate of G"):
        drag(rate, 0.7)
    latent = slider(live.widget, "Values in z")
    press(latent, "ArrowRight")
    expect(notice(live)).to_contain_text("Changed: latent dim")
    press(latent, "ArrowLeft")
    expect(notice(live)).not_to_contain_text("latent dim")
    live.expect_running()
    assert_no_trouble(notebook)


def test_layers_of_the_picture_are_switched_off_and_on(notebook, live):
    picture = live.widget.locator(f".{LIVE_PICTURE} img").first
    for layer in ("heat", "best", "arrows", "warp"):
        box = live.widget.locator(f".gan-lab-show-{layer} input")
        with changing(lambda: picture.get_attribute("src"), f"the picture without {layer}"):
            box.click()
        box.click()
    assert_no_trouble(notebook)


def test_hidden_sizes_that_cannot_be_read_are_told(notebook, live):
    box = live.widget.get_by_label("Hidden sizes of G", exact=True)
    before = box.input_value()
    box.fill("64, many")
    box.press("Enter")
    expect(notice(live).get_by_role("alert")).to_contain_text("“many” is not a whole number")
    box.fill(before)
    box.press("Enter")
    expect(notice(live).get_by_role("alert")).to_have_count(0)
    assert_no_trouble(notebook)
