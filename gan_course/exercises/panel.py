"""The panel below an exercise: its outcome, and buttons for Check, Hint and Solution.

Where a kernel serves a notebook, `.check` shows it. Check looks the answer up by its name, so it
judges the function as it stands at that moment, with the same outcome and the same record as the
call.
"""

import ast
import html
import time

import ipywidgets as widgets
from IPython import get_ipython

from gan_course.messages import to_html

BUTTONS = {
    "Check": ("check", "Check the function as it now stands in the kernel"),
    "Hint": ("lightbulb-o", "Show the next hint; each is stronger than the one before"),
    "Solution": ("key", "Show our version"),
}


class Panel(widgets.VBox):
    """The outcome of an exercise, three buttons, and what Hint and Solution show.

    Args:
        exercise: An `Exercise`.

    Attributes:
        buttons: A dict from "Check", "Hint" and "Solution" to ipywidgets buttons.
        outcome: HTML with the outcome's box.
        more: HTML with the hint or the solution asked for last.
    """

    def __init__(self, exercise):
        self._exercise, self._answers, self._names = exercise, (), ()
        self.outcome, self.more = widgets.HTMLMath(), widgets.HTMLMath()
        self._checked = widgets.HTML()
        self.buttons = {name: _button(name, *parts) for name, parts in BUTTONS.items()}
        self.buttons["Check"].on_click(lambda _: self.check())
        self.buttons["Hint"].on_click(lambda _: self._show(exercise.hint()))
        self.buttons["Solution"].on_click(lambda _: self._show(exercise.solution(unfolded=True)))
        row = widgets.Layout(flex_flow="row wrap", align_items="center")
        buttons = widgets.Box([*self.buttons.values(), self._checked], layout=row)
        super().__init__([self.outcome, buttons, self.more])
        self.add_class("gan-exercise")

    def receive(self, answers, outcome):
        """Show an outcome, and remember under which names its answers are to be found later.

        Args:
            answers: What was checked, a tuple.
            outcome: The `Outcome`.
        """
        self._answers, self._names = answers, names_of(answers, self._exercise)
        self.outcome.value, self._checked.value = outcome.html, ""

    def check(self):
        """Check the answers as they now stand under their names."""
        names = get_ipython().user_ns
        answers = [
            answer if name is None else names.get(name)
            for answer, name in zip(self._answers, self._names, strict=True)
        ]
        self.outcome.value = self._exercise.judge(*answers).html
        known = " and ".join(f"`{name}`" for name in self._names if name) or "the same answer"
        now = time.strftime("%H:%M:%S")
        self._checked.value = f"<span>Checked {to_html(known)} at {html.escape(now)}.</span>"

    def _show(self, shown):
        self.more.value = shown._repr_html_()


def names_of(answers, exercise):
    """Return the names under which answers stand in the notebook, None for what has none.

    They are read from the cell that runs: from `ex.rescale.check(rescale)` comes "rescale". Where
    the cell does not tell, a function's own name will do.

    Args:
        answers: What `exercise.check` received.
        exercise: The `Exercise`.

    Returns:
        A list of names, each a str or None.
    """
    shell = get_ipython()
    names, cell = shell.user_ns, (shell.user_ns.get("In") or [""])[-1]
    written = _written(cell, exercise, names, len(answers))
    found = []
    for answer, name in zip(answers, written, strict=True):
        name = name or getattr(answer, "__name__", None)
        found.append(name if name in names and names[name] is answer else None)
    return found


def _written(cell, exercise, names, count):
    """Return the names written between the brackets of the cell's call of `exercise.check`."""
    try:
        tree = ast.parse(cell)
    except SyntaxError:  # a cell with a magic command
        return [None] * count
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and len(node.args) == count
        if called and _value(node.func, names) == exercise.check:
            return [each.id if isinstance(each, ast.Name) else None for each in node.args]
    return [None] * count


def _value(node, names):
    """Return what `ex.rescale.check` stands for; None for any other expression."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_value(node.value, names), node.attr, None)
    return None


def _button(name, icon, tooltip):
    layout = widgets.Layout(width="auto", min_width="6em")
    return widgets.Button(description=name, icon=icon, tooltip=tooltip, layout=layout)
