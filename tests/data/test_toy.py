"""Toy distributions: densities that integrate to one, and samples that agree with them."""

import functools
from statistics import NormalDist

import numpy as np
import pytest

from gan_course.data import toy

CASES = {
    "line": (toy.line(), 240),
    "thick line": (toy.line(std=2.0), 240),
    "ring": (toy.ring(), 480),
    "ring of three": (toy.ring(num_modes=3, std=0.3), 240),
    "grid": (toy.grid(), 240),
    "moons": (toy.moons(), 120),
    "mixture": (toy.mixture_1d([0.3, 0.7], [-2, 1], [0.5, 1.0]), 1992),
    "points": (toy.points([[0, 0], [1, 2], [1, -1]], bandwidth=0.2), 240),
    "points in 1-D": (toy.points([0.0, 0.5, 3.0], bandwidth=0.2), 1992),
}
ALL = pytest.mark.parametrize("case", CASES)


@functools.cache
def tabled(case):
    """Midpoints of cells over the limits (a multiple of 12 an axis), densities, a cell's volume."""
    distribution, size = CASES[case]
    low, high = distribution.limits
    ticks = low + (high - low) * (np.arange(size) + 0.5) / size
    axes = np.meshgrid(*[ticks] * distribution.dimensions, indexing="ij")
    cell = ((high - low) / size) ** distribution.dimensions
    x = np.stack(axes, axis=-1).reshape(-1, distribution.dimensions)
    return x, distribution.density(x), cell


@ALL
def test_the_density_integrates_to_one(case):
    x, density, cell = tabled(case)
    assert density.shape == (len(x),) and density.dtype == np.float64 and (density >= 0).all()
    assert density.sum() * cell == pytest.approx(1, abs=1e-5)


@ALL
def test_samples_have_the_mean_and_covariance_of_the_density(case):
    distribution = CASES[case][0]
    x, density, cell = tabled(case)
    weight = density * cell
    mean = weight @ x
    covariance = (x - mean).T @ (weight[:, None] * (x - mean))
    n = 40_000
    sample = distribution.sample(n, seed=1).astype(np.float64)
    assert np.abs(sample.mean(0) - mean).max() < 5 * np.sqrt(covariance.max() / n)
    difference = np.abs(np.cov(sample.T, bias=True) - covariance).max()
    assert difference < 10 * covariance.max() / np.sqrt(n)


