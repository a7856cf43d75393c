"""Notebook 05b as a learner runs it, in a browser: all its cells, and the GAN laboratory."""

import json
import re
import time

import pytest
from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing, choose, drag, press, slider
from live_bar import LiveBar
from live_run_tests import (  # noqa: F401
    test_a_reloaded_page_finds_the_running_view_again,
    test_a_slow_speed_is_kept_to,
    test_a_step_button_pauses_a_run,
    test_single_steps_move_the_counter_by_one_and_the_players_not_at_all,
    test_slow_motion_tells_its_stages_in_numbered_captions,
    test_start_pause_and_stop_are_heard_while_training_runs,
    test_stop_pressed_while_a_cell_waits_is_heard_when_the_wait_ends_at_the_latest,
    test_the_buttons_obey_the_keyboard,
    test_the_notebook_is_saved_from_its_picture_while_training_runs,
    test_the_notebooks_stop_button_pauses_a_run_that_a_cell_waits_for,
    test_the_picture_follows_the_training,
)
from playwright.sync_api import expect
from widget_health import assert_no_trouble

LABORATORY = "gan-laboratory"
LIVE = LABORATORY
COMPARISON, RECORDED = "gan-comparison", "gan-recorded"
WIDGETS = dict.fromkeys((LABORATORY, COMPARISON, RECORDED), "in the lesson")
LIVE_PICTURE, STAGES = "gan-points", "gan-lab-stages"


@pytest.fixture(scope="module")
def notebook(open_notebook):
    page = open_notebook("05b_gan_laboratory.ipynb")
    page.run_all()
    page.lift_step_limits()
    drawer = page.widget(LABORATORY).locator(".widget-accordion").first
    drawer.get_by_text("Settings").click()
    expect(drawer.get_by_label("Real data", exact=True)).to_be_visible()
    return page


def notice(live):
    return live.widget.locator(".gan-lab-notice")


def points(widget):
    return widget.locator(".gan-points").first


def pixels(widget):
    """Return the points' canvas as it is drawn, when nothing moves any more."""
    return pixels_of(points(widget))


def pixels_of(picture):
    expect(picture).to_have_attribute("data-still", "true")
    return picture.evaluate("root => root.querySelector('canvas').toDataURL()")


def told_by_the_kernel(notebook, expression):
    """Return what an expression of `lab`, the laboratory of the ring, is worth in the kernel."""
    notebook.begin(
        "import gc, json\nfrom gan_course.laboratory.app import Laboratory\n"
        "labs = [found for found in gc.get_referrers(Laboratory) if type(found) is Laboratory]\n"
        "lab = next(lab for lab in labs if lab.run.name == 'laboratory ring' and lab.view)\n"
        f"with open('told.json', 'w') as file:\n    json.dump({expression}, file)"
    )
    assert notebook.executed()["status"] == "ok"
    return json.loads((notebook.server.folder / "told.json").read_text(encoding="utf-8"))


@pytest.fixture
def plane(notebook):
    """The buttons of the laboratory of the ring, which is the lesson's second; stopped after."""
    bar = LiveBar(notebook.widget(LABORATORY, 1))
    bar.begin_again()
    yield bar
    bar.press("stop")  # without a kernel it does nothing


@pytest.fixture
def paper(plane):
    """The picture of the ring as an empty sheet of paper; the ring comes back afterwards."""
    plane.widget.locator(".gan-points-pencil").click()
    plane.widget.locator(".gan-paper-clear").click()
    expect_points(plane, 0)
    yield points(plane.widget).locator("canvas")
    choose(plane.widget, "Real data", "drawn by you, 1-D")  # another choice than before
    choose(plane.widget, "Real data", "ring of 8 Gaussians, 2-D")
    plane.press("reset")
    expect(points(plane.widget)).to_have_attribute("data-points", "0")


def expect_points(plane, number):
    expect(plane.widget.locator(".gan-paper-total")).to_have_text(f"{number} points")
    expect(points(plane.widget)).to_have_attribute("data-points", str(number))


@pytest.fixture(scope="module")
def drawer(notebook):
    """The settings of the laboratory of the ring, opened."""
    drawer = notebook.widget(LABORATORY, 1).locator(".widget-accordion").first
    drawer.get_by_text("Settings").click()
    expect(drawer.get_by_label("Real data", exact=True)).to_be_visible()


