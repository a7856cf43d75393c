"""Points as numbers: a box beside the picture on which they are drawn."""

import ipywidgets as widgets
import numpy as np


class PointsBox(widgets.VBox):
    """A text box whose points join those that are drawn. It is seen while something is drawn.

    Args:
        scene: The `EditableScene`.

    Attributes:
        text: The text box, for points such as `0.5, 1; -1, 2`.
        add: The button that adds them.
        message: HTML with what was added, or what cannot be read.

    Example:
        >>> box = PointsBox(scene)
        >>> box.text.value = "0, 0; 1, 1"
        >>> box.add.click()
        >>> scene.drawn
        [[0.0, 0.0], [1.0, 1.0]]
    """

    def __init__(self, scene):
        self.scene = scene
        self.text = widgets.Text(
            description="Points",
            placeholder="x, y; x, y",
            tooltip="Points as numbers: x, y; x, y",
            style={"description_width": "initial"},
            layout=widgets.Layout(width="16em", max_width="100%"),
        )
        self.add = widgets.Button(
            description="Add",
            icon="plus",
            tooltip="Add the points in the box",
            layout=widgets.Layout(width="auto"),
        )
        self.text.add_class("gan-points-text")
        self.add.add_class("gan-points-add")
        self.message = widgets.HTML()
        self.add.on_click(lambda _: self.add_text())
        row = widgets.Layout(flex_flow="row wrap", align_items="center")
        super().__init__([widgets.Box([self.text, self.add, self.message], layout=row)])
        self.add_class("gan-points-box")
        scene.observe(self._show, "drawing")
        self._show()

    def _show(self, change=None):
        self.layout.display = "" if self.scene.drawing else "none"

    def add_text(self):
        """Add the points in the text box to the drawing; what cannot be read stays in the box."""
        from gan_course.messages import to_html

        scene = self.scene
        try:
            new = read_points(self.text.value, scene.drawing or 2, scene.paper)
        except ValueError as error:
            self.message.value = f'<div role="alert">⚠ {to_html(error)}</div>'
            return
        scene.drawn = [*scene.drawn, *new]
        self.text.value = ""
        noun = "point" if len(new) == 1 else "points"
        self.message.value = f'<div role="status">Added {len(new)} {noun}.</div>'


def read_points(text, dimensions=2, limits=(-3.0, 3.0)):
    """Read points such as `0.5, 1; -1, 2` from a text.

    Args:
        text: Points with semicolons or line breaks between them, and commas or spaces within.
        dimensions: 2, or 1: then a single number makes a point too, at height 0.
        limits: (low, high); a point outside of it is refused.

    Returns:
        A list of pairs [x, y].

    Raises:
        ValueError: If there is no point, or one cannot be read or lies outside; the message says
            which.

    Example:
        >>> read_points("0.5, 1; -1, 2")
        [[0.5, 1.0], [-1.0, 2.0]]
    """
    shape = "x, y; x, y" if dimensions == 2 else "x; x; x"
    pieces = [piece.strip() for piece in text.replace("\n", ";").split(";") if piece.strip()]
    if not pieces:
        raise ValueError(f"The box holds no points. Write them like this: {shape}.")
    points = []
    for piece in pieces:
        try:
            numbers = [float(part) for part in piece.replace("−", "-").replace(",", " ").split()]
        except ValueError:
            numbers = []
        if dimensions == 1 and len(numbers) == 1:
            numbers.append(0.0)
        if len(numbers) != 2 or not np.isfinite(numbers).all():
            raise ValueError(
                f"“{piece}” is not a point. Write two numbers with a comma between them and a "
                f"semicolon between points, with a decimal point: {shape}."
            )
        low, high = limits
        if not all(low <= number <= high for number in numbers):
            raise ValueError(
                f"The point ({numbers[0]:g}, {numbers[1]:g}) lies outside of the drawing area, "
                f"which goes from {low:g} to {high:g}. Move it inside."
            )
        points.append(numbers)
    return points
