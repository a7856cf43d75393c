"""What every widget has to be: there, not blank, free of errors, named, reachable by keyboard."""

from pathlib import Path

from playwright.sync_api import expect

APPEAR_MS = 30_000
SIGNS_OF_TROUBLE = (
    "Traceback (most recent call last)",
    "Error displaying widget",
    "Error creating widget",
    "Loading widget",  # an output that never got further
    "Failed to load",
    "cannot be drawn",  # the explorers' own words
    "could not be drawn",
)
# The cells with a widget of ours that a page without its kernel or its scripts would not show.
WITHOUT_HTML = """() => [...window.jupyterapp.shell.currentWidget.content.widgets]
    .map(cell => cell.model)
    .filter(model => model.type === "code" && model.outputs.toJSON().some(output =>
        output.data && "application/vnd.jupyter.widget-view+json" in output.data
        && !("text/html" in output.data)
        && !/%\\|/.test(output.data["text/plain"])))  // tqdm's bars are text already
    .map(model => model.sharedModel.getSource())
    .filter(source => !source.includes("faulty"))"""
SCRIPT = Path(__file__).with_name("widget_health.js")


def assert_widget_healthy(notebook, css_class, number=0, picture=True):
    """Fail unless the widget is shown, holds a drawn picture, and has nothing to complain of.

    Args:
        notebook: A `LabPage`.
        css_class: The class that `add_class` gave the widget.
        number: Which of several, from 0 on.
        picture: Whether there has to be a picture.

    Returns:
        The widget's locator.
    """
    assert_no_trouble(notebook)
    widget = notebook.widget(css_class, number)
    expect(widget, f"there is no widget .{css_class}").to_be_visible(timeout=APPEAR_MS)
    box = widget.bounding_box()
    assert box["width"] > 100 and box["height"] > 30, f".{css_class} has hardly any size: {box}"
    assert_not_blank(widget, picture)
    assert_controls_named(widget)
    assert_controls_reached_by_tab(widget)
    return widget


def assert_no_trouble(notebook):
    """Fail if an output, the console or a request to another machine shows that something broke."""
    told = notebook.page.evaluate("signs => widgetHealth.troubles(signs)", SIGNS_OF_TROUBLE)
    assert not told, "\n\n".join(
        f"an output shows trouble:\n{text[-3000:]}\nIt belongs to the cell\n{cell[:1000]}"
        for text, cell in told
    )
    silent = notebook.page.evaluate(WITHOUT_HTML)
    assert not silent, f"outputs of cells hold a widget and no HTML beside it: {silent}"
    assert not notebook.problems, "the browser's console holds errors:\n" + "\n".join(
        notebook.problems
    )
    assert not notebook.strayed, f"the page asked other machines: {notebook.strayed}"


def assert_not_blank(widget, picture=True, appear_ms=APPEAR_MS):
    """Fail if there is no picture, an undrawn one, or one without alternative text; or nothing."""
    if not picture:
        assert widget.inner_text().strip(), "the widget is blank: it has no text"
        return
    drawn = widget.locator("img:visible, canvas:visible")
    expect(drawn.first, "the widget has no picture").to_be_visible(timeout=appear_ms)
    blank = widget.evaluate("root => widgetHealth.blankPictures(root)")
    assert not blank, f"pictures are blank: {blank}"
    silent = widget.locator('img:not([alt]), img[alt=""]')
    assert silent.count() == 0, f"a picture has no alternative text: {_source(silent)}"


def assert_controls_named(widget):
    """Fail if a control has no name: no label, no text and no tooltip."""
    nameless = widget.evaluate("root => widgetHealth.nameless(root)")
    assert not nameless, f"controls without a name: {nameless}"


def assert_controls_reached_by_tab(widget):
    """Fail if pressing Tab from the first control on does not lead to all that are enabled."""
    page = widget.page
    wanted = widget.evaluate_handle("root => widgetHealth.enabled(root)")
    count = wanted.evaluate("all => all.length")
    if not count:
        return
    wanted.evaluate("all => all[0].focus()")
    reached = set()
    for _ in range(2 * count + 5):  # the number beside a slider is one more stop
        reached.add(wanted.evaluate("all => all.indexOf(document.activeElement)"))
        if len(reached - {-1}) == count:
            return
        page.keyboard.press("Tab")
    missed = [
        wanted.evaluate("(all, index) => all[index].outerHTML.slice(0, 160)", index)
        for index in sorted(set(range(count)) - reached)
    ]
    raise AssertionError(f"Tab does not lead to: {missed}")


def cut_off(widget):
    """Return the controls that cannot be scrolled to and clicked from one end to the other."""
    return widget.evaluate("root => widgetHealth.cutOff(root)")


def assert_nothing_cut_off(widget):
    """Fail if there is a control that `cut_off` returns."""
    cut = cut_off(widget)
    assert not cut, f"controls are cut off or covered: {cut}"


def _source(locator):
    return locator.first.evaluate("element => element.outerHTML.slice(0, 300)")
