"""Lesson 02 starts as fast as NumPy does: TensorFlow waits for the cell that compares with it."""

import json
import subprocess
import sys

import nbformat
from places import ROOT


def test_no_cell_before_the_comparison_loads_tensorflow():
    notebook = nbformat.read(ROOT / "notebooks" / "02_backpropagation.ipynb", as_version=4)
    sources = []
    for cell in notebook.cells:
        if cell.id == "tensorflow":
            break
        if cell.cell_type == "code":
            sources.append(cell.source)
    else:
        raise AssertionError("the lesson has no cell with the id 'tensorflow'")
    code = (
        "import json, sys\nsources = json.loads(sys.stdin.read())\n"
        "space = {'__name__': '__main__'}\n"
        "for source in sources:\n    exec(source, space)\n"
        "print('LOADED', [name for name in ('tensorflow', 'keras') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().endswith("LOADED []"), done.stdout[-200:]
