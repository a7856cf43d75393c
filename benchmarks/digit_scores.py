"""What the digit benchmarks of lessons 07 and 08 share: a timed training, distances per class."""

import time

import gan_course.backend

import numpy as np
import tensorflow as tf
from common import rounded

from gan_course.data import load_mnist
from gan_course.metrics import features, frechet_distance, frechet_distance_draws
from gan_course.metrics.classifier import run_classifier
from gan_course.recipes import get_recipe

PER_CLASS = 400  # real digits of each class among the 4,000


def use_threads(count):
    """Let TensorFlow use so many threads. Call it before anything is computed."""
    tf.config.threading.set_intra_op_parallelism_threads(count)
    tf.config.threading.set_inter_op_parallelism_threads(count)


def train_from_nothing(name, images, seed, **overrides):
    """Train a recipe for its own number of steps, building and tracing included.

    Args:
        name: The recipe's name.
        images: Real images in the recipe's range.
        seed: The seed.
        **overrides: Arguments of `Recipe.trainer`, such as labels.

    Returns:
        The trainer, and the first columns of a row: seed, steps, seconds by the clock, CPU seconds.
    """
    recipe = get_recipe(name)
    clock, cpu = time.perf_counter(), time.process_time()
    trainer = recipe.trainer(images, seed=seed, **overrides)
    trainer.run(recipe.steps, progress=False)
    spent = {"seconds": time.perf_counter() - clock, "cpu_seconds": time.process_time() - cpu}
    spent = {column: rounded(seconds) for column, seconds in spent.items()}
    return trainer, {"seed": seed, "steps": trainer.step, **spent}


def as_columns(name, values):
    """Return {name_0: …, name_1: …} for a table, one column for each digit."""
    return {f"{name}_{digit}": rounded(value) for digit, value in enumerate(values)}


class RealDigits:
    """The 4,000 digits that GANs train on, in [-1, 1], and their features."""

    def __init__(self):
        digits = load_mnist(value_range=(-1, 1), split="gan")
        self.images, self.labels = digits.images, digits.labels
        self.features = features(self.images, value_range=(-1, 1))

    def distance(self, fake_features):
        """Return the Fréchet distance of fakes from all of them."""
        return frechet_distance(fake_features, self.features)

    def distance_draws(self, fake_features):
        """Return the distances of sets of 2,000 fakes from as many real ones: quote their mean."""
        return frechet_distance_draws(fake_features, self.features)

    def distances_per_class(self, fake_features, digits):
        """Return ten Fréchet distances: at most 400 fakes of a digit from the 400 real ones.

        Args:
            fake_features: Array (n, 64).
            digits: The digit that each fake counts for, (n,); at least 40 of each.
        """
        found = []
        for digit in range(10):
            fakes = fake_features[digits == digit][:PER_CLASS]
            found.append(frechet_distance(fakes, self.features[self.labels == digit]))
        return found


def judge(images):
    """Return the features (n, 64) and the most probable digits (n,) of images in [-1, 1]."""
    found, probabilities = run_classifier(images, (-1, 1))
    return found, np.argmax(probabilities, axis=1)
