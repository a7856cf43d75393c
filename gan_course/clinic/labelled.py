"""A conditional program on zeros and ones: small enough to obey, or not, within seconds."""

from collections.abc import Callable
from dataclasses import dataclass

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from gan_course.clinic.program import (
    LATENT_DIM,
    batches,
    build_generator,
    discriminator_loss,
    draw_noise,
    generator_loss,
    scale,
)
from gan_course.clinic.run import Run, game_curves, small_digits

CLASSES = 2


def label_maps(rows, height, width):
    """Repeat the one-hot row of each image at all its pixels."""
    return ops.tile(rows[:, None, None, :], (1, height, width, 1))


def wrong_axis_maps(rows, height, width):
    """Repeat the rows along the batch, and cut what comes out into images.

    Introduced in lesson 12.
    """
    repeated = ops.tile(rows, (height * width, 1))
    return ops.reshape(repeated, (-1, height, width, rows.shape[-1]))


def build_labelled_generator():
    """Build [z, one-hot row] → the healthy generator behind a layer that mixes the two."""
    z, rows = keras.Input((LATENT_DIM,)), keras.Input((CLASSES,))
    x = layers.Dense(LATENT_DIM)(layers.Concatenate()([z, rows]))
    return keras.Model([z, rows], build_generator()(x))


def build_labelled_discriminator():
    """Build [image, maps] → two hidden layers → one logit."""
    images, maps = keras.Input((14, 14, 1)), keras.Input((14, 14, CLASSES))
    x = layers.Flatten()(layers.Concatenate()([images, maps]))
    for units in (128, 64):
        x = layers.LeakyReLU(negative_slope=0.2)(layers.Dense(units)(x))
        x = layers.Dropout(0.3)(x)
    return keras.Model([images, maps], layers.Dense(1)(x))


@dataclass(frozen=True)
class LabelledProgram:
    """A conditional GAN on zeros and ones; `label_maps` makes what its discriminator sees."""

    label_maps: Callable = label_maps

    def run(self, steps, seed=0):
        """Train two new networks, and return a `Run`: zeros asked for first, then ones.

        Args:
            steps: How many steps of each network, at least 1.
            seed: Of weights, noise and the order of the digits.
        """
        keras.utils.set_random_seed(seed)
        pair = build_labelled_generator(), build_labelled_discriminator()
        optimizers = [keras.optimizers.Adam(1e-3, beta_1=0.5) for _ in pair]
        images, labels = zeros_and_ones()
        step, seen = self._step(*pair, *optimizers), []
        for batch in batches(len(images), steps, np.random.default_rng(seed)):
            rows = tf.one_hot(labels[batch], CLASSES)
            noise = [draw_noise(len(batch)) for _ in range(2)]
            seen.append(step(tf.constant(images[batch]), rows, *noise))
        asked = tf.one_hot(np.repeat([0, 1], 8), CLASSES)
        samples = pair[0]([draw_noise(16), asked], training=False).numpy()
        return Run(game_curves(seen), samples, *pair, self)

    def _step(self, generator, discriminator, generator_optimizer, discriminator_optimizer):
        @tf.function
        def step(real_images, rows, z_for_d, z_for_g):
            maps = self.label_maps(rows, 14, 14)
            fake_images = generator([z_for_d, rows], training=True)
            with tf.GradientTape() as tape:
                real_logits = discriminator([real_images, maps], training=True)
                fake_logits = discriminator([fake_images, maps], training=True)
                d_loss = discriminator_loss(real_logits, fake_logits)
            variables = discriminator.trainable_variables
            discriminator_optimizer.apply(tape.gradient(d_loss, variables), variables)
            with tf.GradientTape() as tape:
                fake_images = generator([z_for_g, rows], training=True)
                g_loss = generator_loss(discriminator([fake_images, maps], training=True))
            variables = generator.trainable_variables
            generator_optimizer.apply(tape.gradient(g_loss, variables), variables)
            verdicts = [ops.mean(ops.sigmoid(logits)) for logits in (real_logits, fake_logits)]
            return d_loss, g_loss, *verdicts

        return step


def zeros_and_ones():
    """Return the images (n, 14, 14, 1) in [−1, 1] of the zeros and ones, and their labels."""
    digits = small_digits()
    kept = digits.labels < CLASSES
    return scale(digits.pixels[kept]), digits.labels[kept]


def obedience(generator, count=200):
    """Return the share of samples that are nearer to the mean digit asked for than to the other.

    Args:
        generator: A model of `build_labelled_generator`.
        count: How many samples.
    """
    images, labels = zeros_and_ones()
    means = np.stack([images[labels == label].mean(axis=0) for label in range(CLASSES)])
    asked = np.arange(count) % CLASSES
    noise = tf.random.stateless_normal((count, LATENT_DIM), seed=(3, 3))
    samples = generator([noise, tf.one_hot(asked, CLASSES)], training=False).numpy()
    far = ((samples[:, None] - means) ** 2).sum(axis=(2, 3, 4))  # (count, classes)
    return float(np.mean(far.argmin(axis=1) == asked))
