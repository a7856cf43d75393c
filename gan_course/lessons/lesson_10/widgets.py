"""The widget of lesson 10: the Dirac-GAN under R1."""

import numpy as np

from gan_course.lessons.lesson_10.dirac import (
    ALTERNATING,
    SIMULTANEOUS,
    dirac_path,
    step_matrix,
)
from gan_course.lessons.lesson_10.dirac_figure import plot_dirac
from gan_course.tables import number
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer

CONTROLS = Controls(label="10em", width="25em")
START = (1.0, 0.0)


def dirac_explorer():
    """Hold the slope of the Dirac-GAN's discriminator by R1, and see whether the circle closes in.

    Controls: γ, learning rate, who steps when, number of steps.

    Returns:
        An `Explorer`.

    Example:
        >>> dirac_explorer()
    """
    controls = {
        "gamma": CONTROLS.slider("γ of R1", 0.2, 0.0, 4.0, "0: without the penalty", step=0.05),
        "rate": CONTROLS.slider(
            "Learning rate", 0.2, 0.05, 1.5, "The length of both players' step", step=0.05
        ),
        "scheme": CONTROLS.choice("Steps", [ALTERNATING, SIMULTANEOUS], "Who moves when"),
        "steps": CONTROLS.slider("Number of steps", 200, 10, 400, "Both move in each", step=10),
    }
    return Explorer(controls, _draw, "gan-dirac-explorer")


WIDGETS = {"dirac": dirac_explorer}


def _draw(gamma, rate, scheme, steps):
    path = dirac_path(START, gamma, rate, steps, scheme)
    eigenvalues = np.linalg.eigvals(step_matrix(gamma, rate, scheme))
    return plot_dirac(path, eigenvalues), _told(gamma, path, eigenvalues)


def _told(gamma, path, eigenvalues):
    """Say in words what a step does near the equilibrium, and where the players are at the end."""
    largest = np.abs(eigenvalues).max()
    turning = np.abs(eigenvalues.imag).max() > 1e-9
    first = (
        f"<b>Near the equilibrium a step multiplies the distance by {number(largest, '.3f')} in "
        "the long run"
    )
    if turning:
        degrees = np.degrees(np.abs(np.angle(eigenvalues)).max())
        first += f", and turns by {number(degrees, '.1f')}°"
    if largest < 1 - 1e-9:
        halving = np.log(0.5) / np.log(largest)
        verdict = f"It attracts: half the distance is gone every {number(halving, '.0f')} steps."
    elif largest <= 1 + 1e-9:
        verdict = "It neither attracts nor repels: the players go around it for ever."
    else:
        verdict = "It repels: the players leave it."
    if not turning and eigenvalues[np.abs(eigenvalues).argmax()].real < 0:
        verdict += " A step overshoots: it is too long for so much friction."
    elif gamma > 1 and not turning and largest < 1:
        verdict += " It no longer turns; a larger γ now makes it slower, for D is held too flat."
    end = number(np.hypot(*path[-1]))
    return f"{first}.</b> {verdict} After {len(path) - 1} steps they are {end} away from it."
