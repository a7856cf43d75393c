"""A pad to write a digit on."""

from gan_course.widgets.scene import Sheet, one_module

ALT = "A pad: draw a digit on it"
PEN = 0.25  # its radius, on a sheet of 6 by 6


class InkPad(Sheet):
    """A dark pad and a white pen, for mouse, finger and keyboard; eraser, undo and clear below it.

    On the keyboard: arrows move a cursor (with Shift further), P puts the pen down and lifts it,
    Space leaves a dot, Backspace removes what is under the cursor, E switches the eraser, U undoes.

    Args:
        points: What is drawn at first, a list of pairs.

    Example:
        >>> pad = InkPad([[0.0, 1.0]])
        >>> pad.drawn
        [[0.0, 1.0]]
    """

    _esm = one_module("drawing.js", "sheet.js", "pad.js")

    def __init__(self, points=()):
        look = {"alt": ALT, "brush": PEN, "most_pixels": 240}
        super().__init__(lambda: "", drawn=list(points), **look)
