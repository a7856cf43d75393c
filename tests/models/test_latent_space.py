"""Walks, planes, arithmetic, concepts, guided backpropagation and the linear probe."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_course import models
from gan_course.lessons.lesson_07 import guided, linear_probe as probe
from gan_course.metrics import concepts, strokes
from gan_course.models import latent_space as space


@pytest.fixture(scope="module")
def critic():
    keras.utils.set_random_seed(0)
    return models.build_small_discriminator(channels=(4, 6, 8))


@pytest.fixture(scope="module")
def images():
    return np.random.default_rng(0).uniform(-1, 1, (12, 28, 28, 1)).astype(np.float32)


def test_a_walk_keeps_its_ends_and_the_arc_keeps_the_spread():
    start, end = models.sample_latent(2, 10_000, seed=0)
    for arc in (True, False):
        way = space.walk_between(start, end, steps=5, arc=arc)
        assert way.shape == (5, 10_000) and way.dtype == np.float32
        assert np.allclose(way[0], start) and np.allclose(way[-1], end, atol=1e-6)
        assert way[2].var() == pytest.approx(1.0 if arc else 0.5, abs=0.05)


def test_the_plane_holds_its_three_vectors_and_is_flat():
    corners = models.sample_latent(3, 8, seed=1)
    ticks = [-0.5, 0, 0.5, 1]
    plane = space.plane_through(*corners, across=ticks, down=[0, 1])
    assert plane.shape == (2, 4, 8)
    for row, column, corner in ((0, 1, 0), (0, 3, 1), (1, 1, 2)):
        assert np.allclose(plane[row, column], corners[corner], atol=1e-6)
    assert np.linalg.matrix_rank(plane.reshape(-1, 8) - corners[0], tol=1e-4) == 2
    kept = space.plane_through(*corners, ticks, ticks, keep_length=True)
    assert np.allclose(np.linalg.norm(kept, axis=-1), np.sqrt(8), atol=1e-5)


def test_the_first_direction_is_the_one_that_the_first_layer_answers_to_most():
    generator = models.build_small_generator(latent_dim=6, channels=(4, 4, 4))
    weights = generator.layers[1].get_weights()[0].astype(float)  # (6, 196)
    directions = space.strongest_directions(generator, 6)
    assert np.allclose(directions @ directions.T, np.eye(6), atol=1e-5)
    gains = np.linalg.norm(directions @ weights, axis=1)
    assert (np.diff(gains) <= 1e-5).all()
    others = np.random.default_rng(0).normal(size=(200, 6))
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    assert gains[0] >= np.linalg.norm(others @ weights, axis=1).max()
    assert (np.take_along_axis(directions, np.abs(directions).argmax(1)[:, None], 1) > 0).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: space.walk_between([0, 1], [1, 2, 3]), ["start (2,)", "end (3,)", "sample_lat"]),
        (lambda: space.walk_between([0, 1], [1, 2], steps=1), ["steps is 1", "at least 2"]),
        (
            lambda: space.plane_through([0, 0], [1, 1], [2, 2], [0], [0]),
            ["on one line", "three different"],
        ),
        (
            lambda: space.strongest_directions(models.build_small_generator(4), 5),
            ["count is 5", "from 1 to 4"],
        ),
        (
            lambda: space.strongest_directions(keras.Sequential([keras.Input((2,))], name="none")),
            ["'none' has no dense layer", "build_small_generator"],
        ),
    ],
)
def test_vectors_that_do_not_fit_are_refused_with_a_remedy(call, words):
    with pytest.raises(ValueError) as error:
        call()
    assert all(word in str(error.value) for word in words), error.value


def test_ink_counts_white_and_slant_is_the_tangent_of_the_lean():
    assert np.allclose(strokes.ink(np.ones((1, 28, 28, 1)), (-1, 1)), 1)
    assert np.allclose(strokes.ink(np.zeros((2, 28, 28, 1)), (-1, 1)), 0.5)
    slash = np.eye(28)[::-1].reshape(1, 28, 28, 1)
    upright = np.zeros((1, 28, 28, 1))
    upright[0, 4:24, 10] = 1
    pictures = np.concatenate([slash, slash[:, :, ::-1], upright, np.zeros((1, 28, 28, 1))])
    assert np.allclose(strokes.slant(pictures, (0, 1)), [1, -1, 0, 0], atol=1e-6)
    half = np.zeros((1, 28, 28, 1))
    for row in range(0, 28):
        half[0, row, 20 - row // 2] = 1
    assert strokes.slant(half, (0, 1))[0] == pytest.approx(0.5, abs=0.02)


def test_a_concept_is_a_sure_digit_in_the_outer_quarter_of_the_trait():
    count = 400
    random = np.random.default_rng(4)
    digit = np.arange(count) % 10
    sure = np.where(np.arange(count) % 3 == 0, 0.5, 0.99)
    readings = concepts.Readings(digit, sure, random.uniform(size=count), random.normal(size=count))
    assert len(concepts.find_exemplars(readings, 3)) == ((digit == 3) & (sure > 0.9)).sum()
    mine = digit == 3
    for trait, name, top in (
        ("thick", "ink", True),
        ("thin", "ink", False),
        ("right-leaning", "slant", True),
        ("left-leaning", "slant", False),
    ):
        values = getattr(readings, name)
        found = concepts.find_exemplars(readings, 3, trait)
        assert (digit[found] == 3).all() and (sure[found] > 0.9).all() and 3 <= len(found) <= 10
        quarter = np.quantile(values[mine], 0.75 if top else 0.25)
        assert (values[found] >= quarter).all() if top else (values[found] <= quarter).all()
        shown = concepts.shows_trait(readings, readings, 3, trait)[mine]
        assert shown.mean() == 0.5
    with pytest.raises(ValueError, match="shows the concept thick 11: draw more samples"):
        concepts.find_exemplars(readings, 11, "thick")
    with pytest.raises(ValueError, match="Unknown trait 'fat'"):
        concepts.find_exemplars(readings, 3, "fat")


def test_the_guided_activation_passes_only_what_was_active_and_speaks_for_the_unit():
    x = tf.constant([-2.0, -2.0, 3.0, 3.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = guided.guided_leaky_relu(x)
    passed = tape.gradient(y, x, output_gradients=tf.constant([5.0, -5.0, 5.0, -5.0]))
    assert passed.numpy().tolist() == [0, 0, 5, 0]
    assert np.allclose(y, [-0.4, -0.4, 3, 3])


def test_the_layers_one_by_one_answer_as_the_network_does(critic, images):
    inside = keras.Model(critic.input, critic.get_layer("activation_3").output)
    expected = inside(images, training=False)
    for activation in (None, guided.guided_leaky_relu):
        found = guided.responses_of(critic, images, "activation_3", activation)
        assert np.allclose(found, expected, atol=1e-6)
    best = guided.strongest_images(critic, images, "activation_3", [0, 5])
    assert best.tolist() == np.asarray(expected).max(axis=(1, 2))[:, [0, 5]].argmax(0).tolist()


def test_guided_gradients_stay_in_the_window_of_the_strongest_place(critic, images):
    found = guided.guided_gradients(critic, images[:2], "activation_3", [1, 4])
    assert found.shape == (2, 28, 28, 1) and np.abs(found).max() > 0
    for each in found[..., 0]:
        rows, columns = np.nonzero(each)
        assert np.ptp(rows) < 15 and np.ptp(columns) < 15  # 3 → 7 → 15 pixels
    alone = guided.guided_gradients(critic, images[1:2], "activation_3", [4])
    assert np.allclose(alone[0], found[1], atol=1e-6)  # image i, unit i


def test_guided_gradients_equal_a_hand_made_backward_pass():
    pixels = keras.Input((1, 1, 2), name="images")
    x = keras.layers.Conv2D(2, 1, name="conv_1")(pixels)
    x = keras.layers.LeakyReLU(negative_slope=0.2, name="activation_1")(x)
    x = keras.layers.Conv2D(1, 1, name="conv_2")(x)
    network = keras.Model(pixels, keras.layers.LeakyReLU(0.2, name="activation_2")(x))
    first, second = np.array([[1.0, -1.0], [2.0, 3.0]]), np.array([[4.0], [-5.0]])
    network.set_weights([first[None, None], np.zeros(2), second[None, None], np.zeros(1)])
    image = np.array([[[[3.0, 1.0]]]], np.float32)  # hidden 5 and 0, answer 20
    found = guided.guided_gradients(network, image, "activation_2", [0])
    assert found.ravel().tolist() == [4, 8]  # through the first unit alone: 4 · (1, 2)


def test_guided_gradients_refuse_a_layer_or_a_number_of_units_that_is_wrong(critic, images):
    with pytest.raises(ValueError, match="Unknown layer 'activation_9'.*Did you mean"):
        guided.responses_of(critic, images, "activation_9")
    with pytest.raises(ValueError, match="12 images and 1 units; .*strongest_images"):
        guided.guided_gradients(critic, images, "activation_3", [0])


def test_pooling_to_a_grid_takes_the_maximum_of_every_cell_and_misses_no_pixel():
    maps = np.arange(49.0).reshape(1, 7, 7, 1)
    pooled = probe.pool_to_grid(maps)[0, :, :, 0]
    assert pooled.shape == (4, 4)
    assert pooled[0].tolist() == [8, 10, 12, 13]  # rows 0 to 1; columns 0-1, 1-3, 3-5, 5-6
    for place in range(196):
        one = np.zeros((1, 14, 14, 1))
        one.flat[place] = 1
        assert probe.pool_to_grid(one).max() == 1
    with pytest.raises(ValueError, match=r"shape \(7, 7\).*before it is flattened"):
        probe.pool_to_grid(np.zeros((7, 7)))


def test_features_are_all_convolutional_layers_pooled_in_order(critic, images):
    found = probe.discriminator_features(critic, images)
    assert found.shape == (12, 16 * (4 + 6 + 8))
    last = guided.responses_of(critic, images, "activation_3").numpy()  # 4×4 already
    assert np.allclose(found[:, 16 * 10 :], last.reshape(12, -1), atol=1e-6)
    with pytest.raises(ValueError, match="no LeakyReLU after a convolution"):
        probe.discriminator_features(models.build_dense_discriminator(), images)


def test_a_draw_has_as_many_labels_of_each_digit_and_repeats():
    labels = np.arange(500) % 10
    chosen = probe.draw_labels(labels, 100, seed=3)
    assert np.bincount(labels[chosen]).tolist() == [10] * 10 and len(set(chosen)) == 100
    assert np.array_equal(chosen, probe.draw_labels(labels, 100, seed=3))
    assert not np.array_equal(chosen, probe.draw_labels(labels, 100, seed=4))
    for count in (15, 0, 510):
        with pytest.raises(ValueError, match=f"count is {count}; .*from 10 to 500"):
            probe.draw_labels(labels, count, seed=0)


def test_the_probe_reads_what_is_linear_and_chooses_the_penalty_on_validation():
    random = np.random.default_rng(5)
    centres = 3 * random.normal(size=(10, 20))
    labels = np.arange(600) % 10
    features = centres[labels] + random.normal(size=(600, 20))
    scaled = probe.scale_features(features, features)
    assert np.square(scaled).sum(axis=1).mean() == pytest.approx(1)
    parts = [(scaled[i::3], labels[i::3]) for i in range(3)]
    right, strength = probe.linear_probe(*parts)
    assert right > 0.95 and strength in probe.STRENGTHS
    shuffled = (parts[0][0], random.permutation(parts[0][1]))
    assert probe.linear_probe(shuffled, *parts[1:])[0] < 0.4
    with pytest.raises(ValueError, match="test holds 200 rows of features and 5 labels"):
        probe.linear_probe(*parts[:2], (parts[2][0], parts[2][1][:5]))
