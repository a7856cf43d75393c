"""Tests of `gan_course.metrics`: the classifier, the distances, the shares and the report."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest

from gan_course import metrics
from gan_course.data import load_mnist
from gan_course.metrics import classifier, manifolds
from gan_course.weights import load_weights


@pytest.fixture(scope="module")
def real():
    """The 4,000 reference digits in (0, 1)."""
    return metrics.reference_digits()


@pytest.fixture(scope="module")
def real_features():
    return metrics.reference_features()


@pytest.fixture(scope="module")
def test_digits():
    return load_mnist(value_range=(-1, 1), split="test")


def random_covariance(rng, dimensions, rank=None):
    factor = rng.standard_normal((dimensions, rank or dimensions))
    return factor @ factor.T


def distance_by_scipy(mu1, cov1, mu2, cov2):
    """The formula as the paper prints it, with SciPy's root of the plain product."""
    from scipy.linalg import sqrtm

    root = np.real(sqrtm(cov1 @ cov2))
    return np.sum((mu1 - mu2) ** 2) + np.trace(cov1) + np.trace(cov2) - 2 * np.trace(root)


# The classifier


def test_the_weight_file_stays_under_one_megabyte_and_is_float16():
    assert classifier.WEIGHTS_FILE.stat().st_size < 1_000_000
    with np.load(classifier.WEIGHTS_FILE) as stored:
        assert {stored[name].dtype for name in stored.files} == {np.dtype("float16")}


def test_the_classifier_scores_on_the_test_digits_what_its_card_says(test_digits):
    card = metrics.classifier_card()
    guesses = metrics.predict_digits(test_digits.images, (-1, 1)).argmax(axis=1)
    right = int((guesses == test_digits.labels).sum())
    assert abs(right - card["test"]["right"]) <= 1  # a tie may round differently elsewhere
    assert right >= 980
    assert card["test"]["n"] == len(test_digits) == 1000
    assert card["digits"] == {"train": 3500, "validation": 500, "test": 1000}
    low, high = metrics.wilson_interval(card["test"]["right"], 1000)
    assert card["test"]["wilson_95"] == [round(low, 4), round(high, 4)]


def test_the_split_is_the_one_the_classifier_was_trained_and_scored_on():
    recorded = metrics.classifier_card()["digits_checksum"]
    for split in ("train", "validation", "test"):
        images = load_mnist(value_range=(0, 1), split=split).images
        pixels = np.rint(images * 255).astype(np.uint8)
        assert hashlib.sha256(pixels.tobytes()).hexdigest() == recorded[split], split


def test_the_classifier_is_built_once_and_gives_features_and_logits_in_float32():
    model = metrics.load_classifier()
    assert metrics.load_classifier() is model
    assert model.get_layer("features").units == 64
    outputs = model(np.zeros((2, 28, 28, 1), np.float32), training=False)
    assert outputs["features"].shape == (2, 64)
    assert outputs["logits"].shape == (2, 10)
    assert {variable.dtype for variable in model.variables} == {"float32"}


def test_a_mixed_precision_policy_changes_no_feature(test_digits):
    import keras

    before = metrics.features(test_digits.images[:8], (-1, 1))
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = metrics.build_classifier()
        load_weights(classifier.WEIGHTS_FILE, model)
        images = ((test_digits.images[:8] + 1) / 2).astype(np.float32)
        after = np.asarray(model(images, training=False)["features"])
    finally:
        keras.config.set_dtype_policy(policy)
    np.testing.assert_allclose(after, before, atol=1e-4)


def test_loading_the_classifier_draws_no_random_number():
    import keras

    def next_kernel(load):
        keras.utils.set_random_seed(5)
        if load:
            metrics.load_classifier.__wrapped__()
        layer = keras.layers.Dense(3)
        layer.build((None, 4))
        return np.asarray(layer.kernel)

    np.testing.assert_array_equal(next_kernel(load=True), next_kernel(load=False))


