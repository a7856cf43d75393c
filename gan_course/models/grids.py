"""Checks of image sizes and channels, for networks that halve or double their grid."""

from gan_course.models.checks import check_sizes


def check_halving(image_shape, times=2):
    """Raise an error unless both sides of the images can be halved so many times.

    Args:
        image_shape: (height, width, channels).
        times: How often the network halves or doubles its grid.

    Raises:
        ValueError: If a side is no multiple of 2 to the power of `times`; the message names the
            nearest sizes that are.

    Example:
        >>> check_halving((28, 28, 1))    # 28 → 14 → 7

    Introduced in lesson 07.
    """
    check_sizes("image_shape", image_shape)
    if len(image_shape) != 3:
        raise ValueError(
            f"image_shape is {image_shape!r}; it must be (height, width, channels), such as "
            "(28, 28, 1)."
        )
    step = 2**times
    height, width = image_shape[:2]
    if height % step or width % step:
        smaller = [max(step, side // step * step) for side in (height, width)]
        larger = [-(-side // step) * step for side in (height, width)]
        raise ValueError(
            f"The images are {height}×{width}, which this network cannot halve {times} times: "
            f"both sides must be multiples of {step}. Crop them to {smaller[0]}×{smaller[1]}, or "
            f"pad them to {larger[0]}×{larger[1]}."
        )


def check_channels(channels, count):
    """Raise an error unless `channels` holds as many positive whole numbers as there are grids.

    Args:
        channels: A list of channel numbers.
        count: How many there must be.

    Raises:
        ValueError: If it is anything else.
    """
    check_sizes("channels", channels)
    if len(channels) != count:
        raise ValueError(
            f"channels is {channels!r}, {len(channels)} numbers; this network needs {count}, one "
            f"for each grid, such as channels={[2 ** (5 + number) for number in range(count)]}."
        )
