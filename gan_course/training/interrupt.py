"""Ctrl-C during training: finish the step in hand, then stop, so that nothing is half done."""

import signal
import threading
from contextlib import contextmanager

from gan_course.errors import CourseError


class TrainingInterrupted(CourseError, KeyboardInterrupt):
    """Training was stopped by Ctrl-C or by Jupyter's stop button. The message says where."""


class InterruptFlag:
    """Remembers that an interrupt arrived; true from then on."""

    def __init__(self):
        self.raised = False

    def __bool__(self):
        return self.raised


@contextmanager
def deferred_interrupt():
    """Turn the first Ctrl-C into a flag, and let a second one through at once.

    Python delivers signals to the main thread only; in any other thread the flag stays false.

    Yields:
        An `InterruptFlag`.
    """
    flag = InterruptFlag()
    if threading.current_thread() is not threading.main_thread():
        yield flag
        return
    previous = signal.getsignal(signal.SIGINT)

    def remember(number, frame):
        flag.raised = True
        signal.signal(signal.SIGINT, previous)

    signal.signal(signal.SIGINT, remember)
    try:
        yield flag
    finally:
        signal.signal(signal.SIGINT, previous)
