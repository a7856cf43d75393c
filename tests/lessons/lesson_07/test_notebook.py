"""Lesson 07: the networks in its cells are those of the package, and do what its text says."""

import ast
import json

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers
from places import NOTEBOOKS

from gan_course import models
from gan_course.layers import UpsampleConv2D

NOTEBOOK = NOTEBOOKS / "07_dcgan.ipynb"
PAIRS = {
    "build_generator_a": models.build_dcgan_generator,
    "build_discriminator_a": models.build_dcgan_discriminator,
    "build_generator_b": models.build_upsampling_generator,
    "build_discriminator_b": models.build_upsampling_discriminator,
}


@pytest.fixture(scope="module")
def written():
    """The functions that the notebook defines, by name."""
    names = {"keras": keras, "layers": layers, "np": np, "tf": tf}
    names["UpsampleConv2D"] = UpsampleConv2D
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        for node in ast.parse("".join(cell["source"])).body:
            if isinstance(node, ast.FunctionDef):
                exec(ast.unparse(node), names)
    return names


def inputs_for(model):
    shape = (4, *model.input_shape[1:])
    return np.random.default_rng(0).uniform(-1, 1, shape).astype(np.float32)


def settings(model):
    """What outputs in inference do not show: dropout rates and the pace of moving statistics."""
    found = []
    for layer in model.layers:
        if isinstance(layer, layers.Dropout):
            found.append(("dropout", layer.rate))
        if isinstance(layer, layers.BatchNormalization):
            found.append(("batch norm", layer.momentum, layer.epsilon))
    return found


@pytest.mark.parametrize("name", PAIRS)
def test_a_network_written_out_in_the_lesson_is_the_packaged_one(written, name):
    ours, theirs = written[name](), PAIRS[name]()
    theirs.set_weights(ours.get_weights())
    inputs = inputs_for(ours)
    outputs = [np.asarray(model(inputs, training=False)) for model in (ours, theirs)]
    assert np.allclose(*outputs, atol=1e-6) and outputs[0].std() > 0
    assert settings(ours) == settings(theirs) != []


def test_the_grey_generator_cannot_reach_below_0_and_the_solution_can(written):
    from gan_course.lessons.lesson_07 import exercises as ex

    grey = written["build_grey_generator"]
    assert np.asarray(grey()(np.zeros((1, 64), np.float32))).min() >= 0
    assert "not below 0" in ex.mend_the_generator.check(grey).message
    assert grey().count_params() == ex.mend_the_generator.reference().count_params()


def test_stray_pixels_are_those_unlike_all_their_neighbours(written):
    clean = np.zeros((2, 28, 28, 1), np.float32)
    clean[:, 5:20, 10:14] = 1.0  # a thick stroke, with corners
    clean[:, np.arange(20, 26), np.arange(20, 26)] = 1.0  # a thin one, across
    assert written["stray_pixels"](clean) == 0.0
    stray = clean.copy()
    stray[0, 2, 2] = 0.4  # one dot in two images
    assert written["stray_pixels"](stray) == 0.5
    stray[0, 2, 2] = 0.3
    assert written["stray_pixels"](stray) == 0.0
