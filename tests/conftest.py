"""Settings for the tests of the package: on a busy machine a slow example is no failure."""

import signal

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("course", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("course")


@pytest.fixture(scope="session", autouse=True)
def signals_as_at_a_terminal():
    """Hear what `nohup` and a script's `&` have a process ignore: tests send such signals."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
