"""The pen, the strangers, the plane and the figures of lesson 09."""

import numpy as np
import pytest
from scipy import stats

from gan_course.data import Images
from gan_course.lessons.lesson_09 import pen, plane, strangers, two_ways
from gan_course.lessons.lesson_09.families_figure import name_of, plot_families


def test_a_drawing_is_scaled_and_centred_as_mnist_is():
    for size in (0.5, 2.0):
        corners = size * np.array([[-1.3, 1.7], [1.2, 1.7], [-0.2, -1.9]]) + 0.7
        ink = pen.drawn_digit(pen.along(*corners, spacing=0.02))
        rows = np.flatnonzero(ink.max(axis=1) > 0.9)
        assert 19 <= np.ptp(rows) <= 23
        middle = ink.sum(axis=1) @ np.arange(28) / ink.sum()
        assert middle == pytest.approx(13.5, abs=0.5)
        assert ink[rows[0]].sum() > 3 * ink[rows[-1]].sum()  # the bar of the seven is above


def test_nothing_drawn_is_no_ink_and_a_dot_is_a_dot():
    assert not pen.drawn_digit([]).any()
    dot = pen.drawn_digit([[0.3, 0.1]])
    assert 3 < (dot > 0.5).sum() < 16 and dot[13:15, 13:15].min() > 0.9


def test_scrambled_images_keep_their_pixels_and_clothes_are_images():
    images = np.random.default_rng(0).uniform(-1, 1, (3, 28, 28, 1))
    mixed = strangers.scrambled(images)
    assert not np.allclose(mixed, images)
    np.testing.assert_allclose(np.sort(mixed.reshape(3, -1)), np.sort(images.reshape(3, -1)))
    made = strangers.clothes(30)
    assert made.shape == (30, 28, 28, 1) and -1 == made.min() <= made.max() <= 1
    assert ((made > -0.5).mean(axis=(1, 2, 3)) > 0.15).all() and made.std(axis=0).max() > 0.5


def test_how_well_scores_are_told_apart_is_the_rank_statistic():
    rng = np.random.default_rng(1)
    usual, strange = rng.normal(size=40).round(1), rng.normal(0.7, 1, 30).round(1)
    expected = stats.mannwhitneyu(strange, usual).statistic / (40 * 30)
    assert strangers.ranked_apart(usual, strange) == pytest.approx(expected)


def test_one_step_leads_every_point_to_the_mean_and_many_lead_them_home():
    start = np.random.default_rng(2).standard_normal((300, 2))
    (end,) = plane.euler_path(plane.exact_velocity, start, 1)[1:]
    np.testing.assert_allclose(end, np.tile(plane.WEIGHTS @ plane.MEANS, (300, 1)))
    path = plane.euler_path(plane.exact_velocity, start, 64)
    assert plane.share_at_home(path[-1]) > 0.9 > plane.share_at_home(start)
    shares = [np.mean(np.linalg.norm(path[-1] - mean, axis=1) < 1.2) for mean in plane.MEANS]
    np.testing.assert_allclose(shares, plane.WEIGHTS, atol=0.07)


def test_naive_bayes_and_logistic_regression_learn_two_classes_apart():
    rng = np.random.default_rng(3)
    labels = np.repeat(np.arange(10), 12)
    images = np.where(rng.random((120, 8, 8, 1)) < 0.05, 1.0, -1.0)
    for digit in range(10):
        images[labels == digit, digit % 8, :] = 1.0
        images[labels == digit, :, digit // 8 + 3] = 1.0
    digits = Images(images.astype(np.float32), labels, (-1, 1), "made up")
    errors = two_ways.error_curves(digits, digits, (2, 10), (0,))
    assert all(errors[way].shape == (2, 1) and errors[way][-1] < 0.3 for way in two_ways.WAYS)
    figure = two_ways.plot_error_curves((2, 10), errors)
    assert len(figure.axes[0].lines) == 2 and "misread" in figure.alt


def test_every_run_has_a_mark_and_the_flow_the_number_of_its_steps():
    rows = [
        {"family": family, "way": way, "cpu_seconds_per_1000": cost, "fd": distance}
        for family, way, cost, distance in (
            ("gan", "N(0, I)", "0.2", "30"),
            ("gan", "N(0, I)", "0.3", "35"),
            ("flow", "16", "8", "40"),
            ("flow_longer", "4", "2", "30"),
        )
    ]
    axes = plot_families(rows, 3.5).axes[0]
    marks = [line for line in axes.lines if line.get_marker() in "soX^v"]
    assert sum(len(line.get_xdata()) for line in marks) == 4
    assert [text.get_text() for text in axes.texts] == ["16", "4"]


@pytest.mark.parametrize(
    ("family", "way", "name"),
    [
        ("autoencoder", "N(0, I)", "autoencoder"),
        ("autoencoder", "fitted", "autoencoder, fitted codes"),
        ("vae", "N(0, I)", "VAE"),
        ("flow", "1", "flow, 1 step"),
        ("flow_longer", "16", "flow of 10 min, 16 steps"),
    ],
)
def test_a_row_of_the_table_says_its_family_and_how_it_draws(family, way, name):
    assert name_of({"family": family, "way": way}) == name
