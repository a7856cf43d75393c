# ruff: noqa: UP010, UP030, UP032
"""Say in one sentence whether this Python can run the course, before anything is downloaded.

`python tools/check_python.py` prints nothing and exits with 0 if it can; otherwise it prints one
sentence and exits with 1. Old Pythons have to be able to read this file in order to be told that
they are too old, so it keeps to what Python 2.7 understands.
"""

from __future__ import print_function

import platform
import sys
import sysconfig

OLDEST = (3, 11)  # the first version that fits
TOO_NEW = (3, 14)  # the first version that no longer fits; pyproject.toml says the same


def problem(facts):
    """Return one sentence that says why the Python of `facts` cannot run the course, or None.

    What TensorFlow 2.21 is built for decides: CPython 3.11 to 3.13 (the oldest this course is
    tested with is 3.11), Linux with glibc on x86-64 or ARM, macOS on Apple silicon, 64-bit Windows
    on x86-64.

    Args:
        facts: What `facts_about_this_python` returns, or a made-up dictionary like it.
    """
    name = "Python {0} at {1}".format(facts["version_text"], facts["executable"])
    version, system, machine = facts["version"], facts["system"], facts["machine"]
    remedy = "install Python 3.11, 3.12 or 3.13 and name it, as in '{0}'".format(
        "py -3.12 tools\\set_up.py" if system == "Windows" else "make lab PYTHON=python3.12"
    )
    if version < OLDEST:
        return "{0} is too old for this course: {1}.".format(name, remedy)
    if version >= TOO_NEW:
        return "{0} is too new: TensorFlow is not built for it yet; {1}.".format(name, remedy)
    if not facts["is_64_bit"]:
        return "{0} is a 32-bit program and TensorFlow needs 64 bits: {1}.".format(name, remedy)
    if facts["implementation"] != "CPython" or facts["free_threaded"]:
        return "{0} is not the standard CPython that TensorFlow needs: {1}.".format(name, remedy)
    if system == "Darwin" and machine != "arm64":
        return (
            "This Python runs on an Intel Mac, or as an Intel program on another Mac, and "
            "TensorFlow 2.21 is built for Apple silicon only: use a Python for Apple silicon, or "
            "a machine with Linux, or Windows."
        )
    if system == "Windows" and machine not in ("AMD64", "x86_64"):
        return (
            "This is a Python for Windows on {0} and TensorFlow is built for Windows on x86-64 "
            "only: install the x86-64 build of Python, or use Linux.".format(machine)
        )
    if system == "Linux" and (machine not in ("x86_64", "aarch64") or facts["musl"]):
        return (
            "This is Linux on {0}{1} and TensorFlow is built for Linux with glibc on x86-64 or "
            "64-bit ARM: use such a machine, or a container with Debian or Ubuntu.".format(
                machine, " with musl" if facts["musl"] else ""
            )
        )
    if system not in ("Linux", "Darwin", "Windows"):
        return "TensorFlow is not built for {0}: use Linux, macOS or Windows.".format(system)
    if not facts["has_venv"]:
        return (
            "{0} cannot make virtual environments: on Debian or Ubuntu run "
            "'sudo apt install python{1}.{2}-venv', elsewhere {3}.".format(
                name, version[0], version[1], remedy
            )
        )
    return None


def facts_about_this_python():
    """Return a dictionary of what `problem` needs to know about the running Python."""
    return {
        "version": tuple(sys.version_info[:2]),
        "version_text": ".".join(str(part) for part in sys.version_info[:3]),
        "executable": sys.executable,
        "implementation": platform.python_implementation(),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "is_64_bit": sys.maxsize > 2**32,
        "system": platform.system(),
        "machine": _machine(),
        "musl": "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or ""),
        "has_venv": _has_venv(),
    }


def _machine():
    """Return the machine that this Python was built for: an emulated one counts as what it is."""
    if platform.system() == "Windows":
        return {"win-amd64": "AMD64", "win-arm64": "ARM64"}.get(sysconfig.get_platform(), "x86")
    return platform.machine()


def _has_venv():
    """Return whether virtual environments can be made here, or are not needed: this is one."""
    if sys.prefix != getattr(sys, "base_prefix", sys.prefix):
        return True
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def main():
    """Print the problem, if there is one, and return the exit code."""
    sentence = problem(facts_about_this_python())
    if sentence:
        print(sentence, file=sys.stderr)
    return 1 if sentence else 0


if __name__ == "__main__":
    sys.exit(main())
