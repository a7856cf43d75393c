"""Three questions at the end of a lesson, with feedback on every answer."""

import json
import re
from importlib.resources import files

from gan_course.messages import STYLES
from gan_course.names import look_up

QUESTIONS = 3
CHOICES = ("multiple_choice", "many_choice")
KINDS = (*CHOICES, "numeric")
TAGS = {"code", "em", "strong", "sub", "sup", "br", "i", "b"}
RIGHT, NOT_RIGHT = "✔ Correct. ", "✘ Not quite. "
# JupyterQuiz's own colours, with the course's blue, green and vermilion, all dark enough for the
# white text on them.
COLOURS = {
    "--jq-multiple-choice-bg": "#1F4E79",
    "--jq-many-choice-bg": "#5B3A70",
    "--jq-numeric-bg": "#1F4E79",
    "--jq-correct-color": "#00694D",
    "--jq-incorrect-color": "#A84300",
}

KEEP_KEYS = "if (/^Arrow|^ $/.test(event.key)) event.stopPropagation()"


def _feedback(kind, css_class):
    _, border, ground = STYLES[kind]
    return (
        f".gan-quiz .Feedback.{css_class} {{ color: #1A1A1A; background: {ground}; "
        f"border-left: 6px solid {border}; padding: 6px 10px; margin: 6px 0; border-radius: 3px }}"
    )


# The focus shows; feedback stands in the pale box that exercises have, in every theme.
STYLE = (
    "<style>.gan-quiz label:focus-within, .gan-quiz input:focus-visible "
    "{ outline: 4px solid #E69F00; outline-offset: 1px } "
    ".gan-quiz .InpLabel { color: inherit } "
    f"{_feedback('correct', 'correct')} {_feedback('incorrect', 'incorrect')} "
    "@media (prefers-reduced-motion: reduce) "
    "{ .gan-quiz * { animation-duration: 1ms !important } }</style>"
)
# Where no script runs, the questions stand as text. This one runs, so they need not.
TAKE_TEXT = """
for (const text of document.querySelectorAll(".gan-quiz-text")) text.remove();
"""
# JupyterQuiz writes "Type numeric answer here" beside the box, and ties nothing to it.
NAME_BOXES = """
for (const box of document.querySelectorAll(".gan-quiz .Quiz input.Input-text")) {
  box.setAttribute("aria-label", box.closest(".Quiz").querySelector(".NumericQn").textContent);
}
"""


def quiz(lesson):
    """Display the quiz of a lesson. Nothing is fetched from the network.

    Args:
        lesson: The name of the lesson's file without its ending: "lesson_06".

    Raises:
        ValueError: If there is no such quiz, or its file does not hold what a quiz needs.

    Example:
        >>> quiz("lesson_06")

    Introduced in lesson 00.
    """
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.display import publish_display_data
    from IPython.utils.capture import capture_output
    from jupyterquiz import display_quiz

    questions = load_quiz(lesson)
    if not InteractiveShell.initialized():
        return
    with capture_output() as captured:
        display_quiz(prepare(questions), colors=COLOURS, max_width=720)
    for output in captured.outputs:
        publish_display_data(for_the_page(output.data, questions), output.metadata)


def for_the_page(data, questions):
    """Return one display's data as the course's pages need it.

    The script asks no network (`keep_offline`). Arrow keys stay with the answers, which JupyterLab
    would take for its cells, and show where they are. Where no script runs, the questions stand as
    text.

    Args:
        data: A dict from MIME types to contents.
        questions: As `load_quiz` returns them.

    Returns:
        The same, with its HTML or its script wrapped.
    """
    if "text/html" not in data:
        return keep_offline(data)
    page = f"{data['text/html']}{STYLE}{written_out(questions)}"
    return data | {"text/html": f'<div class="gan-quiz" onkeydown="{KEEP_KEYS}">{page}</div>'}


def written_out(questions):
    """Return the questions of a quiz with their answers to choose from as HTML."""
    items = []
    for question in questions:
        texts = [each["answer"] for each in question["answers"] if "answer" in each]
        options = "".join(f"<li>{text}</li>" for text in texts)
        items.append(f"<li>{question['question']}{f'<ul>{options}</ul>' if options else ''}</li>")
    return f'<ol class="gan-quiz-text">{"".join(items)}</ol>'


def quiz_names():
    """Return the names of the quizzes that there are, sorted."""
    return sorted(_quiz_files())


def load_quiz(lesson):
    """Read and check the questions of a lesson.

    Args:
        lesson: The name of the lesson's file without its ending: "lesson_06".

    Returns:
        A list of three questions, dicts as JupyterQuiz takes them.

    Raises:
        ValueError: If there is no such quiz, or `check_quiz` refuses it.
    """
    path = look_up(_quiz_files(), lesson, "quiz")
    try:
        questions = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(
            f"The quiz of {lesson} is not valid JSON ({error}). Mend the file at that line."
        ) from error
    check_quiz(questions, f"the quiz of {lesson}")
    return questions


