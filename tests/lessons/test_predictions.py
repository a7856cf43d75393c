"""What a lesson asks, and what its notebook asks for and reveals, are the same questions."""

import ast
import importlib
import json

import pytest
from places import NOTEBOOKS, PACKAGE

LESSONS = sorted(path.parent.name for path in PACKAGE.glob("lessons/*/predictions.py"))


def questions_of(lesson):
    module = importlib.import_module(f"gan_course.lessons.{lesson}.predictions")
    return module.predictions.questions


def notebook_cells():
    """Return lesson → the code of its notebooks' cells; a notebook names its lesson's module."""
    found = {lesson: [] for lesson in LESSONS}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        for lesson in LESSONS:
            if any(f"{lesson}.predictions import" in source for source in code):
                found[lesson] += code
    return found


def calls_of(cells, name):
    """Return the calls of a function in cells, in order: [(question, keywords)]."""
    return [
        (node.args[0].value, {keyword.arg for keyword in node.keywords})
        for source in cells
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == name
    ]


CELLS = notebook_cells()


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_question_is_asked_once_and_revealed_once_with_the_values_it_needs(lesson):
    questions, cells = questions_of(lesson), CELLS[lesson]
    asked, revealed = calls_of(cells, "predict"), calls_of(cells, "reveal")
    assert sorted(name for name, _ in asked) == sorted(questions)
    assert sorted(name for name, _ in revealed) == sorted(questions)
    for name, given in revealed:
        question = questions[name]
        assert given == question.fields | ({"answer"} if question.answer is None else set()), name


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_cell_holds_an_answer_that_the_learner_is_asked_for(lesson):
    texts = {
        node.value
        for source in CELLS[lesson]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for name, question in questions_of(lesson).items():
        if question.answer is None:
            continue  # the notebook finds it from its own numbers
        long_options = {option for option in question.options if len(option.split()) > 2}
        assert not texts & long_options, name
