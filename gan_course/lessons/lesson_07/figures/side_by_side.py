"""Several grids of images beside one another, each with its heading."""

import numpy as np

from gan_course.plots.pictures import tile
from gan_course.plots.style import WIDTH, new_figure


def plot_side_by_side(grids, columns=8, name="generated digits", columns_of_panels=None):
    """Draw grids of images next to each other, all on the same grey scale from black to white.

    Args:
        grids: A dict from headings to (images, value_range): images (n, height, width, 1) or
            (n, height, width).
        columns: How many images stand in a row of each grid.
        name: What the images are, for the alternative text.
        columns_of_panels: How many grids stand in a row; all of them unless given.

    Returns:
        A Figure.

    Raises:
        ValueError: If there is no grid, or one cannot be shown (see `tile`).

    Example:
        >>> show(plot_side_by_side({"dense": (dense, (0, 1)), "DCGAN": (dcgan, (-1, 1))}))

    Introduced in lesson 07.
    """
    if not grids:
        raise ValueError("grids is empty; expected at least one heading with (images, range).")
    sheets = {
        heading: tile(images, columns, value_range)
        for heading, (images, value_range) in grids.items()
    }
    across = min(columns_of_panels or len(sheets), len(sheets))
    down = -(-len(sheets) // across)
    tallest = max(sheet.shape[0] / sheet.shape[1] for sheet in sheets.values())
    figure, panels = new_figure(down, across, height=down * (WIDTH / across * tallest + 0.35))
    panels = np.atleast_1d(panels).ravel()
    for axes in panels:
        axes.set_axis_off()
    for axes, (heading, sheet) in zip(panels, sheets.items(), strict=False):
        axes.imshow(sheet, cmap="gray", vmin=0, vmax=255, interpolation="antialiased")
        axes.set_title(heading, fontsize=10)
    told = "; ".join(
        f"{' '.join(heading.split())}, {len(images)} images"
        for heading, (images, _) in grids.items()
    )
    figure.alt = f"Grids of {name}: {told}."
    return figure