def test_a_distribution_is_drawn_with_the_mouse_and_learned(notebook, plane, drawer, paper):
    paper.scroll_into_view_if_needed()
    box, mouse = paper.bounding_box(), notebook.page.mouse
    side = box["width"] - 52  # of the sheet, as paper.js lays it out
    mouse.move(box["x"] + 44 + side * 0.25, box["y"] + 8 + side / 2)
    mouse.down()
    mouse.move(box["x"] + 44 + side * 0.75, box["y"] + 8 + side / 2, steps=12)
    mouse.up()
    drawn = told_by_the_kernel(notebook, "lab.scene.drawn")
    across, up = zip(*drawn, strict=True)
    assert min(across) == pytest.approx(-1.5, abs=0.25) and max(abs(y) for y in up) < 0.25
    assert max(across) == pytest.approx(1.5, abs=0.3)
    expect_points(plane, len(drawn))
    plane.widget.locator(".gan-paper-train").click()
    plane.expect_running()
    assert told_by_the_kernel(notebook, "lab.view.distribution.name") == "points"
    expect(plane.widget.locator(".gan-paper-train")).to_be_hidden()
    plane.press("stop")
    plane.expect_state("stopped")
    assert_no_trouble(notebook)


def test_a_distribution_is_drawn_with_the_keyboard(notebook, plane, drawer, paper):
    said = plane.widget.locator(".gan-points-said")
    press(paper, "Shift+ArrowRight", "ArrowUp", "Space")
    expect(said).to_have_text("Placed at 0.60, 0.12.")
    expect_points(plane, 5)
    press(paper, "Shift+ArrowLeft", "Enter")
    expect_points(plane, 10)
    press(paper, "u")
    expect_points(plane, 5)
    press(paper, "Backspace", "e")
    expect(plane.widget.locator(".gan-paper-eraser")).to_have_attribute("aria-pressed", "true")
    plane.widget.get_by_label("Points", exact=True).fill("0, 0; 1, 1")
    press(plane.widget.get_by_role("button", name="Add"), "Enter")
    expect(plane.widget.locator(".gan-points-box")).to_contain_text("Added 2 points.")
    press(paper, "Escape")
    expect(plane.widget.locator(".gan-points-pencil")).to_be_visible()
    plane.widget.locator(".gan-points-pencil").click()
    assert len(told_by_the_kernel(notebook, "lab.scene.drawn")) >= 2, "the drawing is lost"
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


def test_the_keys_of_the_legend_switch_the_layers(notebook, plane):
    for layer in ("real", "fakes", "heat", "best", "arrows", "warp"):
        key = plane.widget.locator(f".gan-points-show-{layer}")
        before = key.get_attribute("aria-pressed")
        with changing(lambda: pixels(plane.widget), f"the picture without {layer}"):
            key.click()
        assert key.get_attribute("aria-pressed") != before
        press(key, "Space")
        expect(key).to_have_attribute("aria-pressed", before)
    assert_no_trouble(notebook)


COLOUR_AT = """(root, [across, up]) => {
    const canvas = root.querySelector('canvas');
    const ratio = window.devicePixelRatio, size = canvas.width / ratio;
    const [x, y] = [44 + across * (size - 98), 8 + (1 - up) * (size - 52)];
    return [...canvas.getContext('2d').getImageData(x * ratio, y * ratio, 1, 1).data].slice(0, 3);
}"""


COLOURS_OF = """root => {
    const canvas = root.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const found = new Set();
    for (let at = 0; at < data.length; at += 4) found.add(`${data.slice(at, at + 3)}`);
    return [...found];
}"""


