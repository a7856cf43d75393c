"""Exercises of the kind "put the steps in order"."""

from numbers import Real

import numpy as np

from gan_course.exercises.answers import NotAttempted, Wrong
from gan_course.exercises.core import Exercise


def ordering(number, title, steps, rules, reference, hints, wrong, praise="The order holds."):
    """Make an exercise in which the learner puts numbered steps in order.

    The notebook shows the steps in the order of `steps`, numbered from 1. The learner answers with
    a list of these numbers, or of the steps' texts. Every order that keeps the rules is right.

    Args:
        number: Its number in the course, such as "6.3".
        title: What to do, in a few words.
        steps: The texts of the steps, shuffled.
        rules: Triples (first, then, why): step number `first` must come before number `then`, and
            `why` is the sentence for a learner who has it the other way round.
        reference: One right order, a list of numbers.
        hints: At least two texts.
        wrong: At least two pairs (wrong order, a part of the message it must get).
        praise: What the learner reads when the order is right.

    Returns:
        An `Exercise`; its attribute `steps` holds the steps, to be shown.

    Raises:
        ValueError: If a rule or the reference names a step that does not exist.

    Example:
        >>> tea = ordering(
        ...     "0.9", "Make tea", ["pour the water", "boil the water"],
        ...     rules=[(2, 1, "Cold water makes no tea.")], reference=[2, 1],
        ...     hints=["What needs heat?", "Begin with 2."],
        ...     wrong=[([1, 2], "Cold water"), ([2], "is missing")],
        ... )
        >>> tea.check([1, 2]).status
        'incorrect'
    """
    steps = tuple(steps)
    named = [number for first, then, _ in rules for number in (first, then)]
    outside = sorted({number for number in named if number not in range(1, len(steps) + 1)})
    if outside or sorted(reference) != list(range(1, len(steps) + 1)):
        raise ValueError(
            f"Exercise {number} has {len(steps)} steps; expected rules about the numbers 1 to "
            f"{len(steps)} and a reference that has each once. Received rules about {outside} and "
            f"the reference {reference}."
        )

    def check(order):
        numbers = _read_order(order, steps)
        for position, number in enumerate(numbers):
            for first, then, why in rules:
                if then == number and first not in numbers[:position]:
                    right = "" if position == 0 else f"Right up to position {position}. "
                    raise Wrong(
                        f"{right}Position {position + 1}, “{steps[number - 1]}”, comes too early. "
                        f"{why}"
                    )
        return praise

    made = Exercise(number, title, check, list(reference), hints, wrong)
    made.steps = steps
    return made


def _read_order(order, steps):
    """Return the learner's order as step numbers, each once, or say what is wrong with it."""
    count = len(steps)
    example = f"a list such as {list(range(1, min(count, 3) + 1))} with each step once"
    if isinstance(order, (str, bytes)) or not hasattr(order, "__iter__"):
        raise Wrong(f"Expected {example}; received {order!r}.")
    order = [_plain(entry) for entry in order]
    if not order:
        raise NotAttempted("The list is empty: write the numbers of the steps into it.")
    if ... in order or None in order:
        raise NotAttempted("There is a gap in the list yet: fill in the numbers of all steps.")
    texts = {step.strip().lower(): number for number, step in enumerate(steps, start=1)}
    numbers = []
    for entry in order:
        number = texts.get(entry.strip().lower()) if isinstance(entry, str) else entry
        whole = isinstance(number, Real) and not isinstance(number, bool) and number % 1 == 0
        if whole and number == 0:
            raise Wrong(f"The steps are numbered from 1 to {count}; there is no step 0.")
        if not whole or not 1 <= number <= count:
            raise Wrong(f"There is no step {entry!r}; the steps are numbered from 1 to {count}.")
        numbers.append(int(number))
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise Wrong(f"Step {twice[0]}, “{steps[twice[0] - 1]}”, stands in your list twice.")
    missing = sorted(set(range(1, count + 1)) - set(numbers))
    if missing:
        raise Wrong(f"Step {missing[0]}, “{steps[missing[0] - 1]}”, is missing from your list.")
    return numbers


def _plain(entry):
    """Return an entry of an array or a tensor as Python's own number, any other as it is."""
    return np.asarray(entry).item() if getattr(entry, "shape", None) == () else entry
