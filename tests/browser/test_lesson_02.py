"""The widgets of lesson 02 in a browser: a graph walked edge by edge, and gradients over depth."""

import re

import pytest
from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture, choose, drag, press, slider
from playwright.sync_api import expect
from widget_health import assert_no_trouble

GRAPH, FLOW = "gan-graph-explorer", "gan-gradient-flow"
BEFORE = ["from gan_course.lessons.lesson_02.widgets import gradient_flow_explorer, graph_explorer"]
WIDGETS = {
    GRAPH: "graph_explorer('3 * (a + b * c)', a=2, b=1, c=3)",
    FLOW: "gradient_flow_explorer(depth=10, activation='sigmoid', scheme='glorot')",
}


@pytest.fixture
def graph(notebook):
    """The graph explorer at step 0 of its first formula."""
    widget = notebook.widget(GRAPH)
    write(widget.get_by_label("Formula J ="), "3 * (a + b * c)")
    expect(widget.get_by_role("slider")).to_have_attribute("aria-valuenow", "0.0")
    return widget


def after(steps):
    """Return a pattern of the alternative text after so many steps."""
    return re.compile(f"step {steps} of ")


def write(box, text):
    box.fill(text)
    box.press("Enter")


def test_steps_forward_and_back_walk_along_the_edges(notebook, graph):
    step = graph.get_by_role("button", name="Step ▶")
    with changing_picture(graph):
        step.click()
    with changing_picture(graph):
        press(step, "Space")
    expect(graph.locator("img")).to_have_attribute("alt", after(2))
    with changing_picture(graph):
        graph.get_by_role("button", name="◀ Back").click()
    expect(graph.locator("img")).to_have_attribute("alt", after(1))
    with changing_picture(graph):
        press(slider(graph, "Step"), "ArrowRight", "ArrowRight")
    graph.get_by_role("button", name="All steps").click()
    expect(graph.locator("table")).to_contain_text("✔ equal")
    graph.get_by_role("button", name="Reset").click()
    expect(graph.locator("img")).to_have_attribute("alt", after(0))
    assert_no_trouble(notebook)


def test_a_formula_of_ones_own_is_drawn_and_a_slip_is_told(notebook, graph):
    formula = graph.get_by_label("Formula J =")
    with changing_picture(graph):
        write(formula, "tanh(w * x + b)")
    expect(graph.get_by_label("w =")).to_be_visible()
    with changing_picture(graph):
        write(graph.get_by_label("w ="), "0.5")
    write(formula, "sin(a")
    expect(graph.locator(".gan-box")).to_contain_text("This cannot be drawn")
    write(formula, "a * b")
    expect(graph.locator(".gan-box")).to_have_count(0)
    assert_no_trouble(notebook)


def test_depth_activation_and_first_weights_change_the_flow(notebook):
    widget = notebook.widget(FLOW)
    with changing_picture(widget):
        press(slider(widget, "Hidden layers"), "PageUp")
    with changing_picture(widget):
        choose(widget, "Activation", "ReLU")
    with changing_picture(widget):
        choose(widget, "First weights", "my own width")
    with changing_picture(widget):
        drag(slider(widget, "Width of my own"), 0.9)
    expect(widget).to_contain_text("exploding")
    with changing_picture(widget):
        widget.get_by_role("button", name="Draw new weights").click()
    assert_no_trouble(notebook)
