"""The map of the course: what is here is read from the notebooks, the rest comes later."""

import json

import pytest
from places import NOTEBOOKS

from gan_course.lessons.lesson_00 import course_map as module
from gan_course.lessons.lesson_00.course_map import PLAN, course_map


def write(folder, name, text):
    cell = {"cell_type": "markdown", "source": text.splitlines(keepends=True)}
    (folder / name).write_text(json.dumps({"cells": [cell]}), encoding="utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A learner's folder with two lessons, in which a kernel runs."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "00_start_here.ipynb", "# 00 Start here\n\n| Core | 30 to 45 minutes |\n")
    write(tmp_path, "06_dense.ipynb", "# 06 Dense <GAN>\n\n| You need | x |\n| Core | 60 minutes |")
    return tmp_path


def test_titles_and_minutes_come_from_the_notebooks_that_are_there(folder):
    lessons = {lesson.number: lesson for lesson in course_map().lessons}
    assert len(lessons) == len(PLAN)
    assert (lessons["00"].title, lessons["00"].minutes) == ("Start here", "30 to 45")
    assert (lessons["06"].title, lessons["06"].minutes) == ("Dense <GAN>", "60")


@pytest.mark.parametrize(
    ("number", "title", "state"),
    [
        ("05b", "The GAN laboratory", "not in this folder"),
        ("08", "Conditional GAN", "not in this folder"),
        ("12", "The bug clinic", "comes later"),
    ],
)
def test_a_lesson_without_a_notebook_is_elsewhere_or_comes_later_and_is_no_link(
    folder, monkeypatch, number, title, state
):
    packaged = folder / "lessons"
    for lesson in ("lesson_05", "lesson_08"):
        (packaged / lesson).mkdir(parents=True)
    monkeypatch.setattr(module, "LESSONS", packaged)
    map_ = course_map()
    line = next(line for line in repr(map_).splitlines() if line.startswith(number))
    assert title in line and line.endswith(state)
    assert map_._repr_html_().count("<a ") == 1


def test_a_new_notebook_appears_without_any_change(folder):
    write(folder, "08_conditional.ipynb", "# 08 Ask for a seven\n\n| Core | 50 minutes |\n")
    html = course_map()._repr_html_()
    assert '<a href="08_conditional.ipynb">Ask for a seven</a>' in html
    assert "3 of 14 lessons are here" in html


def test_the_second_notebook_of_a_lesson_stands_after_the_first(folder):
    write(folder, "06b_more.ipynb", "# 06b More of it\n\n| Core | 50 minutes |\n")
    numbers = [lesson.number for lesson in course_map().lessons if lesson.file]
    assert numbers == ["00", "06", "06b"]
    assert '<a href="06b_more.ipynb">More of it</a>' in course_map()._repr_html_()


def test_you_are_here_and_titles_cannot_act_as_html(folder):
    map_ = course_map(here="00")
    assert repr(map_).splitlines()[0].endswith("you are here")
    assert "Dense &lt;GAN&gt;" in map_._repr_html_()


def test_a_damaged_notebook_keeps_its_planned_title(folder):
    (folder / "07_dcgan.ipynb").write_text("{half")
    lesson = course_map().lessons[8]
    assert (lesson.title, lesson.file) == ("DCGAN", "07_dcgan.ipynb")


def test_every_notebook_of_the_course_says_its_title_and_minutes(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # no lesson lies here: the project's own are found
    lessons = course_map().lessons
    here = [lesson for lesson in lessons if lesson.file]
    assert len(here) == len(list(NOTEBOOKS.glob("[0-9][0-9]*_*.ipynb")))
    assert [lesson.number for lesson in lessons if lesson.written] == [
        lesson.number for lesson in here
    ]
    for lesson in here:
        assert lesson.title and lesson.minutes[:2].isdigit()
