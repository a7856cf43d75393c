"""The exercises of lesson 12: right answers of other makes; and five wrong mends for each bug."""

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops

from gan_course.clinic import program
from gan_course.exercises import Exercise
from gan_course.lessons.lesson_12 import exercises as ex

EXERCISES = [each for each in vars(ex).values() if isinstance(each, Exercise)]


def keras_generator_loss(fake_logits):
    fake_logits = ops.convert_to_tensor(fake_logits, "float32")
    return keras.losses.BinaryCrossentropy(from_logits=True)(
        ops.ones_like(fake_logits), fake_logits
    )


def absolute_loss(fake_logits):
    return abs(-ops.mean(ops.softplus(-fake_logits)))


def convolutional_discriminator():
    return keras.Sequential(
        [
            keras.Input((14, 14, 1)),
            layers.Conv2D(4, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )


def two_calls_update(generator, discriminator, optimizer, loss, real_images, z):
    fake_images = generator(z, training=True)
    with tf.GradientTape() as tape:
        value = loss(
            discriminator(real_images, training=True), discriminator(fake_images, training=True)
        )
    variables = discriminator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def noise_by_keras(count):
    return keras.random.normal((count, 16))


def mix_by_numpy(count):
    return np.random.default_rng().random((count, 1, 1, 1), dtype=np.float32)


def round_with_keras_losses(g, d, g_optimizer, d_optimizer, real_images, z_d, z_g):
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        real, fake = d(real_images, training=True), d(g(z_d, training=True), training=True)
        d_loss = loss(tf.ones_like(real), real) + loss(tf.zeros_like(fake), fake)
    gradients = tape.gradient(d_loss, d.trainable_variables)
    d_optimizer.apply_gradients(zip(gradients, d.trainable_variables, strict=True))
    with tf.GradientTape() as tape:
        fake = d(g(z_g, training=True), training=True)
        g_loss = loss(tf.ones_like(fake), fake)
    g_optimizer.apply(tape.gradient(g_loss, g.trainable_variables), g.trainable_variables)
    return [d_loss, g_loss]


def rows_repeated_one_after_the_other(rows, height, width):
    repeated = ops.repeat(rows, height * width, axis=0)
    return ops.reshape(repeated, (-1, height, width, rows.shape[-1]))


def split_by_the_tensors_shape(generator, discriminator, optimizer, loss, real_images, z):
    with tf.GradientTape() as tape:
        mixed = tf.concat([real_images, generator(z, training=True)], axis=0)
        logits, count = discriminator(mixed, training=True), tf.shape(real_images)[0]
        value = loss(logits[:count], logits[count:])
    variables = discriminator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def round_of_the_healthy_parts(g, d, g_optimizer, d_optimizer, real_images, z_d, z_g):
    losses = program.discriminator_loss, program.generator_loss
    d_loss = program.update_discriminator(g, d, d_optimizer, losses[0], real_images, z_d)
    return float(d_loss), float(program.update_generator(g, d, g_optimizer, losses[1], z_g))


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (ex.mend_the_sign, keras_generator_loss),
        (ex.mend_the_sign, absolute_loss),
        (ex.mend_the_end, convolutional_discriminator),
        (ex.mend_the_end, lambda: keras.Sequential([layers.Flatten(), layers.Dense(1)])),
        (ex.mend_the_split, two_calls_update),
        (ex.mend_the_split, tf.function(split_by_the_tensors_shape)),
        (ex.mend_the_greed, two_calls_update),
        (ex.mend_the_noise, noise_by_keras),
        (ex.mend_the_noise, lambda count: tf.random.normal((count, 16), seed=1)),
        (ex.translate_the_round, round_with_keras_losses),
        (ex.translate_the_round, round_of_the_healthy_parts),
        (ex.mend_the_mix, mix_by_numpy),
        (ex.mend_the_maps, rows_repeated_one_after_the_other),
        (ex.mend_the_rates, lambda: [1e-4, 4e-4]),  # Zhang et al. 2019
        (ex.mend_the_rates, lambda: np.array([2e-4, 2e-4])),
        (ex.mend_the_pixels, lambda pixels: (pixels - 127.5) / 127.5),
    ],
)
def test_right_answers_of_other_makes_pass(made, answer):
    outcome = made.judge(answer)
    assert outcome.correct, outcome.message


