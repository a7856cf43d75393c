"""Predictions in a browser: committed first, revealed after, and revealed by Run All too."""

import pytest
from lab_page import press
from playwright.sync_api import expect
from widget_health import assert_no_trouble, assert_nothing_cut_off, assert_widget_healthy

IMPORT = """from gan_course.widgets.predict import Predictions, Question
lesson = Predictions({
    "loss": Question("Does the loss rise or fall?", ("rise", "fall"), "fall",
                     "Each step goes downhill."),
    "grey": Question("Where does 0.5 end up?", answer=0, because="It is the middle.",
                     tolerance=0.01),
})"""
ASK, REVEAL = "lesson.predict('loss')", "lesson.reveal('loss')"
ASK_NUMBER, REVEAL_NUMBER = "lesson.predict('grey')", "lesson.reveal('grey')"
CELLS = (IMPORT, ASK, REVEAL, ASK_NUMBER, REVEAL_NUMBER)
ANSWER, NUMBER_ANSWER = 2, 4  # the cells that reveal


@pytest.fixture(scope="module")
def notebook(run_cells):
    return run_cells(*CELLS)


def run_cell(notebook, number):
    notebook.page.locator(".jp-Notebook .jp-Cell .jp-InputArea-editor").nth(number).click()
    notebook.page.keyboard.press("Control+Enter")


def test_both_kinds_are_healthy_and_run_all_reveals(notebook):
    for number in (0, 1):
        widget = assert_widget_healthy(notebook, "gan-predict", number, picture=False)
        with notebook.resized(640, 450, 2):
            assert_nothing_cut_off(widget)
    for cell in (ANSWER, NUMBER_ANSWER):
        expect(notebook.output(cell)).to_contain_text("You ran on before committing")


def test_an_option_is_committed_with_the_keyboard_alone_and_stays(notebook):
    widget, commit = buttons(notebook, 0)
    commit.click()
    expect(widget).to_contain_text("Choose an option first.")
    rise, fall = (widget.get_by_role("radio", name=name) for name in ("rise", "fall"))
    press(rise, "Space", "ArrowDown")
    expect(fall).to_be_focused()
    expect(fall).to_be_checked()
    assert fall.evaluate("radio => getComputedStyle(radio).outlineWidth") == "3px", "focus shows"
    press(fall, "ArrowUp")
    while not commit.evaluate("button => button === document.activeElement"):
        notebook.page.keyboard.press("Tab")
    notebook.page.keyboard.press("Enter")
    expect(widget).to_contain_text("Committed: rise.")
    expect(commit).to_be_disabled()
    expect(widget.get_by_role("radio", name="fall")).to_be_disabled()
    run_cell(notebook, ANSWER)
    expect(notebook.output(ANSWER)).to_contain_text("You committed to “rise”, and it turns out")
    expect(notebook.output(ANSWER)).to_contain_text("Each step goes downhill.")
    assert_no_trouble(notebook)


def test_a_number_is_committed_with_the_mouse(notebook):
    widget, commit = buttons(notebook, 1)
    box = widget.get_by_role("textbox")
    box.fill("a half")
    commit.click()
    expect(widget).to_contain_text("is not a number")
    box.fill("0,0")
    commit.click()
    expect(widget).to_contain_text("Committed: 0.")
    run_cell(notebook, NUMBER_ANSWER)
    expect(notebook.output(NUMBER_ANSWER)).to_contain_text("and that is right")
    assert_no_trouble(notebook)


def buttons(notebook, number):
    widget = notebook.widget("gan-predict", number)
    return widget, widget.get_by_role("button", name="Commit")
