"""Between two labels: what a conditional generator draws for a blend of their rows."""

import gan_course.backend

import keras
import numpy as np
from keras import ops

from gan_course.layers import OneHotLabels
from gan_course.models.conditional_checks import check_label_ids, check_one_hot, num_classes_of
from gan_course.models.latent import check_latent


def label_rows(generator, labels):
    """Return the rows of numbers that a conditional generator makes of labels.

    Args:
        generator: A model of `build_conditional_generator`.
        labels: Class numbers, shape (n,).

    Returns:
        float32, shape (n, width): one-hot rows, or the learned rows of an embedding.

    Raises:
        ValueError: If the labels are no class numbers of this generator.

    Example:
        >>> rows = 0.5 * label_rows(generator, [3]) + 0.5 * label_rows(generator, [8])

    Introduced in lesson 08.
    """
    labels = check_label_ids(labels, num_classes_of(generator))
    rows = generator.get_layer("condition")(labels)
    return ops.convert_to_numpy(ops.cast(rows, "float32"))


def generate_from_rows(generator, z, rows, batch_size=500):
    """Draw images for rows of numbers in the place of labels, such as blends of two labels.

    Args:
        generator: A model of `build_conditional_generator`.
        z: Latent vectors, shape (n, latent_dim).
        rows: Shape (n, width), as `label_rows` gives them.
        batch_size: Images made at a time.

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
    z = check_latent(generator, z)
    condition = generator.get_layer("condition")
    if isinstance(condition, OneHotLabels):
        rows = check_one_hot(rows, condition.num_classes)
    rows = np.asarray(rows, dtype=np.float32)
    width = condition.output.shape[-1]
    if rows.shape != (len(z), width):
        raise ValueError(
            f"The rows have shape {rows.shape}; {len(z)} latent vectors need ({len(z)}, {width}). "
            "Make them with label_rows, one for each vector."
        )
    draw = keras.Model([generator.inputs[0], condition.output], generator.output)
    parts = [
        draw([z[start : start + batch_size], rows[start : start + batch_size]], training=False)
        for start in range(0, len(z), batch_size)
    ]
    return np.concatenate([ops.convert_to_numpy(part) for part in parts])
