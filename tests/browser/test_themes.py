"""Every kind of output in JupyterLab's themes: its text stands out, its controls have names.

axe-core measures what the page draws as text: contrast 4.5 and more. What a canvas or a figure
writes, it cannot see: those stand on white, and `tests/plots/test_style.py` reckons their colours.
"""

import re

import nbformat
import pytest
from axe import load_axe, run_axe
from nbconvert.exporters import HTMLExporter
from playwright.sync_api import expect
from vs_code import THEMES as VS_CODE_THEMES, in_vs_code
from widget_health import SCRIPT as HEALTH_SCRIPT, assert_no_trouble

from gan_course.widgets.quiz import load_quiz

THEMES = ("Light", "Dark", "Dark High Contrast")
CELLS = {
    "laboratory": """
from gan_course.laboratory import laboratory
laboratory("ring")""",
    "dashboard": """
from gan_course import data
from gan_course.dashboard import training_dashboard
from gan_course.live import LiveRun
from gan_course.recipes import get_recipe
digits = data.load_mnist(value_range=(-1, 1), split="gan")
make_trainer = lambda: get_recipe("cgan").trainer(digits.images, labels=digits.labels, seed=0)
training_dashboard(LiveRun(make_trainer, steps=20, name="themes"), value_range=(-1, 1))""",
    "stage": """
from IPython.display import HTML, display
from gan_course.live.stages import Stage
from gan_course.widgets.flow import stage_html
for player in ("discriminator", "generator"):
    for number in (1, 2, 3, 4, 5):
        display(HTML(stage_html(Stage(player, number, "What happens at this stage."))))""",
    "alerts": """
from gan_course.widgets.live_parts import alert_html, said
HTML(alert_html("What went wrong.") + said("What went wrong.", "alert") + said("Saved."))""",
    "choice of a quiz": "from gan_course.widgets.quiz import quiz\nquiz('lesson_00')",
    "number of a quiz": "quiz('lesson_01')",
    "predictions": """
from gan_course.widgets.predict import Predictions, Question
look = Question("What did you see?", ("a `fall`", "a rise"), "a `fall`", "So `it` was.")
ask = Predictions({
    "open": Question("Will the `loss` fall?", ("fall", "rise"), "fall"),
    "choice": Question("Will it fall?", ("fall", "rise"), "fall", "It goes `down`.", seen=look),
    "number": Question("How far?", answer=0.0, because="It is the middle.", tolerance=0.1),
})
for name in ("open", "choice", "number"):
    display(ask.predict(name))""",
    "answers": "display(ask.reveal('choice'))\ndisplay(ask.reveal('number'))",
    "exercise not attempted": """
from gan_course.lessons.lesson_00 import exercises as ex
def rescale(pixels):
    ...
ex.rescale.check(rescale)""",
    "exercise wrong, hint": "ex.rescale.check(lambda pixels: 2 * pixels)\nex.rescale.hint()",
    "exercise right": "ex.rescale.check(lambda pixels: 2 * pixels - 1)",
    "solution": "ex.rescale.solution()",
    "boxes": """
from gan_course.messages import STYLES, Note
for kind in STYLES:
    display(Note(kind, kind, "A message with `code` in it."))""",
    "table": """
from gan_course.tables import table
table([["Adam", 0.5], ["`SGD`", 2]], ["optimiser", "loss"], "Two `runs`")""",
    "map": "from gan_course.lessons.lesson_00.course_map import course_map\ncourse_map()",
    "play": """
import numpy as np
from gan_course.lessons.lesson_06.widgets import frames_explorer
frames_explorer(list(np.random.default_rng(0).random((3, 16, 28, 28, 1))), [0, 100, 500])""",
    "explorer of lesson 01": """
from gan_course.lessons.lesson_01.widgets import saturation_explorer
saturation_explorer()""",
    "explorer of lesson 02": """
from gan_course.lessons.lesson_02.widgets import graph_explorer
graph_explorer("3 * (a + b * c)", a=2, b=1, c=3)""",
    "explorer of lesson 03": """
from gan_course.lessons.lesson_03.widgets import batch_norm_explorer
batch_norm_explorer()""",
}
SOMETHING = ":is(img, canvas, svg, table, strong, summary, label):visible"
OUTPUTS = ".jp-OutputArea-output"
# axe leaves out what is scrolled out of a pane, and looks at every element of the page: so the
# outputs stand alone, and nothing of them is cut off. It cannot see through a picture either, which
# is what ipywidgets draws a list's arrow with.
ALONE = """
#jp-top-panel, #jp-bottom-panel, #jp-left-stack, .jp-SideBar, .jp-Toolbar, .jp-InputArea,
.jp-Collapser, .jp-OutputPrompt, .jp-OutputArea-promptOverlay { display: none !important; }
body { height: 100vh; }
select { background-image: none !important; }
"""


