"""Quizzes in a browser: an answer gets its feedback, and nothing is fetched from the network."""

import re

import pytest
from lab_page import press
from playwright.sync_api import expect
from widget_health import assert_no_trouble, assert_nothing_cut_off

from gan_course.widgets.quiz import load_quiz, quiz_names

NAMES = quiz_names()


@pytest.fixture(scope="module")
def notebook(run_cells):
    return run_cells(
        # A formula loads JupyterLab's MathJax, which JupyterQuiz would take for its own.
        "from IPython.display import Math\nMath('x^2')",
        "from gan_course.widgets.quiz import quiz",
        *(f"quiz({name!r})" for name in NAMES),
    )


def quiz_of(notebook, name):
    return notebook.output(2 + NAMES.index(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_shown(notebook, name):
    shown = quiz_of(notebook, name)
    for question in load_quiz(name):
        for answer in question["answers"]:
            if "answer" in answer and "<" not in answer["answer"]:
                expect(shown).to_contain_text(answer["answer"])
    assert_nothing_cut_off(shown)
    assert_no_trouble(notebook)


def test_a_wrong_and_a_right_answer_get_their_feedback(notebook):
    question = load_quiz("lesson_00")[0]
    shown = quiz_of(notebook, "lesson_00")
    for answer in question["answers"]:
        shown.get_by_text(answer["answer"], exact=True).click()
        mark = "✔ Correct." if answer["correct"] else "✘ Not quite."
        expect(shown).to_contain_text(f"{mark} {answer['feedback']}")
    assert_no_trouble(notebook)


def test_a_choice_is_made_with_the_keyboard_alone(notebook):
    shown = quiz_of(notebook, "lesson_02")
    first, second = (shown.locator("input[type=radio]").nth(number) for number in (0, 1))
    press(first, "Space", "ArrowDown")
    expect(second).to_be_focused()
    expect(shown).to_contain_text(re.compile("✔ Correct|✘ Not quite"))
    outline = "radio => getComputedStyle(radio.closest('label')).outlineWidth"
    assert second.evaluate(outline) == "4px", "the focus shows"


def test_a_number_is_judged_on_enter(notebook):
    shown = quiz_of(notebook, "lesson_01")
    box = shown.locator("input[type=text], input[type=number]").first
    box.fill("0.333")
    box.press("Enter")
    expect(shown).to_contain_text("✔ Correct. The curvature is")
    box.fill("0.5")
    box.press("Enter")
    expect(shown).to_contain_text("✘ Not quite. Find the curvature")
    assert_no_trouble(notebook)
