"""Drawing points: the canvas' trait, undo, and the text box beside it."""

import re

import numpy as np
import pytest
import traitlets

from gan_course.laboratory.canvas import MOST_POINTS, STATIC, DrawingPad, PointCanvas, read_points


def test_points_are_kept_as_pairs_of_floats():
    canvas = PointCanvas()
    canvas.points = [(0, 1), [2, 3]]
    assert canvas.points == [[0.0, 1.0], [2.0, 3.0]]
    assert canvas.array().shape == (2, 2) and PointCanvas().array().shape == (0, 2)


@pytest.mark.parametrize("bad", [[[1, 2, 3]], [1, 2], [[np.nan, 0]], [["a", "b"]], [[1], [1, 2]]])
def test_points_that_are_no_pairs_are_refused_and_the_drawing_stays(bad):
    canvas = PointCanvas(points=[[1, 1]])
    with pytest.raises(traitlets.TraitError, match="pairs of finite numbers.*received"):
        canvas.points = bad
    assert canvas.points == [[1.0, 1.0]]


def test_more_points_than_the_canvas_holds_are_cut_off():
    canvas = PointCanvas()
    canvas.points = np.zeros((MOST_POINTS + 5, 2)).tolist()
    assert len(canvas.points) == MOST_POINTS


def test_undo_goes_back_change_by_change_and_stops_at_the_first():
    canvas = PointCanvas()
    for points in ([[0, 0]], [[0, 0], [1, 1]], []):
        canvas.points = points
    seen = []
    for _ in range(4):
        canvas.undo()
        seen.append(len(canvas.points))
    assert seen == [2, 1, 0, 0]


def test_an_undo_that_the_browser_made_is_not_taken_back_again():
    canvas = PointCanvas()
    canvas.points = [[0, 0]]
    canvas.points = [[0, 0], [1, 1]]
    canvas.set_state({"points": [[0, 0]]})  # as the browser sends it
    canvas.undo()
    assert canvas.points == []


def test_the_browser_asks_for_undo_with_a_message():
    canvas = PointCanvas()
    canvas.points = [[1, 1]]
    canvas._handle_custom_msg({"kind": "something else"}, [])
    assert canvas.points == [[1.0, 1.0]]
    canvas._handle_custom_msg({"kind": "undo"}, [])
    assert canvas.points == []


def test_what_the_browser_runs_is_sent_along_and_fetches_nothing():
    canvas = PointCanvas()
    assert canvas._esm == (STATIC / "canvas.js").read_text(encoding="utf-8")
    code = canvas._esm + canvas._css
    assert not re.search(r"https?:|\bimport\b|fetch\(|@import|url\(", code)


def test_the_drawing_area_has_a_name_and_keeps_its_keys_from_jupyterlab():
    code = PointCanvas._esm
    assert 'role: "application"' in code and '"aria-label": "Drawing area for points"' in code
    assert "data-lm-suppress-shortcuts" in code
    for key in ("ArrowLeft", "Enter", "Backspace"):
        assert key in code


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("0.5, 1; -1, 2", [[0.5, 1.0], [-1.0, 2.0]]),
        ("0.5 1\n −1 2 ;", [[0.5, 1.0], [-1.0, 2.0]]),
    ],
)
def test_points_are_read_from_text(text, points):
    assert read_points(text) == points


def test_in_one_dimension_a_number_alone_is_a_point():
    assert read_points("0.5; -1", dimensions=1) == [[0.5, 0.0], [-1.0, 0.0]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" ; ", "holds no points.*x, y; x, y"),
        ("1, 2; 3", "“3” is not a point.*two numbers"),
        ("1, b", "“1, b” is not a point"),
        ("1, inf", "is not a point"),
        ("1, 2, 3", "is not a point"),
        ("4, 0", r"\(4, 0\) lies outside.*from -3 to 3"),
    ],
)
def test_text_that_is_no_points_is_told_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        read_points(text)


def test_the_text_box_adds_points_and_undo_takes_them_back():
    pad = DrawingPad()
    pad.text.value = "0, 0; 1, 1"
    pad.add.click()
    assert pad.canvas.points == [[0.0, 0.0], [1.0, 1.0]]
    assert "Added 2 points" in pad.message.value and pad.text.value == ""
    pad.canvas.undo()
    assert pad.canvas.points == []


def test_text_that_cannot_be_read_stays_in_the_box_and_the_drawing_too():
    pad = DrawingPad()
    pad.canvas.points = [[0, 0]]
    pad.text.value = "1, <b>"
    pad.add.click()
    assert pad.text.value == "1, <b>" and pad.canvas.points == [[0.0, 0.0]]
    assert 'role="alert"' in pad.message.value and "&lt;b&gt;" in pad.message.value
