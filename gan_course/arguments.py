"""Every refusal of an argument, written once: what was received, what is expected, how to mend it.

A function here takes the argument's name, as the message calls it, and its value; most return the
value cleaned: an int, a float, an array of float64. `least`, `most`, `above` and `below` bound it,
each a number or None for none. `remedy` is a sentence that says how to mend it, in place of the
general advice. Each raises a ValueError at what it does not allow.
"""

import math
from numbers import Integral, Real

import numpy as np

from gan_course.names import look_up

IMAGE_SIDES = range(16, 65, 4)  # in pixels, of what the networks take: it is halved twice
PRINTED = 80  # characters of a refused value that a message shows


def refusal(name, value, expected, remedy):
    """Return the ValueError that says all three things, for a value that is short to print.

    Args:
        name: How the message calls the argument.
        value: What was received.
        expected: What would have been right, as in "a whole number".

    Example:
        >>> raise refusal("noise", 3, "a name", 'Take for example noise="normal".')
        Traceback (most recent call last):
        ValueError: noise is 3; expected a name. Take for example noise="normal".
    """
    shown = repr(value)
    shown = shown if len(shown) <= PRINTED else f"{shown[: PRINTED - 1]}…"
    return ValueError(f"{name} is {shown}; expected {expected}. {remedy}")


def check_whole(name, value, least=1, most=None, remedy=""):
    """Return a whole number from `least` to `most` as an int.

    NumPy's integers are whole numbers; True is none, and 3.0 is none: it came from a division.

    Example:
        >>> check_whole("steps", np.int64(3))
        3
    """
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if whole and value >= least and (most is None or value <= most):
        return int(value)
    wanted = f"of at least {least}" if most is None else f"from {least} to {most}"
    example = max(least, 10) if most is None else most
    mend = f"Take for example {name}={example}; int(...) makes a float whole."
    raise refusal(name, value, f"a whole number {wanted}", remedy or mend)


def check_number(name, value, least=None, most=None, above=None, below=None, remedy=""):
    """Return one finite number between the bounds as a float.

    Example:
        >>> check_number("rate", 0.5, least=0, below=1)
        0.5
    """
    number = isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
    if number and _within(np.float64(value), least, most, above, below):
        return float(value)
    expected = f"a number{_bounds(least, most, above, below)}"
    expected = expected if " in " in expected else expected.replace("a number", "a finite number")
    raise refusal(name, value, expected, remedy or _example(name, least, most, above, below))


def check_option(name, value, options):
    """Return `value` if it is one of the options; else the refusal suggests the nearest.

    Args:
        options: What it may be: names, or other values that can be printed.

    Example:
        >>> check_option("noise", "normal", ["normal", "uniform"])
        'normal'
    """
    look_up(dict.fromkeys(options), value, name)
    return value


def check_sizes(name, values, count=None, remedy=""):
    """Return several whole numbers of at least 1 as a tuple: sizes of layers, channels, a shape.

    Args:
        values: A list or tuple.
        count: How many there must be, or None for any number; an empty list is for no layer.

    Example:
        >>> check_sizes("units", [256, 512])
        (256, 512)
    """
    if not isinstance(values, list | tuple) or count not in (None, len(values)):
        wanted = f"a list of {'' if count is None else f'{count} '}whole numbers of at least 1"
        example = [2 ** (5 + place) for place in range(count or 2)]
        advice = f"Give one for each layer or axis, for example {name}={example}."
        raise refusal(name, values, wanted, remedy or advice)
    return tuple(check_whole(f"{name}[{place}]", value) for place, value in enumerate(values))


def check_array(name, values, shape=None, least=None, most=None, above=None, below=None, remedy=""):
    """Return numbers as an array of float64, none of them NaN or infinite.

    Args:
        values: Anything NumPy can read as an array of numbers.
        shape: The shape it must have, such as `("n", 2)`: a letter stands for any size from 1 up.
            None allows every shape with at least one number in it.

    Example:
        >>> check_array("means", [1, 2], ("k",))
        array([1., 2.])
    """
    try:
        array = np.asarray(values, np.float64)
    except (TypeError, ValueError) as error:
        mend = "Mend rows of unequal length, and text that is no number, first."
        raise refusal(name, values, "an array of numbers", mend) from error
    check_shape(name, array, shape, remedy)
    bad = array.size - np.count_nonzero(np.isfinite(array))
    if bad:
        raise ValueError(
            f"{name} holds {bad} value(s) that are NaN or infinite, of {array.size}; expected "
            "finite numbers. Leave them out, or find what made them: a division by 0, or a "
            "training that diverged (take a smaller learning rate)."
        )
    if not _within(array, least, most, above, below):
        raise ValueError(
            f"{name} runs from {array.min():g} to {array.max():g}; expected numbers"
            f"{_bounds(least, most, above, below)}. "
            f"{remedy or f'Clip it with np.clip({name}, …) if that is what you want.'}"
        )
    return array


