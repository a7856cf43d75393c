"""Run the first cells of a lesson in a Python of their own, or take one function out of a cell."""

import ast
import json
import subprocess
import sys

import numpy as np
from places import NOTEBOOKS, ROOT

SLOW = ("tensorflow", "keras", "sklearn")
CODE = """
import json, sys
from gan_course import plots
plots.show = lambda *figure, **how: None  # figures are made, but not painted
sources, then = json.loads(sys.stdin.read())
cells = {"__name__": "__main__"}
report = {"early": [], "late": []}
for number, source in enumerate(sources):
    exec(compile(source, f"cell {number}", "exec"), cells)
    report["early" if number < 2 else "late"] += [m for m in SLOW if m in sys.modules]
exec(then)
print("REPORT", json.dumps(report))
"""


def run_cells_before(cell_id, notebook, then=""):
    """Run the code cells before one of them, and return a dict of what was found.

    Args:
        cell_id: The id of the first cell that is not run.
        notebook: The notebook's file name.
        then: Code to run afterwards. It finds the cells' names in the dict `cells`, and may add to
            the dict `report`.

    Returns:
        The report: `"early"` holds the slow modules loaded after the first two cells, for imports
        and settings; `"late"` those loaded after any other.
    """
    text = (NOTEBOOKS / notebook).read_text(encoding="utf-8")
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    cells = cells[: [cell["id"] for cell in cells].index(cell_id)]
    done = subprocess.run(
        [sys.executable, "-c", f"SLOW = {SLOW!r}\n{CODE}"],
        input=json.dumps([["".join(cell["source"]) for cell in cells], then]),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.rpartition("REPORT")[2])


def function_of(notebook, cell_id, name):
    """Return a function of NumPy arrays as a cell of a notebook defines it.

    Args:
        notebook: The notebook's file name.
        cell_id: The id of the cell.
        name: The function's name.
    """
    cells = json.loads((NOTEBOOKS / notebook).read_text(encoding="utf-8"))["cells"]
    source = next("".join(cell["source"]) for cell in cells if cell["id"] == cell_id)
    found = [node for node in ast.parse(source).body if getattr(node, "name", "") == name]
    namespace = {"np": np}
    exec(compile(ast.Module(found, []), cell_id, "exec"), namespace)
    return namespace[name]
