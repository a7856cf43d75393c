"""The checks of arguments that the modules of this folder share, with messages that teach."""

import math
from numbers import Integral, Real

import numpy as np


def as_numbers(name, values):
    """Return `values` as a float64 array without nan and infinity, or say what is wrong."""
    try:
        array = np.asarray(values, np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{name} cannot be read as numbers: received {values!r}. Expected an array of numbers; "
            "mend rows of unequal length and text first."
        ) from error
    bad = int(np.size(array) - np.count_nonzero(np.isfinite(array)))
    if bad:
        raise ValueError(
            f"{name} holds {bad} value(s) that are nan or infinite, of {array.size}; expected "
            "finite numbers. Leave them out, or find the division by 0 that made them."
        )
    return array


def as_points(name, values, dimensions=None):
    """Return `values` as float64 (n, d), one point a row; (n,) becomes (n, 1)."""
    array = as_numbers(name, values)
    array = array[:, None] if array.ndim == 1 else array
    fits = array.ndim == 2 and array.shape[1] and dimensions in (None, array.shape[1])
    if not fits or not len(array):
        wanted = "(n, d)" if dimensions is None else f"(n, {dimensions})"
        raise ValueError(
            f"{name} has shape {np.shape(values)}; expected {wanted} with n at least 1, one point "
            f"a row. A single point x becomes a row with np.reshape(x, (1, -1))."
        )
    return array


def check_densities(**densities):
    """Refuse densities that are negative, not finite, or not on the same grid."""
    arrays = {name: as_numbers(name, values) for name, values in densities.items()}
    for name, array in arrays.items():
        if array.size and array.min() < 0:
            raise ValueError(
                f"{name} is negative somewhere: its least value is {array.min():g}; a density is "
                "never below 0. Did you pass its logarithm? Then take np.exp of it first."
            )
    check_same_shape(**arrays)


def check_same_shape(**named):
    """Refuse arrays of unlike shapes: NumPy would stretch (n,) against (n, 1) to a table."""
    shapes = {name: np.shape(values) for name, values in named.items()}
    if len(set(shapes.values())) > 1:
        received = " and ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise ValueError(
            f"The shapes differ: {received}; expected the same, one value for each point of one "
            "grid. Evaluate both on the same points, and flatten a column with .ravel()."
        )


def check_probabilities(**probabilities):
    """Refuse verdicts outside [0, 1], which are often logits."""
    for name, values in probabilities.items():
        array = as_numbers(name, values)
        if not array.size:
            raise ValueError(f"{name} is empty; expected at least one verdict D(x). Pass a batch.")
        if array.min() < 0 or array.max() > 1:
            raise ValueError(
                f"{name} runs from {array.min():g} to {array.max():g}; expected probabilities in "
                "[0, 1]. If these are logits, take the sigmoid first, or jsd_from_logits."
            )


def check_cell(cell):
    """Refuse a cell size that is no positive number."""
    check_positive("cell", cell, "It is the grid's spacing, x[1] − x[0]; in 2-D, dx · dy.")


def check_positive(name, value, remedy):
    """Refuse `value` unless it is one positive finite number."""
    number = isinstance(value, Real) and not isinstance(value, (bool, np.bool_))
    if not number or not math.isfinite(value) or value <= 0:
        raise ValueError(f"{name} is {value!r}; expected one positive number. {remedy}")


def check_whole(name, value, least, remedy):
    """Refuse `value` unless it is a whole number of at least `least`."""
    whole = isinstance(value, Integral) and not isinstance(value, (bool, np.bool_))
    if not whole or value < least:
        raise ValueError(
            f"{name} is {value!r}; expected a whole number of at least {least}. {remedy}"
        )
