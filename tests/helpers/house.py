"""The house as a table: which room may import what; and functions that find what breaks a rule."""

import ast
import functools
import graphlib
import sys
from typing import NamedTuple

from places import PACKAGE, ROOT


class Room(NamedTuple):
    """What the modules of one room may import, besides the standard library and BASE."""

    ours: str = ""
    libraries: str = ""
    inside_functions: str = ""  # libraries too slow to import before they are needed


# Plain tools that import nothing but the standard library and one another (`arguments` NumPy too):
# open to every room.
BASE = {
    "",
    "arguments",
    "budget",
    "errors",
    "files",
    "messages",
    "names",
    "record",
    "results",
    "stopping",
    "tables",
}
BELOW_LESSONS = (
    "backend weights devices from_scratch theory data layers models losses training "
    "recipes live metrics pretrained plots exercises widgets dashboard laboratory"
)
ROOMS = {name: Room() for name in BASE} | {
    "arguments": Room("", "numpy"),
    "backend": Room("", "tensorflow"),  # what uses Keras imports it first
    "weights": Room("", "numpy"),
    "from_scratch": Room("", "numpy threadpoolctl"),
    "theory": Room("", "numpy scipy"),
    "data": Room("backend", "numpy", "mlxtend keras pandas PIL platformdirs"),
    "devices": Room("backend", "numpy tensorflow keras psutil"),
    "layers": Room("backend", "numpy tensorflow keras"),
    "models": Room("backend layers", "numpy tensorflow keras"),
    "losses": Room("backend", "numpy tensorflow keras"),
    "training": Room("backend devices layers losses models weights", "numpy tensorflow keras tqdm"),
    "recipes": Room("backend devices losses models training", "numpy tensorflow keras"),
    "live": Room("training", "numpy", "keras"),
    "metrics": Room("backend data weights", "numpy", "keras tensorflow scipy sklearn"),
    "pretrained": Room("backend data metrics models recipes training weights", "numpy", "keras"),
    "plots": Room("", "numpy matplotlib PIL", "IPython"),
    "exercises": Room("", "IPython ipywidgets numpy", "tensorflow keras scipy pygments"),
    "widgets": Room(
        "plots live metrics models pretrained training",
        "anywidget ipywidgets IPython jupyterquiz matplotlib numpy traitlets",
    ),
    "dashboard": Room("plots live metrics widgets", "ipywidgets matplotlib numpy"),
    "laboratory": Room(
        "plots live theory losses models pretrained recipes data widgets",
        "anywidget ipywidgets matplotlib numpy traitlets",
        "keras",
    ),
    "clinic": Room("backend data losses", "numpy tensorflow keras"),
    "lessons": Room(
        BELOW_LESSONS + " clinic",
        "ipywidgets matplotlib numpy tensorflow keras",
        "scipy sklearn IPython",
    ),
    "doctor": Room("backend data devices pretrained", "", "numpy tensorflow keras"),
    "commands": Room(
        "backend data devices doctor models plots pretrained recipes training weights",
        "numpy PIL",
        "tensorflow keras tqdm",
    ),
    "__main__": Room("commands"),
}
IMPORTED_FAST = (
    *("data", "plots", "widgets", "exercises", "from_scratch", "theory", "metrics"),
    *("dashboard", "laboratory"),
)
SLOW = ("tensorflow", "keras", "sklearn", "mlxtend", "pandas", "scipy.stats", "matplotlib.pyplot")


@functools.cache
def parsed(source):
    """Return the syntax tree of a source; several rules look at the same one."""
    return ast.parse(source)


def called(node):
    """Return the name that a call calls, as `f` or `a.b.f`; "" for what is no call of a name."""
    function = getattr(node, "func", None)
    return dotted(function) if isinstance(node, ast.Call) else ""


def dotted(node):
    """Return `a.b.c` for such an expression, "" for any other."""
    if isinstance(node, ast.Name):
        return node.id
    before = dotted(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{before}.{node.attr}" if before else ""


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
            first = node.args[0]
            by_name = called(node).rpartition(".")[2] in ("import_module", "__import__")
            if by_name and isinstance(first, ast.Constant):
                names = [first.value]
        found.extend(Import(name, node.lineno, inside) for name in names)
        for child in ast.iter_child_nodes(node):
            visit(child, inside)

    visit(parsed(source), False)
    return found


def room_of(name):
    """Return the room that a dotted name of ours belongs to: `gan_course.data.toy` -> `data`."""
    part = (name.split(".") + [""])[1]
    return part if part in ROOMS or (PACKAGE / part).is_dir() else ""


def lesson_of(name):
    """Return the lesson that a dotted name of ours stands in, "" outside a lesson's folder."""
    parts = name.split(".")
    return parts[2] if len(parts) > 2 and parts[2].startswith("lesson_") else ""


def forbidden_imports(source, module):
    """Return a sentence for each import that the table does not allow."""
    here = module.split(".")[1].replace("__init__", "")
    if here not in ROOMS:
        return [f"{module} has no row in the table of rooms: add one to tests/helpers/house.py"]
    room, problems = ROOMS[here], []
    for name, line, inside in imports_of(source, module):
        top = name.split(".")[0]
        if top == "gan_course":
            there = room_of(name)
            if here == there == "lessons" and lesson_of(name) not in ("", lesson_of(module)):
                problems.append(f"{module}:{line} imports {name}: no lesson imports another")
            allowed = there in BASE | {here, *room.ours.split()}
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
    tree = parsed(source)
    speaks = [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.If) and ast.unparse(node.test).startswith("__name__ =="))
        or (isinstance(node, ast.FunctionDef) and node.name == "main")
    ]
    may_print = {child for node in speaks for child in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and dotted(node) in ("tf.keras", "tensorflow.keras"):
            problems.append(f"{module}:{node.lineno} says tf.keras: write `import keras`")
        if called(node) == "print":
            spoken = module.startswith(("gan_course.__main__", "gan_course.commands"))
            if not spoken and node not in may_print:
                problems.append(f"{module}:{node.lineno} prints: return the text instead")
    return problems


def missing_docstrings(source, module):
    """Return a sentence for the module and each public function, class and method without one."""
    tree = parsed(source)
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