def test_features_are_float64_and_the_same_in_either_value_range(test_digits):
    images = test_digits.images[:600]  # more than one chunk
    found = metrics.features(images, (-1, 1))
    assert found.dtype == np.float64
    assert found.shape == (600, 64)
    np.testing.assert_allclose(found, metrics.features((images + 1) / 2, (0, 1)), atol=1e-3)
    np.testing.assert_allclose(found[550:], metrics.features(images[550:], (-1, 1)), atol=1e-3)


def test_probabilities_sum_to_one_in_each_row(test_digits):
    shares = metrics.predict_digits(test_digits.images[:20], (-1, 1))
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-12)
    assert shares.min() >= 0


def test_reference_features_are_computed_once_and_cannot_be_changed(real_features):
    assert metrics.reference_features() is real_features
    assert real_features.shape == (4000, 64)
    with pytest.raises(ValueError, match="read-only"):
        real_features[0] = 0


def test_every_feature_varies_so_that_the_covariance_has_full_rank(real_features):
    values = np.linalg.eigvalsh(np.cov(real_features, rowvar=False))
    assert values[0] > 1e-5 * values[-1]


@pytest.mark.parametrize("function", [metrics.features, metrics.predict_digits])
@pytest.mark.parametrize(
    ("images", "parts"),
    [
        (np.zeros((5, 28, 28)), ["(5, 28, 28)", "(n, 28, 28, 1)", "[..., None]"]),
        (np.zeros((5, 32, 32, 1)), ["(5, 32, 32, 1)", "(n, 28, 28, 1)", "resize"]),
        (np.zeros((0, 28, 28, 1)), ["(0, 28, 28, 1)", "selection"]),
        (np.full((2, 28, 28, 1), 255.0), ["255", "[0, 1]|(0, 1)", "value_range"]),
        (np.full((2, 28, 28, 1), np.nan), ["NaN", "finite", "checkpoint"]),
    ],
)
def test_images_that_the_classifier_cannot_judge_are_refused(function, images, parts):
    with pytest.raises(ValueError) as caught:
        function(images, (0, 1))
    for part in parts:
        assert any(choice in str(caught.value) for choice in part.split("|")), part


def test_a_damaged_or_foreign_weight_file_is_refused_by_name(tmp_path, monkeypatch):
    damaged = tmp_path / "weights.npz"
    damaged.write_bytes(classifier.WEIGHTS_FILE.read_bytes()[:1000])
    monkeypatch.setattr(classifier, "WEIGHTS_FILE", damaged)
    with pytest.raises(ValueError, match=r"weights\.npz cannot be read.*install the course again"):
        metrics.load_classifier.__wrapped__()
    np.savez(damaged, np.zeros(3, np.float16))
    with pytest.raises(ValueError, match=r"another network.*\(3,\)"):
        metrics.load_classifier.__wrapped__()


# The Fréchet distance


def test_the_distance_of_one_dimensional_gaussians_is_the_textbook_value():
    found = metrics.frechet_distance_from_moments([1.0], [[9.0]], [4.0], [[4.0]])
    assert found == pytest.approx(3**2 + (3 - 2) ** 2)


def test_commuting_covariances_give_the_closed_form_by_standard_deviations():
    rng = np.random.default_rng(0)
    vectors = np.linalg.qr(rng.standard_normal((6, 6)))[0]
    a, b = rng.uniform(0.1, 5, 6), rng.uniform(0.1, 5, 6)
    mu1, mu2 = rng.standard_normal((2, 6))
    cov1, cov2 = (vectors * a) @ vectors.T, (vectors * b) @ vectors.T
    expected = np.sum((mu1 - mu2) ** 2) + np.sum((np.sqrt(a) - np.sqrt(b)) ** 2)
    found = metrics.frechet_distance_from_moments(mu1, cov1, mu2, cov2)
    assert found == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("dimensions", [2, 7, 64])
