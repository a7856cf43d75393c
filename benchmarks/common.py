"""What the benchmarks share: where results go, and how a table is written."""

import csv
import io
import os
import platform

from gan_course.files import replacing
from gan_course.results import FOLDER, read_results

SEEDS = range(5)


def write_results(name, rows):
    """Write a table of results as CSV, whole or not at all.

    Args:
        name: The file's name in `gan_course/results`, where the lessons read it.
        rows: A list of dicts with the same keys.
    """
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    with replacing(FOLDER / name) as file:
        file.write(text.getvalue().encode())


def read_rows(name):
    """Return the rows of a stored table as dicts of strings, [] without one."""
    return read_results(name) if (FOLDER / name).exists() else []


def machine():
    """Return a few words on the machine, for the results."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} CPU cores, {platform.machine()}"


def rounded(value, digits=4):
    """Return a number with so many significant digits, for a table."""
    return float(f"{value:.{digits}g}")
