"""Figures of images: a grid, a strip through time, samples beside their nearest neighbours."""

import numpy as np

from gan_course.plots.pictures import check_frames, tile, to_uint8
from gan_course.plots.style import WIDTH, new_picture_figure

GAP = 2  # pixels between images
HEADER = 11  # pixels above an image that has a title


def plot_sample_grid(images, value_range, columns=8, titles=None, name="digits"):
    """Draw images in rows and columns.

    The whole grid is one picture, so it is drawn in tens of milliseconds.

    Args:
        images: Grey or colour images, as in `gan_course.plots.pictures.to_uint8`.
        value_range: The values of black and white, such as (-1, 1).
        columns: How many images stand in a row.
        titles: None; or a text for every image; or as many texts as columns, to head the columns.
        name: What the images are, for the alternative text: "real digits", "generated digits".

    Returns:
        A Figure; `figure.alt` says how many images it shows and in what order.

    Raises:
        ValueError: If the images cannot be shown (see `tile`) or the titles do not fit.

    Example:
        >>> show(plot_sample_grid(digits.images[:64], digits.value_range, name="real digits"))

    Introduced in lesson 00.
    """
    count = len(np.asarray(images))
    columns = min(columns, count) or columns
    titles = None if titles is None else [str(title) for title in titles]
    if titles is not None and len(titles) not in (count, columns):
        raise ValueError(
            f"titles holds {len(titles)} texts; expected {count}, one for each image, or "
            f"{columns}, one for each column."
        )
    every = titles is not None and len(titles) == count
    sheet = tile(images, columns, value_range, GAP, HEADER if every else 0)
    height, width = sheet.shape[:2]
    figure, axes = _draw_sheet(sheet, min(WIDTH, 0.72 * columns))
    cell_width, cell_height = (width - GAP) / columns, (height - GAP) / -(-count // columns)
    for index, title in enumerate(titles or []):
        row, column = divmod(index, columns)
        x = GAP + column * cell_width + (cell_width - GAP) / 2
        y = row * cell_height + (HEADER if every else 0)
        axes.text(x, y, title, ha="center", va="bottom", fontsize=10)
    figure.alt = f"Grid of {_count(count, name)}, {_shape(count, columns)}"
    if every:
        figure.alt += f", titled {', '.join(titles)}"
    elif titles is not None:
        figure.alt += f". The columns are headed {', '.join(titles)}"
    figure.alt += "."
    return figure


def plot_strip(frames, steps, value_range=(0, 1), columns=10, name="generated digits"):
    """Draw what the generator made of the same noise as time went on: one row for each moment.

    Args:
        frames: A list, oldest first; each frame holds images as in `plot_sample_grid`, made from
            the same latent vectors.
        steps: The training step of each frame, a list of the same length.
        value_range: The values of black and white.
        columns: How many images of each frame are shown, the first ones.
        name: What the images are, for the alternative text.

    Returns:
        A Figure with the steps on its vertical axis.

    Raises:
        ValueError: If there are no frames, or not one step for each frame.

    Example:
        >>> show(plot_strip(recorder.frames, recorder.steps))

    Introduced in lesson 06.
    """
    frames, steps = list(frames), list(steps)
    check_frames(frames, steps)
    shown = min(columns, *(len(frame) for frame in frames))
    sheet = tile(
        np.concatenate([to_uint8(frame[:shown], value_range) for frame in frames]), shown, gap=GAP
    )
    figure, axes = _draw_sheet(sheet, min(WIDTH, 0.72 * shown + 1.0), beside=1.0)
    row = (sheet.shape[0] - GAP) / len(frames)
    axes.set_axis_on()
    axes.spines[:].set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([GAP / 2 + row * (i + 0.5) for i in range(len(frames))])
    axes.set_yticklabels([f"{step:,}" for step in steps])
    axes.tick_params(length=0)
    axes.set_ylabel("training step")
    figure.alt = (
        f"Strip of {name}: {len(frames)} rows of {shown} from step {steps[0]:,} to step "
        f"{steps[-1]:,}. Each column is drawn from the same noise."
    )
    return figure


def plot_neighbours(samples, neighbours, distances, value_range=(0, 1)):
    """Draw each sample beside the training images that are nearest to it.

    Args:
        samples: (n, height, width, channels) in `value_range`, grey or colour.
        neighbours: (n, k, height, width, channels) in `value_range`: the nearest first.
        distances: (n, k), the distance of each neighbour, in the units it was measured in.
        value_range: The values of black and white, of both.

    Returns:
        A Figure: one row for each sample, the distance above each neighbour.

    Raises:
        ValueError: If the shapes do not fit together.

    Example:
        >>> indices, distances = nearest_training_images(samples, digits.images, k=5)
        >>> show(plot_neighbours(samples, digits.images[indices], distances))

    Introduced in lesson 06.
    """
    samples, neighbours = np.asarray(samples), np.asarray(neighbours)
    distances = np.asarray(distances, dtype=float)
    count = len(samples)
    if distances.ndim != 2 or len(distances) != count or neighbours.shape[:2] != distances.shape:
        raise ValueError(
            f"samples has shape {samples.shape}, neighbours {neighbours.shape} and distances "
            f"{distances.shape}; expected (n, ...), (n, k, ...) and (n, k). "
            "training_images[indices] gives the neighbours."
        )
    k = distances.shape[1]
    flat = to_uint8(neighbours.reshape(count * k, *neighbours.shape[2:]), value_range)
    size = flat.shape[1:]
    rows = np.concatenate(
        [to_uint8(samples, value_range)[:, np.newaxis], flat.reshape(count, k, *size)], axis=1
    )
    sheet = tile(rows.reshape(-1, *size), columns=k + 1, gap=GAP, header=HEADER)
    away = size[1] // 2  # white pixels between the samples and their neighbours
    split = GAP + size[1] + GAP
    space = np.full((len(sheet), away, *sheet.shape[2:]), 255, np.uint8)
    sheet = np.concatenate([sheet[:, :split], space, sheet[:, split:]], axis=1)
    figure, axes = _draw_sheet(sheet, min(WIDTH, 0.8 * (k + 1.5)))
    for row in range(count):
        y = HEADER + row * (size[0] + GAP + HEADER)
        for column in range(k):
            x = split + away + column * (size[1] + GAP) + size[1] / 2
            text = f"{distances[row, column]:.3g}"
            axes.text(x, y, text, ha="center", va="bottom", fontsize=9)
    axes.text(GAP + size[1] / 2, -2, "sample", ha="center", va="bottom", fontsize=10)
    middle = split + away + k * (size[1] + GAP) / 2
    axes.text(
        middle, -2, "nearest training images, with distance", ha="center", va="bottom", fontsize=10
    )
    nearest = distances[:, 0]
    figure.alt = (
        f"{_count(count, 'generated images').capitalize()}, each beside its {k} nearest training "
        "images. The "
        f"distance to the nearest one runs from {nearest.min():.3g} to {nearest.max():.3g}, with "
        f"median {np.median(nearest):.3g}."
    )
    return figure


def _draw_sheet(sheet, width, beside=0.0):
    """Draw a sheet of pixels as one image in a figure `width` inches wide, less `beside` inches."""
    figure, axes = new_picture_figure(width, (width - beside) * sheet.shape[0] / sheet.shape[1])
    height, across = sheet.shape[:2]
    axes.imshow(
        sheet,
        cmap="gray",
        vmin=0,
        vmax=255,
        interpolation="nearest",
        extent=(0, across, height, 0),
    )
    return figure, axes


def _count(count, name):
    return f"{count} {name}" if count != 1 else f"one image ({name})"


def _shape(count, columns):
    rows = -(-count // columns)
    return f"in {rows} row{'s' * (rows > 1)} of {columns}"
