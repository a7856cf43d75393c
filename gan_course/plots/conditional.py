"""Figures of conditional networks: label maps, a matrix of digits and styles, pushes, blends."""

import numpy as np

from gan_course.arguments import check_shape
from gan_course.plots.pictures import tile, to_uint8
from gan_course.plots.style import COMPARED, SIGNED, new_figure
from gan_course.plots.swift import name_axes, swift_figure
from gan_course.tables import number

GAP = 2  # pixels between images
RANGE = (-1, 1)  # black and white of what conditional generators make


def plot_digit_matrix(images, columns, rows=None, head="asked for", side=None):
    """Draw a matrix of images with a word above each column and one beside each row.

    Args:
        images: (rows, columns, height, width, 1) in [-1, 1].
        columns: A text or number for each column; None for none.
        rows: A text for each row; None for none.
        head: What the columns are, written above their words.
        side: What the rows are, for the alternative text; "latent vectors" unless given.

    Returns:
        A Figure, drawn for `swift_html` or `show`.

    Raises:
        ValueError: If the words do not fit the images.

    Introduced in lesson 07.
    """
    images = np.asarray(images)
    for name, words, count in zip(("rows", "columns"), (rows, columns), images.shape, strict=False):
        if words is not None:
            check_shape(name, list(words), (count,), "Give one for each.")
    count, across = images.shape[:2]
    sheet = tile(images.reshape(-1, *images.shape[2:]), across, RANGE, GAP)
    left = 0.12 if rows is None else 1.15
    width = min(8.0, left + 0.62 * across + 0.1)
    tall = (width - left - 0.05) * sheet.shape[0] / sheet.shape[1]
    height = tall + (0.28 if columns is None else 0.5)
    place = (left / width, 0.03 / height, (width - left - 0.05) / width, tall / height)
    figure, (axes,) = swift_figure([place], height, width)
    _draw_sheet(axes, sheet)
    cell_height, cell_width = (sheet.shape[0] - GAP) / count, (sheet.shape[1] - GAP) / across
    for index, word in enumerate(columns or ()):
        x = GAP / 2 + (index + 0.5) * cell_width
        axes.text(x, -2, str(word), ha="center", va="bottom", fontsize=10)
    for index, word in enumerate(rows or ()):
        y = GAP / 2 + (index + 0.5) * cell_height
        axes.text(-4, y, str(word), ha="right", va="center", fontsize=9)
    figure.text((left + 0.02) / width, 1 - 0.04 / height, head, va="top", fontsize=9, color="0.35")
    named = "" if columns is None else f": {', '.join(str(word) for word in columns)}"
    figure.alt = (
        f"{count} rows of {across} generated images. Columns, {head}{named}. "
        f"Rows: {side or 'latent vectors, the same in every column'}."
    )
    return figure


