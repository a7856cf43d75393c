"""Transposed convolution: stamps, matrix, overlaps, and the kernel that upsamples too."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from gan_course.lessons.lesson_07.transposed import (
    convolve,
    overlap_counts,
    transposed_convolve,
    transposed_matrix,
    transposed_size,
)
from gan_course.lessons.lesson_07.upsampling import phase_means, summed_kernel, upsample


def drawn(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape)


def test_one_pixel_stamps_the_kernel_times_its_value():
    kernel = drawn(3, 3)
    assert np.allclose(transposed_convolve(np.array([[2.0]]), kernel), 2 * kernel)


def test_where_stamps_overlap_they_add_up():
    stamped = transposed_convolve(np.array([[1.0, 10.0]]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    assert stamped.tolist() == [[1, 12, 20], [3, 34, 40]]


def test_padding_cuts_the_rim_off():
    image, kernel = drawn(3, 4), drawn(4, 4, seed=1)
    whole = transposed_convolve(image, kernel, stride=2)
    assert np.allclose(transposed_convolve(image, kernel, 2, padding=1), whole[1:-1, 1:-1])


sizes = st.integers(1, 5)


@settings(deadline=None, max_examples=60)
@given(sizes, sizes, sizes, st.integers(1, 3), st.integers(0, 1))
def test_the_size_is_that_of_the_formula_and_padding_zero_or_one_fits(h, w, k, stride, padding):
    if min(stride * (side - 1) + k - 2 * padding for side in (h, w)) < 1:
        with pytest.raises(ValueError, match="padding is 1"):
            transposed_convolve(drawn(h, w), drawn(k, k), stride, padding)
        return
    output = transposed_convolve(drawn(h, w), drawn(k, k), stride, padding)
    assert output.shape == tuple(transposed_size(side, k, stride, padding) for side in (h, w))


@settings(deadline=None, max_examples=40)
@given(sizes, sizes, sizes, st.integers(1, 3))
def test_the_matrix_gives_the_stamps_and_its_transpose_the_convolution(h, w, k, stride):
    kernel, image = drawn(k, k), drawn(h, w, seed=1)
    matrix = transposed_matrix((h, w), kernel, stride)
    stamped = transposed_convolve(image, kernel, stride)
    assert np.allclose(matrix @ image.ravel(), stamped.ravel())
    large = drawn(*stamped.shape, seed=2)
    assert np.allclose(matrix.T @ large.ravel(), convolve(large, kernel, stride).ravel())


def test_with_padding_too_the_transpose_is_the_convolution_with_that_padding():
    kernel = drawn(4, 4)
    matrix = transposed_matrix((7, 7), kernel, stride=2, padding=1)
    large = drawn(14, 14, seed=1)
    assert np.allclose(matrix.T @ large.ravel(), convolve(large, kernel, 2, padding=1).ravel())


@pytest.mark.parametrize(("k", "stride"), [(3, 2), (4, 2), (5, 3), (2, 1)])
def test_keras_stamps_the_same(k, stride):
    from keras import ops

    image, kernel = drawn(4, 5), drawn(k, k, seed=1)
    theirs = ops.conv_transpose(
        image[None, :, :, None].astype("float32"),
        kernel[:, :, None, None].astype("float32"),
        strides=stride,
        padding="valid",
    )
    theirs = np.asarray(theirs)[0, :, :, 0]
    ours = transposed_convolve(image, kernel, stride)
    # Where the stride is larger than the kernel, Keras adds rows without a stamp at the end.
    assert np.allclose(theirs[: ours.shape[0], : ours.shape[1]], ours, atol=1e-5)


def test_a_convolution_gathers_what_lies_below_the_kernel_unflipped():
    image = np.arange(9.0).reshape(3, 3)
    kernel = np.array([[1.0, 0.0], [0.0, 10.0]])
    assert convolve(image, kernel).tolist() == [[40, 51], [73, 84]]
    assert convolve(image, kernel, stride=2, padding=1).tolist() == [[0, 20], [60, 84]]


@pytest.mark.parametrize(("k", "inside"), [(2, {1}), (3, {1, 2, 4}), (4, {4}), (5, {4, 6, 9})])
def test_overlaps_inside_are_even_exactly_if_the_stride_divides_the_kernel(k, inside):
    counts = overlap_counts((6, 6), k, stride=2)
    assert counts.dtype.kind == "i" and counts.sum() == 36 * k * k
    assert set(np.unique(counts[k:-k, k:-k])) == inside


def test_upsampling_repeats_each_pixel_into_a_block():
    assert upsample(np.array([[1, 2]])).tolist() == [[1, 1, 2, 2]] * 2


@settings(deadline=None, max_examples=40)
@given(st.sampled_from([1, 3, 5, 7]), sizes, sizes)
def test_one_transposed_convolution_with_the_summed_kernel_is_upsampling_and_convolution(k, h, w):
    image, kernel = drawn(h, w), drawn(k, k, seed=1)
    pair = convolve(upsample(image), kernel, padding=k // 2)
    one = transposed_convolve(image, summed_kernel(kernel), stride=2, padding=k // 2)
    assert pair.shape == one.shape == (2 * h, 2 * w)
    assert np.allclose(pair, one)


def test_the_summed_kernel_is_that_of_the_courses_layer():
    from gan_course.layers import tie_kernel

    kernel = drawn(3, 3)
    theirs = np.asarray(tie_kernel(kernel[:, :, None, None].astype("float32")))[:, :, 0, 0]
    assert np.allclose(theirs, summed_kernel(kernel), atol=1e-6)


def test_the_four_places_of_a_tile_get_the_same_total_weight_from_a_summed_kernel():
    kernel = drawn(3, 3)
    totals = [summed_kernel(kernel)[a::2, b::2].sum() for a in (0, 1) for b in (0, 1)]
    assert np.allclose(totals, kernel.sum())


def test_phase_means_find_checkers_and_only_checkers():
    checkers = np.indices((8, 8)).sum(axis=0) % 2
    assert phase_means(checkers.astype(float)).tolist() == [[0, 1], [1, 0]]
    flat = convolve(upsample(np.ones((8, 8))), drawn(3, 3), padding=1)
    assert np.ptp(phase_means(flat[2:-2, 2:-2])) < 1e-12 < np.ptp(phase_means(flat))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: transposed_size(7, 0), r"kernel_size is 0; expected.*at least 1"),
        (lambda: transposed_size(7.0, 3), r"size is 7.0; expected a whole.*int"),
        (lambda: transposed_size(2, 3, 1, 2), "padding is 2, and cuts 4 of 4.*smaller padding"),
        (lambda: transposed_convolve([[1.0]], np.ones((2, 2))), r"image is \[\[1.0\]\].*np.array"),
        (lambda: transposed_convolve(np.ones(3), np.ones((2, 2))), r"image has shape \(3,\)"),
        (lambda: transposed_convolve(np.ones((1, 7, 7, 1)), np.ones((2, 2))), "Leave out the axes"),
        (lambda: transposed_convolve(np.ones((2, 2)), np.ones((2, 3))), r"\(2, 3\).*square"),
        (lambda: transposed_convolve(np.full((2, 2), np.nan), np.ones((2, 2))), "NaN or infinite"),
        (lambda: convolve(np.ones((2, 2)), np.ones((3, 3))), r"side 3.*\(2, 2\).*more padding"),
        (lambda: convolve(np.ones((2, 2)), np.ones((1, 1)), stride=0), "stride is 0"),
        (lambda: summed_kernel(np.ones((2, 3))), r"kernel has shape \(2, 3\)"),
        (lambda: phase_means(np.ones((4, 1))), "the smaller side of the image is 1; .* least 2"),
        (lambda: overlap_counts((2, 2), 1.5), "kernel_size is 1.5"),
    ],
)
def test_bad_input_is_refused_with_what_was_received_what_is_expected_and_a_remedy(call, words):
    with pytest.raises(ValueError, match=words):
        call()
