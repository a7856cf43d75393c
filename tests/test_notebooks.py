"""The rules of the house for notebooks: stored clean, plain Python, the same code as packaged."""

import ast
import copy
import json
import re
import warnings
from pathlib import Path

import nbformat
import pytest
from house import called, dotted, imports_of, parsed
from places import PACKAGE, ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
QUIZZES = sorted(PACKAGE.glob("lessons/*/quiz*.json"))
MAX_CELL_LINES = 30
READABLE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RANDOM_ID = re.compile(r"(?=.*\d)[0-9a-f]{8}([0-9a-f-]{24,28})?")
TWIN = "twin:"
PLUMBING = ("imports", "settings", "quiz")  # collapsed: what they hold teaches nothing
NAMES_TO_AVOID = ("tf.keras", "tensorflow.keras", "sys.path")


def stored_badly(notebook):
    """Return what is wrong with how the notebook is stored: its form, outputs, counts and ids."""
    problems = []
    try:
        with warnings.catch_warnings(action="ignore"):  # of repeated ids, which it also mends
            nbformat.validate(copy.deepcopy(notebook))
    except nbformat.ValidationError as error:
        problems.append(f"not a valid notebook: {error.message}")
    ids = [cell.get("id", "") for cell in notebook["cells"]]
    for name in ids:
        if not READABLE_ID.fullmatch(name) or RANDOM_ID.fullmatch(name):
            problems.append(f"cell id {name!r} is not readable")
        if ids.count(name) > 1:
            problems.append(f"cell id {name!r} is not unique")
    for cell in notebook["cells"]:
        if cell.get("outputs"):
            problems.append(f"cell {cell['id']} has outputs: strip them")
        if cell.get("execution_count") is not None:
            problems.append(f"cell {cell['id']} has an execution count: strip it")
    return problems


def folded_badly(notebook):
    """Return the cells that are collapsed and should be read, and the plumbing that is not."""
    problems = []
    for cell in code_cells(notebook):
        hidden = cell["metadata"].get("jupyter", {}).get("source_hidden", False)
        if hidden != (cell["id"] in PLUMBING):
            problems.append(f"cell {cell['id']} is {'' if hidden else 'not '}collapsed")
    return problems


def opens_badly(notebook):
    """Return what its first cells lack: a title, what you will learn and need, minutes."""
    cells = notebook["cells"]
    opening = "\n".join(c["source"] for c in cells[:2] if c["cell_type"] == "markdown").lower()
    problems = []
    if not cells or cells[0]["cell_type"] != "markdown" or not cells[0]["source"].startswith("# "):
        problems.append("the first cell is no title")
    texts = "\n".join(c["source"] for c in cells if c["cell_type"] == "markdown")
    titles = re.findall(r"^# ", re.sub(r"```.*?```", "", texts, flags=re.DOTALL), re.MULTILINE)
    if len(titles) != 1:
        problems.append(f"{len(titles)} titles of the first level instead of 1")
    for words in ("able to", "need", "minutes"):
        if words not in opening:
            problems.append(f"the opening does not say {words!r}")
    return problems


def written_badly(cell):
    """Return what is wrong with the code of one cell."""
    source, name = cell["source"], cell["id"]
    problems = []
    if len(source.splitlines()) > MAX_CELL_LINES:
        problems.append(f"cell {name} has {len(source.splitlines())} lines: split it")
    try:
        tree = parsed(source)
    except SyntaxError as error:
        return [*problems, f"cell {name} is not plain Python (a magic?): {error}"]
    for imported, _, _ in imports_of(source, "notebook"):
        if imported.endswith(".*"):
            problems.append(f"cell {name} imports all of {imported[:-2]}: name what you need")
        if "pyplot" in imported or "pylab" in imported:
            problems.append(f"cell {name} imports pyplot: use gan_course.plots")
        if imported.startswith(("tensorflow.keras", "keras.src", "tensorflow.python", "tf_keras")):
            problems.append(f"cell {name} imports {imported}: write `import keras`")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and dotted(node) in NAMES_TO_AVOID:
            problems.append(f"cell {name} uses {dotted(node)}")
        if called(node) in ("os.system", "get_ipython"):
            problems.append(f"cell {name} calls {called(node)}")
    return problems


