"""Where a GAN has its batch norm, and how real and fake images are batched: what each is worth.

    python benchmarks/batch_norm_gan.py

A small convolutional pair on the 4,000 digits that are not test digits. Eight ways: without batch
norm; in the generator alone; in both players as DCGAN has it; the same with real and fake images
mixed in one batch, while the discriminator learns or while either learns; with batch norm at the
generator's output too; at the discriminator's input too; and as DCGAN has it, but with `training=`
forgotten in every call. All else is the same. Lesson 03 shows the distances.
"""

import time

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from common import SEEDS, machine, rounded, write_results
from keras import layers, ops

from gan_course import metrics, models
from gan_course.data import load_mnist
from gan_course.losses import binary_discriminator_loss, non_saturating_generator_loss

STEPS = 600
BOTH = {"in_generator": True, "in_discriminator": True}
ARMS = {
    "no batch norm": {},
    "generator only": {"in_generator": True},
    "both, as DCGAN": BOTH,
    "both, mixed batch for D": BOTH | {"mixed": "D"},
    "both, mixed batch for D and G": BOTH | {"mixed": "D and G"},
    "both, and at G's output": BOTH | {"at_output": True},
    "both, and at D's input": BOTH | {"at_input": True},
    "both, training= forgotten": BOTH | {"training": None},
}


def build_small_generator(batch_norm, at_output=False, latent_dim=64):
    """Return an uncompiled generator, tanh at its output."""
    z = keras.Input((latent_dim,), name="z")
    x = layers.Dense(7 * 7 * 32, name="dense")(z)
    x = layers.BatchNormalization(name="norm_1")(x) if batch_norm else x
    x = layers.Reshape((7, 7, 32), name="maps_1")(layers.ReLU(name="relu_1")(x))
    x = layers.Conv2DTranspose(16, 4, strides=2, padding="same", name="maps_2")(x)
    x = layers.BatchNormalization(name="norm_2")(x) if batch_norm else x
    x = layers.ReLU(name="relu_2")(x)
    x = layers.Conv2DTranspose(1, 4, strides=2, padding="same", name="maps_3")(x)
    x = layers.BatchNormalization(name="norm_output")(x) if at_output else x
    return keras.Model(z, layers.Activation("tanh", name="images")(x), name="generator")


def build_small_discriminator(batch_norm, at_input=False):
    """Return an uncompiled discriminator that returns logits."""
    images = keras.Input((28, 28, 1), name="images")
    x = layers.BatchNormalization(name="norm_input")(images) if at_input else images
    x = layers.Conv2D(16, 4, strides=2, padding="same", name="maps_1")(x)
    x = layers.LeakyReLU(0.2, name="leaky_1")(x)
    x = layers.Conv2D(32, 4, strides=2, padding="same", name="maps_2")(x)
    x = layers.BatchNormalization(name="norm_2")(x) if batch_norm else x
    x = layers.LeakyReLU(0.2, name="leaky_2")(x)
    return keras.Model(
        images, layers.Dense(1, name="logit")(layers.Flatten()(x)), name="discriminator"
    )


def logits_of(discriminator, real_images, fake_images, mixed, training):
    """Return the logits of real and of fake images, which pass in two batches or mixed in one."""
    if not mixed:
        batches = (real_images, fake_images)
        return [discriminator(images, training=training) for images in batches]
    both = ops.concatenate([real_images, fake_images])  # (2 · batch, 28, 28, 1)
    return ops.split(discriminator(both, training=training), 2)


def make_step(generator, discriminator, optimizers, mixed=None, training=True):
    """Return a compiled train step that returns the means of D(real) and of D(fake)."""

    @tf.function(autograph=False)
    def step(real_images, z):
        with tf.GradientTape() as tape:
            images = real_images, generator(z, training=training)
            logits = logits_of(discriminator, *images, mixed, training)
            loss = binary_discriminator_loss(*logits)
        variables = discriminator.trainable_variables
        optimizers[0].apply(tape.gradient(loss, variables), variables)
        with tf.GradientTape() as tape:
            fake_images = generator(z, training=training)
            if mixed == "D and G":
                images = real_images, fake_images
                fake_logits = logits_of(discriminator, *images, mixed, training)[1]
            else:
                fake_logits = discriminator(fake_images, training=training)
            loss = non_saturating_generator_loss(fake_logits)
        variables = generator.trainable_variables
        optimizers[1].apply(tape.gradient(loss, variables), variables)
        return [ops.mean(ops.sigmoid(each)) for each in logits]

    return step


def train_small_gan(images, seed, steps, mixed=None, training=True, **places):
    """Return the trained generator and discriminator, and the last D(real) and D(fake)."""
    keras.utils.set_random_seed(seed)
    generator = build_small_generator(
        places.get("in_generator", False), places.get("at_output", False)
    )
    discriminator = build_small_discriminator(
        places.get("in_discriminator", False), places.get("at_input", False)
    )
    optimizers = [keras.optimizers.Adam(1e-3, beta_1=0.5) for _ in range(2)]
    for optimizer, network in zip(optimizers, (discriminator, generator), strict=True):
        optimizer.build(network.trainable_variables)
    step = make_step(generator, discriminator, optimizers, mixed, training)
    rng = np.random.default_rng(seed)
    for _ in range(steps):
        real_images = images[rng.integers(0, len(images), 64)]
        said = step(real_images, rng.standard_normal((64, 64), dtype=np.float32))
    return generator, discriminator, [float(value) for value in said]


def main():
    """Train each arm with each seed, print and write the distances."""
    images = load_mnist(value_range=(-1, 1), split="gan").images
    rows = []
    for seed in SEEDS:
        for arm, settings in ARMS.items():
            start = time.perf_counter()
            generator, _, (d_real, d_fake) = train_small_gan(images, seed, STEPS, **settings)
            seconds = time.perf_counter() - start
            samples = models.generate(generator, models.sample_latent(2000, 64, seed=100))
            report = metrics.evaluate(samples, value_range=(-1, 1))
            moved = max(
                (
                    float(ops.max(ops.abs(variable)))
                    for variable in generator.non_trainable_variables
                    if "moving_mean" in variable.path
                ),
                default=0.0,
            )
            row = {"arm": arm, "seed": seed, "steps": STEPS, "fd": rounded(report["fd"])}
            row |= {"floor": rounded(report["floor"]), "classes": report["coverage"]}
            row |= {"precision": rounded(report["precision"]), "recall": rounded(report["recall"])}
            row |= {"mean_pixel": rounded(samples.mean()), "std_pixel": rounded(samples.std())}
            row |= {"d_real": rounded(d_real), "d_fake": rounded(d_fake)}
            row |= {"largest_moving_mean": rounded(moved), "seconds": rounded(seconds, 3)}
            rows.append(row | {"machine": machine()})
            print(rows[-1], flush=True)
    write_results("batch_norm_gan.csv", rows)


if __name__ == "__main__":
    main()
