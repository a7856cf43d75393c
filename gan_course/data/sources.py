"""The reader of MNIST-like files, by what they are: Kaggle's CSV, Keras' npz, IDX folders."""

import gzip
import warnings
import zlib
from pathlib import Path

import numpy as np

from gan_course.data.idx import read_idx_folder
from gan_course.data.raw import RawDigits, checked_pair

KINDS = (
    "Kaggle's train.csv (a label and 784 pixels a row), an mnist.npz as Keras keeps it "
    "(x_train, y_train, x_test, y_test), or a folder of IDX files "
    "(train-images-idx3-ubyte.gz and the like)"
)


def read_path(path):
    """Read an MNIST-like data set from a file or a folder, by what it is.

    Args:
        path: Kaggle's `train.csv`, an `mnist.npz`, or a folder of IDX files; `~` is understood.

    Returns:
        `RawDigits`; its test part is None where the file has none.

    Raises:
        ValueError: If there is nothing at `path`, it is of another kind, it is damaged, or its
            content is not images of 28 x 28 pixels from 0 to 255 with labels from 0 to 9.

    Example:
        >>> read_path("downloads/train.csv").images.shape  # doctest: +SKIP
        (42000, 28, 28)

    Introduced in lesson 00.
    """
    path = Path(path).expanduser()
    name = path.name.lower()
    if path.is_dir():
        return read_idx_folder(path)
    if not path.exists():
        raise ValueError(
            f"There is no file or folder {str(path)!r} (looked from {str(Path.cwd())!r}). "
            f"Give the path of {KINDS}."
        )
    if name.endswith((".csv", ".csv.gz")):
        return read_csv(path)
    if name.endswith(".npz"):
        return read_npz(path)
    remedy = ""
    if "idx" in name:
        remedy = f" For IDX files give their folder: {str(path.parent)!r}."
    elif name.endswith((".zip", ".tar", ".tgz", ".tar.gz")):
        remedy = " Unpack the archive first."
    raise ValueError(f"{str(path)!r} is no known kind of data; expected {KINDS}.{remedy}")


def read_csv(path):
    """Read a table whose rows are a label and 784 pixels, as Kaggle's `train.csv` has them.

    Args:
        path: The file, plain or gzipped; its first line may be a header that starts with `label`.

    Returns:
        `RawDigits` without a test part.

    Raises:
        ValueError: If the columns are not 785, or a cell is no whole number in its range.

    Example:
        >>> read_csv("train.csv").labels[:3]  # doctest: +SKIP
        array([1, 0, 1], dtype=uint8)

    Introduced in lesson 00.
    """
    opener = gzip.open if str(path).lower().endswith(".gz") else open
    try:
        with opener(path, "rt", encoding="utf-8-sig") as file:
            first = file.readline().strip()
            cells = [cell.strip().strip('"') for cell in first.split(",")]
            if len(cells) != 785:
                remedy = f"Give {KINDS}."
                if len(cells) == 784:
                    remedy = (
                        "This looks like Kaggle's test.csv, which has no labels: give train.csv."
                    )
                raise ValueError(f"its first line has {len(cells)} columns. {remedy}")
            if cells[0].lower() == "label":
                first = ""
            elif not cells[0].isdigit():
                raise ValueError(
                    f"its first column is called {cells[0]!r}, not 'label'. "
                    "Move the labels to the first column and call it 'label'."
                )
            lines = (line for part in ([first] if first else [], file) for line in part)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # no rows: said below
                warnings.simplefilter("error", DeprecationWarning)  # older NumPy: 0.5 becomes 0
                table = np.loadtxt(lines, delimiter=",", dtype=np.int16, ndmin=2, quotechar='"')
    except (OSError, EOFError, zlib.error, ValueError, DeprecationWarning) as error:
        raise ValueError(
            f"{str(path)!r} could not be read: {str(error).split('; use')[0]} Expected are 785 "
            "whole numbers a row, a label from 0 to 9 and 784 pixels from 0 to 255; a row with "
            "an empty cell or NaN must be left out."
        ) from error
    if not len(table):
        raise ValueError(f"{str(path)!r} holds no rows below its header. Download it again.")
    return RawDigits(*checked_pair(table[:, 1:], table[:, 0], path))


def read_npz(path):
    """Read an `mnist.npz` as Keras keeps it: x_train, y_train, x_test, y_test.

    Args:
        path: The file. It is read, never written.

    Returns:
        `RawDigits` with a test part.

    Raises:
        ValueError: If it is damaged, an array is missing, or the content is wrong.

    Example:
        >>> read_npz("mnist.npz").test_images.shape  # doctest: +SKIP
        (10000, 28, 28)

    Introduced in lesson 00.
    """
    names = ("x_train", "y_train", "x_test", "y_test")
    try:
        with np.load(path, allow_pickle=False) as file:
            present = list(file.files)
            arrays = [file[name] for name in names if name in present]
    except Exception as error:  # a damaged zip can raise nearly anything
        raise ValueError(
            f"{str(path)!r} is damaged or no npz file ({type(error).__name__}: {error}). "
            "Delete it and fetch it again."
        ) from error
    if len(arrays) < len(names):
        raise ValueError(
            f"{str(path)!r} holds the arrays {present}; expected are {list(names)}. "
            "Save it with np.savez(path, x_train=…, y_train=…, x_test=…, y_test=…)."
        )
    return RawDigits(*checked_pair(*arrays[:2], path), *checked_pair(*arrays[2:], path))
