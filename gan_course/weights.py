"""Weights on disk as float16 arrays: half the size of float32, and close enough to draw with."""

import zipfile
import zlib

import numpy as np

from gan_course.files import replacing


def save_weights(path, model):
    """Write a model's variables to one `.npz` file, in order, as float16.

    A whole-number variable, such as the seed of a dropout layer, keeps its type.

    Args:
        path: The file to write; an older one is replaced once the new one is complete.
        model: A Keras model.

    Raises:
        ValueError: If a weight is NaN, infinite, or too large for float16 (65,504).
        OSError: If the file cannot be written.

    Introduced in lesson 06.
    """
    arrays = {}
    for number, variable in enumerate(model.variables):
        value = np.asarray(variable)
        if value.dtype.kind == "f":
            with np.errstate(over="ignore"):
                value = value.astype(np.float16)
            if not np.isfinite(value).all():
                raise ValueError(
                    f"The variable {variable.path!r} does not fit into float16: it holds NaN or "
                    "values beyond 65,504. Train again with a smaller learning rate."
                )
        arrays[f"{number:03d}/{variable.path}"] = value
    with replacing(path) as file:
        np.savez_compressed(file, **arrays)


def load_weights(path, model):
    """Put the weights of a file into a model; all of them, or none.

    Args:
        path: A file that `save_weights` wrote.
        model: A Keras model of the same architecture. It is changed.

    Raises:
        ValueError: If the file is missing or damaged, or belongs to another architecture.

    Introduced in lesson 06.
    """
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = [archive[name] for name in sorted(archive.files)]
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError(
            f"The weights {path} cannot be read ({error}): install the course again, or make them "
            "again as CONTRIBUTING.md says."
        ) from error
    here, there = [tuple(v.shape) for v in model.variables], [array.shape for array in arrays]
    if here != there:
        raise ValueError(
            f"The weights {path} belong to another network: their shapes are {there}, and "
            f"{model.name!r} has {here}. Build the network that they were trained in."
        )
    for variable, array in zip(model.variables, arrays, strict=True):
        variable.assign(array.astype(variable.dtype))
