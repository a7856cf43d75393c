"""The laboratory's picture: besides what every `PointsScene` shows, its data can be changed."""

import traitlets

from gan_course.widgets.scene import PointsScene, Sheet


class EditableScene(PointsScene, Sheet):
    """A `PointsScene` whose data are dragged, or drawn on a sheet of paper in its place.

    Drag a real point, and the Gaussian that it belongs to follows. On the keyboard: M takes up a
    Gaussian, and the next one; arrows move it (with Shift further); U puts it back; Escape lets go.
    For each move the message `{"kind": "move", "part": 2, "to": [0.5, 1.0]}` is sent, and the next
    one when `handles` has changed; `{"kind": "put back"}` asks for all of them.

    On the paper: drag to draw. On the keyboard: arrows move a cursor (with Shift further), Space or
    Enter places points, P puts the pen down, so that arrows draw, and lifts it, Backspace removes
    points under the cursor, E switches the eraser, + and − change the brush, U undoes, Escape
    leaves. What is drawn stays when the paper is put away. "Train on it" sends the message
    `{"kind": "train"}`.

    Attributes:
        drawing: 0, or the dimensions that count of what is being drawn: 2, or 1, where each point
            falls down to the line.
        drawn, paper, brush: What is drawn; see `Sheet`.
        handles: Where the Gaussians of the data stand, bytes of float32 (k, d); empty for other
            data, which cannot be dragged.
        homes: Where they stood at first.
        handle_name: What one is called: "mode" or "point".

    Raises:
        traitlets.TraitError: If `drawn` is set to something that is no list of pairs of numbers.

    Example:
        >>> scene = EditableScene(lambda: "")
        >>> scene.drawn = [[0.0, 1.0]]
    """

    drawing = traitlets.Int(0).tag(sync=True)
    handles = traitlets.Bytes().tag(sync=True)
    homes = traitlets.Bytes().tag(sync=True)
    handle_name = traitlets.Unicode("mode").tag(sync=True)
