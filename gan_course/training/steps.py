"""One update of each player, as plain functions: the heart of every GAN in this course.

Each differentiates the loss with respect to one network's variables. The other network passes the
gradient through and stays as it is.
"""

import gan_course.backend

import keras
import tensorflow as tf
from keras import ops


def update_discriminator(generator, discriminator, optimizer, discriminator_loss, real_images, z):
    """Show the discriminator real and generated images, and improve its verdicts once.

    Args:
        generator: A Keras model from `z` to images. It is used, not changed.
        discriminator: A Keras model from images to logits.
        optimizer: The discriminator's optimiser.
        discriminator_loss: A function of `real_logits` and `fake_logits`.
        real_images: Real images, shape (batch, *image_shape).
        z: Latent vectors, shape (batch, latent_dim).

    Returns:
        The loss, a scalar; the real logits and the fake logits, each (batch, 1), as they were
        before the update.

    Source: Goodfellow et al. 2014, algorithm 1, the inner loop.

    Introduced in lesson 06.
    """
    fake_images = generator(z, training=True)
    with tf.GradientTape() as tape:
        real_logits = discriminator(real_images, training=True)
        fake_logits = discriminator(fake_images, training=True)
        loss = discriminator_loss(real_logits, fake_logits)
        scaled_loss = optimizer.scale_loss(loss)  # the same number, except in float16
    variables = discriminator.trainable_variables
    optimizer.apply(tape.gradient(scaled_loss, variables), variables)
    return loss, real_logits, fake_logits


def update_discriminator_penalized(
    generator, discriminator, optimizer, discriminator_loss, real_images, z, penalty
):
    """Improve the discriminator's verdicts once, and hold its slope: `update_discriminator` with a
    penalty.

    Args:
        generator: A Keras model from `z` to images. It is used, not changed.
        discriminator: A Keras model from images to logits.
        optimizer: The discriminator's optimiser.
        discriminator_loss: A function of `real_logits` and `fake_logits`.
        real_images: Real images, shape (batch, *image_shape).
        z: Latent vectors, shape (batch, latent_dim).
        penalty: A function of the real images and the fakes, added to the loss.

    Returns:
        The loss with the penalty, a scalar; the real logits and the fake logits, each (batch, 1),
        as they were before the update.

    Source: Gulrajani et al. 2017, algorithm 1, the inner loop.
    """
    fake_images = generator(z, training=True)

    def make_fakes(z, training):
        return fake_images  # the penalty looks at the same ones

    def whole_loss(real_logits, fake_logits):
        return discriminator_loss(real_logits, fake_logits) + penalty(real_images, fake_images)

    return update_discriminator(make_fakes, discriminator, optimizer, whole_loss, real_images, z)


def update_discriminator_mixed(
    generator, discriminator, optimizer, discriminator_loss, real_images, z
):
    """Improve the discriminator once on one mixed batch: the real half, then the fake half.

    The verdicts are those of `update_discriminator`, in one pass instead of two, where no layer
    mixes the examples of a batch. With batch normalisation in the discriminator they differ: lesson
    03 shows how. A pair with labels comes as two `Conditioned` networks with the labels of one
    half; the discriminator gives them to both halves.

    Args:
        generator: A Keras model from `z` to images. It is used, not changed.
        discriminator: A Keras model from images to logits.
        optimizer: The discriminator's optimiser.
        discriminator_loss: A function of `real_logits` and `fake_logits`.
        real_images: Real images, shape (batch, *image_shape).
        z: Latent vectors, shape (batch, latent_dim).

    Returns:
        The loss, a scalar; the real logits and the fake logits, each (batch, 1), as they were
        before the update.

    Introduced in lesson 07.
    """
    mixed_images = ops.concatenate([real_images, generator(z, training=True)])  # (2 batch, …)
    with tf.GradientTape() as tape:
        real_logits, fake_logits = ops.split(discriminator(mixed_images, training=True), 2)
        loss = discriminator_loss(real_logits, fake_logits)
        scaled_loss = optimizer.scale_loss(loss)  # the same number, except in float16
    variables = discriminator.trainable_variables
    optimizer.apply(tape.gradient(scaled_loss, variables), variables)
    return loss, real_logits, fake_logits


def update_generator(generator, discriminator, optimizer, generator_loss, z):
    """Let the discriminator judge fresh fakes, and improve the generator once.

    The gradient flows from the loss through the discriminator into its input, the fake image, and
    on into the generator's variables.

    Args:
        generator: A Keras model from `z` to images.
        discriminator: A Keras model from images to logits. It is used, not changed.
        optimizer: The generator's optimiser.
        generator_loss: A function of `fake_logits`.
        z: Latent vectors, shape (batch, latent_dim).

    Returns:
        The loss, a scalar, as it was before the update.

    Source: Goodfellow et al. 2014, algorithm 1, the outer loop.

    Introduced in lesson 06.
    """
    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(z, training=True), training=True)
        loss = generator_loss(fake_logits)
        scaled_loss = optimizer.scale_loss(loss)  # the same number, except in float16
    variables = generator.trainable_variables
    optimizer.apply(tape.gradient(scaled_loss, variables), variables)
    return loss


def update_average(averaged_generator, generator, decay):
    """Move the averaged generator's variables a little towards the generator's.

    average ← decay · average + (1 − decay) · current, for every floating-point variable, the
    moving statistics of batch normalisation too. Whole-number state, such as the seed of a
    dropout layer, is copied.

    Args:
        averaged_generator: A model with the architecture of `generator`.
        generator: The generator in training.
        decay: A scalar in [0, 1): near 1 averages over about 1 / (1 − decay) steps.

    Source: Yazıcı et al. 2019, The unusual effectiveness of averaging in GAN training.
    """
    for average, current in zip(averaged_generator.variables, generator.variables, strict=True):
        if keras.backend.is_float_dtype(current.dtype):
            average.assign(average.value + (1.0 - decay) * (current.value - average.value))
        else:
            average.assign(current.value)


def mean_probability(logits):
    """Return the mean of sigmoid(logits): what the history calls D(real) and D(fake).

    Args:
        logits: The discriminator's outputs, shape (batch, 1).

    Returns:
        A scalar in (0, 1).
    """
    return ops.mean(ops.sigmoid(logits))
