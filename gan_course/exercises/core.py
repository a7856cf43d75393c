"""An exercise: check, hint, solution; and the outcome of a check, which displays itself.

A lesson's page `exercises.py` is a row of declarations, of three kinds. `comparison` is for "write
this function", `ordering` for "put the steps in order"; both make an `Exercise`, which takes any
other check, a function that receives the answer and says what is wrong with it:

    def _check_double(function):
        expect_close(function(3.0), 6.0, mistakes=[
            (9.0, "Your function squares."), (5.0, "Your function adds 2."),
        ])
        return "Twice 3 is 6, and so on for every number."

    double = Exercise(
        "0.9",
        "Double a number",
        _check_double,
        reference=_double,
        hints=["What is x + x?", "Multiply by a number: `x * ...`."],
        wrong=[(lambda x: x**2, "squares"), (lambda x: x + 2, "adds")],
    )

The reference is the solution that `.solution()` shows, and the tests run it.
"""

import ast
import html
import inspect
import re
import textwrap
from dataclasses import dataclass, field

from gan_course.exercises.answers import (
    NO_FUNCTION,
    CannotCheck,
    NotAttempted,
    Wrong,
    brief,
    guard,
    is_untouched,
)
from gan_course.messages import Note, box
from gan_course.record import add_to_record

CORRECT, INCORRECT = "correct", "incorrect"
NOT_ATTEMPTED, CANNOT_BE_CHECKED = "not attempted", "cannot be checked"
STATUSES = (CORRECT, INCORRECT, NOT_ATTEMPTED, CANNOT_BE_CHECKED)
OUTCOME_MIME = "application/vnd.gan-course.outcome+json"
WORDS = {
    CORRECT: "Correct",
    INCORRECT: "Incorrect",
    NOT_ATTEMPTED: "Not attempted yet",
    CANNOT_BE_CHECKED: "Cannot be checked",
}


@dataclass(frozen=True)
class Outcome:
    """How a check ended. As the last expression of a cell it displays itself.

    Attributes:
        status: One of `STATUSES`.
        message: What the learner is told, plain text.
        exercise: The number of the exercise, such as "6.2".
    """

    status: str
    message: str
    exercise: str
    _shown_in: object = field(default=None, init=False, repr=False, compare=False)

    @property
    def correct(self):
        """Whether the answer is correct."""
        return self.status == CORRECT

    def __str__(self):
        return f"{WORDS[self.status]}: {self.message}" if self.message else WORDS[self.status]

    @property
    def html(self):
        """The box that a notebook shows, a string of HTML."""
        return box(self.status, WORDS[self.status], self.message)

    def _ipython_display_(self):
        """Show it, unless `.check` has done so in this cell already."""
        if self._shown_in != _cell():
            self._display()

    def _display(self, panel=None):
        """Show it in IPython: with the buttons of a panel where there is one, and as HTML."""
        from IPython.display import publish_display_data

        seen = {} if panel is None else panel._repr_mimebundle_()
        publish_display_data({**seen, **self._repr_mimebundle_()})
        object.__setattr__(self, "_shown_in", _cell())

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {
            "text/plain": str(self),
            "text/html": self.html,
            OUTCOME_MIME: {
                "exercise": self.exercise,
                "status": self.status,
                "message": self.message,
            },
        }


