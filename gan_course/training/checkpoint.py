"""A checkpoint: all of a trainer's state in one file, visible in one rename.

The file is a NumPy `.npz`: one array for each variable under `network/number`, the history, and a
JSON text that names every variable and its shape, so that another network's file is recognised
before anything is changed.
"""

import json
import zipfile
import zlib
from pathlib import Path

import gan_course.backend

import numpy as np

from gan_course.errors import CourseError
from gan_course.files import replacing

FORMAT = 1


class CheckpointError(CourseError, ValueError):
    """A checkpoint cannot be saved or loaded. The trainer and older files are unchanged."""


def variable_path(variable):
    """Return a Keras variable's path, such as `"hidden_1/kernel"`, or a TensorFlow one's name."""
    return getattr(variable, "path", variable.name)


def describe_variables(groups):
    """Return, for each group, a list of [path, shape] of its variables.

    Args:
        groups: A dict from group names to lists of variables.

    Returns:
        A dict that JSON can hold.
    """
    return {
        name: [[variable_path(v), list(v.shape)] for v in variables]
        for name, variables in groups.items()
    }


def save_state(path, groups, history, notes):
    """Write variables, history and notes to one file.

    Args:
        path: The file to write; an older one is replaced once the new one is complete.
        groups: A dict from group names, such as `"generator"`, to lists of variables.
        history: A dict from column names to equally long lists of numbers.
        notes: A dict that JSON can hold: the recipe, the batch size, the seed.

    Raises:
        CheckpointError: If a variable holds NaN or infinity: the last good file stays.
        OSError: If the file cannot be written.
    """
    arrays = {}
    for name, variables in groups.items():
        for number, variable in enumerate(variables):
            value = variable.numpy()
            if value.dtype.kind == "f" and not np.isfinite(value).all():
                raise CheckpointError(
                    f"The variable {variable_path(variable)!r} of the {name} holds NaN or "
                    f"infinity, so {path} was not written: an older checkpoint there stays. Load "
                    "it, and lower the learning rate."
                )
            arrays[f"{name}/{number:04d}"] = value
    for column, values in history.items():
        arrays[f"history/{column}"] = np.asarray(values)
    description = {"format": FORMAT, "notes": notes, "variables": describe_variables(groups)}
    arrays["description"] = np.array(json.dumps(description))
    with replacing(path) as file:
        np.savez(file, **arrays)


def read_file(path):
    """Read a checkpoint file whole.

    Args:
        path: A file written by `save_state`.

    Returns:
        A pair: the description, a dict; and a dict from names to arrays.

    Raises:
        CheckpointError: If there is no such file, or it is truncated, damaged or of another kind.
    """
    path = Path(path)
    if not path.is_file():
        raise CheckpointError(f"There is no checkpoint at {path}: check the folder's name.")
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        description = json.loads(str(arrays.pop("description")))
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, zlib.error) as why:
        raise CheckpointError(
            f"{path} is no checkpoint of this course, or it is damaged or cut short ({why}). "
            "Use another copy, or train again into a new folder."
        ) from why
    return description, arrays


def load_state(path, groups):
    """Put a checkpoint's values into variables; all of them, or none.

    Args:
        path: A file written by `save_state`.
        groups: A dict from group names to lists of variables, as when it was saved.

    Returns:
        A pair: the history, a dict of lists; and the notes.

    Raises:
        CheckpointError: If the file cannot be read, or holds another network. No variable has
            been changed then.
    """
    description, arrays = read_file(path)
    check_same_variables(path, describe_variables(groups), description["variables"])
    for name, variables in groups.items():
        for number, variable in enumerate(variables):
            variable.assign(arrays[f"{name}/{number:04d}"])
    history = {
        name.removeprefix("history/"): values.tolist()
        for name, values in arrays.items()
        if name.startswith("history/")
    }
    return history, description["notes"]


def check_same_variables(path, here, there):
    """Raise an error that names the first difference in shape between two lists of variables.

    Names are not compared: Keras numbers the layers of a session as they come.

    Args:
        path: The checkpoint's file, for the message.
        here: The trainer's variables, from `describe_variables`.
        there: The checkpoint's variables.

    Raises:
        CheckpointError: If they differ in number or shape.
    """
    for name in here:
        if name not in there:
            raise CheckpointError(
                f"{path} has no {name}, and this trainer has one: it was saved with other settings."
            )
        expected, found = here[name], there[name]
        pairs = zip(expected, found, strict=False)
        difference = next(((e, f) for e, f in pairs if list(e[1]) != list(f[1])), None)
        if difference is None and len(expected) == len(found):
            continue
        if difference is None:
            what = f"it has {len(found)} variables in the {name}, this trainer {len(expected)}"
        else:
            (path_here, shape_here), (path_there, shape_there) = difference
            what = (
                f"in the {name} it has {path_there!r} of shape {tuple(shape_there)} where this "
                f"trainer has {path_here!r} of shape {tuple(shape_here)}"
            )
        raise CheckpointError(
            f"{path} belongs to another network: {what}. Build the network that was saved, or "
            "train into a new folder. Nothing was changed."
        )


def load_generator(path, generator):
    """Put the generator of a checkpoint into a model: the averaged one where there is one.

    Args:
        path: A file written by `save_state`.
        generator: A Keras model of the architecture that was trained. It is changed.

    Raises:
        CheckpointError: If the file cannot be read, or holds another network.

    Introduced in lesson 06.
    """
    description, arrays = read_file(path)
    saved = description["variables"]
    name = "averaged generator" if "averaged generator" in saved else "generator"
    here = describe_variables({name: generator.variables})
    check_same_variables(path, here, saved)
    for number, variable in enumerate(generator.variables):
        variable.assign(arrays[f"{name}/{number:04d}"])
