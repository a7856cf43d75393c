"""A recipe builds its networks for the images and the labels that it is given."""

import gan_course.backend

import numpy as np
import pytest

from gan_course.recipes import get_recipe


def some_images(shape, count=40, low=0.0):
    return np.random.default_rng(0).uniform(low, 1.0, (count, *shape)).astype(np.float32)


@pytest.mark.parametrize("name", ["dense", "fast"])
def test_networks_are_built_for_the_shape_of_the_images(name):
    recipe = get_recipe(name)
    images = some_images((16, 20, 3), low=recipe.value_range[0])
    trainer = recipe.trainer(images, batch_size=8)
    assert trainer.generator.output_shape == (None, 16, 20, 3)
    assert trainer.discriminator.input_shape == (None, 16, 20, 3)


def test_networks_with_labels_know_as_many_classes_as_the_labels_have():
    trainer = get_recipe("cgan").trainer(some_images((16, 16, 3), low=-1), labels=np.arange(40) % 3)
    assert trainer.num_classes == 3 and trainer.generator.output_shape == (None, 16, 16, 3)
    assert trainer.sample(6, labels=np.arange(6) % 3).shape == (6, 16, 16, 3)


@pytest.mark.parametrize(
    ("name", "images", "labels", "words"),
    [
        ("dense", some_images((30, 30, 1)), None, "are 30×30 .*multiples of 4 from 16 to 64"),
        ("fast", some_images((128, 96, 3)), None, "are 128×96 .*for example to 64×64"),
        ("fast", some_images((28, 28)), None, r"images\[\.\.\., None\]"),
        ("dense", some_images((16, 16, 1), low=-1), None, r"value_range=\(0, 1\)"),
        ("cgan", some_images((16, 16, 1)), None, "pass them with labels="),
        ("cgan", some_images((16, 16, 1)), np.eye(40)[:, :10], "one class number each"),
        ("cgan", some_images((16, 16, 1)), np.full(40, -1), "index 0: -1"),
    ],
)
def test_images_and_labels_that_do_not_fit_are_refused(name, images, labels, words):
    with pytest.raises(ValueError, match=words):
        get_recipe(name).trainer(images, labels=labels)
