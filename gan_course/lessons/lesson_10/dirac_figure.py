"""The players of the Dirac-GAN: their path, and what one step multiplies their distance by."""

import numpy as np

from gan_course.plots.style import COLOURS
from gan_course.plots.swift import name_axes, swift_figure
from gan_course.tables import number

PLACES = ((0.075, 0.15, 0.385, 0.74), (0.58, 0.15, 0.385, 0.74))
LIMIT = 1.6


def plot_dirac(path, eigenvalues):
    """Draw a path of the Dirac-GAN, and the eigenvalues of one step beside the unit circle.

    Args:
        path: (steps + 1, 2), the columns θ and ψ, as `dirac_path` returns it.
        eigenvalues: Those of `step_matrix`, (2,): inside the circle the equilibrium attracts.

    Returns:
        A Figure with two axes.
    """
    figure, (plane, right) = swift_figure(PLACES, height=4.0)
    shown = np.clip(path, -10 * LIMIT, 10 * LIMIT)
    plane.plot(*shown.T, "-", color=COLOURS["generator"], lw=1.0)
    plane.plot(*shown.T, "o", color=COLOURS["generator"], ms=2.5)
    plane.plot(*path[0], "k*", ms=12)
    plane.plot(0, 0, "+", color="black", ms=14, mew=2)
    plane.set(xlim=(-LIMIT, LIMIT), ylim=(-LIMIT, LIMIT), aspect="equal")
    name_axes(
        plane, "★ start, + equilibrium", "θ, the fake; the real point is 0", "ψ, D's slope", 0.45
    )
    angle = np.linspace(0, 2 * np.pi, 200)
    right.plot(np.cos(angle), np.sin(angle), color=COLOURS["reference"], lw=1, ls=":")
    values = np.asarray(eigenvalues, complex)
    right.plot(values.real, values.imag, "s", color=COLOURS["discriminator"], ms=8)
    right.set(xlim=(-LIMIT, LIMIT), ylim=(-LIMIT, LIMIT), aspect="equal")
    name_axes(
        right, "Eigenvalues of a step; unit circle dotted", "real part", "imaginary part", 0.45
    )
    ends = np.hypot(*path[0]), np.hypot(*path[-1])
    figure.alt = (
        f"Left: the path of {len(path) - 1} steps, from {number(ends[0])} to {number(ends[1])} "
        "away from the equilibrium. Right: the two eigenvalues of a step, "
        f"{' and '.join(_written(value) for value in values)}, of size "
        f"{' and '.join(number(abs(value), '.3f') for value in values)}."
    )
    return figure


def _written(value):
    if value.imag == 0:
        return number(value.real, ".3f")
    sign = "+" if value.imag > 0 else "−"
    return f"{number(value.real, '.3f')} {sign} {number(abs(value.imag), '.3f')}i"
