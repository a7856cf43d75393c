"""What a check expects of the values that an answer gives, and which mistake explains others."""

from numbers import Real

import numpy as np

from gan_course.exercises.answers import Wrong, brief

HALF_STEPS = {"float16": 2.0**-11, "bfloat16": 2.0**-8}  # relative rounding of half precision


def read_numbers(value):
    """Return a value as an array of numbers of its own precision, or None if it is none."""
    if callable(value) and not hasattr(value, "shape"):
        return None
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O" and all(isinstance(each, Real) for each in array.flat):
            array = array.astype(np.float64)  # fractions
        if array.dtype.kind in "OUSc":  # None in a list, text and complex numbers
            return None
        array.astype(np.float64)
    except Exception:
        return None
    return array


def close(given, expected, rtol=1e-5, atol=1e-6):
    """Say whether two arrays have one shape and are equal as far as the first one's precision goes.

    Args:
        given: An array of numbers; float16 and bfloat16 are given four of their own steps.
        expected: What it is compared with; nan equals nan.
        rtol: The relative tolerance.
        atol: The absolute tolerance.

    Returns:
        True or False.
    """
    if given.shape != expected.shape:
        return False
    step = 4 * HALF_STEPS.get(given.dtype.name, 0.0)
    given, expected = given.astype(np.float64), expected.astype(np.float64)
    finite = np.abs(expected[np.isfinite(expected)])
    atol = max(atol, step * finite.max(initial=0.0))
    return bool(np.allclose(given, expected, max(rtol, step), atol, equal_nan=True))


def expect(condition, message):
    """Say `message` unless `condition` holds.

    Args:
        condition: What must be true.
        message: What the learner reads if it is not: the likely mistake.

    Raises:
        Wrong: If `condition` is false.
    """
    if not condition:
        raise Wrong(message)


def expect_array(value, shape=None, what="the result", finite=True):
    """Read a learner's value as an array of numbers, or say what it is instead.

    Args:
        value: What the learner's function returned: a number, a list, an array, a tensor.
        shape: The shape it must have, a tuple; None allows any.
        what: How to name it in messages.
        finite: Whether nan and infinite values are refused.

    Returns:
        A float64 array.

    Raises:
        Wrong: If it is not numbers, or has another shape, or holds nan or infinite values.

    Example:
        >>> expect_array([1, 2], shape=(2,))
        array([1., 2.])
    """
    if callable(value) and not hasattr(value, "shape"):
        raise Wrong(f"Expected {what} to be numbers, and received a function. Call it first.")
    array = read_numbers(value)
    if array is None:
        raise Wrong(f"Expected {what} to be numbers, and received {brief(value)}.")
    array = array.astype(np.float64)
    if shape is not None and array.shape != tuple(shape):
        advice = ""
        if tuple(shape) == () and array.size > 1:
            advice = " One number is asked for: is a mean or a sum missing?"
        elif tuple(shape) != () and array.shape == ():
            advice = " Is there a mean or a sum too many?"
        elif array.size == int(np.prod(shape)):
            advice = " The number of entries is right: reshape or transpose it."
        raise Wrong(f"Expected {what} to have shape {tuple(shape)}; it has {array.shape}.{advice}")
    if finite and not np.isfinite(array).all():
        kind = "nan" if np.isnan(array).any() else "infinite"
        count = int(np.count_nonzero(~np.isfinite(array)))
        where = "" if array.size == 1 else f" in {count} of {array.size} places"
        raise Wrong(
            f"Expected {what} to be finite; it is {kind}{where}. Look for the logarithm of 0, a "
            "division by 0, a mean of nothing, or the exponential of a large number."
        )
    return array


def expect_close(value, expected, mistakes=(), what="the result", rtol=1e-5, atol=1e-6):
    """Compare a learner's value with the expected one, and name the mistake that would explain it.

    Args:
        value: What the learner's function returned.
        expected: The right value: a number or an array; its shape is asked for too.
        mistakes: Pairs (the value that a known mistake gives, the message for it).
        what: How to name the value in messages.
        rtol: The relative tolerance.
        atol: The absolute tolerance.

    Returns:
        The learner's value as a float64 array.

    Raises:
        Wrong: With the message of the first mistake that gives this value, else with a general one.

    Example:
        >>> float(expect_close(0.5, 0.5, mistakes=[(-0.5, "The sign is the other way round.")]))
        0.5
    """
    expected = np.asarray(expected, dtype=np.float64)
    array = expect_array(value, what=what, finite=False)
    given = read_numbers(value)
    if close(given, expected, rtol, atol):
        return array
    for mistaken, message in mistakes:
        if close(given, np.asarray(mistaken), rtol, atol):
            raise Wrong(message)
    expect_array(array, expected.shape, what)
    gap = np.abs(array - expected) - atol - rtol * np.abs(expected)
    worst = np.unravel_index(np.argmax(gap), gap.shape)
    where = "" if array.ndim == 0 else f" at index {tuple(int(i) for i in worst)}"
    turned = close(-array, expected, rtol, atol)
    sign = ", the same with the other sign" if turned else ""
    raise Wrong(
        f"Expected {what} to be {_say(expected[worst])}{where}; it is {_say(array[worst])}{sign}."
    )


def _say(value):
    """Return a number in six digits, and a whole one, such as a count, in all that it has."""
    whole = abs(value) < 1e15 and value == int(value)
    return f"{value:.0f}" if whole else f"{value:.6g}"
