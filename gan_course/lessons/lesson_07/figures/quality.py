"""What training costs and what comes out: distances against CPU seconds, samples side by side."""

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from gan_course.arguments import check_filled
from gan_course.plots.pictures import tile
from gan_course.plots.style import COLOURS, WIDTH, new_figure

LOOKS = (("orange", "s", "--"), ("blue", "o", "-"), ("green", "^", "-."))


def plot_quality_curves(runs, floor=None):
    """Draw how good each recipe's samples are after so many CPU seconds, one line for each seed.

    Args:
        runs: A dict from a recipe's name to its rows, at most three: dicts with `seed`,
            `cpu_seconds` and `fd`, in the order of training; values may be strings. Rows without
            cost are left out: the axes are logarithmic.
        floor: The distance between two sets of real images, to mark with a dotted line; or None.

    Returns:
        A Figure. The last point of each line is ringed.

    Raises:
        ValueError: If there are more recipes than looks, or one has no rows.

    Introduced in lesson 07.
    """
    check_filled("runs", runs, len(LOOKS), "Draw the others in a second figure.")
    figure, axes = new_figure(height=3.6)
    told = []
    for (name, rows), (colour, marker, line) in zip(runs.items(), LOOKS, strict=False):
        seeds = list(dict.fromkeys(row["seed"] for row in rows))
        check_filled(name, rows)
        ends = []
        for number, seed in enumerate(seeds):
            points = [(float(r["cpu_seconds"]), float(r["fd"])) for r in rows if r["seed"] == seed]
            points = np.array([(cost, distance) for cost, distance in points if cost >= 0.1])
            look = {"color": COLOURS[colour], "marker": marker, "ls": line, "ms": 4, "lw": 1.3}
            count = "1 seed" if len(seeds) == 1 else f"{len(seeds)} seeds"
            label = f"{name}, {count}" if number == 0 else None
            axes.plot(*points.T, alpha=0.75, label=label, **look)
            ends.append(points[-1])
        axes.plot(*np.array(ends).T, "o", mfc="none", mec="black", ms=9)
        cost, distance = np.median(ends, axis=0)
        told.append(f"{name} {distance:.3g} after {cost:.3g} CPU seconds")
    if floor is not None:
        axes.axhline(floor, color="black", ls=":", lw=1.3, label="real against real")
    axes.set(xscale="log", yscale="log", xlabel="CPU seconds of training")
    axes.set_ylabel("Fréchet distance (lower is better)")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(subs=(1, 2, 5), numticks=12))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.legend()
    figure.alt = (
        "Fréchet distance against CPU seconds, falling lines, one for each seed. Medians at their "
        f"ends: {'; '.join(told)}."
    )
    return figure


def plot_side_by_side(grids, columns=8):
    """Draw grids of images next to each other, all on the same grey scale from black to white.

    Args:
        grids: A dict from headings to (images, value_range): images (n, height, width, 1) or
            (n, height, width).
        columns: How many images stand in a row of each grid.

    Returns:
        A Figure.

    Raises:
        ValueError: If there is no grid, or one cannot be shown (see `tile`).

    Example:
        >>> show(plot_side_by_side({"dense": (dense, (0, 1)), "DCGAN": (dcgan, (-1, 1))}))

    Introduced in lesson 07.
    """
    check_filled("grids", grids, remedy="Give a heading with (images, range).")
    sheets = {
        heading: tile(images, columns, value_range)
        for heading, (images, value_range) in grids.items()
    }
    tallest = max(sheet.shape[0] / sheet.shape[1] for sheet in sheets.values())
    figure, panels = new_figure(1, len(sheets), height=WIDTH / len(sheets) * tallest + 0.35)
    for axes, (heading, sheet) in zip(np.atleast_1d(panels), sheets.items(), strict=True):
        axes.set_axis_off()
        axes.imshow(sheet, cmap="gray", vmin=0, vmax=255, interpolation="antialiased")
        axes.set_title(heading, fontsize=10)
    told = "; ".join(
        f"{' '.join(heading.split())}, {len(images)} images"
        for heading, (images, _) in grids.items()
    )
    figure.alt = f"Grids of generated digits: {told}."
    return figure
