"""The latent explorer: every control moves what is drawn, and nothing that fails is lost."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from gan_course.lessons.lesson_00.widgets import (
    FRAME,
    GAP,
    STEPS,
    STRIP,
    between,
    digit_writer,
    latent_explorer,
)
from gan_course.plots import tile

DIM = 6
PICTURE = re.compile(r'<img alt="([^"]+)" width="(\d+)"[^>]*base64,([^"]+)"')


def draw(z):
    """Return images (n, 4, 4, 1) in which the six latent numbers can be read off."""
    images = np.zeros((len(z), 16), np.float32)
    images[:, :DIM] = 1 / (1 + np.exp(-z))
    return images.reshape(-1, 4, 4, 1)


def latent(seed):
    return np.random.default_rng(seed).standard_normal((1, DIM)).astype(np.float32)


def parts(explorer):
    a, b, position, _play, picture = explorer.children
    return a, b, position, picture


def shown(explorer):
    """Return the large image and the strip as uint8 arrays, and the alternative texts."""
    found = PICTURE.findall(parts(explorer)[3].value)
    arrays = [np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))) for _, _, data in found]
    return arrays, [alt for alt, _, _ in found]


def expected(seed_a, seed_b, position):
    image = draw(between(latent(seed_a), latent(seed_b), position))
    return tile(image, 1, (0, 1), gap=1)


@pytest.fixture
def explorer():
    return latent_explorer(draw, DIM, seed_a=3, seed_b=4)


def test_it_is_found_by_its_class_and_every_control_has_a_label_and_waits_for_release(explorer):
    assert "gan-latent-explorer" in explorer._dom_classes
    labels = [control.description for control in parts(explorer)[:3]]
    assert labels == ["Seed A", "Seed B", "Position from A to B"]
    assert all(control.continuous_update for control in parts(explorer)[:3])


def test_it_opens_in_the_middle_of_the_walk(explorer):
    (image, _), alts = shown(explorer)
    assert np.array_equal(image, expected(3, 4, 0.5))
    assert alts[0] == "Position 0.50 from seed 3 to seed 4."


@pytest.mark.parametrize(("control", "value", "seen"), [(0, 9, (9, 4)), (1, 0, (3, 0))])
def test_a_seed_changes_the_image_and_its_end_of_the_strip(explorer, control, value, seen):
    parts(explorer)[control].value = value
    (image, strip), alts = shown(explorer)
    assert np.array_equal(image, expected(*seen, 0.5))
    assert f"from seed {seen[0]} to seed {seen[1]}" in alts[0]
    for seed, column in zip(seen, (0, STRIP - 1), strict=True):
        left = column * (4 + GAP) + GAP
        inside = strip[GAP:-GAP, left : left + 4, 0]
        assert np.array_equal(inside, expected(seed, seed, 0.0)[1:-1, 1:-1])


@pytest.mark.parametrize("value", [0.0, 0.25, 1.0])
def test_the_position_changes_the_image_and_moves_the_frame(explorer, value):
    parts(explorer)[2].value = value
    (image, strip), alts = shown(explorer)
    assert np.array_equal(image, expected(3, 4, value))
    assert f"Position {value:.2f}" in alts[0]
    framed = np.flatnonzero((strip == FRAME).all(axis=-1).any(axis=0))
    left = round(value * (STRIP - 1)) * (4 + GAP)
    assert (framed.min(), framed.max()) == (left + 1, left + 4 + 2 * GAP - 2)


def test_the_image_at_both_ends_is_the_seeds_own(explorer):
    for value, seed in ((0.0, 3), (1.0, 4)):
        parts(explorer)[2].value = value
        own = tile(draw(latent(seed)), 1, (0, 1), gap=1)
        assert np.abs(shown(explorer)[0][0].astype(int) - own).max() <= 1


def test_from_a_seed_to_itself_nothing_moves_and_the_sentence_says_why(explorer):
    parts(explorer)[1].value = 3
    (image, _), alts = shown(explorer)
    assert np.array_equal(image, expected(3, 3, 0.0))
    assert "both seed 3: choose two different" in alts[0]


def test_what_the_classifier_reads_is_said_beside_the_picture_and_in_its_alternative_text():
    def read(images):
        return np.eye(10)[[7]] * 0.9 + 0.01

    explorer = latent_explorer(draw, DIM, read=read)
    assert "reads a 7, with probability 0.91" in shown(explorer)[1][0]
    assert parts(explorer)[3].value.count("reads a 7") == 2


def test_an_exception_is_shown_in_the_widget_and_the_next_change_recovers():
    broken = [True]

    def sometimes(z):
        if broken[0]:
            raise ValueError("the weights are <missing>")
        return draw(z)

    explorer = latent_explorer(sometimes, DIM)
    assert "ValueError: the weights are &lt;missing&gt;" in parts(explorer)[3].value
    broken[0] = False
    parts(explorer)[2].value = 0.0
    assert len(shown(explorer)[0]) == 2


def test_moving_along_the_walk_draws_one_image_and_not_the_whole_strip():
    drawn = []

    def counting(z):
        drawn.append(len(z))
        return draw(z)

    explorer = latent_explorer(counting, DIM)
    drawn.clear()
    parts(explorer)[2].value = 0.1
    assert drawn == [1]


def test_the_walk_keeps_the_variance_and_the_straight_line_does_not():
    a, b = np.random.default_rng(0).standard_normal((2, 100_000))
    for position in (0.0, 0.3, 0.5, 1.0):
        assert between(a, b, position).var() == pytest.approx(1, abs=0.02)
    assert ((a + b) / 2).var() == pytest.approx(0.5, abs=0.02)


def test_the_seeds_mean_what_sample_latent_means():
    from gan_course.lessons.lesson_00.widgets import _latent
    from gan_course.models import sample_latent

    assert np.array_equal(_latent(5, 100), sample_latent(1, 100, seed=5))


def test_the_play_button_walks_from_a_to_b(explorer):
    play = explorer.children[3]
    for value in (0, STEPS):
        play.value = value
        assert f"Position {value / STEPS:.2f}" in shown(explorer)[1][0]


def test_a_typed_number_is_drawn_and_the_button_writes_it_in_another_hand():
    asked = []

    def write(labels, seed):
        asked.append((labels.tolist(), seed))
        return np.full((len(labels), 4, 4, 1), 0.5)

    writer = digit_writer(write, "31415")
    row, picture = writer.children
    assert asked == [([3, 1, 4, 1, 5], 0)] and 'alt="31415, drawn' in picture.value
    row.children[0].value = "2 of 7"
    row.children[1].click()
    assert asked[1:] == [([2, 7], 0), ([2, 7], 1)]
    row.children[0].value = "none"
    assert picture.value == "Type some digits." and len(asked) == 3


def test_what_fails_while_writing_is_shown():
    writer = digit_writer(lambda labels, seed: 1 / 0)
    assert "ZeroDivisionError" in writer.children[1].value
