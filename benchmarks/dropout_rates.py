"""Dropout rate against held-out error: a network that reads digits, taught with 500 of them.

    python benchmarks/dropout_rates.py

Each seed draws its own 500 of the 3,500 training digits, 50 of each class, the same for all rates,
and its own first weights. Held out are the other 3,000 training digits and the 500 validation
digits. The 1,000 test digits are scored too: a rate that was chosen by the held-out error has to
be judged on digits that had no part in the choice. Every run takes the same number of epochs, and
nothing else is tuned. Lesson 04 shows the table and runs one seed.
"""

import time

import gan_course.backend

import keras
import numpy as np
from common import SEEDS, machine, rounded, write_results
from keras import layers

from gan_course.data import load_mnist

RATES = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
EPOCHS = 60


def build_reader(rate, units=512):
    """Return a compiled network, two hidden layers; half of `rate` drops pixels, `rate` units."""
    images = keras.Input((28, 28, 1), name="images")
    x = layers.Flatten(name="pixels")(images)
    x = layers.Dropout(rate / 2, name="drop_pixels")(x)
    for depth in (1, 2):
        x = layers.Dense(units, activation="relu", name=f"hidden_{depth}")(x)
        x = layers.Dropout(rate, name=f"drop_{depth}")(x)
    reader = keras.Model(images, layers.Dense(10, name="logits")(x), name="reader")
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.Adam(1e-3)
    reader.compile(optimizer, loss, metrics=["accuracy"], jit_compile=False, steps_per_execution=10)
    return reader


def draw_few(digits, per_class, seed):
    """Return a mask of the digits: True for `per_class` of each class, drawn with the seed."""
    rng = np.random.default_rng(seed)
    few = np.zeros(len(digits.labels), dtype=bool)
    for label in range(10):
        few[rng.choice(np.flatnonzero(digits.labels == label), per_class, replace=False)] = True
    return few


def errors_of(reader, images, labels):
    """Return the loss and the share of wrong answers, with everything switched on."""
    loss, accuracy = reader.evaluate(images, labels, batch_size=500, verbose=0)
    return loss, 1 - accuracy


def main():
    """Run every rate with every seed, print and write the errors."""
    train, validation, test = (
        load_mnist(value_range=(0, 1), split=split) for split in ("train", "validation", "test")
    )
    rows = []
    for seed in SEEDS:
        few = draw_few(train, 50, seed)
        held_images = np.concatenate([train.images[~few], validation.images])
        held_labels = np.concatenate([train.labels[~few], validation.labels])
        sets = {
            "train": (train.images[few], train.labels[few]),
            "held_out": (held_images, held_labels),
            "test": (test.images, test.labels),
        }
        for rate in RATES:
            keras.utils.set_random_seed(seed)
            reader = build_reader(rate)
            start = time.perf_counter()
            reader.fit(*sets["train"], batch_size=50, epochs=EPOCHS, verbose=0)
            seconds = time.perf_counter() - start
            row = {"rate": rate, "seed": seed, "epochs": EPOCHS}
            for name, (images, labels) in sets.items():
                loss, error = errors_of(reader, images, labels)
                row |= {f"{name}_error": rounded(error), f"{name}_loss": rounded(loss)}
            rows.append(row | {"seconds": rounded(seconds, 3), "machine": machine()})
            print(rows[-1], flush=True)
    write_results("dropout_rates.csv", rows)


if __name__ == "__main__":
    main()
