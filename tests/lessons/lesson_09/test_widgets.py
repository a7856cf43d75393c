"""The widgets of lesson 09: what they show is what the flow and the generator make."""

import gan_course.backend

import keras
import numpy as np
import pytest
from explorers import set_to

from gan_course import models
from gan_course.lessons.lesson_09 import pen, plane
from gan_course.lessons.lesson_09.widgets import code_search, flow_explorer
from gan_course.tables import number
from gan_course.widgets.lesson_box import static_html


@pytest.fixture(scope="module")
def search():
    keras.utils.set_random_seed(0)
    generator = models.build_small_generator(latent_dim=3, channels=(4, 4, 4))
    return code_search(generator)


def test_the_flow_shows_the_points_after_the_steps_up_to_its_time():
    explorer = flow_explorer()
    for steps, time, seed in ((16, 1.0, 0), (4, 0.5, 3), (1, 1.0, 2), (32, 0.0, 1)):
        set_to(explorer, steps=steps, time=time, seed=seed)
        start = np.random.default_rng(seed).standard_normal((400, 2))
        path = plane.euler_path(plane.exact_velocity, start, steps)
        end = path[int(time * steps)]
        shown = explorer.figure.axes[0].lines[-1]
        np.testing.assert_allclose(np.column_stack(shown.get_data()), end)
        assert number(plane.share_at_home(end), ".0%") in explorer.readout.value
    assert "cannot be drawn" not in explorer.readout.value


def test_what_is_drawn_is_found_at_once_and_kept_as_a_picture(search):
    assert search.code.shape == (3,)
    assert "Mean squared error" in search.readout.value
    assert "<img" in static_html(search)


def test_another_digit_draws_another_way(search):
    before = search.picture.value
    search.edit.value = (4, "digit")
    assert search.picture.value != before and "a 4" in search.picture.value


def test_what_was_found_is_moved_along_a_direction_of_the_features(search):
    search.edit.value = (1, "direction")
    along = search.directions[1]
    first, last = (search.code + amount * along for amount in (-2, 2))
    ends = search._model.draw(np.stack([first, last]).astype(np.float32))
    read = int(search._model.read_digits(ends[1:])[0])
    assert f"along direction 2 as {read}" in search.readout.value
    assert "along direction 2" in search.picture.value and ">-2<" not in search.picture.value


def test_an_empty_pad_is_refused_in_words_and_the_old_picture_goes(search):
    search.pad.drawn = []
    search.search.click()
    assert "The drawing is empty" in search.readout.value
    assert search.picture.value == "" and search.code is None
    search.edit.value = (5, "digit")  # without a code nothing is drawn
    assert search.picture.value == ""
    search.pad.drawn = pen.SEVEN
    search.search.click()
    assert "<img" in search.picture.value