class Exercise:
    """An exercise that the learner checks, asks for hints, and sees the solution of.

    Args:
        number: Its number in the course: "6.2" is the second of lesson 06. It goes on the record.
        title: What to do, in a few words.
        check: Receives the learner's answers (functions are wrapped, so that their exceptions
            become messages). Raises `Wrong`, `NotAttempted` or `CannotCheck`, or returns a
            sentence that says what the right answer shows.
        reference: The right answer: a function or a value.
        hints: At least two texts, from a nudge to nearly the answer.
        wrong: At least two pairs (wrong answer, a part of the message it must get).
        solution: The text of the solution; by default the source of `reference`.

    Raises:
        ValueError: If there are fewer than two hints or two wrong answers.
    """

    def __init__(self, number, title, check, reference, hints, wrong, solution=None):
        self.number, self.title = number, title
        self.reference, self.hints, self.wrong = reference, tuple(hints), tuple(wrong)
        self._check = check
        self._solution = solution
        self._hints_given, self._panel = 0, None
        if len(self.hints) < 2 or len(self.wrong) < 2:
            raise ValueError(
                f"Exercise {number} has {len(self.hints)} hints and {len(self.wrong)} wrong "
                "answers; expected at least two of each. Think of what learners get wrong first."
            )

    def check(self, *answers):
        """Check the learner's answers, and show the outcome. Never raises.

        In a notebook the outcome is shown at once, wherever in its cell the call stands, above the
        buttons Check, Hint and Solution. They do what the calls do.

        Args:
            *answers: What the learner wrote: a function itself, or a value.

        Returns:
            An `Outcome`.
        """
        outcome = self.judge(*answers)
        shell = _shell()
        if shell is not None:
            self._show(answers, outcome, hasattr(shell, "kernel"))
        return outcome

    def judge(self, *answers):
        """Return the `Outcome` of answers, and put it on the record; what `check` also shows."""
        status, message = self._judge(answers)
        add_to_record("exercise", self.number, status, message)
        return Outcome(status, message, self.number)

    def _show(self, answers, outcome, buttons):
        if buttons:
            from gan_course.exercises.panel import Panel

            if self._panel is None:  # one for each exercise: a cell run often holds no more memory
                self._panel = Panel(self)
            self._panel.receive(answers, outcome)
        outcome._display(self._panel)

    def _judge(self, answers):
        if not answers or any(is_untouched(answer) for answer in answers):
            return NOT_ATTEMPTED, "Fill in the cell above, run it, and check again."
        try:
            inspect.signature(self._check).bind(*answers)
        except TypeError:
            wanted = len(inspect.signature(self._check).parameters)
            return INCORRECT, f"This check takes {wanted} answer(s); it received {len(answers)}."
        if inspect.isfunction(self.reference) and not callable(answers[0]):
            return INCORRECT, NO_FUNCTION.format(brief(answers[0]))
        try:
            return CORRECT, self._check(*(guard(answer) for answer in answers)) or ""
        except NotAttempted as verdict:
            return NOT_ATTEMPTED, str(verdict)
        except Wrong as verdict:
            return INCORRECT, str(verdict)
        except CannotCheck as verdict:
            return CANNOT_BE_CHECKED, str(verdict)
        except ImportError as error:
            return CANNOT_BE_CHECKED, f"Something is not installed: {error}."
        except Exception as error:
            kinds = ", ".join(type(answer).__name__ for answer in answers)
            return CANNOT_BE_CHECKED, (
                f"The check stopped with {type(error).__name__}: {error}. It received an answer of "
                f"type {kinds}, and cannot work with it. Compare it with what the exercise asks "
                "for, or look at the solution."
            )

    def hint(self):
        """Return the next hint, each stronger than the one before; the last one stays."""
        self._hints_given = min(self._hints_given + 1, len(self.hints))
        last = self._hints_given == len(self.hints)
        ending = "\nThis is the last hint. After it comes the solution." if last else ""
        word = f"Hint {self._hints_given} of {len(self.hints)}"
        return Note("hint", word, self.hints[self._hints_given - 1] + ending)

    def solution(self, unfolded=False):
        """Return the solution; it displays itself folded, unless told otherwise."""
        return Solution(self.title, self.solution_source, unfolded)

    @property
    def solution_source(self):
        """The text of the solution, Python that runs on its own."""
        return self._solution or source_of(self.reference)

    def __repr__(self):
        ways = ".check(your answer), .hint() or .solution()"
        return f"Exercise {self.number}: {self.title}. Use {ways}."


class Solution:
    """The text of a solution: folded, highlighted code in a notebook, plain in a terminal."""

    def __init__(self, title, source, unfolded=False):
        self.title, self.source, self.unfolded = title, source, unfolded

    def __repr__(self):
        return self.source

    def _repr_html_(self):
        from pygments import highlight
        from pygments.formatters import HtmlFormatter
        from pygments.lexers import PythonLexer

        # Colours for a pale ground, which it brings along: readable in a dark theme too.
        form = HtmlFormatter(noclasses=True, nobackground=True, nowrap=True)
        code = highlight(self.source, PythonLexer(), form)
        return (
            f'<details class="gan-solution"{" open" if self.unfolded else ""}>'
            f"<summary>Solution: {html.escape(self.title)}</summary>"
            '<pre style="background: #F7F7F7; color: #1A1A1A; padding: 0.6em 0.9em; '
            'margin: 0.3em 0; overflow-x: auto; line-height: 1.45; border-radius: 3px">'
            f'<code style="background: none; color: inherit">{code}</code></pre></details>'
        )


def _shell():
    """Return the IPython that runs, or None in a script and in tests."""
    from IPython import get_ipython

    return get_ipython()


def _cell():
    """Return what tells one run of a cell from the next; None outside IPython."""
    shell = _shell()
    return shell and shell.execution_count


def source_of(reference):
    """Return the source of a reference: a function as the learner would write it, a value's repr.

    A leading underscore of the function's name goes, and the imports it needs are put in front.
    """
    if not inspect.isfunction(reference):
        return repr(reference)
    source = textwrap.dedent(inspect.getsource(reference)).rstrip()
    name = reference.__name__
    source = re.sub(rf"\b{name}\b", name.lstrip("_"), source)
    used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    imports = []
    for alias, value in reference.__globals__.items():
        if alias in used and inspect.ismodule(value):
            head, _, tail = value.__name__.rpartition(".")
            if alias == value.__name__:
                imports.append(f"import {alias}")
            elif alias == tail:
                imports.append(f"from {head} import {tail}")
            else:
                imports.append(f"import {value.__name__} as {alias}")
        elif alias in used and alias != name and hasattr(value, "__module__"):
            imports.append(f"from {value.__module__} import {alias}")
    return "\n".join(sorted(imports)) + ("\n\n" if imports else "") + source + "\n"
