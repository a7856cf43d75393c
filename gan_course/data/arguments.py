"""The numbers that describe a toy distribution, checked with messages that say what to change."""

from numbers import Integral

import numpy as np


def finite(name, values, shape):
    """Return `values` as a float64 array of the given shape, or say what is wrong with it.

    Args:
        name: How the message calls it.
        values: Numbers.
        shape: The shape it must have; a letter stands for any size from 1 up.

    Returns:
        float64 array, a copy.

    Raises:
        ValueError: If the shape is another or a value is NaN or infinite.

    Example:
        >>> finite("means", [1, 2], ("k",))
        array([1., 2.])

    Introduced in lesson 08.
    """
    values = np.array(values, np.float64)
    fits = values.ndim == len(shape) and all(
        size == want or (isinstance(want, str) and size)
        for size, want in zip(values.shape, shape, strict=True)
    )
    if not fits:
        wanted = ", ".join(str(size) for size in shape)
        raise ValueError(
            f"{name} has shape {values.shape}; it must be ({wanted}). "
            "Give numbers in that arrangement, at least one of them."
        )
    if not np.isfinite(values).all():
        raise ValueError(
            f"{name} holds {int((~np.isfinite(values)).sum())} values that are NaN or infinite; "
            "each must be a finite number. Leave them out."
        )
    return values


def spread(name, value, zero=False):
    """Return a length as float64, or say that it must be positive (or not negative).

    Args:
        name: How the message calls it.
        value: One number or several.
        zero: Whether 0 is allowed.

    Returns:
        float64 array of the shape of `value`.

    Raises:
        ValueError: If a value is NaN, infinite, negative, or a zero that is not allowed.

    Example:
        >>> float(spread("std", 0.1))
        0.1

    Introduced in lesson 08.
    """
    values = np.asarray(value, np.float64)
    if not (np.isfinite(values).all() and (values >= 0).all() and (zero or values.all())):
        wanted = "0 or positive" if zero else "positive"
        raise ValueError(
            f"{name} is {value!r}; it must be {wanted} and finite. Take for example {name}=0.05."
        )
    return values


def whole(name, value, remedy):
    """Return a whole number of at least 1, or say what is wrong with it.

    Args:
        name: How the message calls it.
        value: The number.
        remedy: A sentence that says what to do.

    Returns:
        An int.

    Raises:
        ValueError: If it is no whole number or less than 1.

    Example:
        >>> whole("n", 3, "Ask for at least one point.")
        3

    Introduced in lesson 08.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"{name} is {value!r}; it must be a whole number from 1 up. {remedy}")
    return int(value)


def seeded(seed):
    """Return a random generator from a seed, or the generator itself.

    Args:
        seed: A whole number from 0 up, or a `numpy.random.Generator`.

    Returns:
        A `numpy.random.Generator`.

    Raises:
        ValueError: If it is neither.

    Example:
        >>> seeded(0).random() == seeded(0).random()
        True

    Introduced in lesson 08.
    """
    if isinstance(seed, np.random.Generator):
        return seed
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise ValueError(
            f"seed is {seed!r}; it must be a whole number from 0 up, so that you get the same "
            "points again, or a numpy.random.Generator. Take for example seed=0."
        )
    return np.random.default_rng(int(seed))
