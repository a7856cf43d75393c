"""Keras must run on TensorFlow here: importing this module checks it and loads TensorFlow.

Modules that use Keras import this one first. If another backend is configured, it says so in one
sentence. Otherwise it imports TensorFlow, which takes seconds, and holds back the log lines that
TensorFlow writes as it starts: on a machine without a GPU they read like errors, and are none.
"""

import gc
import json
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from gan_course.errors import CourseError


class BackendError(CourseError, ImportError):
    """Keras is configured for a backend other than TensorFlow."""


def configured_backend():
    """Return the backend that Keras would use and the place where it is set.

    Returns:
        A pair of strings: the backend's name, such as `"tensorflow"`, and a description of the
        setting, such as `"the environment variable KERAS_BACKEND"`.

    Example:
        >>> configured_backend()
        ('tensorflow', "Keras' default")
    """
    if os.environ.get("KERAS_BACKEND"):
        return os.environ["KERAS_BACKEND"], "the environment variable KERAS_BACKEND"
    folder = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    try:
        settings = json.loads((folder / "keras.json").read_text(encoding="utf-8"))
        return str(settings.get("backend", "tensorflow")), f"the file {folder / 'keras.json'}"
    except (OSError, ValueError, AttributeError):
        return "tensorflow", "Keras' default"


def ensure_tensorflow():
    """Raise one clear sentence unless Keras is configured for TensorFlow.

    Raises:
        BackendError: If another backend is configured.
    """
    backend, place = configured_backend()
    if backend != "tensorflow":
        raise BackendError(
            f"Keras is set to the {backend!r} backend by {place}, and this course needs "
            "'tensorflow': set KERAS_BACKEND=tensorflow, restart Python, and import again."
        )


@contextmanager
def uncollected():
    """Hold back the garbage collector: an import makes a million objects, and no garbage."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@contextmanager
def held_back_log():
    """Send what C++ writes to standard error to a file, and show it only if an error follows."""
    with tempfile.TemporaryFile() as log:
        sys.stderr.flush()
        saved = os.dup(2)
        os.dup2(log.fileno(), 2)
        try:
            yield
        except BaseException:
            os.dup2(saved, 2)
            log.seek(0)
            os.write(2, log.read())
            raise
        finally:
            os.dup2(saved, 2)
            os.close(saved)


os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # 2: from here on, errors only
ensure_tensorflow()
if "tensorflow" not in sys.modules:
    with held_back_log(), uncollected():
        import tensorflow

        tensorflow.config.list_physical_devices("GPU")  # looks for CUDA, and logs what it misses
    # This rewriting fails, loudly and without harm, on a convolution followed by LeakyReLU.
    tensorflow.config.optimizer.set_experimental_options({"remapping": False})
