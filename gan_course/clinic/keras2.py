"""The training step of many tutorials for Keras 2: a combined model, and `train_on_batch`."""

from dataclasses import dataclass

import gan_course.backend

import keras
import numpy as np
from keras import ops

from gan_course.clinic.program import (
    LATENT_DIM,
    batches,
    build_discriminator,
    build_generator,
    draw_noise,
    scale,
)
from gan_course.clinic.run import Run, game_curves, small_digits


def compile_pair(generator, discriminator):
    """Compile the discriminator while it may learn, freeze it, and compile the two as one.

    Keras 2 took down at `compile` what may learn. Keras 3 looks when it trains for the first time,
    and by then the discriminator is frozen.

    Introduced in lesson 12.
    """
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    discriminator.compile(loss=loss, optimizer=keras.optimizers.Adam(1e-3, beta_1=0.5))
    discriminator.trainable = False
    z = keras.Input((LATENT_DIM,))
    combined = keras.Model(z, discriminator(generator(z)))
    combined.compile(loss=loss, optimizer=keras.optimizers.Adam(1e-3, beta_1=0.5))
    return combined


def train_round(generator, discriminator, combined, real_images):
    """Train the discriminator on reals, then on fakes, then the combined model towards 1.

    Introduced in lesson 12.
    """
    count = len(real_images)
    z = np.random.normal(size=(count, LATENT_DIM)).astype("float32")
    fake_images = np.asarray(generator(z, training=False))
    real_loss = discriminator.train_on_batch(real_images, np.ones((count, 1)))
    fake_loss = discriminator.train_on_batch(fake_images, np.zeros((count, 1)))
    z = np.random.normal(size=(count, LATENT_DIM)).astype("float32")
    g_loss = combined.train_on_batch(z, np.ones((count, 1)))
    return real_loss + fake_loss, g_loss


@dataclass(frozen=True)
class CombinedProgram:
    """A generator and a discriminator trained by `train_on_batch`, as in Keras 2."""

    def run(self, steps, seed=0):
        """Train two new networks, and return what happened, a `Run`.

        Args:
            steps: How many rounds, at least 1.
            seed: Of weights, noise and the order of the digits.
        """
        keras.utils.set_random_seed(seed)
        generator, discriminator = build_generator(), build_discriminator()
        combined = compile_pair(generator, discriminator)
        images, seen = scale(small_digits().pixels), []
        for batch in batches(len(images), steps, np.random.default_rng(seed)):
            real_images = images[batch]
            fake_images = generator(draw_noise(len(batch)), training=False)
            verdicts = [
                ops.mean(ops.sigmoid(discriminator(shown, training=False)))
                for shown in (real_images, fake_images)
            ]
            losses = train_round(generator, discriminator, combined, real_images)
            seen.append((*losses, *verdicts))
        samples = generator(draw_noise(16), training=False).numpy()
        return Run(game_curves(seen), samples, generator, discriminator, self)
