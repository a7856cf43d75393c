"""The widgets of lesson 02: every control is moved, and what is drawn and written is compared."""

import re

import ipywidgets as widgets
import numpy as np
import pytest

from gan_course.lessons.lesson_02 import flow_explorer, graph_explorer
from gan_course.lessons.lesson_02.deep import gradient_flow
from gan_course.lessons.lesson_02.widgets import (
    gradient_flow_explorer,
    graph_explorer as make_graph_explorer,
)

EDGES = 6  # of 3 * (a + b * c): two for each of the three operations
STEPS = 2 * EDGES + 1


def every(widget):
    """List a widget and all widgets inside it."""
    inside = [every(child) for child in getattr(widget, "children", ())]
    return [widget, *(each for part in inside for each in part)]


def by_label(view, label):
    """Find the control whose label contains the text."""
    found = [w for w in every(view) if label in getattr(w, "description", "")]
    assert len(found) == 1, (label, found)
    return found[0]


def texts(view):
    return [each.value for each in every(view) if isinstance(each, widgets.HTML)]


def table(view):
    """Read the table as a dict: input -> (value, backward, measured, verdict)."""
    rows = re.findall(r"<tr>(<td.*?)</tr>", texts(view)[2])
    cells = [re.findall(r"<td.*?>(.*?)</td>", row) for row in rows]
    return {first: tuple(rest) for first, *rest in cells}


def alt(view):
    return re.search(r'alt="([^"]*)"', texts(view)[1])[1]


@pytest.fixture
def walk():
    return make_graph_explorer("3 * (a + b * c)", a=2, b=1, c=3)


def test_every_control_has_a_label_and_the_view_its_class(walk):
    flow = gradient_flow_explorer()
    assert "gan-graph-explorer" in walk._dom_classes
    assert "gan-gradient-flow" in flow._dom_classes
    for control in every(walk) + every(flow):
        if hasattr(control, "description") and not isinstance(control, widgets.HTML):
            assert control.description
        if isinstance(control, widgets.Button):
            assert control.tooltip
        if hasattr(control, "continuous_update"):  # what is typed waits until it is written
            assert control.continuous_update is ("Slider" in type(control).__name__)


def test_the_walk_starts_with_nothing_known(walk):
    assert "step 0 of 13" in alt(walk)
    assert table(walk) == {
        "a": ("2", "–", "3", "not there yet"),
        "b": ("1", "–", "9", "not there yet"),
        "c": ("3", "–", "3", "not there yet"),
    }
    assert by_label(walk, "Back").disabled and by_label(walk, "Reset").disabled
    assert not by_label(walk, "Step ▶").disabled


def test_step_back_reset_and_all_walk_along_the_edges(walk):
    step, slider = (
        by_label(walk, "Step ▶"),
        next(w for w in every(walk) if isinstance(w, widgets.IntSlider)),
    )
    for _ in range(EDGES):
        step.click()
    assert slider.value == EDGES and "forward" in alt(walk) and "J = 15" in alt(walk)
    step.click()
    assert "∂J/∂J = 1" in alt(walk)
    by_label(walk, "All").click()
    assert slider.value == STEPS
    step.click()  # beyond the end nothing happens, and the button stays ready for a new formula
    assert slider.value == STEPS and not step.disabled
    assert table(walk)["b"] == ("1", "9", "9", "✔ equal")
    by_label(walk, "Back").click()
    assert slider.value == STEPS - 1
    assert table(walk)["c"] == ("3", "–", "3", "not there yet")  # the last edge leads to c
    by_label(walk, "Reset").click()
    assert slider.value == 0 and "step 0 of 13" in alt(walk)


def test_the_slider_jumps_to_any_step(walk):
    slider = next(w for w in every(walk) if isinstance(w, widgets.IntSlider))
    assert slider.max == STEPS
    slider.value = STEPS
    assert {row[3] for row in table(walk).values()} == {"✔ equal"}
    slider.value = 3
    assert "step 3 of 13" in alt(walk)


def test_a_new_number_is_computed_with_at_once(walk):
    by_label(walk, "c =").value = -2.0
    by_label(walk, "All").click()
    assert table(walk)["b"] == ("1", "−6", "−6", "✔ equal")
    assert "J (× of 3 and u: value 0" in alt(walk)


def test_an_expression_of_your_own_gets_its_own_boxes_and_graph(walk):
    by_label(walk, "Formula").value = "tanh(w * x) + w * w"
    assert [w.description for w in every(walk) if isinstance(w, widgets.FloatText)] == [
        "w =",
        "x =",
    ]
    by_label(walk, "w =").value, by_label(walk, "x =").value = 0.5, -1.0
    by_label(walk, "All").click()
    slope = 1 - np.tanh(-0.5) ** 2
    assert table(walk)["w"][1:] == (f"{1 - slope:.4g}", f"{1 - slope:.4g}", "✔ equal")
    assert table(walk)["x"][1] == f"{0.5 * slope:.4g}"


