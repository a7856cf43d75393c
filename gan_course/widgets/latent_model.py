"""A generator as the explorers of lessons 07 and 08 use it: it draws, and what it drew is read."""

import functools

import numpy as np

from gan_course.metrics import predict_digits
from gan_course.metrics.concepts import read_samples

RANGE = (-1, 1)  # black and white of what these generators make
POOL = 4_000  # samples in which exemplars are looked for
POOL_SEED = 7


class LatentModel:
    """A generator of images in [-1, 1] with its latent dimension and a pool of samples.

    A generator that takes labels has no pool and no directions here.

    Args:
        generator: A model of `z`, or of `z` and labels; a shipped one if None.
        shipped: The name of the shipped one, as `pretrained.load` takes it.
    """

    def __init__(self, generator, shipped="fast_long"):
        from gan_course import models, pretrained

        self.generator = pretrained.load(shipped) if generator is None else generator
        self.latent_dim = models.latent_dim_of(self.generator)

    def latent(self, count, seed):
        """Return latent vectors (count, latent_dim) from N(0, 1)."""
        from gan_course import models

        return models.sample_latent(count, self.latent_dim, seed)

    def directions(self, count):
        """Return the strongest directions of the first layer, (count, latent_dim)."""
        from gan_course.models.latent_space import strongest_directions

        return strongest_directions(self.generator, count)

    def draw(self, z, labels=None):
        """Return images (..., height, width, 1) for latent vectors.

        Args:
            z: Latent vectors, shape (..., latent_dim).
            labels: For a generator that takes them: one for all, or an array that broadcasts to the
                shape of `z` without its last axis.
        """
        from gan_course import models

        places = np.shape(z)[:-1]
        if labels is not None:
            labels = np.broadcast_to(labels, places).ravel()
        images = models.generate(self.generator, np.reshape(z, (-1, self.latent_dim)), labels)
        return images.reshape(*places, *images.shape[1:])

    def read(self, images):
        """Return the `Readings` of images (n, height, width, 1)."""
        return read_samples(images, RANGE)

    def read_digits(self, images):
        """Return the digits (...) that the classifier reads in images (..., height, width, 1)."""
        flat = images.reshape(-1, *images.shape[-3:])
        digits = predict_digits(flat, RANGE).argmax(axis=1)
        return digits.reshape(images.shape[:-3])

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
