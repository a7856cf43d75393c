"""A computational graph as plain data: nodes with positions, edges, and the steps along them.

`layout(output)` computes nothing anew and draws nothing; `graph_figure` draws it. The steps come in
the order in which a learner follows them: values forward, edge by edge; the 1 at the output;
gradients backward, edge by edge.
"""

from dataclasses import dataclass

from gan_course.arguments import check_whole
from gan_course.from_scratch.autodiff import topological_order
from gan_course.lessons.lesson_02.columns import place
from gan_course.tables import number


@dataclass(frozen=True)
class Node:
    """One value of the graph (lesson 02)."""

    index: int
    name: str  # the label, or a made-up one such as "v1"; a constant is named by its number
    operation: str  # "" for an input
    value: float
    gradient: float  # ∂output/∂this, all uses added up
    x: float  # column, 0 at the left
    y: float  # row, larger is higher
    kind: str  # "input", "constant" or "operation"


@dataclass(frozen=True)
class Edge:
    """One use of a value: from it (source) to the result made with it (target) (lesson 02)."""

    source: int  # index of a node
    target: int
    value: float  # what goes forward along the edge
    local_gradient: float  # ∂target/∂source, through this edge
    gradient: float  # what goes backward: gradient of target × local_gradient
    points: tuple  # (x, y) pairs from source to target; more than two where the edge bends


@dataclass(frozen=True)
class Step:
    """One event: a value goes forward, the output gets its 1, a gradient goes back (lesson 02)."""

    phase: str  # "forward", "seed" or "backward"
    edge: int | None  # index of an edge; None for the seed
    sentence: str  # what happens, in words and numbers


@dataclass(frozen=True)
class State:
    """What is known after some of the steps (lesson 02)."""

    values: frozenset  # indices of nodes whose value is known
    forward: frozenset  # indices of edges a value went along
    backward: frozenset  # indices of edges a gradient went along
    gradients: dict  # node index -> gradient added up so far
    current: Step | None  # the last step taken


@dataclass(frozen=True)
class Graph:
    """A whole computation, laid out (lesson 02)."""

    nodes: tuple
    edges: tuple
    steps: tuple
    output: int  # index of the output node

    def after(self, reached=None):
        """Tell what is known after the first `reached` steps: `state_after(self, reached)`."""
        return state_after(self, reached)


def layout(output):
    """Lay out the graph of a `Value`: positions, edges, gradients and steps.

    The gradients are computed here from the local derivatives alone, with all uses added up; the
    `gradient` attributes of the values are neither read nor changed. So the drawing is right even
    where an engine of your own still has a bug.

    Args:
        output: The last `Value` of a computation.

    Returns:
        A `Graph`.

    Raises:
        ValueError: If `output` is not a `Value`.

    Source: Rumelhart, Hinton & Williams 1986, for the two passes.

    Example:
        >>> from gan_course.lessons.lesson_02.expressions import build
        >>> graph = layout(build("3 * (a + b * c)", a=2, b=1, c=3)[0])
        >>> [node.name for node in graph.nodes]
        ['3', 'a', 'b', 'c', 'v1', 'v2', 'J']
        >>> graph.steps[-1].sentence
        'backward: v1 passes 3 × 1 = 3 to c, so ∂J/∂c = 3'

    Introduced in lesson 02.
    """
    order = topological_order(output)
    index_of = {id(value): index for index, value in enumerate(order)}
    names = _names(order)
    links = [  # (source, target, local gradient), in forward order
        (index_of[id(parent)], index_of[id(value)], local)
        for value in order
        for parent, local in zip(value.parents, value.local_gradients, strict=True)
    ]
    backward_order = sorted(range(len(links)), key=lambda k: (-links[k][1], k))
    gradients = [0.0] * len(order)
    gradients[-1] = 1.0
    so_far = {}  # edge index -> the source's gradient once this edge has been added
    for k in backward_order:
        source, target, local = links[k]
        gradients[source] += gradients[target] * local
        so_far[k] = gradients[source]

    positions, routes = place(len(order), [(source, target) for source, target, _ in links])
    nodes = tuple(
        Node(i, names[i], v.operation, v.data, gradients[i], *positions[i], _kind(v))
        for i, v in enumerate(order)
    )
    edges = tuple(
        Edge(source, target, order[source].data, local, gradients[target] * local, routes[k])
        for k, (source, target, local) in enumerate(links)
    )
    steps = [_forward_step(k, edges, nodes) for k in range(len(edges))]
    top = nodes[-1].name
    steps.append(Step("seed", None, f"backward starts: ∂{top}/∂{top} = 1"))
    last_use = {links[k][0]: k for k in backward_order}  # source -> the edge that completes it
    steps += [
        _backward_step(k, edges, nodes, so_far[k], last_use[links[k][0]] == k)
        for k in backward_order
    ]
    return Graph(nodes, edges, tuple(steps), len(nodes) - 1)


