"""The figures of lesson 00: two classes in the plane, filters, and what excites a unit."""

import numpy as np
import pytest

from gan_course.lessons.lesson_00.two_classes import plane, plot_boundary_and_densities, plot_points
from gan_course.plots import figure_png
from gan_course.plots.features import plot_filters, plot_levels, strongest_patches

POINTS = np.array([[0.0, 0.0], [1.0, 1.0], [-1.0, 0.5]])
LABELS = np.array([0, 1, 1])


def test_the_plane_runs_row_by_row():
    ticks, points = plane((-1, 1), side=3)
    assert ticks.tolist() == [-1, 0, 1]
    assert points[:4].tolist() == [[-1, -1], [0, -1], [1, -1], [-1, 0]]


def test_points_of_each_class_are_drawn_with_their_own_marker_and_counted():
    figure = plot_points(POINTS, LABELS, (-2, 2), "old", (POINTS[:1], LABELS[:1], "new"))
    drawn = [collection.get_offsets().tolist() for collection in figure.axes[0].collections]
    assert drawn == [[[0, 0]], [[1, 1], [-1, 0.5]]]
    assert "old: 1 of class 0 (circles) and 2 of class 1 (triangles)" in figure.alt
    assert figure_png(figure)[1:4] == b"PNG"


def test_the_boundary_is_drawn_where_the_probability_is_a_half():
    ticks, grid = plane((-2, 2), side=41)
    probability = 1 / (1 + np.exp(-(grid[:, 0] - 0.5)))  # ½ at x1 = 0.5
    hills = [np.exp(-((grid - centre) ** 2).sum(axis=1)) for centre in (-1.0, 1.0)]
    figure = plot_boundary_and_densities(POINTS, LABELS, (-2, 2), probability, hills)
    left, right = figure.axes[:2]
    lines = [c for c in left.collections if type(c).__name__ == "QuadContourSet"]
    along = np.concatenate([path.vertices for path in lines[0].get_paths()])
    assert np.allclose(along[:, 0], 0.5, atol=0.01)
    equal = [c for c in right.collections if type(c).__name__ == "QuadContourSet"][-1]
    along = np.concatenate([path.vertices for path in equal.get_paths()])
    assert np.allclose(along.sum(axis=1), 0, atol=0.01)  # x1 + x2 = 0, halfway


def test_filters_keep_their_signs_and_each_reaches_full_colour():
    filters = np.array([[[1.0, -2.0], [0, 0]], [[0.1, 0], [0, -0.05]]])
    sheet = plot_filters(filters, columns=2).axes[0].images[0].get_array()
    assert (np.nanmin(sheet), np.nanmax(sheet)) == (-1, 1)


def test_filters_of_a_wrong_shape_are_refused_with_the_remedy():
    with pytest.raises(ValueError, match=r"shape \(3, 3\); expected .*moveaxis"):
        plot_filters(np.zeros((3, 3)))


def test_the_strongest_patches_are_cut_out_where_the_response_is():
    images = np.arange(2 * 64, dtype=float).reshape(2, 8, 8, 1) / 128
    responses = np.zeros((2, 8, 8, 3))
    responses[1, 4, 5, 2], responses[0, 2, 3, 2] = 9, 5
    patches = strongest_patches(images, responses, [2], size=3, stride=1, before=1, count=2)
    assert np.array_equal(patches[0, 0], images[1, 3:6, 4:7, 0])
    assert np.array_equal(patches[0, 1], images[0, 1:4, 2:5, 0])


def test_a_layer_that_sees_all_gives_whole_images():
    images = np.random.default_rng(0).random((5, 4, 4, 1))
    patches = strongest_patches(images, np.eye(5), [3], size=4, stride=1, before=0, count=1)
    assert np.array_equal(patches[0, 0], images[3, ..., 0])


@pytest.mark.parametrize(
    ("name", "size", "stride", "before"), [("conv_1a", 3, 1, 1), ("conv_2b", 14, 2, 6)]
)
def test_the_patch_sizes_of_the_lesson_are_what_the_classifiers_units_see(
    name, size, stride, before
):
    import keras

    from gan_course.metrics import build_classifier

    classifier = build_classifier(seed=0)
    layer = keras.Model(classifier.input, classifier.get_layer(name).output)
    image = np.random.default_rng(0).random((1, 28, 28, 1)).astype(np.float32)
    row, column = 5, 7
    top, left = stride * row - before, stride * column - before
    outside = np.random.default_rng(1).random(image.shape).astype(np.float32)
    outside[:, top : top + size, left : left + size] = image[
        :, top : top + size, left : left + size
    ]

    def response(x):
        return np.asarray(layer(x, training=False))[0, row, column]

    assert np.allclose(response(image), response(outside), atol=1e-5)
    inner = outside.copy()
    inner[:, top : top + size, left] += 1  # the first column inside does count
    assert not np.allclose(response(image), response(inner), atol=1e-5)


def test_levels_stand_side_by_side_and_are_described():
    patches = np.random.default_rng(0).random((2, 3, 5, 5))
    figure = plot_levels([("small\n5 × 5", patches), ("whole", patches.repeat(2, 2).repeat(2, 3))])
    assert [axes.get_title() for axes in figure.axes] == ["small\n5 × 5", "whole"]
    assert "small: 2 units with 3 patches of 5 by 5 pixels" in figure.alt
    assert figure_png(figure)[1:4] == b"PNG"