def scattered(notebook):
    """Return a sentence if imports, or budgets, stand in more than one cell."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    problems = []
    for what, pattern in (("imports", r"^(import|from) "), ("budgets", r"\bbudget\(")):
        cells = [c["id"] for c in code if re.search(pattern, c["source"], re.MULTILINE)]
        if len(cells) > 1:
            problems.append(f"{what} stand in several cells, one is enough: {', '.join(cells)}")
    return problems


# --- twins ----------------------------------------------------------------------------------------


def definition(name, body):
    """Return the function or class of that name in a list of statements, or None."""
    kinds = ast.FunctionDef | ast.ClassDef
    return next((node for node in body if isinstance(node, kinds) and node.name == name), None)


def packaged(path, root=ROOT):
    """Return the definition behind `gan_course.room.name`, following re-exports, without a run."""
    module, _, name = path.rpartition(".")
    place = root / Path(*module.split("."))
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    if not module or not file.exists():
        return None
    body = parsed(file.read_text(encoding="utf-8")).body
    for node in body:
        if isinstance(node, ast.ImportFrom) and name in [a.asname or a.name for a in node.names]:
            original = next(a.name for a in node.names if name == (a.asname or a.name))
            return packaged(f"{node.module}.{original}", root)
    return definition(name, body)


def is_argument_check(statement):
    """Whether a statement only calls a `check_…` function: the package's care with its input."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func).startswith("check_")


def without_docstrings(node):
    """Return the syntax tree as text, without docstrings and calls that check arguments.

    Comments and layout never count.
    """
    tree = ast.parse(ast.unparse(node))
    for part in ast.walk(tree):
        if isinstance(part, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(part):
            part.body = part.body[1:] or [ast.Pass()]
        if isinstance(part, ast.FunctionDef):
            part.body = [one for one in part.body if not is_argument_check(one)] or [ast.Pass()]
    return ast.unparse(tree)


def unlike_twins(cell, root=ROOT):
    """Return a sentence for each packaged twin, named by a tag, that the cell differs from."""
    problems = []
    for tag in cell["metadata"].get("tags", []):
        if not tag.startswith("twin"):
            continue
        path = tag.removeprefix(TWIN)
        theirs = packaged(path, root) if tag.startswith(TWIN) else None
        ours = definition(path.rpartition(".")[2], parsed(cell["source"]).body)
        if theirs is None:
            problems.append(f"cell {cell['id']}: the tag {tag!r} names nothing in the package")
        elif ours is None:
            problems.append(f"cell {cell['id']} defines no {path.rpartition('.')[2]}")
        elif without_docstrings(ours) != without_docstrings(theirs):
            problems.append(f"cell {cell['id']} and {path} differ: make them the same")
    return problems


# --- the notebooks and quizzes of the course ------------------------------------------------------


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def json_with_joined_lines(text):
    """Return the notebook as it is stored, with every source as one string."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def in_all_notebooks(rule):
    """Return what a rule finds in the notebooks of the course, each with its file's name."""
    assert len(NOTEBOOKS) > 8
    books = {path.name: json_with_joined_lines(path.read_text("utf-8")) for path in NOTEBOOKS}
    return [f"{name}: {problem}" for name, book in books.items() for problem in rule(book)]


def in_cells(rule):
    """Return the rule for a notebook that applies a rule for cells to each code cell."""
    return lambda book: [problem for cell in code_cells(book) for problem in rule(cell)]


def test_every_notebook_is_stored_clean():
    assert in_all_notebooks(stored_badly) == []


def test_every_notebook_collapses_its_plumbing_and_nothing_else():
    assert in_all_notebooks(folded_badly) == []


def test_every_notebook_opens_with_what_you_will_learn_need_and_how_long():
    assert in_all_notebooks(opens_badly) == []


def test_every_notebook_is_plain_short_python():
    assert in_all_notebooks(in_cells(written_badly)) == []


def test_every_notebook_has_one_import_cell_and_one_settings_cell():
    assert in_all_notebooks(scattered) == []


def test_what_a_notebook_writes_out_is_what_the_package_holds():
    assert in_all_notebooks(in_cells(unlike_twins)) == []


def test_no_quiz_holds_a_formula_in_dollar_signs():
    # jupyterquiz would fetch a typesetter from the network for it.
    assert QUIZZES
    assert [path for path in QUIZZES if "$" in path.read_text(encoding="utf-8")] == []


# --- these rules can fail -------------------------------------------------------------------------


def cell(source="x = 1", kind="code", name="a-cell", **more):
    made = {"cell_type": kind, "id": name, "metadata": {}, "source": source}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {}) | more


