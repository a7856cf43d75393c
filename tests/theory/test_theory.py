"""The theory room: closed forms, quadrature and samples agree, and bad input is told why."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from gan_course import theory

X = np.linspace(-14, 14, 2801)
CELL = X[1] - X[0]
LOG_2, LOG_4 = np.log(2), np.log(4)


def gaussian(mean=0.0, std=1.0):
    return theory.gaussian_density(X, mean, std)


positive = arrays(np.float64, 6, elements=st.floats(1e-6, 10))


# --- densities ------------------------------------------------------------------------------------


def test_a_gaussian_has_integral_one_its_mean_and_its_variance():
    p = gaussian(1.5, 0.6)
    assert theory.integrate(p, CELL) == pytest.approx(1)
    assert theory.integrate(X * p, CELL) == pytest.approx(1.5)
    assert theory.integrate((X - 1.5) ** 2 * p, CELL) == pytest.approx(0.36)


def test_a_mixture_is_the_weighted_sum_of_its_parts():
    mixed = theory.mixture_density(X, [0.3, 0.7], [-2, 1], [0.5, 1.2])
    np.testing.assert_allclose(mixed, 0.3 * gaussian(-2, 0.5) + 0.7 * gaussian(1, 1.2))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0.5, 0.5], [0.0], [1.0]), ("(2,)", "(1,)", "one mean")),
        (([0.5, 0.6], [0, 1], [1, 1]), ("1.1", "sum to 1", "Divide")),
        (([1.5, -0.5], [0, 1], [1, 1]), ("-0.5", "at least 0")),
        (([1.0], [0.0], [0.0]), ("0.0", "above 0")),
        (([1.0], [np.nan], [1.0]), ("NaN", "finite")),
    ],
)
def test_a_mixture_that_does_not_fit_is_refused_with_what_to_do(arguments, words):
    with pytest.raises(ValueError) as told:
        theory.mixture_density(X, *arguments)
    assert all(word in str(told.value) for word in words), told.value


def test_an_affine_generator_on_a_line_makes_a_gaussian():
    np.testing.assert_allclose(theory.affine_density([[-0.8]], [0.5], X), gaussian(0.5, 0.8))
    many = theory.affine_density([[0.6], [0.8]], [0.5], X)  # two latent numbers add up
    np.testing.assert_allclose(many, gaussian(0.5, 1.0))


def test_an_affine_generator_in_the_plane_agrees_with_scipy_and_with_keras_conventions():
    from scipy.stats import multivariate_normal

    rng = np.random.default_rng(0)
    kernel, bias, x = rng.normal(size=(3, 2)), rng.normal(size=2), rng.normal(size=(50, 2))
    expected = multivariate_normal(bias, kernel.T @ kernel).pdf(x)
    np.testing.assert_allclose(theory.affine_density(kernel, bias, x), expected)
    samples = rng.normal(size=(200_000, 3)) @ kernel + bias  # what a Keras layer computes
    np.testing.assert_allclose(np.cov(samples.T), kernel.T @ kernel, atol=0.1)


@pytest.mark.parametrize(
    ("weights", "bias", "x", "words"),
    [
        (np.ones((1, 2)), np.zeros(2), np.zeros((3, 2)), ("fewer than 2", "kernel_density")),
        (np.ones((2, 2)), np.zeros(2), np.zeros((3, 2)), ("fewer than 2", "no density")),
        (np.zeros((2, 1)), np.zeros(1), np.zeros(3), ("no density",)),
        (np.ones((2, 1)), np.zeros(2), np.zeros(3), ("(1,)", "(2,)", "transpose")),
        (np.ones((1, 1)), np.zeros(1), np.zeros((3, 2)), ("(3, 2)", "(n, 1)", "One point")),
    ],
)
def test_an_affine_generator_without_a_density_is_refused(weights, bias, x, words):
    with pytest.raises(ValueError) as told:
        theory.affine_density(weights, bias, x)
    assert all(word in str(told.value) for word in words), told.value


def test_a_kernel_estimate_of_one_point_is_a_gaussian_around_it():
    estimate = theory.kernel_density([1.0], X, bandwidth=0.5)
    np.testing.assert_allclose(estimate, gaussian(1.0, 0.5))
    plane = theory.kernel_density([[0.0, 0.0]], [[0.3, 0.4]], bandwidth=0.5)
    assert plane == pytest.approx(np.exp(-0.5) / (2 * np.pi * 0.25))


def test_a_kernel_estimate_agrees_with_scipy_for_a_round_heap():
    from scipy.stats import gaussian_kde

    sample = np.random.default_rng(0).normal(2, 1.5, 500)
    width = theory.kernel_bandwidth(sample)
    assert width == pytest.approx(sample.std() * 500 ** (-1 / 5))
    places = np.linspace(-3, 7, 40)
    theirs = gaussian_kde(sample, bw_method=width / sample.std(ddof=1))(places)
    np.testing.assert_allclose(theory.kernel_density(sample, places), theirs, rtol=1e-6)


def test_a_kernel_estimate_is_the_same_in_pieces(monkeypatch):
    from gan_course.theory import densities

    sample, places = np.random.default_rng(0).normal(size=(2, 40, 2))
    whole = theory.kernel_density(sample, places)
    monkeypatch.setattr(densities, "CHUNK", 100)
    np.testing.assert_allclose(theory.kernel_density(sample, places), whole)


def test_the_image_of_a_kernel_estimate_has_rows_for_y_and_columns_for_x():
    sample = np.random.default_rng(1).normal(size=(30, 2))
    x, y = np.linspace(-2, 2, 5), np.linspace(-1, 3, 4)
    image = theory.kernel_density_image(sample, x, y, bandwidth=0.3)
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    expected = theory.kernel_density(sample, places, bandwidth=0.3).reshape(4, 5)
    np.testing.assert_allclose(image, expected)
    free = theory.kernel_density(sample, places).reshape(4, 5)
    np.testing.assert_allclose(theory.kernel_density_image(sample, x, y), free)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: theory.kernel_density([], [0.0]), ("(0,)", "at least one")),
        (lambda: theory.kernel_density([0.0], [[0.0, 1.0]]), ("(1, 2)", "(n, 1)")),
        (lambda: theory.kernel_density([0.0], [0.0], bandwidth=0), ("0", "above 0", "width")),
        (lambda: theory.kernel_density([np.inf], [0.0]), ("1 value", "finite")),
        (lambda: theory.kernel_density(["a"], [0.0]), ("numbers", "'a'")),
        (lambda: theory.kernel_density_image([[0.0]], [0.0], [0.0]), ("(1, 1)", "(n, 2)")),
    ],
)
def test_points_that_do_not_fit_are_refused_with_what_to_do(call, words):
    with pytest.raises(ValueError) as told:
        call()
    assert all(word in str(told.value) for word in words), told.value


# --- divergences ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("mean", "std"), [(0.0, 1.0), (1.0, 1.0), (-2.0, 0.5), (3.0, 1.6)])
def test_the_closed_form_of_two_gaussians_is_the_integral(mean, std):
    p, q = gaussian(0.5, 0.7), gaussian(mean, std)
    assert theory.kl(p, q, CELL) == pytest.approx(
        theory.kl_of_gaussians(0.5, 0.7, mean, std), rel=1e-6
    )
    assert theory.kl(q, p, CELL) == pytest.approx(
        theory.kl_of_gaussians(mean, std, 0.5, 0.7), rel=1e-6
    )


def test_kl_is_zero_for_equals_and_infinite_where_q_is_zero_and_p_is_not():
    assert theory.kl([0.5, 0.5], [0.5, 0.5], 1.0) == 0
    assert theory.kl([0.5, 0.5], [1.0, 0.0], 1.0) == np.inf
    assert theory.kl([1.0, 0.0], [0.5, 0.5], 1.0) == pytest.approx(LOG_2)  # 0 log 0 adds nothing


@given(p=positive, q=positive)
def test_divergences_of_densities_are_never_negative_and_jsd_is_symmetric_and_bounded(p, q):
    p, q = p / p.sum(), q / q.sum()
    assert theory.kl(p, q, 1.0) >= -1e-12
    jsd = theory.jsd(p, q, 1.0)
    assert -1e-12 <= jsd <= LOG_2 + 1e-12
    assert jsd == pytest.approx(theory.jsd(q, p, 1.0), abs=1e-12)


def test_jsd_agrees_with_scipy_and_is_log_2_for_what_never_meets():
    from scipy.spatial.distance import jensenshannon

    p, q = np.array([0.2, 0.5, 0.3]), np.array([0.6, 0.3, 0.1])
    assert theory.jsd(p, q, 1.0) == pytest.approx(jensenshannon(p, q) ** 2)
    assert theory.jsd(p / 0.1, q / 0.1, 0.1) == pytest.approx(jensenshannon(p, q) ** 2)
    assert theory.jsd([1.0, 0.0], [0.0, 1.0], 1.0) == pytest.approx(LOG_2)


@pytest.mark.parametrize("function", [theory.kl, theory.jsd, theory.game_value])
@pytest.mark.parametrize(
    ("p", "q", "cell", "words"),
    [
        ([-0.1, 1.1], [0.5, 0.5], 1.0, ("-0.1", "at least 0", "logarithm")),
        ([0.5, 0.5], [0.5, 0.25, 0.25], 1.0, ("(2,)", "(3,)", "same shape")),
        ([[0.5], [0.5]], [0.5, 0.5], 1.0, ("(2, 1)", "(2,)", "reshape")),
        ([0.5, np.nan], [0.5, 0.5], 1.0, ("NaN", "finite")),
        ([0.5, 0.5], [0.5, 0.5], 0.0, ("cell is 0.0", "spacing")),
        ([0.5, 0.5], [0.5, 0.5], np.array([1.0]), ("cell", "number above 0")),
    ],
)
def test_what_is_no_pair_of_densities_is_refused_with_what_to_do(function, p, q, cell, words):
    with pytest.raises(ValueError) as told:
        function(p, q, cell)
    assert all(word in str(told.value) for word in words), told.value


# --- the game -------------------------------------------------------------------------------------


@given(a=st.floats(0.01, 10), b=st.floats(0.01, 10))
def test_the_optimal_discriminator_maximises_pointwise(a, b):
    from scipy.optimize import minimize_scalar

    best = float(theory.optimal_discriminator([a], [b])[0])
    found = minimize_scalar(
        lambda y: -(a * np.log(y) + b * np.log(1 - y)), bounds=(0, 1), options={"xatol": 1e-10}
    )
    assert best == pytest.approx(found.x, abs=1e-4)


def test_the_optimal_discriminator_is_one_half_where_nothing_is_ever_seen():
    d = theory.optimal_discriminator([0.3, 0.0, 0.0, 1.0], [0.1, 0.5, 0.0, 0.0])
    np.testing.assert_allclose(d, [0.75, 0.0, 0.5, 1.0])
    assert theory.optimal_discriminator(0.0, 0.0) == 0.5
    assert theory.optimal_discriminator(np.zeros((2, 3)), np.ones((2, 3))).shape == (2, 3)


def test_no_other_discriminator_has_a_higher_value():
    p, q = theory.mixture_density(X, [0.4, 0.6], [-1.5, 1.0], [0.5, 0.7]), gaussian(0.5, 0.8)
    d = theory.optimal_discriminator(p, q)
    best = theory.value_function(p, q, d, CELL)
    rng = np.random.default_rng(0)
    for _ in range(30):
        other = np.clip(d + 0.1 * np.sin(rng.normal() * X + rng.normal()), 0.001, 0.999)
        assert theory.value_function(p, q, other, CELL) < best


@pytest.mark.parametrize("shift", [0.0, 0.3, 1.0, 3.0, 6.0])
def test_what_is_left_is_minus_log_4_plus_twice_the_divergence(shift):
    p, q = gaussian(), gaussian(shift, 1.2 if shift else 1.0)
    expected = -LOG_4 + 2 * theory.jsd(p, q, CELL)
    assert theory.game_value(p, q, CELL) == pytest.approx(expected, abs=1e-8)
    assert theory.jsd_from_value(theory.game_value(p, q, CELL)) == pytest.approx(
        theory.jsd(p, q, CELL), abs=1e-8
    )
    assert theory.game_value(p, q, CELL) >= -LOG_4 - 1e-9


def test_a_coin_has_the_value_minus_log_4_and_a_sure_liar_stays_finite():
    p, q = gaussian(), gaussian(2)
    assert theory.value_function(p, q, np.full(len(X), 0.5), CELL) == pytest.approx(-LOG_4)
    lies = theory.value_function(p, q, np.zeros(len(X)), CELL)
    assert np.isfinite(lies) and lies < -30


def test_a_value_needs_probabilities_on_the_grid():
    p = gaussian()
    with pytest.raises(ValueError, match=r"from -3 to 3.*\[0, 1\].*logits"):
        theory.value_function(p, p, np.linspace(-3, 3, len(X)), CELL)
    with pytest.raises(ValueError, match=r"\(2801,\).*\(2,\)"):
        theory.value_function(p, p, [0.5, 0.5], CELL)


def samples(count, mean, seed):
    return np.random.default_rng(seed).normal(mean, 1.0, count)


def test_verdicts_of_the_best_discriminator_give_the_divergence_and_others_less():
    p, q = gaussian(0), gaussian(1)
    real, fake = samples(400_000, 0, 1), samples(400_000, 1, 2)

    def bound(logit):
        verdicts = [1 / (1 + np.exp(-logit(x))) for x in (real, fake)]
        return theory.jsd_from_discriminator(*verdicts)

    def best(x):  # log p/q
        return 0.5 - x

    truth = theory.jsd(p, q, CELL)
    assert bound(best) == pytest.approx(truth, abs=0.003)
    for other in (
        lambda x: 0 * x,
        lambda x: 2 * best(x),
        lambda x: -best(x),
        lambda x: best(x) + 1,
    ):
        assert bound(other) < truth - 0.01


def test_logits_and_verdicts_give_the_same_bound():
    real, fake = samples(50, 1, 0), samples(60, -1, 1)
    d_real, d_fake = (1 / (1 + np.exp(-ell)) for ell in (real, fake))
    assert theory.jsd_from_logits(real, fake) == pytest.approx(
        theory.jsd_from_discriminator(d_real, d_fake)
    )
    expected = (np.log(d_real).mean() + np.log(1 - d_fake).mean() + LOG_4) / 2
    assert theory.jsd_from_logits(real, fake) == pytest.approx(expected)


def test_verdicts_that_rounding_made_sure_stay_finite():
    sure = np.float32([1.0, 0.0])
    assert np.isfinite(theory.jsd_from_discriminator(sure, sure))
    assert theory.jsd_from_discriminator([1.0], [0.0]) == pytest.approx(LOG_2)
    assert theory.jsd_from_logits([1000.0], [-1000.0]) == pytest.approx(LOG_2)
    assert theory.jsd_from_logits([-1000.0], [0.0]) == pytest.approx(-500, rel=1e-2)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: theory.jsd_from_discriminator([2.0], [0.5]), ("d_real", "2", "logits")),
        (lambda: theory.jsd_from_discriminator([0.5], [-0.1]), ("d_fake", "-0.1")),
        (lambda: theory.jsd_from_discriminator([], [0.5]), ("d_real", "empty")),
        (lambda: theory.jsd_from_discriminator([np.nan], [0.5]), ("NaN",)),
        (lambda: theory.jsd_from_logits([], [0.5]), ("real_logits is empty", "at least one")),
        (lambda: theory.jsd_from_value(np.inf), ("infinite",)),
    ],
)
def test_verdicts_that_do_not_fit_are_refused(call, words):
    with pytest.raises(ValueError) as told:
        call()
    assert all(word in str(told.value) for word in words), told.value


def test_the_generators_gradients_are_those_of_finite_differences():
    ell, h = np.linspace(-8, 8, 33), 1e-5
    for loss, gradient in (
        (lambda x: -np.logaddexp(0, x), theory.minimax_gradient),
        (lambda x: np.logaddexp(0, -x), theory.non_saturating_gradient),
    ):
        np.testing.assert_allclose(gradient(ell), (loss(ell + h) - loss(ell - h)) / (2 * h), 1e-4)
    assert theory.minimax_gradient(-20.0) == pytest.approx(-np.exp(-20), rel=1e-6)  # no cut-off
    assert theory.non_saturating_gradient(-20.0) == pytest.approx(-1)
    assert np.isfinite(theory.minimax_gradient([-1e4, 1e4])).all()


def test_theorem_2_5_of_arjovsky_and_bottou_holds():
    p, h, theta, std = gaussian(0, 1), 1e-4, 0.7, 0.8

    def slope(function):
        return (function(theta + h) - function(theta - h)) / (2 * h)

    seen = np.abs(X) < 7  # farther out D* rounds to 1
    d = theory.optimal_discriminator(p, gaussian(theta, std))[seen]
    minimax = slope(lambda t: np.sum(gaussian(t, std)[seen] * np.log(1 - d)) * CELL)
    other = slope(lambda t: np.sum(gaussian(t, std)[seen] * -np.log(d)) * CELL)
    kl = slope(lambda t: theory.kl(gaussian(t, std), p, CELL))
    jsd = slope(lambda t: theory.jsd(p, gaussian(t, std), CELL))
    assert minimax == pytest.approx(2 * jsd, abs=1e-6)
    assert other == pytest.approx(kl - 2 * jsd, abs=1e-6)


# --- the game x·y ---------------------------------------------------------------------------------


def test_the_flow_circles_and_is_the_limit_of_small_steps():
    times = np.linspace(0, 10, 7)
    path = theory.flow((1.0, 0.5), times)
    np.testing.assert_allclose(np.hypot(*path.T), np.hypot(1.0, 0.5))
    np.testing.assert_allclose(theory.flow((1.0, 0.0), [np.pi / 2])[0], [0, 1], atol=1e-12)
    for steps in (theory.simultaneous_steps, theory.alternating_steps):
        np.testing.assert_allclose(steps((1.0, 0.5), 1e-4, 10_000)[-1], path_at(1.0), atol=1e-3)


def path_at(time):
    return theory.flow((1.0, 0.5), [time])[0]


@pytest.mark.parametrize("rate", [0.05, 0.5, 1.5])
def test_simultaneous_steps_grow_by_a_fixed_factor(rate):
    path = theory.simultaneous_steps((0.3, -1.0), rate, 20)
    distances = np.hypot(*path.T)
    np.testing.assert_allclose(distances[1:] / distances[:-1], np.sqrt(1 + rate**2))
    np.testing.assert_allclose(path[1], [0.3 + rate, -1.0 + 0.3 * rate])


@pytest.mark.parametrize("rate", [0.05, 0.5, 1.9])
def test_alternating_steps_keep_an_ellipse_and_leave_beyond_rate_2(rate):
    path = theory.alternating_steps((0.3, -1.0), rate, 400)
    x, y = path.T
    kept = x**2 - rate * x * y + y**2
    np.testing.assert_allclose(kept, kept[0])
    first = 0.3 + rate
    np.testing.assert_allclose(path[1], [first, -1.0 + rate * first])
    assert np.hypot(*theory.alternating_steps((0.3, -1.0), 2.1, 100)[-1]) > 1000


def test_a_game_without_steps_stays_and_bad_arguments_are_told():
    assert theory.alternating_steps((1, 2), 0.1, 0).tolist() == [[1, 2]]
    with pytest.raises(ValueError, match=r"start has shape \(3,\).*\(2,\)"):
        theory.flow((1, 2, 3), [0.0])
    with pytest.raises(ValueError, match=r"steps is -1.*at least 0"):
        theory.simultaneous_steps((1, 0), 0.1, -1)
    with pytest.raises(ValueError, match="whole number"):
        theory.alternating_steps((1, 0), 0.1, 2.5)


# --- modes ----------------------------------------------------------------------------------------

CENTRES = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]])


def test_modes_are_counted_within_three_standard_deviations_of_the_nearest_centre():
    points = [[0.0, 0.29], [0.0, 0.31], [2.1, 0.0], [9.0, 9.0]]
    found = theory.modes_covered(points, CENTRES, 0.1)
    assert (found.covered, found.total) == (2, 3)
    assert found.high_quality_share == 0.5
    assert found.counts.tolist() == [1, 1, 0]


def test_single_widths_change_the_count():
    points = [[0.0, 0.25], [0.0, 0.05], [2.0, 0.25]]
    widths = [0.01, 0.1, 0.1]  # a narrow heap keeps fewer
    assert theory.modes_covered(points, CENTRES, widths).counts.tolist() == [0, 1, 0]


def test_the_nearest_centre_is_nearest_in_its_own_standard_deviations():
    found = theory.modes_covered([1.2], [0.0, 2.0], [1.0, 0.1])  # 1.2 σ, against 8 σ
    assert found.counts.tolist() == [1, 0]


def test_modes_on_a_line_work_and_no_good_point_covers_nothing():
    assert theory.modes_covered([0.0, 5.0], [0.0, 5.0], 0.1).covered == 2
    found = theory.modes_covered([2.5], [0.0, 5.0], 0.1)
    assert (found.covered, found.high_quality_share) == (0, 0.0)


def test_the_kl_to_equal_shares_is_that_of_the_counts():
    def kl_of(*counts):
        return theory.ModeCount(0, len(counts), 0.0, np.array(counts)).kl_to_uniform

    assert kl_of(5, 5, 5) == 0
    assert kl_of(7, 0, 0) == pytest.approx(np.log(3))
    assert kl_of(3, 1) == pytest.approx(theory.kl(np.array([0.75, 0.25]), np.full(2, 0.5), 1.0))
    assert np.isnan(kl_of(0, 0))


def test_samples_of_the_distribution_itself_cover_all_of_its_modes():
    from gan_course.data import toy

    for made in (toy.ring(), toy.grid()):
        found = theory.modes_covered(made.sample(2_500, seed=0), made.centres, made.stds)
        assert found.covered == found.total == len(made.centres)
        assert found.high_quality_share == pytest.approx(1 - np.exp(-4.5), abs=0.01)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([[0.0]], CENTRES, 0.1), ("points", "(1, 1)", "(n, 2)")),
        (([[0.0, 0.0]], CENTRES, [0.1, 0.1]), ("(2,)", "(3,)", "distribution.stds")),
        (([[0.0, 0.0]], CENTRES, 0.0), ("above 0",)),
        (([[np.nan, 0.0]], CENTRES, 0.1), ("points", "NaN")),
    ],
)
def test_modes_that_cannot_be_counted_are_refused(arguments, words):
    with pytest.raises(ValueError) as told:
        theory.modes_covered(*arguments)
    assert all(word in str(told.value) for word in words), told.value


# --- the room -------------------------------------------------------------------------------------


def test_the_examples_in_the_docstrings_are_right():
    import doctest
    import importlib

    tried = 0
    for name in ("densities", "divergences", "game", "bilinear", "modes"):
        module = importlib.import_module(f"gan_course.theory.{name}")
        result = doctest.testmod(module)
        assert result.failed == 0
        tried += result.attempted
    assert tried > 12


def test_the_room_imports_neither_tensorflow_nor_the_slow_parts_of_scipy():
    code = (
        "import gan_course.theory, sys; "
        "print([m for m in ('tensorflow', 'keras', 'scipy.stats', 'scipy.optimize') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_the_games_value_is_finite_where_one_density_is_vanishingly_small():
    p_data, p_g = np.array([1.0, 1e-300]), np.array([1e-300, 1.0])
    assert theory.game_value(p_data, p_g, 1.0) == pytest.approx(0.0, abs=1e-12)
