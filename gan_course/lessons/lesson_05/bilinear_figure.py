"""Two players on x·y: their path in the plane, and how far they are from the equilibrium."""

import numpy as np

from gan_course.plots.style import COLOURS
from gan_course.plots.swift import name_axes, swift_figure, swift_log
from gan_course.tables import number

PLACES = ((0.08, 0.14, 0.4, 0.75), (0.58, 0.14, 0.405, 0.75))
LOOKS = {
    "flow": (COLOURS["black"], "-", ""),
    "simultaneous": (COLOURS["vermilion"], "--", "X"),
    "alternating": (COLOURS["blue"], "none", "o"),  # dots alone, so that the flow below shows
}


def plot_bilinear(paths, limit=3.0):
    """Draw paths of the players of x·y, and their distance from (0, 0) at every step.

    Args:
        paths: A dict from `"flow"`, `"simultaneous"` or `"alternating"` to paths (steps + 1, 2),
            all from the same start; one step of the flow takes the time of one learning rate.
        limit: The plane is drawn from −limit to limit; a path may leave it.

    Returns:
        A Figure with two axes: the plane and the distances.

    Example:
        >>> figure = plot_bilinear({"alternating": alternating_steps((1.0, 0.0), 0.2, 100)})

    Introduced in lesson 05.
    """
    figure, (plane, right) = swift_figure(PLACES, height=4.0)
    told = []
    for name, path in paths.items():
        colour, line, marker = LOOKS[name]
        shown = path[: _first_outside(path, 10 * limit) + 1]
        few = {"markevery": max(1, len(shown) // 50), "ms": 4}
        look = {"zorder": 4 if name == "flow" else 3}  # a circle through the others' dots
        look |= {"color": colour, "ls": line, "lw": 1.5, "marker": marker, "label": name, **few}
        plane.plot(*shown.T, **look)
        distances = np.hypot(*path.T)
        right.plot(np.arange(len(path)), distances, **look)
        told.append(f"{name} from {distances[0]:.3g} to {distances[-1]:.3g}")
    start = next(iter(paths.values()))[0]
    plane.plot(*start, "k*", ms=12)
    plane.plot(0, 0, "+", color="black", ms=12, mew=2)
    plane.set(xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal")
    name_axes(plane, "★ start, + equilibrium", "x: wants x·y small", None)
    plane.set_ylabel("y: wants x·y large")
    plane.yaxis.set_label_coords(-0.13, 0.5)
    lows, highs = zip(*((d.min(), d.max()) for d in map(_distances, paths.values())), strict=True)
    if max(highs) > 20 * max(min(lows), 1e-9):
        swift_log(right.yaxis)
    else:
        right.set_ylim(0, 1.15 * max(*highs, 0.1))
    right.legend(loc="upper left", frameon=False, fontsize=9)
    name_axes(right, "Distance from the equilibrium", "step", "√(x² + y²)", left=0.5)
    figure.alt = (
        f"Left: {' and '.join(paths)} on x·y from the start "
        f"({number(start[0], 'g')}, {number(start[1], 'g')}). Right: the distance from "
        f"the equilibrium, {'; '.join(told)} after {len(path) - 1} steps."
    )
    return figure


def _distances(path):
    return np.hypot(*path.T)


def _first_outside(path, limit):
    """Return the index of the first point beyond the limit, or of the last point."""
    outside = np.flatnonzero(_distances(path) > limit)
    return int(outside[0]) if len(outside) else len(path) - 1
