"""The widgets of lesson 09 in a browser: a flow in the plane, and a digit that you draw."""

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


def test_in_one_step_no_point_arrives(notebook):
    widget = notebook.widget(FLOW)
    with changing_picture(widget):
        widget.get_by_label("Steps").select_option("1")
    expect(widget).to_contain_text("After 1 of 1 steps")
    with changing_picture(widget):
        press(slider(widget, "Time t"), "Home")
    expect(widget).to_contain_text("After 0 of 1 steps")
    assert_no_trouble(notebook)


def test_a_drawing_is_found_by_mouse_and_an_empty_one_is_refused(notebook):
    widget = notebook.widget(SEARCH)
    area = widget.locator(".gan-canvas-area")
    widget.locator(".gan-canvas-clear").click()
    widget.get_by_role("button", name="Find its code").click()
    expect(widget).to_contain_text("The drawing is empty")
    box = area.bounding_box()
    middle = box["x"] + box["width"] / 2
    notebook.page.mouse.move(middle, box["y"] + 0.2 * box["height"])
    notebook.page.mouse.down()
    notebook.page.mouse.move(middle, box["y"] + 0.8 * box["height"], steps=20)
    notebook.page.mouse.up()
    widget.get_by_role("button", name="Find its code").click()
    expect(widget).to_contain_text("Mean squared error")
    assert_no_trouble(notebook)