def test_a_value_used_twice_is_complete_only_after_its_last_edge():
    view = make_graph_explorer("x * x", x=3)
    for _ in range(4):  # two edges forward, the 1, one edge back
        by_label(view, "Step ▶").click()
    assert table(view)["x"] == ("3", "3", "6", "not complete yet")
    by_label(view, "Step ▶").click()
    assert table(view)["x"] == ("3", "6", "6", "✔ equal")


def test_a_kink_is_named_where_backward_and_measurement_differ():
    view = make_graph_explorer("relu(x) + 0 * x", x=0)
    by_label(view, "All").click()
    assert table(view)["x"] == ("0", "0", "0.5", "✘ differs: a kink?")


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("3 * (a + b", "missing bracket"),
        ("sin(a)", "not allowed here"),
        ("__import__('os')", "not allowed here"),
        ("log(a - a)", "above 0"),
        ("a / (b - b)", "divisor other than 0"),
        ("4", "nothing to differentiate"),
        ("", "cannot be read"),
        ("step * a", "&#x27;step&#x27;"),
        ("+".join("abcdefghi"), "9 inputs"),
        ("*".join(["a"] * 20), "38 edges"),
    ],
)
def test_a_formula_that_cannot_be_drawn_is_explained_in_the_widget(walk, formula, words):
    by_label(walk, "Formula").value = formula
    assert words in texts(walk)[0]
    assert texts(walk)[1:] == ["", ""]
    for label in ("Step ▶", "Back", "Reset", "All"):
        assert by_label(walk, label).disabled
        by_label(walk, label).click()  # as a keyboard might; nothing happens
    by_label(walk, "Formula").value = "a * b"  # and it recovers
    assert texts(walk)[0] == "" and "step 0 of 5" in alt(walk)


def test_a_first_formula_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="missing bracket"):
        make_graph_explorer("3 * (a")


# Gradients over depth ---------------------------------------------------------------------------


@pytest.fixture
def drawn(monkeypatch):
    """Keep what was plotted: (curves, limits, title) of each picture."""
    calls = []
    original = flow_explorer.plot_gradient_flow

    def spy(curves, limits, title, **more):
        calls.append((curves, limits, title))
        return original(curves, limits, title, **more)

    monkeypatch.setattr(flow_explorer, "plot_gradient_flow", spy)
    return calls


def expected(depth, activation, scheme, first=0):
    return np.array(
        [
            gradient_flow(depth, 64, np.random.default_rng(seed), activation, scheme)
            for seed in range(first, first + 3)
        ]
    )


def test_every_control_changes_what_is_plotted(drawn):
    view = gradient_flow_explorer(depth=5)
    assert np.array_equal(drawn[-1][0]["sigmoid"], expected(5, "sigmoid", "glorot"))
    by_label(view, "Hidden layers").value = 12
    assert np.array_equal(drawn[-1][0]["sigmoid"], expected(12, "sigmoid", "glorot"))
    by_label(view, "Activation").value = "relu"
    assert np.array_equal(drawn[-1][0]["ReLU"], expected(12, "relu", "glorot"))
    by_label(view, "First weights").value = "he"
    assert np.array_equal(drawn[-1][0]["ReLU"], expected(12, "relu", "he"))
    own = by_label(view, "Width of my own")
    assert own.disabled
    by_label(view, "First weights").value = "own"
    assert not own.disabled
    own.value = 0.5
    assert np.array_equal(drawn[-1][0]["ReLU"], expected(12, "relu", 0.5))
    assert "width 0.5" in drawn[-1][2]
    by_label(view, "Draw new weights").click()
    assert np.array_equal(drawn[-1][0]["ReLU"], expected(12, "relu", 0.5, first=3))
    assert len({limits for _, limits, _ in drawn}) == 1  # one axis for all settings


@pytest.mark.parametrize(
    ("activation", "scheme", "word"),
    [("sigmoid", "glorot", "vanishing"), ("relu", "he", "healthy"), ("tanh", "own", "exploding")],
)
def test_the_sentence_says_what_the_curve_does(activation, scheme, word):
    view = gradient_flow_explorer(20, activation, scheme)
    if scheme == "own":
        by_label(view, "Width of my own").value = 1.0
    assert f"<b>{word}</b>" in texts(view)[0]
    assert 'alt="20 hidden layers' in texts(view)[1]


def test_an_error_while_drawing_is_said_in_the_widget(monkeypatch):
    view = gradient_flow_explorer()

    def fails(*_, **__):
        raise ValueError("no paper left")

    monkeypatch.setattr(flow_explorer, "plot_gradient_flow", fails)
    by_label(view, "Hidden layers").value = 3
    assert "no paper left" in texts(view)[0]

    walk = make_graph_explorer()
    monkeypatch.setattr(graph_explorer, "plot_graph", fails)
    by_label(walk, "Step ▶").click()
    assert "no paper left" in texts(walk)[0]