def test_covariances_that_do_not_commute_agree_with_scipy_on_the_papers_formula(dimensions):
    rng = np.random.default_rng(dimensions)
    mu1, mu2 = rng.standard_normal((2, dimensions))
    cov1, cov2 = random_covariance(rng, dimensions), random_covariance(rng, dimensions)
    assert np.abs(cov1 @ cov2 - cov2 @ cov1).max() > 0.1
    found = metrics.frechet_distance_from_moments(mu1, cov1, mu2, cov2)
    assert found == pytest.approx(distance_by_scipy(mu1, cov1, mu2, cov2), rel=1e-8)


def test_singular_covariances_are_no_obstacle():
    rng = np.random.default_rng(1)
    cov = random_covariance(rng, 30, rank=5)
    zero, mu = np.zeros((30, 30)), np.zeros(30)
    assert metrics.frechet_distance_from_moments(mu, cov, mu, cov) < 1e-10
    assert metrics.frechet_distance_from_moments(mu, cov, mu, zero) == pytest.approx(cov.trace())
    moved = metrics.frechet_distance_from_moments(mu, zero, mu + 1, zero)
    assert moved == pytest.approx(30)
    first, second = np.diag([1.0, 0.0]), np.diag([0.0, 4.0])  # no direction in common
    assert metrics.frechet_distance_from_moments([0, 0], first, [0, 0], second) == pytest.approx(5)


def test_the_distance_is_symmetric_and_zero_for_equal_sets(real_features):
    a, b = real_features[:300], real_features[300:700]
    assert metrics.frechet_distance(a, b) == pytest.approx(metrics.frechet_distance(b, a))
    assert metrics.frechet_distance(a, a[::-1]) < 1e-8
    assert metrics.frechet_distance(a, b) > 1


def test_the_distance_from_features_is_that_of_their_moments():
    rng = np.random.default_rng(2)
    a, b = rng.standard_normal((50, 4)), 2 * rng.standard_normal((80, 4)) + 1
    expected = distance_by_scipy(
        a.mean(axis=0), np.cov(a, rowvar=False), b.mean(axis=0), np.cov(b, rowvar=False)
    )
    assert metrics.frechet_distance(a, b) == pytest.approx(expected, rel=1e-9)


def test_features_far_from_zero_lose_no_digits():
    rng = np.random.default_rng(3)
    a, b = rng.standard_normal((2, 500, 8))
    near = metrics.frechet_distance(a, b)
    assert metrics.frechet_distance(a + 1e6, b + 1e6) == pytest.approx(near, rel=1e-6)


def test_every_kind_of_damage_raises_the_distance_the_more_there_is_of_it(real):
    from scipy.ndimage import gaussian_filter

    rng = np.random.default_rng(4)
    first, second = real.images[:500], real.images[500:1000]
    features = metrics.features(first, (0, 1))
    noise = rng.standard_normal(second.shape).astype(np.float32)
    damages = {
        "noise": [np.clip(second + level * noise, 0, 1) for level in (0, 0.15, 0.4)],
        "blur": [gaussian_filter(second, (0, s, s, 0)) for s in (0, 0.7, 2)],
        "fade": [second * (1 - level) for level in (0, 0.15, 0.4)],
        "lost classes": [second[real.labels[500:1000] >= lost] for lost in (0, 2, 6)],
    }
    for name, series in damages.items():
        found = [metrics.frechet_distance(features, metrics.features(x, (0, 1))) for x in series]
        assert all(np.diff(found) > 0), (name, found)


