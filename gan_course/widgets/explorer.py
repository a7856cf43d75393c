"""Controls above a picture: the frame that the explorers of the lessons are built in."""

import html

import ipywidgets as widgets

from gan_course.plots.swift import swift_html
from gan_course.widgets.lesson_box import LessonBox


class Explorer(LessonBox):
    """Labelled controls above a picture that is drawn anew whenever one of them changes.

    Args:
        controls: A dict from names to ipywidgets controls.
        draw: Takes the values of the controls by name and returns (a figure, text in HTML).
        css_class: The class by which tests and style sheets find the widget.

    Attributes:
        controls: As given.
        figure: The figure that is shown.
        picture: The widget with the picture and its alternative text.
        readout: The widget with the text; what goes wrong in `draw` is shown here too.
    """

    def __init__(self, controls, draw, css_class):
        self.controls, self.figure, self._draw = controls, None, draw
        self.picture, self.readout = widgets.HTML(), widgets.HTML()
        row = widgets.Layout(flex_flow="row wrap")
        super().__init__([widgets.Box(list(controls.values()), layout=row), self.picture])
        self.children = (*self.children, self.readout)
        self.add_class(css_class)
        for control in controls.values():
            control.observe(self.redraw, "value")
        self.redraw()

    def redraw(self, change=None):
        """Draw the picture for the present values; an exception is shown and not lost."""
        try:
            values = {name: control.value for name, control in self.controls.items()}
            self.figure, text = self._draw(**values)
            self.picture.value = swift_html(self.figure)
        except Exception as error:
            text = html.escape(f"This setting cannot be drawn. {type(error).__name__}: {error}")
        self.readout.value = (
            f'<div role="status" style="max-width: 46em; line-height: 1.45">{text}</div>'
        )
