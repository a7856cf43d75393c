"""The dense GAN with and without dropout in its discriminator: what the discriminator learns.

    python benchmarks/dropout_discriminator.py

The recipe "dense" of lesson 06, with one number changed: the dropout of the discriminator. It sees
the 3,500 training digits; the 1,000 test digits are real too and new to it. A discriminator that
has learned what digits look like calls both real equally often; one that has learned its digits by
heart does not. Lesson 04 shows the table and runs one seed.
"""

import gan_course.backend

import keras
from common import SEEDS, machine, rounded, write_results

from gan_course import metrics, models
from gan_course.data import load_mnist
from gan_course.recipes import get_recipe
from gan_course.training import Trainer

RATES = (0.0, 0.5)
STEPS = 3000


def train_pair(images, rate, steps, seed):
    """Train the dense GAN with this dropout rate in its discriminator, and return the trainer."""
    recipe = get_recipe("dense")
    keras.utils.set_random_seed(seed)
    trainer = Trainer(
        models.build_dense_generator(),
        models.build_dense_discriminator(dropout=rate),
        images,
        generator_optimizer=recipe.generator_optimizer(),
        discriminator_optimizer=recipe.discriminator_optimizer(),
        seed=seed,
        **recipe.settings,
    )
    trainer.run(steps, progress=False)
    return trainer


def verdicts(trainer, **images):
    """Return the mean of D, dropout off, over each set of images, by name."""
    return {
        name: float(keras.ops.mean(keras.ops.sigmoid(trainer.discriminator(some, training=False))))
        for name, some in images.items()
    }


def main():
    """Train each rate with each seed, print and write the verdicts and the distances."""
    train = load_mnist(value_range=(0, 1), split="train").images
    test = load_mnist(value_range=(0, 1), split="test").images
    rows = []
    for rate in RATES:
        for seed in SEEDS:
            trainer = train_pair(train, rate, STEPS, seed)
            fakes = trainer.sample(1000, seed=1, averaged=False)
            said = verdicts(trainer, seen=train, new=test, fake=fakes)
            report = metrics.evaluate(trainer.sample(2000, seed=2), value_range=(0, 1))
            row = {"rate": rate, "seed": seed, "steps": STEPS}
            row |= {f"d_{name}": rounded(value) for name, value in said.items()}
            row |= {"fd": rounded(report["fd"]), "classes": report["coverage"]}
            rows.append(row | {"machine": machine()})
            print(rows[-1], flush=True)
    write_results("dropout_discriminator.csv", rows)


if __name__ == "__main__":
    main()