@pytest.mark.parametrize(
    ("a", "b", "parts"),
    [
        (np.zeros((1, 3)), np.zeros((5, 3)), ["1 rows", "at least 2", "Draw more"]),
        (np.zeros(3), np.zeros((5, 3)), ["(3,)", "(n, d)", "features(images"]),
        (np.zeros((5, 2)), np.zeros((5, 3)), ["(5, 3)", "(n, 2)", "same layer"]),
        (np.full((5, 3), np.inf), np.zeros((5, 3)), ["15 value", "finite", "diverged"]),
        (np.zeros((5, 3)), np.full((5, 3), np.nan), ["features_b", "finite", "diverged"]),
        (np.zeros((5, 28, 28, 1)), np.zeros((5, 3)), ["(5, 28, 28, 1)", "(n, d)", "features("]),
    ],
)
def test_features_without_a_distance_are_refused(a, b, parts):
    with pytest.raises(ValueError) as caught:
        metrics.frechet_distance(a, b)
    for part in parts:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("mu", "cov", "parts"),
    [
        ([0.0, 0.0], np.eye(3), ["(2, 2)", "(3, 3)", "np.cov"]),
        ([0.0, 0.0], [[1.0, 0.9], [0.0, 1.0]], ["not symmetric", "np.cov"]),
        ([0.0, 0.0], np.diag([1.0, -1.0]), ["negative eigenvalue (-1)", "np.cov"]),
        ([0.0, np.nan], np.eye(2), ["NaN", "finite"]),
        ([0.0, 0.0, 0.0], np.eye(3), ["(2,)", "(3,)", "same layer"]),
    ],
)
def test_moments_of_no_gaussian_are_refused(mu, cov, parts):
    with pytest.raises(ValueError) as caught:
        metrics.frechet_distance_from_moments(mu, cov, [0.0, 0.0], np.eye(2))
    for part in parts:
        assert part in str(caught.value)


# The floor


def test_the_floor_is_the_median_of_disjoint_draws_and_follows_its_seed(real_features):
    draws = metrics.frechet_floor_draws(300, draws=5, seed=1)
    assert draws.shape == (5,)
    assert len(set(draws)) == 5
    assert metrics.frechet_floor(100) == np.median(metrics.frechet_floor_draws(100))
    np.testing.assert_array_equal(draws, metrics.frechet_floor_draws(300, draws=5, seed=1))
    assert draws[0] != metrics.frechet_floor_draws(300, draws=1, seed=2)[0]


def test_the_two_halves_of_the_floor_share_no_digit(monkeypatch):
    from gan_course.metrics import reference

    halves = []
    monkeypatch.setattr(reference, "frechet_distance", lambda a, b: halves.append((a, b)) or 0.0)
    metrics.frechet_floor_draws(5, real_features=np.arange(10.0)[:, None], draws=20)
    assert len(halves) == 20
    for first, second in halves:
        assert set(first[:, 0]) | set(second[:, 0]) == set(range(10))
    assert len({tuple(sorted(first[:, 0])) for first, _ in halves}) > 10  # drawn anew each time


def test_the_bias_curve_falls_and_ends_at_the_floor():
    curve = metrics.frechet_bias_curve(sizes=(100, 500, 2000), draws=3)
    np.testing.assert_array_equal(curve["n"], [100, 500, 2000])
    assert all(np.diff(curve["median"]) < 0)
    assert curve["median"][-1] == np.median(metrics.frechet_floor_draws(2000, draws=3))
    assert (curve["low"] <= curve["median"]).all()
    assert (curve["median"] <= curve["high"]).all()


def test_the_bias_curve_of_fakes_falls_towards_their_distance(real, real_features):
    fakes = metrics.features(np.clip(real.images * 0.7, 0, 1), (0, 1))
    curve = metrics.frechet_bias_curve(sizes=(100, 1000, 4000), fake_features=fakes, draws=2)
    assert all(np.diff(curve["median"]) < 0)
    assert curve["median"][-1] == pytest.approx(metrics.frechet_distance(fakes, real_features))


def test_a_floor_or_curve_at_an_impossible_size_or_without_draws_is_refused(real_features):
    for call, message in (
        (lambda: metrics.frechet_floor(1), "n is 1; expected a whole number from 2 to 2000"),
        (lambda: metrics.frechet_floor(2001), "n is 2001; expected a whole number from 2 to 2000"),
        (lambda: metrics.frechet_floor_draws(10, draws=0), "draws is 0; expected .* at least 1"),
        (lambda: metrics.frechet_bias_curve((9,), real_features, draws=0), "draws is 0; expected"),
        (lambda: metrics.frechet_bias_curve((60,), real_features[:50]), "n is 60; .* from 2 to 50"),
    ):
        with pytest.raises(ValueError, match=message):
            call()


