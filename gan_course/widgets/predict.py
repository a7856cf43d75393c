"""Questions whose answers you commit to before you see them, kept in the lesson's folder."""

import math
import re
import string
from dataclasses import dataclass
from numbers import Real

import ipywidgets as widgets

from gan_course.arguments import check_number
from gan_course.messages import Note, to_html
from gan_course.names import look_up
from gan_course.record import add_to_record
from gan_course.tables import number
from gan_course.widgets.lesson_box import LessonBox

THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")  # a whole number as the course writes it


@dataclass(frozen=True)
class Question:
    """A question with its answer.

    Args:
        text: The question, plain text; `code` in back-ticks.
        options: The possible answers, at least two different texts; empty to ask for a number.
        answer: The right option or number. None if the notebook computes it and hands it to
            `reveal`.
        because: Why, in a sentence or two. May hold named fields, "{ratio:.0f}", which the
            notebook fills in when it calls `reveal`.
        tolerance: For numbers: how far off, in the same units, still counts as right. None tells
            the distance and judges nothing.
        seen: Another `Question`, asked after the reveal: "what did you see?"

    Raises:
        ValueError: If the text is empty, or options and answer do not suit.
    """

    text: str
    options: tuple = ()
    answer: object = None
    because: str = ""
    tolerance: float | None = None
    seen: "Question | None" = None

    def __post_init__(self):
        if not isinstance(self.text, str) or not self.text.strip():
            raise ValueError(f"text is {self.text!r}; expected a sentence that asks something.")
        texts = not isinstance(self.options, str) and all(
            isinstance(option, str) and option.strip() for option in self.options
        )
        enough = len(self.options) != 1 and len(set(self.options)) == len(self.options)
        if not texts or not enough:
            raise ValueError(
                f"options is {self.options!r}; expected at least two different texts, or none to "
                "ask for a number."
            )
        if self.answer is not None:
            self.read_answer(self.answer)

    @property
    def fields(self):
        """The names that `because` leaves to be filled in, a set."""
        return {name for _, name, _, _ in string.Formatter().parse(self.because) if name}

    def read_answer(self, answer):
        """Return an answer as it is compared: an option, or a float.

        Raises:
            ValueError: If it is none of the options, or no number.
        """
        if self.options:
            return look_up(dict(zip(self.options, self.options, strict=True)), answer, "answer")
        read = read_number(answer)
        return check_number("answer", answer if read is None else read)

    def read_written(self, written):
        """Return what was typed as a float; None if it is no number.

        1,024 may be a thousand or a little more than 1: the one that is nearer to the answer.
        """
        read = read_number(written)
        if None in (read, self.answer) or not THOUSANDS.fullmatch(written.strip()):
            return read
        right = self.read_answer(self.answer)
        return min(read, read_number(written.replace(",", "")), key=lambda each: abs(each - right))


class Predictions:
    """The questions of a lesson, asked by name and answered by name.

    Args:
        questions: name → `Question`.

    Example:
        >>> lesson = Predictions(
        ...     {"loss": Question("Where does it go?", ("up", "down"), "down", "Downhill.")}
        ... )
        >>> box = lesson.predict("loss")
        >>> lesson.reveal("loss")
        You ran on before committing: The answer is “down”. Downhill.
    """

    def __init__(self, questions):
        self.questions = dict(questions)
        self._asked = {}

    def predict(self, name):
        """Ask a question: radio buttons or a box for a number, and a Commit button.

        Args:
            name: Its name in the lesson's `predictions.py`.

        Returns:
            A `Prediction`, which displays itself as the last expression of a cell.

        Raises:
            ValueError: If the lesson has no question of this name.
        """
        question = look_up(self.questions, name, "prediction")
        self._asked[name] = Prediction(question)
        return self._asked[name]

    def reveal(self, name, answer=None, **values):
        """Show what was committed, the answer, and why. It shows under Run All too.

        Args:
            name: As for `predict`.
            answer: The right answer, where the question leaves it to the notebook's own numbers.
            **values: What the fields of the question's `because` stand for.

        Returns:
            What displays itself as the last expression of a cell: the answer and, if the question
            asks what was seen, that question below it.

        Raises:
            ValueError: If the name is unknown, the answer is missing or does not suit, or the
                values are not those that the question asks for.
        """
        question = look_up(self.questions, name, "prediction")
        if set(values) != question.fields:
            raise ValueError(
                f"reveal({name!r}) received the values {sorted(values)}; expected "
                f"{sorted(question.fields)}, the names in its answer."
            )
        if (answer is None) == (question.answer is None):
            raise ValueError(
                f"reveal({name!r}) received answer={answer!r}, and the question holds the answer "
                f"{question.answer!r}; expected one of the two."
            )
        answer = question.read_answer(question.answer if answer is None else answer)
        committed = self._asked[name].committed if name in self._asked else None
        note = _judge(question, committed, answer, _Filled().format(question.because, **values))
        if question.seen is None:
            return note
        return LessonBox([widgets.HTMLMath(note._repr_html_()), Observation(question.seen)])


