"""How many dense-GAN steps a second: the trainer, the bare compiled step, and `train_on_batch`.

    python benchmarks/dense_speed.py

The same networks, optimisers, losses, batch and threads, measured in turn in one process, several
rounds. The third is the arrangement of many tutorials: a compiled discriminator, a combined model,
`predict` for the fakes and `train_on_batch` for each player. It is written so that both players
learn under Keras 3, which `both_players_learn` checks before anything is measured.
"""

import statistics
import time

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from common import machine, rounded, write_results

from gan_course import models
from gan_course.data import load_mnist
from gan_course.devices import seed_everything
from gan_course.losses import get_losses
from gan_course.recipes import adam, get_recipe
from gan_course.training import update_discriminator, update_generator

BATCH = 128
ROUNDS = 7
STEPS = {"trainer": 600, "bare step": 600, "train_on_batch": 40}


def make_trainer(images):
    """Return a function that takes n steps with the course's trainer, averaging off."""
    trainer = get_recipe("dense").trainer(images, batch_size=BATCH, averaging=None)
    return lambda steps: trainer.run(steps, progress=False)


def make_bare_step(images):
    """Return a function that takes n steps, one call each of a compiled step and nothing else."""
    generator, discriminator = models.build_dense_generator(), models.build_dense_discriminator()
    g_optimizer, d_optimizer = adam(2e-3)(), adam(2e-3)()
    g_optimizer.build(generator.trainable_variables)
    d_optimizer.build(discriminator.trainable_variables)
    losses = get_losses("non_saturating")
    images = tf.constant(images)
    random = tf.random.Generator.from_seed(0)

    @tf.function
    def step():
        chosen = random.uniform((BATCH,), maxval=len(images), dtype=tf.int32)
        networks = generator, discriminator
        update_discriminator(
            *networks,
            d_optimizer,
            losses.discriminator_loss,
            tf.gather(images, chosen),
            random.normal((BATCH, 100)),
        )
        z = random.normal((BATCH, 100))
        return update_generator(*networks, g_optimizer, losses.generator_loss, z)

    def run(steps):
        for _ in range(steps):
            loss = step()
        loss.numpy()  # waits until the last step is done

    return run


class TrainOnBatch:
    """The arrangement of many tutorials, in an order in which both players learn."""

    def __init__(self, images):
        self.images, self.random = images, np.random.default_rng(0)
        self.generator = models.build_dense_generator()
        self.discriminator = models.build_dense_discriminator()
        loss = keras.losses.BinaryCrossentropy(from_logits=True)
        z = keras.Input((100,))
        self.combined = keras.Model(z, self.discriminator(self.generator(z)))
        # Keras fixes which variables a compiled model trains when its train step is first traced.
        # So the combined model is traced with the discriminator frozen, then that is undone.
        self.discriminator.trainable = False
        self.combined.compile(adam(2e-3)(), loss)
        self.combined.train_on_batch(self.draw_z(), np.ones((BATCH, 1)))
        self.discriminator.trainable = True
        self.discriminator.compile(adam(2e-3)(), loss)
        self.discriminator.train_on_batch(images[:BATCH], np.ones((BATCH, 1)))

    def draw_z(self):
        """Return latent vectors for one batch."""
        return self.random.standard_normal((BATCH, 100)).astype(np.float32)

    def train_discriminator(self):
        """Two calls: a real batch labelled 1, a fake batch labelled 0."""
        chosen = self.random.integers(0, len(self.images), BATCH)
        fakes = self.generator.predict(self.draw_z(), verbose=0)
        self.discriminator.train_on_batch(self.images[chosen], np.ones((BATCH, 1)))
        self.discriminator.train_on_batch(fakes, np.zeros((BATCH, 1)))

    def train_generator(self):
        """One call through the combined model, towards 1."""
        self.combined.train_on_batch(self.draw_z(), np.ones((BATCH, 1)))

    def __call__(self, steps):
        for _ in range(steps):
            self.train_discriminator()
            self.train_generator()


def both_players_learn(baseline):
    """Whether each call moves its own player, and that one alone."""

    def weights():
        players = baseline.generator, baseline.discriminator
        return [[v.numpy().copy() for v in player.trainable_variables] for player in players]

    def moved_by(train):
        before = weights()
        train()
        pairs = zip(weights(), before, strict=True)
        return [any(map(np.any, map(np.subtract, now, then))) for now, then in pairs]

    discriminator = moved_by(baseline.train_discriminator) == [False, True]
    return discriminator and moved_by(baseline.train_generator) == [True, False]


def main():
    """Measure in turn, print the medians and ratios, write the table."""
    seed_everything(0)
    images = load_mnist(value_range=(0, 1), split="gan").images
    baseline = TrainOnBatch(images)
    if not both_players_learn(baseline):
        raise SystemExit("The baseline does not train both players: nothing was measured.")
    runs = {
        "trainer": make_trainer(images),
        "bare step": make_bare_step(images),
        "train_on_batch": baseline,
    }
    for name, run in runs.items():
        run(STEPS[name] // 4)  # compile and warm up
    rows = []
    for number in range(ROUNDS):
        for name, run in runs.items():
            began = time.perf_counter()
            run(STEPS[name])
            rate = STEPS[name] / (time.perf_counter() - began)
            rows.append({"round": number, "arrangement": name, "steps_per_second": rounded(rate)})
    rates = {
        name: [row["steps_per_second"] for row in rows if row["arrangement"] == name]
        for name in runs
    }
    for name, found in rates.items():
        ratios = [ours / theirs for ours, theirs in zip(rates["trainer"], found, strict=True)]
        spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        print(f"{name:15} {statistics.median(found):7.1f} steps/s; the trainer's ratio: {spread}")
    for row in rows:
        row["machine"] = machine()
    write_results("dense_speed.csv", rows)


if __name__ == "__main__":
    main()