def check_shape(name, array, shape=None, remedy=""):
    """Refuse an array of another shape, or an empty one; its values may be of any type.

    Args:
        array: What was received, something with a shape.
        shape: As in `check_array`.

    Example:
        >>> check_shape("images", np.zeros((5, 28, 28, 1)), ("n", 28, 28, 1))
    """
    sizes = np.shape(array)
    fits = shape is None or (
        len(sizes) == len(shape)
        and all(
            isinstance(want, str) or size == want for size, want in zip(sizes, shape, strict=True)
        )
    )
    if fits and 0 not in sizes:
        return
    if fits:
        raise ValueError(
            f"{name} is empty, its shape is {sizes}; expected at least one number. "
            f"{remedy or 'Check the selection that made it.'}"
        )
    wanted = ", ".join(str(size) for size in shape) + ("," if len(shape) == 1 else "")
    raise ValueError(
        f"{name} has shape {sizes}; expected ({wanted}). "
        f"{remedy or f'Look at {name}.shape where it is made, and reshape or transpose it there.'}"
    )


def check_filled(name, things, most=None, remedy="Run the experiment first."):
    """Refuse a list or dict without entries, or with more than fit into one figure.

    Args:
        things: Something with a length.

    Example:
        >>> check_filled("curves", {"relu": [1.0]}, most=5)
    """
    if not len(things) or (most is not None and len(things) > most):
        wanted = "at least 1" if most is None else f"1 to {most}"
        raise ValueError(f"{name} holds {len(things)} entries; expected {wanted}. {remedy}")


def check_same_shape(**arrays):
    """Refuse arrays of unlike shapes: NumPy would stretch (n,) against (n, 1) to a table.

    Args:
        **arrays: Two or more arrays under the names that the message uses.

    Example:
        >>> check_same_shape(targets=np.ones(3), logits=np.ones(3))
    """
    shapes = {name: np.shape(array) for name, array in arrays.items()}
    if len(set(shapes.values())) > 1:
        received = " and ".join(f"{name} has shape {shape}" for name, shape in shapes.items())
        raise ValueError(
            f"{received}; expected the same shape, one entry beside the other. NumPy would "
            "stretch (n,) against (n, 1) to (n, n) without a word: reshape one of them, such as "
            "with .reshape(-1, 1)."
        )


def check_points(name, values, dimensions=None):
    """Return points as float64 (n, d), one a row; (n,) numbers become (n, 1).

    Args:
        values: Numbers (n, d) or (n,), n at least 1.
        dimensions: The d that they must have, or None for any.

    Example:
        >>> check_points("points", [1.0, 2.0]).shape
        (2, 1)
    """
    array = check_array(name, values)
    array = array[:, None] if array.ndim == 1 else array
    remedy = "One point is one row: a single point x becomes one with np.reshape(x, (1, -1))."
    check_shape(name, array, ("n", dimensions or "d"), remedy)
    return array


def check_shares(name, values, shape, remedy=""):
    """Return probabilities as float64: each from 0 to 1, and 1 in sum along the last axis.

    Args:
        values: Numbers of that shape.
        shape: As in `check_array`: `("n", 10)` for rows over ten classes.

    Example:
        >>> check_shares("shares", [0.25, 0.75], ("k",))
        array([0.25, 0.75])
    """
    array = check_array(name, values, shape, least=0, remedy=remedy)
    sums = np.atleast_1d(array.sum(axis=-1))
    worst = int(np.argmax(np.abs(sums - 1)))
    if abs(sums.flat[worst] - 1) > 1e-3:
        which = f"row {worst} of {name}" if array.ndim > 1 else name
        raise ValueError(
            f"{which} sums to {sums.flat[worst]:g}; expected probabilities that sum to 1. "
            f"{remedy or 'Divide by the sum, or take the softmax if these are logits.'}"
        )
    return array


