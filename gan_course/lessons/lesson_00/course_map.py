"""The map of the course: its lessons, how long each takes, and which of them are here."""

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

LESSONS = Path(__file__).resolve().parents[1]  # the lessons' folders in the package
NOTEBOOKS = LESSONS.parents[1] / "notebooks"  # in a copy of the whole project
NUMBERED = "[0-9][0-9]*_*.ipynb"  # a lesson's second notebook is numbered 05b
PLAN = {
    "00": "Start here",
    "01": "Loss functions and gradient descent",
    "02": "Backpropagation",
    "03": "Batch normalisation",
    "04": "Dropout",
    "05": "Deriving the GAN",
    "05b": "The GAN laboratory",
    "06": "The dense GAN on MNIST",
    "07": "DCGAN",
    "08": "Conditional GAN",
    "09": "Autoencoder, VAE, GAN, diffusion: side by side",
    "10": "Stable training",
    "11": "Judging a GAN",
    "12": "The bug clinic",
}
PLANNED = "45 to 60"  # minutes of a lesson's core


@dataclass(frozen=True)
class Lesson:
    """One line of the map.

    Attributes:
        number: "00" to "12"; "05b" is the second notebook of lesson 05.
        title: What it is about.
        minutes: The core's minutes as text, such as "60" or "30 to 45".
        file: The notebook's name, or None if it is not here.
        written: Whether there is such a lesson yet, here or elsewhere.
    """

    number: str
    title: str
    minutes: str
    file: str | None
    written: bool


def course_map(here="00"):
    """Look which lessons are here, and return the map of the course.

    Here means: in the folder in which you work, as Jupyter opens a notebook in its own folder; if
    no lesson lies there, in the project's `notebooks`. Titles and minutes come from the first cell
    of each notebook: its heading `# 06 …`, and its line that begins with `| Core |`. Of the other
    lessons the map knows whether they are written.

    Args:
        here: The number of the lesson that you are in, marked in the map.

    Returns:
        A `CourseMap`, which displays itself as the last expression of a cell.

    Example:
        >>> course_map().lessons[0].title
        'Start here'

    Introduced in lesson 00.
    """
    found = sorted(Path.cwd().glob(NUMBERED)) or sorted(NOTEBOOKS.glob(NUMBERED))
    present = {path.name.split("_")[0]: path for path in found}
    lessons = []
    for number in sorted(PLAN | present):
        path = present.get(number)
        title, minutes = _opening(path) if path else (None, None)
        title = title or PLAN.get(number) or path.stem
        written = path is not None or (LESSONS / f"lesson_{number[:2]}").is_dir()  # 05b is in 05
        file = path.name if path else None
        lessons.append(Lesson(number, title, minutes or PLANNED, file, written))
    return CourseMap(tuple(lessons), here)


class CourseMap:
    """The lessons as a table: HTML in a notebook, plain text elsewhere. Made by `course_map`."""

    def __init__(self, lessons, here):
        self.lessons, self.here = lessons, here

    def _state(self, lesson):
        if lesson.file is None:
            return "not in this folder" if lesson.written else "comes later"
        return "you are here" if lesson.number == self.here else "here"

    def __repr__(self):
        rows = [
            f"{lesson.number:3} {lesson.title:40}  {lesson.minutes:>8} min  {self._state(lesson)}"
            for lesson in self.lessons
        ]
        return "\n".join([*rows, self._summary()])

    def _summary(self):
        count = sum(lesson.file is not None for lesson in self.lessons)
        return f"{count} of {len(self.lessons)} lessons are here. Minutes are those of the core."

    def _repr_html_(self):
        rows = "".join(
            f"<tr{self._row_style(lesson)}><td>{lesson.number}</td>"
            f'<th scope="row" {LEFT}>{self._link(lesson)}</th>'
            f"<td>{lesson.minutes}</td><td {LEFT}>{self._state(lesson)}</td></tr>"
            for lesson in self.lessons
        )
        heads = "".join(
            f'<th scope="col" {LEFT}>{word}</th>' for word in ("", "Lesson", "Minutes", "State")
        )
        return (
            '<table class="gan-course-map">'
            f'<caption style="caption-side: bottom; text-align: left">{self._summary()}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def _row_style(self, lesson):
        return ' style="font-weight: bold"' if lesson.number == self.here else ""

    def _link(self, lesson):
        title = html.escape(lesson.title)
        weight = "bold" if lesson.number == self.here else "normal"
        if lesson.file is None or lesson.number == self.here:
            return f'<span style="font-weight: {weight}">{title}</span>'
        return f'<a href="{html.escape(lesson.file, quote=True)}">{title}</a>'


LEFT = 'style="text-align: left; font-weight: inherit"'


def _opening(path):
    """Read title and minutes from a notebook's first cell; None for what is not to be found."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        text = "".join(cells[0]["source"])
    except (OSError, ValueError, LookupError, TypeError):  # half written or damaged
        return None, None
    title = re.search(r"^# (?:\d\d[a-z]? )?(.+)$", text, re.MULTILINE)
    minutes = re.search(r"^\| Core \|\D*(\d+(?: to \d+)?) minutes", text, re.MULTILINE)
    return title and title[1].strip(), minutes and minutes[1]
