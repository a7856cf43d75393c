"""The shared validators: images, labels, value ranges, and scaling from one range to another."""

import math

import numpy as np

IMAGE_SHAPE = (28, 28, 1)
TOLERANCE = 1e-4  # of the range's width: float32 rounding passes, a wrong range does not


def check_range(value_range, name="value_range"):
    """Return `value_range` as two floats, or say what is wrong with it.

    Args:
        value_range: Two finite numbers, the lower one first, such as `(-1, 1)`.
        name: How the message calls it.

    Returns:
        A tuple of two floats.

    Raises:
        ValueError: If it is not two finite numbers with the lower one first.

    Example:
        >>> check_range((0, 1))
        (0.0, 1.0)

    Introduced in lesson 00.
    """
    try:
        low, high = (float(value) for value in value_range)
    except (TypeError, ValueError):
        low, high = math.nan, math.nan
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError(
            f"{name} is {value_range!r}; it must be two finite numbers, the lower one first. "
            f"Pass {name}=(-1, 1) for images from a tanh, {name}=(0, 1) for those from a sigmoid."
        )
    return low, high


def check_images(images, value_range, image_shape=IMAGE_SHAPE):
    """Return `images` as a float32 array after checking shape, range and NaN.

    Args:
        images: Anything NumPy can read as an array (n, height, width, channels), n at least 1.
        value_range: The lowest and highest value a pixel may have, such as `(-1, 1)`.
        image_shape: The shape (height, width, channels) that one image must have.

    Returns:
        A float32 array (n, height, width, channels); the same object if it already was one.

    Raises:
        ValueError: If the shape, the type or a value is wrong; the message says how to mend it.

    Example:
        >>> check_images(np.zeros((2, 28, 28, 1)), (-1, 1)).dtype
        dtype('float32')

    Introduced in lesson 00.
    """
    low, high = check_range(value_range)
    images = np.asarray(images)
    _check_shape(images, tuple(image_shape))
    if images.dtype.kind not in "iuf":
        raise ValueError(
            f"images has type {images.dtype}; it must hold numbers. "
            "Convert it with images.astype('float32')."
        )
    smallest, largest = float(images.min()), float(images.max())  # NaN in, NaN out
    if not (math.isfinite(smallest) and math.isfinite(largest)):
        bad = ~np.isfinite(images)
        first = int(np.flatnonzero(bad.reshape(len(images), -1).any(axis=1))[0])
        raise ValueError(
            f"images holds {int(bad.sum())} values that are NaN or infinite, the first in image "
            f"{first}; every pixel must be a finite number from {low:g} to {high:g}. "
            "If they come from a generator, its training diverged: go back to an earlier "
            "checkpoint. If they come from a file, leave that image out."
        )
    slack = TOLERANCE * (high - low)
    if smallest < low - slack or largest > high + slack:
        raise ValueError(
            f"images runs from {smallest:g} to {largest:g}; with value_range=({low:g}, {high:g}) "
            f"every pixel must lie in it. {_range_remedy(smallest, largest, low, high)}"
        )
    return images.astype(np.float32, copy=False)


def check_labels(labels, num_classes=10):
    """Return `labels` as an int64 array after checking that each is a class number.

    Args:
        labels: Whole numbers from 0 to `num_classes - 1`, shape (n,).
        num_classes: How many classes there are.

    Returns:
        An int64 array (n,).

    Raises:
        ValueError: If the shape is not (n,), or a label is NaN, fractional or out of range.

    Example:
        >>> check_labels([3, 1, 4])
        array([3, 1, 4])

    Introduced in lesson 00.
    """
    labels = np.asarray(labels)
    if labels.ndim != 1:
        remedy = "Flatten it with labels.reshape(-1)."
        if labels.ndim == 2 and labels.shape[1] == num_classes:
            remedy = "One-hot rows become class numbers with labels.argmax(axis=1)."
        raise ValueError(
            f"labels has shape {labels.shape}; it must be (n,), one class number each. {remedy}"
        )
    if labels.size and labels.dtype.kind not in "iuf":
        raise ValueError(
            f"labels has type {labels.dtype}; it must hold whole numbers from 0 to "
            f"{num_classes - 1}. Convert it with labels.astype('int64')."
        )
    wrong = ~((labels >= 0) & (labels <= num_classes - 1) & (labels == np.floor(labels)))
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            f"labels holds {int(wrong.sum())} values that are no class number, the first at index "
            f"{first}: {labels[first]}; each must be a whole number from 0 to {num_classes - 1}. "
            "Leave those images out, or number the classes from 0."
        )
    return labels.astype(np.int64)


def rescale(images, from_range, to_range):
    """Map pixel values linearly from one range to another, as float32.

    The ends map to the ends exactly: 0 and 255 become -1.0 and 1.0 under (0, 255) to (-1, 1).

    Args:
        images: Numbers of any shape within `from_range`.
        from_range: The (lowest, highest) value of the input, such as `(0, 255)`.
        to_range: The (lowest, highest) value of the output, such as `(-1, 1)`.

    Returns:
        A new float32 array of the same shape.

    Raises:
        ValueError: If a value is NaN or lies outside `from_range`, or a range is no range.

    Example:
        >>> rescale(np.array([0, 255]), (0, 255), (-1, 1))
        array([-1.,  1.], dtype=float32)

    Introduced in lesson 00.
    """
    low, high = check_range(from_range, "from_range")
    to_low, to_high = check_range(to_range, "to_range")
    images = np.asarray(images)
    if images.size:
        smallest, largest = float(images.min()), float(images.max())
        slack = TOLERANCE * (high - low)
        if not (smallest >= low - slack and largest <= high + slack):  # also true for NaN
            raise ValueError(
                f"images runs from {smallest:g} to {largest:g}; every value must lie in "
                f"from_range=({low:g}, {high:g}). Pass the range that the images have now as "
                "from_range, and leave out images that hold NaN."
            )
    scaled = images.astype(np.float32)  # a copy, changed in place: 60,000 images are 188 MB
    scaled -= np.float32(low)
    scaled /= np.float32(high - low)  # in [0, 1]
    scaled *= np.float32(to_high - to_low)
    scaled += np.float32(to_low)
    return scaled


def _check_shape(images, image_shape):
    if images.ndim == len(image_shape) + 1 and images.shape[1:] == image_shape and len(images):
        return
    height, width, channels = image_shape
    expected = f"(n, {height}, {width}, {channels})"
    remedy = f"Reshape or resize them to {expected}."
    if images.shape[1:] == image_shape:
        remedy = "There is not one image in it: check the selection that made it."
    elif images.shape == image_shape:
        remedy = "For a single image write images[None]."
    elif channels == 1 and images.ndim == 3 and images.shape[1:] == (height, width):
        remedy = "The channel axis is missing: write images[..., None]."
    elif images.ndim == 2 and images.shape[1] == height * width * channels:
        remedy = f"The pixels are in one row: write images.reshape(-1, {expected[4:]}."
    elif images.ndim == 4 and images.shape[1:] == (channels, height, width):
        remedy = "The channels come first: write np.moveaxis(images, 1, -1)."
    raise ValueError(f"images has shape {images.shape}; it must be {expected}. {remedy}")


def _range_remedy(smallest, largest, low, high):
    for known in ((0, 1), (-1, 1), (0, 255)):
        if smallest >= known[0] - TOLERANCE and largest <= known[1] + TOLERANCE:
            break
    else:
        return "Find where the values come from; clip them with np.clip if that is what you want."
    return (
        f"These look like values in {known}: pass value_range={known}, "
        f"or rescale(images, {known}, ({low:g}, {high:g}))."
    )