class Prediction(LessonBox):
    """A question with its controls.

    Args:
        question: A `Question`.

    Attributes:
        committed: What was committed: an option, a float, or None so far.
    """

    heading, control, kind = "Predict.", "Your prediction", "prediction"
    tooltip = "Commit to this prediction; it cannot be changed afterwards"

    def __init__(self, question):
        self.committed = None
        self._question = question
        layout = widgets.Layout(width="auto", max_width="46em")
        style = {"description_width": "initial"}
        if question.options:
            self._control = widgets.RadioButtons(
                description=f"{self.control}:",
                options=question.options,
                index=None,
                style=style,
                layout=widgets.Layout(width="auto", max_width="46em"),
            )
        else:
            self._control = widgets.Text(
                description=f"{self.control} (a number):",
                placeholder="such as 0.5",
                style=style,
                layout=widgets.Layout(width="22em"),
            )
        self._button = widgets.Button(description="Commit", tooltip=self.tooltip)
        self._button.on_click(lambda _: self.commit())
        self._status = widgets.HTML()
        text = f"<strong>{self.heading}</strong> {to_html(question.text)}"
        super().__init__(
            [widgets.HTMLMath(text, layout=layout), self._control, self._button, self._status]
        )
        self.add_class("gan-predict")

    def commit(self):
        """Commit to what the controls show. The first commitment stays."""
        question, written = self._question, self._control.value
        if self.committed is not None:
            self._say(f"You have committed to {_named(question, self.committed)}. It stays.")
            return
        value = written if question.options else question.read_written(written)
        if value is None:
            wrong = f"“{written}” is not a number. Write it like 0.5, 2e-3 or 1/2."
            missing = "Choose an option first." if question.options else "Write a number first."
            self._say(wrong if written and written.strip() else missing)
            return
        self.committed = value
        self._control.disabled = self._button.disabled = True
        add_to_record(self.kind, question.text, "committed", _plain(value))
        self._answer(value)

    def _answer(self, value):
        self._say(f"Committed: {_plain(value)}. Run the next cell to see.")

    def _say(self, text):
        self._status.value = f'<span role="status">{to_html(text)}</span>'


class Observation(Prediction):
    """A question about what is on the screen: the answer shows as soon as you commit."""

    heading, control, kind = "Look.", "What did you see?", "observation"
    tooltip = "Commit to what you saw; the answer shows at once"

    def _answer(self, value):
        question = self._question
        note = _judge(
            question, value, question.read_answer(question.answer), question.because, self.kind
        )
        self._status.value = note._repr_html_()


class _Filled(string.Formatter):
    """Fills a text's fields, its numbers as the course writes them."""

    def format_field(self, value, spec):
        return number(value, spec) if spec else format(value)


def _judge(question, committed, answer, because, record_as="prediction"):
    """Return the box that compares what was committed with the answer, and record it."""
    text = f"The answer is {_named(question, answer)}. {because}".strip()
    word, kind, status = _verdict(question, committed, answer)
    add_to_record(record_as, question.text, status, text)
    return Note(kind, word, text)


def _verdict(question, committed, answer):
    """Return the heading of the box, its kind and the status for the record."""
    if committed is None:
        return "You ran on before committing", "answer", "not committed"
    said = f"You committed to {_named(question, committed)}"
    if question.options:
        right = committed == answer
    elif question.tolerance is None:
        if not math.isclose(committed, answer, rel_tol=1e-9):
            return f"{said}, {abs(committed - answer):.3g} away", "answer", "revealed"
        right = True
    else:
        right = abs(committed - answer) <= question.tolerance
    if right:
        return f"{said}, and that is right", "correct", "right"
    return f"{said}, and it turns out otherwise", "answer", "wrong"


def read_number(value):
    """Read 0.5, "0.5", "0,5", "2e-3" or "1/2" as a float; None if it is no finite number."""
    if isinstance(value, Real) and not isinstance(value, bool):
        value = float(value)
        return value if math.isfinite(value) else None
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        return read_number(value.item())
    if not isinstance(value, str):
        return None
    above, slash, below = value.strip().replace("−", "-").replace(",", ".").partition("/")
    try:
        value = float(above) / float(below) if slash else float(above)
    except (ValueError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def _plain(value):
    return value if isinstance(value, str) else number(value, ".6g")


def _named(question, value):
    return f"“{value}”" if question.options else _plain(value)
