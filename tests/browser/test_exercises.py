"""Exercises in a browser: an outcome is a box with a word, and buttons check, hint and solve."""

import pytest
from lab_page import press
from playwright.sync_api import expect
from widget_health import assert_no_trouble, assert_widget_healthy

OUTCOMES = {
    "return 2 * pixels": "Incorrect",
    "return undefined_name": "Incorrect",
    "...": "Not attempted yet",
    "return 2 * pixels - 1": "Correct",
}
CELLS = (
    "from gan_course.lessons.lesson_00 import exercises as ex",
    "def mine(pixels):\n    ...",
    "ex.rescale.check(mine)\nex.rescale.hint()",
    "ex.average_digit.check(lambda images, labels, digit: images[labels == digit].mean(axis=0))",
    "ex.rescale.solution()",
    "from gan_course.tables import number, table\n"
    "table([['float32', -0.5], ['mixed_float16', number(0.03, '.0%')]], ['numbers', 'change'])",
)
EXERCISE, ANOTHER, SOLUTION, TABLE = 2, 3, 4, 5  # their cells


@pytest.fixture(scope="module")
def notebook(run_cells):
    return run_cells(*CELLS)


def test_the_outcome_shows_though_a_hint_is_the_cells_last_line(notebook):
    shown = notebook.output(EXERCISE)
    expect(shown).to_contain_text("Not attempted yet")
    expect(shown).to_contain_text("Hint 1 of 3")
    expect(notebook.output(ANOTHER)).to_contain_text("Correct")
    assert_widget_healthy(notebook, "gan-exercise", picture=False)


def test_the_buttons_judge_the_function_as_it_now_stands(notebook):
    widget = notebook.widget("gan-exercise")
    for body, word in OUTCOMES.items():
        notebook.begin(f"def mine(pixels):\n    {body}")
        assert notebook.executed()["status"] == "ok"
        press(widget.get_by_role("button", name="Check"), "Enter")
        box = widget.locator(".gan-box").first
        expect(box.locator("strong")).to_contain_text(word)
        expect(box).to_have_attribute("role", "status")
        expect(widget).to_contain_text("Checked mine at")
    press(widget.get_by_role("button", name="Hint"), "Space")
    expect(widget).to_contain_text("Hint 2 of 3")
    widget.get_by_role("button", name="Solution").click()
    expect(widget.locator("pre")).to_contain_text("2 * pixels - 1")
    assert_no_trouble(notebook)


def test_a_solution_is_folded_until_it_is_opened(notebook):
    shown = notebook.output(SOLUTION)
    expect(shown.locator("pre")).to_be_hidden()
    shown.locator("summary").click()
    expect(shown.locator("pre")).to_contain_text("2 * pixels - 1")


def test_a_table_keeps_its_words_whole_on_a_narrow_page(notebook):
    cell = notebook.output(TABLE).locator(".gan-table").get_by_text("mixed_float16")
    with notebook.resized(480, 900):
        assert cell.evaluate("cell => cell.getClientRects().length") == 1
        assert cell.bounding_box()["height"] < 40
