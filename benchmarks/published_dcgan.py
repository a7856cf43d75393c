"""The published network A, trained as it was published: how good, after how many CPU seconds.

    python benchmarks/published_dcgan.py

The baseline of lesson 07. The network is the one of many Keras tutorials (lesson 07 has its table),
with plain `UpSampling2D` and `Conv2D` layers; it is trained with `train_on_batch`, batch 32, 4,000
iterations, Adam(2e-4, β₁ 0.5). The calls are arranged so that both players learn in Keras 3, which
is checked before anything is measured. Each point is the Fréchet distance of 4,000 fakes from the
4,000 digits that it trained on. CPU seconds, those of all threads together, are used because they
grow less than the clock's when another program shares the machine; judging does not count, and
neither do building and the first call of each kind, which traces it.
"""

import sys
import time

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from common import machine, read_rows, rounded, write_results
from keras import layers

from gan_course.data import load_mnist
from gan_course.metrics import features, frechet_distance, frechet_floor

LATENT_DIM = 100
BATCH = 32
ITERATIONS = 4000
POINTS = (125, 250, 500, 750, 1000, 1500, 2000, 2500, 3000, 3500, 4000)
SEEDS = range(3)
SAMPLES = 4000
THREADS = 2
RESULT = "published_dcgan.csv"


def build_generator():
    """Return the published generator: z (100,) to images (28, 28, 1) in [-1, 1]."""
    return keras.Sequential(
        [
            keras.Input((LATENT_DIM,)),
            layers.Dense(128 * 7 * 7, activation="relu"),
            layers.Reshape((7, 7, 128)),
            layers.UpSampling2D(),
            layers.Conv2D(128, 3, padding="same"),
            layers.BatchNormalization(momentum=0.8),
            layers.Activation("relu"),
            layers.UpSampling2D(),
            layers.Conv2D(64, 3, padding="same"),
            layers.BatchNormalization(momentum=0.8),
            layers.Activation("relu"),
            layers.Conv2D(1, 3, padding="same", activation="tanh"),
        ]
    )


def build_discriminator():
    """Return the published discriminator: images (28, 28, 1) to one logit."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, strides=2, padding="same"),
            layers.LeakyReLU(0.2),
            layers.Dropout(0.25),
            layers.Conv2D(64, 3, strides=2, padding="same"),
            layers.ZeroPadding2D(((0, 1), (0, 1))),
            layers.BatchNormalization(momentum=0.8),
            layers.LeakyReLU(0.2),
            layers.Dropout(0.25),
            layers.Conv2D(128, 3, strides=2, padding="same"),
            layers.BatchNormalization(momentum=0.8),
            layers.LeakyReLU(0.2),
            layers.Dropout(0.25),
            layers.Conv2D(256, 3, strides=1, padding="same"),
            layers.BatchNormalization(momentum=0.8),
            layers.LeakyReLU(0.2),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )


class PublishedTraining:
    """The tutorials' arrangement, in an order in which both players learn under Keras 3.

    Keras 3 settles which variables a compiled model trains when its train step is traced. So the
    combined model is traced while the discriminator's variables are frozen, and that is undone
    before the discriminator's own step is traced. The variables are frozen, not the layers: a
    frozen batch-norm layer would use its moving statistics, which the published code did not.
    """

    def __init__(self, images, batch_size=BATCH, seed=0):
        keras.utils.set_random_seed(seed)
        self.images, self.batch_size = images, batch_size
        self.random = np.random.default_rng(seed)
        self.generator, self.discriminator = build_generator(), build_discriminator()
        loss = keras.losses.BinaryCrossentropy(from_logits=True)
        z = keras.Input((LATENT_DIM,))
        self.combined = keras.Model(z, self.discriminator(self.generator(z)))
        self.combined.compile(keras.optimizers.Adam(2e-4, beta_1=0.5), loss)
        self.discriminator.compile(keras.optimizers.Adam(2e-4, beta_1=0.5), loss)
        self.ones = np.ones((batch_size, 1), dtype=np.float32)
        self.zeros = np.zeros((batch_size, 1), dtype=np.float32)
        self._trace()

    def _trace(self):
        """Make each call once, the discriminator's variables frozen in the combined one."""
        start = [
            [v.numpy() for v in network.variables]
            for network in (self.generator, self.discriminator)
        ]
        frozen = self.discriminator.trainable_variables
        for variable in frozen:
            variable.trainable = False
        self.combined.train_on_batch(self.draw_z(), self.ones)
        for variable in frozen:
            variable.trainable = True
        self.train_discriminator(self.draw_z())
        for network, values in zip((self.generator, self.discriminator), start, strict=True):
            for variable, value in zip(network.variables, values, strict=True):
                variable.assign(value)

    def draw_z(self):
        """Return latent vectors for one batch."""
        return self.random.standard_normal((self.batch_size, LATENT_DIM), dtype=np.float32)

    def train_discriminator(self, z):
        """Two calls: a real batch towards 1, a fake batch towards 0."""
        chosen = self.random.integers(0, len(self.images), self.batch_size)
        fakes = self.generator.predict_on_batch(z)
        self.discriminator.train_on_batch(self.images[chosen], self.ones)
        self.discriminator.train_on_batch(fakes, self.zeros)

    def train_generator(self, z):
        """One call through the combined model, towards 1."""
        self.combined.train_on_batch(z, self.ones)

    def __call__(self, iterations):
        for _ in range(iterations):
            z = self.draw_z()
            self.train_discriminator(z)
            self.train_generator(z)

    def sample(self, count, seed):
        """Return generated images (count, 28, 28, 1)."""
        z = np.random.default_rng(seed).standard_normal((count, LATENT_DIM), dtype=np.float32)
        return self.generator.predict(z, batch_size=500, verbose=0)


