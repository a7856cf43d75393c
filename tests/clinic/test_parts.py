"""The numbers that the lesson derives for the bugs, against computations of another make."""

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf
from scipy import optimize, stats

from gan_course.clinic import bugs, critic, keras2, program
from gan_course.clinic.cases import case
from gan_course.clinic.program import BATCH, batches
from gan_course.clinic.run import small_digits


def column(values):
    return tf.constant(np.reshape(values, (-1, 1)), tf.float32)


def test_the_healthy_losses_rest_at_2_log_2_and_log_2():
    zeros = column([0.0, 0.0])
    assert float(program.discriminator_loss(zeros, zeros)) == pytest.approx(2 * np.log(2))
    assert float(program.generator_loss(zeros)) == pytest.approx(np.log(2))


def test_the_healthy_losses_are_those_of_keras():
    real, fake = column([1.5, -2.0, 0.3]), column([-0.7, 4.0, 0.0])
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    expected = loss(tf.ones_like(real), real) + loss(tf.zeros_like(fake), fake)
    assert float(program.discriminator_loss(real, fake)) == pytest.approx(float(expected), 1e-5)


def test_a_discriminator_with_two_sigmoids_cannot_get_below_1_006():
    def loss(probabilities):
        return float(program.discriminator_loss(*(column([p]) for p in probabilities)))

    best = min(loss(p) for p in np.random.default_rng(0).random((200, 2)))
    assert loss((1.0, 0.0)) == pytest.approx(1.0064, abs=1e-4)
    assert best >= loss((1.0, 0.0))


def test_with_the_label_minus_1_the_loss_has_no_lower_end():
    losses = [float(bugs.outside_labels_loss(column([0.0]), column([x]))) for x in (0, -50, -500)]
    assert losses[0] > losses[1] > losses[2] < -400
    slope = optimize.approx_fprime([-3.0], lambda x: np.logaddexp(0, x[0]) + x[0])
    assert slope[0] == pytest.approx(1 + 1 / (1 + np.exp(3)), abs=1e-4)


def test_an_epoch_holds_every_image_once_and_ends_with_a_small_batch():
    epoch = list(batches(4000, 32, np.random.default_rng(0)))
    assert [len(batch) for batch in epoch] == [BATCH] * 31 + [32]
    assert np.array_equal(np.sort(np.concatenate(epoch)), np.arange(4000))
    assert len(list(batches(4000, 70, np.random.default_rng(0)))) == 70


def test_the_small_digits_are_means_of_four_pixels():
    digits = small_digits()
    assert digits.pixels.shape == (4000, 14, 14, 1)
    assert digits.pixels.min() >= 0 and 200 < digits.pixels.max() <= 255


def test_where_the_penalty_looks():
    assert critic.off_the_segment(critic.draw_mix) == 0
    assert critic.off_the_segment(critic.pixel_mix) == 1
    inside = stats.norm.cdf(1) - stats.norm.cdf(0)
    assert critic.off_the_segment(critic.normal_mix, 4000) == pytest.approx(1 - inside, abs=0.04)


def test_slopes_are_the_length_of_the_gradient():
    images = keras.Input((14, 14, 1))
    line = keras.Model(images, keras.layers.Dense(1)(keras.layers.Flatten()(images)))
    length = np.linalg.norm(line.trainable_variables[0].numpy())
    found = critic.slopes(line, tf.zeros((3, 14, 14, 1))).numpy()
    assert np.allclose(found, length, rtol=1e-4)


def test_the_slope_that_a_penalty_leaves_is_1_plus_w_over_2_lambda():
    distance = 9.0
    best = optimize.minimize_scalar(lambda s: -s * distance + critic.WEIGHT * (s - 1) ** 2).x
    assert best == pytest.approx(1 + distance / (2 * critic.WEIGHT))


def test_right_maps_are_constant_and_wrong_ones_hold_the_rows_of_others():
    rows = tf.one_hot([0, 1, 1], 2)
    right = case("maps").healthy.label_maps(rows, 3, 4).numpy()
    assert right.shape == (3, 3, 4, 2) and (right == rows.numpy()[:, None, None]).all()
    wrong = case("maps").sick.label_maps(rows, 3, 4).numpy()
    assert wrong.shape == right.shape and np.ptp(wrong[0, ..., 0]) == 1


def test_the_combined_model_of_keras_2_freezes_the_discriminator_with_one_warning(eagerly):
    generator, discriminator = program.build_generator(), program.build_discriminator()
    combined = keras2.compile_pair(generator, discriminator)
    before = [each.copy() for each in discriminator.get_weights()]
    others = [each.copy() for each in generator.get_weights()]
    images = program.scale(small_digits().pixels[:8])
    with pytest.warns(UserWarning, match="does not have any trainable weights"):
        keras2.train_round(generator, discriminator, combined, images)
    for old, new in zip(before, discriminator.get_weights(), strict=True):
        assert np.array_equal(old, new)
    moved = zip(others, generator.get_weights(), strict=True)
    assert any(not np.array_equal(old, new) for old, new in moved)
