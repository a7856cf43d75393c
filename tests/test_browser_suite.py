"""The browser tests: kept apart from `make test`, clear without a browser, and complete."""

import os
import re
import subprocess
import sys
import tomllib

import pytest
from places import PACKAGE, ROOT

SUITE = ROOT / "tests" / "browser"
CLASS = re.compile(
    r"""(?:add_class\(|Explorer\([^()]*,\s*|<table class=["'])["']*(gan-[a-z0-9-]+)["']"""
)
# Parts of a larger widget, whose tests find them in it.
PARTS = {
    "gan-canvas-text": "gan-laboratory",
    "gan-canvas-add": "gan-laboratory",
    "gan-control-bar": "gan-laboratory",
    "gan-frames": "gan-dashboard",
    "gan-gradient-table": "gan-graph-explorer",
    "gan-grid": "gan-dashboard",
    "gan-live": "gan-dashboard",
    "gan-note": "gan-dashboard",
    "gan-save-gif": "gan-dashboard",
    "gan-slow": "gan-laboratory",
    "gan-speed": "gan-laboratory",
    "gan-statistics": "gan-batch-norm-explorer",
    "gan-verdict": "gan-dashboard",
}


def run_pytest(*arguments, **environment):
    """Run pytest in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def widget_classes(folder):
    """Return the CSS classes by which the modules of a folder mark their widgets."""
    sources = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))]
    return {name for source in sources for name in CLASS.findall(source)}


def named_in_tests(classes, folder):
    """Return those of the classes that a test of the folder names."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    return {name for name in classes if re.search(rf"{name}\b(?!-)", text)}


def test_every_widget_of_the_course_has_a_browser_test():
    classes = widget_classes(PACKAGE)
    assert len(classes) > 15
    named = named_in_tests(classes | set(PARTS.values()), SUITE)
    assert classes - named - PARTS.keys() == set()
    assert set(PARTS.values()) <= named


@pytest.mark.parametrize(
    "source",
    [
        'box.add_class("gan-new-widget")',
        'return Explorer(controls, draw, "gan-new-widget")',
        """'<table class="gan-new-widget">'""",
    ],
)
def test_a_widget_without_a_browser_test_is_noticed(tmp_path, source):
    (tmp_path / "lesson_13.py").write_text(source, encoding="utf-8")
    classes = widget_classes(tmp_path)
    assert classes == {"gan-new-widget"}
    assert named_in_tests(classes, SUITE) == set()


def test_the_usual_tests_leave_the_browser_alone():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "tests/browser" in settings["tool"]["pytest"]["ini_options"]["norecursedirs"]


def test_without_chromium_it_is_said_how_to_get_it():
    found = run_pytest("tests/browser", CHROMIUM="/nowhere/chromium")
    assert found.returncode not in (0, pytest.ExitCode.NO_TESTS_COLLECTED)
    assert "apt-get install chromium" in found.stderr + found.stdout
    assert "make test-browser CHROMIUM=" in found.stderr + found.stdout
    assert "Traceback" not in found.stderr + found.stdout
