"""Images in rows, drawn by the browser: what is real, what is fake, and where fakes are pushed."""

import traitlets

from gan_course.plots.style import COLOURS, SIGNS
from gan_course.widgets.scene import Scene, one_module


class GridScene(Scene):
    """A grid of small images, in one block or in blocks one above the other.

    The mouse and the arrow keys ask an image which it is: its row, its column, its label, and what
    D says of it. A block of pushes shows those on the images of the block above, in colours.

    Attributes:
        shape: Height, width and channels (1 or 3) of an image.
        columns: How many images stand in a row.
        rows: How many rows there is room for, in all blocks together.
        blocks: From top to bottom, dicts of name, title, count, and keys: pairs of a colour and
            what it means. A block named "pushes" has no images of its own.
        heads: What stands above the columns; may be empty.
        images: Bytes of uint8 (n, height, width), or (n, height, width, 3) in colour, block by
            block.
        labels: A whole number for each image; may be empty.
        verdicts: D of each image, bytes of float32 (n,); may be empty.
        pushes: Bytes of int8 (m, height, width): above 0 makes a pixel brighter.
        step: Steps taken when they were drawn.
        staged: Whether these are the images of a stage of slow motion.

    Example:
        >>> scene = GridScene(lambda: "")
        >>> block = {"name": "", "title": "", "count": 64, "keys": []}
        >>> scene.show(images=digits, blocks=[block], alt="64 digits.")
    """

    _esm = one_module("drawing.js", "grid.js")
    shape = traitlets.List([28, 28, 1]).tag(sync=True)
    columns = traitlets.Int(8).tag(sync=True)
    rows = traitlets.Int(8).tag(sync=True)
    blocks = traitlets.List([]).tag(sync=True)
    heads = traitlets.List([]).tag(sync=True)
    images = traitlets.Bytes().tag(sync=True, dtype="u1")
    labels = traitlets.List([]).tag(sync=True)
    verdicts = traitlets.Bytes().tag(sync=True)
    pushes = traitlets.Bytes().tag(sync=True, dtype="i1")
    step = traitlets.Int(0).tag(sync=True)
    staged = traitlets.Bool(False).tag(sync=True)
    signs = traitlets.List(list(SIGNS)).tag(sync=True)
    verdict_colour = traitlets.Unicode(COLOURS["discriminator"]).tag(sync=True)
