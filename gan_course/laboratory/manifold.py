"""Where a generator takes a square grid of z in the plane, and how densely it fills what it covers.

A cell of the grid holds a known share of all z. The generator maps it to a four-sided piece of the
plane: that share by the piece's area is the density there. Where the sheet lies folded, the
densities of its layers add up, as their opacities do in the picture.
"""

import numpy as np

from gan_course.data.distribution import normal_cdf

PLACES = 25  # of the grid along each value of z
EVERY = 2  # of its lines, those that are drawn
OPAQUE = 0.8  # the opacity of the greatest density
HALF_DENSITY = 3.0  # half as opaque: so many times the density of a sheet over the whole picture


def z_ticks(reach):
    """Return the values of z between the cells, (25,), from −reach to reach."""
    return np.linspace(-reach, reach, PLACES)


def cell_shares(ticks, noise):
    """Return the share of all z that each cell of a square grid holds.

    Args:
        ticks: The values (k,) between the cells, the same along both values of z.
        noise: `"normal"` for N(0, 1), `"uniform"` for U(−1, 1).

    Returns:
        (k − 1, k − 1), the sum of which is below 1 where z reaches beyond the grid.

    Example:
        >>> cell_shares(np.array([-1.0, 0.0, 1.0]), "uniform")
        array([[0.25, 0.25],
               [0.25, 0.25]])
    """
    below = np.clip((ticks + 1) / 2, 0, 1) if noise == "uniform" else normal_cdf(ticks)
    return np.outer(np.diff(below), np.diff(below))


def cell_areas(points):
    """Return the areas of the pieces that the cells of a grid became, (k − 1, k − 1).

    Each is the sum of two triangles, which a fold turns over one by one.

    Args:
        points: (k, k, 2), where the corners of the cells went.

    Example:
        >>> cell_areas(np.array([[[0, 0], [2, 0]], [[0, 3], [2, 3]]]))
        array([[6.]])
    """
    first, right, up, last = points[:-1, :-1], points[:-1, 1:], points[1:, :-1], points[1:, 1:]
    return _triangle(first, right, last) + _triangle(first, last, up)


def opacities(points, shares, width):
    """Return how opaque each cell is drawn: the more densely the generator fills it, the more.

    The opacity grows with the density, in the same way at every step, and never beyond the most.

    Args:
        points: (k, k, 2), where the corners of the cells went.
        shares: (k − 1, k − 1) from `cell_shares`.
        width: The width of the picture, in units of x.

    Returns:
        (k − 1, k − 1), from 0 to 0.8; 0 where a corner is no finite number.
    """
    points = np.asarray(points, dtype=np.float64)
    half = HALF_DENSITY / width**2
    with np.errstate(all="ignore"):  # 0 / 0 comes of NaN alone: shares are above 0
        found = OPAQUE * shares / (shares + half * cell_areas(points))
    return np.nan_to_num(found)


def grid_lines(points):
    """Return the lines to draw of a grid (rows, columns, 2): every second one, both ways.

    A single row, which a generator of one value of z makes, is one line.
    """
    if len(points) == 1:
        return [points[0]]
    return [*points[::EVERY], *points.transpose(1, 0, 2)[::EVERY]]


def grid_cells(points):
    """Return the corners of each cell in turn, (cells, 4, 2), row by row."""
    corners = points[:-1, :-1], points[:-1, 1:], points[1:, 1:], points[1:, :-1]
    return np.stack(corners, axis=2).reshape(-1, 4, 2)


def _triangle(a, b, c):
    (x1, y1), (x2, y2) = np.moveaxis(b - a, -1, 0), np.moveaxis(c - a, -1, 0)
    return np.abs(x1 * y2 - x2 * y1) / 2
