"""What a recipe is, and how a trainer is made of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf

from gan_course.devices import seed_everything
from gan_course.models import check_image_shape
from gan_course.training import Trainer
from gan_course.training.checks import check_training_data


@dataclass(frozen=True)
class Recipe:
    """What to build and how to train it.

    Attributes:
        name: The name on the command line.
        build_generator: A function of `image_shape`, and of `num_classes` where the networks take
            labels, that returns a generator.
        build_discriminator: The same for a discriminator.
        value_range: The range that the generator makes: load the images in it.
        generator_optimizer: A function of the number of steps that returns a new optimiser.
        discriminator_optimizer: The same, for the discriminator.
        settings: Further arguments of `Trainer`: losses, batch size, averaging, noise.
        steps: How many steps the recipe takes, for `gan-course train` without a limit. Learning
            rates that fall reach their end there, and stay at it.
        conditional: Whether both networks take labels.
    """

    name: str
    build_generator: Callable
    build_discriminator: Callable
    value_range: tuple[float, float]
    generator_optimizer: Callable
    discriminator_optimizer: Callable
    settings: dict = field(default_factory=dict)
    steps: int = 10_000
    conditional: bool = False

    def trainer(self, images, seed=0, strategy=None, steps=None, **overrides):
        """Build both networks for these images from the seed, and return a trainer for them.

        Networks that take labels know as many classes as the labels have.

        Args:
            images: Real images in `value_range`, shape (n, height, width, channels): grey or
                colour, both sides multiples of 4 from 16 to 64.
            seed: The seed of weights, noise and batch choice.
            strategy: A TensorFlow strategy, for several devices. One device unless given.
            steps: The steps over which learning rates fall, where they do; the recipe's if None.
            **overrides: Arguments of `Trainer` that replace the recipe's; for a conditional recipe
                its `labels` too.

        Returns:
            A `Trainer`.

        Raises:
            ValueError: If the images or an override do not fit.

        Example:
            >>> trainer = get_recipe("dense").trainer(digits.images, seed=1)
        """
        strategy = strategy or tf.distribute.get_strategy()
        images = check_training_data(images)
        shape = {"image_shape": check_image_shape(images.shape[1:])}
        low, high = self.value_range
        if images.min() < low or images.max() > high:
            raise ValueError(
                f"The images run from {images.min():g} to {images.max():g}, but the networks of "
                f"{self.name!r} work in [{low}, {high}]: load the images with value_range=({low}, "
                f"{high})."
            )
        labels = np.asarray(overrides.get("labels"))
        if self.conditional and labels.ndim == 1 and labels.dtype.kind in "iu" and labels.size:
            shape["num_classes"] = max(1, int(labels.max()) + 1)
        seed_everything(seed)
        with strategy.scope():
            made = {
                "generator_optimizer": self.generator_optimizer(steps or self.steps),
                "discriminator_optimizer": self.discriminator_optimizer(steps or self.steps),
            }
            networks = self.build_generator(**shape), self.build_discriminator(**shape)
        settings = {**made, **self.settings, **overrides}
        return Trainer(*networks, images, seed=seed, strategy=strategy, **settings)


def adam(learning_rate, beta_1=0.5, beta_2=0.999):
    """Return a function that makes a new Adam optimiser with these settings.

    Args:
        learning_rate: The step length, above 0.
        beta_1: The decay of the mean gradient, in [0, 1).
        beta_2: The decay of the mean squared gradient, in [0, 1).

    Returns:
        A function of the number of steps, which this optimiser does not need.
    """
    return lambda steps=None: keras.optimizers.Adam(learning_rate, beta_1=beta_1, beta_2=beta_2)


def cosine_adam(learning_rate, beta_1=0.5, beta_2=0.99, last=0.02):
    """Return a function that makes an Adam optimiser whose learning rate falls as half a cosine.

    Args:
        learning_rate: The step length at the start, above 0.
        beta_1: The decay of the mean gradient, in [0, 1).
        beta_2: The decay of the mean squared gradient, in [0, 1).
        last: The share of the learning rate that is left at the end, and stays: more steps than
            planned still train.

    Returns:
        A function of the number of steps.

    Source: Loshchilov & Hutter 2017, SGDR, equation 5, without restarts.
    """

    def make(steps):
        falling = keras.optimizers.schedules.CosineDecay(learning_rate, steps, alpha=last)
        return keras.optimizers.Adam(falling, beta_1=beta_1, beta_2=beta_2)

    return make


def rmsprop(learning_rate):
    """Return a function that makes a new RMSprop optimiser with this learning rate.

    Args:
        learning_rate: The step length, above 0.

    Returns:
        A function of the number of steps, which this optimiser does not need.
    """
    return lambda steps=None: keras.optimizers.RMSprop(learning_rate)
