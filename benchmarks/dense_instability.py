"""One number changed: the learning rate, in the dense GAN and in a classifier of the same layers.

    python benchmarks/dense_instability.py  # what is missing; delete the CSV to measure all again

Each trains 2,000 steps of 128 digits on the same 4,000, by Adam with β₁ = 0.5. The classifier is
the GAN's discriminator, dropout included, with ten outputs in place of one; it is scored on the
1,000 test digits. The GAN's distance is that of one set of 2,000 samples: what is compared differs
by more than a factor of four.
"""

import gan_course.backend

import keras
import tensorflow as tf
from common import SEEDS, machine, read_rows, rounded, write_results

from gan_course import metrics
from gan_course.data import load_mnist
from gan_course.models import build_dense_discriminator
from gan_course.recipes import get_recipe

RATES = (2e-3, 2e-2)
STEPS, BATCH = 2000, 128
SAMPLES = 2000
RESULT = "dense_instability.csv"


def adam(rate):
    """Return the optimiser of every network here."""
    return keras.optimizers.Adam(rate, beta_1=0.5)


def train_gan(digits, rate, seed):
    """Train the GAN; return its columns."""
    trainer = get_recipe("dense").trainer(
        digits.images,
        seed=seed,
        generator_optimizer=adam(rate),
        discriminator_optimizer=adam(rate),
    )
    trainer.run(STEPS, progress=False)
    report = metrics.evaluate(trainer.sample(SAMPLES, seed=1), value_range=(0, 1))
    return {"fd": rounded(report["fd"]), "classes": report["coverage"], "test_accuracy": ""}


def train_classifier(digits, rate, seed):
    """Train the discriminator's layers to name the digit; return the columns."""
    keras.utils.set_random_seed(seed)
    body = build_dense_discriminator()
    classifier = keras.Model(body.input, keras.layers.Dense(10)(body.layers[-2].output))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    classifier.compile(adam(rate), loss, metrics=["accuracy"])
    batches = tf.data.Dataset.from_tensor_slices((digits.images, digits.labels))
    batches = batches.shuffle(len(digits), seed=seed).repeat().batch(BATCH)
    classifier.fit(batches, steps_per_epoch=STEPS, shuffle=False, verbose=0)  # it is already
    test = load_mnist(value_range=(0, 1), split="test")
    accuracy = classifier.evaluate(test.images, test.labels, verbose=0)[1]
    return {"fd": "", "classes": "", "test_accuracy": rounded(accuracy)}


def main():
    """Train each at each rate with each seed, write the rows as they come."""
    digits, rows = load_mnist(value_range=(0, 1), split="gan"), read_rows(RESULT)
    done = {(row["what"], float(row["rate"]), int(row["seed"])) for row in rows}
    for name, train in (("GAN", train_gan), ("classifier", train_classifier)):
        for rate in RATES:
            for seed in SEEDS:
                if (name, rate, seed) in done:
                    continue
                row = {"what": name, "rate": rate, "seed": seed, "steps": STEPS}
                rows.append({**row, **train(digits, rate, seed), "machine": machine()})
                print(rows[-1], flush=True)
                write_results(RESULT, rows)


if __name__ == "__main__":
    main()
