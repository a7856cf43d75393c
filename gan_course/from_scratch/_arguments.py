"""The checks of arguments that all modules of this folder share, with messages that teach."""

import math
from numbers import Real

import numpy as np


def as_floats(name, array):
    """Return `array` as float64, or say why it cannot be used (not numbers, empty, nan or inf)."""
    try:
        array = np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{name} cannot be read as an array of numbers: received {array!r}. "
            "Expected a NumPy array, a list of numbers or a number; "
            "rows of unequal length and text have to be mended first."
        ) from error
    if array.size == 0:
        raise ValueError(
            f"{name} is empty: received shape {array.shape}. Expected at least one example, "
            "because a mean over nothing is 0 / 0. Check the slice that made this batch."
        )
    bad = np.size(array) - np.count_nonzero(np.isfinite(array))
    if bad:
        raise ValueError(
            f"{name} holds {bad} value(s) that are nan or infinite, of {array.size}. Expected "
            "finite numbers. If training made them, it diverged: take a smaller learning rate."
        )
    return array


def as_matrix(name, array):
    """Return `array` as float64 with shape (n, d): one example per row."""
    array = as_floats(name, array)
    if array.ndim != 2:
        raise ValueError(
            f"{name} has shape {array.shape}; expected (n, d), one example per row. "
            "A single example x becomes a batch of one with x[np.newaxis, :]; "
            "images become rows with images.reshape(len(images), -1)."
        )
    return array


def check_shape(name, array, expected, meaning):
    """Refuse `array` unless its shape is `expected`; `meaning` says where that shape comes from."""
    if array.shape != tuple(expected):
        raise ValueError(
            f"{name} has shape {array.shape}; expected {tuple(expected)}, {meaning}. "
            f"Print {name}.shape where it is made, and reshape or transpose it there."
        )


def check_same_shape(first_name, first, second_name, second):
    """Refuse two arrays that NumPy would broadcast to something else than element by element."""
    if first.shape != second.shape:
        raise ValueError(
            f"{first_name} has shape {first.shape} and {second_name} has shape {second.shape}; "
            "expected the same shape, one entry beside the other. NumPy would stretch (n,) against "
            "(n, 1) to (n, n) without a word: reshape one of them, such as with .reshape(-1, 1)."
        )


def check_unit_interval(name, array):
    """Refuse values outside [0, 1], which are often logits or swapped arguments."""
    if array.min() < 0 or array.max() > 1:
        raise ValueError(
            f"{name} run from {array.min():g} to {array.max():g}; expected values in [0, 1]. "
            "Are the arguments in the order (targets, predictions)? Are these logits, which belong "
            "into a ..._from_logits function?"
        )


def check_number(name, value, expected, remedy, accept):
    """Refuse `value` unless it is a finite real number for which `accept(value)` holds."""
    is_number = isinstance(value, Real) and not isinstance(value, (bool, np.bool_))
    if not is_number or not math.isfinite(value) or not accept(value):
        raise ValueError(
            f"{name} is {value!r} ({type(value).__name__}); expected {expected}. {remedy}"
        )
    return float(value)


def check_fraction(name, value):
    """Refuse a memory such as the momentum unless it lies in [0, 1)."""
    remedy = "At 1 it would never forget; 0.9 is usual."
    return check_number(name, value, "a number in [0, 1)", remedy, lambda part: 0 <= part < 1)


def check_count(name, value, minimum=1):
    """Refuse `value` unless it is a whole number of at least `minimum`."""
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.bool_))
    if not whole or value < minimum:
        raise ValueError(
            f"{name} is {value!r} ({type(value).__name__}); expected a whole number of at least "
            f"{minimum}, such as {max(minimum, 10)}. If you computed it, round it with int(...)."
        )
    return int(value)


def check_generator(rng):
    """Refuse anything but a NumPy generator, so that every random number has a known seed."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"rng is {rng!r} ({type(rng).__name__}); expected a NumPy generator. "
            "Make one with rng = np.random.default_rng(0) and pass it on to every call."
        )
    return rng
