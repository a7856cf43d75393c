"""Samples of the generators that ship, all in one range, so that one table can hold them."""

import numpy as np

from gan_course import models, pretrained
from gan_course.data import rescale


def shipped_samples(name, count, seed=0):
    """Draw samples of a shipped generator in [-1, 1]; a conditional one draws each digit in turn.

    Args:
        name: A name that `pretrained.load` takes.
        count: How many.
        seed: The seed of the latent vectors.

    Returns:
        float32 (count, 28, 28, 1).

    Introduced in lesson 11.
    """
    generator, card = pretrained.load(name), pretrained.card(name)
    latent_dim = models.latent_dim_of(generator)
    z = models.sample_latent(count, latent_dim, seed, card["recipe"]["noise"])
    labels = np.arange(count) % 10 if models.is_conditional(generator) else None
    images = models.generate(generator, z, labels)
    return rescale(images, tuple(card["value_range"]), (-1, 1))
