"""Check a gradient that you derived against one that is measured: central finite differences."""

import numpy as np

from gan_course.arguments import check_array, check_number, check_same_shape


def finite_differences(function, x, step=1e-5):
    """Measure the gradient of `function` at `x`: nudge each entry up and down and divide.

    For each entry, (f(x + h) - f(x - h)) / (2 h). Taylor's theorem gives an error of order h² (the
    one-sided difference has order h), plus rounding of about 1e-16 · |f| / h; h near 1e-5 balances
    the two in float64.

    Args:
        function: Takes an array of the shape of `x` and returns one number.
        x: Where to measure, a number or an array of any shape. It is not changed.
        step: h > 0.

    Returns:
        The measured gradient, float64, same shape as `x`.

    Raises:
        ValueError: If `function` returns more than one number, or `step` is not positive.

    Example:
        >>> round(float(finite_differences(lambda x: x**2, 3.0)), 6)
        6.0

    Introduced in lesson 02.
    """
    x = check_array("x", x)
    h = check_number("step", step, above=0, remedy="1e-5 suits float64.")
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        nudge = np.zeros_like(x)
        nudge[index] = h
        up, down = (_one_number(function(x + sign * nudge)) for sign in (1.0, -1.0))
        gradient[index] = (up - down) / (2.0 * h)
    return gradient


def relative_error(measured, expected):
    """Compare two gradients by their largest difference, relative to the larger of the two.

    max |a - b| / max(max |a|, max |b|, 1e-12). Below 1e-6 the derivation is right; near 1 it is
    wrong. In between, look for a kink (ReLU at 0) or for float32.

    Args:
        measured: a, any shape.
        expected: b, the same shape.

    Returns:
        The relative error, a float >= 0.

    Raises:
        ValueError: If the shapes differ.

    Example:
        >>> round(relative_error([1.0, 2.0], [1.0, 2.5]), 6)
        0.2

    Introduced in lesson 01.
    """
    a, b = np.asarray(measured, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    check_same_shape(measured=a, expected=b)
    largest = max(np.max(np.abs(a), initial=0.0), np.max(np.abs(b), initial=0.0), 1e-12)
    return float(np.max(np.abs(a - b), initial=0.0) / largest)


def _one_number(result):
    if np.size(result) != 1:
        raise ValueError(
            f"function returned shape {np.shape(result)}; expected one number, because a gradient "
            "belongs to a single output. Add up or average what it returns, for instance with "
            ".sum(), or pick one entry."
        )
    return np.asarray(result, dtype=np.float64).reshape(())
