"""What an array of digits must be, and scaling from one range of values to another."""

import math

import numpy as np

from gan_course.arguments import check_range, check_shape

TOLERANCE = 1e-4  # of the range's width: float32 rounding passes, a wrong range does not


# Ranges of values that would look black among 0 to 255, and what makes those of them.
DIM = (
    ((0, 1), "np.rint({} * 255.0)"),
    ((0, 16), "np.rint({} * (255 / 16))"),  # scikit-learn's digits
    ((-1, 1), "np.rint(({} + 1) * 127.5)"),
)


def dim_remedy(name, low, high):
    """Return how to bring pixels to 0 to 255 that run from `low` to `high`, or "" if they do."""
    for (black, white), mend in DIM:
        if black <= low < high <= white:
            return (
                f"Of 255 that is nearly black. If {black} is black and {white} is white, write "
                f"{mend.format(name)}.astype('uint8')."
            )
    return ""


def check_ends(value_range):
    """Return the values of black and white as two floats: -1 and 1, or 0 and 1.

    Raises:
        ValueError: If they are others: no network of the course ends in them.
    """
    ends = check_range("value_range", value_range)
    if ends not in ((-1.0, 1.0), (0.0, 1.0)):
        raise ValueError(
            f"value_range is {value_range!r}; expected (-1, 1), for a generator that ends in "
            "tanh, or (0, 1), for one that ends in a sigmoid. For another, apply rescale."
        )
    return ends


def check_images(images, value_range):
    """Return digits as a float32 array after checking shape, range and NaN.

    Args:
        images: Anything NumPy can read as an array (n, 28, 28, 1), n at least 1.
        value_range: The lowest and highest value a pixel may have, such as `(-1, 1)`.

    Returns:
        A float32 array (n, 28, 28, 1); the same object if it already was one.

    Raises:
        ValueError: If the shape, the type or a value is wrong; the message says how to mend it.

    Example:
        >>> check_images(np.zeros((2, 28, 28, 1)), (-1, 1)).dtype
        dtype('float32')

    Introduced in lesson 00.
    """
    low, high = check_range("value_range", value_range)
    images = np.asarray(images)
    check_shape("images", images, ("n", 28, 28, 1), _shape_remedy(images.shape))
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
    low, high = check_range("from_range", from_range)
    to_low, to_high = check_range("to_range", to_range)
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


def _shape_remedy(shape):
    if shape == (28, 28, 1):
        return "For a single image write images[None]."
    if len(shape) == 3 and shape[1:] == (28, 28):
        return "The channel axis is missing: write images[..., None]."
    if len(shape) == 2 and shape[1] == 784:
        return "The pixels are in one row: write images.reshape(-1, 28, 28, 1)."
    if shape[1:] == (1, 28, 28):
        return "The channels come first: write np.moveaxis(images, 1, -1)."
    if shape[1:] == (28, 28, 1):
        return "There is not one image in it: check the selection that made it."
    return "Reshape or resize them to (n, 28, 28, 1)."


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
