"""What an exercise is: a check with hints and a solution, in three kinds.

A lesson's own exercises stand in its folder: `from gan_course.lessons.lesson_06 import exercises as
ex`, then `.check`, `.hint` and `.solution`. `record()` returns what was checked in this session.
"""

from gan_course.exercises.answers import CannotCheck, NotAttempted, Wrong, call
from gan_course.exercises.comparison import comparison
from gan_course.exercises.core import STATUSES, Exercise, Outcome
from gan_course.exercises.expectations import expect, expect_array, expect_close
from gan_course.exercises.ordering import ordering
from gan_course.record import clear_record, record

__all__ = [
    "STATUSES",
    "CannotCheck",
    "Exercise",
    "NotAttempted",
    "Outcome",
    "Wrong",
    "call",
    "clear_record",
    "comparison",
    "expect",
    "expect_array",
    "expect_close",
    "ordering",
    "record",
]
