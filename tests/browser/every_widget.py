"""The tests that every widget has to pass. A module that imports them lists its WIDGETS:

a dict from the CSS class of a widget to the code of the cell that shows it. The fixture `notebook`
(in conftest.py) runs these cells.
"""

import pytest
from widget_health import assert_no_trouble, assert_widget_healthy, cut_off

# Width and height in CSS pixels, and screen pixels to each: 200 % halves a screen of 1280 × 900.
WINDOWS = {"200 % zoom": (640, 450, 2), "telephone": (390, 844, 1)}


def test_it_is_shown_and_named_and_reached_by_keyboard(notebook, css_class):
    assert_widget_healthy(notebook, css_class, picture=css_class not in notebook.without_picture)


@pytest.mark.parametrize("window", WINDOWS)
def test_no_control_is_cut_off(notebook, window, request):
    with notebook.resized(*WINDOWS[window]):
        cut = {name: cut_off(notebook.widget(name)) for name in request.module.WIDGETS}
    assert not any(cut.values()), f"controls are cut off or covered: {cut}"
    assert_no_trouble(notebook)
