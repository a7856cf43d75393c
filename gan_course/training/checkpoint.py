"""A checkpoint: all of a trainer's state in one file, visible in one rename."""

import json

import gan_course.backend

import numpy as np

from gan_course.files import replacing
from gan_course.weights import (
    WeightsError,
    damaged,
    match,
    names_in,
    pack,
    read_arrays,
    read_description,
    unpack,
)

FORMAT = 2  # 1 and files without a description hold the learning rates among the variables
EMPTY = {"format": 1, "notes": {}, "settings": {}}


def save_state(path, groups, history, settings, notes):
    """Write variables, history and what belongs to them to one file.

    Args:
        path: The file to write; an older one is replaced once the new one is complete.
        groups: A dict from group names, such as `"generator"`, to lists of variables.
        history: A dict from column names to equally long lists of numbers.
        settings: What the trainer was given, as JSON can hold it.
        notes: What else is to be known of the run, such as its data and seed, as JSON can hold it.

    Raises:
        WeightsError: If a variable holds NaN or infinity: the last good file stays.
        OSError: If the file cannot be written.
    """
    arrays = pack(path, groups)
    for column, values in history.items():  # losses come as float32: nothing is lost
        dtype = np.int32 if column == "step" else np.float32
        arrays[f"history/{column}"] = np.asarray(values, dtype)
    description = {"format": FORMAT, "notes": notes, "settings": settings}
    arrays["description"] = np.array(json.dumps(description, default=str))
    with replacing(path) as file:
        np.savez(file, **arrays)


def read_state(path, groups_of, columns):
    """Read a checkpoint, and check all of it against a trainer, which is not changed.

    Args:
        path: A file written by `save_state`.
        groups_of: A function of the file's format that returns a dict from group names to lists of
            variables, the step counter as the group `"step"`.
        columns: The columns of the history.

    Returns:
        A triple: pairs of a variable and its array; the history, a dict of lists; the description,
        a dict with `format`, `notes` and `settings`.

    Raises:
        WeightsError: If the file cannot be read, is damaged, or belongs to another network.
    """
    arrays = read_arrays(path, groups_of(1))
    description = _description(path, arrays)
    groups = groups_of(description["format"])
    pairs = match(path, arrays, groups)
    step = next(int(array) for variable, array in pairs if variable is groups["step"][0])
    return pairs, _history(path, arrays, columns, step), description


def load_generator(path, generator):
    """Put the generator of a checkpoint into a model: the averaged one where there is one.

    Args:
        path: A file written by `save_state`.
        generator: A Keras model of the architecture that was trained. It is changed.

    Raises:
        WeightsError: If the file cannot be read, or holds another network.
    """
    arrays = read_arrays(path)
    name = "averaged generator" if names_in(arrays, "averaged generator") else "generator"
    unpack(path, arrays, {name: generator.variables})


def _description(path, arrays):
    """Return a file's description, checked; that of the oldest files, which have none, is empty."""
    found = read_description(path, arrays)
    if found is None:
        return EMPTY
    if not isinstance(found.get("format"), int):
        raise damaged(path, "its description cannot be read")
    found = found if found["format"] == FORMAT else EMPTY | found
    if found["format"] not in (1, FORMAT):
        raise WeightsError(
            f"{path} has format {found['format']}, and this version of the course reads {FORMAT}: "
            "update the course, or train into a new folder. Nothing was changed."
        )
    if not all(isinstance(found.get(name), dict) for name in ("notes", "settings")):
        raise damaged(path, "its description has no notes or no settings")
    return found


def _history(path, arrays, columns, step):
    """Return the history as lists, if its columns are whole and end at the present step."""
    found = {column: arrays.get(f"history/{column}") for column in columns}
    missing = [column for column, values in found.items() if values is None]
    if missing:
        raise damaged(path, f"its history has no column {missing[0]!r}")
    for column, values in found.items():
        kinds = "iu" if column == "step" else "iuf"
        if values.ndim != 1 or (values.size and values.dtype.kind not in kinds):
            raise damaged(path, f"the column {column!r} of its history is no list of numbers")
        if values.shape != found["step"].shape:
            raise damaged(path, "the columns of its history are of unequal length")
        if not np.isfinite(values).all():
            raise damaged(path, f"the column {column!r} of its history holds NaN or infinity")
    steps = found["step"]
    ends_at = steps[-1] if steps.size else 0
    if step < 0 or ends_at != step or (steps.size and steps[0] < 1) or (np.diff(steps) < 1).any():
        raise damaged(path, f"it is at step {step}, and its history ends at step {ends_at}")
    return {column: values.tolist() for column, values in found.items()}