def check_quiz(questions, where="quiz"):
    """Check that a quiz has three good questions, each with feedback on every answer.

    A question is a dict with `question` (text), `type` (one of `KINDS`) and `answers`. An answer
    of a choice has `answer`, `correct` (true or false) and `feedback`. An answer of a numeric
    question has `value` or `range`, `correct` and `feedback`, or it is the one with
    `"type": "default"` and `feedback` for every other number. Texts are HTML with the tags `TAGS`
    only, and hold no dollar sign.

    Args:
        questions: The list of questions.
        where: What to call the quiz in messages.

    Raises:
        ValueError: At the first thing that is not so; the message says where and what to write.
    """
    if not isinstance(questions, list) or len(questions) != QUESTIONS:
        received = f"{len(questions)} in it" if isinstance(questions, list) else type(questions)
        raise ValueError(f"{where}: expected a list of {QUESTIONS} questions; received {received}.")
    for number, question in enumerate(questions, start=1):
        _check_question(question, f"{where}, question {number}")


def prepare(questions):
    """Return a copy in which feedback begins with a mark and a word, so that colour is not all."""
    questions = json.loads(json.dumps(questions))
    for question in questions:
        if question["type"] in CHOICES:
            question.setdefault("answer_cols", 1)
        for answer in question["answers"]:
            mark = RIGHT if answer.get("correct", False) else NOT_RIGHT
            answer["feedback"] = mark + answer["feedback"]
    return questions


def keep_offline(data):
    """Return one display's data with its script cut off from the page's MathJax.

    JupyterLab defines a `MathJax` object, without `typeset`, as soon as a page holds a formula.
    JupyterQuiz (2.9.6) takes that for a half-loaded MathJax and fetches another copy from the
    network. Inside this function the name stands for nothing, so it leaves formulas alone.

    Args:
        data: A dict from MIME types to contents.

    Returns:
        The same, with any script wrapped.
    """
    script = "application/javascript"
    if script not in data:
        return data
    whole = f"{TAKE_TEXT}{data[script]}\n{NAME_BOXES}"
    return data | {script: f"(function () {{\nvar MathJax;\n{whole}}})();"}


def _quiz_files():
    """Return a dict from the names of lessons to their files; it works in a zipped package too.

    A lesson's second notebook has its own: `lesson_05/quiz_b.json` is the quiz "lesson_05b".
    """
    folders = files("gan_course").joinpath("lessons").iterdir()
    return {
        folder.name + path.name.removeprefix("quiz").removeprefix("_").removesuffix(".json"): path
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.name.startswith("quiz") and path.name.endswith(".json")
    }


def _check_question(question, where):
    if not isinstance(question, dict):
        raise ValueError(f"{where}: expected an object with question, type and answers.")
    _check_text(question.get("question"), f"{where}, its text")
    kind, answers = question.get("type"), question.get("answers")
    if kind not in KINDS:
        raise ValueError(f"{where}: type is {kind!r}; expected one of {', '.join(KINDS)}.")
    if not isinstance(answers, list) or len(answers) < 2:
        raise ValueError(f"{where}: expected a list of at least two answers; received {answers!r}.")
    for number, answer in enumerate(answers, start=1):
        _check_answer(answer, kind, f"{where}, answer {number}")
    correct = sum(answer.get("correct") is True for answer in answers)
    wanted = {"multiple_choice": "exactly one", "many_choice": "two or more", "numeric": "one"}
    fits = {"multiple_choice": correct == 1, "many_choice": correct >= 2, "numeric": correct >= 1}
    if not fits[kind]:
        raise ValueError(
            f"{where}: {correct} answers are correct; a {kind} question needs {wanted[kind]}."
        )
    if kind == "numeric" and not any(answer.get("type") == "default" for answer in answers):
        raise ValueError(
            f'{where}: there is no answer with "type": "default"; expected one, whose feedback is '
            "for every number that was not foreseen."
        )


def _check_answer(answer, kind, where):
    if not isinstance(answer, dict):
        raise ValueError(f"{where}: expected an object; received {answer!r}.")
    _check_text(answer.get("feedback"), f"{where}, its feedback")
    if kind == "numeric" and answer.get("type") == "default":
        return
    if not isinstance(answer.get("correct"), bool):
        raise ValueError(f"{where}: correct is {answer.get('correct')!r}; expected true or false.")
    if kind in CHOICES:
        _check_text(answer.get("answer"), where)
    elif "value" not in answer and "range" not in answer:
        raise ValueError(f"{where}: expected a value (a number) or a range (two numbers).")


def _check_text(text, where):
    if not isinstance(text, str) or not text.strip():
        raise ValueError(
            f"{where}: received {text!r}; expected a sentence. Every answer needs one."
        )
    if "$" in text:
        raise ValueError(
            f"{where}: there is a dollar sign; quizzes draw no formulas. Write D*(x) = ½ in plain "
            "characters, with <sub> and <sup> where needed."
        )
    rest = re.sub(r"</?(\w+)\s*/?>", lambda tag: "" if tag[1] in TAGS else tag[0], text)
    if "<" in rest:
        raise ValueError(
            f"{where}: there is “{rest[rest.index('<') :][:20]}”; expected only the tags "
            f"{', '.join(sorted(TAGS))}. Write a less-than sign as &lt;."
        )
    if re.search(r"\]\(", text) or "http" in text:
        raise ValueError(f"{where}: there is a link; expected none. Links belong in the lesson.")
