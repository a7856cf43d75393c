"""Lesson 08: what its cells write out is what the package trains, and its bugs are bugs."""

import ast
import json

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops
from places import NOTEBOOKS

from gan_course import losses, models
from gan_course.layers import LabelMaps, OneHotLabels, RandomShift
from gan_course.recipes import get_recipe
from gan_course.training import steps
from gan_course.training.conditioned import given

NOTEBOOK = NOTEBOOKS / "08_conditional_gan.ipynb"
LABELS = np.array([3, 0, 9, 9, 5, 1], np.int32)


@pytest.fixture(scope="module")
def written():
    """The functions and classes that the notebook defines, by name."""
    names = {
        "keras": keras,
        "layers": layers,
        "ops": ops,
        "np": np,
        "tf": tf,
        "LabelMaps": LabelMaps,
        "OneHotLabels": OneHotLabels,
        "RandomShift": RandomShift,
        "binary_discriminator_loss": losses.binary_discriminator_loss,
        "non_saturating_generator_loss": losses.non_saturating_generator_loss,
    }
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        for node in ast.parse("".join(cell["source"])).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                exec(ast.unparse(node), names)
    return names


def settings(model):
    """What outputs in inference show hardly or not at all: the norms' ε, the shifts, the slopes."""
    names = ("epsilon", "momentum", "pixels", "fill", "negative_slope")
    kept = (layers.RMSNormalization, layers.BatchNormalization, layers.LeakyReLU, RandomShift)
    return [
        {name: getattr(layer, name) for name in names if hasattr(layer, name)}
        for layer in model.layers
        if isinstance(layer, kept)
    ]


@pytest.mark.parametrize("player", ["generator", "discriminator"])
def test_a_network_written_out_in_the_lesson_is_the_one_that_the_recipe_trains(written, player):
    ours = written[f"build_{player}"]()
    theirs = getattr(get_recipe("cgan"), f"build_{player}")()
    theirs.set_weights(ours.get_weights())
    rng = np.random.default_rng(0)
    first = rng.uniform(-1, 1, (len(LABELS), *ours.inputs[0].shape[1:])).astype(np.float32)
    outputs = [np.asarray(model([first, LABELS], training=False)) for model in (ours, theirs)]
    assert np.allclose(*outputs, atol=1e-5) and outputs[0].std() > 0
    assert settings(ours) == settings(theirs) != []


def test_the_updates_of_the_lesson_are_the_packaged_ones_with_the_labels_filled_in(written):
    results = []
    for by_hand in (True, False):
        keras.utils.set_random_seed(1)
        g = models.build_conditional_generator(latent_dim=3, channels=(4, 4, 4))
        d = models.build_conditional_discriminator(channels=(4, 4), shift=0)
        optimizers = keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.1)
        rng = np.random.default_rng(2)
        real = tf.constant(rng.uniform(-1, 1, (6, 28, 28, 1)).astype(np.float32))
        z, labels = tf.constant(models.sample_latent(6, 3)), tf.constant(LABELS)
        if by_hand:
            written["update_discriminator"](g, d, optimizers[0], real, labels, z)
            written["update_generator"](g, d, optimizers[1], labels, z)
        else:
            pair = given(g, labels), given(d, labels)
            loss = losses.get_losses("non_saturating")
            steps.update_discriminator(*pair, optimizers[0], loss.discriminator_loss, real, z)
            steps.update_generator(*pair, optimizers[1], loss.generator_loss, z)
        results.append([*g.get_weights(), *d.get_weights()])
    for ours, theirs in zip(*results, strict=True):
        assert np.allclose(ours, theirs, atol=1e-6)


def test_the_label_maps_of_the_lesson_are_the_packaged_layer(written):
    assert np.array_equal(written["label_maps"](LABELS), LabelMaps(10, 28, 28)(LABELS))


def test_with_the_broken_maps_a_discriminator_cannot_tell_two_orders_of_the_same_labels(written):
    # 56 divides 784: every image of the batch gets the same maps, whatever its own label is.
    labels = np.random.default_rng(0).integers(0, 10, 56).astype(np.int32)
    broken = np.asarray(written["broken_label_maps"](labels))
    assert broken.shape == (56, 28, 28, 10)
    assert (broken == broken[:1]).all()
    network = written["build_discriminator"](channels=(4, 4), make_maps=written["BrokenLabelMaps"])
    image = np.repeat(np.random.default_rng(1).uniform(-1, 1, (1, 28, 28, 1)), 56, axis=0)
    assert np.ptp(network([image.astype(np.float32), labels], training=False)) < 1e-5


def test_the_slant_of_a_line_is_its_slope(written):
    images = np.full((3, 28, 28, 1), -1.0)
    for number, slope in enumerate((-0.5, 0.0, 0.5)):
        for row in range(4, 24):
            images[number, row, round(14 + slope * (14 - row)), 0] = 1.0
    assert np.allclose(written["slant"](images), [-0.5, 0.0, 0.5], atol=0.03)


def test_the_divergence_of_the_lesson_is_between_0_and_log_2(written):
    jsd = written["jsd"]
    assert jsd(np.array([0.3, 0.7]), np.array([0.3, 0.7])) == 0
    assert np.isclose(jsd(np.array([1.0, 0.0]), np.array([0.0, 1.0])), np.log(2))
