"""The figures and tables of lesson 11 hold what they are handed."""

import numpy as np
import pytest
from scipy import stats

from gan_course import metrics
from gan_course.lessons.lesson_11 import scoreboard
from gan_course.lessons.lesson_11.birthday import closest_pairs, effective_support
from gan_course.lessons.lesson_11.gaussians_figure import (
    BELL,
    SKEWED,
    THIRD_MOMENTS,
    TWO_POINTS,
    distances,
)
from gan_course.lessons.lesson_11.roc_figure import plot_roc
from gan_course.lessons.lesson_11.sizes_figure import distances_by_size, plot_sizes
from gan_course.lessons.lesson_11.use_figure import ARMS, plot_use

STANDARD = {  # each of mean 0 and deviation 1, as SciPy has them
    BELL: stats.norm(),
    TWO_POINTS: stats.rv_discrete(values=([-1, 1], [0.5, 0.5])),
    SKEWED: stats.expon(loc=-1),
}


@pytest.mark.parametrize("shape", THIRD_MOMENTS)
def test_the_distances_on_a_line_are_those_of_the_moments_that_scipy_integrates(shape):
    first, second, third = (
        STANDARD[shape].expect(lambda x, power=power: (0.7 + 1.4 * x) ** power)
        for power in (1, 2, 3)
    )
    parts = distances(shape, 0.7, 1.4)
    variances = [[second - first**2]], [[1.0]]
    frechet = metrics.frechet_distance_from_moments([first], variances[0], [0.0], variances[1])
    assert np.isclose(parts["mean"] + parts["spread"], frechet)
    kernel = [parts["m1"], parts["m2"], parts["m3"]]
    assert np.allclose(kernel, [3 * first**2, 3 * (second - 1) ** 2, third**2])


def test_two_points_are_a_cheat_for_both_distances_and_a_skewed_bell_for_one():
    assert sum(distances(TWO_POINTS, 0.0, 1.0).values()) == 0
    skewed = distances(SKEWED, 0.0, 1.0)
    assert skewed["mean"] + skewed["spread"] == 0 and skewed["m3"] == 4


def test_the_sets_of_a_size_are_disjoint_and_as_large_as_said():
    seen = []

    def measure(a, b):
        seen.append((len(a), len(b), len(set(a[:, 0]) & set(b[:, 0]))))
        return float(len(a))

    real, fake = np.arange(20.0)[:, None], np.arange(100.0, 130.0)[:, None]
    found = distances_by_size(measure, real, fake, (3, 10), draws=2)
    assert set(seen) == {(3, 3, 0), (10, 10, 0)}
    assert found["fake"].tolist() == found["real"].tolist() == [[3, 3], [10, 10]]
    figure = plot_sizes((3, 10), {"distance": found})
    assert "fakes: 3 at 3 samples, 10 at 10;" in figure.alt


def test_the_roc_figure_names_the_areas_and_chance():
    figure = plot_roc({"the network": (np.array([2.0, 3.0]), np.array([1.0, 0.0]))})
    assert "the network 1.00" in figure.alt
    labels = [line.get_label() for line in figure.axes[0].lines]
    assert "chance" in labels[0] and "area 1.00" in labels[1]


def test_the_use_figure_has_a_mark_for_each_seed_and_set():
    rows = [{name: str(0.5 + 0.1 * seed) for name in ARMS} for seed in range(3)]
    figure = plot_use(rows)
    assert [len(line.get_xdata()) for line in figure.axes[0].lines] == [3] * len(ARMS)
    assert "200 reals 60.0 %" in figure.alt


def test_the_closest_pairs_come_first_and_are_pairs():
    rng = np.random.default_rng(1)
    images = rng.uniform(size=(8, 3, 3, 1))
    images[5] = images[2] + 1e-3
    pairs, nearest = closest_pairs(images, 28)
    assert pairs[0].tolist() == [2, 5] and (np.diff(nearest) >= 0).all()
    assert len({tuple(pair) for pair in pairs}) == 28
    assert np.isclose(nearest[3], np.linalg.norm(images[pairs[3, 0]] - images[pairs[3, 1]]))
    with pytest.raises(ValueError, match="from 1 to 28"):
        closest_pairs(images, 29)


def test_the_effective_support_is_right_on_average_where_drawings_are_equally_likely():
    rng = np.random.default_rng(2)
    shares = []
    for _ in range(300):
        counts = np.bincount(rng.integers(0, 40, 30))
        shares.append(1 / effective_support(int((counts * (counts - 1) // 2).sum()), 30))
    assert np.isclose(np.mean(shares), 1 / 40, rtol=0.1)
    assert effective_support(0, 30) == np.inf
    with pytest.raises(ValueError, match="pairs is 4"):
        effective_support(4, 3)


@pytest.fixture
def looks_of(monkeypatch):
    """Take the first 64 pixels for features and the next ten, softened, for probabilities."""

    def run(images, value_range):
        rows = np.asarray(images).reshape(len(images), -1)
        exponentials = np.exp(rows[:, 64:74])
        return rows[:, :64].astype(float), exponentials / exponentials.sum(axis=1, keepdims=True)

    monkeypatch.setattr(scoreboard, "run_classifier", run)
    monkeypatch.setattr(
        metrics, "features", lambda images, value_range: run(images, value_range)[0]
    )


def noise(n, seed):
    return np.random.default_rng(seed).uniform(-1, 1, (n, 28, 28, 1)).astype(np.float32)


def test_a_row_of_the_board_is_what_the_metrics_say(looks_of):
    real, fakes = noise(80, 0), noise(80, 1)
    board = scoreboard.Scoreboard(real, real)
    row = board.add("noise", fakes)
    assert np.isclose(row[1], metrics.frechet_distance(fakes.reshape(80, -1)[:, :64], board.real))
    assert row[-1] > 0 and board.add("copies", real)[-1] == 0
    assert list(board.rows) == ["noise", "copies"] and "copies" in repr(board.table())


def test_a_board_is_refused_where_there_are_fewer_samples_than_features(looks_of):
    with pytest.raises(ValueError, match="real digits is 64; expected .* at least 65.*mostly bias"):
        scoreboard.Scoreboard(noise(64, 0), noise(64, 0))
    board = scoreboard.Scoreboard(noise(80, 0), noise(80, 0))
    with pytest.raises(ValueError, match="holds 79 samples; expected 80"):
        board.add("too few", noise(79, 1))
