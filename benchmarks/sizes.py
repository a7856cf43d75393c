"""Import time, peak memory of a lesson, and how long `make test` takes.

python benchmarks/sizes.py           # import time, and lesson 06 in full mode
python benchmarks/sizes.py --tests   # `make test` too
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from common import machine, rounded, write_results

ROOT = Path(__file__).resolve().parent.parent
IMPORT = "import time as t; a = t.perf_counter(); import gan_course; print(t.perf_counter() - a)"


def import_seconds(times=9):
    """Return the median seconds of `import gan_course`, each in a fresh process."""
    command = [sys.executable, "-c", IMPORT]
    runs = [subprocess.run(command, capture_output=True) for _ in range(times)]
    return statistics.median(float(run.stdout) for run in runs)


def run_lesson(name):
    """Run a notebook in full mode; return its seconds and the kernel's peak memory in MB."""
    import nbformat
    from nbclient import NotebookClient

    os.environ["GAN_COURSE_BUDGET"] = "full"
    path = ROOT / "notebooks" / name
    notebook = nbformat.read(path, as_version=4)
    began = time.monotonic()
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=1800, resources=resources).execute()
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # kilobytes on Linux
    return seconds, peak / 1000


def main(arguments):
    """Measure, print and write the table."""
    rows = [{"what": "import gan_course, seconds", "value": rounded(import_seconds(), 2)}]
    seconds, peak = run_lesson("06_dense_gan.ipynb")
    rows.append({"what": "lesson 06 in full mode, seconds", "value": round(seconds)})
    rows.append({"what": "lesson 06 in full mode, peak memory in MB", "value": round(peak)})
    if "--tests" in arguments:
        began = time.monotonic()
        quick = {**os.environ, "GAN_COURSE_BUDGET": "quick"}
        subprocess.run(["make", "test"], cwd=ROOT, env=quick, check=True)
        rows.append({"what": "make test, seconds", "value": round(time.monotonic() - began)})
    for row in rows:
        row["machine"] = machine()
        print(f"{row['what']}: {row['value']}")
    write_results("sizes.csv", rows)


if __name__ == "__main__":
    main(sys.argv[1:])
