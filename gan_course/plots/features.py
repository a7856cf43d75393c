"""Figures of what a network has learned to look for: its filters, and what excites its units."""

import numpy as np

from gan_course.arguments import check_array
from gan_course.plots.pictures import tile
from gan_course.plots.style import SIGNED, new_figure, new_picture_figure


def plot_filters(filters, columns=8, title="", name="filters"):
    """Draw weights as small pictures: purple for positive, white for 0, orange for negative.

    Args:
        filters: (n, height, width).
        columns: How many stand in a row.
        title: A heading.
        name: What they are, for the alternative text.

    Returns:
        A Figure.

    Example:
        >>> show(plot_filters(np.moveaxis(kernel[:, :, 0], -1, 0)))

    Introduced in lesson 00.
    """
    remedy = "Move the axis of the units to the front: np.moveaxis(kernel, -1, 0)."
    filters = check_array("filters", filters, ("n", "height", "width"), remedy=remedy)
    largest = np.abs(filters).max((1, 2), keepdims=True)  # each is drawn relative to its own
    scaled = filters / np.maximum(largest, 1e-12)  # -1 to 1
    count, *size = scaled.shape
    larger = max(1, 28 // max(size))  # small filters become big squares, so that gaps stay thin
    scaled = scaled.repeat(larger, axis=1).repeat(larger, axis=2)
    _, height, width = scaled.shape
    rows, gap = -(-count // columns), max(1, max(height, width) // 9)
    sheet = np.full((rows * (height + gap) + gap, columns * (width + gap) + gap), np.nan)
    for index, each in enumerate(scaled):
        row, column = divmod(index, columns)
        top, left = gap + row * (height + gap), gap + column * (width + gap)
        sheet[top : top + height, left : left + width] = each
    across = 0.8 * columns
    figure, axes = new_picture_figure(across, across * sheet.shape[0] / sheet.shape[1] + 0.7)
    shades = SIGNED.with_extremes(bad="#BBBBBB")
    drawn = axes.imshow(sheet, cmap=shades, vmin=-1, vmax=1, interpolation="nearest")
    bar = figure.colorbar(
        drawn, ax=axes, location="bottom", shrink=0.6, aspect=40, ticks=[-1, 0, 1]
    )
    bar.ax.set_xticklabels(["negative", "0", "positive weight"])
    if title:
        axes.set_title(title, fontsize=11)
    figure.alt = f"{count} {name} of {size[0]} by {size[1]} weights, in rows of {columns}."
    return figure


def strongest_patches(images, responses, units, size, stride, before, count=6):
    """Cut out what each unit responds to most: one patch from each of the best images.

    Args:
        images: (n, height, width, 1).
        responses: (n, rows, columns, channels) of a convolutional layer, or (n, channels) of a
            layer that sees the whole image.
        units: Which channels.
        size: Pixels along a side of what one response sees.
        stride: Pixels from one response to the next.
        before: How many pixels the patch begins above and left of `stride` times the position.
        count: Patches for each unit.

    Returns:
        (len(units), count, size, size), the strongest first. Beyond the edge of an image pixels
        repeat the edge's.

    Example:
        >>> patches = strongest_patches(images, conv, [0, 5], size=3, stride=1, before=1)

    Introduced in lesson 00.
    """
    images = np.asarray(images)[..., 0]
    if np.ndim(responses) == 2:
        responses = np.asarray(responses)[:, np.newaxis, np.newaxis]
    padded = np.pad(images, ((0, 0), (size, size), (size, size)), mode="edge")
    found = []
    for unit in units:
        each = responses[..., unit]  # (n, rows, columns)
        flat = each.reshape(len(each), -1)
        for index in np.argsort(-flat.max(axis=1))[:count]:
            row, column = np.unravel_index(flat[index].argmax(), each.shape[1:])
            top, left = (size + stride * place - before for place in (row, column))
            found.append(padded[index, top : top + size, left : left + size])
    return np.reshape(found, (len(units), count, size, size))


def plot_levels(levels):
    """Draw several sets of patches side by side: each row shows what excites one unit most.

    Args:
        levels: Pairs (title, patches), patches in [0, 1] as from `strongest_patches`.

    Returns:
        A Figure with one panel for each level.

    Example:
        >>> show(plot_levels([("edges", small), ("parts", larger), ("wholes", whole)]))

    Introduced in lesson 00.
    """
    shape = levels[0][1].shape  # (units, count, size, size)
    figure, panels = new_figure(1, len(levels), height=8 / len(levels) * shape[0] / shape[1] + 0.4)
    for axes, (title, patches) in zip(np.atleast_1d(panels), levels, strict=True):
        _, count, height, width = patches.shape
        scale = max(1, 56 // height)
        large = patches.repeat(scale, axis=2).repeat(scale, axis=3)
        large = large.reshape(-1, height * scale, width * scale)
        large = np.pad(large, ((0, 0), (1, 1), (1, 1)), constant_values=0.5)  # white has an edge
        axes.imshow(tile(large, count, (0, 1), gap=6), cmap="gray", vmin=0, vmax=255)
        axes.set_axis_off()
        axes.set_title(title, fontsize=10)
    shown = "; ".join(
        f"{title.splitlines()[0]}: {len(patches)} units with {patches.shape[1]} patches of "
        f"{patches.shape[2]} by {patches.shape[3]} pixels"
        for title, patches in levels
    )
    figure.alt = f"What excites units most, one row a unit. {shown}."
    return figure