# Shares


def test_the_class_histogram_counts_labels_and_probabilities_alike():
    labels = np.array([0, 0, 9, 3])
    expected = np.zeros(10)
    expected[[0, 9, 3]] = 0.5, 0.25, 0.25
    np.testing.assert_array_equal(metrics.class_histogram(labels), expected)
    probabilities = 0.5 * np.eye(10)[labels] + 0.05
    np.testing.assert_array_equal(metrics.class_histogram(probabilities), expected)


@pytest.mark.parametrize(
    ("values", "parts"),
    [
        ([], ["is empty", "at least one"]),
        ([0, 10], ["10", "0 to 9"]),
        ([-1, 2], ["-1", "0 to 9"]),
        ([0.5, 1.0], ["0.5", "whole numbers"]),
        (np.zeros((2, 3)), ["(2, 3)", "(n, 10)"]),
        (np.ones((2, 10)), ["10", "sum to 1"]),
        (np.full((2, 10), np.nan), ["NaN", "finite"]),
        (np.zeros((2, 28, 28, 1)), ["(2, 28, 28, 1)", "(n, 10)", "predict_digits"]),
    ],
)
def test_what_has_no_class_histogram_is_refused(values, parts):
    with pytest.raises(ValueError) as caught:
        metrics.class_histogram(values)
    for part in parts:
        assert part in str(caught.value)


def test_coverage_counts_a_class_at_the_threshold_and_none_below():
    assert metrics.coverage([0.03, 0.029, 0.941]) == 2
    assert metrics.coverage(metrics.class_histogram(np.arange(100) % 10)) == 10
    assert metrics.coverage([1.0] + 9 * [0.0]) == 1
    assert metrics.coverage([0.2, 0.8], threshold=0.5) == 1


def test_coverage_of_no_shares_or_at_no_threshold_is_refused():
    with pytest.raises(ValueError, match="shares sums to 2; expected .*class_histogram"):
        metrics.coverage([1.0, 1.0])
    with pytest.raises(ValueError, match=r"threshold is 3; expected a number in \(0, 1\]"):
        metrics.coverage([0.5, 0.5], threshold=3)


def test_the_wilson_interval_has_known_values_and_ends():
    from scipy.stats import binomtest

    for successes, n in ((0, 20), (7, 20), (20, 20), (987, 1000)):
        exact = binomtest(successes, n).proportion_ci(0.95, method="wilson")
        found = metrics.wilson_interval(successes, n)
        np.testing.assert_allclose(found, (exact.low, exact.high), atol=1e-5)
    assert metrics.wilson_interval(0, 20)[0] == 0
    assert metrics.wilson_interval(20, 20)[1] == 1


def test_a_wilson_interval_of_impossible_counts_is_refused():
    for successes, n in ((5, 0), (6, 5), (-1, 5)):
        with pytest.raises(ValueError, match="expected a whole number.*order"):
            metrics.wilson_interval(successes, n)


# Precision and recall


def test_equal_sets_have_precision_and_recall_one(real_features):
    rows = real_features[:1500]  # more than one chunk
    assert metrics.precision_recall(rows, rows[::-1]) == (1.0, 1.0)


def test_sets_far_apart_have_precision_and_recall_zero():
    rng = np.random.default_rng(0)
    real = rng.standard_normal((200, 5))
    assert metrics.precision_recall(real, real + 100) == (0.0, 0.0)


def test_fakes_from_half_the_modes_are_precise_but_recall_half():
    rng = np.random.default_rng(1)
    centres = 100 * np.arange(4)[:, None, None]
    modes = centres + rng.standard_normal((4, 50, 3))  # four clouds, far apart
    real, fake = modes.reshape(-1, 3), modes[:2].reshape(-1, 3)
    assert metrics.precision_recall(real, fake) == (1.0, 0.5)
    assert metrics.precision_recall(fake, real) == (0.5, 1.0)  # the roles are not exchangeable


