"""What ends a training run early: Ctrl-C, and numbers that stop being numbers."""

import signal
import threading
from contextlib import contextmanager

import numpy as np

from gan_course.errors import CourseError

REMEDY = (
    "Try a learning rate ten times smaller, check that the images are scaled to the generator's "
    "range, or load the last checkpoint, which is still good."
)


class NonFiniteLoss(CourseError, ArithmeticError):
    """A loss or weight became NaN or infinite. The message names the step and what to try."""


class TrainingInterrupted(CourseError, KeyboardInterrupt):
    """Training was stopped by Ctrl-C or by Jupyter's stop button. The message says where."""


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
        raise NonFiniteLoss(f"{what}. {REMEDY}")
    if not weights_are_finite():
        last = first_step + len(rows) - 1
        what = f"a weight became NaN or infinite between steps {first_step} and {last}"
        raise NonFiniteLoss(f"The losses are finite, but {what}. {REMEDY}")


@contextmanager
def deferred_interrupt():
    """Hold back the first Ctrl-C, so that the step in hand is finished; let a second one through.

    Python delivers signals to the main thread only; in any other thread nothing is held back.

    Yields:
        A `threading.Event`, set once Ctrl-C was pressed.
    """
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed
        return
    previous = signal.getsignal(signal.SIGINT)

    def remember(number, frame):
        pressed.set()
        signal.signal(signal.SIGINT, previous)

    signal.signal(signal.SIGINT, remember)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, previous)