@pytest.fixture(scope="module")
def notebook(run_cells):
    page = run_cells(*CELLS.values())
    _answer(page)
    page.page.add_style_tag(content=ALONE)
    load_axe(page.page)
    return page


def _answer(notebook):
    """Open what can be opened, and let each kind of answer be seen."""
    page = notebook.page
    laboratory = output(notebook, "laboratory")
    laboratory.get_by_text("Settings", exact=True).first.click()
    quiz = output(notebook, "choice of a quiz")
    for question, right in zip(load_quiz("lesson_00"), (True, False, False), strict=True):
        answers = [each["answer"] for each in question["answers"] if each["correct"] == right]
        quiz.get_by_text(answers[0], exact=True).click()
    box = output(notebook, "number of a quiz").locator("input[type=text]").first
    box.fill("7")
    box.press("Enter")
    predictions = output(notebook, "predictions")
    predictions.get_by_role("radio", name="fall").first.check()
    for button in predictions.get_by_role("button", name="Commit").all()[::2]:
        button.click()
    page.locator(f"{OUTPUTS} summary").first.click()


def output(notebook, kind):
    return notebook.output(list(CELLS).index(kind))


def choose_theme(notebook, theme):
    """Choose one of JupyterLab's themes, and wait until it is drawn."""
    page = notebook.page
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})",
        f"JupyterLab {theme}",
    )
    page.wait_for_function(
        "theme => document.body.dataset.jpThemeName === theme"
        " && !document.querySelector('#jupyterlab-splash')",
        arg=f"JupyterLab {theme}",
    )


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out_and_controls_have_names(notebook, theme):
    choose_theme(notebook, theme)
    height = notebook.page.evaluate(
        "document.querySelector('.jp-Notebook .jp-WindowedPanel-viewport').scrollHeight"
    )
    notebook.page.set_viewport_size({"width": 1280, "height": height + 200})
    assert_readable(run_axe(notebook.page, OUTPUTS))
    assert_no_trouble(notebook)


@pytest.mark.parametrize("theme", VS_CODE_THEMES)
def test_in_the_colours_of_vs_code_text_stands_out_too(notebook, theme):
    with in_vs_code(notebook, theme) as page:
        load_axe(page)
        assert_readable(run_axe(page, "body"))


def test_saved_and_opened_again_without_a_kernel_every_kind_is_there(notebook):
    notebook.save()
    notebook.server.end_kernels()
    notebook.reload()
    for kind in CELLS:
        shown = output(notebook, kind)
        expect(shown.locator(SOMETHING).first).to_be_visible()
        expect(shown).not_to_contain_text("Error displaying widget")
        assert not shown.evaluate("root => widgetHealth.blankPictures(root)"), kind
    assert_no_trouble(notebook)


def test_on_an_exported_page_every_kind_is_there_without_a_network(notebook):
    notebook.save()
    path = notebook.server.folder / notebook.name
    saved = nbformat.read(path, 4)
    del saved.metadata["widgets"]  # as tools/set_up.py has it: what is kept, and no script's work
    html, _ = HTMLExporter().from_notebook_node(saved)
    path.with_suffix(".html").write_text(html, encoding="utf-8")
    page = notebook.page.context.new_page()
    page.route(re.compile("^https?:"), lambda route: route.abort())
    page.add_init_script(path=HEALTH_SCRIPT)
    page.goto(path.with_suffix(".html").as_uri())
    for kind, shown in zip(CELLS, page.locator(".jp-Cell").all(), strict=True):
        shown = shown.locator(".jp-OutputArea").first
        expect(shown.locator(SOMETHING).first).to_be_visible()
        assert not shown.evaluate("root => widgetHealth.blankPictures(root)"), kind
    asleep = page.get_by_text("Run it again to use its controls.")
    assert asleep.count() >= 8
    page.close()


def assert_readable(found):
    assert not found["violations"], "\n".join(found["violations"])
    assert not found["unseen"], "\n".join(found["unseen"])
    assert found["measured"] > 100
