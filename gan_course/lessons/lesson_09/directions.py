"""Directions of a latent space that change what a layer makes: PCA of its features."""

import gan_course.backend

import keras
import numpy as np

from gan_course.arguments import check_whole
from gan_course.models import latent_dim_of, sample_latent


def feature_directions(generator, layer, count=4, samples=3_000, seed=0):
    """Find the latent directions that move a layer's features along their strongest components.

    The features of many samples are reduced to their principal components. Then the latent vectors
    are fitted to the components by least squares: which way in z goes with one step along each?

    Args:
        generator: A Keras model of z.
        layer: The name of the layer whose features are looked at.
        count: How many directions, at least 1.
        samples: How many latent vectors are drawn.
        seed: Their seed.

    Returns:
        Directions (count, latent_dim), strongest first: what a step of one standard deviation of
        the component goes with; and the shares of the variance, (count,).

    Source: Härkönen et al. 2020, GANSpace, section 2.2, equation 3.
    """
    z = sample_latent(check_whole("samples", samples, least=2), latent_dim_of(generator), seed)
    until = keras.Model(generator.input, generator.get_layer(layer).output)
    features = np.asarray(until(z, training=False)).reshape(samples, -1)
    centred = features - features.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    count = check_whole("count", count, most=len(sizes))
    components = left[:, :count] * np.sqrt(samples)  # (samples, count), each of variance 1
    found, *_ = np.linalg.lstsq(components, z - z.mean(axis=0), rcond=None)
    return found.astype(np.float32), (sizes**2 / np.sum(sizes**2))[:count]
