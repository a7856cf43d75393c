"""The tests that every live view has to pass: its run obeys the buttons, and outlives the page.

A module that imports them has a fixture `live`, a `LiveBar` whose run stands at step 0, ready for
many steps, and `LIVE_PICTURE`, the CSS class of the part whose picture follows the training: an
image, or what a canvas says of its last drawing.
"""

import json
import re
import time
from importlib.metadata import version

from lab_page import IDLE, LIVE_RUNS, changing
from packaging.version import Version
from playwright.sync_api import expect
from widget_health import assert_no_trouble

# CONTRIBUTING.md tells what was seen with which version.
HEARD_WHILE_A_CELL_WAITS = (7, 0) <= Version(version("ipykernel")).release < (7, 4)


def wait_in_a_cell(notebook, live):
    """Start the run and let the kernel wait for it, as a cell with `wait()` does."""
    live.press("start")
    live.expect_running()
    notebook.begin(f"{LIVE_RUNS}\nnext(run for run in runs if run.state == 'running').wait()")
    notebook.page.wait_for_function(f"!({IDLE})")
    live.expect_running()


def interrupt(notebook):
    """Press the notebook's stop button."""
    notebook.page.get_by_role("button", name="Interrupt the kernel").click()


def drawn(live, request):
    """Return what tells one picture of the training from the next."""
    part = live.widget.locator(f".{request.module.LIVE_PICTURE}").first
    return part.evaluate("part => part.dataset.step ?? part.querySelector('img').src")


def test_start_pause_and_stop_are_heard_while_training_runs(notebook, live):
    live.press("start")
    live.expect_running()
    live.expect_state("running")
    live.press("pause")
    live.expect_state("paused")
    paused_at = live.expect_standing()
    live.press("start")
    live.expect_running()
    live.press("stop")
    live.expect_state("stopped")
    assert live.expect_standing() > paused_at
    assert_no_trouble(notebook)


def test_the_buttons_obey_the_keyboard(notebook, live):
    live.press_by_key("start")
    live.expect_running()
    expect(live.button("start")).to_be_focused()  # although it says Pause now
    notebook.page.keyboard.press("Enter")
    live.expect_state("paused")
    before = live.expect_standing()
    live.press_by_key("step-both")
    live.expect_step(before + 1)
    assert_no_trouble(notebook)


def test_single_steps_move_the_counter_by_one_and_the_players_not_at_all(notebook, live):
    for number in (1, 2, 3):
        live.press("step-both")
        live.expect_step(number)
    live.press("step-d")
    live.press("step-g")
    live.expect_state("paused")
    assert live.expect_standing() == 3
    live.choose_times("×10")
    live.press("step-d")
    expect(live.status).to_contain_text(re.compile(r"1[01] of D alone"))
    live.press("step-both")
    live.expect_step(13)
    assert_no_trouble(notebook)


def test_a_step_button_pauses_a_run(notebook, live):
    live.press("start")
    live.expect_running()
    live.press("step-both")
    live.expect_state("paused")
    live.expect_standing()
    assert_no_trouble(notebook)


def test_stop_pressed_while_a_cell_waits_is_heard_when_the_wait_ends_at_the_latest(notebook, live):
    wait_in_a_cell(notebook, live)
    live.press("stop")
    if not HEARD_WHILE_A_CELL_WAITS:  # this ipykernel keeps the click until the cell has ended
        live.expect_running()
        interrupt(notebook)
    live.expect_state("stopped")
    assert notebook.executed()["status"] == ("ok" if HEARD_WHILE_A_CELL_WAITS else "error")
    live.expect_standing()
    assert_no_trouble(notebook)


def test_the_notebooks_stop_button_pauses_a_run_that_a_cell_waits_for(notebook, live):
    wait_in_a_cell(notebook, live)
    interrupt(notebook)
    live.expect_state("paused")
    assert notebook.executed()["ename"] == "TrainingInterrupted"
    before = live.expect_standing()
    live.press("step-both")
    live.expect_step(before + 1)
    assert_no_trouble(notebook)


def test_the_picture_follows_the_training(notebook, live, request):
    live.press("start")
    for _ in range(3):
        with changing(lambda: drawn(live, request), "the picture of the training"):
            pass
    live.press("stop")
    live.expect_state("stopped")
    assert_no_trouble(notebook)


def test_slow_motion_tells_its_stages_in_numbered_captions(notebook, live, request):
    live.press("slow")
    live.press("start")
    stages = live.widget.locator(f".{request.module.STAGES}").first
    expect(stages).to_contain_text("of 5", timeout=30_000)
    with changing(stages.inner_text, "the caption of slow motion"):
        pass
    live.press("slow")
    live.press("pause")
    live.expect_state("paused")
    assert_no_trouble(notebook)


def test_a_slow_speed_is_kept_to(notebook, live):
    live.widget.get_by_label("Speed").select_option("5 steps a second")
    live.press("start")
    live.expect_running(more=3)
    before, start = live.step(), time.monotonic()
    time.sleep(1.0)
    gained, seconds = live.step() - before, time.monotonic() - start
    assert gained <= 5 * seconds + 3, f"{gained} steps in {seconds:.1f} s"
    live.widget.get_by_label("Speed").select_option("as fast as it can")
    live.expect_running()
    live.press("pause")
    live.expect_state("paused")
    assert_no_trouble(notebook)


def test_the_notebook_is_saved_from_its_picture_while_training_runs(notebook, live, request):
    live.press("start")
    live.expect_running()
    cells = notebook.page.locator(".jp-Notebook .jp-Cell")
    number = cells.count()
    live.widget.locator(f".{request.module.LIVE_PICTURE} canvas").first.press("b")
    notebook.save()
    expect(cells).to_have_count(number)  # JupyterLab makes a new cell of a B that it hears
    live.expect_running()
    stored = json.loads((notebook.server.folder / notebook.name).read_text(encoding="utf-8"))
    outputs = [output for cell in stored["cells"] for output in cell.get("outputs", ())]
    views = "application/vnd.jupyter.widget-view+json"
    assert any(views in output.get("data", {}) for output in outputs)
    live.press("stop")
    live.expect_state("stopped")
    assert_no_trouble(notebook)


def test_a_reloaded_page_finds_the_running_view_again(notebook, live):
    live.press("start")
    before = live.expect_running()
    notebook.save()
    notebook.reload()
    expect(live.widget).to_be_visible(timeout=60_000)
    assert live.step() >= before
    live.expect_running()
    live.press("pause")
    live.expect_state("paused")
    live.expect_standing()
    assert_no_trouble(notebook)
