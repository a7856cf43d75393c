"""Checks of the labels that a conditional network is given, and of which network is conditional."""

import gan_course.backend

import numpy as np


def check_label_ids(labels, num_classes=10, count=None):
    """Return labels as int32 class numbers, or raise an error that says what they are instead.

    Args:
        labels: Whole numbers from 0 to `num_classes - 1`, shape (n,).
        num_classes: How many classes there are.
        count: How many labels there must be, one for each image or latent vector; None for any.

    Returns:
        An int32 array of shape (n,).

    Raises:
        ValueError: If the labels are one-hot rows or no whole numbers, if one lies outside the
            classes, or if their number is wrong.

    Example:
        >>> check_label_ids([3, 1, 4])
        array([3, 1, 4], dtype=int32)

    Introduced in lesson 08.
    """
    labels = np.asarray(labels)
    last = num_classes - 1
    if labels.ndim != 1:
        remedy = "Flatten them with labels.reshape(-1)."
        if labels.ndim == 0:
            remedy = f"For the same label throughout write np.full(n, {labels})."
        elif labels.ndim == 2 and labels.shape[1] == num_classes:
            remedy = (
                "They look like one-hot rows, which this network makes itself: turn them back "
                "into class numbers with labels.argmax(axis=1)."
            )
        raise ValueError(
            f"The labels have shape {labels.shape}; they must be class numbers of shape (n,), one "
            f"for each image. {remedy}"
        )
    if labels.size and labels.dtype.kind not in "iuf":
        raise ValueError(
            f"The labels have type {labels.dtype}; they must be whole numbers from 0 to {last}. "
            "Convert them with labels.astype('int32')."
        )
    wrong = ~((labels >= 0) & (labels <= last) & (labels == np.floor(labels)))  # NaN is wrong too
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            f"The label at index {first} is {labels[first]}; each must be a whole number from 0 "
            f"to {last}. Ask for a class that there is, or build the network with more classes."
        )
    if count is not None and len(labels) != count:
        raise ValueError(
            f"There are {len(labels)} labels for {count} images: give one label for each."
        )
    return labels.astype(np.int32)


def check_one_hot(rows, num_classes=10):
    """Return one-hot rows as float32, or raise an error that says what they are instead.

    Blends are welcome: a row may hold any shares from 0 to 1 that add up to 1.

    Args:
        rows: Numbers from 0 to 1, shape (n, num_classes), each row adding up to 1.
        num_classes: How many classes there are.

    Returns:
        A float32 array of shape (n, num_classes).

    Raises:
        ValueError: If they are class numbers, have another width, or do not add up to 1.

    Example:
        >>> check_one_hot([[0.5, 0.5]], num_classes=2)
        array([[0.5, 0.5]], dtype=float32)

    Introduced in lesson 08.
    """
    rows = np.asarray(rows)
    if rows.ndim != 2 or rows.shape[1] != num_classes:
        remedy = f"Give {num_classes} numbers for each image."
        if rows.ndim == 1 and rows.dtype.kind in "iu":
            remedy = f"Class numbers become rows with np.eye({num_classes})[labels]."
        raise ValueError(
            f"The rows have shape {rows.shape}; they must be one-hot, shape (n, {num_classes}). "
            f"{remedy}"
        )
    if rows.dtype.kind not in "biuf":
        raise ValueError(f"The rows have type {rows.dtype}; they must hold numbers from 0 to 1.")
    rows = rows.astype(np.float32)
    good = (rows >= 0).all(axis=1) & (np.abs(rows.sum(axis=1) - 1) < 1e-3)
    if not good.all():
        first = int(np.flatnonzero(~good)[0])
        raise ValueError(
            f"The row at index {first} is {rows[first].tolist()}; its shares must lie between 0 "
            "and 1 and add up to 1. A single class is one 1 and zeros."
        )
    return rows


def is_conditional(network):
    """Whether a network takes labels beside its first input.

    Args:
        network: A Keras model.

    Returns:
        True for models of [z, labels] or [images, labels].

    Introduced in lesson 08.
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

    Introduced in lesson 08.
    """
    for layer in network.layers:
        if hasattr(layer, "num_classes"):
            return layer.num_classes
        if type(layer).__name__ == "Embedding":
            return layer.input_dim
    raise ValueError(
        f"The network {network.name!r} has no layer that takes labels: build one with "
        "build_conditional_generator or build_conditional_discriminator."
    )
