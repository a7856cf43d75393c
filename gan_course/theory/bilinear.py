"""The smallest game that oscillates: one player moves x to make x·y small, the other y, large.

The point (0, 0) is its only equilibrium. The gradients are y for the first player and x for the
second; the first walks down, the second up.
"""

import numpy as np

from gan_course.arguments import check_array, check_whole


def flow(start, times):
    """Follow ẋ = −y, ẏ = x, steps of no length: the players circle the equilibrium for ever.

    Args:
        start: (x, y) at time 0.
        times: When to look, (n,).

    Returns:
        float64 array (n, 2).

    Raises:
        ValueError: If a number is not finite or the shapes do not fit.

    Source: Goodfellow 2016, NIPS 2016 tutorial, exercise 7.2 and its solution in section 8.2.

    Example:
        >>> flow((1.0, 0.0), [np.pi / 2]).round(6) + 0.0
        array([[0., 1.]])

    Introduced in lesson 05.
    """
    x, y = _start(start)
    times = check_array("times", times)
    return np.stack(
        [x * np.cos(times) - y * np.sin(times), x * np.sin(times) + y * np.cos(times)], axis=-1
    )


def simultaneous_steps(start, learning_rate, steps):
    """Both players step at once, each from where the other was: x − αy and y + αx.

    Each step multiplies the distance from the equilibrium by √(1 + α²): it spirals out for every
    learning rate.

    Args:
        start: (x, y).
        learning_rate: α, a number.
        steps: How many, 0 or more.

    Returns:
        float64 array (steps + 1, 2), the start first.

    Raises:
        ValueError: If `start` is no pair of numbers, or `steps` no whole number.

    Example:
        >>> simultaneous_steps((1.0, 0.0), 0.5, 1).tolist()
        [[1.0, 0.0], [1.0, 0.5]]
    """
    return _walk(start, steps, lambda x, y: (x - learning_rate * y, y + learning_rate * x))


def alternating_steps(start, learning_rate, steps):
    """The first player steps, then the second, who already sees it: bounded for α below 2.

    Every step keeps x² − αxy + y² as it is, and for 0 < α < 2 that is an ellipse.

    Args:
        start: (x, y).
        learning_rate: α, a number.
        steps: How many, 0 or more; each moves both players.

    Returns:
        float64 array (steps + 1, 2), the start first.

    Raises:
        ValueError: If `start` is no pair of numbers, or `steps` no whole number.

    Source: Gidel et al. 2019, Negative momentum for improved game dynamics.

    Example:
        >>> alternating_steps((1.0, 0.0), 0.5, 1).tolist()
        [[1.0, 0.0], [1.0, 0.5]]
    """

    def step(x, y):
        x = x - learning_rate * y
        return x, y + learning_rate * x

    return _walk(start, steps, step)


def _start(start):
    remedy = "Pass the players' numbers x and y, for example (1.0, 0.0)."
    return check_array("start", start, (2,), remedy=remedy)


def _walk(start, steps, step):
    path = [tuple(_start(start))]
    for _ in range(check_whole("steps", steps, least=0)):
        path.append(step(*path[-1]))
    return np.array(path)
