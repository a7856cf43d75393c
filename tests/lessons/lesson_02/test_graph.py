"""The computational graph of lesson 02: its data, its steps, its places, and its drawing."""

import itertools

import pytest

from gan_course.from_scratch.autodiff import Value
from gan_course.lessons.lesson_02.columns import place
from gan_course.lessons.lesson_02.expressions import build
from gan_course.lessons.lesson_02.graph import layout, short, state_after
from gan_course.lessons.lesson_02.graph_figure import GRADIENT_COLOUR, VALUE_COLOUR, plot_graph

LESSON = ("3 * (a + b * c)", {"a": 2, "b": 1, "c": 3})
FORMULAS = [
    LESSON,
    ("a * a + exp(-a)", {"a": -1.5}),
    ("a * a * a", {"a": 2}),
    (
        "tanh(w1 * x1 + w2 * x2 + b) ** 2 / (x1 - exp(w2)) + log(b) * w1",
        {"w1": 0.5, "x1": -1.5, "w2": 0.7, "x2": 2, "b": 0.3},
    ),
]
each_formula = pytest.mark.parametrize("formula, inputs", FORMULAS)


def graph_of(formula, inputs):
    return layout(build(formula, **inputs)[0])


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts if text.get_text()]


@each_formula
def test_gradients_of_the_graph_are_those_of_the_engine(formula, inputs):
    output, values = build(formula, **inputs)
    graph = layout(output)
    assert all(value.gradient == 0.0 for value in values.values())  # the values were left alone
    output.backward()
    for node in graph.nodes:
        if node.kind == "input":
            assert node.gradient == pytest.approx(values[node.name].gradient)
        into = [edge.gradient for edge in graph.edges if edge.source == node.index]
        assert node.gradient == pytest.approx(sum(into) if into else 1.0)


def test_gradients_are_right_even_where_the_engine_of_the_learner_forgets_to_add():
    a = Value(3.0, "a")
    output = a * a
    a.gradient = 3.0  # what `=` in place of `+=` leaves behind
    assert layout(output).nodes[0].gradient == 6.0 and a.gradient == 3.0


@each_formula
def test_every_edge_is_walked_once_forward_and_once_backward_in_a_valid_order(formula, inputs):
    graph = graph_of(formula, inputs)
    phases = [step.phase for step in graph.steps]
    n = len(graph.edges)
    assert phases == ["forward"] * n + ["seed"] + ["backward"] * n
    for reached, step in enumerate(graph.steps):
        before = state_after(graph, reached)
        if step.phase == "forward":  # only a value that is known can go on
            assert graph.edges[step.edge].source in before.values
        if step.phase == "backward":  # only a complete gradient can go on
            target = graph.nodes[graph.edges[step.edge].target]
            assert before.gradients[target.index] == pytest.approx(target.gradient)
    end = state_after(graph)
    assert len(end.forward) == len(end.backward) == n and len(end.values) == len(graph.nodes)
    for node in graph.nodes:
        assert end.gradients[node.index] == pytest.approx(node.gradient)


def test_the_steps_say_what_happens_in_words_and_numbers():
    sentences = [step.sentence for step in graph_of(*LESSON).steps]
    assert "forward: 3 goes into ×" in sentences
    assert "forward: c = 3 goes into ×, so v1 = 3" in sentences
    assert "backward starts: ∂J/∂J = 1" in sentences
    assert "backward: v2 passes 3 × 1 = 3 to a, so ∂J/∂a = 3" in sentences
    assert "backward: v1 passes 3 × 3 = 9 to b, so ∂J/∂b = 9" in sentences


def test_a_sum_over_two_uses_is_told_as_unfinished_first():
    sentences = [step.sentence for step in graph_of("a * a", {"a": 3}).steps]
    assert sentences[-2:] == [
        "backward: J passes 1 × 3 = 3 to a, so ∂J/∂a = 3 so far",
        "backward: J passes 1 × 3 = 3 to a, so ∂J/∂a = 6",
    ]


