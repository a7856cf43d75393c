"""The browser tests: kept apart from `make test`, clear without a browser, and complete."""

import ast
import builtins
import importlib
import importlib.util
import re
import tomllib
from types import SimpleNamespace

import pytest
from places import PACKAGE, ROOT

SUITE = ROOT / "tests" / "browser"
CLASS = re.compile(
    r"""(?:add_class\(|Explorer\([^()]*,\s*|<table class=["'])["']*(gan-[a-z0-9-]+)["']"""
)
# Parts of a larger widget, whose tests find them in it.
PARTS = {
    "gan-answer": "gan-discriminator-game",
    "gan-box-of-controls": "gan-predict",
    "gan-points-text": "gan-laboratory",
    "gan-points-add": "gan-laboratory",
    "gan-points-box": "gan-laboratory",
    "gan-checked": "gan-laboratory",
    "gan-control-bar": "gan-laboratory",
    "gan-frames": "gan-dashboard",
    "gan-gradient-table": "gan-graph-explorer",
    "gan-grid": "gan-dashboard",
    "gan-live": "gan-dashboard",
    "gan-note": "gan-dashboard",
    "gan-save-gif": "gan-dashboard",
    "gan-slow": "gan-laboratory",
    "gan-speed": "gan-laboratory",
    "gan-times": "gan-laboratory",
    "gan-verdict": "gan-dashboard",
}


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


def session(**config):
    """Return what pytest gives to `pytest_sessionstart`, as far as our settings look at it."""
    return SimpleNamespace(config=SimpleNamespace(**config))


@pytest.fixture
def browser_settings(monkeypatch):
    """The browser tests' conftest.py, on a machine without Chromium."""
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    spec = importlib.util.spec_from_file_location("browser_settings", SUITE / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_chromium_it_is_said_how_to_get_it(browser_settings):
    with pytest.raises(pytest.UsageError, match="apt-get install chromium.*make test-browser CHR"):
        browser_settings.pytest_sessionstart(session())


def test_only_the_main_process_looks_for_chromium(browser_settings):
    browser_settings.pytest_sessionstart(session(workerinput={}))


def loose_names(cells):
    """Return the names that notebook cells use and none of them makes, nor what they import."""
    made, used = set(dir(builtins)), set()
    for node in ast.walk(ast.parse("\n".join(cells))):
        if isinstance(node, ast.ImportFrom):
            imported = importlib.import_module(node.module)
            for alias in node.names:
                if not hasattr(imported, alias.name):
                    importlib.import_module(f"{node.module}.{alias.name}")
        if isinstance(node, ast.Import | ast.ImportFrom):
            made |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        if isinstance(node, ast.Name):
            (made if isinstance(node.ctx, ast.Store) else used).add(node.id)
        if isinstance(node, ast.FunctionDef):
            made |= {node.name, *(argument.arg for argument in node.args.args)}
    return used - made


def test_the_cells_of_the_browser_tests_run_without_a_loose_name():
    pages = [importlib.import_module(path.stem) for path in sorted(SUITE.glob("test_*.py"))]
    cells = {
        page.__name__: [*page.BEFORE, *page.WIDGETS.values()]
        for page in pages
        if hasattr(page, "BEFORE")
    }
    assert len(cells) >= 8
    assert {name: loose_names(texts) for name, texts in cells.items() if loose_names(texts)} == {}


def test_a_loose_name_is_noticed():
    assert loose_names(["from gan_course import data", "data.toy; other.thing()"]) == {"other"}
    with pytest.raises(ImportError):
        loose_names(["from gan_course.widgets import lesson_99"])
