"""Checks of what a trainer is given: data, labels, batches, optimisers, callbacks."""

import gan_course.backend

import keras
import numpy as np

from gan_course.arguments import check_labels, check_whole, refusal
from gan_course.models import is_conditional, num_classes_of


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


def check_batch_size(batch_size, available, replicas, packing=1):
    """Return the batch size, or raise a ValueError where it fits neither data nor devices.

    Args:
        batch_size: Images in a global batch.
        available: Images in the data.
        replicas: The number of devices.
        packing: How many examples the discriminator judges together.

    Returns:
        The batch size, an int.
    """
    batch_size = check_whole("batch_size", batch_size)
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
    if batch_size % (replicas * packing):
        whole = replicas * packing
        raise ValueError(
            f"batch_size is {batch_size}, which does not divide into packs of {packing}"
            f"{f' on each of {replicas} devices' if replicas > 1 else ''}: use "
            f"{batch_size // whole * whole or whole}."
        )
    return batch_size


def check_plain_update(update, plain):
    """Raise a ValueError for an update of the learner's own, into which no penalty can be put.

    Args:
        update: The function that was given as `discriminator_update`.
        plain: The updates in whose place the penalised one can stand.
    """
    if update not in plain:
        remedy = "Leave one of the two out: an update of your own can add a penalty by itself."
        raise refusal("discriminator_update", update, "none of your own with penalties", remedy)


def check_optimizers(networks, optimizers):
    """Raise a ValueError unless each optimiser is None, or a Keras one for this network.

    Args:
        networks: The generator and the discriminator.
        optimizers: Theirs.
    """
    for player, network, optimizer in zip(
        ("generator", "discriminator"), networks, optimizers, strict=True
    ):
        name, example = f"{player}_optimizer", "keras.optimizers.Adam(2e-4, beta_1=0.5)"
        if optimizer is None:
            continue
        if not isinstance(optimizer, keras.optimizers.Optimizer):
            raise refusal(name, optimizer, "a Keras optimiser", f"Take {name}={example}.")
        built = optimizer.built and getattr(optimizer, "_trainable_variables", None)
        mine = {id(variable) for variable in network.trainable_variables}
        if built and {id(variable) for variable in built} != mine:
            raise ValueError(
                f"The {name} was used for another network, and keeps that one's state. Make a new "
                f"one: {name}={example}."
            )


def check_callbacks(callbacks):
    """Return the callbacks as a tuple, or raise a ValueError where one is no function.

    Args:
        callbacks: A list of functions of the trainer.
    """
    remedy = "Write callbacks=[look], with def look(trainer): … as a function of the trainer."
    if callable(callbacks) or not hasattr(callbacks, "__iter__"):
        raise refusal("callbacks", callbacks, "a list of functions", remedy)
    callbacks = tuple(callbacks)
    for place, callback in enumerate(callbacks):
        if not callable(callback):
            raise refusal(f"callbacks[{place}]", callback, "a function of the trainer", remedy)
    return callbacks
