"""How answers of lesson 08 are judged: the discriminator's pairs, and maps of labels."""

import numpy as np

from gan_course.exercises.answers import Wrong
from gan_course.exercises.expectations import expect, expect_array, expect_close
from gan_course.lessons.lesson_08 import slips


def judge_pairs(function):
    """Call the function on three real images and three fakes, and look at what it returns.

    Args:
        function: Takes real images, fakes and labels; returns images, labels and targets.

    Raises:
        Wrong: With the likely mistake.
    """
    rng = np.random.default_rng(1)
    real, fake = rng.normal(size=(2, 3, 4, 4, 1))
    answer = function(real, fake, np.array([7, 2, 5]))
    if not isinstance(answer, tuple | list) or len(answer) != 3:
        raise Wrong("Return three things: images, labels, targets.")
    images = expect_array(answer[0], what="the images")
    expect(
        len(images) != 3, "There are 3 images for a batch of 3 real ones. The fakes are missing."
    )
    expect_close(images, np.concatenate([real, fake]), what="the images, real ones first")
    labels = expect_array(answer[1], what="the labels")
    expect(
        len(labels) == len(images),
        f"There are {len(labels)} labels for {len(images)} images: give as many labels as images. "
        "The fakes need theirs too.",
    )
    why = "Each fake must stand beside the label that it was drawn for, in the same order."
    mistakes = [([7, 2, 5, 5, 2, 7], why)]
    expect_close(labels, [7, 2, 5, 7, 2, 5], mistakes, what="the labels")
    _judge_targets(expect_array(answer[2], what="the targets"))


def _judge_targets(targets):
    if targets.size == 6 and np.array_equal(targets.ravel(), [7, 2, 5, 7, 2, 5]):
        raise Wrong(
            "These targets are digits. The discriminator answers one question, real or fake: 1 or "
            "0. The digit is part of the question."
        )
    right = np.array([[1], [1], [1], [0], [0], [0]])
    why = (
        "Fakes are called 1 here. That is the generator's wish; the discriminator is told the "
        "truth, real = 1 and fake = 0."
    )
    expect_close(targets, right, [(1 - right, why)], what="the targets")


def judge_maps(function):
    """Compare the maps of two batches with the label's own row at every pixel.

    Args:
        function: Takes labels, num_classes, height and width; returns the maps.

    Raises:
        Wrong: With the likely mistake.
    """
    known = [
        (
            slips.maps_in_bands,
            "The maps of an image are not constant, they show a band: each number of the row was "
            "repeated by itself. Repeat the row as a whole.",
        ),
        (
            slips.maps_along_the_batch,
            "At the pixels of an image stand the labels of other images of the batch. Repeat each "
            "row over height and width, not along the batch.",
        ),
        (slips.maps_all_white, "All maps are 1: they tell nothing of the label."),
    ]
    for labels, num_classes, height, width in (([3, 8], 10, 4, 4), ([0, 1, 2, 1, 0], 3, 5, 2)):
        asked = np.array(labels, np.int32), num_classes, height, width
        maps = expect_array(function(*asked), what="the maps")
        shape = len(labels), height, width, num_classes
        if maps.shape == (shape[0], num_classes, height, width):
            raise Wrong(f"The classes belong on the last axis: shape {shape}, not {maps.shape}.")
        mistakes = [(mistaken(*asked), message) for mistaken, message in known]
        expect_close(maps, slips.maps_right(*asked), mistakes, what="the maps")
