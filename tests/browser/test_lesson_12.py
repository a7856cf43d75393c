"""The charts without a name, in a browser."""

from every_widget import (  # noqa: F401
    test_it_is_shown_and_named_and_reached_by_keyboard,
    test_no_control_is_cut_off,
)
from lab_page import changing_picture
from playwright.sync_api import expect
from widget_health import assert_no_trouble

CHARTS = "gan-chart-explorer"
BEFORE = ["from gan_course.lessons.lesson_12.widgets import chart_explorer"]
WIDGETS = {CHARTS: "chart_explorer()"}


def test_a_diagnosis_is_told_whether_it_fits(notebook):
    widget = notebook.widget(CHARTS)
    with changing_picture(widget):
        widget.get_by_label("Chart", exact=True).select_option("G")
    diagnosis = widget.get_by_label("Diagnosis", exact=True)
    diagnosis.select_option("the generator's loss has the wrong sign")
    expect(widget).to_contain_text("Yes.")
    diagnosis.select_option("a sigmoid is applied twice")
    expect(widget).to_contain_text("Not this one.")
    assert_no_trouble(notebook)
