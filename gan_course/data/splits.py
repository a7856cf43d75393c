"""The one rule that divides a data set into train, validation and test parts, the same for ever."""

import hashlib
from difflib import get_close_matches

import numpy as np

SPLITS = ("train", "validation", "test", "gan", "all")
SALT = b"gan_course split 1"  # never change it: published scores rest on this division


def check_split(split):
    """Return `split` if it is a known name, or suggest the nearest.

    Args:
        split: One of "train", "validation", "test", "gan" (train, then validation), "all".

    Returns:
        The same string.

    Raises:
        ValueError: If the name is unknown.

    Example:
        >>> check_split("gan")
        'gan'

    Introduced in lesson 00.
    """
    if split not in SPLITS:
        near = get_close_matches(str(split), SPLITS, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "A GAN trains on split='gan'."
        raise ValueError(f"split is {split!r}; it must be one of {', '.join(SPLITS)}. {hint}")
    return split


def fingerprints(images):
    """Return two whole numbers for each image that look random, yet come from its pixels alone.

    They are the first and the second eight bytes of the SHA-256 of a salt and the pixels. So an
    order by fingerprint is a shuffle that is the same on every machine, with every version of
    NumPy, and whatever the order of the images.

    Args:
        images: uint8 array (n, ...).

    Returns:
        Unsigned 64-bit array (n, 2).

    Example:
        >>> fingerprints(np.zeros((3, 28, 28), np.uint8)).shape
        (3, 2)

    Introduced in lesson 00.
    """
    digests = (hashlib.sha256(SALT + image.tobytes()).digest()[:16] for image in images)
    return np.frombuffer(b"".join(digests), ">u8").reshape(-1, 2)


def divide(images, labels, shares=(7, 1, 2)):
    """Divide a data set into three stratified parts by fingerprint.

    In each class the images are put in the order of their first fingerprint: the first seven
    tenths are for training, the next tenth for validation, the last two tenths for the test.
    Within a part the classes are mixed, in the order of the second fingerprint.

    Args:
        images: uint8 array (n, ...).
        labels: Class numbers, shape (n,).
        shares: The sizes of the three parts, in any unit.

    Returns:
        Three int64 arrays of indices: train, validation, test. None occurs twice.

    Example:
        >>> train, validation, test = divide(np.zeros((10, 28, 28), np.uint8), np.zeros(10))
        >>> len(train), len(validation), len(test)
        (7, 1, 2)

    Introduced in lesson 00.
    """
    labels = np.asarray(labels)
    by_first, by_second = np.argsort(fingerprints(images), axis=0, kind="stable").T
    ends = np.cumsum(shares) / np.sum(shares)
    part = np.zeros(len(labels), np.int64)  # part[i]: 0, 1 or 2 for image i
    for label in np.unique(labels):
        members = by_first[labels[by_first] == label]
        first, second = np.rint(ends[:2] * len(members)).astype(int)
        part[members[first:second]] = 1
        part[members[second:]] = 2
    return tuple(by_second[part[by_second] == which] for which in range(3))
