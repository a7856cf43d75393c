"""Bugs in parts of the healthy program: each has the name of its part in `program`, and its flaw.

They are written as one finds them: nothing here raises an exception.
"""

import gan_course.backend

import keras
import tensorflow as tf
from keras import layers, ops

from gan_course.clinic.program import BATCH, LATENT_DIM


def wrong_sign_loss(fake_logits):
    """Return the generator's loss with the wrong sign.

    Introduced in lesson 12.
    """
    return -ops.mean(ops.softplus(-fake_logits))


def outside_labels_loss(real_logits, fake_logits):
    """Return a cross-entropy with real = 1 and fake = −1.

    Introduced in lesson 12.
    """
    logits = ops.concatenate([real_logits, fake_logits])
    labels = ops.concatenate([ops.ones_like(real_logits), -ops.ones_like(fake_logits)])
    return 2 * ops.mean(ops.softplus(logits) - labels * logits)


def build_twice_squashed_discriminator():
    """Build a discriminator that ends in a sigmoid, for losses that apply one too.

    Introduced in lesson 12.
    """
    images = keras.Input((14, 14, 1))
    x = layers.Flatten()(images)
    for units in (128, 64):
        x = layers.Dense(units)(x)
        x = layers.LeakyReLU(negative_slope=0.2)(x)
        x = layers.Dropout(0.3)(x)
    return keras.Model(images, layers.Dense(1, activation="sigmoid")(x))


def unscaled(pixels):
    """Return pixels from 0 to 255 as they come.

    Introduced in lesson 12.
    """
    return pixels * 1.0


def fixed_split_update(generator, discriminator, optimizer, loss, real_images, z):
    """Take a step on a mixed batch, of which the first 128 count as real.

    Introduced in lesson 12.
    """
    fake_images = generator(z, training=True)
    with tf.GradientTape() as tape:
        mixed = ops.concatenate([real_images, fake_images])
        logits = discriminator(mixed, training=True)
        value = loss(logits[:BATCH], logits[BATCH:])
    variables = discriminator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def silent_update_discriminator(generator, discriminator, optimizer, loss, real_images, z):
    """Take a step of the discriminator, and tell nobody that it is one.

    Introduced in lesson 12.
    """
    fake_images = generator(z)
    count = real_images.shape[0]
    with tf.GradientTape() as tape:
        logits = discriminator(ops.concatenate([real_images, fake_images]))
        value = loss(logits[:count], logits[count:])
    variables = discriminator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def silent_update_generator(generator, discriminator, optimizer, loss, z):
    """Take a step of the generator, and tell nobody that it is one.

    Introduced in lesson 12.
    """
    with tf.GradientTape() as tape:
        value = loss(discriminator(generator(z)))
    variables = generator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def greedy_update_discriminator(generator, discriminator, optimizer, loss, real_images, z):
    """Take a step of both networks down the discriminator's loss.

    Introduced in lesson 12.
    """
    count = real_images.shape[0]
    with tf.GradientTape() as tape:
        fake_images = generator(z, training=True)
        mixed = ops.concatenate([real_images, fake_images])
        logits = discriminator(mixed, training=True)
        value = loss(logits[:count], logits[count:])
    variables = generator.trainable_variables + discriminator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def greedy_update_generator(generator, discriminator, optimizer, loss, z):
    """Take a step of both networks down the generator's loss.

    Introduced in lesson 12.
    """
    with tf.GradientTape() as tape:
        fake_images = generator(z, training=True)
        value = loss(discriminator(fake_images, training=True))
    variables = generator.trainable_variables + discriminator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def unbalanced_rates():
    """Return learning rates of which one lost two zeros on the way.

    Introduced in lesson 12.
    """
    return 1e-5, 1e-3


def grid_noise(count):
    """Return the sixteen latent vectors of the grid of samples, again and again.

    Introduced in lesson 12.
    """
    grid_z = tf.random.stateless_normal((16, LATENT_DIM), seed=(1, 1))
    return tf.gather(grid_z, tf.range(count) % 16)
