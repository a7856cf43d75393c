"""The exercises of lesson 08: right answers of another make, and a wrong one in all parts."""

import numpy as np
import pytest

from gan_course.lessons.lesson_08 import exercises as ex


def beside_z_with_keras(z, labels, num_classes=10):
    from keras import ops

    return ops.concatenate([z, ops.one_hot(labels, num_classes, dtype=z.dtype)], axis=1)


def obedience_by_counting(asked, read, num_classes=10):
    hits = np.bincount(asked[asked == read], minlength=num_classes)
    return list(hits / np.bincount(asked, minlength=num_classes))


def blend_in_a_loop(first_row, second_row, shares):
    pairs = list(zip(first_row, second_row, strict=True))
    return [[(1 - share) * a + share * b for a, b in pairs] for share in shares]


def maps_in_half_precision(labels, num_classes=10, height=28, width=28):
    maps = np.zeros((len(labels), height, width, num_classes), np.float16)
    for image, label in zip(maps, labels, strict=True):
        image[..., label] = 1
    return maps


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (ex.label_beside_z, beside_z_with_keras),
        (ex.obedience, obedience_by_counting),
        (ex.blend_rows, blend_in_a_loop),
        (ex.mend_the_maps, maps_in_half_precision),
    ],
)
def test_right_answers_of_other_makes_pass(made, answer):
    assert made.check(answer).correct


def test_pairs_without_fakes_are_told_so_though_all_three_parts_are_short():
    outcome = ex.discriminator_pairs.check(
        lambda real, fake, labels: (real, labels, np.ones((len(real), 1)))
    )
    assert "The fakes are missing" in outcome.message
