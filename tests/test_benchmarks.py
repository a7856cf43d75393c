"""The benchmarks find what they measure by themselves."""

import pytest
import widget_latency
from places import PACKAGE

from gan_course import lessons


def test_the_widgets_of_every_lesson_are_measured():
    pages = PACKAGE.glob("lessons/*/widgets.py")
    listing = {path.parent.name for path in pages if "WIDGETS = {" in path.read_text("utf-8")}
    found = widget_latency.find_widgets()
    assert set(found) == listing
    assert {"lesson_01", "lesson_08"} <= listing
    assert all(callable(make) for table in found.values() for make in table.values())


@pytest.mark.parametrize(
    ("name", "page", "measured"),
    [
        ("lesson_97", 'WIDGETS = {"slider": len}', {"slider": len}),
        ("lesson_98", "x = 1", None),
        ("lesson_99", None, None),
    ],
)
def test_a_new_lesson_is_measured_without_a_change_if_it_has_widgets(
    tmp_path, monkeypatch, name, page, measured
):
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").touch()
    if page is not None:
        (folder / "widgets.py").write_text(page, encoding="utf-8")
    monkeypatch.setattr(lessons, "__path__", [str(tmp_path)])
    assert widget_latency.find_widgets().get(name) == measured
