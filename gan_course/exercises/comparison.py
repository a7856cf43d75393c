"""Exercises of the kind "write this function": answer and reference meet on the same cases."""

import inspect

import numpy as np

from gan_course.exercises.answers import NotAttempted, Wrong, call, copied
from gan_course.exercises.core import Exercise
from gan_course.exercises.expectations import close, expect_close, read_numbers

COUNTS = {2: "two", 3: "three", 4: "four"}


def comparison(
    number,
    title,
    reference,
    cases,
    slips,
    hints,
    praise,
    *,
    what="the result",
    parts=(),
    rtol=1e-5,
    atol=1e-6,
    solution=None,
):
    """Make an exercise in which the learner writes a function, and is told which slip it shows.

    The learner's function and the reference are called with each case, and their results compared.
    At the first difference every slip is tried: the one that gives what the learner's function
    gives, in every case, is the diagnosis. Without one the first difference itself is told. So a
    slip and its message stand together, once: they serve the check, and its test.

    Args:
        number: Its number in the course, such as "7.2".
        title: What to do, in a few words.
        reference: The right function.
        cases: A list of tuples, the arguments of each call; or a function that returns one, where
            making them takes a library that is slow to import.
        slips: At least two pairs (a wrong function, what the learner of this slip reads). A slip
            may raise in some cases, and must give a result in one at least.
        hints: At least two texts, from a nudge to nearly the answer.
        praise: What the learner reads when the answer is right.
        what: How messages call the result. The names of the reference's parameters in braces
            stand for the case's arguments: "the size for stride {stride}".
        parts: The names of the results, where the function returns several, in a tuple or in an
            array; messages then say the part's name followed by `what`: "the bias" and "after step
            {t}".
        rtol: The relative tolerance, wider for numbers of half precision.
        atol: The absolute tolerance, likewise.
        solution: The text of the solution; by default the source of `reference`.

    Returns:
        An `Exercise`; its attribute `cases` holds the cases.

    Raises:
        ValueError: If there are fewer than two hints or two slips.

    Example:
        >>> double = comparison(
        ...     "0.9", "Double a number", lambda x: 2 * x, [(3,), (0.5,)],
        ...     slips=[(lambda x: x**2, "This squares."), (lambda x: x + 2, "This adds 2.")],
        ...     hints=["What is x + x?", "Multiply by 2."], praise="So for every number.",
        ... )
        >>> double.check(lambda x: x * x).message
        'This squares.'
    """

    def check(function):
        asked = cases() if callable(cases) else cases
        right = [_run(reference, arguments, parts) for arguments in asked]
        given = [_answer(function, arguments, parts, reference) for arguments in asked]
        for arguments, found, wanted in zip(asked, given, right, strict=True):
            if _agree(found, wanted, rtol, atol):
                continue
            for slip, message in slips:
                results = [_attempt(slip, each, parts) for each in asked]
                if _explains(results, given, right, rtol, atol):
                    raise Wrong(message)
            case = inspect.signature(reference).bind(*arguments)
            case.apply_defaults()
            name = " ".join(what.format(**case.arguments).split())  # an array's rows in one line
            _complain(found, wanted, name, parts, rtol, atol)
        return praise

    made = Exercise(number, title, check, reference, hints, slips, solution)
    made.cases = cases
    return made


def _answer(function, arguments, parts, reference):
    """Return the results of the learner's function, or the verdict on why there are none."""
    given, named = inspect.signature(reference).bind(*arguments).arguments, {}
    if inspect.isfunction(function):  # what it takes by name alone is handed over by name
        kinds = inspect.signature(function).parameters.items()
        alone = {name for name, each in kinds if each.kind is each.KEYWORD_ONLY}
        named = {name: given[name] for name in alone & set(given)}
        arguments = [value for name, value in given.items() if name not in named]
    try:
        return _split(call(function, *arguments, **named), parts)
    except NotAttempted:
        raise
    except Wrong as verdict:
        return verdict


def _attempt(slip, arguments, parts):
    """Return the results of a slip, or the exception that it raises."""
    try:
        return _run(slip, arguments, parts)
    except Exception as error:
        return error


def _run(function, arguments, parts):
    with np.errstate(all="ignore"):
        return _split(function(*map(copied, arguments)), parts)


def _split(result, parts):
    """Return the results as a list: of a tuple, or of an array that holds one in each row."""
    several = isinstance(result, tuple | list)
    stacked = tuple(getattr(result, "shape", ()))[:1] == (len(parts),)
    return list(result) if parts and (several or stacked) else [result]


def _agree(found, wanted, rtol, atol):
    """Say whether two lists of results are as many, of the same shapes, and as good as equal."""
    raised = isinstance(found, Exception), isinstance(wanted, Exception)
    if any(raised):
        return all(raised)
    pairs = zip(found, wanted, strict=False)
    return len(found) == len(wanted) and all(_same(one, two, rtol, atol) for one, two in pairs)


def _same(one, two, rtol, atol):
    one, two = read_numbers(one), read_numbers(two)
    return one is not None and two is not None and close(one, two, rtol, atol)


def _explains(results, given, right, rtol, atol):
    """Say whether a slip gives what was given in every case: all of it, or the parts it spoils.

    Where both raise they agree, but in some case there must be a number to compare. Of several
    parts, those that the slip spoils must all be what was given; the others it says nothing about.
    """
    if all(_agree(one, two, rtol, atol) for one, two in zip(results, given, strict=True)):
        return any(not isinstance(result, Exception) for result in results)
    count, spoilt = len(right[0]), 0
    for part in range(count) if count > 1 else ():
        mistaken, found, wanted = (
            [_part(found, part, count) for found in column] for column in (results, given, right)
        )
        if all(_same(one, two, rtol, atol) for one, two in zip(mistaken, wanted, strict=True)):
            continue
        if not all(_same(one, two, rtol, atol) for one, two in zip(mistaken, found, strict=True)):
            return False
        spoilt += 1
    return spoilt > 0


def _part(results, index, count):
    return results[index] if isinstance(results, list) and len(results) == count else None


def _complain(found, wanted, what, parts, rtol, atol):
    """Say what is wrong with the results of one case, without knowing why."""
    if isinstance(found, Exception):
        raise found
    if len(found) != len(wanted):
        count = COUNTS.get(len(parts), str(len(parts)))
        raise Wrong(f"Return {count} things: `{', '.join(parts)}`.")
    for number, (one, two) in enumerate(zip(found, wanted, strict=True)):
        name = f"{parts[number]} {what}" if parts else what
        expect_close(one, read_numbers(two), what=name, rtol=rtol, atol=atol)
