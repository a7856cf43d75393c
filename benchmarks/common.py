"""What the benchmarks share: where results go, and how a table is written."""

import csv
import io
import os
import platform
from pathlib import Path

from gan_course.files import replacing

RESULTS = Path(__file__).resolve().parent / "results"
SEEDS = range(5)


def write_results(name, rows):
    """Write a table of results as CSV, whole or not at all.

    Args:
        name: The file's name in `benchmarks/results`.
        rows: A list of dicts with the same keys.
    """
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    with replacing(RESULTS / name) as file:
        file.write(text.getvalue().encode())


def machine():
    """Return a few words on the machine, for the results."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} CPU cores, {platform.machine()}"


def rounded(value, digits=4):
    """Return a number with so many significant digits, for a table."""
    return float(f"{value:.{digits}g}")
