"""A place to draw points: with the mouse, with the keyboard, or as numbers in a box."""

from pathlib import Path

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets

STATIC = Path(__file__).parent / "static"
MOST_POINTS = 3000
MOST_UNDO = 100


class PointCanvas(anywidget.AnyWidget):
    """A square on which you draw points.

    Drag to draw. On the keyboard: arrows move a cursor (with Shift further), Space or Enter places
    points, Backspace removes those under the cursor, E switches the eraser, + and − change the
    brush, U undoes. What the browser runs is sent along with the widget: it fetches nothing.

    Args:
        points: What is drawn at first, a list of pairs.
        limits: (low, high) of both coordinates.
        dimensions: 2, or 1 where only the horizontal coordinate counts.
        brush: The radius of the brush, in the units of the coordinates.
        amount: How many points the brush places at a time.

    Attributes:
        points: A list of pairs [x, y], at most 3,000. Set it, or `observe` it.

    Raises:
        traitlets.TraitError: If `points` is set to something that is no list of pairs of numbers.

    Example:
        >>> canvas = PointCanvas()
        >>> canvas.points = [[0.0, 1.0]]
        >>> canvas.undo()
    """

    _esm = (STATIC / "canvas.js").read_text(encoding="utf-8")
    _css = (STATIC / "canvas.css").read_text(encoding="utf-8")
    points = traitlets.List([]).tag(sync=True)
    limits = traitlets.List([-3.0, 3.0]).tag(sync=True)
    dimensions = traitlets.Int(2).tag(sync=True)
    brush = traitlets.Float(0.15).tag(sync=True)
    amount = traitlets.Int(5).tag(sync=True)

    def __init__(self, **settings):
        self._past = []
        super().__init__(**settings)
        self.add_class("gan-canvas")
        self.observe(self._remember, "points")
        self.on_msg(self._hear)

    def array(self):
        """Return the points as a float64 array (n, 2)."""
        return np.asarray(self.points, dtype=np.float64).reshape(-1, 2)

    def undo(self):
        """Take back the last change of the points. Without one, nothing happens."""
        if self._past:
            self.points = self._past[-1]

    @traitlets.validate("points")
    def _check(self, proposal):
        try:
            array = np.asarray(proposal["value"], dtype=np.float64)
        except (TypeError, ValueError):
            array = np.full(1, np.nan)
        if array.size == 0:
            return []
        if array.ndim != 2 or array.shape[1] != 2 or not np.isfinite(array).all():
            raise traitlets.TraitError(
                "points must be a list of pairs of finite numbers, such as [[0.5, 1.0], [1, −1]]; "
                f"received {str(proposal['value'])[:60]}."
            )
        return array[:MOST_POINTS].tolist()

    def _remember(self, change):
        if change["old"] is traitlets.Undefined:
            return
        if self._past and change["new"] == self._past[-1]:
            self._past.pop()  # led back: an undo, here or in the browser
        else:
            self._past = [*self._past, change["old"]][-MOST_UNDO:]

    def _hear(self, widget, content, buffers):
        if content.get("kind") == "undo":
            self.undo()


class DrawingPad(widgets.VBox):
    """A `PointCanvas` with a text box below it, for points as numbers.

    Args:
        canvas: A `PointCanvas`; a new one unless given.

    Attributes:
        canvas: The canvas.
        text: The text box, for points such as `0.5, 1; -1, 2`.
        add: The button that adds them.
        message: HTML with what was added, or what cannot be read.

    Example:
        >>> pad = DrawingPad()
        >>> pad.text.value = "0, 0; 1, 1"
        >>> pad.add.click()
        >>> pad.canvas.points
        [[0.0, 0.0], [1.0, 1.0]]
    """

    def __init__(self, canvas=None):
        self.canvas = canvas or PointCanvas()
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
        self.text.add_class("gan-canvas-text")
        self.add.add_class("gan-canvas-add")
        self.message = widgets.HTML()
        self.add.on_click(lambda _: self.add_text())
        row = widgets.Layout(flex_flow="row wrap")
        super().__init__(
            [self.canvas, widgets.Box([self.text, self.add], layout=row), self.message]
        )
        self.layout.margin = "0 1.2em 0.8em 0"
        self.add_class("gan-drawing-pad")

    def add_text(self):
        """Add the points in the text box to the canvas; what cannot be read stays in the box."""
        from gan_course.messages import to_html

        try:
            new = read_points(self.text.value, self.canvas.dimensions, self.canvas.limits)
        except ValueError as error:
            self.message.value = f'<div role="alert">⚠ {to_html(error)}</div>'
            return
        self.canvas.points = [*self.canvas.points, *new]
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