def test_a_collapsed_generator_on_a_real_sample_is_precise_and_recalls_one_sample():
    real = np.random.default_rng(2).standard_normal((100, 64))
    fake = np.repeat(real[:1], 50, axis=0)  # its balls have radius 0
    precision, recall = metrics.precision_recall(real, fake)
    assert precision == 1
    assert recall == 0.01


def test_a_small_line_of_points_gives_the_values_counted_by_hand():
    real = np.array([[0.0], [1.0], [2.0], [10.0]])  # radii for k = 1: 1, 1, 1, 8
    fake = np.array([[2.5], [18.5], [19.0]])  # radii for k = 1: 16, 0.5, 0.5
    precision, recall = metrics.precision_recall(real, fake, k=1)
    assert precision == pytest.approx(1 / 3)  # 2.5 only; 10 + 8 < 18.5
    assert recall == 1
    assert metrics.precision_recall(fake, real, k=1) == (recall, precision)
    assert metrics.precision_recall(real, fake[1:], k=1) == (0, 0)
    assert metrics.precision_recall(real, fake, k=2)[0] == 1  # the last ball now reaches to 19


def test_chunks_change_nothing(monkeypatch, real_features):
    real, fake = real_features[:300], real_features[200:450] + 1
    whole = metrics.precision_recall(real, fake)
    monkeypatch.setattr(manifolds, "CHUNK", 7)
    assert metrics.precision_recall(real, fake) == whole


@pytest.mark.parametrize(
    ("real", "fake", "k", "parts"),
    [
        (np.zeros((3, 2)), np.zeros((9, 2)), 3, ["3 rows", "at least 4", "Draw more"]),
        (np.zeros((9, 2)), np.zeros((3, 2)), 3, ["fake_features", "at least 4", "Draw more"]),
        (np.zeros((9, 2)), np.zeros((9, 3)), 3, ["(9, 3)", "(n, 2)", "same layer"]),
        (np.zeros((9, 2)), np.zeros((9, 2)), 0, ["k is 0", "at least 1"]),
        (np.zeros((9, 2)), np.full((9, 2), np.nan), 3, ["NaN", "finite", "diverged"]),
    ],
)
def test_sets_without_precision_and_recall_are_refused(real, fake, k, parts):
    with pytest.raises(ValueError) as caught:
        metrics.precision_recall(real, fake, k=k)
    for part in parts:
        assert part in str(caught.value)


# Nearest training images


def test_exact_copies_are_found_at_distance_zero(real):
    chosen = np.array([3, 1700, 3999])
    indices, distances = metrics.nearest_training_images(real.images[chosen], real.images, k=3)
    assert indices.shape == distances.shape == (3, 3)
    np.testing.assert_array_equal(indices[:, 0], chosen)
    assert (distances[:, 0] == 0).all()
    assert (distances[:, 1] > 0).all()


def test_neighbours_agree_with_a_search_over_all_pairs(real, test_digits):
    from scipy.spatial.distance import cdist

    samples = (test_digits.images[:600] + 1) / 2
    pairs = cdist(samples.reshape(600, -1), real.images[:1000].reshape(1000, -1))
    indices, distances = metrics.nearest_training_images(samples, real.images[:1000], k=4)
    np.testing.assert_array_equal(indices, np.argsort(pairs, axis=1, kind="stable")[:, :4])
    np.testing.assert_allclose(distances, np.sort(pairs, axis=1)[:, :4], rtol=1e-9)
    assert (np.diff(distances, axis=1) >= 0).all()


def test_a_value_range_makes_pixel_distances_comparable(real):
    samples, training = real.images[:5], real.images[5:105]
    _, in_unit = metrics.nearest_training_images(samples, training, value_range=(0, 1))
    _, in_both = metrics.nearest_training_images(
        2 * samples - 1, 2 * training - 1, value_range=(-1, 1)
    )
    _, as_given = metrics.nearest_training_images(2 * samples - 1, 2 * training - 1)
    np.testing.assert_allclose(in_both, in_unit, rtol=1e-5)
    np.testing.assert_allclose(as_given, 2 * in_unit, rtol=1e-5)


