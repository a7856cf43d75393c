"""The buttons of an exercise judge the function as it now stands, and keep the same record."""

from types import SimpleNamespace

import pytest

from gan_course.exercises import core, panel
from gan_course.lessons.lesson_00.exercises import rescale
from gan_course.record import clear_record, record


@pytest.fixture
def notebook(monkeypatch):
    """An IPython with a kernel: run cells with `run`; `shown` holds what was published."""
    shown, names = [], {"ex": SimpleNamespace(rescale=rescale)}
    shell = SimpleNamespace(user_ns=names, kernel=True, execution_count=0)
    for module in (core, panel):
        monkeypatch.setattr(module, "_shell" if module is core else "get_ipython", lambda: shell)
    monkeypatch.setattr("IPython.display.publish_display_data", shown.append)
    monkeypatch.setattr(rescale, "_panel", None)
    monkeypatch.setattr(rescale, "_hints_given", 0)

    def run(cell):
        shell.execution_count += 1
        names["In"] = [*names.get("In", [""]), cell]
        exec(cell, names)

    clear_record()
    yield SimpleNamespace(run=run, names=names, shown=shown)
    clear_record()


STUB = "def mine(pixels):\n    ..."
WRONG = "def mine(pixels):\n    return 2 * pixels"
RIGHT = "def mine(pixels):\n    return 2 * pixels - 1"


def test_check_judges_what_stands_under_the_name_when_it_is_pressed(notebook):
    notebook.run(STUB)
    notebook.run("ex.rescale.check(mine)\n# the only line")
    shown = rescale._panel
    assert "Not attempted yet" in shown.outcome.value
    for cell, word in ((WRONG, "Incorrect"), (RIGHT, "Correct"), ("del mine", "Not attempted")):
        notebook.run(cell)
        shown.buttons["Check"].click()
        assert word in shown.outcome.value
        assert "Checked <code>mine</code> at " in shown._checked.value
    statuses = [entry["status"] for entry in record()]
    assert statuses == ["not attempted", "incorrect", "correct", "not attempted"]


def test_an_outcome_shows_once_in_its_cell_wherever_the_call_stands(notebook):
    notebook.run(RIGHT)
    notebook.run("outcome = ex.rescale.check(mine)\noutcome._ipython_display_()\nex.rescale.hint()")
    assert len(notebook.shown) == 1
    assert "✔" in notebook.shown[0]["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in notebook.shown[0]
    notebook.run("outcome._ipython_display_()")
    assert len(notebook.shown) == 2, "in another cell it shows again"


def test_one_panel_serves_every_run_of_the_cell(notebook):
    notebook.run(RIGHT)
    for _ in range(2):
        notebook.run("ex.rescale.check(mine)")
    views = [each["application/vnd.jupyter.widget-view+json"] for each in notebook.shown]
    assert views[0] == views[1]


def test_hint_and_solution_show_what_the_calls_return(notebook):
    notebook.run("ex.rescale.check(lambda pixels: pixels)")
    shown = rescale._panel
    shown.buttons["Hint"].click()
    assert "Hint 1 of 3" in shown.more.value
    assert "Hint 2 of 3" in repr(rescale.hint()), "calls and buttons give the same row of hints"
    shown.buttons["Solution"].click()
    assert "<details" in shown.more.value and " open>" in shown.more.value
    shown.buttons["Check"].click()
    assert "Checked the same answer at" in shown._checked.value


def test_without_a_kernel_there_is_the_box_alone(notebook):
    del core._shell().kernel
    notebook.run(RIGHT)
    notebook.run("ex.rescale.check(mine)")
    assert "application/vnd.jupyter.widget-view+json" not in notebook.shown[0]


def test_a_cell_with_a_magic_command_leaves_the_functions_own_name(notebook):
    notebook.run(RIGHT)
    notebook.names["In"].append("%time ex.rescale.check(mine)")
    assert panel.names_of((notebook.names["mine"],), rescale) == ["mine"]
    assert panel.names_of((None,), rescale) == [None]
