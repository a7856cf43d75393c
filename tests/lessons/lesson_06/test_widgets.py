"""The frames explorer shows the frame of the step that was chosen."""

import base64
import io
import re

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image

from gan_course.lessons.lesson_06 import widgets as lesson_06
from gan_course.lessons.lesson_06.widgets import frames_explorer

STEPS = [0, 100, 1200]


@pytest.fixture
def explorer():
    # Frame 0 is black, frame 1 grey, frame 2 white.
    frames = [np.full((4, 28, 28, 1), value, np.float32) for value in (0.0, 0.5, 1.0)]
    return frames_explorer(frames, STEPS)


def parts(explorer):
    play, slider = explorer.children[0].children
    return play, slider, explorer.children[1], explorer.children[2]


def shade(image):
    content = base64.b64decode(re.search(r'base64,([^"]+)"', image.value)[1])
    with Image.open(io.BytesIO(content)) as picture:
        return np.asarray(picture.convert("L"))[20, 20]


def test_it_opens_on_the_last_frame(explorer):
    _, slider, image, caption = parts(explorer)
    assert slider.label == "1,200"
    assert shade(image) == 255
    assert "after 1,200 steps" in caption.value


def test_the_slider_shows_the_frame_of_its_step(explorer):
    _, slider, image, caption = parts(explorer)
    slider.value = 0
    assert shade(image) == 0 and "after 0 steps" in caption.value
    slider.value = 1
    assert shade(image) == 128 and "after 100 steps" in caption.value


def test_playing_moves_the_slider(explorer):
    play, slider, image, _ = parts(explorer)
    play.value = 1
    assert slider.label == "100" and shade(image) == 128


def test_every_control_has_a_label_and_the_box_a_class(explorer):
    play, slider, image, _ = parts(explorer)
    assert slider.description == "Training step" and play.description
    assert isinstance(image, widgets.HTML)
    assert 'alt="4 images after 1,200 steps, from the same noise."' in image.value
    assert "gan-frames-explorer" in explorer._dom_classes


def test_pictures_are_drawn_once_and_moving_the_slider_only_picks_one(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        lesson_06, "sheet_html", lambda frame, *_, **__: drawn.append(1) or f"<img {len(drawn)}>"
    )
    explorer = frames_explorer([np.zeros((4, 28, 28), np.uint8)] * 3, STEPS)
    _, slider, image, _ = parts(explorer)
    for place in (0, 2, 1):
        slider.value = place
        assert image.value == f"<img {place + 1}>"
    assert len(drawn) == 3 and slider.continuous_update


def test_many_frames_play_through_in_a_few_seconds():
    frames = [np.zeros((1, 28, 28), np.uint8)] * 100
    play = parts(frames_explorer(frames, list(range(100))))[0]
    assert play.interval == 120 and parts(frames_explorer(frames[:3], STEPS))[0].interval == 600


@pytest.mark.parametrize("frames, steps", [([], []), ([np.zeros((1, 28, 28, 1))], [0, 1])])
def test_frames_without_a_step_each_are_refused(frames, steps):
    with pytest.raises(ValueError, match="expected one step for each frame"):
        frames_explorer(frames, steps)
