"""Lesson 06 as a learner runs it, in a browser: all its cells, and the training dashboard."""

import json
import re
import time

import numpy as np
import pytest
from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing, drag, press, slider
from live_run_tests import (  # noqa: F401
    test_a_step_button_pauses_a_run,
    test_single_steps_move_the_counter_by_one_and_the_players_not_at_all,
    test_slow_motion_tells_its_stages_in_numbered_captions,
    test_start_pause_and_stop_are_heard_while_training_runs,
    test_stop_pressed_while_a_cell_waits_is_heard_when_the_wait_ends_at_the_latest,
    test_the_buttons_obey_the_keyboard,
    test_the_notebook_is_saved_from_its_picture_while_training_runs,
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


def grid(live):
    return live.widget.locator(f".{LIVE_PICTURE}").first


def told_by_the_kernel(notebook, expression):
    """Return what an expression of `dashboard` is worth in the kernel."""
    notebook.begin(
        "import gc, json\nfrom gan_course.dashboard.app import Dashboard\n"
        "found = gc.get_referrers(Dashboard)\n"
        "dashboard = next(each for each in found if type(each) is Dashboard)\n"
        f"with open('told.json', 'w') as file:\n    json.dump({expression}, file)"
    )
    assert notebook.executed()["status"] == "ok"
    return json.loads((notebook.server.folder / "told.json").read_text(encoding="utf-8"))


def test_saved_frames_are_turned_back_while_training_runs(notebook, live):
    picture = live.widget.locator(".gan-grid-canvas")
    live.press("start")
    live.expect_running(more=60)
    frames, at_the_start = slider(live.widget, "Saved frames"), re.compile("[Bb]ack at step 0 of")
    drag(frames, 0.0)
    expect(live.widget).to_contain_text(at_the_start)
    expect(grid(live)).to_have_attribute("data-step", "0")
    kept = picture.evaluate("canvas => canvas.toDataURL()")
    live.expect_running()
    assert picture.evaluate("canvas => canvas.toDataURL()") == kept
    press(frames, "ArrowRight")
    expect(live.widget).not_to_contain_text(at_the_start)
    live.press("live")
    with changing(lambda: grid(live).get_attribute("data-step"), "the live picture"):
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
    curves = live.widget.locator(".gan-curves").first
    with (
        changing(lambda: curves.get_attribute("data-points"), "the picture of the curves"),
        changing(live.widget.locator(".gan-classes").inner_text, "the shares of the digits"),
    ):
        live.press("start")
        live.expect_running(more=30)
    live.press("pause")
    live.expect_state("paused")
    steps = told_by_the_kernel(notebook, "len(dashboard.curves.steps) // 4")
    expect(curves).to_have_attribute("data-points", str(steps))
    press(curves.locator("canvas"), "ArrowLeft")
    said = curves.get_by_role("status")
    expect(said).to_have_text(re.compile(r"Step \d+.*: discriminator .*, D\(fake\) \d\.\d\d\."))
    assert_no_trouble(notebook)


# The colour at a place in CSS pixels.
GREY_AT = """(canvas, [x, y]) => {
    const ratio = window.devicePixelRatio;
    const dot = [Math.floor(x * ratio), Math.floor(y * ratio), 1, 1];
    return [...canvas.getContext('2d').getImageData(...dot).data].slice(0, 3);
}"""
GAP, BAR = 3, 4  # pixels, as grid.js has them


def place_of(canvas, image, row, column):
    """Return where the middle of a pixel of a digit is drawn."""
    step = (canvas.evaluate("canvas => canvas.height / window.devicePixelRatio") - GAP) / 8
    size = step - BAR - GAP
    x = GAP + (image % 8) * (size + GAP) + (column + 0.5) / 28 * size
    return x, GAP + (image // 8) * step + (row + 0.5) / 28 * size


def test_the_browser_draws_the_digits_that_the_kernel_sent(notebook, live):
    live.press("step-both")
    live.expect_step(1)
    live.expect_state("paused")
    expect(grid(live)).to_have_attribute("data-step", "1")
    expect(grid(live)).to_have_attribute("data-images", "64")
    frame = np.array(told_by_the_kernel(notebook, "dashboard.recorder.frames[-1].tolist()"))
    assert frame.shape == (64, 28, 28)
    canvas = live.widget.locator(".gan-grid-canvas")
    assert_drawn(canvas, frame)
    assert_no_trouble(notebook)


def assert_drawn(canvas, frame):
    """Fail unless a few pixels of some digits of a frame have their greys on the canvas."""
    for image, row, column in even_places(frame):
        colour = canvas.evaluate(GREY_AT, place_of(canvas, image, row, column))
        grey = frame[image, row, column]
        assert colour == pytest.approx([grey] * 3, abs=14), (image, row, column)


def even_places(images, each=2):
    """Return places whose neighbours have nearly the same grey, among the darkest and brightest."""
    windows = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(1, 2))
    means, spread = windows.mean(axis=(3, 4)), np.ptp(windows, axis=(3, 4))
    smooth = np.argsort(spread, axis=None)[: spread.size // 50]
    chosen = smooth[np.argsort(means.ravel()[smooth])]
    places = [np.unravel_index(place, means.shape) for place in [*chosen[:each], *chosen[-each:]]]
    return [(int(image), int(row) + 1, int(column) + 1) for image, row, column in places]


def test_an_image_tells_which_it_is_and_what_d_says_of_it(notebook, live):
    live.press("step-both")
    live.expect_step(1)
    live.expect_state("paused")
    expect(grid(live)).to_have_attribute("data-step", "1")
    canvas, said = live.widget.locator(".gan-grid-canvas"), grid(live).get_by_role("status")
    press(canvas, "ArrowDown", "ArrowDown", "ArrowRight")
    verdict = told_by_the_kernel(
        notebook,
        "float(dashboard.run.trainer.judge(dashboard.run.trainer.sample(64, seed=dashboard."
        "recorder.seed))[9])",
    )
    expect(said).to_have_text(f"Row 2, column 2, D(x) = {verdict:.2f}.")
    press(canvas, "Escape")
    expect(said).to_have_text("")
    x, y = place_of(canvas, image=18, row=14, column=14)
    canvas.hover(position={"x": x, "y": y})
    expect(said).to_contain_text("Row 3, column 3, D(x)")
    assert_no_trouble(notebook)


# Where the bar, the diagram, the grid and the curves end, below the top; and how much is in sight.
PARTS_AND_ROOM = """root => {
    const parts = ['.gan-control-bar', '.gan-flow', '.gan-grid-canvas', '.gan-curves-canvas'];
    const bottom = part => root.querySelector(part).getBoundingClientRect().bottom;
    const top = root.getBoundingClientRect().top;
    const pane = root.closest('.jp-WindowedPanel-outer, .jp-Notebook');
    return [parts.map(part => bottom(part) - top), pane.clientHeight];
}"""


def test_slow_motion_shows_the_batch_and_the_pushes_on_the_fakes(notebook, live):
    live.press("slow")
    live.press("step-g")
    stage = live.widget.locator(".gan-stage")
    expect(stage).to_contain_text("Generator's update, 4 of 5")
    live.press("pause")  # the stage stays
    expect(grid(live)).to_have_attribute("data-pushes", "32")
    expect(grid(live)).to_have_attribute("data-images", "32")
    assert told_by_the_kernel(notebook, "dashboard.run.stage.number") == 4
    with notebook.resized(1280, 720):
        bottoms, room = live.widget.evaluate(PARTS_AND_ROOM)
        assert max(bottoms) <= room, f"bar, diagram, grid, curves end at {bottoms} of {room}"
    live.press("slow")
    live.press("step-both")
    live.expect_state("paused")
    expect(grid(live)).to_have_attribute("data-pushes", "0")
    expect(grid(live)).to_have_attribute("data-images", "64")
    assert_no_trouble(notebook)


def test_nothing_is_sent_while_the_dashboard_is_off_the_screen(notebook, live):
    live.press("start")
    live.expect_running()
    notebook.page.locator(".jp-Notebook .jp-Cell").first.scroll_into_view_if_needed()
    expect(grid(live)).not_to_be_in_viewport()
    seen = "[dashboard.grid.seen, dashboard.curves.seen]"
    end = time.monotonic() + 30
    while told_by_the_kernel(notebook, seen) != [False, False]:
        assert time.monotonic() < end, "the kernel was not told"
    sent = "[dashboard.grid.frame, dashboard.curves.frame, dashboard.bar.step_count.value]"
    before, step = told_by_the_kernel(notebook, sent), "dashboard.run.step"
    step_before = told_by_the_kernel(notebook, step)
    time.sleep(1.0)
    assert told_by_the_kernel(notebook, sent) == before
    assert told_by_the_kernel(notebook, step) > step_before, "the run stood still"
    with changing(lambda: grid(live).get_attribute("data-step"), "the picture"):
        grid(live).scroll_into_view_if_needed()
    assert_no_trouble(notebook)


def test_a_saved_dashboard_is_drawn_again_without_its_kernel(notebook, live):
    live.press("step-both")
    live.expect_step(1)
    expect(grid(live)).to_have_attribute("data-step", "1")
    frame = np.array(told_by_the_kernel(notebook, "dashboard.recorder.frames[-1].tolist()"))
    notebook.save()
    notebook.server.end_kernels()
    notebook.reload()
    again = notebook.widget(DASHBOARD)
    again.locator(".gan-grid").scroll_into_view_if_needed()
    expect(again.locator(".gan-grid")).to_have_attribute("data-step", "1")
    expect(again.locator(".gan-curves")).to_have_attribute("data-points", "1")
    assert_drawn(again.locator(".gan-grid-canvas"), frame)
