"""Exercises: `from gan_course.exercises import lesson_06 as ex`, then check, hint, solution.

One module per lesson. `record()` returns what was checked in this session.
"""

from gan_course.exercises.answers import CannotCheck, NotAttempted, Wrong, call
from gan_course.exercises.core import STATUSES, Args, Exercise, Outcome, exercise
from gan_course.exercises.expectations import expect, expect_array, expect_close
from gan_course.exercises.ordering import ordering
from gan_course.record import clear_record, record

__all__ = [
    "STATUSES",
    "Args",
    "CannotCheck",
    "Exercise",
    "NotAttempted",
    "Outcome",
    "Wrong",
    "call",
    "clear_record",
    "exercise",
    "expect",
    "expect_array",
    "expect_close",
    "ordering",
    "record",
]
