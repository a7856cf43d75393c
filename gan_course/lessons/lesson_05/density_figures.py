"""Two densities, the discriminator between them, and the divergences as one of them moves."""

import math

import numpy as np

from gan_course.plots.style import COLOURS
from gan_course.plots.swift import name_axes, swift_figure
from gan_course.tables import number

STACKED = ((0.105, 0.53, 0.87, 0.39), (0.105, 0.12, 0.87, 0.33))
BESIDE = ((0.075, 0.575, 0.52, 0.4), (0.075, 0.205, 0.52, 0.29), (0.675, 0.205, 0.31, 0.77))
LOG_2 = math.log(2)
DIVERGENCES = {  # name: colour, line, marker
    "KL(p_data‖p_g)": (COLOURS["purple"], "--", "s"),
    "reverse KL(p_g‖p_data)": (COLOURS["orange"], "-.", "^"),
    "JSD": (COLOURS["black"], "-", "o"),
}
TOP = 3.0  # where the axis of the divergences ends
LEGEND = {"frameon": False, "fontsize": 9}


def plot_game(x, p_data, p_g, verdicts, *, title="", fake=None):
    """Draw p_data and p_g above, and one or more discriminators below, on the same line.

    Args:
        x: Points on a line, (n,).
        p_data: The data's density there, (n,).
        p_g: The generator's density there, (n,).
        verdicts: A dict from names to D(x), each (n,) in [0, 1]; at most three. The first is drawn
            green and solid, the others dashed and dotted.
        title: Above the picture.
        fake: A few fakes to mark below the densities, (m,), or None.

    Returns:
        A Figure with two axes: densities and verdicts.

    Example:
        >>> figure = plot_game(x, p_data, p_g, {"D*": optimal_discriminator(p_data, p_g)})

    Introduced in lesson 05.
    """
    figure, (above, below) = swift_figure(STACKED, height=4.0, width=7.0)
    draw_densities(above, x, p_data, p_g)
    base = -0.06 * above.get_ylim()[1]
    if fake is not None:
        heights = np.full(len(fake), 2.1 * base)
        above.plot(fake, heights, "|", color=COLOURS["fake"], ms=7, alpha=0.6)
        above.set_ylim(bottom=2.9 * base)
    name_axes(above, title, "", "density", left=0.5)
    draw_verdicts(below, x, verdicts, np.add(p_data, p_g))
    first = next(iter(verdicts))
    name_axes(below, "", "x", "D(x)" if len(verdicts) > 1 else f"{first}(x)", left=0.5)
    told = [
        f"{name} between {np.min(values):.2g} and {np.max(values):.2g}, nearest to one half at x = "
        + number(x[np.argmin(np.abs(np.asarray(values) - 0.5))], ".2g")
        for name, values in verdicts.items()
    ]
    peaks = [number(x[np.argmax(density)], ".2g") for density in (p_data, p_g)]
    figure.alt = (
        f"Above, p_data peaks at x = {peaks[0]} and p_g at {peaks[1]}. Below, {'; '.join(told)}."
    )
    return figure


def plot_divergences(x, densities, lower, moved, curves, here, *, limits):
    """Draw two densities, a curve below them, and the divergences as the generator moves.

    Args:
        x: Points on a line, (n,).
        densities: p_data and p_g there, two arrays (n,).
        lower: What stands below the densities: a dict from one name to values (n,). Values in
            [0, 1] under the name `"D*"` are drawn as verdicts, others as what a divergence adds up.
        moved: Positions of the generator, (m,).
        curves: A dict from the names of `DIVERGENCES` to values (m,).
        here: The present position, and a dict with the present values.
        limits: The smallest and the largest x shown.

    Returns:
        A Figure with three axes: densities, lower curve, divergences.

    Introduced in lesson 05.
    """
    position, values = here
    figure, (above, below, right) = swift_figure(BESIDE, height=4.4)
    draw_densities(above, x, *densities)
    name_axes(above, "", "", "density", left=0.45)
    ((name, curve),) = lower.items()
    if name == "D*":
        draw_verdicts(below, x, lower, np.add(*densities))
    else:
        below.fill_between(x, curve, 0, where=curve >= 0, color=COLOURS["sky"], alpha=0.6, lw=0)
        below.fill_between(x, curve, 0, where=curve < 0, color=COLOURS["orange"], alpha=0.6, lw=0)
        below.plot(x, curve, color="black", lw=1.2)
        below.axhline(0, color="black", lw=0.8)
    name_axes(below, "", "x", name, left=0.45)
    for axes in (above, below):
        axes.set_xlim(limits)
    told = []
    for rank, (each, (colour, line, marker)) in enumerate(DIVERGENCES.items()):
        right.plot(moved, curves[each], line, color=colour, lw=2.0, label=each)
        value = values[each]
        height = min(value, (0.98 - 0.05 * rank) * TOP)  # those above the picture side by side
        look = {"color": colour, "ms": 9, "mec": "black", "clip_on": False}
        right.plot([position], [height], marker, **look)
        told.append(f"{each} {value:.3g}" + (" (above the picture)" if value > TOP else ""))
    right.axhline(LOG_2, color="black", lw=1.0, ls=":")
    right.text(moved[0], LOG_2 + 0.03, "log 2", fontsize=9)
    right.axvline(position, color="black", lw=0.8, ls=":")
    right.set(xlim=(moved[0], moved[-1]), ylim=(-0.05, TOP))
    figure.legend(*right.get_legend_handles_labels(), loc="lower center", ncols=3, **LEGEND)
    name_axes(right, "", "middle of p_g", "nats", left=0.4)
    figure.alt = (
        f"p_data and p_g on a line; p_g stands at {number(position, '.2g')}. Below them: {name}. "
        f"Right: the divergences as p_g moves, in nats. Here {', '.join(told)}. "
        "The JSD never passes log 2."
    )
    return figure


