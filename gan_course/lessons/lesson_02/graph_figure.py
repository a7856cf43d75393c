"""The drawing of a computational graph: values and gradients on its edges, step by step."""

import numpy as np
from matplotlib.patches import Circle

from gan_course.lessons.lesson_02.graph import short
from gan_course.plots.style import COLOURS, new_picture_figure

VALUE_COLOUR, GRADIENT_COLOUR = COLOURS["blue"], COLOURS["push"]
LOCAL_COLOUR = COLOURS["black"]
FACES = {"input": "#E3F1FA", "constant": "#EFEFEF", "operation": "#FFFFFF"}
COLUMN, ROW = 2.1, 1.2  # inches between columns and between rows
RADIUS = 0.25  # of an operation's circle, in inches
LABEL_WIDTH, LABEL_HEIGHT = 0.85, 0.46  # room for the two numbers of an edge, in inches
CHARACTER = 0.075  # about the width of a character of theirs, in inches
TITLE_HEIGHT = 0.35  # in inches
WAITING = "#B8B8B8"  # edges nothing went along yet


def plot_graph(layout, reached=None):
    """Draw a computational graph after some of its steps.

    Values go to the right (blue, →, above the edge), gradients to the left (purple, ←, below the
    edge). The edge of the current step is drawn thick, and the title says what it did. Below each
    input, and below each value with several uses, stands its gradient so far, all uses added up.

    Args:
        layout: A graph from `graph.layout`.
        reached: How many of `layout.steps` to take, from 0 on; None for all of them.

    Returns:
        A Figure.

    Raises:
        ValueError: If `reached` is no whole number from 0 to the number of steps.

    Example:
        >>> from gan_course.lessons.lesson_02 import expressions, graph
        >>> J, values = expressions.build("3 * (a + b * c)", a=2, b=1, c=3)
        >>> figure = plot_graph(graph.layout(J), reached=4)

    Introduced in lesson 02.
    """
    state = layout.after(reached)
    curves = [_curve(edge) for edge in layout.edges]
    left, right = -0.75, max(node.x for node in layout.nodes) * COLUMN + 1.6
    ys = np.concatenate([curve[:, 1] for curve in curves])
    bottom, top = ys.min() - 0.6, ys.max() + 0.6
    height = top - bottom
    figure, axes = new_picture_figure(right - left, height + TITLE_HEIGHT)
    figure.set_layout_engine("none")  # everything has its place in inches; this draws faster
    axes.set_position((0, 0, 1, height / (height + TITLE_HEIGHT)))
    axes.set(xlim=(left, right), ylim=(bottom, top))
    axes.set_title(_title(layout, state), fontsize=10.5, y=1.0)
    places = _label_places(layout, curves)
    for index, (curve, place) in enumerate(zip(curves, places, strict=True)):
        _draw_edge(axes, layout, state, index, curve, place)
    for node in layout.nodes:
        _draw_node(axes, layout, state, node)
    _draw_output(axes, layout, state)
    figure.alt = _alt(layout, state)
    return figure


def _curve(edge):
    """Return points (m, 2) along an edge, in inches: straight, or in soft bends."""
    points = np.array(edge.points) * (COLUMN, ROW)
    if len(points) == 2:
        return np.linspace(points[0], points[1], 25)
    t = np.linspace(0, 1, 25)[:, np.newaxis]
    ease = t**2 * (3 - 2 * t)  # level at both ends, so that the pieces join without a corner
    pieces = [
        np.hstack([x0 + t * (x1 - x0), y0 + ease * (y1 - y0)])
        for (x0, y0), (x1, y1) in zip(points[:-1], points[1:], strict=True)
    ]
    return np.concatenate(pieces)


def _label_places(layout, curves):
    """Choose where the numbers of each edge stand, so that they cover little else."""
    taken = []  # (x, y, half width, half height) of what must stay readable
    for node in layout.nodes:
        x, y = node.x * COLUMN, node.y * ROW
        taken.append((x, y, RADIUS if node.operation else 0.45, RADIUS))
        if _shows_sum(layout, node):
            taken.append((x, y - 0.42, 0.55, 0.08))
        if node.operation:
            taken.append((x, y + 0.4, 0.15, 0.08))
    places = []
    for index, curve in enumerate(curves):
        others = np.concatenate([curve[:0], *curves[:index], *curves[index + 1 :]])
        candidates = curve[len(curve) // 6 : -len(curve) // 6]
        middle = 0.36 * len(candidates)

        def cost(i, candidates=candidates, middle=middle, others=others):
            x, y = candidates[i]
            near = np.abs(others - (x, y)) < (LABEL_WIDTH / 2, LABEL_HEIGHT / 2)
            covered = sum(
                max(0.0, LABEL_WIDTH / 2 + w - abs(x - u))
                * max(0.0, LABEL_HEIGHT / 2 + h - abs(y - v))
                for u, v, w, h in taken
            )
            crossed = np.count_nonzero(near.all(axis=1))
            return (
                covered + 0.003 * crossed + 0.002 * abs(i - middle) / middle
            )  # if all else is equal, left of the middle

        x, y = candidates[min(range(len(candidates)), key=cost)]
        places.append((x, y))
        taken.append((x, y, LABEL_WIDTH / 2, LABEL_HEIGHT / 2))
    return places


def _draw_edge(axes, layout, state, index, curve, place):
    edge = layout.edges[index]
    current = state.current is not None and state.current.edge == index
    colour = COLOURS["black"] if index in state.forward else WAITING
    if current:
        colour = VALUE_COLOUR if state.current.phase == "forward" else GRADIENT_COLOUR
    width = 3.0 if current else 1.2
    outside = curve[np.hypot(*(curve - curve[-1]).T) > RADIUS + 0.12]  # up to the arrow head
    axes.plot(outside[:, 0], outside[:, 1], color=colour, linewidth=width, zorder=1)
    direction = (curve[-1] - outside[-1]) / np.hypot(*(curve[-1] - outside[-1]))
    tip = curve[-1] - RADIUS * direction
    arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": width, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", tip, outside[-1], arrowprops=arrow, zorder=1)
    slope = _slope_at(curve, place)
    if index in state.forward:
        _label(axes, place, slope, +1, f"→ {short(edge.value)}", VALUE_COLOUR, current)
    if index in state.backward:
        _label(axes, place, slope, -1, f"← {short(edge.gradient)}", GRADIENT_COLOUR, current)
    if layout.output in state.gradients:
        side = 1 if curve[0, 1] >= curve[-1, 1] else -1  # away from the edge from the other side
        near = curve[np.argmin(np.abs(curve[:, 0] - (curve[-1, 0] - 0.52)))]
        factor = f"×{short(edge.local_gradient)}"
        _label(axes, near, _slope_at(curve, near), side, factor, LOCAL_COLOUR, current, size=8)


