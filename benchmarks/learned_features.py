"""Compare hand-made features with the same features after they were corrected end to end.

    python benchmarks/learned_features.py

Every network starts from the same 16 features, the mean ink of 16 blocks of a digit. In one half
of the runs they stay as they are and only the later layers learn; in the other half the gradient
may change them too. Five seeds, two sizes of the later layer: 64 units, and 1,024 to see whether
a larger learner makes up for what the features left out. Trained on the 3,500 training digits
and read on the 1,000 test digits; nothing was chosen by the result. Lesson 00 shows the table.
"""

import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import gan_course.backend

import keras
import numpy as np
from common import write_results
from keras import layers

from gan_course.data import load_mnist

SEEDS = range(5)
LATER_UNITS = (64, 1024)
EPOCHS = 30


def block_weights():
    """Return the weights of a dense layer that computes the 16 block means, times 10."""
    weights = np.zeros((28, 28, 16), np.float32)
    for block in range(16):
        row, column = 7 * (block // 4), 7 * (block % 4)
        weights[row : row + 7, column : column + 7, block] = 10 / 49
    return weights.reshape(784, 16)


def build_reader(learn_features, later_units=64):
    """Return a compiled network: 16 features of the pixels, one later layer, ten logits."""
    images = keras.Input((28, 28, 1), name="images")
    pixels = layers.Flatten(name="pixels")(images)  # (n, 784)
    features = layers.Dense(16, trainable=learn_features, name="features")(pixels)  # (n, 16)
    later = layers.Dense(later_units, activation="relu", name="later")(features)
    logits = layers.Dense(10, name="logits")(later)
    reader = keras.Model(images, logits, name="reader")
    reader.get_layer("features").set_weights([block_weights(), np.zeros(16)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    reader.compile(keras.optimizers.Adam(3e-3), loss, metrics=["accuracy"])
    return reader


def main():
    """Run every seed, and write the table at the end."""
    train, test = (load_mnist(value_range=(0, 1), split=split) for split in ("train", "test"))
    rows = []
    for seed in SEEDS:
        for later_units in LATER_UNITS:
            for learn_features in (False, True):
                keras.utils.set_random_seed(seed)
                reader = build_reader(learn_features, later_units)
                start = time.perf_counter()
                reader.fit(train.images, train.labels, batch_size=64, epochs=EPOCHS, verbose=0)
                seconds = time.perf_counter() - start
                right = [
                    reader.evaluate(digits.images, digits.labels, verbose=0)[1]
                    for digits in (train, test)
                ]
                rows.append(
                    {
                        "seed": seed,
                        "features": "learned" if learn_features else "hand-made",
                        "later_units": later_units,
                        "epochs": EPOCHS,
                        "train_accuracy": f"{right[0]:.4f}",
                        "test_accuracy": f"{right[1]:.4f}",
                        "seconds": f"{seconds:.1f}",
                    }
                )
                print(rows[-1], flush=True)
    write_results("learned_features.csv", rows)


if __name__ == "__main__":
    main()
