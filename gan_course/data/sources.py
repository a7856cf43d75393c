"""The reader of MNIST-like files, by what they are: CSV, npz, and folders of IDX files.

Known layouts stand in tables. What a file does not say for certain is asked for, never guessed.
"""

import gzip
import io
import re
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gan_course.arguments import check_labels
from gan_course.data.checks import dim_remedy

KINDS = (
    "a CSV with a label and 784 pixels a row (Kaggle's train.csv, OpenML's), an npz (Keras' "
    "mnist.npz with x_train, y_train, x_test, y_test; MedMNIST's), or a folder of IDX files "
    "(train-images-idx3-ubyte.gz and the like) or of KMNIST's npz files"
)
OTHER_PICTURES = "Pictures of another kind are read with load_images(images, labels=labels)."

# Images and labels for training, for the test, and for validation; the later pairs may be absent.
NPZ_LAYOUTS = (
    ("x_train", "y_train", "x_test", "y_test"),  # Keras
    # MedMNIST:
    ("train_images", "train_labels", "test_images", "test_labels", "val_images", "val_labels"),
)
# Four files, whose names may start with that of the data set and end as in ENDINGS.
IDX_NAMES = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
FILE_LAYOUTS = (
    IDX_NAMES,
    tuple(name.replace("t10k", "test") for name in IDX_NAMES),  # EMNIST
    ("train-imgs", "train-labels", "test-imgs", "test-labels"),  # KMNIST
)
ENDINGS = ("-ubyte", "-ubyte.gz", ".npz")
FIRST_FILE = re.compile(r"(.*)train-(images[-.]idx3-ubyte(\.gz)?|imgs\.npz)")
LABEL_NAMES = ("label", "labels", "class", "target", "y")  # of a CSV's column


class RawDigits(NamedTuple):
    """What a file holds: uint8 images (n, 28, 28) and labels (n,), and parts of their own or None.

    Its pairs stand in the order of `NPZ_LAYOUTS`: for training, for the test, for validation.
    """

    images: np.ndarray
    labels: np.ndarray
    test_images: np.ndarray | None = None
    test_labels: np.ndarray | None = None
    validation_images: np.ndarray | None = None
    validation_labels: np.ndarray | None = None


def read_path(path, wanted="MNIST", transposed=None):
    """Read an MNIST-like data set from a file or a folder, by what it is.

    Args:
        path: A CSV, an npz, or a folder of IDX files or of KMNIST's, as `KINDS` says. CSV and IDX
            files may be gzipped or zipped. A CSV may have a header or none, its labels first or
            last, and commas, semicolons or tabs. A folder may be torchvision's or the one above
            it; of several data sets in one folder, give the file with the training images.
            `~` is understood. Nothing is ever written there.
        wanted: The folder that torchvision makes for the data set, chosen from several.
        transposed: Whether rows and columns of the pictures are exchanged, as in EMNIST's files;
            None where the file is not of EMNIST.

    Returns:
        `RawDigits`; the parts that the files do not have are None.

    Raises:
        ValueError: If there is nothing at `path`, it is of another kind, it is damaged, or its
            content is not images of 28 x 28 pixels from 0 to 255 with labels from 0 to 9.

    Example:
        >>> read_path("downloads/train.csv").images.shape  # doctest: +SKIP
        (42000, 28, 28)
    """
    path = Path(path).expanduser()
    name = path.name.lower()
    first = path
    if path.is_dir():
        files = _choose_set(path, wanted)
        first, arrays = files[0], [_read_array(file) for file in files]
    elif path.exists() and name.endswith((".csv", ".csv.gz", ".csv.zip")):
        arrays = _read_csv(path)
    elif path.is_file() and (match := FIRST_FILE.fullmatch(path.name)):
        files = _complete(path.parent, _sets_in(path.parent)[match[1]])
        arrays = [_read_array(file) for file in files]
    elif path.exists() and name.endswith(".npz"):
        arrays = _read_npz(path)
    elif path.exists():
        remedy = ""
        if "idx" in name:
            remedy = f" For IDX files give their folder: {str(path.parent)!r}."
        elif name.endswith((".zip", ".tar", ".tgz", ".tar.gz")):
            remedy = " Unpack the archive first."
        elif name.endswith(".npy"):
            remedy = " An array of pictures without labels is read with load_images."
        raise ValueError(f"{str(path)!r} is no known kind of data; expected {KINDS}.{remedy}")
    else:
        raise ValueError(
            f"There is no file or folder {str(path)!r} (looked from {str(Path.cwd())!r}). "
            f"Give the path of {KINDS}."
        )
    if transposed is None and "emnist" in first.name.lower():
        raise ValueError(
            f"{str(first)!r} is called EMNIST, whose files hold every picture with rows and "
            "columns exchanged; expected a word on that. Pass load_mnist(path, transposed=True) to "
            "set them upright, or transposed=False if they are upright in your copy; on the "
            "command line --transposed or --no-transposed."
        )
    try:
        checked = [_checked(*arrays[i : i + 2]) for i in range(0, len(arrays), 2)]
    except ValueError as error:
        raise ValueError(f"{str(path)!r}: {error}") from None
    if transposed:
        checked = [(images.transpose(0, 2, 1), labels) for images, labels in checked]
    return RawDigits(*(array for pair in checked for array in pair))


