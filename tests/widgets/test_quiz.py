"""The quizzes: every file is complete, wrong files are refused in words, nothing is fetched."""

import copy
import json

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from gan_course.widgets import quiz as module
from gan_course.widgets.quiz import check_quiz, keep_offline, load_quiz, prepare, quiz, quiz_names

CHOICE = {
    "question": "What is D(x) at the equilibrium?",
    "type": "multiple_choice",
    "answers": [
        {"answer": "½", "correct": True, "feedback": "It cannot tell them apart."},
        {"answer": "1", "correct": False, "feedback": "That would be a perfect judge."},
    ],
}
MANY = {
    "question": "Which are generative?",
    "type": "many_choice",
    "answers": [
        {"answer": "GAN", "correct": True, "feedback": "It samples."},
        {"answer": "VAE", "correct": True, "feedback": "It samples too."},
        {"answer": "SVM", "correct": False, "feedback": "It draws a boundary."},
    ],
}
NUMERIC = {
    "question": "How many numbers are in a 28 × 28 image?",
    "type": "numeric",
    "answers": [
        {"value": 784, "correct": True, "feedback": "28 times 28."},
        {"type": "default", "feedback": "Multiply height and width."},
    ],
}
GOOD = [CHOICE, MANY, NUMERIC]


def changed(*path, value):
    """Return GOOD with one entry changed, or taken out when value is the type itself."""
    questions = copy.deepcopy(GOOD)
    place = questions
    for key in path[:-1]:
        place = place[key]
    if value is KeyError:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return questions


@pytest.mark.parametrize("name", [*quiz_names()] or [pytest.param("", marks=pytest.mark.skip)])
def test_every_quiz_of_the_course_is_complete(name):
    assert len(load_quiz(name)) == 3


def test_a_good_quiz_passes():
    check_quiz(GOOD)


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        (GOOD[:2], "expected a list of 3 questions; received 2"),
        ({}, "expected a list of 3 questions; received .*dict"),
        ([1, 2, 3], "question 1: expected an object"),
        (changed(0, "question", value=""), "question 1, its text.*expected a sentence"),
        (changed(0, "question", value="$D$"), "question 1, its text: there is a dollar sign"),
        (changed(0, "question", value="a <b"), "“<b”; expected only the tags.*&lt;"),
        (changed(0, "question", value="<script>x"), "“<script>x”"),
        (changed(0, "question", value="see [a](b)"), "there is a link"),
        (changed(1, "type", value="essay"), "question 2: type is 'essay'; expected one of"),
        (changed(1, "answers", value=[]), "question 2: expected a list of at least two answers"),
        (changed(1, "answers", 2, value="x"), "question 2, answer 3: expected an object"),
        (
            changed(0, "answers", 1, "feedback", value=KeyError),
            "answer 2, its feedback: received N",
        ),
        (changed(0, "answers", 1, "feedback", value=" "), "answer 2, its feedback"),
        (changed(0, "answers", 1, "feedback", value="$1"), "dollar"),
        (changed(0, "answers", 1, "answer", value="$1"), "question 1, answer 2: there is a dollar"),
        (
            changed(0, "answers", 1, "correct", value="no"),
            "correct is 'no'; expected true or false",
        ),
        (
            changed(0, "answers", 1, "correct", value=True),
            "2 answers are correct; a multiple_choice",
        ),
        (changed(1, "answers", 1, "correct", value=False), "1 answers are correct; a many_choice"),
        (changed(2, "answers", 0, "correct", value=False), "0 answers are correct; a numeric"),
        (changed(2, "answers", 0, "value", value=KeyError), "expected a value .* or a range"),
        (
            changed(2, "answers", 1, value={"value": 1, "correct": False, "feedback": "No."}),
            'no answer with "type": "default"',
        ),
    ],
)
def test_an_incomplete_quiz_is_refused_with_place_and_remedy(questions, message):
    with pytest.raises(ValueError, match=message):
        check_quiz(questions)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(
        module, "_quiz_files", lambda: {path.stem: path for path in tmp_path.glob("*.json")}
    )
    (tmp_path / "lesson_06.json").write_text(json.dumps(GOOD), encoding="utf-8")
    return tmp_path


def test_an_unknown_quiz_suggests_the_nearest(folder):
    with pytest.raises(ValueError, match="Unknown quiz 'leson_6'. Did you mean 'lesson_06'"):
        quiz("leson_6")


def test_a_file_that_is_no_json_is_named_with_its_line(folder):
    (folder / "lesson_07.json").write_text("[\n{,\n]")
    with pytest.raises(ValueError, match="quiz of lesson_07 is not valid JSON .*line 2"):
        quiz("lesson_07")


def test_a_refused_quiz_names_its_file(folder):
    (folder / "lesson_07.json").write_text("[]")
    with pytest.raises(ValueError, match="quiz of lesson_07: expected a list of 3"):
        quiz("lesson_07")


def test_feedback_begins_with_a_word_so_that_colour_is_not_all():
    ready = prepare(GOOD)
    assert ready[0]["answers"][0]["feedback"] == "✔ Correct. It cannot tell them apart."
    assert ready[0]["answers"][1]["feedback"].startswith("✘ Not quite. ")
    assert ready[2]["answers"][1]["feedback"].startswith("✘ Not quite. ")
    assert GOOD[0]["answers"][0]["feedback"] == "It cannot tell them apart."


@pytest.fixture
def shell():
    fresh = not InteractiveShell.initialized()
    yield InteractiveShell.instance()
    if fresh:
        InteractiveShell.clear_instance()


def test_a_displayed_quiz_holds_its_questions_and_cannot_reach_the_pages_mathjax(folder, shell):
    with capture_output() as captured:
        quiz("lesson_06")
    kinds = [set(output.data) for output in captured.outputs]
    assert sum("text/html" in kind for kind in kinds) == 1
    scripts = [
        output.data["application/javascript"]
        for output in captured.outputs
        if "application/javascript" in output.data
    ]
    assert len(scripts) == 1
    page = next(each.data["text/html"] for each in captured.outputs if "text/html" in each.data)
    assert '<ol class="gan-quiz-text"><li>' in page and "What is D(x) at the equilibrium?" in page
    assert "stopPropagation" in page
    assert '".gan-quiz-text")) text.remove()' in scripts[0], "once a script runs"
    assert "What is D(x) at the equilibrium?" in scripts[0]
    assert scripts[0].startswith("(function () {\nvar MathJax;\n")
    assert scripts[0].endswith("})();")
    assert "fetch(" not in scripts[0]


def test_outputs_without_a_script_are_left_as_they_are():
    data = {"text/html": "<div></div>"}
    assert keep_offline(data) == data
