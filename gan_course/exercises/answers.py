"""Verdicts on an answer, and how a learner's function is called so that it always ends in one."""

import dis
import functools
import inspect
import linecache
import warnings

import numpy as np

NO_FUNCTION = (
    "The check received {}, and expected a function. Pass the function, not its result: "
    "`check(my_function)`, without brackets behind the name."
)
EXPLANATIONS = {
    "NameError": "It uses a name that nothing has been given to. Check the spelling, and run the "
    "cell that makes it.",
    "TypeError": "An operation received a kind of value that it cannot work with.",
    "ValueError": "An operation received a value that it cannot work with.",
    "InvalidArgumentError": "TensorFlow received a value that it cannot work with.",
    "AttributeError": "It asks an object for something that it does not have. Check the spelling.",
    "IndexError": "It asks for an entry beyond the end.",
    "KeyError": "It asks a dictionary for a key that it does not have.",
    "ZeroDivisionError": "It divides by zero.",
    "OverflowError": "A number grew beyond the largest float. Look for the exponential of a large "
    "number.",
    "RecursionError": "It calls itself without end.",
}


ACTIONS = ("CALL", "STORE_ATTR", "STORE_SUBSCR")  # of Python's bytecode
SHAPES_DO_NOT_FIT = ("broadcast", "shape", "dimension", "Incompatible", "incompatible", "mismatch")
SHAPED = ("ValueError", "InvalidArgumentError")
AMBIGUOUS = "truth value of an array"


class Verdict(Exception):
    """What a check raises to say how it ended; never shown as a traceback.

    Args:
        message: What the learner is told.
        empty: Whether the reason is that a function returned nothing.
    """

    def __init__(self, message="", empty=False):
        super().__init__(message)
        self.empty = empty


class Wrong(Verdict):
    """The answer is incorrect; the message names the likely mistake and what to look at."""


class NotAttempted(Verdict):
    """There is no answer yet."""


class CannotCheck(Verdict):
    """The check cannot be made here, through no fault of the learner: say what is missing."""


def is_untouched(answer):
    """Say whether an answer is what an unfilled stub holds: None, `...`, or nothing but those."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, (list, tuple)):
        return all(is_untouched(part) for part in answer)
    if isinstance(answer, dict):
        return bool(answer) and all(is_untouched(part) for part in answer.values())
    return False


def call(function, *args, **kwargs):
    """Call a learner's function, and turn all that can happen into a verdict in plain words.

    Arrays and lists are handed over as copies: a function that changes them spoils no later check.

    Args:
        function: The learner's function.
        *args: What to call it with, as are `**kwargs`.

    Returns:
        What the function returns.

    Raises:
        NotAttempted: If it returns nothing or raises `NotImplementedError`.
        Wrong: If it is no function, takes other arguments, or stops with an exception.

    Example:
        >>> call(lambda x: 2 * x, 3)
        6
    """
    if not callable(function):
        raise Wrong(NO_FUNCTION.format(brief(function)))
    name = getattr(function, "__name__", type(function).__name__)
    name = "Your function" if name == "<lambda>" else f"`{name}`"
    _check_signature(function, name, args, kwargs)
    args = [copied(value) for value in args]
    kwargs = {key: copied(value) for key, value in kwargs.items()}
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            result = function(*args, **kwargs)
    except Verdict:
        raise
    except NotImplementedError:
        raise NotAttempted(f"{name} still raises NotImplementedError: write its body.") from None
    except Exception as error:
        raise Wrong(_describe_exception(function, name, error)) from error
    pieces = result if isinstance(result, (list, tuple)) and result else [result]
    if result is None and acts(function):
        raise Wrong(f"{name} returns nothing. End it with `return` and the result.", empty=True)
    if result is None or all(piece is ... for piece in pieces):  # [None, None] is an answer: wrong
        raise NotAttempted(
            f"{name} returns nothing yet. Write its body, and end it with `return` and the result.",
            empty=True,
        )
    return result


def acts(function):
    """Say whether a function's body calls or changes anything: a stub's does not.

    No answer is judged by it: it tells a stub from a body that lacks its `return`.
    """
    code = getattr(getattr(function, "python_function", function), "__code__", None)
    steps = () if code is None else dis.get_instructions(code)
    return any(step.opname.startswith(ACTIONS) for step in steps)


def guard(answer):
    """Wrap a learner's function so that calling it goes through `call`; leave the rest as it is."""
    kinds = (inspect.isfunction, inspect.ismethod, inspect.isbuiltin)
    plain = any(kind(answer) for kind in kinds) or isinstance(answer, functools.partial)
    if not plain and not hasattr(answer, "python_function"):  # the latter is a tf.function
        return answer
    if getattr(answer, "_guarded", False):
        return answer

    def guarded(*args, **kwargs):
        return call(answer, *args, **kwargs)

    functools.update_wrapper(guarded, answer)
    guarded._guarded = True
    return guarded


def _check_signature(function, name, args, kwargs):
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        named = f" and {', '.join(kwargs)} by name" if kwargs else ""
        raise Wrong(
            f"{name} takes the arguments {signature}; the check calls it with {len(args)} by "
            f"position{named} ({error}). Keep the first line of the function as it was given."
        ) from None


def _describe_exception(function, name, error):
    kind = type(error).__name__
    message = str(error).strip().split("\n")[0][:300]
    text = f"{name} stopped with {kind}{f': {message}' if message else ''}"
    inner = inspect.unwrap(getattr(function, "python_function", function))
    code = getattr(getattr(inner, "func", inner), "__code__", None)
    trace, line = error.__traceback__, None
    while trace is not None:
        if code is not None and trace.tb_frame.f_code.co_filename == code.co_filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    if line is not None:
        source = linecache.getline(code.co_filename, line).strip()
        text += f" (in line {line}{f': `{source}`' if source else ''})"
    explanation = EXPLANATIONS.get(kind, "")
    if AMBIGUOUS in message:
        explanation = "`if` and `and` ask for one True or False; an array has one in each place."
    elif kind in SHAPED and any(word in message for word in SHAPES_DO_NOT_FIT):
        explanation += " Compare the shapes that it names."
    return f"{text}. {explanation}".strip()


def copied(value):
    """Return a copy of an array or a list, and anything else as it is."""
    return value.copy() if isinstance(value, np.ndarray | list) else value


def brief(value):
    """Return a short text of a value with its type, for a message."""
    text = " ".join(repr(value).split())
    text = text if len(text) <= 60 else text[:57] + "..."
    return f"{text} (of type {type(value).__name__})"
