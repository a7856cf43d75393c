"""The widgets of lesson 09 in a browser: a flow in the plane, and a digit that you draw."""

import pytest
from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

FLOW, SEARCH = "gan-flow-explorer", "gan-code-search"
BEFORE = ["from gan_course.lessons.lesson_09.widgets import code_search, flow_explorer"]
WIDGETS = {FLOW: "flow_explorer()", SEARCH: "code_search()"}
GREY_AT = """(canvas, [across, down]) => {
    const pixel = [across * canvas.width, down * canvas.height].map(Math.round);
    return canvas.getContext("2d").getImageData(...pixel, 1, 1).data[0];
}"""


@pytest.fixture
def pad(notebook):
    """The pad, empty; what is drawn on it is counted at its root."""
    pad = notebook.widget(SEARCH).locator(".gan-pad")
    pad.locator(".gan-paper-clear").click()
    expect(pad).to_have_attribute("data-points", "0")
    return pad


def grey(pad, across, down):
    """Return the pad's grey at a place, in shares of its side: 0 is black, 255 ink."""
    return pad.locator("canvas").evaluate(GREY_AT, [across, down])


def test_in_one_step_no_point_arrives(notebook):
    widget = notebook.widget(FLOW)
    with changing_picture(widget):
        widget.get_by_label("Steps").select_option("1")
    expect(widget).to_contain_text("After 1 of 1 steps")
    with changing_picture(widget):
        press(slider(widget, "Time t"), "Home")
    expect(widget).to_contain_text("After 0 of 1 steps")
    assert_no_trouble(notebook)


def test_a_stroke_of_the_mouse_is_inked_and_found_and_an_empty_pad_refused(notebook, pad):
    widget, mouse = notebook.widget(SEARCH), notebook.page.mouse
    find = widget.get_by_role("button", name="Find its code")
    find.click()
    expect(widget).to_contain_text("The drawing is empty")
    pad.locator("canvas").scroll_into_view_if_needed()
    box = pad.locator("canvas").bounding_box()
    middle = box["x"] + box["width"] / 2
    mouse.move(middle, box["y"] + 0.2 * box["height"])
    mouse.down()
    mouse.move(middle, box["y"] + 0.8 * box["height"], steps=5)
    mouse.up()
    mouse.move(box["x"] + 2, box["y"] + 2)
    expect(pad).to_have_attribute("data-points", "61")  # a hundredth of the side apart
    assert [grey(pad, 0.5, down) for down in (0.1, 0.21, 0.47, 0.78)] == [0, 255, 255, 255]
    assert grey(pad, 0.4, 0.47) == 0
    find.click()
    expect(widget).to_contain_text("Mean squared error")
    assert_no_trouble(notebook)


def test_a_stroke_is_drawn_with_the_keyboard_and_taken_back(notebook, pad):
    canvas = pad.locator("canvas")
    canvas.hover()  # the cursor is in the middle now
    press(canvas, "p", "Shift+ArrowRight", "Shift+ArrowRight", "p", "Shift+ArrowDown")
    expect(pad).to_have_attribute("data-points", "22")  # and no more where the pen was up
    assert [grey(pad, across, 0.5) for across in (0.45, 0.55, 0.68, 0.8)] == [0, 255, 255, 0]
    press(canvas, "u")
    expect(pad.get_by_role("status")).to_have_text("Took back the last change.")
    expect(pad).to_have_attribute("data-points", "11")
    assert [grey(pad, across, 0.5) for across in (0.55, 0.68)] == [255, 0]
    assert_no_trouble(notebook)