@ALL
def test_a_histogram_of_samples_follows_the_density(case):
    distribution, size = CASES[case]
    bins, dimensions = 12, distribution.dimensions
    _, density, cell = tabled(case)
    shape = (bins, size // bins) * dimensions
    fine = (density * cell).reshape(shape)
    expected = fine.sum(axis=tuple(range(1, 2 * dimensions, 2)))  # probability of each bin
    n = 40_000
    sample = distribution.sample(n, seed=2)
    edges = [np.linspace(*distribution.limits, bins + 1)] * dimensions
    found = np.histogramdd(sample, bins=edges)[0] / n
    assert found.sum() > 0.999  # the limits hold nearly everything
    spread = np.sqrt(expected * (1 - expected) / n)
    assert (np.abs(found - expected) < 5 * spread + 1e-3).all()


@ALL
def test_the_same_seed_gives_the_same_samples_and_another_seed_others(case):
    distribution, _ = CASES[case]
    one, two = distribution.sample(50, seed=3), distribution.sample(50, seed=3)
    assert one.dtype == np.float32 and one.shape == (50, distribution.dimensions)
    np.testing.assert_array_equal(one, two)
    assert not np.array_equal(one, distribution.sample(50, seed=4))


def test_a_generator_moves_on_between_samples():
    generator = np.random.default_rng(0)
    one, two = (toy.ring().sample(5, generator) for _ in range(2))
    assert not np.array_equal(one, two)


def test_the_line_density_equals_the_integral_along_the_segment():
    start, end, std = np.array([-1.5, -1.0]), np.array([1.5, 1.0]), 0.3
    share = (np.arange(20_000) + 0.5) / 20_000
    x = np.random.default_rng(0).uniform(-2.5, 2.5, (20, 2))
    centres = start + share[:, None] * (end - start)
    squares = ((x[:, None] - centres) ** 2).sum(-1)
    expected = np.exp(-squares / (2 * std**2)).mean(1) / (2 * np.pi * std**2)
    np.testing.assert_allclose(toy.line(std).density(x), expected, rtol=1e-6)


def test_the_moons_density_is_exact_to_rounding():
    noise = 0.08
    angle = np.pi * (np.arange(50_000) + 0.5) / 50_000
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    x = np.concatenate([upper[::10_000], [1.0, 0.5] - upper[::10_000]])
    x = x + noise * np.random.default_rng(0).standard_normal(x.shape)
    expected = np.zeros(len(x))
    for curve in (upper, [1.0, 0.5] - upper):
        squares = ((x[:, None] - curve) ** 2).sum(-1)
        expected += np.exp(-squares / (2 * noise**2)).mean(1) / (4 * np.pi * noise**2)
    np.testing.assert_allclose(toy.moons().density(x), expected, rtol=1e-6)


def test_the_mixture_density_is_the_weighted_sum_of_normal_densities():
    x = np.linspace(-5, 5, 101)
    one, two = NormalDist(-2, 0.5), NormalDist(1, 1.0)
    expected = [0.3 * one.pdf(value) + 0.7 * two.pdf(value) for value in x]
    mixture = toy.mixture_1d([0.3, 0.7], [-2, 1], [0.5, 1.0])
    np.testing.assert_allclose(mixture.density(x), expected, rtol=1e-12)
    np.testing.assert_array_equal(mixture.density(x), mixture.density(x[:, None]))


def test_a_density_of_many_points_is_the_same_in_pieces():
    moons = toy.moons()
    x = np.random.default_rng(0).uniform(-1, 2, (5_000, 2))
    pieces = np.concatenate([moons.density(part) for part in np.split(x, 100)])
    np.testing.assert_allclose(moons.density(x), pieces, rtol=1e-12)


def test_modes_stand_where_they_should():
    ring, grid = toy.ring(), toy.grid()
    assert ring.centres.shape == (8, 2) and grid.centres.shape == (25, 2)
    np.testing.assert_allclose(np.hypot(*ring.centres.T), 2.0)
    np.testing.assert_allclose(ring.centres[0], [2, 0])
    assert sorted(set(grid.centres[:, 0])) == [-4, -2, 0, 2, 4]
    assert len({tuple(centre) for centre in grid.centres}) == 25
    assert (ring.stds == 0.02).all() and (grid.stds == 0.05).all()
    mixture = toy.mixture_1d([0.5, 0.5], [-1, 1], [0.1, 0.2])
    assert mixture.centres.tolist() == [[-1], [1]] and mixture.stds.tolist() == [0.1, 0.2]
    assert toy.line().centres is toy.moons().centres is toy.points([1.0]).centres is None


def test_centres_cannot_be_changed_by_accident():
    with pytest.raises(ValueError, match="read-only"):
        toy.ring().centres[0] = 0


@pytest.mark.parametrize("bare", [toy.line(std=0), toy.points([[0.0, 1.0]])], ids=lambda d: d.name)
def test_without_thickness_there_are_samples_but_no_density(bare):
    assert not bare.has_density and bare.sample(10, seed=0).shape == (10, 2)
    with pytest.raises(ValueError, match=f"'{bare.name}' has no density.*bandwidth=0.1"):
        bare.density([[0.0, 0.0]])


def test_points_are_a_copy_of_those_given():
    given = np.zeros((4, 2))
    drawn = toy.points(given)
    given[:] = 9
    assert (drawn.sample(10, seed=0) == 0).all()


def test_shares_that_were_rounded_are_good_enough():
    thirds = toy.mixture_1d([0.3333] * 3, [-9, 0, 9], [0.1] * 3)
    assert len(set(np.round(thirds.sample(50, seed=0)[:, 0] / 9))) == 3


def test_points_without_bandwidth_are_resampled_as_they_are():
    given = np.array([[0, 1], [2, 3], [4, 5]])
    x = toy.points(given).sample(3000, seed=0)
    found, counts = np.unique(x, axis=0, return_counts=True)
    np.testing.assert_array_equal(found, given)
    assert counts.min() > 900


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: toy.ring(num_modes=0), ["num_modes is 0", "whole number", "Eight"]),
        (lambda: toy.ring(std=0), ["std", "above 0"]),
        (lambda: toy.grid(spacing=float("nan")), ["spacing is nan", "finite"]),
        (lambda: toy.line(std=-0.1), ["std is -0.1", "at least 0"]),
        (lambda: toy.mixture_1d([1], [0, 1], [1]), ["means has shape (2,)", "(1,)", "each"]),
        (lambda: toy.mixture_1d([1], [0], [1, 1]), ["stds has shape (2,)", "(1,)", "each"]),
        (lambda: toy.mixture_1d([], [], []), ["weights is empty"]),
        (lambda: toy.mixture_1d([1, 1], [0, 1], [1, 1]), ["sums to 2", "Divide"]),
        (lambda: toy.mixture_1d([2, -1], [0, 1], [1, 1]), ["-1 to 2", "at least 0"]),
        (lambda: toy.mixture_1d([0.5, 0.5], [0, 1], [1, 0]), ["stds runs from 0", "above 0"]),
        (lambda: toy.mixture_1d([1], [np.nan], [1]), ["means holds 1", "NaN", "Leave them out"]),
        (lambda: toy.points([]), ["array is empty"]),
        (lambda: toy.points(np.zeros((2, 2, 2))), ["(2, 2, 2)", "(n, d)"]),
        (lambda: toy.points([[0, np.inf]]), ["array holds 1", "infinite"]),
        (lambda: toy.points([1.0], bandwidth=-1), ["bandwidth is -1", "at least 0"]),
        (lambda: toy.ring().sample(0, seed=0), ["n is 0", "at least one point"]),
        (lambda: toy.ring().sample(3, seed=None), ["seed is None", "whole number"]),
        (lambda: toy.ring().density(np.zeros(2)), ["(2, 1)", "(n, 2)", "One point is one row"]),
        (lambda: toy.ring().density(np.zeros((4, 3))), ["(4, 3)", "(n, 2)"]),
        (lambda: toy.ring().density([[np.nan, 0]]), ["x holds 1", "NaN", "Leave"]),
    ],
)
def test_bad_arguments_are_refused_with_received_expected_and_remedy(call, words):
    with pytest.raises(ValueError) as error:
        call()
    assert all(word in str(error.value) for word in words), error.value


