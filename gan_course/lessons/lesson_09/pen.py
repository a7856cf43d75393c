"""From points drawn on a canvas to an image like the course's digits."""

import numpy as np

from gan_course.arguments import check_array

SIDE, BOX = 28, 20.0  # pixels of an image, and of the longer side of its digit: as MNIST has it
PEN = 0.9  # the stroke's standard deviation in pixels
DARKEST = 1.5  # times as dark in the middle of a stroke as an image can be
SMALLEST = 1.0  # the longer side of a drawing, in units of the canvas, that is not enlarged further


def drawn_digit(points):
    """Return what a pen along points leaves, scaled and placed as MNIST's digits are.

    The longer side becomes 20 pixels, and the centre of mass comes to the middle (LeCun et al.
    1998).

    Args:
        points: Pairs (x to the right, y up), shape (n, 2); may be none.

    Returns:
        Ink in [0, 1], float32 (28, 28); 0 everywhere where nothing is drawn.
    """
    points = check_array("points", np.reshape(points, (-1, 2)), ("n", 2)) if len(points) else []
    if len(points) == 0:
        return np.zeros((SIDE, SIDE), np.float32)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = BOX / max(SMALLEST, *(high - low))
    columns, rows = ((points - (low + high) / 2) * [scale, -scale] + (SIDE - 1) / 2).T
    ink = _inked(rows, columns)
    places = np.arange(SIDE)
    mass = ink.sum()
    shift = [(SIDE - 1) / 2 - (ink.sum(axis=1 - axis) @ places) / mass for axis in (0, 1)]
    return _inked(rows + shift[0], columns + shift[1])


def _inked(rows, columns):
    places = np.arange(SIDE)[:, np.newaxis]
    tall = np.exp(-((places - rows) ** 2) / (2 * PEN**2))  # (28, n)
    wide = np.exp(-((places - columns) ** 2) / (2 * PEN**2))
    ink = np.zeros((SIDE, SIDE))
    for down, across in zip(tall.T, wide.T, strict=True):
        np.maximum(ink, np.outer(down, across), out=ink)
    return np.minimum(1.0, DARKEST * ink).astype(np.float32)


def along(*corners, spacing=0.05):
    """Return points along the straight lines between corners, for a drawing made without a hand.

    Args:
        *corners: Pairs (x, y), at least two.
        spacing: About how far apart the points lie.

    Returns:
        A list of pairs.
    """
    parts = []
    for start, end in zip(corners[:-1], corners[1:], strict=True):
        start, end = np.asarray(start, float), np.asarray(end, float)
        count = max(2, int(np.linalg.norm(end - start) / spacing))
        parts.append(start + np.linspace(0, 1, count)[:, np.newaxis] * (end - start))
    return np.concatenate(parts).tolist()


SEVEN = along((-1.3, 1.7), (1.2, 1.7), (-0.2, -1.9))
