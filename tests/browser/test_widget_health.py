"""The health check notices what is wrong: each of these widgets has one fault."""

import pytest
from widget_health import (
    assert_controls_named,
    assert_controls_reached_by_tab,
    assert_no_trouble,
    assert_not_blank,
    assert_nothing_cut_off,
    assert_widget_healthy,
)

IMPORT = "import ipywidgets as widgets"
ONE_COLOUR = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
FAULTY = {
    "faulty-empty": "widgets.VBox([widgets.HTML('')])",
    "faulty-undrawn": f'widgets.HTML("""<img alt="A curve." src="{ONE_COLOUR}" width="90">""")',
    "faulty-broken": """widgets.HTML('<img alt="A curve." src="data:," width=90 height=90>')""",
    "faulty-name": "widgets.VBox([widgets.Button(icon='play')])",
    "faulty-tab": 'widgets.VBox([widgets.HTML(\'<button>a</button><a href="#" tabindex=0>b</a>'
    "<script></script>'), widgets.HTML('<input aria-label=\"c\" "
    'onfocus="this.previousElementSibling">\')])',
    "faulty-width": 'widgets.HTML(\'<div style="width: 3000px; overflow: hidden"><div '
    'style="width: 100px; overflow: hidden"><button style="width: 300px">far</button></div>'
    "</div>')",
}


@pytest.fixture(scope="module")
def notebook(run_cells):
    cells = [f"shown = {code}\nshown.add_class('{name}')\nshown" for name, code in FAULTY.items()]
    return run_cells(IMPORT, *cells)


@pytest.mark.parametrize("name", ["faulty-empty", "faulty-undrawn", "faulty-broken"])
def test_a_widget_without_a_drawn_picture_is_noticed(notebook, name):
    with pytest.raises(AssertionError, match="no picture|blank|alternative text"):
        assert_not_blank(notebook.widget(name), appear_ms=1000)


def test_a_widget_without_any_text_is_noticed(notebook):
    with pytest.raises(AssertionError, match="has no text"):
        assert_not_blank(notebook.widget("faulty-empty"), picture=False)


def test_a_button_without_a_name_is_noticed(notebook):
    with pytest.raises(AssertionError, match="controls without a name.*fa-play"):
        assert_controls_named(notebook.widget("faulty-name"))


def test_a_control_that_is_cut_off_is_noticed(notebook):
    with pytest.raises(AssertionError, match="cut off or covered.*far"):
        assert_nothing_cut_off(notebook.widget("faulty-width"))


def test_a_control_that_keeps_the_focus_is_noticed(notebook):
    widget = notebook.widget("faulty-tab")
    assert_controls_reached_by_tab(widget)
    widget.evaluate(
        "root => root.addEventListener('keydown', event => event.preventDefault(), true)"
    )
    with pytest.raises(AssertionError, match="Tab does not lead to"):
        assert_controls_reached_by_tab(widget)


def test_errors_of_the_page_and_calls_abroad_are_noticed(notebook):
    assert_no_trouble(notebook)
    notebook.page.evaluate("console.error('a script of ours')")
    with pytest.raises(AssertionError, match="a script of ours"):
        assert_no_trouble(notebook)
    notebook.problems.clear()
    notebook.page.evaluate("fetch('http:' + '//elsewhere.invalid/x.js').catch(() => null)")
    notebook.page.wait_for_timeout(300)
    notebook.problems.clear()
    with pytest.raises(AssertionError, match="elsewhere.invalid"):
        assert_no_trouble(notebook)
    notebook.strayed.clear()


TROUBLE = {
    "a warning": "import sys\nprint('a warning', file=sys.stderr)",
    "ZeroDivisionError": "from gan_course.widgets.explorer import Explorer\n"
    "Explorer({}, lambda: 1 / 0, 'faulty-explorer')",
    "1/": "from gan_course.lessons.lesson_02.widgets import graph_explorer\ngraph_explorer('1/')",
}


def test_cells_that_raise_warn_or_cannot_draw_are_noticed(run_cells):
    notebook = run_cells(*TROUBLE.values(), name="faulty.ipynb")
    with pytest.raises(AssertionError) as caught:
        assert_widget_healthy(notebook, "faulty-explorer")
    told = str(caught.value).split("an output shows trouble:")[1:]
    assert len(told) == 3
    for said, one in zip(TROUBLE, told, strict=True):
        assert said in one.partition("It belongs to the cell")[0]
