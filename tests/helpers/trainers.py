"""Small trainers that tests share: compiling one takes most of a second, a step takes next to none.

Also the smallest pair of networks that take labels.
"""

import math
from collections import defaultdict

import gan_course.backend

import keras
import numpy as np
from keras import layers

SHAPE = (4, 4, 1)


class Shared:
    """Hands out trainers as good as new: those that were given back are set to their start again.

    `give_back()` belongs into a fixture that runs after each test. What is asked for twice within a
    test are two trainers.

    Args:
        make: A function of keyword arguments that returns a `Trainer`. It is called where no
            trainer of these arguments lies idle; `make` itself always builds a fresh one.
    """

    def __init__(self, make):
        self.fresh, self._idle, self._lent = make, defaultdict(list), []

    def __call__(self, **options):
        key = repr(sorted(options.items()))
        if not self._idle[key]:
            trainer = self.fresh(**options)
            variables = [v for group in trainer.engine.variables().values() for v in group]
            self._idle[key].append((trainer, [(v, v.numpy().copy()) for v in variables]))
        trainer, start = self._idle[key].pop()
        for variable, value in start:
            variable.assign(value)
        trainer.history = {column: [] for column in trainer.history}
        vars(trainer).pop("steps_per_call", None)
        self._lent.append((key, (trainer, start)))
        return trainer

    def give_back(self):
        """Take back all that was handed out."""
        for key, lent in self._lent:
            self._idle[key].append(lent)
        self._lent.clear()


def labelled_pair(shape=SHAPE, num_classes=3):
    """The smallest conditional pair: an embedding of the label beside the input."""

    def embed(labels):
        return layers.Embedding(num_classes, 3)(labels)

    z, labels = keras.Input((3,), name="z"), keras.Input((), dtype="int32", name="labels")
    pixels = layers.Dense(math.prod(shape), activation="sigmoid")
    x = pixels(layers.Concatenate()([z, embed(labels)]))
    generator = keras.Model([z, labels], layers.Reshape(shape)(x))
    images, labels = keras.Input(shape), keras.Input((), dtype="int32", name="labels")
    x = layers.Concatenate()([layers.Flatten()(images), embed(labels)])
    x = layers.Dense(16, activation="relu")(x)
    return generator, keras.Model([images, labels], layers.Dense(1)(x))


def labelled_data(count=90, shape=SHAPE, num_classes=3):
    """Images whose brightness is their label, evenly from 0.1 to 0.9; and the labels."""
    labels = np.arange(count) % num_classes
    bright = np.linspace(0.1, 0.9, num_classes, dtype=np.float32)[labels]
    return np.ones((count, *shape), np.float32) * bright[:, None, None, None], labels