def holds_digits(folder):
    """Return whether files of a data set of digits lie in a folder or somewhere below it."""
    patterns = ("*idx3-ubyte*", "*train-imgs.npz")
    return any(True for pattern in patterns for _ in Path(folder).rglob(pattern))


def find_idx(folder, name):
    """Return the file of a folder with a name of `FILE_LAYOUTS` in any spelling, or None."""
    for spelling in (name, name.replace("-idx", ".idx")):
        for ending in ENDINGS:
            file = Path(folder, spelling + ending)
            if file.is_file():
                return file
    return None


@contextmanager
def reading(path, remedy="Delete it and fetch it again."):
    """Say of a file that cannot be opened or understood which one it is, and what to do."""
    try:
        yield
    except OSError as error:
        if not error.strerror:  # gzip's word on a file that is none
            raise ValueError(f"{str(path)!r} is damaged ({error}). {remedy}") from error
        raise ValueError(
            f"{str(path)!r} cannot be read ({error.strerror}); expected a file that you may read. "
            "Look at its permissions, or copy it to a folder of yours."
        ) from error
    except Exception as error:  # damaged files raise nearly anything
        reason = f"{type(error).__name__}: {error}"
        raise ValueError(f"{str(path)!r} is damaged or misnamed ({reason}). {remedy}") from error


def _unpacked(file):
    """Return a file's bytes, out of gzip or a zip of one file, whatever the file is called."""
    content = file.read_bytes()
    if content[:2] == b"\x1f\x8b":
        return gzip.decompress(content)
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [name for name in archive.namelist() if not name.startswith("__MACOSX")]
            if len(members) > 1:
                raise ValueError(f"it is an archive of {len(members)} files: unpack it first")
            return archive.read(members[0])
    return content


# --- CSV -----------------------------------------------------------------------------------------


def _read_csv(path):
    import pandas

    expected = (
        "Expected are 785 whole numbers a row, 784 pixels from 0 to 255 after or before a label "
        "from 0 to 9, below a header that calls one column 'label' or 'class', or without one."
    )
    with reading(path, expected):
        content = _unpacked(path).lstrip()
        wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        line = content[:20_000].partition(b"\n")[0]
        kind = {"header": None, "encoding": "utf-16" if wide else "utf-8-sig"}
        kind["sep"] = max(",;\t", key=lambda sep: line.count(sep.encode()))
        cells = pandas.read_csv(io.BytesIO(content), nrows=1, dtype=str, **kind).loc[0]
        cells = [cell.strip(" '").lower() for cell in cells.fillna("")]
        counted = cells == [str(number) for number in range(len(cells))]  # pandas' own header
        header = counted or any(cell and not _is_number(cell) for cell in cells)
        index = int(header and not cells[0] and len(cells) == 786)  # pandas' numbers of the rows
        cells = cells[index:]
        columns = len(cells)
        if columns == 785:
            table = pandas.read_csv(io.BytesIO(content), skiprows=int(header), **kind)
            table = table.iloc[:, 1:] if index else table
            columns = table.shape[1]
        if columns != 785:
            has = "784 columns, like Kaggle's test.csv, which has no labels: give train.csv"
            raise ValueError(f"its rows have {has if columns == 784 else f'{columns} columns'}")
        place = _named_label(cells) if header and not counted else _seen_label(table)
        labels = table.iloc[:, place]
        if labels.dtype.kind not in "iuf":  # OpenML writes '5' in quotes
            labels = pandas.to_numeric(labels.astype(str).str.strip(" '"))
    return table.drop(columns=table.columns[place]).to_numpy(), labels.to_numpy()


def _is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _named_label(names):
    """Return the place of the one column that a header calls label or class."""
    places = [place for place, name in enumerate(names) if name in LABEL_NAMES]
    if len(places) != 1:
        raise ValueError(
            f"{len(places)} of its columns are called label or class (the first is called "
            f"{names[0]!r}, the last {names[-1]!r}): call the labels' column 'label', and no other"
        )
    return places[0]


def _seen_label(table):
    """Return the place of the labels without a header: of first and last, the one that varies."""
    ends = {place: table.iloc[:, place] for place in (0, 784)}
    variety = {
        place: (column.nunique(), bool(column.any()))
        for place, column in ends.items()
        if column.dtype.kind in "iuf" and column.isin(range(10)).all()
    }
    best = max(variety.values(), default=None)
    chosen = [place for place, seen in variety.items() if seen == best]
    if len(chosen) == 1 and (len(variety) == 2 or best[0] > 1):
        return chosen[0]
    word = "both look" if len(chosen) > 1 else "neither surely looks"
    raise ValueError(
        f"it has no header, and of its first and its last column {word} like labels from 0 to 9: "
        "add a header that calls the labels' column 'label'"
    )


# --- npz and IDX ---------------------------------------------------------------------------------


def _read_npz(path):
    with reading(path), np.load(path, allow_pickle=False) as file:
        present = list(file.files)
        layout = next((names for names in NPZ_LAYOUTS if set(names[:2]) <= set(present)), ())
        pairs = [layout[i : i + 2] for i in range(0, len(layout), 2)]
        names = [name for pair in pairs if set(pair) & set(present) for name in pair]
        arrays = [file[name] for name in names if name in present]
    if not arrays or len(arrays) < len(names):
        known = " or ".join(str(list(names)) for names in NPZ_LAYOUTS)
        raise ValueError(
            f"{str(path)!r} holds the arrays {present}; expected are {known}, those for test and "
            "validation in pairs or not at all. Save it with np.savez(path, x_train=…, y_train=…, "
            "x_test=…, y_test=…)."
        )
    return arrays


def _sets_in(folder):
    """Return the data sets of a folder by how their names start: each its files by name."""
    found = {}
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = FIRST_FILE.fullmatch(entry.name)
        if match and entry.is_file():
            ways = [[match[1] + name for name in way] for way in FILE_LAYOUTS]
            ways = [{name: find_idx(folder, name) for name in way} for way in ways]
            found[match[1]] = max(ways, key=lambda way: sum(map(bool, way.values())))
    return found


def _choose_set(folder, wanted):
    """Return the files of the one data set in a folder, in `raw` below it, or in `*/raw`."""
    homes = [folder, folder / "raw", *sorted(folder.glob("*/raw"))]  # torchvision's: MNIST/raw
    sets = {(home, start): files for home in homes for start, files in _sets_in(home).items()}
    nearest = {key: files for key, files in sets.items() if key[0] == folder}
    named = {key: files for key, files in sets.items() if key[0].parent.name == wanted}
    sets = nearest or (named if len(named) == 1 else sets)
    if len(sets) > 1:
        alone = len({home for home, _ in sets}) == len(sets)  # one in each folder
        firsts = [next(iter(files.values())) for files in sets.values()]
        paths = [str(first.parent if alone else first) for first in firsts]
        raise ValueError(
            f"{str(folder)!r} holds several data sets; expected one. Give the path of one: "
            f"{' or '.join(map(repr, paths))}."
        )
    default = {name: find_idx(folder, name) for name in IDX_NAMES}
    return _complete(folder, next(iter(sets.values()), default))


def _complete(folder, files):
    """Return the two or four files of a data set, or name those that a folder lacks."""
    pairs = list(files.items())
    if pairs[2][1] is pairs[3][1] is None:  # no test part
        pairs = pairs[:2]
    missing = [f"{name}-ubyte" if "-idx" in name else name for name, file in pairs if file is None]
    if not missing:
        return [file for _, file in pairs]
    found = sorted(entry.name for entry in folder.iterdir())[:8]
    ready = [name for name in found if name.lower().endswith((".csv", ".npz"))]
    given = f" or give the file itself: {str(folder / ready[0])!r}," if ready else ""
    raise ValueError(
        f"The folder {str(folder)!r} lacks {' and '.join(missing)}; it holds "
        f"{', '.join(found) or 'nothing'}. Put the missing files there, with .gz or without,"
        f"{given} or read pictures of your own with load_images."
    )


def _read_array(file):
    """Read one file of images or of labels."""
    with reading(file):
        if file.suffix == ".npz":
            with np.load(file, allow_pickle=False) as arrays:
                return arrays["arr_0"]
        content = _unpacked(file)
        dimensions = 1 if "labels" in file.name else 3
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
            f"{OTHER_PICTURES}"
        )
    floats = images.dtype.kind == "f"
    if images.dtype.kind not in "biuf" or (floats and np.isnan(images).any()):
        nans = f" with {int(np.isnan(images).sum())} NaN" if floats else ""
        raise ValueError(
            f"the pixels have type {images.dtype}{nans}; expected whole numbers from 0 to 255. "
            "Leave out rows with an empty cell, NaN or text."
        )
    low, high = images.min(), images.max()
    remedy = dim_remedy("images", low, high)
    fractions = " with fractions" if floats and (images != np.floor(images)).any() else ""
    if low < 0 or high > 255 or remedy or fractions:
        raise ValueError(
            f"the pixels run from {float(low):g} to {float(high):g}{fractions}; expected whole "
            f"numbers from 0 to 255. {remedy or 'Save them as they were before any scaling.'}"
        )
    if labels.ndim == 2:
        flat = labels.shape[1] == 1  # MedMNIST's
        one_hot = not flat and np.isin(labels, (0, 1)).all() and (labels.sum(axis=1) == 1).all()
        labels = labels[:, 0] if flat else labels.argmax(axis=1) if one_hot else labels
    labels = check_labels("labels", labels, count=len(images), remedy=OTHER_PICTURES)
    return images.astype(np.uint8, copy=False).reshape(-1, 28, 28), labels.astype(np.uint8)