def _draw_node(axes, layout, state, node):
    x, y = node.x * COLUMN, node.y * ROW
    face, rim = FACES[node.kind], COLOURS["black"] if node.index in state.values else WAITING
    text = {"ha": "center", "va": "center", "zorder": 4}
    if node.operation:
        circle = Circle((x, y), RADIUS, facecolor=face, edgecolor=rim, linewidth=1.2, zorder=3)
        axes.add_patch(circle)
        size = 14 if len(node.operation) == 1 else 10
        axes.text(x, y, node.operation, fontsize=size, **text)
        if node.index != layout.output:
            axes.text(x, y + 0.4, node.name, fontsize=9.5, **text)
    else:
        is_constant = node.kind == "constant"
        name = node.name if is_constant else f"{node.name} = {short(node.value)}"
        box = {"boxstyle": "round,pad=0.4", "facecolor": face, "edgecolor": rim, "linewidth": 1.2}
        axes.text(x, y, name, fontsize=10, bbox=box, **text)
    if _shows_sum(layout, node) and node.index in state.gradients:
        top = layout.nodes[layout.output].name
        total = f"∂{top}/∂{node.name} = {short(state.gradients[node.index])}"
        axes.text(x, y - 0.42, total, fontsize=9, color=GRADIENT_COLOUR, **text)


def _shows_sum(layout, node):
    """Inputs, and values with several uses, have a gradient that stands on no single edge."""
    uses = sum(edge.source == node.index for edge in layout.edges)
    return node.kind == "input" or uses > 1


def _draw_output(axes, layout, state):
    """Draw the short arrow that leaves the output node, with J and ∂J/∂J on it."""
    node = layout.nodes[layout.output]
    x, y = node.x * COLUMN + RADIUS, node.y * ROW
    known = node.index in state.values
    colour = COLOURS["black"] if known else WAITING
    arrow = {"arrowstyle": "-|>", "color": colour, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (x + 0.35, y), (x, y), arrowprops=arrow)
    value = f"{node.name} = {short(node.value)}" if known else node.name
    axes.text(x + 0.42, y + 0.03, value, va="bottom", fontsize=10.5, color=VALUE_COLOUR)
    if node.index in state.gradients:
        text = f"∂{node.name}/∂{node.name} = 1"
        axes.text(x + 0.42, y - 0.03, text, va="top", fontsize=9, color=GRADIENT_COLOUR)


def _slope_at(curve, point):
    """Return how steep a curve is where it passes a point."""
    index = np.clip(np.argmin(np.hypot(*(curve - point).T)), 1, len(curve) - 2)
    along = curve[index + 1] - curve[index - 1]
    return along[1] / along[0]


def _label(axes, place, slope, side, text, colour, bold, size=9):
    """Write above (side 1) or below (side −1) an edge, as near as the text stays clear of it."""
    x, y = place
    rise = 0.11 + 0.5 * abs(slope) * CHARACTER * len(text)
    weight = "bold" if bold else "normal"
    axes.text(
        x,
        y + side * rise,
        text,
        ha="center",
        va="center",
        fontsize=size,
        color=colour,
        fontweight=weight,
        zorder=2,
    )


def _title(layout, state):
    if state.current is None:
        return f"step 0 of {len(layout.steps)}: nothing is computed yet"
    return f"step {_step_number(layout, state)} of {len(layout.steps)}: {state.current.sentence}"


def _step_number(layout, state):
    return len(state.forward) + len(state.backward) + (layout.output in state.gradients)


def _alt(layout, state):
    """Say in words what the drawing shows: how each value is made, and what is known of it."""
    top = layout.nodes[layout.output].name
    parts = []
    for node in layout.nodes:
        used = [
            layout.nodes[edge.source].name for edge in layout.edges if edge.target == node.index
        ]
        made = f"{node.operation} of {' and '.join(used)}" if used else node.kind
        facts = [f"value {short(node.value)}"] if node.index in state.values else []
        if node.index in state.gradients:
            gradient = short(state.gradients[node.index])
            facts.append(f"gradient ∂{top}/∂{node.name} so far {gradient}")
        parts.append(f"{node.name} ({made}{': ' if facts else ''}{', '.join(facts)})")
    return f"Computational graph, {_title(layout, state)}. Nodes: {'; '.join(parts)}."
