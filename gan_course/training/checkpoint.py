"""A checkpoint: all of a trainer's state in one file, visible in one rename."""

import gan_course.backend

import numpy as np

from gan_course.files import replacing
from gan_course.weights import names_in, pack, read_arrays, unpack


def save_state(path, groups, history):
    """Write variables and history to one file.

    Args:
        path: The file to write; an older one is replaced once the new one is complete.
        groups: A dict from group names, such as `"generator"`, to lists of variables.
        history: A dict from column names to equally long lists of numbers.

    Raises:
        WeightsError: If a variable holds NaN or infinity: the last good file stays.
        OSError: If the file cannot be written.
    """
    arrays = pack(path, groups)
    arrays |= {f"history/{column}": np.asarray(values) for column, values in history.items()}
    with replacing(path) as file:
        np.savez(file, **arrays)


def load_state(path, groups):
    """Put a checkpoint's values into variables; all of them, or none.

    Args:
        path: A file written by `save_state`.
        groups: A dict from group names to lists of variables, as when it was saved.

    Returns:
        The history, a dict of lists.

    Raises:
        WeightsError: If the file cannot be read, or holds another network. No variable has been
            changed then.
    """
    arrays = read_arrays(path)
    unpack(path, arrays, groups)
    return {
        name.removeprefix("history/"): values.tolist()
        for name, values in arrays.items()
        if name.startswith("history/")
    }


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
