"""A Wasserstein critic between two digits, where the right answer is known: their distance."""

from collections.abc import Callable
from dataclasses import dataclass

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from gan_course.clinic.program import scale
from gan_course.clinic.run import Run, small_digits
from gan_course.losses.penalties import ROOT, squared_slopes

PAIRS = 128
WEIGHT = 10.0  # λ of the penalty


def draw_mix(count):
    """Draw α: one number for each pair, uniform in [0, 1].

    Introduced in lesson 12.
    """
    return tf.random.uniform((count, 1, 1, 1))


def normal_mix(count):
    """Draw α from the normal distribution: a third of them lie between 0 and 1.

    Introduced in lesson 12.
    """
    return tf.random.normal((count, 1, 1, 1))


def pixel_mix(count):
    """Draw an α for each pixel.

    Introduced in lesson 12.
    """
    return tf.random.uniform((count, 14, 14, 1))


def two_digits():
    """Return a 3 in the role of all real images, and an 8 in that of all fakes, (1, 14, 14, 1)."""
    digits = small_digits()
    three, eight = (scale(digits.pixels[digits.labels == label][:1]) for label in (3, 8))
    return three, eight


def build_critic():
    """Build 14×14 pixels → two hidden layers → one score; batch norm would mix images."""
    images = keras.Input((14, 14, 1))
    x = layers.Flatten()(images)
    for units in (64, 64):
        x = layers.Dense(units, activation="relu")(x)
    return keras.Model(images, layers.Dense(1)(x))


def slopes(critic, images):
    """Return the length of the critic's gradient at each image, (n,)."""
    return ops.sqrt(squared_slopes(critic, images) + ROOT)


@dataclass(frozen=True)
class CriticProgram:
    """A critic alone, trained with a gradient penalty; `draw_mix` draws its α."""

    draw_mix: Callable = draw_mix

    def run(self, steps, seed=0):
        """Train a new critic, and return a `Run`: distances, slopes, and sixteen places x̂.

        Args:
            steps: How many steps, at least 1.
            seed: Of the weights and of α.
        """
        keras.utils.set_random_seed(seed)
        critic, optimizer = build_critic(), keras.optimizers.Adam(2e-3, beta_1=0.5)
        real, fake = (tf.constant(image) for image in two_digits())
        shares = np.linspace(0.0, 1.0, 11, dtype=np.float32)[:, None, None, None]
        between = shares * real + (1.0 - shares) * fake

        @tf.function
        def step():
            mix = self.draw_mix(PAIRS)
            with tf.GradientTape() as tape:
                lead = ops.mean(critic(real, training=True) - critic(fake, training=True))
                found = slopes(critic, mix * real + (1.0 - mix) * fake)
                loss = -lead + WEIGHT * ops.mean(ops.square(found - 1.0))
            variables = critic.trainable_variables
            optimizer.apply(tape.gradient(loss, variables), variables)
            return lead, ops.mean(found), ops.mean(slopes(critic, between))

        lead, found, true = np.array([[float(each) for each in step()] for _ in range(steps)]).T
        distance = np.full(steps, float(np.linalg.norm(real - fake)))
        curves = {
            "distance": {"critic's estimate": lead, "true distance": distance},
            "slope": {"where the penalty looks": found, "between the two digits": true},
        }
        mix = self.draw_mix(16)
        return Run(curves, np.asarray(mix * real + (1.0 - mix) * fake), None, critic, self)


def off_the_segment(draw, count=1000):
    """Return the share of the places x̂ that do not lie between their two digits.

    Args:
        draw: A function of a count that returns α.
        count: How many places.

    Introduced in lesson 12.
    """
    real, fake = (image.ravel().astype(np.float64) for image in two_digits())
    mix = np.asarray(draw(count), np.float64)
    mix = np.broadcast_to(mix, (count, 14, 14, 1)).reshape(count, -1)
    places = mix * real + (1.0 - mix) * fake
    way = real - fake
    along = (places - fake) @ way / (way @ way)  # 0 at the fake, 1 at the real digit
    aside = np.linalg.norm(places - fake - along[:, None] * way, axis=1)
    inside = (along >= -1e-6) & (along <= 1 + 1e-6) & (aside < 1e-3 * np.linalg.norm(way))
    return float(np.mean(~inside))
