"""Keras must run on TensorFlow here: importing this module checks it and loads TensorFlow.

Modules that use Keras import this one first. If Keras is set to another backend, order of axes or
precision, it says so in one sentence. Otherwise it imports TensorFlow, which takes seconds, and
holds back the log lines that TensorFlow writes as it starts: on a machine without a GPU they read
like errors, and are none.
"""

import gc
import json
import os
import sys
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from gan_course.errors import CourseError

NEEDED = {"backend": "tensorflow", "image_data_format": "channels_last", "floatx": "float32"}


class BackendError(CourseError, ImportError):
    """Keras is configured for another backend, order of axes or precision than the course's."""


def configured(setting):
    """Return what Keras would use for a setting, and where that is set.

    Args:
        setting: A key of `NEEDED`.

    Returns:
        A pair of strings: the value, such as `"tensorflow"`, and a description of the place, such
        as `"the environment variable KERAS_BACKEND"`.

    Example:
        >>> configured("backend")
        ('tensorflow', "Keras' default")
    """
    if setting == "backend" and os.environ.get("KERAS_BACKEND"):
        return os.environ["KERAS_BACKEND"], "the environment variable KERAS_BACKEND"
    value, place = NEEDED[setting], "Keras' default"
    folder = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")
    with suppress(OSError, ValueError, AttributeError):  # absent or damaged: Keras passes it over
        settings = json.loads((folder / "keras.json").read_text(encoding="utf-8"))
        if settings.get(setting):
            value, place = str(settings[setting]), f"the file {folder / 'keras.json'}"
    ask = getattr(getattr(sys.modules.get("keras"), "config", None), setting, None)
    if ask and ask() != value:
        value, place = ask(), "this session"
    return value, place


def ensure_settings():
    """Raise one clear sentence unless Keras is configured as the course needs it.

    Raises:
        BackendError: If a setting of `NEEDED` has another value.
    """
    for setting, needed in NEEDED.items():
        value, place = configured(setting)
        if value == needed:
            continue
        remedy = f'write "{setting}": "{needed}" there, restart Python,'
        if setting == "backend":
            remedy = f"set KERAS_BACKEND={needed}, restart Python,"
        elif place == "this session":
            remedy = f"call keras.config.set_{setting}({needed!r}),"
        raise BackendError(
            f"Keras is set to the {value!r} {setting} by {place}, and this course needs "
            f"{needed!r}: {remedy} and import again."
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
    try:
        os.fstat(2)
    except OSError:  # closed: the next file opened would get its number, and the log
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with ExitStack() as stack:
        log = None
        with suppress(OSError):  # no folder for temporary files, or a full one: let the log through
            log = stack.enter_context(tempfile.TemporaryFile())
        if log is None:
            yield
            return
        with suppress(AttributeError, ValueError):  # there is none, or it is closed
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
ensure_settings()
if "tensorflow" not in sys.modules:
    with held_back_log(), uncollected():
        import tensorflow

        tensorflow.config.list_physical_devices("GPU")  # looks for CUDA, and logs what it misses
    # This rewriting fails, loudly and without harm, on a convolution followed by LeakyReLU.
    tensorflow.config.optimizer.set_experimental_options({"remapping": False})
