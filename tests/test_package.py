"""What is installed is the whole package: it reads its results and draws its map on its own."""

import logging
import os
import subprocess
import sys

import pytest
from places import PACKAGE, ROOT
from setuptools import Distribution


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with the package as a wheel holds it: with the files that pyproject.toml names."""
    folder = tmp_path_factory.mktemp("site")
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        distribution = Distribution({"script_name": "setup.py"})
        distribution.parse_config_files(["pyproject.toml"])
        distribution.get_command_obj("egg_info").egg_base = str(folder)
        build = distribution.get_command_obj("build_py")
        build.build_lib = str(folder)
        logging.disable(logging.INFO)
        distribution.run_command("build_py")
    finally:
        logging.disable(logging.NOTSET)
        os.chdir(before)
    return folder


def files_below(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)) for path in files if "__pycache__" not in path.parts}


def ask(site, folder, code):
    """Run a line with the installed package alone, in a folder; return what it prints."""
    code = f"import sys; sys.path.insert(0, {str(site)!r}); {code}"
    command = [sys.executable, "-I", "-S", "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_file_of_the_package_is_left_out(site):
    assert files_below(site / "gan_course") == files_below(PACKAGE)


def test_an_installed_package_reads_the_results(site, tmp_path):
    code = "from gan_course.results import read_results; print(len(read_results('sizes.csv')))"
    lines = (PACKAGE / "results" / "sizes.csv").read_text(encoding="utf-8").splitlines()
    assert int(ask(site, tmp_path, code)) == len(lines) - 1 > 0


def test_an_installed_package_draws_the_map_of_the_notebooks_beside_the_kernel(site, tmp_path):
    code = "from gan_course.lessons.lesson_00.course_map import course_map; print(course_map())"
    assert "06  The dense GAN on MNIST" in ask(site, tmp_path, code)
    assert "0 of 14 lessons are here" in ask(site, tmp_path, code)
    text = '{"cells": [{"source": ["# 06 Mine\\n", "| Core | 20 minutes |"]}]}'
    (tmp_path / "06_mine.ipynb").write_text(text, encoding="utf-8")
    line = next(row for row in ask(site, tmp_path, code).splitlines() if row.startswith("06"))
    assert line.split() == ["06", "Mine", "20", "min", "here"]
