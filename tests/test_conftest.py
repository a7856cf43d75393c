"""How tests and notebooks are run: apart from the learner's files, and one failure at a time."""

import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from places import ROOT

UNUSED = [f"-pno:{plugin}" for plugin in ("playwright", "anyio", "hypothesispytest")]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """What pytest says of a notebook that is run as `make test-notebooks` runs one."""
    folder = tmp_path_factory.mktemp("book")
    shutil.copy(ROOT / "conftest.py", folder)
    sources = [
        "import os\nassert os.environ['GAN_COURSE_BUDGET'] in ('quick', 'full')",
        "import warnings\nwarnings.warn('use the new one', DeprecationWarning)",
        "x = 1",
        "x + 1",
    ]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "lesson.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env", "-q", *UNUSED]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", ["GAN_COURSE_CACHE", "KERAS_HOME", "IPYTHONDIR", "MPLCONFIGDIR"])
def test_tests_leave_the_persons_own_files_alone(name):
    assert Path(os.environ[name]).is_relative_to(ROOT / "build")


def test_after_a_failed_cell_the_rest_of_its_notebook_is_skipped(report):
    # The first cell passes: a notebook knows its budget.
    assert "1 failed, 1 passed, 2 skipped" in report


def test_a_deprecated_call_in_a_cell_is_an_error(report):
    assert "DeprecationWarning" in report


@pytest.mark.parametrize("category", [DeprecationWarning, FutureWarning])
def test_a_deprecated_call_in_a_test_is_an_error(category):
    assert __name__.startswith("tests.")
    with pytest.raises(category, match="use the new one"):
        warnings.warn("use the new one", category, stacklevel=1)


@pytest.mark.parametrize("module", ["gan_course", "gan_course.data.toy", "house", "widget_latency"])
def test_a_deprecated_call_in_the_package_a_helper_or_a_benchmark_is_an_error(module):
    call = "import warnings\nwarnings.warn('use the new one', DeprecationWarning)"
    with pytest.raises(DeprecationWarning, match="use the new one"):
        exec(call, {"__name__": module})
