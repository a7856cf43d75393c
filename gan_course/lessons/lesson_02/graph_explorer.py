"""A computational graph under the learner's hand: any formula, walked edge by edge."""

import html

import ipywidgets as widgets

from gan_course.from_scratch.autodiff import topological_order
from gan_course.lessons.lesson_02.expressions import build, measured_gradients, names_in
from gan_course.lessons.lesson_02.graph import layout, short, state_after
from gan_course.lessons.lesson_02.graph_figure import plot_graph
from gan_course.messages import box
from gan_course.plots import figure_html
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.live_parts import SIDE

COURSE_FORMULA = "3 * (a + b * c)"
PIECES = {"3*(a+b*c)": ("v", "u")}  # the lesson's names for what is made on the way
MOST_EDGES = 18  # of a drawing that stays readable and quick
MOST_INPUTS = 8
RESERVED = ("formula", "step")  # arguments of the functions that read a formula
FIRST_VALUE = 2.0  # of an input that the learner has given no number yet
AGREE = 1e-6  # backward and measured, relative

CELL = "padding: 0.1em 0.9em; text-align: right"


def graph_explorer(formula=COURSE_FORMULA, **inputs):
    """Walk through a computational graph, forward and backward, one edge at a time.

    The box takes any formula of numbers, named inputs, + - * / **, brackets, exp, log, relu and
    tanh. Each input has a box for its number. The table holds, for each input, the gradient added
    up so far and the slope measured by central finite differences.

    Args:
        formula: What stands in the box at first.
        **inputs: Numbers for its inputs; those without one start at 2.

    Returns:
        An ipywidgets box.

    Raises:
        ValueError: If the first formula cannot be read or computed.

    Example:
        >>> graph_explorer("3 * (a + b * c)", a=2, b=1, c=3)

    Introduced in lesson 02.
    """
    explorer = _GraphExplorer(formula, inputs)
    explorer.load(raises=True)
    return explorer.view


