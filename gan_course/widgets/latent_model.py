"""A generator as the latent explorers use it: draws, reads, and keeps a pool of read samples."""

import functools

import numpy as np

from gan_course.metrics.concepts import read_samples

POOL = 4_000  # samples in which exemplars are looked for
POOL_SEED = 7


class LatentModel:
    """A generator with its value range, its latent dimension and a pool of samples.

    Args:
        generator: A model of `z`; the shipped fast one if None.
        value_range: The values of black and white.

    Introduced in lesson 07.
    """

    def __init__(self, generator, value_range):
        from gan_course import models, pretrained

        self.generator = pretrained.load("fast") if generator is None else generator
        self.value_range, self.latent_dim = value_range, models.latent_dim_of(self.generator)

    def latent(self, count, seed):
        """Return latent vectors (count, latent_dim) from N(0, 1)."""
        from gan_course import models

        return models.sample_latent(count, self.latent_dim, seed)

    def directions(self, count):
        """Return the strongest directions of the first layer, (count, latent_dim)."""
        from gan_course.models.latent_space import strongest_directions

        return strongest_directions(self.generator, count)

    def draw(self, z):
        """Return images (..., height, width, 1) for latent vectors (..., latent_dim)."""
        from gan_course import models

        images = models.generate(self.generator, np.reshape(z, (-1, self.latent_dim)))
        return images.reshape(*np.shape(z)[:-1], *images.shape[1:])

    def read(self, images):
        """Return the `Readings` of images."""
        return read_samples(images, self.value_range)

    @functools.cached_property
    def z(self):
        """The latent vectors of the pool."""
        return self.latent(POOL, POOL_SEED)

    @functools.cached_property
    def images(self):
        """The images of the pool."""
        return self.draw(self.z)

    @functools.cached_property
    def readings(self):
        """What was read of the pool."""
        return self.read(self.images)
