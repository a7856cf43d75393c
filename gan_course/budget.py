"""How much work a notebook does: `quick` for tests, `full` for a learner."""

import os

BUDGETS = ("quick", "full")


def budget(quick, full):
    """Return `quick` or `full`, as the environment variable `GAN_COURSE_BUDGET` asks.

    A learner sets nothing and gets `full`. The tests set `GAN_COURSE_BUDGET=quick`, so that every
    cell runs in seconds.

    Args:
        quick: The value for a fast run, such as a small number of steps.
        full: The value for good results, within five minutes a lesson on two CPU cores.

    Returns:
        One of the two, unchanged.

    Raises:
        ValueError: If `GAN_COURSE_BUDGET` is set to anything but `quick` or `full`.

    Example:
        >>> steps = budget(quick=20, full=4000)

    Introduced in lesson 00.
    """
    chosen = os.environ.get("GAN_COURSE_BUDGET", "full")
    if chosen not in BUDGETS:
        raise ValueError(
            f"GAN_COURSE_BUDGET is {chosen!r}; it must be 'quick' or 'full'. "
            "Unset it to get the full budget."
        )
    return quick if chosen == "quick" else full
