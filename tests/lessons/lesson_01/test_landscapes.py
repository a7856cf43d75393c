"""The surfaces of lesson 01: their gradients are measured, their minima are minima."""

import numpy as np
import pytest

from gan_course.from_scratch.check import finite_differences, relative_error
from gan_course.from_scratch.losses import binary_cross_entropy_from_logits, mean_squared_error
from gan_course.lessons.lesson_01.landscapes import (
    cross_entropy_unit,
    parabola,
    ravine,
    ravine_hessian,
    squared_error_unit,
    two_valleys,
)

SURFACES = {
    "parabola": parabola(3.0),
    "two valleys": two_valleys(),
    "ravine": ravine(50.0),
    "turned ravine": ravine(20.0, 30.0),
    "squared error": squared_error_unit(0.3),
    "cross-entropy": cross_entropy_unit(1.0),
}
each_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES.keys())


def places(surface, count):
    shape = (count, 2) if surface.dimensions == 2 else (count,)
    return np.random.default_rng(0).normal(0, 1.5, shape)


@each_surface
def test_a_gradient_agrees_with_finite_differences(surface):
    for place in places(surface, 10):
        measured = finite_differences(surface.function, place)
        assert relative_error(measured, surface.gradient(place)) < 1e-6


@each_surface
def test_a_function_takes_many_positions_at_once(surface):
    many = places(surface, 12)
    together = surface.function(many)
    assert together.shape == (12,)
    np.testing.assert_allclose(together, [surface.function(place) for place in many])


@each_surface
def test_a_minimum_is_flat_and_lower_than_its_surroundings(surface):
    for minimum in surface.minima:
        here = np.asarray(minimum)
        np.testing.assert_allclose(surface.gradient(here), 0, atol=1e-9)
        for place in places(surface, 20):
            assert surface.function(here + 0.02 * place) > surface.function(here)


@each_surface
def test_a_curvature_is_the_largest_second_derivative(surface):
    for minimum, curvature in zip(surface.minima, surface.curvatures, strict=True):
        here, h = np.asarray(minimum, dtype=float), 1e-4
        axes = [np.array(1.0)] if surface.dimensions == 1 else list(np.eye(2))
        columns = [
            (surface.gradient(here + h * axis) - surface.gradient(here - h * axis)) / (2 * h)
            for axis in axes
        ]
        largest = np.linalg.eigvalsh(np.atleast_2d(np.array(columns)))[-1]
        assert largest == pytest.approx(curvature, rel=1e-5)


def test_the_first_minimum_is_the_deeper_one():
    surface = two_valleys()
    deep, shallow = surface.minima
    assert deep < 0 < shallow
    assert surface.function(deep) < surface.function(shallow)


def test_a_turned_ravine_keeps_its_eigenvalues():
    for turn in (0.0, 30.0, 90.0, -400.0):
        np.testing.assert_allclose(np.linalg.eigvalsh(ravine_hessian(7.0, turn)), [1.0, 7.0])
    along = np.array([np.cos(np.deg2rad(30)), np.sin(np.deg2rad(30))])
    np.testing.assert_allclose(ravine(7.0, 30.0).gradient(along), along)


def test_the_sigmoid_units_are_the_losses_of_the_package():
    for logit, target in ((-8.0, 1.0), (2.0, 0.0), (0.5, 0.3)):
        entropy = binary_cross_entropy_from_logits([target], [logit])
        assert cross_entropy_unit(target).function(logit) == pytest.approx(entropy)
        squared = mean_squared_error([target], [1 / (1 + np.exp(-logit))])
        assert squared_error_unit(target).function(logit) == pytest.approx(squared)
    assert cross_entropy_unit(1.0).function(-1e6) == 1e6


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: parabola(0.0), "curvature is 0.0.*above 0.*no minimum"),
        (lambda: ravine(0.5), "steepness is 0.5.*at least 1"),
        (lambda: ravine(2.0, float("nan")), "turn is nan.*angle in degrees"),
        (lambda: squared_error_unit(2.0), r"target is 2.0.*in \[0, 1\].*1 stands for yes"),
        (lambda: cross_entropy_unit("1"), "target is '1'; expected a number"),
    ],
)
def test_a_number_that_makes_no_surface_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
