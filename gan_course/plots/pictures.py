"""Arrays of images to one picture, and pictures to PNG and GIF: NumPy and Pillow, no axes."""

import io
from pathlib import Path

import numpy as np

from gan_course.arguments import check_range, check_whole, refusal
from gan_course.files import replacing

SHOWN_WIDTH = 480  # pixels, of an enlarged picture at least
CAPTION = 24  # pixels, the height of a line of text above a picture
HOLD_MS = 1500  # how long the last frame of an animation stays


def tile(images, columns=8, value_range=(-1, 1), gap=2, header=0):
    """Lay images out on one white sheet, row by row.

    Args:
        images: As in `to_uint8`.
        columns: How many images stand in a row, at least 1.
        value_range: As in `to_uint8`.
        gap: White pixels between images and around them.
        header: Extra white pixels above every row, for a title.

    Returns:
        The sheet, uint8, (height, width) in grey or (height, width, 3) in colour.

    Raises:
        ValueError: If the shape is wrong, there is no image, a value is not finite, or values lie
            outside `value_range`.

    Example:
        >>> tile(np.zeros((4, 28, 28, 1)), columns=2, value_range=(0, 1), gap=0).shape
        (56, 56)
    """
    images = to_uint8(images, value_range)
    check_whole("columns", columns)
    count, height, width, *colours = images.shape
    tall, wide, rows = height + gap + header, width + gap, -(-count // columns)
    sheet = np.full((rows * tall + gap, columns * wide + gap, *colours), 255, np.uint8)
    cells = np.full((rows * columns, tall, wide, *colours), 255, np.uint8)
    cells[:count, gap + header :, gap:] = images
    cells = cells.reshape(rows, columns, tall, wide, *colours).swapaxes(1, 2)
    sheet[: rows * tall, : columns * wide] = cells.reshape(rows * tall, columns * wide, *colours)
    return sheet


def to_uint8(images, value_range):
    """Turn images into uint8: 0 is black, 255 is white.

    Args:
        images: Grey images, (n, height, width, 1) or (n, height, width), or colour images, (n,
            height, width, 3); floats in `value_range`, or uint8.
        value_range: The values that stand for black and white, such as (-1, 1) or (0, 1). Values
            up to 1 % outside are clipped. Not used for uint8 images.

    Returns:
        uint8, (n, height, width) in grey or (n, height, width, 3) in colour.

    Raises:
        ValueError: As `tile`.
    """
    images = np.asarray(images)
    if images.ndim == 4 and images.shape[-1] == 1:
        images = images[..., 0]
    colour = images.ndim == 4 and images.shape[-1] == 3
    if not (images.ndim == 3 or colour) or 0 in images.shape:
        raise ValueError(
            f"images has shape {images.shape}; expected (n, height, width, 1) or (n, height, "
            "width) in grey, or (n, height, width, 3) in colour, with n of at least 1. One image "
            "becomes a batch of one with image[np.newaxis]."
        )
    if images.dtype == np.uint8:
        return images
    low, high = check_range("value_range", value_range)
    images = images.astype(np.float32, copy=False)
    smallest, largest = float(images.min()), float(images.max())  # nan in, nan out
    if not np.isfinite([smallest, largest]).all():
        bad = int(np.count_nonzero(~np.isfinite(images)))
        raise ValueError(
            f"images holds {bad} value(s) that are nan or infinite; expected finite numbers. "
            "If a generator made them, its training diverged: take a smaller learning rate."
        )
    slack = 0.01 * (high - low)
    if smallest < low - slack or largest > high + slack:
        raise ValueError(
            f"images run from {smallest:g} to {largest:g}; expected values in [{low:g}, {high:g}]. "
            "Pass the value_range they are in: (0, 1) after a sigmoid, (-1, 1) after a tanh, "
            "(0, 255) for raw pixels."
        )
    grey = (images - low) * (255.0 / (high - low))
    return np.clip(np.rint(grey), 0, 255).astype(np.uint8)


def check_frames(frames, steps):
    """Raise an error unless there are recorded frames, and one step for each.

    Args:
        frames: A list of image arrays, oldest first.
        steps: The training step of each frame.

    Raises:
        ValueError: If there are no frames, or not as many steps.
    """
    if not frames or len(frames) != len(steps):
        raise ValueError(
            f"Received {len(frames)} frames and {len(steps)} steps; expected one step for each "
            "frame, and at least one. A dashboard keeps both: dashboard.recorder.frames, .steps."
        )


def enlarge(picture, width=SHOWN_WIDTH):
    """Make every pixel a square, of 2×2 at least, until the picture can be seen on a screen.

    Args:
        picture: uint8, as `tile` returns.
        width: The least width of the result, in pixels.

    Returns:
        uint8, as many times as high and as wide.

    Example:
        >>> enlarge(np.zeros((242, 242), np.uint8)).shape
        (484, 484)
    """
    scale = max(2, -(-width // picture.shape[1]))
    return picture.repeat(scale, axis=0).repeat(scale, axis=1)


def caption(picture, text):
    """Write a line of text above a picture, in black on white.

    Args:
        picture: uint8, as `tile` returns.
        text: A short text.

    Returns:
        uint8, a little higher.

    Example:
        >>> caption(np.zeros((484, 484), np.uint8), "step 1,200").shape
        (508, 484)
    """
    from PIL import Image, ImageDraw, ImageFont

    strip = Image.new("L", (picture.shape[1], CAPTION), 255)
    ImageDraw.Draw(strip).text((6, 3), text, fill=0, font=ImageFont.load_default(CAPTION - 8))
    strip = np.asarray(strip)
    if picture.ndim == 3:
        strip = np.repeat(strip[..., np.newaxis], 3, axis=-1)
    return np.concatenate([strip, picture])


def encode_png(picture):
    """Turn a picture into the bytes of a PNG file.

    Fast rather than small: about a millisecond for a sheet of 64 digits.

    Args:
        picture: uint8, (height, width) in grey or (height, width, 3) in colour.

    Returns:
        bytes.

    Raises:
        ValueError: If the picture is not uint8 or has another shape.

    Example:
        >>> encode_png(np.zeros((28, 28), np.uint8))[1:4]
        b'PNG'
    """
    buffer = io.BytesIO()
    _to_pillow(picture).save(buffer, format="PNG", compress_level=1)
    return buffer.getvalue()


def gif_bytes(frames, duration_ms=200, scale=1):
    """Turn pictures into the bytes of an animated GIF that repeats for ever.

    Args:
        frames: uint8 pictures, all of one shape, such as `tile` returns.
        duration_ms: How long each frame stays, in milliseconds, at least 20. The last one stays
            for a second and a half.
        scale: Every pixel becomes a square of `scale` x `scale` pixels.

    Returns:
        bytes.

    Raises:
        ValueError: If there is no frame, or they differ in shape.

    Example:
        >>> gif_bytes([np.zeros((28, 28), np.uint8)])[:3]
        b'GIF'
    """
    frames = list(frames)
    if not frames:
        raise ValueError("frames is empty; expected at least one picture. Record some first.")
    shapes = sorted({np.shape(frame) for frame in frames})
    if len(shapes) > 1:
        raise ValueError(
            f"frames have the shapes {shapes}; expected one shape. Use the same number of images "
            "and columns for every frame."
        )
    check_whole("duration_ms", duration_ms, 20, remedy="Browsers slow faster GIFs down; take 200.")
    pictures = [_to_pillow(frame, scale) for frame in frames]
    durations = [duration_ms] * (len(pictures) - 1) + [HOLD_MS]
    buffer = io.BytesIO()
    pictures[0].save(
        buffer,
        format="GIF",
        save_all=True,
        append_images=pictures[1:],
        duration=durations if len(pictures) > 1 else HOLD_MS,
        loop=0,
        optimize=False,
    )
    return buffer.getvalue()


def check_ending(path, ending, remedy):
    """Raise a ValueError unless a file's name ends as its kind does, in large or small letters.

    Args:
        path: The file.
        ending: Such as ".png".
        remedy: What else it might be called.
    """
    if not str(path).lower().endswith(ending):
        raise refusal("path", Path(path).name, f"a name that ends in {ending}", remedy)


def save_gif(frames, path, duration_ms=200):
    """Write pictures as an animated GIF. The file appears whole or not at all.

    Args:
        frames: As in `gif_bytes`, and so are the other arguments.
        path: Where to write; it ends in `.gif`.
        duration_ms: Milliseconds of each frame.

    Raises:
        ValueError: As `gif_bytes`; or if the name ends otherwise.
        OSError: If the file cannot be written; the message says what to do.

    Example:
        >>> save_gif([tile(frame, 8, (0, 1)) for frame in recorder.frames], "learning.gif")
    """
    remedy = "This writes GIF and no other kind of animation: name it learning.gif."
    check_ending(path, ".gif", remedy)
    content = gif_bytes(frames, duration_ms)
    with replacing(path) as file:
        file.write(content)


def _to_pillow(picture, scale=1):
    from PIL import Image

    picture = np.asarray(picture)
    colour = picture.ndim == 3 and picture.shape[-1] == 3
    if picture.dtype != np.uint8 or not (picture.ndim == 2 or colour) or 0 in picture.shape:
        raise ValueError(
            f"The picture has shape {picture.shape} and type {picture.dtype}; expected uint8 and "
            "(height, width), or (height, width, 3) in colour. tile(images, ...) makes one."
        )
    if scale > 1:
        picture = picture.repeat(scale, axis=0).repeat(scale, axis=1)
    return Image.fromarray(np.ascontiguousarray(picture))
