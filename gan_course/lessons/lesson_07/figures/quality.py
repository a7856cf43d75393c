"""The Fréchet distance against the cost of training, for several recipes and seeds."""

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from gan_course.plots.style import COLOURS, new_figure

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
    if not runs or len(runs) > len(LOOKS):
        raise ValueError(f"Received {len(runs)} recipes; expected 1 to {len(LOOKS)}.")
    figure, axes = new_figure(height=3.6)
    told = []
    for (name, rows), (colour, marker, line) in zip(runs.items(), LOOKS, strict=False):
        seeds = list(dict.fromkeys(row["seed"] for row in rows))
        if not seeds:
            raise ValueError(f"{name!r} has no rows; expected one dict a point. Run its script.")
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
