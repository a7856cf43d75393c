"""Networks' variables on disk: one reader, one writer and one check of shapes for all such files.

A file is a NumPy `.npz`. Each variable is one array with a name such as `generator/0003/out/bias`:
its group, its place in the group, its path. Shipped weights are one group without a name, in
float16; checkpoints hold several groups, and more beside them.
"""

import json
import math
import os
import zipfile

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


def read_arrays(path, groups=None):
    """Read a file whole, every byte of it against its checksum.

    Args:
        path: A file of weights, or a checkpoint.
        groups: A dict from names to lists of variables, for which it is read: a compressed file
            may hold as many numbers as they do, and no more.

    Returns:
        A dict from names to arrays.

    Raises:
        WeightsError: If there is no such file, or it is cut short, damaged or of another kind.
    """
    numbers = [math.prod(v.shape) for group in (groups or {}).values() for v in group]
    room = 8 * sum(numbers) + 256 * (len(numbers) + 1)  # in bytes: the widest type, and headers
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > max(room, os.path.getsize(path)):
                raise ValueError("it would expand to more than the networks hold")
            return {m.filename.removesuffix(".npy"): _read(archive, m) for m in members}
    except FileNotFoundError as why:
        raise WeightsError(f"There is no file {path}: check the folder's name.") from why
    except Exception as why:  # what a foreign file makes zipfile and NumPy raise is past listing
        raise WeightsError(
            f"{path} cannot be read ({why}): it is damaged or cut short, or no file of this "
            "course. Use another copy, install the course again, or train into a new folder."
        ) from why


def damaged(path, what):
    """Return an error that says what is wrong with a checkpoint."""
    return WeightsError(
        f"{path} is damaged, or was not written by this course: {what}. Use another copy, or train "
        "into a new folder. Nothing was changed."
    )


def read_description(path, arrays):
    """Return the description in a checkpoint's arrays, a dict; None in an old file, without one.

    Args:
        path: The file, for the message.
        arrays: What `read_arrays` returned.

    Raises:
        WeightsError: If it cannot be read.
    """
    if "description" not in arrays:
        return None
    array = arrays["description"]
    try:
        found = json.loads(str(array)) if array.dtype.kind == "U" and array.ndim == 0 else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise damaged(path, "its description cannot be read")
    return found


def read_notes(path):
    """Return the notes of a checkpoint, as `Trainer.notes` had them; an empty dict in an old file.

    It asks no network and loads no TensorFlow.

    Args:
        path: A file that `Trainer.save` wrote.

    Raises:
        WeightsError: If the file is missing or damaged.
    """
    notes = (read_description(path, read_arrays(path)) or {}).get("notes", {})
    if not isinstance(notes, dict):
        raise damaged(path, "its description has no notes")
    return notes


def _read(archive, member):
    """Return one array. The last read reaches the end, where zipfile compares the checksum."""
    with archive.open(member) as file:
        array = np.lib.format.read_array(file, allow_pickle=False)
        if file.read(1):
            raise ValueError(f"{member.filename} is longer than its header says")
    return array


def match(path, arrays, groups):
    """Find the array of each variable, and check that every one of them fits.

    Paths are not compared: Keras numbers the layers of a session as they come.

    Args:
        path: The file, for the message.
        arrays: What `read_arrays` returned; other names than those of the groups are left alone.
        groups: A dict from group names to lists of variables, as when they were packed.

    Returns:
        A list of pairs, a variable and its array.

    Raises:
        WeightsError: If number, shapes or types differ, or a number is NaN or infinite; it names
            the first difference.
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
        for name, variable in zip(names, variables, strict=True):
            _check_values(path, name, arrays[name], variable.numpy().dtype)
            pairs.append((variable, arrays[name]))
    return pairs


def _check_values(path, name, array, dtype):
    """Refuse an array of another type, or with numbers that are none."""
    alike = array.dtype.kind == dtype.kind if dtype.kind == "f" else array.dtype == dtype
    what = None
    if not alike:
        what = f"holds {array.dtype} where {dtype} is needed"
    elif array.dtype.kind == "f" and not np.isfinite(array).all():
        what = "holds NaN or infinity"
    if what:
        raise WeightsError(
            f"{name!r} in {path} {what}: the file is damaged, or was not written by this course. "
            "Use another copy, or train into a new folder. Nothing was changed."
        )


def unpack(path, arrays, groups):
    """Put the arrays of a file into variables; all of them, or none.

    Args:
        path: The file, for the message.
        arrays: What `read_arrays` returned.
        groups: A dict from group names to lists of variables, as when they were packed.

    Raises:
        WeightsError: As `match`. No variable has been changed then.
    """
    for variable, array in match(path, arrays, groups):
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
    groups = {"": model.variables}
    unpack(path, read_arrays(path, groups), groups)


def _path_of(variable):
    """Return a Keras variable's path, such as `"hidden_1/kernel"`, or a TensorFlow one's name."""
    return getattr(variable, "path", variable.name)