def book(*cells):
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


OPENING = cell("# 99 A title\nYou will be able to x.\nYou need: y.\n45 minutes.", "markdown", "top")


def test_a_good_notebook_passes():
    good = book(OPENING, cell("import keras\nsteps = budget(1, 2)"))
    assert stored_badly(good) + opens_badly(good) + scattered(good) == []
    assert written_badly(good["cells"][1]) == []


@pytest.mark.parametrize(
    "bad",
    [
        cell(outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}]),
        cell(execution_count=3),
        cell(name="9f8e7d6c"),
        cell(name="Cell_1"),
        cell(name="top"),
        cell(colour="red"),
    ],
)
def test_a_badly_stored_cell_is_noticed(bad):
    assert stored_badly(book(OPENING, bad))


@pytest.mark.parametrize(
    "bad",
    [
        book(),
        book(cell("x = 1"), OPENING),
        book(OPENING, cell("# Another title", "markdown", "two")),
        book(cell(OPENING["source"].replace("45 minutes", "quick"), "markdown")),
    ],
)
def test_a_badly_opened_notebook_is_noticed(bad):
    assert opens_badly(bad)


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline",
        "!pip install x",
        "x?",
        "from keras import *",
        "import sys\nsys.path.append('..')",
        "import matplotlib.pyplot as plt",
        "from tensorflow import keras",
        "tf.keras.Input",
        "import os\nos.system('ls')",
        "x = 1\n" * 31,
    ],
)
def test_badly_written_code_is_noticed(source):
    assert len(written_badly(cell(source))) == 1


def test_a_hidden_lesson_and_shown_plumbing_are_noticed():
    hidden = {"jupyter": {"source_hidden": True}}
    assert len(folded_badly(book(cell(metadata=hidden), cell(name="imports")))) == 2
    assert folded_badly(book(cell(), cell(name="imports", metadata=hidden))) == []


def test_scattered_imports_and_budgets_are_noticed():
    one, two = cell("import a\nbudget(1, 2)", name="one"), cell("from b import c\nbudget(1, 2)")
    assert len(scattered(book(one, two))) == 2


class TestTwins:
    @pytest.fixture
    def root(self, tmp_path):
        room = tmp_path / "gan_course" / "room"
        room.mkdir(parents=True)
        (room / "__init__.py").write_text("from gan_course.room.inner import double\n")
        (room / "inner.py").write_text('def double(x):\n    """Twice x."""\n    return 2 * x\n')
        return tmp_path

    def check(self, source, root, tag="twin:gan_course.room.double"):
        return unlike_twins(cell(source, metadata={"tags": [tag]}), root)

    def test_comments_docstrings_and_layout_do_not_count(self, root):
        assert self.check("def double(x):  # (n,)\n    return (2 *\n        x)", root) == []

    def test_a_changed_line_is_noticed(self, root):
        assert "differ" in self.check("def double(x):\n    return x * 2", root)[0]

    def test_a_changed_default_is_noticed(self, root):
        assert "differ" in self.check("def double(x=1):\n    return 2 * x", root)[0]

    def test_a_cell_without_the_function_is_noticed(self, root):
        assert "defines no double" in self.check("x = 1", root)[0]

    def test_a_tag_that_names_nothing_is_noticed(self, root):
        source = "def double(x):\n    return 2 * x"
        for tag in ("twin:gan_course.room.triple", "twin:gan_course.hall.double", "twin=x"):
            assert "names nothing" in self.check(source, root, tag)[0]