def combined_model(g, d, g_optimizer, d_optimizer, real_images, z_d, z_g):
    loss, ones = keras.losses.BinaryCrossentropy(from_logits=True), np.ones((len(z_d), 1))
    d.compile(loss=loss, optimizer=d_optimizer)
    d.trainable = False
    z = keras.Input((3,))
    combined = keras.Model(z, d(g(z)))
    combined.compile(loss=loss, optimizer=g_optimizer)
    d_loss = d.train_on_batch(real_images, ones) + d.train_on_batch(g(z_d), 0 * ones)
    return d_loss, combined.train_on_batch(z_g, ones)


def update_told_in_one_of_two_calls(generator, discriminator, optimizer, loss, z):
    discriminator(generator(z, training=True), training=True)
    with tf.GradientTape() as tape:
        value = loss(discriminator(generator(z, training=True)))
    variables = generator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def update_that_returns_its_fakes(generator, discriminator, optimizer, loss, z):
    program.update_generator(generator, discriminator, optimizer, loss, z)
    return generator(z, training=True)


@pytest.mark.parametrize(
    ("made", "answer", "words"),
    [
        (ex.translate_the_round, combined_model, "it is frozen while it should learn"),
        (ex.mend_the_silence, update_told_in_one_of_two_calls, "without `training=`"),
        (ex.mend_the_silence, update_that_returns_its_fakes, "is not the loss of this step"),
        (ex.mend_the_split, lambda g, d, o, loss, real, z: None, "returns nothing yet"),
        (ex.mend_the_end, lambda: keras.Sequential([layers.Dense(1)]), "a number for each pixel"),
        (ex.mend_the_mix, lambda n: np.random.normal(0.5, 0.2, (n, 1, 1, 1)), "lie outside"),
    ],
)
def test_other_wrong_answers_are_told_what_they_are(made, answer, words):
    outcome = made.judge(answer)
    assert not outcome.correct and words in outcome.message, outcome.message


@pytest.mark.parametrize("made", EXERCISES, ids=lambda made: made.number)
def test_the_five_most_likely_wrong_mends_fail_each_with_a_message_of_its_own(made):
    outcomes = [made.judge(answer) for answer, _ in made.wrong]
    assert len(outcomes) >= 5
    assert {outcome.status for outcome in outcomes} == {"incorrect"}
    for outcome, (_, expected) in zip(outcomes, made.wrong, strict=True):
        assert expected in outcome.message
    assert len({outcome.message for outcome in outcomes}) >= 5


def test_there_is_a_mend_for_each_of_the_twelve_bugs():
    assert sorted(float(made.number.removeprefix("12.")) for made in EXERCISES) == list(
        range(1, 13)
    )


def test_the_sick_code_of_the_clinic_is_told_what_it_is():
    from gan_course.clinic import bugs, critic, labelled

    sick = {
        ex.mend_the_sign: bugs.wrong_sign_loss,
        ex.mend_the_end: bugs.build_twice_squashed_discriminator,
        ex.mend_the_split: bugs.fixed_split_update,
        ex.mend_the_noise: bugs.grid_noise,
        ex.mend_the_silence: bugs.silent_update_generator,
        ex.mend_the_labels: lambda r, f: bugs.outside_labels_loss(
            *(tf.constant(x) for x in (r, f))
        ),
        ex.mend_the_pixels: bugs.unscaled,
        ex.mend_the_mix: critic.normal_mix,
        ex.mend_the_greed: bugs.greedy_update_discriminator,
        ex.mend_the_maps: labelled.wrong_axis_maps,
        ex.mend_the_rates: bugs.unbalanced_rates,
    }
    for made, bug in sick.items():
        outcome = made.judge(bug)
        assert outcome.status == "incorrect", made.number
        assert any(part in outcome.message for _, part in made.wrong), outcome.message