def test_the_browser_draws_the_arrays_that_the_kernel_sent(notebook, plane):
    plane.press("step-both")
    plane.expect_step(1)
    keys = {name: plane.widget.locator(f".gan-points-show-{name}") for name in ("real", "fakes")}
    keys |= {name: plane.widget.locator(f".gan-points-show-{name}") for name in ("best", "arrows")}
    for key in keys.values():
        key.click()
        expect(key).to_have_attribute("aria-pressed", "false")
    told = told_by_the_kernel(notebook, "[lab.view._heat().tolist(), len(lab.scene.fakes)]")
    pixels(plane.widget)
    heat, bytes_of_fakes = told
    size = len(heat)
    for row, column in ((3, 4), (10, 30), (20, 20), (35, 8)):
        share = heat[row][column]
        near_half = abs(share - 0.5) < 0.2  # the green line may lie there
        colour = points(plane.widget).evaluate(COLOUR_AT, [column / (size - 1), row / (size - 1)])
        assert near_half or colour == pytest.approx(colour_of(share), abs=12), (row, column, share)
    keys["fakes"].click()
    expect(points(plane.widget)).to_have_attribute("data-crosses", str(bytes_of_fakes // 8))
    for name in ("real", "best", "arrows"):
        keys[name].click()
        expect(keys[name]).to_have_attribute("aria-pressed", "true")
    assert_no_trouble(notebook)


def test_the_cells_of_the_grid_are_filled_as_opaque_as_the_kernel_says(notebook, plane):
    for name in ("real", "fakes", "heat", "best", "arrows"):
        plane.widget.locator(f".gan-points-show-{name}").click()
    plane.widget.locator(".gan-points-show-warp").click()
    grid = "np.stack(np.meshgrid([-2, 0, 2], [-2, 0, 2]), axis=-1)"
    fill = [[0.0, 0.25], [0.5, 1.0]]
    show = f"lab.scene.show(warp={grid}, warp_fill={fill}, warp_shape=[3, 3], warp_every=2)"
    low, high = told_by_the_kernel(notebook, f"lab.run.settle(60) or {show} or lab.scene.limits")
    orange = (0xD5, 0x5E, 0x00)
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
        place = [(-1 + 2 * at - low) / (high - low) for at in (column, row)]
        expected = [255 + fill[row][column] * (part - 255) for part in orange]
        expect_colour(plane, place, expected)
    for name in ("real", "fakes", "heat", "best", "arrows", "warp"):
        plane.widget.locator(f".gan-points-show-{name}").click()
    assert_no_trouble(notebook)


def expect_colour(plane, place, expected):
    """Fail unless the picture soon has this colour at a place, given in shares of its sides."""
    last = time.monotonic() + 10
    while (found := points(plane.widget).evaluate(COLOUR_AT, place)) != pytest.approx(
        expected, abs=6
    ):
        assert time.monotonic() < last, (place, found, expected)
        time.sleep(0.1)


def colour_of(share):
    """Return the colour of a verdict: from "fake" over white at ½ to "real"."""
    fake, real = (0xF3, 0xAE, 0x83), (0x8F, 0xC1, 0xE6)
    end, part = (fake, 1 - 2 * share) if share < 0.5 else (real, 2 * share - 1)
    return [255 + part * (to - 255) for to in end]


def test_a_place_is_asked_with_the_keyboard_and_a_fake_with_the_mouse(notebook, plane):
    plane.press("step-both")
    plane.expect_step(1)
    picture, said = points(plane.widget).locator("canvas"), plane.widget.locator(".gan-points-said")
    press(picture, "Shift+ArrowRight", "ArrowUp")
    expect(said).to_have_text(re.compile(r"At x = \(.*\): D \d\.\d\d, p_data .*, p_g .*, D\* .*"))
    x, y = told_by_the_kernel(notebook, "lab.view._points(None)[1][0].tolist()")
    picture.click(position=place_of(notebook, picture, x, y))
    expect(said).to_contain_text("Fake ")
    expect(said).to_contain_text("z = (")
    press(picture, "Escape")
    expect(said).to_have_text("")
    assert_no_trouble(notebook)


def place_of(notebook, picture, x, y):
    """Return where on the picture a point of the plane is drawn."""
    low, high = told_by_the_kernel(notebook, "list(lab.scene.limits)")
    across, up = (x - low) / (high - low), (y - low) / (high - low)
    size = picture.bounding_box()["width"]
    return {"x": 44 + across * (size - 98), "y": 8 + (1 - up) * (size - 52)}


def test_a_gaussian_of_the_data_is_dragged_with_the_mouse_and_put_back(notebook, plane):
    picture, mouse = points(plane.widget).locator("canvas"), notebook.page.mouse
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    start, end = (place_of(notebook, picture, *place) for place in ((2, 0), (1, 0.5)))
    mouse.move(box["x"] + start["x"], box["y"] + start["y"])
    mouse.down()
    mouse.move(box["x"] + end["x"], box["y"] + end["y"], steps=5)
    expect(plane.widget.locator(".gan-points-said")).to_contain_text(
        "Mode 1 of 8: from (2.00, 0.00)"
    )
    mouse.up()
    moved = re.compile(r"Moved by hand: mode 1 from \(2\.00, 0\.00\) to \((1\.0|0\.9)\d, 0\.")
    expect(plane.widget.locator(".gan-lab-numbers").first).to_contain_text(moved)
    centres = "lab.view.distribution.centres[0].tolist()"
    assert told_by_the_kernel(notebook, centres) == pytest.approx([1, 0.5], abs=0.05)
    plane.widget.locator(".gan-points-home").click()
    expect(plane.widget.locator(".gan-points-home")).to_be_hidden()
    assert told_by_the_kernel(notebook, centres) == [2, 0]
    assert_no_trouble(notebook)


def test_a_gaussian_of_the_data_is_moved_with_the_keyboard(notebook, plane):
    picture, said = points(plane.widget).locator("canvas"), plane.widget.locator(".gan-points-said")
    press(picture, "m")
    expect(said).to_contain_text("Mode 1 of 8 at (2.00, 0.00)")
    press(picture, "m", "Shift+ArrowLeft", "ArrowDown")
    expect(said).to_contain_text("Mode 2 of 8: from (1.41, 1.41) to (0.9")
    expect(plane.widget.locator(".gan-points-home")).to_be_visible()
    press(picture, "u")
    expect(plane.widget.locator(".gan-points-home")).to_be_hidden()
    press(picture, "Escape")
    expect(said).to_have_text("")
    told_by_the_kernel(notebook, "setattr(lab.scene, 'handles', b'')")  # as of the two moons
    press(picture, "m")
    expect(said).to_contain_text("no mixture of Gaussians")
    assert_no_trouble(notebook)


def test_the_run_can_be_looked_back_at(notebook, plane):
    for step in (1, 2, 3):
        plane.press("step-both")
        plane.expect_step(step)
    expect(points(plane.widget)).to_have_attribute("data-step", "3")
    now = pixels(plane.widget)
    back = plane.widget.get_by_label("Look back through the run")
    press(back, "Home")
    expect(points(plane.widget)).to_have_attribute("data-step", "0")
    assert pixels(plane.widget) != now
    press(back, "End")
    expect(points(plane.widget)).to_have_attribute("data-step", "3")
    assert_no_trouble(notebook)


def test_nothing_is_sent_while_the_laboratory_is_off_the_screen(notebook, plane):
    plane.press("start")
    plane.expect_running()
    notebook.page.locator(".jp-Notebook .jp-Cell").first.scroll_into_view_if_needed()
    expect(points(plane.widget)).not_to_be_in_viewport()
    seen = "[lab.scene.seen, lab.curves.seen]"
    with_patience = time.monotonic() + 30
    while told_by_the_kernel(notebook, seen) != [False, False]:
        assert time.monotonic() < with_patience, "the kernel was not told"
    frames = "[lab.scene.frame, lab.curves.frame]"
    before, step = told_by_the_kernel(notebook, frames), "lab.run.trainer.step"
    step_before = told_by_the_kernel(notebook, step)
    time.sleep(1.0)
    assert told_by_the_kernel(notebook, frames) == before
    assert told_by_the_kernel(notebook, step) > step_before, "the run stood still"
    with changing(lambda: points(plane.widget).get_attribute("data-step"), "the picture"):
        points(plane.widget).scroll_into_view_if_needed()
    plane.press("stop")
    plane.expect_state("stopped")
    assert_no_trouble(notebook)


def test_the_laboratory_fits_on_one_screen(notebook, plane):
    with notebook.resized(1280, 720):
        plane.widget.scroll_into_view_if_needed()
        heights = plane.widget.evaluate(
            """root => {
                const bottom = root.querySelector('.widget-accordion').getBoundingClientRect().top;
                const pane = root.closest('.jp-WindowedPanel-outer, .jp-Notebook');
                return [bottom - root.getBoundingClientRect().top, pane.clientHeight];
            }"""
        )
    assert heights[0] <= heights[1], f"the pictures reach down to {heights[0]} of {heights[1]}"
    assert_no_trouble(notebook)


def test_two_runs_are_compared_in_step_on_one_screen(notebook):
    both = LiveBar(notebook.widget(COMPARISON))
    both.begin_again()
    pictures = both.widget.locator(".gan-points")
    key = pictures.nth(1).locator(".gan-points-show-best")
    on = key.get_attribute("aria-pressed")
    key.click()
    for rank in (0, 1):
        other = pictures.nth(rank).locator(".gan-points-show-best")
        expect(other).not_to_have_attribute("aria-pressed", on)
    both.press("start")
    both.expect_running()
    both.press("pause")
    both.expect_state("paused")
    step = str(both.expect_standing())
    for rank in (0, 1):
        expect(pictures.nth(rank)).to_have_attribute("data-step", step)
        expect(pictures.nth(rank)).to_have_attribute("data-crosses", "150")
    drawn = [pixels_of(pictures.nth(rank)) for rank in (0, 1)]
    assert drawn[0] != drawn[1]
    curves = both.widget.locator(".gan-curves")
    assert int(curves.get_attribute("data-points")) > 1
    colours = curves.evaluate(COLOURS_OF)
    assert {"0,114,178", "230,159,0"} <= set(colours), "the curves of one run are missing"
    with notebook.resized(1280, 720):
        both.widget.scroll_into_view_if_needed()
        tall, pane = both.widget.evaluate(
            "root => [root.clientHeight, root.closest('.jp-WindowedPanel-outer').clientHeight]"
        )
        assert tall <= pane
    assert_no_trouble(notebook)


def test_data_are_chosen_by_pictures_and_built_at_once_while_nothing_is_lost(notebook, live):
    group = live.widget.get_by_role("radiogroup", name="Real data")
    own = group.locator("input:checked").get_attribute("aria-label")
    before = group.get_by_role("radio", name="two Gaussians, 1-D")
    with changing(lambda: pixels(live.widget), "the picture of the data"):
        before.check()
    with changing(lambda: pixels(live.widget), "the picture of the data"):
        press(before, "ArrowRight")
    expect(group.get_by_role("radio", name="three Gaussians, 1-D")).to_be_checked()
    expect(notice(live)).not_to_contain_text("Press Reset")
    live.press("step-d")
    live.expect_state("paused")
    choose(live.widget, "Real data", own)
    expect(notice(live)).to_contain_text("Changed: real data. Press Reset to build it.")
    live.press("reset")
    expect(notice(live)).not_to_contain_text("Press Reset")
    assert_no_trouble(notebook)


def test_hidden_sizes_that_cannot_be_read_are_told_at_their_box(notebook, live):
    box = live.widget.get_by_label("Hidden sizes of G", exact=True)
    before = box.input_value()
    box.fill("64, many")
    box.press("Enter")
    expect(box).to_have_attribute("aria-invalid", "true")
    line = live.widget.locator(f"#{box.get_attribute('aria-describedby')}")
    expect(line).to_contain_text("“many” is not a whole number")
    below = line.bounding_box()["y"] - box.bounding_box()["y"]
    assert 0 < below < 60, "what is wrong is said right beneath the box"
    expect(notice(live)).to_contain_text("“Hidden sizes of G” cannot be read: see the settings")
    box.fill(before)
    box.press("Enter")
    expect(box).to_have_attribute("aria-invalid", "false")
    expect(line).to_have_count(0)
    expect(notice(live)).not_to_contain_text("cannot be read")
    assert_no_trouble(notebook)


def test_a_saved_notebook_draws_its_laboratory_and_plays_its_recording_without_a_kernel(
    notebook, plane
):
    plane.press("step-both")
    plane.expect_step(1)
    expect(points(plane.widget)).to_have_attribute("data-step", "1")
    notebook.save()
    notebook.server.end_kernels()
    notebook.reload()
    again = points(notebook.widget(LABORATORY, 1))
    again.scroll_into_view_if_needed()
    expect(again).to_have_attribute("data-step", "1")
    expect(again).to_have_attribute("data-crosses", "400")
    recorded = notebook.widget(RECORDED)
    recorded.scroll_into_view_if_needed()
    recorded.get_by_role("button", name="Play", exact=True).click()
    expect(recorded.locator(".gan-player")).to_have_attribute("data-playing", "true")
    expect(points(recorded)).not_to_have_attribute("data-step", "0")
    press(recorded.get_by_label("Place in the run"), "End")
    expect(points(recorded)).to_have_attribute("data-step", "6000")
    expect(points(recorded)).to_have_attribute("data-crosses", "400")
