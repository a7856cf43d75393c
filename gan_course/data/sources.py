"""The reader of MNIST-like files, by what they are: Kaggle's CSV, Keras' npz, IDX folders."""

import gzip
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gan_course.arguments import check_labels

KINDS = (
    "Kaggle's train.csv (a label and 784 pixels a row), an mnist.npz as Keras keeps it "
    "(x_train, y_train, x_test, y_test), or a folder of IDX files "
    "(train-images-idx3-ubyte.gz and the like)"
)
NPZ_NAMES = ("x_train", "y_train", "x_test", "y_test")
IDX_NAMES = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")


class RawDigits(NamedTuple):
    """What a file holds: uint8 images (n, 28, 28) and labels (n,), and a test part or None."""

    images: np.ndarray
    labels: np.ndarray
    test_images: np.ndarray | None = None
    test_labels: np.ndarray | None = None


def read_path(path):
    """Read an MNIST-like data set from a file or a folder, by what it is.

    Args:
        path: Kaggle's `train.csv`, plain or gzipped, with a header or without; an `mnist.npz`; or
            a folder of IDX files, plain or gzipped, torchvision's (`MNIST/raw`) and the one above
            it too. `~` is understood. Nothing is ever written there.

    Returns:
        `RawDigits`; its test part is None where there is none.

    Raises:
        ValueError: If there is nothing at `path`, it is of another kind, it is damaged, or its
            content is not images of 28 x 28 pixels from 0 to 255 with labels from 0 to 9.

    Example:
        >>> read_path("downloads/train.csv").images.shape  # doctest: +SKIP
        (42000, 28, 28)
    """
    path = Path(path).expanduser()
    name = path.name.lower()
    if path.is_dir():
        reader = _read_idx_folder
    elif name.endswith((".csv", ".csv.gz")) and path.exists():
        reader = _read_csv
    elif name.endswith(".npz") and path.exists():
        reader = _read_npz
    elif path.exists():
        remedy = ""
        if "idx" in name:
            remedy = f" For IDX files give their folder: {str(path.parent)!r}."
        elif name.endswith((".zip", ".tar", ".tgz", ".tar.gz")):
            remedy = " Unpack the archive first."
        raise ValueError(f"{str(path)!r} is no known kind of data; expected {KINDS}.{remedy}")
    else:
        raise ValueError(
            f"There is no file or folder {str(path)!r} (looked from {str(Path.cwd())!r}). "
            f"Give the path of {KINDS}."
        )
    arrays = reader(path)
    try:
        checked = [_checked(*arrays[i : i + 2]) for i in range(0, len(arrays), 2)]
    except ValueError as error:
        raise ValueError(f"{str(path)!r}: {error}") from None
    return RawDigits(*(array for pair in checked for array in pair))


def find_idx(folder, name):
    """Return the file of a folder that goes by one of `IDX_NAMES` in any spelling, or None."""
    for spelling in (name, name.replace("-idx", ".idx")):
        for ending in ("-ubyte", "-ubyte.gz"):
            file = Path(folder, spelling + ending)
            if file.is_file():
                return file
    return None


@contextmanager
def _reading(path, remedy="Delete it and fetch it again."):
    try:
        yield
    except Exception as error:  # damaged files raise nearly anything
        reason = f"{type(error).__name__}: {error}"
        raise ValueError(f"{str(path)!r} is damaged or misnamed ({reason}). {remedy}") from error


def _read_csv(path):
    import pandas

    kind = {"header": None, "encoding": "utf-8-sig"}
    expected = (
        "Expected are 785 whole numbers a row, a label from 0 to 9 and 784 pixels from 0 to 255, "
        "below a header that starts with 'label' or without one."
    )
    with _reading(path, expected):
        cells = [cell.strip() for cell in pandas.read_csv(path, nrows=1, dtype=str, **kind).loc[0]]
        if len(cells) != 785:
            has = "784 columns, like Kaggle's test.csv, which has no labels: give train.csv"
            has = has if len(cells) == 784 else f"{len(cells)} columns"
            raise ValueError(f"its first line has {has}")
        header = cells[0].lower() == "label"
        if not header and not cells[0].isdigit():
            raise ValueError(f"its first column is called {cells[0]!r}: move the labels there")
        table = pandas.read_csv(path, skiprows=int(header), **kind).to_numpy()
        if table.shape[1] != 785:
            raise ValueError(f"its rows have {table.shape[1]} columns")
    return table[:, 1:], table[:, 0]