def state_after(graph, reached=None):
    """Tell what is known after the first `reached` steps of a graph.

    Args:
        graph: From `layout`.
        reached: How many steps were taken, from 0 to len(graph.steps); None for all.

    Returns:
        A `State`.

    Raises:
        ValueError: If `reached` is no whole number of that range.

    Example:
        >>> from gan_course.lessons.lesson_02.expressions import build
        >>> graph = layout(build("a * a", a=3)[0])
        >>> state_after(graph, 4).gradients  # one of two uses has been counted
        {1: 1.0, 0: 3.0}

    Introduced in lesson 02.
    """
    total, remedy = len(graph.steps), "Use len(graph.steps) for all of them, or None."
    reached = total if reached is None else check_whole("reached", reached, 0, total, remedy)
    taken = graph.steps[:reached]
    forward = frozenset(step.edge for step in taken if step.phase == "forward")
    backward = frozenset(step.edge for step in taken if step.phase == "backward")
    gradients = {}
    for step in taken:
        if step.phase == "seed":
            gradients[graph.output] = 1.0
        elif step.phase == "backward":
            edge = graph.edges[step.edge]
            gradients[edge.source] = gradients.get(edge.source, 0.0) + edge.gradient
    values = frozenset(
        node.index
        for node in graph.nodes
        if all(k in forward for k, edge in enumerate(graph.edges) if edge.target == node.index)
    )
    return State(values, forward, backward, gradients, taken[-1] if taken else None)


def short(x):
    """Write a number in 4 digits at most, without trailing zeros (lesson 02)."""
    return number(x, ".4g")


def _names(order):
    """Name every value: its label, a constant's number, or v1, v2, … for a result without label."""
    taken = {value.label for value in order}
    names, counter = [], 0
    for value in order[:-1]:
        if value.label or not value.parents:
            names.append(value.label or short(value.data))
            continue
        counter += 1
        while f"v{counter}" in taken:
            counter += 1
        names.append(f"v{counter}")
    return [*names, order[-1].label or "J"]


def _kind(value):
    if value.parents:
        return "operation"
    return "input" if value.label else "constant"


def _forward_step(k, edges, nodes):
    edge = edges[k]
    source, target = nodes[edge.source], nodes[edge.target]
    what = (
        short(edge.value) if source.kind == "constant" else f"{source.name} = {short(edge.value)}"
    )
    is_last = all(other.target != edge.target for other in edges[k + 1 :])
    ending = f", so {target.name} = {short(target.value)}" if is_last else ""
    return Step("forward", k, f"forward: {what} goes into {target.operation}{ending}")


def _backward_step(k, edges, nodes, gradient_so_far, is_last_use):
    edge = edges[k]
    source, target, top = nodes[edge.source], nodes[edge.target], nodes[-1].name
    product = f"{_signed(target.gradient)} × {_signed(edge.local_gradient)}"
    return Step(
        "backward",
        k,
        f"backward: {target.name} passes {product} = {short(edge.gradient)} to {source.name}, "
        f"so ∂{top}/∂{source.name} = {short(gradient_so_far)}{'' if is_last_use else ' so far'}",
    )


def _signed(x):
    return f"({short(x)})" if x < 0 else short(x)
