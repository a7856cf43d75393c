"""The healthy program: a small GAN on digits of 14×14 pixels, in parts that can be replaced.

Most bugs of the clinic are one of these parts, written wrongly.
"""

from collections.abc import Callable
from dataclasses import dataclass

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from gan_course.clinic.run import Run, game_curves, small_digits

LATENT_DIM = 16
BATCH = 128  # 4,000 digits are 31 batches of 128, and a last one of 32


def scale(pixels):
    """Turn pixels from [0, 255] to [−1, 1], the range of tanh.

    Introduced in lesson 12.
    """
    return pixels / 127.5 - 1.0


def build_generator():
    """Build z → two hidden layers with batch norm → 14×14 pixels between −1 and 1.

    Introduced in lesson 12.
    """
    z = x = keras.Input((LATENT_DIM,))
    for units in (64, 128):
        x = layers.Dense(units)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
        x = layers.ReLU()(x)
    x = layers.Dense(14 * 14, activation="tanh")(x)
    return keras.Model(z, layers.Reshape((14, 14, 1))(x))


def build_discriminator():
    """Build 14×14 pixels → two hidden layers with dropout → one logit.

    Introduced in lesson 12.
    """
    images = keras.Input((14, 14, 1))
    x = layers.Flatten()(images)
    for units in (128, 64):
        x = layers.Dense(units)(x)
        x = layers.LeakyReLU(negative_slope=0.2)(x)
        x = layers.Dropout(0.3)(x)
    return keras.Model(images, layers.Dense(1)(x))


def discriminator_loss(real_logits, fake_logits):
    """Return the cross-entropy of logits with real = 1 and fake = 0.

    Introduced in lesson 12.
    """
    return ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))


def generator_loss(fake_logits):
    """Return −E[log D(G(z))] from logits.

    Introduced in lesson 12.
    """
    return ops.mean(ops.softplus(-fake_logits))


def update_discriminator(generator, discriminator, optimizer, loss, real_images, z):
    """Take one step of the discriminator on a mixed batch, real images first.

    Introduced in lesson 12.
    """
    fake_images = generator(z, training=True)
    count = real_images.shape[0]
    with tf.GradientTape() as tape:
        mixed = ops.concatenate([real_images, fake_images])
        logits = discriminator(mixed, training=True)
        value = loss(logits[:count], logits[count:])
    variables = discriminator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def update_generator(generator, discriminator, optimizer, loss, z):
    """Take one step of the generator, through the discriminator.

    Introduced in lesson 12.
    """
    with tf.GradientTape() as tape:
        fake_images = generator(z, training=True)
        value = loss(discriminator(fake_images, training=True))
    variables = generator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def learning_rates():
    """Return the learning rate of the generator, then of the discriminator."""
    return 1e-3, 1e-3


def draw_noise(count):
    """Draw fresh latent vectors.

    Introduced in lesson 12.
    """
    return tf.random.normal((count, LATENT_DIM))


@dataclass(frozen=True)
class Program:
    """A training program: the healthy parts, unless another is given in the place of one.

    Example:
        >>> Program(generator_loss=my_loss).run(steps=100).curves["losses"]["generator"]
    """

    scale: Callable = scale
    build_generator: Callable = build_generator
    build_discriminator: Callable = build_discriminator
    discriminator_loss: Callable = discriminator_loss
    generator_loss: Callable = generator_loss
    update_discriminator: Callable = update_discriminator
    update_generator: Callable = update_generator
    learning_rates: Callable = learning_rates
    draw_noise: Callable = draw_noise

    def run(self, steps, seed=0):
        """Train two new networks, and return what happened, a `Run`.

        Args:
            steps: How many steps of each network, at least 1.
            seed: Of weights, noise and the order of the digits.
        """
        keras.utils.set_random_seed(seed)
        generator, discriminator = self.build_generator(), self.build_discriminator()
        optimizers = [keras.optimizers.Adam(rate, beta_1=0.5) for rate in self.learning_rates()]
        step = self._step(generator, discriminator, *optimizers)
        images = self.scale(small_digits().pixels)
        seen = []
        for batch in batches(len(images), steps, np.random.default_rng(seed)):
            real_images = tf.constant(images[batch])
            noise = [self.draw_noise(len(batch)) for _ in range(2)]
            seen.append(step(real_images, *noise))
        shown = ops.concatenate([self.draw_noise(BATCH)[:8], draw_noise(8)])
        samples = generator(shown, training=False).numpy()
        return Run(game_curves(seen), samples, generator, discriminator, self)

    def _step(self, generator, discriminator, generator_optimizer, discriminator_optimizer):
        @tf.function
        def step(real_images, z_for_d, z_for_g):
            fake_images = generator(z_for_d, training=False)
            verdicts = [
                ops.mean(ops.sigmoid(discriminator(images, training=False)))
                for images in (real_images, fake_images)
            ]
            pair = generator, discriminator
            d_loss = self.update_discriminator(
                *pair, discriminator_optimizer, self.discriminator_loss, real_images, z_for_d
            )
            g_loss = self.update_generator(*pair, generator_optimizer, self.generator_loss, z_for_g)
            return d_loss, g_loss, *verdicts

        return step


def batches(count, steps, rng):
    """Yield the indices of `steps` batches: each epoch holds every index once, in a new order.

    Args:
        count: How many images there are; the last batch of an epoch holds what is left over.
        steps: How many batches.
        rng: A NumPy generator.
    """
    done = 0
    while done < steps:
        order = rng.permutation(count)
        for start in range(0, count, BATCH)[: steps - done]:
            yield order[start : start + BATCH]
            done += 1
