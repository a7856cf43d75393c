"""“Introduced in lesson NN” in a docstring is true: the first notebook that uses the name is NN's.

A name is used where a code cell imports it, reaches it through an imported module, as in
`plots.show`, or writes it out as a twin. A line about a name that no notebook uses claims too much
and goes. What stands in a lesson's folder is that lesson's.
"""

import ast
import json
import re

from places import NOTEBOOKS, PACKAGE, ROOT

INTRODUCED = re.compile(r"Introduced in lesson (\d\d)")
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
        path.read_text(encoding="utf-8")
    )
    for path in sorted(PACKAGE.rglob("*.py"))
}


def claims(tree):
    """Return the lesson that each public function and class of a module names, by its name."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            said = INTRODUCED.search(ast.get_docstring(node) or "")
            if said:
                found[node.name] = said[1]
    return found


def claims_elsewhere(tree):
    """Return how many such lines stand in docstrings of methods and of the module itself."""
    inner = [node for part in tree.body if isinstance(part, ast.ClassDef) for node in part.body]
    inner = [node for node in inner if isinstance(node, ast.FunctionDef)]
    return sum(bool(INTRODUCED.search(ast.get_docstring(node) or "")) for node in [tree, *inner])


def defined(dotted):
    """Return the full name behind a dotted one, through re-exports; None if there is none."""
    if dotted in MODULES:
        return None  # a module, no name in one
    module, _, name = dotted.rpartition(".")
    while module and module not in MODULES:
        module, _, name = module.rpartition(".")
    for node in MODULES.get(module, ast.Module([], [])).body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if name == (alias.asname or alias.name):
                    return defined(f"{node.module}.{alias.name}")
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return f"{module}.{name}"
    return None


def names_used(sources):
    """Return the full names of what code cells import from the package, or reach through it."""
    trees = [ast.parse(source) for source in sources]
    local, used = {}, set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                local[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            local |= {alias.asname: alias.name for alias in node.names if alias.asname}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Name | ast.Attribute):
            first, *rest = ast.unparse(node).split(".")
            if first in local:
                used.add(defined(".".join([local[first], *rest])))
    return used | {defined(name) for name in local.values()}


def first_lessons():
    """Return, for the full name of everything that notebooks use, the first lesson that does."""
    first = {}
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]*_*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        tags = [tag for cell in cells for tag in cell["metadata"].get("tags", ())]
        twins = {defined(tag.removeprefix("twin:")) for tag in tags if tag.startswith("twin:")}
        for name in names_used(code) | twins:
            first.setdefault(name, path.name[:2])
    return first


def test_every_line_names_the_first_lesson_that_uses_the_name():
    first, wrong = first_lessons(), []
    for module, tree in MODULES.items():
        folder = re.search(r"\.lessons\.lesson_(\d\d)", module)
        for name, said in claims(tree).items():
            true = folder[1] if folder else first.get(f"{module}.{name}")
            if said != true:
                lesson = f"say {true}" if true else "no notebook uses it: leave the line out"
                wrong.append(f"{module}.{name} says lesson {said}: {lesson}")
        if claims_elsewhere(tree):
            wrong.append(f"{module}: a method or the module itself names a lesson; leave it out")
    assert wrong == []


def test_a_name_is_followed_to_where_it_is_defined():
    cells = [
        "from gan_course import plots\nfrom gan_course.data import load_mnist as load",
        "plots.show(load().images)",
    ]
    assert {"gan_course.plots.display.show", "gan_course.data.mnist.load_mnist"} <= names_used(
        cells
    )
    assert defined("gan_course.plots.nothing") is None


def test_the_notebooks_use_what_they_are_known_to_use():
    first = first_lessons()
    assert first["gan_course.plots.display.show"] == "00"
    assert first["gan_course.theory.divergences.kl"] == "05"
