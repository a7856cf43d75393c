"""What ends a training run early: Ctrl-C, and numbers that stop being numbers."""

import signal
from contextlib import contextmanager

import numpy as np

from gan_course.errors import CourseError
from gan_course.stopping import asked_to_stop

REMEDY = (
    "Try a learning rate ten times smaller, and check that the images are scaled to the "
    "generator's range. A checkpoint that was saved before is still good."
)


class NonFiniteLoss(CourseError, ArithmeticError):
    """A loss or weight became NaN or infinite. The message names the step and what to try.

    Args:
        what: What happened, for places that know a better remedy.
    """

    def __init__(self, what):
        super().__init__(f"{what}. {REMEDY}")
        self.what = what


class TrainingInterrupted(CourseError, KeyboardInterrupt):
    """Training was stopped, by Ctrl-C, the stop button or a signal. The message says where.

    Args:
        message: That message.
        number: The signal.
    """

    def __init__(self, message, number=signal.SIGINT):
        super().__init__(message)
        self.number = number


def check_finite(rows, columns, first_step, weights_are_finite):
    """Raise an error unless all losses of some steps, and the weights after them, are finite.

    The weights are looked at too because a loss does not tell: on a CPU, relu(NaN) is 0.

    Args:
        rows: The losses, shape (steps, columns).
        columns: The names of the columns.
        first_step: The number of the first of these steps.
        weights_are_finite: A function without arguments that returns a bool.

    Raises:
        NonFiniteLoss: If a loss or a weight is NaN or infinite.
    """
    bad = np.argwhere(~np.isfinite(rows))
    if len(bad):
        index, column = bad[0]
        what = f"{columns[column]} became {rows[index, column]} at step {first_step + index}"
        raise NonFiniteLoss(what)
    if not weights_are_finite():
        last = first_step + len(rows) - 1
        what = f"a weight became NaN or infinite between steps {first_step} and {last}"
        raise NonFiniteLoss(f"The losses are finite, but {what}")


class Stop:
    """Whether this process was asked to stop, and what a second Ctrl-C does.

    Attributes:
        number: The signal that asked first; None while none has.
        breaks: Whether a second Ctrl-C raises KeyboardInterrupt where it comes.
    """

    number = None
    breaks = False

    def __call__(self, number, frame):
        """Note a signal: the handler that Python calls."""
        again = number == signal.SIGINT and self.number is not None
        self.number = self.number or number
        if again and self.breaks:
            raise KeyboardInterrupt


@contextmanager
def deferred_interrupt():
    """Hold back Ctrl-C, SIGTERM and SIGHUP, so that the step in hand is finished and saved.

    In any thread but the main one nothing is held back.

    Yields:
        A `Stop`, which knows whether a signal came.
    """
    stop = Stop()
    with asked_to_stop(stop):
        yield stop
