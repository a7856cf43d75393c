"""How tests and notebooks are run: apart from the learner's files, and one failure at a time."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from places import ROOT


def run_notebook(folder, *sources):
    """Run a notebook of these cells as `make test-notebooks` does, and return pytest's report."""
    shutil.copy(ROOT / "conftest.py", folder)
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "lesson.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env", "-q", "."],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.mark.parametrize("name", ["GAN_COURSE_CACHE", "KERAS_HOME", "IPYTHONDIR", "MPLCONFIGDIR"])
def test_tests_leave_the_persons_own_files_alone(name):
    assert Path(os.environ[name]).is_relative_to(ROOT / "build")


def test_after_a_failed_cell_the_rest_of_its_notebook_is_skipped(tmp_path):
    report = run_notebook(tmp_path, "x = 1", "assert x == 2", "x", "x + 1")
    assert "1 failed, 1 passed, 2 skipped" in report


def test_a_deprecated_call_in_a_cell_is_an_error_and_the_budget_is_quick(tmp_path):
    call = "import warnings\nwarnings.warn('use the new one', DeprecationWarning)"
    check = "import os\nassert os.environ['GAN_COURSE_BUDGET'] in ('quick', 'full')"
    report = run_notebook(tmp_path, check, call)
    assert "1 failed, 1 passed" in report
    assert "DeprecationWarning" in report
