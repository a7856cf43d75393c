"""Figures of latent spaces: the plane through three vectors, and arithmetic with concepts."""

import numpy as np

from gan_course.arguments import check_shape
from gan_course.plots.pictures import tile
from gan_course.plots.style import COLOURS
from gan_course.plots.swift import swift_figure
from gan_course.tables import number

GAP = 2  # pixels between images
RANGE = (-1, 1)  # black and white of the generators of this lesson
CORNERS = (("first", (0, 0), "blue"), ("second", (1, 0), "orange"), ("third", (0, 1), "green"))


def plot_latent_plane(images, across, down):
    """Draw the images of a plane through three latent vectors, with those three framed.

    Args:
        images: (rows, columns, height, width, 1) in [-1, 1], as from `plane_through`.
        across: The value s of each column.
        down: The value t of each row.

    Returns:
        A Figure, drawn for `swift_html` or `show`: the first vector at s = 0, t = 0, the second at
        s = 1, t = 0, the third at s = 0, t = 1.

    Raises:
        ValueError: If there is not one value for each row and column.

    Introduced in lesson 07.
    """
    images, shape = np.asarray(images), (len(down), len(across), "height", "width", 1)
    check_shape("images", images, shape, "Reshape what generate returns.")
    sheet = tile(images.reshape(-1, *images.shape[2:]), len(across), RANGE, GAP)
    figure, axes, cells = _sheet_figure(sheet, images.shape[:2], 6.2, 0.65, 0.65, 0.05)
    framed = []
    for name, (s, t), colour in CORNERS:
        column, row = np.abs(np.subtract(across, s)), np.abs(np.subtract(down, t))
        if column.min() > 1e-9 or row.min() > 1e-9:
            continue
        framed.append(f"{name} at column {column.argmin() + 1}, row {row.argmin() + 1}")
        x, y = cells(row.argmin(), column.argmin())
        side = images.shape[2]
        axes.plot(
            np.array([0, side, side, 0, 0]) + x,
            np.array([0, 0, side, side, 0]) + y,
            color=COLOURS[colour],
            lw=3,
        )
    middle = images.shape[2] / 2
    axes.set_xticks([cells(0, i)[0] + middle for i in range(len(across))])
    axes.set_xticklabels([number(value, "g") for value in np.round(across, 2)], fontsize=8)
    axes.set_yticks([cells(i, 0)[1] + middle for i in range(len(down))])
    axes.set_yticklabels([number(value, "g") for value in np.round(down, 2)], fontsize=8)
    axes.tick_params(length=0)
    axes.xaxis.tick_top()
    axes.set_xlabel("s: from the first (blue) towards the second (orange)")
    axes.xaxis.set_label_position("top")
    axes.set_ylabel("t: towards the third (green)")
    figure.alt = (
        f"{len(down)} rows of {len(across)} generated images, from the plane through three latent "
        f"vectors. Framed: {'; '.join(framed) or 'none of the three, which lie outside'}."
    )
    return figure


def plot_arithmetic(concepts, result, others=None):
    """Draw concepts as rows of exemplars with the image of their mean, and what comes out.

    Args:
        concepts: A dict from three names to (exemplars (n, height, width, 1), the mean's image
            (height, width, 1)).
        result: The image of the combined vector, (height, width, 1).
        others: Further results, from other exemplars, (m, height, width, 1), or None.

    Returns:
        A Figure, drawn for `swift_html` or `show`.

    Introduced in lesson 07.
    """
    shape = np.shape(result)
    shown = max(len(exemplars) for exemplars, _ in concepts.values())
    others = np.empty((0, *shape)) if others is None else np.asarray(others)
    across = max(shown + 2, 2 + len(others))
    white = np.full((len(concepts) + 1, across, *shape), RANGE[1], np.float32)
    for row, (exemplars, mean) in enumerate(concepts.values()):
        white[row, 0], white[row, 2 : 2 + len(exemplars)] = mean, exemplars
    white[-1, 0], white[-1, 2 : 2 + len(others)] = result, others
    sheet = tile(white.reshape(-1, *shape), across, RANGE, GAP)
    width = min(8.0, 1.75 + 0.62 * across)
    figure, axes, cells = _sheet_figure(sheet, white.shape[:2], width, 1.7, 0.3, 0.05)
    names = [
        f"{sign} {name}".strip() for sign, name in zip(("", "−", "+"), concepts, strict=True)
    ] + ["= result"]
    for row, name in enumerate(names):
        _, y = cells(row, 0)
        axes.text(-4, y + shape[0] / 2, name, ha="right", va="center", fontsize=10)
    _, y = cells(len(concepts), 0)
    axes.axhline(y - GAP / 2, color="black", lw=1)
    x, _ = cells(0, 0)
    axes.text(x + shape[1] / 2, -3, "mean", ha="center", va="bottom", fontsize=9)
    x, _ = cells(0, 2)
    label = "exemplars; below: other draws" if len(others) else "exemplars"
    axes.text(x, -3, label, ha="left", va="bottom", fontsize=9)
    axes.set_axis_off()
    figure.alt = (
        f"Vector arithmetic with means of exemplars: {', '.join(names[:-1])}; below, the result"
        + (f" and {len(others)} results from other exemplars." if len(others) else ".")
    )
    return figure


def _sheet_figure(sheet, grid, width, left, top, right):
    """Return a figure with a sheet of images, and where an image of the sheet begins."""
    across = width - left - right
    height = across * sheet.shape[0] / sheet.shape[1] + top + 0.05
    place = (left / width, 0.05 / height, across / width, (height - top - 0.05) / height)
    figure, (axes,) = swift_figure([place], height, width)
    axes.imshow(sheet, cmap="gray", vmin=0, vmax=255, interpolation="antialiased")
    axes.grid(False)
    axes.spines[:].set_visible(False)
    tall, wide = ((size - GAP) / count for size, count in zip(sheet.shape, grid, strict=True))
    return figure, axes, lambda row, column: (GAP + column * wide - 0.5, GAP + row * tall - 0.5)
