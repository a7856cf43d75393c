"""Settings for all tests, and for the kernels in which nbval runs the notebooks.

It stands here, at the root, because tests/ and notebooks/ both need it, and so that the learner's
folder of notebooks holds notebooks and nothing else.

Nothing of the person who runs the tests is read or written: caches, Keras' and IPython's settings
and figures' settings live in build/test-home, which later runs use again.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
HOME = ROOT / "build" / "test-home"
OUTPUT_TIMEOUT = 120  # seconds that nbval waits for the next message of a cell; its own: 5


def _course_modules():
    """Return the dotted names of all modules of the package."""
    names = []
    for path in sorted((ROOT / "gan_course").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def _ours():
    """Return a pattern for the names of our modules; pytest imports helpers by their own names."""
    folders = ("tests/helpers", "tests/browser", "benchmarks")
    helpers = sorted(path.stem for folder in folders for path in (ROOT / folder).glob("*.py"))
    return rf"(tests|gan_course)(\.|$)|({'|'.join(helpers)})$"


# Kernels and other child processes inherit these; Keras and Matplotlib read them on import.
os.environ.setdefault("GAN_COURSE_BUDGET", "quick")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# The networks of quick runs are too small for threads: waiting for one another, they would spend
# up to half of all seconds. Full runs have what a learner has.
if os.environ["GAN_COURSE_BUDGET"] == "quick":
    for name in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"):
        os.environ.setdefault(name, "1")
os.environ.update(
    GAN_COURSE_CACHE=str(HOME / "cache"),
    KERAS_HOME=str(HOME / "keras"),
    IPYTHONDIR=str(HOME / "ipython"),
    MPLCONFIGDIR=str(HOME / "matplotlib"),
    MPLBACKEND="agg",
    # In a kernel too, a deprecated call of ours is an error: a cell is `__main__`.
    PYTHONWARNINGS=",".join(
        f"error::DeprecationWarning:{name}" for name in ["__main__", *_course_modules()]
    ),
)
for name in ("GAN_COURSE_RECORD", "KERAS_BACKEND", "IPYTHONSTARTUP", "PYTHONSTARTUP"):
    os.environ.pop(name, None)


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "full: takes minutes; runs only with GAN_COURSE_BUDGET=full (make test-full)"
    )
    # A deprecated call in a test, a helper or the package is an error, wherever it is defined.
    for category in ("DeprecationWarning", "FutureWarning"):
        config.addinivalue_line("filterwarnings", f"error::{category}:{_ours()}")


def _is_cell(item):
    return type(item).__name__ == "IPyNbCell"


def pytest_collection_modifyitems(config, items):
    for item in items:
        if _is_cell(item):
            item.output_timeout = OUTPUT_TIMEOUT
    if os.environ["GAN_COURSE_BUDGET"] != "full":
        long = [item for item in items if item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def pytest_runtest_setup(item):
    # What comes after a failed cell fails for the same reason: one failure says enough.
    failed = getattr(item.parent, "failed_cell", None) if _is_cell(item) else None
    if failed:
        pytest.skip(f"{failed} of this notebook failed")


def pytest_runtest_makereport(item, call):
    if _is_cell(item) and call.excinfo and not call.excinfo.errisinstance(pytest.skip.Exception):
        item.parent.failed_cell = item.name
