"""Ways through a latent space: walks, the plane through three vectors, strong directions."""

import gan_course.backend

import keras
import numpy as np

from gan_course.arguments import check_whole


def walk_between(start, end, steps=9, arc=True):
    """Return the latent vectors on the way from one to another.

    Args:
        start: A latent vector, shape (latent_dim,).
        end: Another.
        steps: How many vectors, the ends included, at least 2.
        arc: True for cos(a) · start + sin(a) · end, a from 0 to 90°: all along it, what was drawn
            from N(0, 1) keeps that spread. False for the straight line, whose middle is nearer to 0
            than anything the generator was trained on.

    Returns:
        float32, shape (steps, latent_dim).

    Raises:
        ValueError: If the vectors differ in length, or there are fewer than two steps.

    Source: the arc: White 2016, Sampling generative networks, there for vectors of any length.

    Example:
        >>> walk_between(np.zeros(2), np.ones(2), steps=3, arc=False)[1]
        array([0.5, 0.5], dtype=float32)
    """
    start, end = _alike(start=start, end=end)
    share = np.linspace(0.0, 1.0, check_whole("steps", steps, least=2))[:, np.newaxis]  # (steps, 1)
    angle = 0.5 * np.pi * share
    way = np.cos(angle) * start + np.sin(angle) * end if arc else (1 - share) * start + share * end
    return way.astype(np.float32)


def plane_through(first, second, third, across, down, keep_length=False):
    """Return a grid of latent vectors in the plane through three of them.

    The vector at (s, t) is first + s · (second − first) + t · (third − first): `first` at (0, 0),
    `second` at (1, 0), `third` at (0, 1).

    Args:
        first: A latent vector, shape (latent_dim,).
        second: Another.
        third: A third.
        across: The values of s, one for each column.
        down: The values of t, one for each row.
        keep_length: Whether each vector is stretched to the length √latent_dim, about which those
            from N(0, 1) lie. The corners then move a little, along their own directions.

    Returns:
        float32, shape (rows, columns, latent_dim).

    Raises:
        ValueError: If the vectors differ in length, or two directions of the plane are one.

    Example:
        >>> plane_through([0, 0], [1, 0], [0, 1], across=[0, 1, 2], down=[0, 1]).shape
        (2, 3, 2)
    """
    first, second, third = _alike(first=first, second=second, third=third)
    right, below = second - first, third - first
    if np.linalg.matrix_rank(np.stack([right, below])) < 2:
        raise ValueError(
            "The three latent vectors lie on one line, so that no single plane goes through them: "
            "take three different ones, such as the rows of sample_latent(3, latent_dim)."
        )
    s, t = np.meshgrid(np.asarray(across, float), np.asarray(down, float))  # each (rows, columns)
    plane = first + s[..., np.newaxis] * right + t[..., np.newaxis] * below
    return (to_typical_length(plane) if keep_length else plane).astype(np.float32)


def strongest_directions(generator, count=6):
    """Return the directions in which the generator's first layer answers most to its input.

    The first dense layer computes W z + b. Of all steps of length 1, the first right singular
    vector of W changes W z the most; the second the most of those at a right angle to it; and so
    on.

    Args:
        generator: A Keras model from `z`, whose first layer with weights is dense.
        count: How many directions.

    Returns:
        float32, shape (count, latent_dim): rows of length 1 at right angles. The entry of largest
        size in each is positive, so that the sign is the same on every machine.

    Raises:
        ValueError: If there is no dense layer, or there are fewer directions.

    Source: Shen & Zhou 2021, Closed-form factorization of latent semantics in GANs, equation 7.

    Example:
        >>> strongest_directions(generator, count=4) @ z
    """
    dense = [layer for layer in generator.layers if isinstance(layer, keras.layers.Dense)]
    if not dense:
        raise ValueError(
            f"The generator {generator.name!r} has no dense layer, whose weights show the "
            "directions: take one that begins with one, such as build_small_generator()."
        )
    weights = np.asarray(dense[0].get_weights()[0], float)  # (latent_dim, units)
    check_whole("count", count, most=len(weights))
    directions = np.linalg.svd(weights, full_matrices=False)[0].T[:count]
    largest = np.abs(directions).argmax(axis=1, keepdims=True)
    signs = np.sign(np.take_along_axis(directions, largest, axis=1))
    return (signs * directions).astype(np.float32)


def to_typical_length(z):
    """Return latent vectors stretched to the length √latent_dim, their directions kept.

    The squared length of a vector of latent_dim numbers from N(0, 1) has the mean latent_dim and
    the standard deviation √(2 · latent_dim): nearly all lie close to that sphere.

    Args:
        z: Latent vectors, shape (..., latent_dim).

    Returns:
        The same shape; a vector of zeros stays.
    """
    z = np.asarray(z, float)
    length = np.linalg.norm(z, axis=-1, keepdims=True)
    return (z * np.sqrt(z.shape[-1]) / np.maximum(length, 1e-12)).astype(np.float32)


def _alike(**vectors):
    """Return the vectors as float64, or say which shape differs."""
    found = {name: np.asarray(vector, float) for name, vector in vectors.items()}
    shapes = {name: vector.shape for name, vector in found.items()}
    if len(set(shapes.values())) > 1 or len(next(iter(shapes.values()))) != 1:
        said = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise ValueError(
            f"The latent vectors have the shapes {said}; expected one shape (latent_dim,) for all. "
            "A row of sample_latent(n, latent_dim) is such a vector."
        )
    return found.values()