def plot_pointwise(pairs):
    """Draw a·log y + b·log(1 − y) for some pairs (a, b), and mark each maximum a / (a + b).

    Args:
        pairs: At most four pairs of positive numbers: the two densities at one point.

    Returns:
        A Figure.

    Introduced in lesson 05.
    """
    y = np.linspace(0.002, 0.998, 500)
    figure, (axes,) = swift_figure([(0.125, 0.17, 0.85, 0.77)], height=3.2, width=6.4)
    colours, lines = ("blue", "vermilion", "green", "purple"), ("-", "--", "-.", ":")
    looks = zip(colours, lines, "oXs^", strict=True)
    told = []
    for (a, b), (colour, line, marker) in zip(pairs, looks, strict=False):
        best = a / (a + b)
        look = {"color": COLOURS[colour], "lw": 2.0}
        axes.plot(y, a * np.log(y) + b * np.log(1 - y), line, label=f"a = {a}, b = {b}", **look)
        top = a * np.log(best) + b * np.log(1 - best)
        axes.plot([best], [top], marker, ms=9, mec="black", color=look["color"])
        axes.plot([best, best], [-2.2, top], ":", lw=1.0, color=look["color"])
        told.append(f"for a = {a} and b = {b} at y = {best:.2f}")
    axes.set(xlim=(0, 1), ylim=(-2.2, 0))
    axes.legend(loc="lower center", ncols=len(told), **LEGEND)
    name_axes(axes, "", "the answer y = D(x)", "a log y + b log(1 − y)", left=0.5)
    figure.alt = f"Curves with one maximum each, {', '.join(told)}."
    return figure


def plot_fits(x, p_data, fits, limits):
    """Draw a density and, over it, the best fit of each divergence.

    Args:
        x: Points on a line, (n,).
        p_data: The data's density, (n,).
        fits: A dict from the names of `DIVERGENCES` to densities (n,).
        limits: The smallest and the largest x shown.

    Returns:
        A Figure.

    Introduced in lesson 05.
    """
    figure, (axes,) = swift_figure([(0.1, 0.17, 0.87, 0.78)], height=3.2, width=7.0)
    axes.fill_between(x, p_data, color=COLOURS["real"], alpha=0.25, lw=0)
    axes.plot(x, p_data, color=COLOURS["real"], lw=2.0, label="p_data")
    told = []
    for rank, (name, density) in enumerate(fits.items()):
        colour, line, marker = DIVERGENCES[name]
        peak = int(np.argmax(density))
        # Two fits can be as good as equal: each has its markers at places of its own.
        few = {"marker": marker, "markevery": (20 + 27 * rank, 81), "ms": 5, "mec": "black"}
        axes.plot(x, density, line, color=colour, lw=2.2, label=f"least {name}", **few)
        place = number(x[peak], ".2g")
        told.append(f"for {name} it peaks at {place} with the height {density[peak]:.2g}")
    axes.set(xlim=limits, ylim=(0, None))
    axes.legend(loc="upper right", **LEGEND)
    name_axes(axes, "", "x", "density", left=0.5)
    figure.alt = f"A density with its best fits by one Gaussian: {'; '.join(told)}."
    return figure


def draw_densities(axes, x, p_data, p_g):
    """Draw both densities, filled, with a legend, into the axes."""
    for density, name, label in ((p_data, "real", "p_data"), (p_g, "fake", "p_g")):
        line = "-" if name == "real" else "--"
        axes.fill_between(x, density, color=COLOURS[name], alpha=0.18, lw=0)
        axes.plot(x, density, line, color=COLOURS[name], lw=2.0, label=label)
    axes.set_ylim(0, 1.12 * max(np.max(p_data), np.max(p_g)))
    axes.legend(loc="upper right", **LEGEND)


def draw_verdicts(axes, x, verdicts, total):
    """Draw discriminators into the axes: thin where `total`, the sum of the densities, is tiny."""
    axes.axhline(0.5, color="black", lw=0.9, ls=":")
    seen = total > 1e-3 * np.max(total)
    looks = zip(("discriminator", "purple", "orange"), ("-", "--", ":"), strict=True)
    for (name, values), (colour, line) in zip(verdicts.items(), looks, strict=False):
        axes.plot(x, values, line, color=COLOURS[colour], lw=0.8, alpha=0.6)
        there = np.where(seen, values, np.nan)
        axes.plot(x, there, line, color=COLOURS[colour], lw=2.2, label=name)
    axes.set(ylim=(-0.04, 1.04), yticks=[0, 0.5, 1])
    if len(verdicts) > 1:  # a single one is named at the axis
        axes.legend(loc="best", **LEGEND)
