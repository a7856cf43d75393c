"""What a file of images and labels holds, in the one form that all readers hand on."""

from typing import NamedTuple

import numpy as np

from gan_course.data.checks import check_labels


class RawDigits(NamedTuple):
    """What a file holds: uint8 images (n, 28, 28) and labels (n,), and a test part or None."""

    images: np.ndarray
    labels: np.ndarray
    test_images: np.ndarray | None = None
    test_labels: np.ndarray | None = None


def checked_pair(images, labels, path):
    """Return images and labels as a file's reader must hand them on, or name what is wrong.

    Args:
        images: Array (n, 28, 28), (n, 28, 28, 1) or (n, 784) of whole numbers from 0 to 255.
        labels: Array (n,) of whole numbers from 0 to 9.
        path: Where they were read, for the message.

    Returns:
        uint8 arrays (n, 28, 28) and (n,).

    Raises:
        ValueError: If a shape, type or value is wrong, NaN included.

    Example:
        >>> checked_pair(np.zeros((2, 784)), [3, 1], "train.csv")[0].shape
        (2, 28, 28)

    Introduced in lesson 00.
    """
    where = f"{str(path)!r}: "
    images, labels = np.asarray(images), np.asarray(labels)
    if images.shape[1:] not in ((28, 28), (28, 28, 1), (784,)) or not len(images):
        raise ValueError(
            f"{where}the images have shape {images.shape}; expected (n, 28, 28) with n at least 1. "
            "Resize them to 28 x 28 pixels in shades of grey."
        )
    if labels.shape != images.shape[:1]:
        raise ValueError(
            f"{where}there are labels of shape {labels.shape} for {len(images)} images; expected "
            "one label for each. Fetch both from the same place."
        )
    kind = images.dtype.kind
    if kind not in "iuf" or (kind == "f" and not np.all(images == np.floor(images))):  # NaN too
        nans = f" with {int(np.isnan(images).sum())} NaN" if kind == "f" else ""
        raise ValueError(
            f"{where}the pixels have type {images.dtype}{nans}; expected whole numbers from 0 to "
            "255. Leave out images with NaN; multiply pixels from 0 to 1 by 255 and round them."
        )
    if images.min() < 0 or images.max() > 255:
        raise ValueError(
            f"{where}the pixels run from {images.min()} to {images.max()}; expected 0 to 255. "
            "Save the picture values as they were before any scaling."
        )
    try:
        labels = check_labels(labels)
    except ValueError as error:
        raise ValueError(f"{where}{error}") from None
    return images.astype(np.uint8, copy=False).reshape(-1, 28, 28), labels.astype(np.uint8)
