"""Exercises in a browser: each outcome is a box with a word in it, never a traceback."""

import pytest
from playwright.sync_api import expect
from widget_health import assert_no_trouble

OUTCOMES = {
    "lambda pixels: 2 * pixels - 1": "Correct",
    "lambda pixels: 2 * pixels": "Incorrect",
    "...": "Not attempted yet",
    "lambda pixels: undefined_name": "Incorrect",
}


@pytest.fixture(scope="module")
def notebook(run_cells):
    return run_cells(
        "from gan_course.lessons.lesson_00 import exercises as ex",
        *(f"ex.rescale.check({answer})" for answer in OUTCOMES),
        "ex.rescale.hint()",
        "ex.rescale.hint()",
        "ex.rescale.solution()",
    )


@pytest.mark.parametrize("answer", OUTCOMES)
def test_an_outcome_is_a_box_with_its_word(notebook, answer):
    box = notebook.output(1 + list(OUTCOMES).index(answer)).locator(".gan-box")
    expect(box.locator("strong")).to_contain_text(OUTCOMES[answer])
    expect(box).to_have_attribute("role", "status")
    assert_no_trouble(notebook)


def test_hints_grow_stronger_and_the_solution_shows(notebook):
    first, second, solution = (notebook.output(1 + len(OUTCOMES) + k) for k in range(3))
    expect(first).to_contain_text("Hint 1 of 3")
    expect(second).to_contain_text("Hint 2 of 3")
    expect(solution).to_contain_text("2 * pixels - 1")