def test_a_large_common_offset_hides_no_neighbour(real):
    training = real.images[:200].astype(np.float64) + 1e7
    indices, distances = metrics.nearest_training_images(training[:50], training, k=2)
    np.testing.assert_array_equal(indices[:, 0], np.arange(50))
    expected = metrics.nearest_training_images(real.images[:50], real.images[:200], k=2)
    np.testing.assert_array_equal(indices, expected[0])
    np.testing.assert_allclose(distances, expected[1], rtol=1e-6)


def test_of_equal_training_images_the_first_is_named():
    training = np.zeros((5, 28, 28, 1))
    indices, _ = metrics.nearest_training_images(training[:1], training, k=2)
    np.testing.assert_array_equal(indices, [[0, 1]])


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ({"k": 0}, ["k is 0", "from 1 to 10"]),
        ({"k": 11}, ["k is 11", "from 1 to 10"]),
        ({"samples": np.zeros((2, 28, 28))}, ["(2, 28, 28)", "(n, 28, 28, 1)", "reshape"]),
        ({"samples": np.zeros((0, 28, 28, 1))}, ["(0, 28, 28, 1)", "at least one"]),
        ({"samples": np.full((2, 28, 28, 1), np.nan)}, ["NaN", "finite", "diverged"]),
        (
            {"samples": np.full((2, 28, 28, 1), -3.0), "value_range": (0, 1)},
            ["-3", "(0, 1)", "clip"],
        ),
    ],
)
def test_samples_without_neighbours_are_refused(arguments, parts):
    given = {"samples": np.zeros((2, 28, 28, 1)), "training_images": np.zeros((10, 28, 28, 1))}
    with pytest.raises(ValueError) as caught:
        metrics.nearest_training_images(**(given | arguments))
    for part in parts:
        assert part in str(caught.value)


# The report


def test_unseen_real_digits_score_near_the_floor_on_every_measure(test_digits):
    report = metrics.evaluate(test_digits.images, value_range=(-1, 1))
    assert (report["n"], report["sets"]) == (1000, 1)
    assert report["fd_low"] == report["fd"] == report["fd_high"]
    assert report["reference_n"] == 4000
    assert report["floor_low"] <= report["floor"] <= report["floor_high"]
    assert report["fd"] < 3 * report["floor"]
    assert report["coverage"] == 10
    assert np.abs(report["shares"] - 0.1).max() < 0.02
    assert report["precision"] > 0.8
    assert report["recall"] > 0.8
    text = metrics.describe(report)
    assert text.startswith("1,000 samples against 1,000 real digits")
    assert f"{report['floor']:.3g}" in text
    assert "10 of 10 classes" in text
    assert "too large" not in text


def test_a_collapsed_batch_fails_on_every_measure_but_precision(real):
    ones = real.images[real.labels == 1]
    ones = ones[metrics.predict_digits(ones, (0, 1))[:, 1] > 0.99]
    report = metrics.evaluate(np.repeat(ones[:20], 5, axis=0), value_range=(0, 1))
    assert report["fd"] > 5 * report["floor"]
    assert report["coverage"] == 1
    assert report["precision"] > 0.8
    assert report["recall"] < 0.2
    text = metrics.describe(report)
    assert "1 of 10 classes" in text
    assert "too rare: 0, 2, 3, 4, 5, 6, 7, 8, 9" in text
    assert "too large" in text  # 100 samples


def test_noise_is_neither_precise_nor_near():
    noise = np.random.default_rng(0).random((200, 28, 28, 1))
    report = metrics.evaluate(noise, value_range=(0, 1))
    assert report["fd"] > 20 * report["floor"]
    assert report["precision"] < 0.05


