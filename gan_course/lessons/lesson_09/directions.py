"""Directions of a latent space that change what a layer makes: PCA of its features."""

import gan_course.backend

import keras
import numpy as np

from gan_course.arguments import check_whole
from gan_course.models import latent_dim_of, sample_latent


def early_layer(generator):
    """Return the name of the first layer with an activation: its features are coarse.

    Args:
        generator: A Keras model of z.
    """
    return next(layer.name for layer in generator.layers if "activation" in layer.name)


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
    from scipy.sparse.linalg import svds

    z = sample_latent(check_whole("samples", samples, least=2), latent_dim_of(generator), seed)
    until = keras.Model(generator.input, generator.get_layer(layer).output)
    features = np.asarray(until(z, training=False)).reshape(samples, -1)
    centred = features - features.mean(axis=0)
    count = check_whole("count", count, most=min(centred.shape) - 1)
    left, sizes, _ = svds(centred, k=count, random_state=0)  # the weakest first
    components = left[:, ::-1] * np.sqrt(samples)  # (samples, count), each of variance 1
    found, *_ = np.linalg.lstsq(components, z - z.mean(axis=0), rcond=None)
    return found.astype(np.float32), sizes[::-1] ** 2 / np.sum(centred**2)