def test_a_distribution_describes_itself_in_one_line():
    assert repr(toy.ring()) == "ToyDistribution('ring', 2-D, 8 modes, density)"
    assert "no density" in repr(toy.line(std=0))


@pytest.mark.parametrize(
    ("distribution", "to"),
    [
        (toy.ring(), [0.5, -1.0]),
        (toy.mixture_1d([0.3, 0.7], [-1.0, 2.0], [0.2, 0.4]), [0.5]),
        (toy.points([[0.0, 0.0], [1.0, 1.0]], bandwidth=0.1), [2.0, 0.0]),
    ],
)
def test_a_gaussian_that_is_moved_takes_its_points_and_its_density_along(distribution, to):
    moved = distribution.moved(1, to)
    way = np.asarray(to) - distribution.parts[1]
    apart = moved.sample(500, seed=3) - distribution.sample(500, seed=3)
    goes = np.abs(apart).max(axis=1) > 0
    assert 0 < goes.mean() < 1
    np.testing.assert_allclose(apart[goes], np.broadcast_to(way, apart[goes].shape), atol=1e-5)
    assert moved.density([to])[0] > distribution.density([to])[0]
    assert moved.limits == distribution.limits and moved.name == distribution.name
    back = moved.moved(1, distribution.parts[1])
    np.testing.assert_array_equal(back.sample(50, 0), distribution.sample(50, 0))


def test_what_cannot_be_moved_is_told():
    with pytest.raises(ValueError, match="'moons' is no mixture of Gaussians.*Draw points"):
        toy.moons().moved(0, [0, 0])
    with pytest.raises(ValueError, match="part is 8.*'ring' has 8"):
        toy.ring().moved(8, [0, 0])
    with pytest.raises(ValueError, match="to has shape"):
        toy.ring().moved(0, [1.0])
