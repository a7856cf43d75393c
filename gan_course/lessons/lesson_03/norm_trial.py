"""A small pair with batch norm on which a generator's update is tried, and ways to get it wrong."""

import numpy as np


def small_pair():
    """Return a generator and a discriminator, batch norm in both, and latent vectors."""
    import gan_course.backend  # before Keras

    import keras
    from keras import layers

    z = keras.Input((3,))
    x = layers.BatchNormalization(name="norm")(layers.Dense(6)(z))
    generator = keras.Model(z, layers.Dense(4, activation="tanh")(layers.ReLU()(x)))
    images = keras.Input((4,))
    x = layers.BatchNormalization(name="norm")(layers.Dense(6)(images))
    discriminator = keras.Model(images, layers.Dense(1)(layers.LeakyReLU(0.2)(x)))
    rng = np.random.default_rng(0)
    for variable in generator.trainable_variables + discriminator.trainable_variables:
        variable.assign(rng.normal(scale=0.7, size=variable.shape))
    return generator, discriminator, rng.normal(size=(16, 3)).astype(np.float32)


def after(update):
    """Run an update once on a fresh pair and return what moved, by name."""
    generator, discriminator, z = small_pair()
    import keras

    before = [_values(network) for network in (generator, discriminator)]
    update(generator, discriminator, keras.optimizers.SGD(0.1), z)
    moved = {}
    for name, network, old in zip(
        ("generator", "discriminator"), (generator, discriminator), before, strict=True
    ):
        new = _values(network)
        for kind in ("weights", "statistics"):
            moved[f"{name} {kind} moved"] = not np.array_equal(new[kind], old[kind])
            moved[f"{name} {kind}"] = new[kind]
    return moved


def _values(network):
    def flat(variables):
        return np.concatenate([np.ravel(variable.numpy()) for variable in variables])

    return {
        "weights": flat(network.trainable_variables),
        "statistics": flat(network.non_trainable_variables),
    }


def mended(generator, discriminator, optimizer, z):
    """Return the loss of the update as it should be, after moving the generator."""
    return _update(generator, discriminator, optimizer, z, True, True)


def as_found(generator, discriminator, optimizer, z):
    """The bug of the lesson: training= forgotten twice."""
    return _update(generator, discriminator, optimizer, z, None, None)


def mends_the_generator_alone(generator, discriminator, optimizer, z):
    """The discriminator still judges with its running averages."""
    return _update(generator, discriminator, optimizer, z, True, None)


def moves_the_discriminator(generator, discriminator, optimizer, z):
    """The wrong network learns."""
    return _update(generator, discriminator, optimizer, z, True, True, learner=discriminator)


def moves_nothing(generator, discriminator, optimizer, z):
    """A loss, and no update."""
    return discriminator(generator(z, training=True), training=True)


def _update(generator, discriminator, optimizer, z, first, second, learner=None):
    import tensorflow as tf
    from keras import ops

    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(z, training=first), training=second)
        loss = ops.mean(ops.softplus(-fake_logits))
    variables = (learner or generator).trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss
