"""The reader of IDX files, the format in which MNIST was published."""

import gzip
import math
import zlib
from pathlib import Path

import numpy as np

from gan_course.data.raw import RawDigits, checked_pair

IDX_NAMES = ("train-images.idx3", "train-labels.idx1", "t10k-images.idx3", "t10k-labels.idx1")


def read_idx_folder(folder):
    """Read a folder of IDX files, the format in which MNIST was published.

    The names may be `train-images-idx3-ubyte` or `train-images.idx3-ubyte`, with `.gz` or
    without. The pair `t10k-…` is the test part; it may be absent.

    Args:
        folder: The folder that holds them.

    Returns:
        `RawDigits`; the test part is None if the folder has none.

    Raises:
        ValueError: If a file is missing, damaged, or does not hold what its name says.

    Example:
        >>> read_idx_folder("mnist").images.shape  # doctest: +SKIP
        (60000, 28, 28)

    Introduced in lesson 00.
    """
    files = [find_idx(folder, name) for name in IDX_NAMES]
    if files[2] is files[3] is None:
        files = files[:2]
    missing = [f"{IDX_NAMES[i].replace('.', '-')}-ubyte" for i, f in enumerate(files) if f is None]
    if missing:
        found = sorted(entry.name for entry in Path(folder).iterdir())[:8]
        remedy = "Put the missing files there, with .gz or without"
        ready = [name for name in found if name.lower().endswith((".csv", ".npz"))]
        if ready:
            remedy += f", or give the file itself: {str(Path(folder, ready[0]))!r}"
        raise ValueError(
            f"The folder {str(folder)!r} lacks {' and '.join(missing)}; it holds "
            f"{', '.join(found) or 'nothing'}. {remedy}."
        )
    arrays = [_read_idx(file, 1 if "labels" in file.name else 3) for file in files]
    parts = []
    for images, labels in zip(arrays[::2], arrays[1::2], strict=True):
        parts.extend(checked_pair(images, labels, folder))
    return RawDigits(*parts)


def find_idx(folder, name):
    """Return the file of a folder that goes by an IDX name in any spelling, or None.

    Args:
        folder: Where to look.
        name: One of `IDX_NAMES`, such as "train-images.idx3".

    Returns:
        A `Path` to a file, or None.

    Example:
        >>> find_idx("mnist", "train-images.idx3")  # doctest: +SKIP
        PosixPath('mnist/train-images-idx3-ubyte.gz')

    Introduced in lesson 00.
    """
    for spelling in (name.replace(".", "-"), name):
        for ending in ("-ubyte", "-ubyte.gz"):
            file = Path(folder, spelling + ending)
            if file.is_file():
                return file
    return None


def _read_idx(file, dimensions):
    try:
        content = file.read_bytes()
        content = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(
            f"{str(file)!r} is damaged ({type(error).__name__}: {error}). "
            "Delete it and fetch it again."
        ) from error
    start = 4 + 4 * dimensions  # magic number: 0, 0, type (8 is uint8), number of dimensions
    header = content[:start].ljust(start, b"\0")
    shape = tuple(int(size) for size in np.frombuffer(header, ">u4")[1:])
    if header[:4] != bytes([0, 0, 8, dimensions]) or len(content) != start + math.prod(shape):
        raise ValueError(
            f"{str(file)!r} is cut short or no IDX file of {dimensions} dimensions: it has "
            f"{len(content)} bytes and starts with {content[:4].hex(' ') or 'nothing'}, expected "
            f"00 00 08 0{dimensions} and the size its header gives. Delete it and fetch it again."
        )
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)
