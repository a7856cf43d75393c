"""Latent vectors and labels, and what a generator makes of them."""

import gan_course.backend

import keras
import numpy as np
from keras import ops

from gan_course.arguments import check_labels, check_shares
from gan_course.names import look_up

BATCH = 500  # images made at a time


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

    Introduced in lesson 00.
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

    Introduced in lesson 07.
    """
    inputs = {tensor.name: tensor for tensor in generator.inputs}
    return inputs.get("z", generator.inputs[0]).shape[-1]


def is_conditional(network):
    """Whether a network takes labels beside its first input.

    Args:
        network: A Keras model.

    Returns:
        True for models of [z, labels] or [images, labels].
    """
    return len(network.inputs) > 1


def num_classes_of(network):
    """Return how many classes a conditional network knows.

    Args:
        network: A Keras model with a layer that takes the labels, as `build_conditional_*` makes.

    Returns:
        An int.

    Raises:
        ValueError: If no layer of the network says how many classes there are.
    """
    for layer in network.layers:
        if hasattr(layer, "num_classes"):
            return layer.num_classes
        if isinstance(layer, keras.layers.Embedding):
            return layer.input_dim
    raise ValueError(
        f"The network {network.name!r} has no layer that takes labels: build one with "
        "build_conditional_generator or build_conditional_discriminator."
    )


def generate(generator, z, labels=None):
    """Turn latent vectors into images, in batches, with the network in inference mode.

    Args:
        generator: A Keras model from (batch, latent_dim) to images, or a conditional one of
            [z, labels].
        z: Latent vectors, shape (n, latent_dim).
        labels: Class numbers, shape (n,), or one for all; for a conditional generator only.

    Returns:
        float32, shape (n, height, width, channels).

    Raises:
        ValueError: If the vectors have another length than the generator takes, or if labels are
            missing, not wanted, or wrong.

    Introduced in lesson 00.
    """
    z = _check_latent(generator, z)
    labels = _labels_for(generator, labels, len(z))
    return _in_batches(generator, z) if labels is None else _in_batches(generator, z, labels)


def label_rows(generator, labels):
    """Return the one-hot rows that a conditional generator makes of labels.

    Args:
        generator: A model of `build_conditional_generator`.
        labels: Class numbers, shape (n,).

    Returns:
        float32, shape (n, num_classes).

    Raises:
        ValueError: If the labels are no class numbers of this generator.

    Example:
        >>> rows = 0.5 * label_rows(generator, [3]) + 0.5 * label_rows(generator, [8])

    Introduced in lesson 08.
    """
    num_classes = num_classes_of(generator)
    return np.eye(num_classes, dtype=np.float32)[check_labels("labels", labels, num_classes)]


def generate_from_rows(generator, z, rows):
    """Draw images for rows of numbers in the place of labels, such as blends of two labels.

    Args:
        generator: A model of `build_conditional_generator`.
        z: Latent vectors, shape (n, latent_dim).
        rows: Shares from 0 to 1, shape (n, num_classes), each row 1 in sum.

    Returns:
        float32, shape (n, height, width, channels).

    Raises:
        ValueError: If the vectors or the rows do not fit the generator, or are not as many.

    Example:
        >>> shares = np.linspace(0, 1, 8)[:, None]
        >>> rows = (1 - shares) * label_rows(generator, [3]) + shares * label_rows(generator, [8])
        >>> images = generate_from_rows(generator, np.repeat(z[:1], 8, axis=0), rows)

    Introduced in lesson 08.
    """
    z = _check_latent(generator, z)
    remedy = "Make one row for each latent vector with label_rows; np.eye(10)[labels] does too."
    rows = check_shares("rows", rows, (len(z), num_classes_of(generator)), remedy)
    condition = generator.get_layer("condition")
    draw = keras.Model([generator.inputs[0], condition.output], generator.output)
    return _in_batches(draw, z, rows.astype(np.float32))


def _in_batches(network, *inputs):
    """Return what a network makes of one or two inputs, `BATCH` rows at a time."""
    parts = []
    for start in range(0, len(inputs[0]), BATCH):
        batch = [part[start : start + BATCH] for part in inputs]
        parts.append(network(batch if len(batch) > 1 else batch[0], training=False))
    return np.concatenate([ops.convert_to_numpy(part) for part in parts])


def _check_latent(generator, z):
    z = np.asarray(z, dtype=np.float32)
    latent_dim = latent_dim_of(generator)
    if z.ndim != 2 or z.shape[1] != latent_dim:
        raise ValueError(
            f"The latent vectors have shape {z.shape}, but this generator takes vectors of length "
            f"{latent_dim}: pass an array of shape (n, {latent_dim})."
        )
    return z


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
    return check_labels("labels", labels, num_classes, count).astype(np.int32)
