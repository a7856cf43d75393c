"""Trainers for points on a line or in a plane: the settings of the laboratory in lesson 05."""

import gan_course.backend

import keras

from gan_course import models
from gan_course.arguments import check_number
from gan_course.devices import seed_everything
from gan_course.names import look_up
from gan_course.training import Trainer

OPTIMIZERS = {
    "adam": lambda rate: keras.optimizers.Adam(rate, beta_1=0.5, beta_2=0.999),
    "rmsprop": lambda rate: keras.optimizers.RMSprop(rate),
    "sgd": lambda rate: keras.optimizers.SGD(rate),
}
POINTS = 20_000  # drawn once from the distribution; batches are drawn from these


def toy_trainer(
    distribution,
    *,
    seed=0,
    generator_units=(64, 64),
    discriminator_units=(64, 64),
    latent_dim=2,
    noise="normal",
    activation="relu",
    losses="non_saturating",
    optimizer="adam",
    generator_rate=1e-3,
    discriminator_rate=1e-3,
    packing=1,
    **settings,
):
    """Build both networks for a toy distribution, and return a trainer for them.

    Args:
        distribution: A `ToyDistribution`, such as `gan_course.data.toy.ring()`.
        seed: The seed of the points, the weights, the noise and the batch choice.
        generator_units: The sizes of the generator's hidden layers; an empty list for an affine
            generator, whose density has a closed form.
        discriminator_units: The sizes of the discriminator's hidden layers.
        latent_dim: The number of latent values.
        noise: `"normal"` or `"uniform"`.
        activation: The hidden layers' activation.
        losses: A name from `gan_course.losses.LOSSES`.
        optimizer: `"adam"` (β₁ 0.5), `"rmsprop"` or `"sgd"`, for both players.
        generator_rate: The generator's learning rate, above 0.
        discriminator_rate: The discriminator's learning rate, above 0.
        packing: How many points share one verdict of the discriminator.
        **settings: Further arguments of `Trainer`: batch_size, discriminator_steps, averaging,
            penalties.

    Returns:
        A `Trainer`, without an averaged generator unless `averaging` is given.

    Raises:
        ValueError: If a setting does not fit; the message says what to change.

    Example:
        >>> trainer = toy_trainer(toy.ring(), losses="minimax", seed=1)
        >>> trainer.run(2000)

    Introduced in lesson 05.
    """
    make = look_up(OPTIMIZERS, optimizer, "optimizer")
    for name, rate in (
        ("generator_rate", generator_rate),
        ("discriminator_rate", discriminator_rate),
    ):
        check_number(name, rate, above=0, remedy=f"Take for example {name}=0.001.")
    seed_everything(seed)
    dimensions = distribution.dimensions
    return Trainer(
        models.build_point_generator(latent_dim, generator_units, dimensions, activation),
        models.build_point_discriminator(dimensions, discriminator_units, activation, packing),
        distribution.sample(POINTS, seed),
        losses=losses,
        generator_optimizer=make(float(generator_rate)),
        discriminator_optimizer=make(float(discriminator_rate)),
        noise=noise,
        seed=seed,
        **{"averaging": None, **settings},
    )
