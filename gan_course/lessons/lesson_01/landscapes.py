"""Surfaces to walk down: a parabola, two valleys, a ravine, and the loss of one sigmoid unit."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gan_course.arguments import check_number
from gan_course.from_scratch.activations import sigmoid, sigmoid_gradient


@dataclass(frozen=True)
class Surface:
    """A loss as a function of one or two parameters, with its gradient and its minima.

    Attributes:
        name: What to call it in a figure.
        dimensions: 1 or 2.
        function: Takes positions, (...) in 1-D and (..., 2) in 2-D, and returns losses, (...).
        gradient: Takes a position and returns the gradient there, of the same shape.
        minima: Positions of the minima, deepest first.
        curvatures: For each minimum the largest eigenvalue of the Hessian there.

    Introduced in lesson 01.
    """

    name: str
    dimensions: int
    function: Callable
    gradient: Callable
    minima: tuple = ()
    curvatures: tuple = ()


def parabola(curvature=2.0):
    """Return f(x) = ½ λ x², the surface on which everything about a step size is exact.

    Args:
        curvature: λ > 0, the second derivative; 2 gives f(x) = x².

    Returns:
        A 1-D `Surface`.

    Raises:
        ValueError: If λ is not a positive number.

    Example:
        >>> float(parabola().gradient(3.0))
        6.0

    Introduced in lesson 01.
    """
    remedy = "A surface that bends downwards has no minimum. 2 gives x²."
    curvature = check_number("curvature", curvature, above=0, remedy=remedy)
    return Surface(
        "parabola",
        1,
        lambda x: 0.5 * curvature * np.square(x),
        lambda x: curvature * np.asarray(x, dtype=np.float64),
        (0.0,),
        (curvature,),
    )


def two_valleys():
    """Return f(x) = ¼ (x² - 1)² + 0.1 x: a deep and a shallow valley with a hill between them.

    Returns:
        A 1-D `Surface` with two minima.

    Example:
        >>> [round(x, 2) for x in two_valleys().minima]
        [-1.05, 0.95]

    Introduced in lesson 01.
    """

    def function(x):
        return 0.25 * (np.square(x) - 1.0) ** 2 + 0.1 * np.asarray(x)

    flat = np.sort(np.roots([1.0, 0.0, -1.0, 0.1]).real)  # where x³ - x + 0.1 = 0
    minima = sorted((float(flat[0]), float(flat[2])), key=function)
    return Surface(
        "two valleys",
        1,
        function,
        lambda x: np.power(x, 3) - x + 0.1,
        tuple(minima),
        tuple(3.0 * x**2 - 1.0 for x in minima),
    )


def ravine(steepness=20.0, turn=0.0):
    """Return f(x) = ½ xᵀ H x with eigenvalues 1 and `steepness`: a long valley with steep walls.

    Args:
        steepness: The larger eigenvalue, at least 1; also the condition number of H.
        turn: The angle in degrees between the valley's floor and the first axis.

    Returns:
        A 2-D `Surface` with its minimum at (0, 0).

    Raises:
        ValueError: If an argument is no number or the steepness is below 1.

    Example:
        >>> ravine(20.0).gradient(np.array([3.0, 1.0])).tolist()
        [3.0, 20.0]

    Introduced in lesson 01.
    """
    hessian = ravine_hessian(steepness, turn)
    return Surface(
        "ravine",
        2,
        lambda x: 0.5 * np.einsum("...i,ij,...j->...", x, hessian, x),
        lambda x: hessian @ x,
        ((0.0, 0.0),),
        (float(steepness),),
    )


def ravine_hessian(steepness=20.0, turn=0.0):
    """Return the matrix H of second derivatives of `ravine`, (2, 2); the arguments are the same."""
    steepness = check_number("steepness", steepness, least=1, remedy="20 is steep.")
    angle = np.deg2rad(check_number("turn", turn, remedy="It is an angle in degrees, such as 30."))
    axes = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])  # columns
    hessian = axes @ np.diag([1.0, steepness]) @ axes.T
    return 0.5 * (hessian + hessian.T)


def squared_error_unit(target):
    """Return (sigmoid(x) - y)² against the logit x: squared error on a unit that saturates.

    Args:
        target: y in [0, 1].

    Returns:
        A 1-D `Surface`; its gradient is 2 (p - y) p (1 - p) with p = sigmoid(x).

    Raises:
        ValueError: If the target lies outside [0, 1].

    Example:
        >>> squared_error_unit(1.0).gradient(0.0).item()
        -0.25

    Introduced in lesson 01.
    """
    y = _check_target(target)
    return Surface(
        "squared error",
        1,
        lambda x: (sigmoid(x) - y) ** 2,
        lambda x: 2.0 * (sigmoid(x) - y) * sigmoid_gradient(x),
    )


def cross_entropy_unit(target):
    """Return max(x, 0) - x y + log(1 + e^(-|x|)): cross-entropy on the same unit.

    Args:
        target: y in [0, 1].

    Returns:
        A 1-D `Surface`; its gradient is p - y with p = sigmoid(x).

    Raises:
        ValueError: If the target lies outside [0, 1].

    Example:
        >>> cross_entropy_unit(1.0).gradient(0.0).item()
        -0.5

    Introduced in lesson 01.
    """
    y = _check_target(target)
    return Surface(
        "cross-entropy",
        1,
        lambda x: np.maximum(x, 0.0) - np.multiply(x, y) + np.log1p(np.exp(-np.abs(x))),
        lambda x: sigmoid(x) - y,
    )


def _check_target(value):
    return check_number("target", value, least=0, most=1, remedy="1 stands for yes, 0 for no.")
