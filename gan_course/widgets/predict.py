"""A question whose answer you commit to before you see it."""

import math
from numbers import Real

import ipywidgets as widgets

from gan_course.arguments import check_number, check_option
from gan_course.messages import Note, to_html
from gan_course.record import add_to_record


def predict(question, options=None, number=False):
    """Ask for a prediction, with radio buttons or a box for a number, and a Commit button.

    Args:
        question: The question, plain text; `code` in back-ticks.
        options: The possible answers, at least two different texts; or None with `number=True`.
        number: Whether a number is asked for.

    Returns:
        A `Prediction`, which displays itself as the last expression of a cell. In the next cell,
        `prediction.reveal(answer, because="…")` shows what was committed, the answer and why.

    Raises:
        ValueError: If the question is empty, or the options do not suit.

    Example:
        >>> prediction = predict("Does the loss rise or fall?", ["rise", "fall"])
        >>> prediction.reveal("fall", because="Each step goes downhill.")
        You ran on before committing: The answer is “fall”. Each step goes downhill.

    Introduced in lesson 00.
    """
    if not isinstance(question, str) or not question.strip():
        raise ValueError(f"question is {question!r}; expected a sentence that asks something.")
    if number:
        if options is not None:
            raise ValueError(
                "Received options and number=True; expected one of the two. Leave out the options "
                "to ask for a number."
            )
        return Prediction(question, None)
    options = [] if options is None or isinstance(options, str) else list(options)
    texts = all(isinstance(option, str) and option.strip() for option in options)
    if len(options) < 2 or not texts or len(set(options)) < len(options):
        raise ValueError(
            f"options is {options!r}; expected a list of at least two different texts, or "
            "number=True to ask for a number."
        )
    return Prediction(question, options)


class Prediction(widgets.VBox):
    """A question with its controls. Made by `predict`.

    Attributes:
        committed: What was committed: an option, a float, or None so far.
    """

    def __init__(self, question, options):
        self.committed = None
        self._options = options
        self._question = question
        layout = widgets.Layout(width="auto", max_width="46em")
        style = {"description_width": "initial"}
        if options is None:
            self._control = widgets.Text(
                description="Your prediction (a number):",
                placeholder="such as 0.5",
                style=style,
                layout=widgets.Layout(width="22em"),
            )
        else:
            self._control = widgets.RadioButtons(
                description="Your prediction:",
                options=options,
                index=None,
                style=style,
                layout=layout,
            )
        self._button = widgets.Button(
            description="Commit",
            tooltip="Commit to this prediction; it cannot be changed afterwards",
        )
        self._button.on_click(lambda _: self.commit())
        self._status = widgets.HTML()
        text = widgets.HTMLMath(f"<strong>Predict.</strong> {to_html(question)}", layout=layout)
        super().__init__([text, self._control, self._button, self._status])
        self.add_class("gan-predict")

    def commit(self):
        """Commit to what the controls show. The first commitment stays."""
        if self.committed is not None:
            self._say(f"You have committed to {self._named(self.committed)}. It stays.")
            return
        value = written = self._control.value
        if self._options is None:
            value = _read_number(written)
        if value is None:
            wrong = f"“{written}” is not a number. Write it like 0.5, 2e-3 or 1/2."
            missing = "Choose an option first." if self._options else "Write a number first."
            self._say(wrong if written and written.strip() else missing)
            return
        self.committed = value
        self._control.disabled = self._button.disabled = True
        add_to_record("prediction", self._question, "committed", self._plain(value))
        self._say(f"Committed: {self._plain(value)}. Run the next cell to see.")

    def reveal(self, answer, because="", tolerance=None):
        """Show what was committed, the answer, and why. It shows under Run All too.

        Args:
            answer: The right option, or the right number.
            because: Why, in a sentence or two.
            tolerance: For numbers: how far off, in the same units, still counts as right. None
                tells the distance and judges nothing.

        Returns:
            A box that displays itself as the last expression of a cell.

        Raises:
            ValueError: If `answer` is not one of the options, or not a number.
        """
        if self._options is None:
            read = _read_number(answer)
            answer = check_number("answer", answer if read is None else read)
        else:
            check_option("answer", answer, self._options)
        word, kind, status = self._judge(answer, tolerance)
        text = f"The answer is {self._named(answer)}. {because}".strip()
        add_to_record("prediction", self._question, status, text)
        return Note(kind, word, text)

    def _judge(self, answer, tolerance):
        """Return the heading of the box, its kind and the status for the record."""
        if self.committed is None:
            return "You ran on before committing", "answer", "not committed"
        said = f"You committed to {self._named(self.committed)}"
        if self._options is not None:
            right = self.committed == answer
        elif tolerance is None:
            if math.isclose(self.committed, answer, rel_tol=1e-9):
                return f"{said}, and that is right", "correct", "right"
            return f"{said}, {abs(self.committed - answer):.3g} away", "answer", "revealed"
        else:
            right = abs(self.committed - answer) <= tolerance
        if right:
            return f"{said}, and that is right", "correct", "right"
        return f"{said}, and it turns out otherwise", "answer", "wrong"

    def _say(self, text):
        self._status.value = f'<span role="status">{to_html(text)}</span>'

    def _plain(self, value):
        return f"{value:.6g}" if self._options is None else value

    def _named(self, value):
        return self._plain(value) if self._options is None else f"“{value}”"


def _read_number(value):
    """Read 0.5, "0.5", "0,5", "2e-3" or "1/2" as a float; None if it is no finite number."""
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        return number if math.isfinite(number) else None
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        return _read_number(value.item())
    if not isinstance(value, str):
        return None
    above, slash, below = value.strip().replace("−", "-").replace(",", ".").partition("/")
    try:
        number = float(above) / float(below) if slash else float(above)
    except (ValueError, ZeroDivisionError):
        return None
    return number if math.isfinite(number) else None
