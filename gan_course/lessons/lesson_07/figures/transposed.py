"""Transposed convolution on squared paper: stamps, matrix, overlaps, and checkers."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from gan_course.arguments import check_filled
from gan_course.plots.style import COLOURS, SIGNED, ink_on, new_figure
from gan_course.plots.swift import name_axes, swift_figure
from gan_course.tables import number

MOST_NUMBERS = 200  # a grid of more cells is drawn without numbers
CURVES = (("blue", "o-"), ("orange", "s--"))  # of two neighbouring rows: colour, look
MOST_IN_WIDGET = 100  # where a picture has to be drawn in a moment


def plot_stamps(image, kernel, canvas, matrix, stride, padding, current=None):
    """Draw input, kernel, the stamps so far, and the matrix with the column of the last stamp.

    Args:
        image: The input (height, width).
        kernel: The kernel (k, k).
        canvas: The sum of the stamps so far, before the rim is cut off, (height′, width′).
        matrix: The matrix of the whole operation, (output pixels, input pixels), after cutting.
        stride: Output pixels from one stamp to the next.
        padding: Pixels that are cut off at each edge; they are drawn crossed out.
        current: The number of the input pixel that stamped last, counted row by row; None for
            none so far.

    Returns:
        A Figure, drawn for `swift_html` or `show`.

    Introduced in lesson 07.
    """
    places = [
        (0.01, 0.52, 0.23, 0.40),
        (0.01, 0.03, 0.23, 0.40),
        (0.27, 0.03, 0.44, 0.89),
        (0.80, 0.13, 0.19, 0.79),
    ]
    figure, (top, bottom, middle, right) = swift_figure(places, height=3.9)
    final = np.abs(matrix @ image.ravel())  # so that the colours stay as the stamps come
    _squares(top, image, float(np.abs(image).max()), "input")
    _squares(bottom, kernel, float(np.abs(kernel).max()), "kernel")
    few = canvas.size <= MOST_IN_WIDGET
    _squares(middle, canvas, float(final.max()), "output: the stamps added up", few)
    _cross_out(middle, canvas.shape, padding)
    right.imshow(matrix, cmap=SIGNED, aspect="auto", **_limits(np.abs(matrix).max()))
    right.grid(False)
    name_axes(right, "matrix", "input pixel", "output pixel", left=0.42)
    total = image.size
    where = "nothing is stamped yet"
    if current is not None:
        row, column = divmod(int(current), image.shape[1])
        k = len(kernel)
        _frame(top, row, column, 1, 1)
        _frame(middle, stride * row, stride * column, k, k)
        right.add_patch(
            Rectangle((current - 0.5, -0.5), 1, len(matrix), fill=False, **_FRAME, clip_on=False)
        )
        where = (
            f"stamp {current + 1} of {total}: input pixel ({row}, {column}), value "
            f"{_number(image[row, column])}, on rows {stride * row} to {stride * row + k - 1} and "
            f"columns {stride * column} to {stride * column + k - 1}"
        )
    kept = [side - 2 * padding for side in canvas.shape]
    figure.alt = (
        f"Transposed convolution of a {image.shape[0]}×{image.shape[1]} input with a "
        f"{len(kernel)}×{len(kernel)} kernel, stride {stride}: {where}. The canvas has "
        f"{canvas.shape[0]}×{canvas.shape[1]} pixels, of which {kept[0]}×{kept[1]} are kept. "
        f"The matrix has {matrix.shape[0]} rows and {matrix.shape[1]} columns."
    )
    return figure


def plot_grids(grids, height=2.4):
    """Draw several grids of numbers beside one another; a colour means the same number in all.

    Args:
        grids: A dict from titles to arrays (height, width).
        height: Of the figure, in inches.

    Returns:
        A Figure.

    Raises:
        ValueError: If there is no grid.

    Introduced in lesson 07.
    """
    check_filled("grids", grids, remedy="Give an array with its title.")
    figure, panels = new_figure(1, len(grids), height=height)
    highest = max(float(np.abs(grid).max()) for grid in grids.values())
    told = []
    for axes, (title, grid) in zip(np.atleast_1d(panels), grids.items(), strict=True):
        _squares(axes, np.asarray(grid), highest, title)
        told.append(f"{' '.join(title.split())}, {grid.shape[0]}×{grid.shape[1]}")
    figure.alt = f"Grids of numbers: {'; '.join(told)}."
    return figure


def plot_checkers(images):
    """Draw what different ways of enlarging make of a flat input, with two rows as curves.

    Two rows that are neighbours hold all four places of a 2×2 tile.

    Args:
        images: A dict from names to arrays (height, width), at least two rows each.

    Returns:
        A Figure: pictures above, and below them the middle row and the next one as curves with the
        same limits.

    Raises:
        ValueError: If there is no image.

    Introduced in lesson 07.
    """
    check_filled("images", images, remedy="Give an array with its name.")
    count = len(images)
    width = 1.0 / count
    places = [(i * width + 0.035, 0.44, width - 0.05, 0.46) for i in range(count)]
    places += [(i * width + 0.06, 0.13, width - 0.09, 0.25) for i in range(count)]
    figure, axes = swift_figure(places, height=3.9, width=min(8.0, 1.4 + 2.7 * count))
    values = np.concatenate([np.ravel(image) for image in images.values()])
    low, high = float(values.min()), float(values.max())
    slack = 0.06 * (high - low) or 0.5
    told = []
    for picture, curve, (name, image) in zip(
        axes[:count], axes[count:], images.items(), strict=True
    ):
        picture.imshow(image, cmap="gray", vmin=low - slack, vmax=high + slack)
        picture.set_axis_off()
        picture.set_title(name, fontsize=10)
        middle = len(image) // 2
        for row, (colour, look) in zip(image[middle : middle + 2], CURVES, strict=True):
            curve.plot(np.arange(len(row)), row, look, color=COLOURS[colour], lw=1, ms=4)
        curve.set_ylim(low - slack, high + slack)
        curve.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        name_axes(curve, "", "● middle row, ■ the next")
        pair = image[middle : middle + 2]
        told.append(f"{name}: the two rows run from {number(pair.min())} to {number(pair.max())}")
    figure.alt = f"What each way of enlarging makes of the input. {'; '.join(told)}."
    return figure


_FRAME = {"edgecolor": COLOURS["green"], "linewidth": 2.6, "zorder": 4}


def _squares(axes, grid, highest, title, numbers=True):
    """Draw a grid as coloured squares, with its numbers where they are few."""
    height, width = grid.shape
    drawn = axes.imshow(grid, cmap=SIGNED, **_limits(highest))
    lines = [[(x - 0.5, -0.5), (x - 0.5, height - 0.5)] for x in range(width + 1)]
    lines += [[(-0.5, y - 0.5), (width - 0.5, y - 0.5)] for y in range(height + 1)]
    axes.add_collection(LineCollection(lines, colors="0.75", linewidths=0.6, clip_on=False))
    axes.set_axis_off()
    axes.set_title(title, fontsize=10)
    if numbers and grid.size <= MOST_NUMBERS:
        size = 9 if max(grid.shape) <= 8 else 7
        for (i, j), value in np.ndenumerate(grid):
            if round(float(value), 6):
                axes.text(
                    j,
                    i,
                    _number(value),
                    ha="center",
                    va="center",
                    fontsize=size,
                    color=ink_on(drawn.to_rgba(value)),
                )


def _cross_out(axes, shape, padding):
    """Mark the rim that is cut off, and frame what stays."""
    if not padding:
        return
    height, width = shape
    lines = [
        [(j - 0.5, i + 0.5), (j + 0.5, i - 0.5)]
        for i, j in np.ndindex(height, width)
        if min(i, j, height - 1 - i, width - 1 - j) < padding
    ]
    axes.add_collection(LineCollection(lines, colors="0.4", linewidths=0.8))
    axes.add_patch(
        Rectangle(
            (padding - 0.5, padding - 0.5),
            width - 2 * padding,
            height - 2 * padding,
            fill=False,
            edgecolor="black",
            linewidth=1.6,
        )
    )


def _frame(axes, row, column, height, width):
    axes.add_patch(
        Rectangle((column - 0.5, row - 0.5), width, height, fill=False, **_FRAME, clip_on=False)
    )


def _limits(highest):
    highest = float(highest) or 1.0
    return {"vmin": -highest, "vmax": highest}


def _number(value):
    value = round(float(value), 6)
    return number(value, ".0f" if value.is_integer() else ".2g")
