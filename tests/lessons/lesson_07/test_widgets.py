"""The widgets of lesson 07: every control moves what it says, and the picture holds the numbers."""

import numpy as np
import pytest
from explorers import drawn, set_to

from gan_course.lessons.lesson_07.stamp_widgets import (
    BELL,
    COUNTING,
    EDGE,
    FLAT,
    ONES,
    RANDOM,
    SINGLE,
    SLOPE,
    checkerboard_explorer,
    enlarge,
    make_input,
    make_kernel,
    transposed_explorer,
)
from gan_course.lessons.lesson_07.transposed import transposed_convolve, transposed_matrix
from gan_course.lessons.lesson_07.upsampling import phase_means


@pytest.fixture
def stamps():
    return transposed_explorer()


@pytest.fixture
def checkers():
    return checkerboard_explorer()


def canvas_of(stamps, side, kernel_size, stride, values=COUNTING, weights=BELL):
    image = make_input(side, values)
    done = np.where(np.arange(side**2).reshape(side, side) < stamps, image, 0)
    return transposed_convolve(done, make_kernel(kernel_size, weights), stride)


def test_the_first_picture_has_five_stamps_of_a_bell_with_stride_2(stamps):
    assert np.array_equal(drawn(stamps, 0), [[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    assert np.array_equal(drawn(stamps, 1), [[1, 2, 1], [2, 4, 2], [1, 2, 1]])
    assert np.array_equal(drawn(stamps, 2), canvas_of(5, 3, 3, 2))
    assert np.array_equal(drawn(stamps, 3), transposed_matrix((3, 3), make_kernel(3, BELL), 2))
    assert "7×7 pixels" in stamps.readout.value
    assert "1 1 2 1 2 1 1" in stamps.readout.value


def test_the_stamps_come_one_by_one_and_none_is_possible(stamps):
    for count in (0, 1, 9):
        set_to(stamps, stamps=count)
        assert np.array_equal(drawn(stamps, 2), canvas_of(count, 3, 3, 2))
    set_to(stamps, stamps=0)
    assert "nothing is stamped yet" in stamps.picture.value


def test_stride_and_kernel_side_change_the_canvas_and_the_verdict_on_overlaps(stamps):
    set_to(stamps, stride=1)
    assert np.array_equal(drawn(stamps, 2), canvas_of(5, 3, 3, 1))
    assert "1 divides 3" in stamps.readout.value
    set_to(stamps, stride=3, kernel_size=2)
    assert np.array_equal(drawn(stamps, 2), canvas_of(5, 3, 2, 3))
    assert "some pixels get none" in stamps.readout.value
    set_to(stamps, stride=2, kernel_size=4)
    assert drawn(stamps, 1).shape == (4, 4)
    assert "2 divides 4: away from the edges the overlap is even" in stamps.readout.value


def test_padding_takes_rows_from_the_matrix_and_from_the_size(stamps):
    set_to(stamps, padding=1)
    assert drawn(stamps, 3).shape == (25, 9)
    assert "5×5 pixels" in stamps.readout.value
    assert len(stamps.figure.axes[2].patches) == 2  # what stays, and the present stamp


def test_the_side_changes_the_input_and_how_many_stamps_there_are(stamps):
    set_to(stamps, side=4)
    assert stamps.controls["stamps"].max == 16 and drawn(stamps, 0).shape == (4, 4)
    set_to(stamps, stamps=16, side=2)
    assert stamps.controls["stamps"].value == 4
    assert np.array_equal(drawn(stamps, 2), canvas_of(4, 2, 3, 2))


def test_input_and_kernel_take_other_numbers(stamps):
    for values in (ONES, SINGLE, COUNTING):
        set_to(stamps, values=values)
        assert np.array_equal(drawn(stamps, 2), canvas_of(5, 3, 3, 2, values))
    assert make_input(3, SINGLE).sum() == make_input(3, SINGLE)[1, 1] == 1
    for weights in (ONES, RANDOM):
        set_to(stamps, weights=weights)
        assert np.array_equal(drawn(stamps, 1), make_kernel(3, weights))
    assert make_kernel(4, BELL)[1].tolist() == [2, 4, 4, 2]


def test_a_setting_that_leaves_nothing_is_told_in_the_widget(stamps):
    set_to(stamps, side=2, kernel_size=1, stride=1, padding=1)
    assert "cannot be drawn. ValueError: padding is 1, and cuts 2 of 2" in stamps.readout.value
    set_to(stamps, padding=0)
    assert "cannot be drawn" not in stamps.readout.value


def test_a_flat_input_becomes_checkers_in_one_way_and_stays_flat_in_the_other(checkers):
    left, right = drawn(checkers, 0), drawn(checkers, 1)
    assert np.allclose(phase_means(left), 4 / 9 * np.array([[1, 2], [2, 4]]))
    assert np.allclose(right, 1.0)
    assert "0.444, 0.889, 0.889, 1.778" in checkers.readout.value
    assert "differ by 0.0 % of the mean" in checkers.readout.value


def test_every_control_of_the_checkers_changes_the_picture(checkers):
    for values in ({"kernel_size": 4}, {"draw": 3}, {"layers": 2}, {"layers": 3}, {"shape": EDGE}):
        before = drawn(checkers, 0)
        set_to(checkers, **values)
        now = drawn(checkers, 0)
        assert now.shape != before.shape or not np.allclose(now, before)
        setting = {name: control.value for name, control in checkers.controls.items()}
        images = list(enlarge(**setting).values())
        assert np.array_equal(now, images[0]) and np.array_equal(drawn(checkers, 1), images[1])


def test_an_even_kernel_with_equal_weights_makes_no_checkers_and_a_drawn_one_does():
    alike, _ = enlarge(FLAT, 4, 1, 0).values()
    assert np.ptp(alike) < 1e-12
    unlike, upsampled = enlarge(FLAT, 4, 1, 1).values()
    assert np.ptp(phase_means(unlike)) > 0.1 > 1e-12 > np.ptp(upsampled)


@pytest.mark.parametrize("kernel_size", range(2, 7))
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_however_deep_the_second_way_keeps_a_flat_input_flat(kernel_size, layers):
    first, second = enlarge(FLAT, kernel_size, layers, draw=5).values()
    assert np.allclose(second, 1.0)
    assert min(first.shape) >= 6 and all(side % 2 == 0 for side in (*first.shape, *second.shape))


def test_the_weights_keep_the_mean_of_the_input():
    for shape in (FLAT, SLOPE, EDGE):
        for image in enlarge(shape, 4, 2, draw=2).values():
            assert abs(image.mean() - 1) < 0.35
