"""A pair of small players on which an update is tried, and ways to get an update wrong."""

import numpy as np


def non_saturating_loss(fake_logits):
    """Return −E[log D] for the logits of fakes."""
    from keras import ops

    return ops.mean(ops.softplus(-fake_logits))


def small_pair():
    """Return a generator, a discriminator, an optimiser and latent vectors, always the same."""
    import gan_course.backend  # before Keras

    import keras

    from gan_course.models import build_dense_discriminator, build_dense_generator, sample_latent

    shape = (4, 4, 1)
    generator = build_dense_generator(3, [16], shape)
    discriminator = build_dense_discriminator(shape, [16], dropout=0.0)
    weights = np.random.default_rng(0)
    for variable in generator.variables + discriminator.variables:
        variable.assign(weights.normal(scale=0.5, size=variable.shape))
    optimizer = keras.optimizers.SGD(0.01)
    return generator, discriminator, optimizer, sample_latent(32, 3)


def loss_on(generator, discriminator, z):
    """Return the generator's loss on these latent vectors."""
    return non_saturating_loss(discriminator(generator(z, training=False), training=False))


def values_of(model):
    """Return copies of the trainable variables."""
    return [variable.numpy() for variable in model.trainable_variables]


def has_moved(model, before):
    """Whether any trainable variable differs from its copy."""
    pairs = zip(values_of(model), before, strict=True)
    return any(not np.array_equal(now, then) for now, then in pairs)


def differentiates_the_discriminator(generator, discriminator, optimizer, generator_loss, z):
    """The bug of the lesson: the wrong network learns."""
    import tensorflow as tf

    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(z, training=True), training=True)
        loss = generator_loss(fake_logits)
    variables = discriminator.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


def differentiates_both(generator, discriminator, optimizer, generator_loss, z):
    """Both networks learn to please."""
    import tensorflow as tf

    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(z, training=True), training=True)
        loss = generator_loss(fake_logits)
    variables = generator.trainable_variables + discriminator.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


def moves_nothing(generator, discriminator, optimizer, generator_loss, z):
    """A loss, and no gradient."""
    return generator_loss(discriminator(generator(z, training=True), training=True))


def climbs(generator, discriminator, optimizer, generator_loss, z):
    """The generator goes up the gradient."""
    import tensorflow as tf

    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(z, training=True), training=True)
        loss = generator_loss(fake_logits)
    variables = generator.trainable_variables
    uphill = [-gradient for gradient in tape.gradient(loss, variables)]
    optimizer.apply(uphill, variables)
    return loss


def fakes_outside_the_tape(generator, discriminator, optimizer, generator_loss, z):
    """The tape has not seen the generator."""
    import tensorflow as tf

    fake_images = generator(z, training=True)
    with tf.GradientTape() as tape:
        loss = generator_loss(discriminator(fake_images, training=True))
    variables = generator.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss
