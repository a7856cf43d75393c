"""Ctrl-C, and the signals by which a system asks a process to end: SIGTERM and SIGHUP.

A Hub's culler and a cluster's scheduler send SIGTERM, a terminal that closes sends SIGHUP.
"""

import signal
import threading
from contextlib import contextmanager

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


@contextmanager
def asked_to_stop(answer):
    """Call a function whenever this process is asked to stop.

    What the process ignores stays ignored, as under `nohup`. Python hands signals to the main
    thread alone: in any other nothing changes.

    Args:
        answer: A function of the signal's number and the frame, as for `signal.signal`.

    Example:
        >>> with asked_to_stop(lambda number, frame: asked.append(number)):
        ...     work()
    """
    before = {}
    if threading.current_thread() is threading.main_thread():
        numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
        handlers = {number: signal.getsignal(number) for number in numbers}
        before = {n: old for n, old in handlers.items() if old not in (signal.SIG_IGN, None)}
    try:
        for number in before:
            signal.signal(number, answer)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