def both_players_learn(training):
    """Whether each call moves every weight of its own player, and none of the other's."""

    def weights():
        players = training.generator, training.discriminator
        return [[v.numpy().copy() for v in player.trainable_variables] for player in players]

    def moved_by(train):
        before = weights()
        train(training.draw_z())
        pairs = zip(weights(), before, strict=True)
        return [{bool(np.any(n - t)) for n, t in zip(*pair, strict=True)} for pair in pairs]

    discriminator = moved_by(training.train_discriminator) == [{False}, {True}]
    return discriminator and moved_by(training.train_generator) == [{True}, {False}]


def distance(training, real_features):
    """Return the Fréchet distance of 4,000 fakes from the 4,000 training digits."""
    fakes = training.sample(SAMPLES, seed=1)
    return frechet_distance(features(fakes, value_range=(-1, 1)), real_features)


def main(seeds):
    """Train each seed; write its rows as they come."""
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    images = load_mnist(value_range=(-1, 1), split="gan").images
    if not both_players_learn(PublishedTraining(images)):
        raise SystemExit("The baseline does not train both players: nothing was measured.")
    real_features = features(images, value_range=(-1, 1))
    floor = frechet_floor()
    # Seeds that are measured again replace their older rows.
    rows = [row for row in read_rows(RESULT) if int(row["seed"]) not in seeds]
    for seed in seeds:
        training = PublishedTraining(images, seed=seed)
        spent, done = 0.0, 0
        for point in (0, *POINTS):
            began = time.process_time()
            training(point - done)
            spent, done = spent + time.process_time() - began, point
            found = distance(training, real_features)
            rows.append(
                {
                    "seed": seed,
                    "iterations": point,
                    "cpu_seconds": rounded(spent),
                    "fd": rounded(found),
                    "samples": SAMPLES,
                    "floor": rounded(floor),
                    "floor_samples": 2000,
                    "machine": machine(),
                }
            )
            print(f"seed {seed}: {point} iterations, {spent:.0f} CPU s, distance {found:.2f}")
            write_results(RESULT, rows)


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or list(SEEDS))
