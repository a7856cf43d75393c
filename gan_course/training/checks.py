"""Checks of the trainer's arguments: what was received, what is expected, how to mend it."""

import gan_course.backend

import numpy as np

from gan_course.arguments import check_labels
from gan_course.models import is_conditional, num_classes_of


def check_whole(name, value):
    """Raise a ValueError unless `value` is a whole number of at least 1.

    Args:
        name: The argument's name, for the message.
        value: What was given.
    """
    if not isinstance(value, int | np.integer) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name} is {value!r}; it must be a whole number of at least 1.")


def check_training_data(data):
    """Return the data as float32, or raise a ValueError that says what is wrong with them.

    Args:
        data: Images of shape (n, height, width, channels), finite and at most 1 in size; or points
            of shape (n, dimensions), finite.

    Returns:
        A float32 array.
    """
    data = np.asarray(data)
    if data.ndim not in (2, 4) or len(data) == 0:
        raise ValueError(
            f"The data have shape {data.shape}; images must have shape (n, height, width, "
            "channels), such as (4000, 28, 28, 1): for grey images add the last axis with "
            "images[..., None]. Points must have shape (n, dimensions), such as (10000, 2)."
        )
    if data.dtype == np.uint8:
        raise ValueError(
            "The images are whole numbers in [0, 255]; a generator makes numbers in [0, 1] or "
            "[-1, 1]. Load them with load_mnist(value_range=(0, 1)), or divide by 255."
        )
    data = data.astype(np.float32)
    what = "images" if data.ndim == 4 else "points"
    if not np.isfinite(data).all():
        bad = int((~np.isfinite(data)).reshape(len(data), -1).any(axis=1).sum())
        raise ValueError(f"{bad} of {len(data)} {what} hold NaN or infinity; drop or mend them.")
    low, high = float(data.min()), float(data.max())
    if what == "images" and (low < -1.0 or high > 1.0):
        raise ValueError(
            f"The images run from {low:g} to {high:g}; a generator makes numbers in [0, 1] "
            "(sigmoid) or [-1, 1] (tanh). Scale them to that range first."
        )
    return data


def check_training_labels(labels, count, networks):
    """Return the labels as int32, or None; raise a ValueError where they do not fit.

    Args:
        labels: Whole numbers of shape (n,), or None.
        count: The number of images that they belong to.
        networks: The generator and the discriminator. Conditional networks take two inputs each.

    Returns:
        An int32 array of shape (n,), or None.
    """
    conditional = [is_conditional(network) for network in networks]
    if conditional[0] != conditional[1]:
        takes, lacks = (
            ("generator", "discriminator")
            if conditional[0]
            else reversed(("generator", "discriminator"))
        )
        raise ValueError(
            f"The {takes} takes labels and the {lacks} does not: a conditional GAN needs both. "
            f"Build the {lacks} with build_conditional_{lacks}."
        )
    if labels is None:
        if conditional[0]:
            raise ValueError("These networks take labels; pass them with labels=digits.labels.")
        return None
    if not conditional[0]:
        raise ValueError(
            "Labels were given, but these networks take none: leave labels out, or build the pair "
            "with build_conditional_generator and build_conditional_discriminator."
        )
    return check_labels("labels", labels, num_classes_of(networks[0]), count).astype(np.int32)


def check_batch_size(batch_size, available, replicas):
    """Raise a ValueError unless the batch fits the data and divides among the devices.

    Args:
        batch_size: Images in a global batch.
        available: Images in the data.
        replicas: The number of devices.
    """
    check_whole("batch_size", batch_size)
    if batch_size > available:
        raise ValueError(
            f"batch_size is {batch_size}, but the data has {available} images: use a batch of at "
            f"most {available}, or more data."
        )
    if batch_size % replicas:
        raise ValueError(
            f"batch_size is {batch_size}, which does not divide among {replicas} devices: use "
            f"{batch_size // replicas * replicas or replicas}."
        )


def check_averaging(averaging):
    """Raise a ValueError unless `averaging` is None or a number in [0, 1).

    Args:
        averaging: The decay of the averaged generator.
    """
    if averaging is not None and not (isinstance(averaging, int | float) and 0 <= averaging < 1):
        raise ValueError(
            f"averaging is {averaging!r}; it must be a number in [0, 1), such as 0.999, or None."
        )


def check_run_length(steps, seconds):
    """Raise a ValueError unless at least one of the two is given, and each is positive.

    Args:
        steps: Steps to train for, or None.
        seconds: Seconds to train for, or None.
    """
    if steps is None and seconds is None:
        raise ValueError("Say how long to train: run(steps=1000) or run(seconds=60).")
    if steps is not None:
        check_whole("steps", steps)
    if seconds is not None and not seconds > 0:
        raise ValueError(f"seconds is {seconds!r}; it must be more than 0.")
