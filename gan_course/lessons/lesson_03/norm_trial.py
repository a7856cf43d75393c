"""A small pair with batch norm on which a generator's update is tried."""

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
    """Run an update once on a fresh pair and return what it returned and what moved, by name.

    Args:
        update: Takes (generator, discriminator, optimizer, z).

    Returns:
        A dict: "loss", "discriminator trainable", and for each network "… weights", "… weights
        moved" and "… statistics moved".

    Raises:
        Verdict: As `call` raises it.
    """
    generator, discriminator, z = small_pair()
    import keras

    variables = {  # listed before: an update may freeze a network
        f"{name} {kind}": listed
        for name, network in (("generator", generator), ("discriminator", discriminator))
        for kind, listed in (
            ("weights", network.trainable_variables),
            ("statistics", network.non_trainable_variables),
        )
    }
    before = {name: _values(listed) for name, listed in variables.items()}
    found = {"loss": update(generator, discriminator, keras.optimizers.SGD(0.1), z)}
    for name, listed in variables.items():
        found[name] = _values(listed)
        found[f"{name} moved"] = not np.array_equal(found[name], before[name])
    found["discriminator trainable"] = all(layer.trainable for layer in discriminator.layers)
    return found


def _values(variables):
    return np.concatenate([np.ravel(variable.numpy()) for variable in variables])
