"""The set-up files agree with each other, and a machine that cannot run the course is told so."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import anywidget
import nbformat
import pytest
import yaml
from nbconvert.exporters import HTMLExporter
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from places import ROOT
from traitlets.config import Config

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = (ROOT / "requirements.txt").read_text(encoding="utf-8")
PIN = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+( ; [^#]+)?")


def load_tool(name):
    """Import a script from tools/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check_python = load_tool("check_python")


# --- requirements.txt -----------------------------------------------------------------------------


def unpinned_lines(text):
    """Return the lines that are anything but `name==version ; marker`: options, hosts, ranges."""
    return [line for line in text.splitlines() if not PIN.fullmatch(line)]


def pins(text):
    """Return {name: [(version, marker), …]}: a name can be pinned once per Python version."""
    result = {}
    for line in text.splitlines():
        requirement = Requirement(line)
        version = next(iter(requirement.specifier)).version
        result.setdefault(canonicalize_name(requirement.name), []).append(version)
    return result


def unmet(dependencies, text):
    """Return the dependencies that no pin of the text satisfies, each with what is pinned."""
    pinned = pins(text)
    result = []
    for dependency in map(Requirement, dependencies):
        versions = pinned.get(canonicalize_name(dependency.name), [])
        if not versions or not all(dependency.specifier.contains(v) for v in versions):
            result.append(f"{dependency} (pinned: {versions or 'nowhere'})")
    return result


def test_requirements_hold_exact_pins_and_nothing_else():
    assert unpinned_lines(REQUIREMENTS) == []


def test_an_index_line_a_host_and_a_range_are_noticed():
    bad = [
        "--index-url http://127.0.0.1/simple",
        "tqdm>=4",
        "a @ http://127.0.0.1/a.whl",
        "# by uv",
    ]
    assert (
        unpinned_lines("\n".join([*bad, "tqdm==4.70.1", "a==1 ; python_version < '3.12'"])) == bad
    )


def test_every_dependency_is_pinned_within_its_range():
    development = PROJECT["optional-dependencies"]["dev"]
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    assert unmet([*PROJECT["dependencies"], *development, *build["requires"]], REQUIREMENTS) == []


def test_a_missing_pin_and_one_out_of_range_are_noticed():
    assert len(unmet(["tqdm>=5", "nowhere", "Keras<4"], "tqdm==4.70.1\nkeras==3.15.1")) == 2


def test_anywidget_waits_for_a_model_for_as_long_as_a_busy_page_needs():
    script = Path(anywidget.__file__).parent / "nbextension" / "index.js"
    assert "Failed to initialize model" not in script.read_text(encoding="utf-8")


def test_the_gpu_extra_asks_for_the_tensorflow_that_is_pinned():
    assert unmet(PROJECT["optional-dependencies"]["gpu"], REQUIREMENTS) == []


# --- environment.yml ------------------------------------------------------------------------------


def test_the_conda_environment_is_in_step_with_pyproject():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge"]
    python, pip, by_pip = environment["dependencies"]
    assert pip == "pip"
    assert by_pip == {"pip": ["-r requirements.txt", "-e ."]}
    name, _, versions = python.partition(" ")
    assert name == "python"
    assert SpecifierSet(versions) == SpecifierSet(PROJECT["requires-python"])


# --- check_python.py ------------------------------------------------------------------------------

GOOD = {
    "version": (3, 12),
    "version_text": "3.12.1",
    "executable": "/usr/bin/python3.12",
    "implementation": "CPython",
    "free_threaded": False,
    "is_64_bit": True,
    "system": "Linux",
    "machine": "x86_64",
    "musl": False,
    "has_venv": True,
}


def test_the_range_of_pythons_is_the_same_everywhere():
    oldest, too_new = (".".join(map(str, v)) for v in (check_python.OLDEST, check_python.TOO_NEW))
    assert SpecifierSet(PROJECT["requires-python"]) == SpecifierSet(f">={oldest},<{too_new}")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"version": (3, 11)},
        {"version": (3, 13)},
        {"machine": "aarch64"},
        {"system": "Darwin", "machine": "arm64"},
        {"system": "Windows", "machine": "AMD64"},
    ],
)
def test_a_fitting_python_is_accepted(change):
    assert check_python.problem(GOOD | change) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"version": (3, 10), "version_text": "3.10.13"},
            ["3.10.13", "too old", "3.11", "make lab"],
        ),
        ({"version": (3, 14), "version_text": "3.14.0"}, ["3.14.0", "too new", "3.13", "make lab"]),
        ({"system": "Darwin"}, ["Intel Mac", "Apple silicon"]),
        ({"is_64_bit": False}, ["32-bit", "64 bits"]),
        ({"has_venv": False}, ["python3.12-venv", "apt install"]),
        ({"implementation": "PyPy"}, ["CPython"]),
        ({"free_threaded": True}, ["CPython"]),
        ({"musl": True}, ["musl", "glibc"]),
        ({"machine": "riscv64"}, ["riscv64", "x86-64"]),
        ({"system": "Windows", "machine": "ARM64"}, ["ARM64", "x86-64"]),
        ({"system": "Windows", "version": (3, 10)}, ["too old", "py -3.12"]),
        ({"system": "FreeBSD"}, ["FreeBSD", "Linux"]),
    ],
)
def test_an_unfit_python_gets_one_sentence_with_the_remedy(change, said):
    sentence = check_python.problem(GOOD | change)
    assert all(words in sentence for words in said), sentence
    assert sentence.endswith(".") and "\n" not in sentence


def test_this_python_is_judged_by_what_it_is():
    facts = check_python.facts_about_this_python()
    assert facts.keys() == GOOD.keys()
    assert facts["version"] == sys.version_info[:2]
    assert check_python.problem(facts) is None


@pytest.mark.parametrize("name", ["check_python", "set_up"])
def test_the_tools_keep_to_what_an_old_python_can_read(name):
    source = (ROOT / "tools" / f"{name}.py").read_text(encoding="ascii")
    # No f-string, no annotation, no walrus, no match: what Python 2.7 would refuse to read.
    compile(source, name, "exec")
    assert not re.search(r"""\b[rb]?f["']|:=|->|^\s*(match|async) |\bnonlocal\b""", source, re.M)


# --- find_python.sh -------------------------------------------------------------------------------


def fake_python(folder, name, answers=0, message=""):
    """Write a command that runs, and gives this answer when it is asked to check itself."""
    path = folder / name
    path.write_text(f'#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "{message}" >&2\nexit {answers}\n')
    path.chmod(0o755)


def find_python(folder, chosen=""):
    """Run find_python.sh in a folder where nothing but the commands in `folder` can be found."""
    for tool in ("dirname", "sh"):
        target = folder / tool
        if not target.exists():
            target.symlink_to(shutil.which(tool))
    return subprocess.run(
        ["sh", str(ROOT / "tools" / "find_python.sh"), chosen],
        cwd=folder,
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell script, for make")
class TestFindPython:
    def test_a_command_that_exists_but_fails_is_passed_over(self, tmp_path):
        (tmp_path / "python3.13").write_text("#!/bin/sh\nexit 127\n")
        (tmp_path / "python3.13").chmod(0o755)
        fake_python(tmp_path, "python3.11")
        assert find_python(tmp_path).stdout == "python3.11\n"

    def test_a_python_that_does_not_fit_is_passed_over(self, tmp_path):
        fake_python(tmp_path, "python3.13", answers=1, message="no venv")
        fake_python(tmp_path, "python3")
        assert find_python(tmp_path).stdout == "python3\n"

    def test_the_first_reason_is_given_when_none_fits(self, tmp_path):
        fake_python(tmp_path, "python3.12", answers=1, message="first reason")
        fake_python(tmp_path, "python3", answers=1, message="second reason")
        found = find_python(tmp_path)
        assert (found.returncode, found.stdout, found.stderr) == (1, "", "first reason\n")

    def test_no_python_at_all_is_said(self, tmp_path):
        found = find_python(tmp_path)
        assert found.returncode == 1
        assert "No Python was found" in found.stderr

    def test_a_chosen_python_is_the_only_one_tried(self, tmp_path):
        fake_python(tmp_path, "python3")
        found = find_python(tmp_path, "python9")
        assert found.returncode == 1
        assert "PYTHON=python9" in found.stderr


def test_jupyterlab_is_set_to_save_widgets_and_to_ask_no_network(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    tool = load_tool("set_up")
    tool.VENV = str(tmp_path)
    for _ in range(2):  # at each `make lab`, so that an older .venv gets it too
        tool.write_lab_settings()
    path = tmp_path / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    assert settings["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": True}
    assert settings["@jupyterlab/apputils-extension:notification"]["checkForUpdates"] is False


def test_an_exported_page_shows_what_is_kept_of_a_widget_though_its_state_is_saved(
    tmp_path, monkeypatch
):
    monkeypatch.syspath_prepend(ROOT / "tools")
    tool = load_tool("set_up")
    tool.VENV = str(tmp_path)
    tool.write_export_settings()
    view, states = "application/vnd.jupyter.widget-view+json", {"a": {"state": {}}}
    shown = {view: {"model_id": "a"}, "text/html": "<p>kept</p>"}
    cell = nbformat.v4.new_code_cell(
        "box", outputs=[nbformat.v4.new_output("display_data", shown)], execution_count=1
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"state": states}}
    for program in ("nbconvert", "server"):
        path = tmp_path / "etc" / "jupyter" / f"jupyter_{program}_config.json"
        settings = Config(json.loads(path.read_text(encoding="utf-8")))
        page, _ = HTMLExporter(config=settings).from_notebook_node(notebook)
        assert "<p>kept</p>" in page and f'<script type="{view}"' not in page
    assert f'<script type="{view}"' in HTMLExporter().from_notebook_node(notebook)[0]
