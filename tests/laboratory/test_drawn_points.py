"""Drawing points: the trait that holds them, and the text box beside the picture."""

import numpy as np
import pytest
import traitlets

from gan_course.laboratory.drawn_points import PointsBox, read_points
from gan_course.laboratory.editable_scene import EditableScene
from gan_course.widgets.scene import MOST_POINTS


def scene_with(points=()):
    return EditableScene(lambda: "", drawn=list(points), drawing=2)


def test_points_are_kept_as_pairs_of_floats():
    scene = scene_with()
    scene.drawn = [(0, 1), [2, 3]]
    assert scene.drawn == [[0.0, 1.0], [2.0, 3.0]]


@pytest.mark.parametrize("bad", [[[1, 2, 3]], [1, 2], [[np.nan, 0]], [["a", "b"]], [[1], [1, 2]]])
def test_points_that_are_no_pairs_are_refused_and_the_drawing_stays(bad):
    scene = scene_with([[1, 1]])
    with pytest.raises(traitlets.TraitError, match="pairs of finite numbers.*received"):
        scene.drawn = bad
    assert scene.drawn == [[1.0, 1.0]]


def test_more_points_than_the_paper_holds_are_cut_off():
    scene = scene_with()
    scene.drawn = np.zeros((MOST_POINTS + 5, 2)).tolist()
    assert len(scene.drawn) == MOST_POINTS
    assert f"const MOST_POINTS = {MOST_POINTS};" in scene._esm  # the browser stops there too


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


def test_the_text_box_is_seen_while_something_is_drawn():
    scene = scene_with()
    box = PointsBox(scene)
    assert box.layout.display == ""
    scene.drawing = 0
    assert box.layout.display == "none"


def test_the_text_box_adds_points():
    scene = scene_with([[2, 2]])
    box = PointsBox(scene)
    box.text.value = "0, 0; 1, 1"
    box.add.click()
    assert scene.drawn == [[2.0, 2.0], [0.0, 0.0], [1.0, 1.0]]
    assert "Added 2 points" in box.message.value and box.text.value == ""


def test_text_that_cannot_be_read_stays_in_the_box_and_the_drawing_too():
    scene = scene_with([[0, 0]])
    box = PointsBox(scene)
    box.text.value = "1, <b>"
    box.add.click()
    assert box.text.value == "1, <b>" and scene.drawn == [[0.0, 0.0]]
    assert 'role="alert"' in box.message.value and "&lt;b&gt;" in box.message.value
