"""The widgets of lesson 08: each control asks the generator for what it says."""

import gan_course.backend

import keras
import numpy as np
import pytest
from explorers import drawn, set_to

from gan_course import metrics, models
from gan_course.lessons.lesson_08 import widgets as lesson_08
from gan_course.lessons.lesson_08.widgets import (
    SHARES,
    digit_page,
    label_blend,
    style_matrix,
    walked,
)
from gan_course.models import sample_latent
from gan_course.plots.pictures import tile


@pytest.fixture(scope="module")
def generator():
    keras.utils.set_random_seed(3)
    made = models.build_conditional_generator(latent_dim=4, channels=(4, 4, 4))
    for variable in made.variables:  # louder, so that labels and z show in the pixels
        variable.assign(3 * variable.value)
    return made


@pytest.fixture(params=list(lesson_08.WIDGETS))
def made(request, generator):
    return lesson_08.WIDGETS[request.param](generator)


def matrix_of(generator, z):
    images = models.generate(generator, np.repeat(z, 10, axis=0), np.tile(np.arange(10), len(z)))
    return tile(images, 10, (-1, 1))


def test_every_control_changes_the_picture_and_none_ends_in_an_error(made):
    for control in made.controls.values():
        far = [end for end in (control.min, control.max) if end != control.value]
        for value in (*far, (control.min + control.max) // 2):
            before = made.picture.value
            control.value = value
            assert made.picture.value != before, control.description
            assert "cannot be drawn" not in made.readout.value


def test_the_matrix_has_labels_in_columns_and_latent_vectors_in_rows(generator):
    matrix = style_matrix(generator)
    assert np.array_equal(drawn(matrix), matrix_of(generator, sample_latent(4, 4, 0)))
    set_to(matrix, seed=7, rows=2)
    z = sample_latent(2, 4, 7)
    assert np.array_equal(drawn(matrix), matrix_of(generator, z))
    set_to(matrix, walk=1.0)
    end = walked(z, sample_latent(2, 4, 1007), 1.0)
    assert np.array_equal(drawn(matrix), matrix_of(generator, end))
    set_to(matrix, size=2.0)
    assert np.array_equal(drawn(matrix), matrix_of(generator, 2 * end))


def test_at_size_0_all_rows_of_the_matrix_are_alike_and_the_text_says_so(generator):
    matrix = style_matrix(generator)
    set_to(matrix, size=0.0, rows=2)
    shown = drawn(matrix)
    assert (
        np.array_equal(shown[2:30], shown[32:60]) and "the rows are alike" in matrix.readout.value
    )


def test_a_walk_keeps_the_size_of_a_normal_draw():
    start, end = sample_latent(2, 5000, 0)
    assert np.allclose(walked(start, end, 0), start)
    assert np.allclose(walked(start, end, 1), end, atol=1e-6)
    assert np.isclose(walked(start, end, 0.4).std(), 1, atol=0.05)


def test_a_page_draws_one_label_and_counts_what_is_read(generator):
    page = digit_page(generator)
    for digit, rows, seed, size in ((9, 5, 0, 1.0), (4, 2, 3, 0.5)):
        set_to(page, digit=digit, rows=rows, seed=seed, size=size)
        z = size * sample_latent(10 * rows, 4, seed)
        images = models.generate(generator, z, digit)
        assert np.array_equal(drawn(page), tile(images, 10, (-1, 1)))
        read = metrics.predict_digits(images, (-1, 1)).argmax(axis=1)
        hits, count = int((read == digit).sum()), 10 * rows
        assert f"{hits} of {count} are read as {digit}" in page.readout.value
        others = ", ".join(str(other) for other in np.unique(read) if other != digit)
        assert (f"Others are read as {others}." in page.readout.value) == bool(others)
        low, high = metrics.wilson_interval(hits, count)
        assert f"between {100 * low:.0f} % and {100 * high:.0f} %" in page.readout.value
        assert f"{count} generated images with the label {digit}" in page.picture.value


def test_a_blend_begins_at_one_label_and_ends_at_the_other(generator):
    blend = label_blend(generator)
    set_to(blend, first=2, second=7, seed=5, rows=3)
    z = sample_latent(3, 4, 5)
    shown = drawn(blend)
    for label, column in ((2, 0), (7, len(SHARES) - 1)):
        expected = tile(models.generate(generator, z, label), 1, (-1, 1))
        strip = shown[:, 30 * column : 30 * column + 32]
        assert np.abs(strip.astype(int) - expected.astype(int)).max() <= 1
    (first, second, _) = blend.figure.axes[1].lines
    assert (first.get_label(), second.get_label()) == ("read as 2", "read as 7")
    total = sum(line.get_ydata() for line in blend.figure.axes[1].lines)
    assert np.allclose(total, 1)
    assert "2" in blend.readout.value and "7" in blend.readout.value


def test_where_a_reading_turns_over_twice_the_blend_names_the_last_time(generator, monkeypatch):
    shown = [3, 8, 3, 3, 8, 8, 8, 8, 8]  # one row: the second column turns over too early
    blend = label_blend(generator)
    monkeypatch.setattr(lesson_08.LatentModel, "read_digits", lambda *_: np.array([shown]))
    set_to(blend, rows=1)
    assert "From a share of 0.5 on, 8 is read more often" in blend.readout.value


def test_a_blend_of_one_label_with_itself_says_that_nothing_changes(generator):
    blend = label_blend(generator)
    set_to(blend, first=6, second=6)
    assert "nothing changes" in blend.readout.value
    shown = drawn(blend)
    assert np.array_equal(shown[:, 2:30], shown[:, 32:60])
    assert len(blend.figure.axes[1].lines) == 2


def test_what_goes_wrong_is_shown_in_the_widget(generator, monkeypatch):
    page = digit_page(generator)
    monkeypatch.setattr(models, "generate", lambda *_: 1 / 0)
    set_to(page, digit=1)
    assert "ZeroDivisionError" in page.readout.value