class _GraphExplorer:
    """The controls of `graph_explorer` and what they do."""

    def __init__(self, formula, inputs):
        self.numbers = {name: float(value) for name, value in inputs.items()}
        self.boxes, self.graph, self.measured, self.reached = {}, None, {}, 0
        self.formula = widgets.Text(
            value=formula,
            description="Formula J =",
            continuous_update=False,
            placeholder="such as tanh(w * x + b)",
            style=SIDE,
            layout=widgets.Layout(width="28em"),
        )
        self.inputs = widgets.HBox(layout=widgets.Layout(flex_flow="row wrap"))
        self.slider = widgets.IntSlider(
            min=0,
            max=0,
            description="Step",
            layout=widgets.Layout(width="20em"),
        )
        self.picture, self.table, self.message = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.buttons = {
            "reset": self._button("Reset", "Forget all steps", lambda: 0),
            "back": self._button("◀ Back", "Take the last step back", lambda: self.reached - 1),
            "step": self._button("Step ▶", "Take one step along an edge", lambda: self.reached + 1),
            "all": self._button("All steps", "Take all steps", lambda: len(self.graph.steps)),
        }
        self.formula.observe(lambda _: self.load(), "value")
        self.slider.observe(lambda change: self.go(change["new"]), "value")
        walk = widgets.HBox([*self.buttons.values(), self.slider])
        walk.layout.flex_flow = "row wrap"
        self.view = LessonBox(
            [self.formula, self.inputs, walk, self.message, self.picture, self.table]
        )
        self.view.add_class("gan-graph-explorer")

    def _button(self, label, tooltip, target):
        button = widgets.Button(
            description=label, tooltip=tooltip, layout=widgets.Layout(width="6.5em")
        )
        button.on_click(lambda _: self.graph is not None and self.go(target()))
        return button

    def load(self, raises=False):
        """Read the formula, make a box for each input, and start at step 0."""
        try:
            names = _checked_names(self.formula.value)
            self._make_boxes(names)
            self._compute(names)
        except Exception as error:  # whatever was typed: said here, never lost
            if raises:
                raise
            self._fail(error)

    def _make_boxes(self, names):
        for name in names:
            if name not in self.boxes:
                self.boxes[name] = widgets.FloatText(
                    value=self.numbers.get(name, FIRST_VALUE),
                    description=f"{name} =",
                    step=0.1,
                    style=SIDE,
                    layout=widgets.Layout(width="9em"),
                )
                self.boxes[name].observe(lambda _: self.load(), "value")
        self.inputs.children = [self.boxes[name] for name in names]

    def _compute(self, names):
        numbers = {name: self.boxes[name].value for name in names}
        output, _ = build(self.formula.value, **numbers)
        names_here = PIECES.get(self.formula.value.replace(" ", ""), ())
        made = [value for value in topological_order(output)[:-1] if value.parents]
        for value, name in zip(made, names_here, strict=False):
            value.named(name)
        graph = layout(output)
        if len(graph.edges) > MOST_EDGES:
            raise ValueError(
                f"This formula has {len(graph.edges)} edges; expected at most {MOST_EDGES}, so "
                "that the drawing stays readable. Take a part of it."
            )
        try:
            self.measured = measured_gradients(self.formula.value, **numbers)
        except ValueError:  # at the edge of where the formula has a value
            self.measured = {}
        self.graph, self.reached = graph, 0
        self.message.value = ""
        for button in self.buttons.values():
            button.disabled = False
        self.slider.value = 0
        self.slider.max = len(graph.steps)
        self.slider.disabled = False
        self._draw()

    def go(self, reached):
        """Show the graph after so many steps."""
        reached = min(max(reached, 0), self.slider.max)
        if self.graph is None or reached == self.reached:
            return
        self.reached = reached
        self.slider.value = reached  # comes back here, and finds nothing to do
        try:
            self._draw()
        except Exception as error:
            self._fail(error)

    def _draw(self):
        self.picture.value = figure_html(plot_graph(self.graph, self.reached))
        self.table.value = _table(self.graph, self.reached, self.measured)
        self.buttons["reset"].disabled = self.buttons["back"].disabled = self.reached == 0

    def _fail(self, error):
        self.graph = None
        self.picture.value = self.table.value = ""
        self.slider.disabled = True
        for button in self.buttons.values():
            button.disabled = True
        self.message.value = box("cannot be checked", "This cannot be drawn", str(error))


def _checked_names(formula):
    names = names_in(formula)
    reserved = [name for name in names if name in RESERVED]
    if reserved or len(names) > MOST_INPUTS:
        problem = f"the name {reserved[0]!r}" if reserved else f"{len(names)} inputs"
        raise ValueError(
            f"The formula has {problem}; expected at most {MOST_INPUTS} inputs, and none called "
            f"{' or '.join(RESERVED)}. Take other letters, such as a, b and c."
        )
    return names


def _table(graph, reached, measured):
    """Write the gradients so far beside the measured ones."""
    gradients = state_after(graph, reached).gradients
    done = reached == len(graph.steps)
    rows = []
    for node in graph.nodes:
        if node.kind != "input":
            continue
        found, slope = gradients.get(node.index), measured.get(node.name)
        verdict = "not there yet"
        if slope is None:
            verdict = "no value a step away: cannot be measured here"
        elif found is not None:
            agree = abs(found - slope) <= AGREE * max(abs(found), abs(slope), 1.0)
            verdict = "✔ equal" if agree else "✘ differs: a kink?" if done else "not complete yet"
        cells = [node.name, short(node.value), "–" if found is None else short(found)]
        cells += ["–" if slope is None else short(slope), verdict]
        rows.append("".join(f"<td style='{CELL}'>{html.escape(cell)}</td>" for cell in cells))
    heads = ("input", "value", "∂J/∂input, backward", "∂J/∂input, measured", "")
    return (
        "<div style='overflow-x: auto'><table class='gan-gradient-table'><tr>"
        + "".join(f"<th scope='col' style='{CELL}'>{head}</th>" for head in heads)
        + "".join(f"</tr><tr>{row}" for row in rows)
        + "</tr></table></div>"
    )