def test_copies_of_the_whole_reference_fall_below_the_floor_and_the_report_says_so(real):
    report = metrics.evaluate(real.images, value_range=(0, 1))
    assert report["fd"] < report["floor_low"]
    assert (report["n"], report["sets"]) == (2000, 2)
    assert "copies" in metrics.describe(report)


def test_every_set_of_fakes_meets_as_many_real_ones_and_the_floor_has_the_same_n(real_features):
    fakes = 0.9 * np.concatenate([real_features, real_features[:1500]])  # (5500, 64)
    pairs = list(metrics.matched_sets(fakes))
    assert [len(part) for pair in pairs for part in pair] == [2000] * 4  # 1,500 fill no set
    np.testing.assert_array_equal(np.concatenate([fake for fake, _ in pairs]), fakes[:4000])
    assert not np.array_equal(pairs[0][1], pairs[1][1])  # other real digits for each set
    draws = metrics.frechet_distance_draws(fakes)
    np.testing.assert_array_equal(draws, [metrics.frechet_distance(*pair) for pair in pairs])
    assert len(list(metrics.matched_sets(fakes, real_features[:31]))[0][0]) == 15


def test_a_report_of_several_sets_gives_their_mean_and_their_range():
    samples = np.random.default_rng(0).random((30, 28, 28, 1))
    reference = np.random.default_rng(1).random((20, 28, 28, 1))
    report = metrics.evaluate(samples, (0, 1), reference=reference)
    assert (report["n"], report["sets"]) == (10, 3)
    draws = metrics.frechet_distance_draws(
        metrics.features(samples, (0, 1)), metrics.features(reference, (0, 1))
    )
    found = [report[name] for name in ("fd", "fd_low", "fd_high")]
    np.testing.assert_allclose(found, [draws.mean(), draws.min(), draws.max()])
    assert metrics.describe(report).startswith("3 sets of 10 samples, each against 10 real digits")


def test_the_report_is_the_same_for_the_same_seed_and_counts_as_the_parts_do(real, real_features):
    samples = real.images[:200] * 0.8
    report = metrics.evaluate(samples, value_range=(0, 1), seed=3)
    again = metrics.evaluate(samples, value_range=(0, 1), seed=3)
    np.testing.assert_equal(report, again)
    assert report["fd"] != metrics.evaluate(samples, value_range=(0, 1), seed=4)["fd"]
    assert report["floor"] == np.median(metrics.frechet_floor_draws(200, seed=3))


def test_another_reference_can_be_given_as_images_or_digits():
    digits = load_mnist(value_range=(-1, 1), split="validation")
    samples = digits.images[:100]
    given = metrics.evaluate(samples, value_range=(-1, 1), reference=digits)
    assert given["reference_n"] == 500
    images = metrics.evaluate(samples, value_range=(-1, 1), reference=digits.images)
    np.testing.assert_equal(given, images)


@pytest.mark.parametrize(
    ("samples", "arguments", "parts"),
    [
        (np.zeros((9, 28, 28, 1)), {}, ["samples is 9", "at least 10", "Draw more"]),
        (np.zeros((20, 28, 28)), {}, ["(20, 28, 28)", "(n, 28, 28, 1)", "[..., None]"]),
        (np.full((20, 28, 28, 1), -1.0), {}, ["-1", "value_range"]),
        (np.full((20, 28, 28, 1), np.nan), {}, ["NaN", "finite", "checkpoint"]),
        (
            np.zeros((10, 28, 28, 1)),
            {"reference": np.zeros((15, 28, 28, 1))},
            ["reference images is 15", "at least 20", "Leave out"],
        ),
    ],
)
def test_samples_that_cannot_be_judged_are_refused(samples, arguments, parts):
    with pytest.raises(ValueError) as caught:
        metrics.evaluate(samples, (0, 1), **arguments)
    for part in parts:
        assert part in str(caught.value)


def test_importing_the_metrics_loads_no_heavy_library():
    code = (
        "import sys, gan_course.metrics; "
        "print([m for m in ('tensorflow', 'keras', 'scipy', 'sklearn') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