def _read_npz(path):
    with _reading(path), np.load(path, allow_pickle=False) as file:
        present = list(file.files)
        arrays = [file[name] for name in NPZ_NAMES if name in present]
    if len(arrays) < len(NPZ_NAMES):
        raise ValueError(
            f"{str(path)!r} holds the arrays {present}; expected are {list(NPZ_NAMES)}. "
            "Save it with np.savez(path, x_train=…, y_train=…, x_test=…, y_test=…)."
        )
    return arrays


def _read_idx_folder(folder):
    homes = [folder, folder / "raw", *sorted(folder.glob("*/raw"))]  # torchvision's: MNIST/raw
    homes = [home for home in homes if find_idx(home, IDX_NAMES[0])] or [folder]
    if len(homes) > 1 and homes[0] != folder:
        raise ValueError(
            f"{str(folder)!r} holds several data sets; expected one. Give the folder of one: "
            f"{' or '.join(repr(str(home)) for home in homes)}."
        )
    files = [find_idx(homes[0], name) for name in IDX_NAMES]
    if files[2] is files[3] is None:  # no test part
        files = files[:2]
    missing = [f"{name}-ubyte" for name, f in zip(IDX_NAMES, files, strict=False) if f is None]
    if missing:
        found = sorted(entry.name for entry in folder.iterdir())[:8]
        ready = [name for name in found if name.lower().endswith((".csv", ".npz"))]
        given = f" or give the file itself: {str(folder / ready[0])!r}," if ready else ""
        raise ValueError(
            f"The folder {str(folder)!r} lacks {' and '.join(missing)}; it holds "
            f"{', '.join(found) or 'nothing'}. Put the missing files there, with .gz or without,"
            f"{given} or read pictures of your own with load_images."
        )
    return [_read_idx(file, 1 if "labels" in file.name else 3) for file in files]


def _read_idx(file, dimensions):
    with _reading(file):
        content = file.read_bytes()
        content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        magic = bytes([0, 0, 8, dimensions])  # 8 is the type uint8
        if content[:4] != magic:
            raise ValueError(f"it starts with {content[:4].hex(' ')}, expected {magic.hex(' ')}")
        shape = np.frombuffer(content, ">u4", dimensions, offset=4)
        return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def _checked(images, labels):
    """Return uint8 images (n, 28, 28) and labels (n,), or say what is wrong with them."""
    if images.shape[1:] not in ((28, 28), (28, 28, 1), (784,)) or not len(images):
        raise ValueError(
            f"the images have shape {images.shape}; expected (n, 28, 28) with n at least 1. "
            "Pictures of another size are read with load_images."
        )
    kind = images.dtype.kind
    if kind not in "iuf" or (kind == "f" and not np.all(images == np.floor(images))):  # NaN too
        nans = f" with {int(np.isnan(images).sum())} NaN" if kind == "f" else ""
        raise ValueError(
            f"the pixels have type {images.dtype}{nans}; expected whole numbers from 0 to "
            "255. Leave out rows with an empty cell or NaN; multiply pixels from 0 to 1 by 255 and "
            "round them."
        )
    if images.min() < 0 or images.max() > 255:
        raise ValueError(
            f"the pixels run from {images.min()} to {images.max()}; expected 0 to 255. "
            "Save the picture values as they were before any scaling."
        )
    labels = check_labels("labels", labels, count=len(images))
    return images.astype(np.uint8, copy=False).reshape(-1, 28, 28), labels.astype(np.uint8)
