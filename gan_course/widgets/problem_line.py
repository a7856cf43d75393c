"""What is wrong with a text box, said beneath it. `LessonBox` marks the box as long as it is."""

import html

import ipywidgets as widgets


def checked(control, line):
    """Return a text box with a line beneath it for what is wrong with it.

    Args:
        control: An ipywidgets text box.
        line: An ipywidgets HTML, whose value `problem_html` writes.

    Returns:
        An ipywidgets VBox.
    """
    look = control.layout
    line.layout = widgets.Layout(width=look.width, max_width=look.max_width, margin="0 2px")
    column = widgets.VBox([control, line])
    column.add_class("gan-checked")
    return column


def problem_html(text):
    """Return a sentence as the line beneath a box shows it.

    Args:
        text: Plain text.
    """
    return f'<div class="gan-problem" role="alert">⚠ {html.escape(text)}</div>'
