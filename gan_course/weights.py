"""Networks' variables on disk: one reader, one writer and one check of shapes for all such files.

A file is a NumPy `.npz`. Each variable is one array with a name such as `generator/0003/out/bias`:
its group, its place in the group, its path. Shipped weights are one group without a name, in
float16; checkpoints hold several groups, and more beside them.
"""

import zipfile
import zlib

import numpy as np

from gan_course.errors import CourseError
from gan_course.files import replacing


class WeightsError(CourseError, ValueError):
    """Weights cannot be saved or loaded. The networks and older files are unchanged."""


def pack(path, groups, dtype=None):
    """Return the arrays of variables, by the names that they have in a file.

    Args:
        path: The file they are meant for, for the message.
        groups: A dict from group names, such as `"generator"`, to lists of variables.
        dtype: What floating-point values are rounded to; as they are unless given.

    Returns:
        A dict from names to arrays.

    Raises:
        WeightsError: If a value is NaN or infinite, or too large for `dtype`.
    """
    arrays = {}
    for group, variables in groups.items():
        for number, variable in enumerate(variables):
            value = variable.numpy()
            if value.dtype.kind == "f":
                with np.errstate(over="ignore"):
                    value = value.astype(dtype or value.dtype)
                if not np.isfinite(value).all():
                    raise WeightsError(
                        f"The variable {_path_of(variable)!r} holds NaN or infinity, or more than "
                        f"{value.dtype} can hold, so {path} was not written: an older file there "
                        "stays. Load it, and lower the learning rate."
                    )
            name = f"{number:04d}/{_path_of(variable)}"
            arrays[f"{group}/{name}" if group else name] = value
    return arrays


def read_arrays(path):
    """Read a file whole.

    Args:
        path: A file of weights, or a checkpoint.

    Returns:
        A dict from names to arrays.

    Raises:
        WeightsError: If there is no such file, or it is cut short, damaged or of another kind.
    """
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except FileNotFoundError as why:
        raise WeightsError(f"There is no file {path}: check the folder's name.") from why
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, TypeError) as why:
        raise WeightsError(
            f"{path} cannot be read ({why}): it is damaged or cut short, or no file of this "
            "course. Use another copy, install the course again, or train into a new folder."
        ) from why


def unpack(path, arrays, groups):
    """Put the arrays of a file into variables; all of them, or none.

    Paths are not compared: Keras numbers the layers of a session as they come.

    Args:
        path: The file, for the message.
        arrays: What `read_arrays` returned; other names than those of the groups are left alone.
        groups: A dict from group names to lists of variables, as when they were packed.

    Raises:
        WeightsError: If number or shapes differ; it names the first difference. No variable has
            been changed then.
    """
    pairs = []
    for group, variables in groups.items():
        names = names_in(arrays, group)
        if variables and not names:
            raise WeightsError(
                f"{path} has no {group or 'variables'}, and here there is one: it was saved with "
                "other settings."
            )
        here = [tuple(variable.shape) for variable in variables]
        there = [arrays[name].shape for name in names]
        if here != there:
            unlike = [h != t for h, t in zip(here, there, strict=False)]
            what = f"it has {len(there)} variables where {len(here)} are needed"
            if any(unlike):
                place = unlike.index(True)
                what = (
                    f"it has {names[place]!r} of shape {there[place]} where this network has "
                    f"{_path_of(variables[place])!r} of shape {here[place]}"
                )
            raise WeightsError(
                f"{path} belongs to another network: {what}. Build the network that was saved, or "
                "train into a new folder. Nothing was changed."
            )
        pairs += zip(variables, (arrays[name] for name in names), strict=True)
    for variable, array in pairs:
        variable.assign(array.astype(variable.numpy().dtype))


def names_in(arrays, group):
    """Return the names of a group's arrays, in the order of its variables."""
    start = f"{group}/" if group else ""
    return sorted(name for name in arrays if name.startswith(start))


def save_weights(path, model):
    """Write a model's variables to one file as float16: close enough to draw with.

    A whole-number variable, such as the seed of a dropout layer, keeps its type.

    Args:
        path: The file to write; an older one is replaced once the new one is complete.
        model: A Keras model.

    Raises:
        WeightsError: If a weight is NaN, infinite, or too large for float16 (65,504).
        OSError: If the file cannot be written.
    """
    arrays = pack(path, {"": model.variables}, np.float16)
    with replacing(path) as file:
        np.savez_compressed(file, **arrays)


def load_weights(path, model):
    """Put the weights of a file into a model; all of them, or none.

    Args:
        path: A file that `save_weights` wrote.
        model: A Keras model of the same architecture. It is changed.

    Raises:
        WeightsError: If the file is missing or damaged, or belongs to another architecture.
    """
    unpack(path, read_arrays(path), {"": model.variables})


def _path_of(variable):
    """Return a Keras variable's path, such as `"hidden_1/kernel"`, or a TensorFlow one's name."""
    return getattr(variable, "path", variable.name)