def plot_label_maps(image, maps, label):
    """Draw what a conditional discriminator looks at: an image and the maps of its label.

    Args:
        image: (height, width, 1) in [-1, 1].
        maps: (height, width, num_classes), numbers in [0, 1].
        label: The image's label, for the titles.

    Returns:
        A Figure.
    """
    maps = np.asarray(maps)
    count = maps.shape[-1]
    figure, all_axes = new_figure(1, count + 1, height=1.15)
    pictures = [to_uint8(np.asarray(image)[np.newaxis], RANGE)[0] / 255.0]
    pictures += [maps[..., number] for number in range(count)]
    titles = [f"label {label}", *(f"map {number}" for number in range(count))]
    for axes, picture, title in zip(all_axes, pictures, titles, strict=True):
        axes.imshow(picture, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
        axes.set(xticks=[], yticks=[])
        axes.set_title(title, fontsize=8)
        axes.grid(False)
        axes.spines[:].set_visible(True)
    white = [str(number) for number in range(count) if maps[..., number].min() == 1]
    black = [str(number) for number in range(count) if maps[..., number].max() == 0]
    mixed = count - len(white) - len(black)
    figure.alt = (
        f"An image with label {label} beside its {count} maps. White all over: "
        f"{', '.join(white) or 'none'}. Black all over: {', '.join(black) or 'none'}."
        + (f" {mixed} hold black and white pixels." if mixed else "")
    )
    return figure


def plot_pushes(image, pushes, titles):
    """Draw an image, and where the generator's loss pushes its pixels under several labels.

    Args:
        image: (height, width, 1) in [-1, 1].
        pushes: (n, height, width, 1), minus the gradients of the loss with respect to the image.
        titles: A text for each push.

    Returns:
        A Figure: purple pixels are pushed brighter, orange ones darker; one scale for all.

    Raises:
        ValueError: If there is not one title for each push.
    """
    pushes = np.asarray(pushes)[..., 0]
    check_shape("titles", titles, (len(pushes),), "Give one for each push.")
    figure, all_axes = new_figure(1, len(pushes) + 1, height=1.9)
    grey = to_uint8(np.asarray(image)[np.newaxis], RANGE)[0]
    all_axes[0].imshow(grey, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
    all_axes[0].set_title("the fake", fontsize=10)
    most = float(np.abs(pushes).max()) or 1.0
    for axes, push, title in zip(all_axes[1:], pushes, titles, strict=True):
        axes.imshow(push, cmap=SIGNED, vmin=-most, vmax=most, interpolation="nearest")
        axes.contour(grey, levels=[128], colors="0.35", linewidths=0.8)
        axes.set_title(title, fontsize=10)
    for axes in all_axes:
        axes.set(xticks=[], yticks=[])
        axes.grid(False)
    figure.alt = (
        f"A fake, and the pushes on its pixels under {len(pushes)} labels: {', '.join(titles)}. "
        "Purple: brighter; orange: darker."
    )
    return figure


def plot_blend(images, shares, readings, names):
    """Draw images between two labels, and below them how the classifier reads them.

    Args:
        images: (styles, shares, height, width, 1) in [-1, 1].
        shares: The share of the second label in each column, rising from 0 to 1.
        readings: A dict from a name to the share of samples so read in each column.
        names: The two labels.

    Returns:
        A Figure, drawn for `swift_html` or `show`.
    """
    images, shares = np.asarray(images), np.asarray(shares, float)
    count, across = images.shape[:2]
    sheet = tile(images.reshape(-1, *images.shape[2:]), across, RANGE, GAP)
    left, width = 0.75, 7.4
    tall = (width - left - 0.1) * sheet.shape[0] / sheet.shape[1]
    height = tall + 2.15
    span = (width - left - 0.1) / width
    places = [
        (left / width, 1.9 / height, span, tall / height),
        (left / width, 0.55 / height, span, 1.05 / height),
    ]
    figure, (top, bottom) = swift_figure(places, height, width)
    _draw_sheet(top, sheet)
    top.set_title(f"from {names[0]} to {names[1]}, each row one latent vector", fontsize=10, y=1.0)
    for (name, values), look in zip(readings.items(), COMPARED, strict=False):
        colour, marker, line = look
        bottom.plot(
            shares, values, ls=line, marker=marker, ms=4, color=colour, label=f"read as {name}"
        )
    half = 0.5 / across  # so that a point stands below its column
    step = 1.0 / max(1, across - 1)
    bottom.set(xlim=(-half / (1 - 2 * half), 1 + half / (1 - 2 * half)), ylim=(-0.05, 1.05))
    bottom.set_xticks(shares[:: max(1, round(0.25 / step))])
    bottom.legend(fontsize=9, loc="lower right", bbox_to_anchor=(1, 0.97), ncols=3, frameon=False)
    name_axes(bottom, "", f"share of the label {names[1]}", f"share of {count} images", left=0.5)
    figure.alt = (
        f"{count} rows of {across} images between the labels {names[0]} and {names[1]}; how many "
        f"of the {count} in a column are read as each. "
        + ". ".join(
            f"{name}: {number(values[0], '.0%')} to {number(values[-1], '.0%')}"
            for name, values in readings.items()
        )
        + "."
    )
    return figure


def _draw_sheet(axes, sheet):
    height, width = sheet.shape
    extent = (0, width, height, 0)
    axes.imshow(sheet, cmap="gray", vmin=0, vmax=255, interpolation="nearest", extent=extent)
    axes.set_axis_off()