def test_labels_are_kept_and_the_others_get_free_names():
    a, v1 = Value(1.0, "a"), Value(2.0, "v1")
    u = (a * v1).named("u")
    names = [node.name for node in layout(-u + 4.0).nodes]
    assert sorted(names) == ["4", "J", "a", "u", "v1", "v2"]


@each_formula
def test_sources_stand_left_of_targets_and_no_two_points_meet(formula, inputs):
    graph = graph_of(formula, inputs)
    for edge in graph.edges:
        xs = [x for x, _ in edge.points]
        assert xs == sorted(xs) and xs[0] < xs[-1]
        source, target = graph.nodes[edge.source], graph.nodes[edge.target]
        assert edge.points[0] == (source.x, source.y) and edge.points[-1] == (target.x, target.y)
    for one, other in itertools.combinations(graph.nodes, 2):
        assert one.x != other.x or abs(one.y - other.y) > 0.99
    bends = [p for edge in graph.edges for p in edge.points[1:-1]]
    for (x, y), node in itertools.product(bends, graph.nodes):
        assert x != node.x or abs(y - node.y) > 0.99  # edges pass beside the nodes


def test_two_edges_between_the_same_nodes_run_apart():
    _, (first, second) = place(2, [(0, 1), (0, 1)])
    assert first[1][1] > second[1][1]


def test_numbers_are_short_and_have_a_true_minus():
    assert [short(x) for x in (2.0, -0.5, 1 / 3, 12345.0)] == ["2", "−0.5", "0.3333", "12,340"]


@pytest.mark.parametrize("reached", [-1, 14, 2.5, "3", True])
def test_a_step_that_does_not_exist_is_refused(reached):
    graph = graph_of(*LESSON)
    with pytest.raises(ValueError, match="reached is .*; expected"):
        state_after(graph, reached)
    with pytest.raises(ValueError, match="reached is .*; expected"):
        plot_graph(graph, reached)


def test_the_drawing_shows_what_is_known_and_nothing_else():
    graph = graph_of(*LESSON)
    for reached in range(len(graph.steps) + 1):
        state, figure = state_after(graph, reached), plot_graph(graph, reached)
        shown = texts(figure)
        values = [text for text in shown if text.startswith("→")]
        gradients = [text for text in shown if text.startswith("←")]
        assert sorted(values) == sorted(f"→ {short(graph.edges[k].value)}" for k in state.forward)
        assert sorted(gradients) == sorted(
            f"← {short(graph.edges[k].gradient)}" for k in state.backward
        )
        assert ("J = 15" in shown) == (graph.output in state.values)
        reached_b = any(graph.nodes[graph.edges[k].source].name == "b" for k in state.backward)
        assert ("∂J/∂b = 9" in shown) == reached_b
        title = figure.axes[0].get_title()
        assert title.startswith(f"step {reached} of 13")
        assert title in figure.alt


def test_the_current_edge_is_thick_and_has_the_colour_of_its_direction():
    graph = graph_of(*LESSON)
    for reached, colour in ((2, VALUE_COLOUR), (13, GRADIENT_COLOUR)):
        lines = plot_graph(graph, reached).axes[0].lines
        thick = [line for line in lines if line.get_linewidth() > 2]
        assert len(thick) == 1 and thick[0].get_color() == colour
        assert lines.index(thick[0]) == graph.steps[reached - 1].edge


@each_formula
def test_the_numbers_on_the_edges_do_not_cover_one_another(formula, inputs):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = plot_graph(graph_of(formula, inputs))
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [
        text.get_window_extent(renderer)
        for text in figure.axes[0].texts
        if text.get_text() and text.get_bbox_patch() is None or text.get_text()[:1] in ("→", "←")
    ]
    for one, other in itertools.combinations(boxes, 2):
        width = min(one.x1, other.x1) - max(one.x0, other.x0)
        height = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert min(width, height) < 3, "two numbers overlap by more than 3 pixels"


def test_the_alternative_text_tells_how_each_value_is_made_and_what_is_known():
    alt = plot_graph(graph_of(*LESSON), 9).alt
    assert "v1 (× of b and c: value 3)" in alt
    assert "v2 (+ of a and v1: value 5, gradient ∂J/∂v2 so far 3)" in alt
