"""Latent vectors, and what a generator makes of them."""

import gan_course.backend

import numpy as np
from keras import ops

from gan_course.models.conditional_checks import (
    check_label_ids,
    is_conditional,
    num_classes_of,
)
from gan_course.names import look_up


def sample_latent(count, latent_dim, seed=0, noise="normal"):
    """Draw latent vectors that are the same on every machine.

    Args:
        count: How many, at least 1.
        latent_dim: The length of each.
        seed: The seed; the same seed gives the same vectors.
        noise: `"normal"` for N(0, 1), `"uniform"` for U(−1, 1).

    Returns:
        float32, shape (count, latent_dim).

    Raises:
        ValueError: If the noise is neither of the two.

    Introduced in lesson 06.
    """
    random = np.random.default_rng(seed)
    draw = {"normal": random.standard_normal, "uniform": lambda shape: random.uniform(-1, 1, shape)}
    return look_up(draw, noise, "noise")((count, latent_dim)).astype(np.float32)


def latent_dim_of(generator):
    """Return the length of the latent vectors that a generator takes, conditional or not.

    Args:
        generator: A Keras model of `z`, or of [z, labels].

    Returns:
        An int.

    Example:
        >>> latent_dim_of(build_dense_generator(latent_dim=7))
        7

    Introduced in lesson 08.
    """
    inputs = {tensor.name: tensor for tensor in generator.inputs}
    return inputs.get("z", generator.inputs[0]).shape[-1]


def check_latent(generator, z):
    """Return latent vectors as float32, or say that their length is not the generator's.

    Args:
        generator: A Keras model of `z`, or of [z, labels].
        z: Latent vectors, shape (n, latent_dim).

    Returns:
        A float32 array.

    Raises:
        ValueError: If the shape is another.

    Introduced in lesson 06.
    """
    z = np.asarray(z, dtype=np.float32)
    latent_dim = latent_dim_of(generator)
    if z.ndim != 2 or z.shape[1] != latent_dim:
        raise ValueError(
            f"The latent vectors have shape {z.shape}, but this generator takes vectors of length "
            f"{latent_dim}: pass an array of shape (n, {latent_dim})."
        )
    return z


def generate(generator, z, labels=None, batch_size=500):
    """Turn latent vectors into images, in batches, with the network in inference mode.

    Args:
        generator: A Keras model from (batch, latent_dim) to images, or a conditional one of
            [z, labels].
        z: Latent vectors, shape (n, latent_dim).
        labels: Class numbers, shape (n,), or one for all; for a conditional generator only.
        batch_size: Images made at a time.

    Returns:
        float32, shape (n, height, width, channels).

    Raises:
        ValueError: If the vectors have another length than the generator takes, or if labels are
            missing, not wanted, or wrong.

    Introduced in lesson 00.
    """
    z = check_latent(generator, z)
    labels = _labels_for(generator, labels, len(z))
    parts = [
        generator(_batch(z, labels, start, start + batch_size), training=False)
        for start in range(0, len(z), batch_size)
    ]
    return np.concatenate([ops.convert_to_numpy(part) for part in parts])


def _batch(z, labels, start, stop):
    return z[start:stop] if labels is None else [z[start:stop], labels[start:stop]]


def _labels_for(generator, labels, count):
    """Return the labels that the generator needs, checked, or None for an unconditional one."""
    if not is_conditional(generator):
        if labels is not None:
            raise ValueError(
                f"The generator {generator.name!r} takes no labels, but labels were given: leave "
                "them out, or use a generator from build_conditional_generator."
            )
        return None
    num_classes = num_classes_of(generator)
    if labels is None:
        raise ValueError(
            f"The generator {generator.name!r} draws what its labels say, and no labels were "
            f"given: pass labels=, one number from 0 to {num_classes - 1} for each latent vector."
        )
    if np.ndim(labels) == 0:
        labels = np.full(count, labels)
    return check_label_ids(labels, num_classes, count)