def check_labels(name, labels, num_classes=10, count=None, remedy=""):
    """Return class numbers as an array of int64.

    Args:
        labels: Whole numbers from 0 to `num_classes` − 1, shape (n,); 3.0 counts as 3.
        num_classes: How many classes there are.
        count: How many labels there must be, one for each example; None for any.

    Example:
        >>> check_labels("labels", [3, 1, 4])
        array([3, 1, 4])
    """
    array, classes = np.asarray(labels), f"whole numbers from 0 to {num_classes - 1}"
    if array.ndim != 1:
        mend = f"Flatten them with {name}.reshape(-1)."
        if array.ndim == 0:
            mend = f"For the same label throughout write np.full(n, {array})."
        elif array.ndim == 2 and array.shape[1] > 1:
            mend = f"One-hot rows become class numbers with {name}.argmax(axis=1)."
        raise ValueError(
            f"{name} has shape {array.shape}; expected (n,), one class number each. {mend}"
        )
    if array.size and array.dtype.kind not in "iuf":
        mend = f"Convert it with {name}.astype('int64')."
        if array.dtype.kind != "b":
            mend = f"Names get numbers with np.unique({name}, return_inverse=True)[1]."
        raise ValueError(f"{name} has type {array.dtype}; expected {classes}. {mend}")
    wrong = ~((array >= 0) & (array < num_classes) & (array == np.floor(array)))  # NaN too
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            f"{name} holds {int(wrong.sum())} value(s) that are no class number, the first at "
            f"index {first}: {array[first]}; expected {classes}. "
            f"{remedy or 'Leave those out, or raise num_classes.'}"
        )
    if count is not None and len(array) != count:
        raise ValueError(
            f"{name} holds {len(array)} labels; expected {count}, one for each example. Check that "
            "both come from the same selection."
        )
    return array.astype(np.int64)


def check_range(name, value_range):
    """Return a lowest and a highest value as two floats.

    Args:
        name: How the message calls the pair.
        value_range: Two finite numbers, the lower one first, such as `(-1, 1)`.

    Example:
        >>> check_range("value_range", (0, 1))
        (0.0, 1.0)
    """
    try:
        low, high = (float(value) for value in value_range)
    except (TypeError, ValueError):
        low = high = math.nan
    if math.isfinite(low) and math.isfinite(high) and low < high:
        return low, high
    remedy = f"Pass {name}=(-1, 1) for images from a tanh, {name}=(0, 1) for those from a sigmoid."
    raise refusal(name, value_range, "two finite numbers, the lower one first", remedy)


def check_rng(name, rng):
    """Return the NumPy generator; a seed is refused, because each call with it draws the same.

    Args:
        rng: A `numpy.random.Generator`.
    """
    if isinstance(rng, np.random.Generator):
        return rng
    remedy = "Make one with np.random.default_rng(0) and pass it on to every call."
    raise refusal(name, rng, "a NumPy generator", remedy)


def check_seed(name, seed):
    """Return a NumPy generator made from a seed; a generator is returned as it is.

    Args:
        seed: A whole number from 0 up, or a `numpy.random.Generator`.

    Example:
        >>> check_seed("seed", 0).random() == check_seed("seed", 0).random()
        True
    """
    if isinstance(seed, np.random.Generator):
        return seed
    remedy = f"Take for example {name}=0, so that you get the same again, or a NumPy generator."
    return np.random.default_rng(check_whole(name, seed, least=0, remedy=remedy))


def _within(values, least, most, above, below):
    """Return whether all values keep the bounds, those that are not None."""
    return bool(
        (least is None or (values >= least).all())
        and (most is None or (values <= most).all())
        and (above is None or (values > above).all())
        and (below is None or (values < below).all())
    )


def _bounds(least, most, above, below):
    """Return the bounds in words, with a space before, or nothing."""
    low, high = (above if least is None else least), (below if most is None else most)
    if low is not None and high is not None:
        return f" in {'(' if least is None else '['}{low:g}, {high:g}{')' if most is None else ']'}"
    ends = {"of at least": least, "above": above, "of at most": most, "below": below}
    return "".join(f" {words} {end:g}" for words, end in ends.items() if end is not None)


def _example(name, least, most, above, below):
    low, high = (above if least is None else least), (below if most is None else most)
    if low is None and high is None:
        return f"Take for example {name}=0.5."
    if low is None or high is None:
        return f"Take for example {name}={low + 1 if high is None else high - 1:g}."
    return f"Take for example {name}={(low + high) / 2:g}."
