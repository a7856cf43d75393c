"""Training images by one word or path: MNIST in one of its forms, or a folder of pictures."""

from pathlib import Path

from gan_course.data.images import load_images
from gan_course.data.mnist import load_mnist
from gan_course.data.sources import holds_digits

WORDS = ("embedded", "full")  # what `load_mnist` takes beside paths; a folder may have such a name


def load(source, *, size=None, value_range=(-1, 1), corrupt="refuse", transposed=None):
    """Return images to train on, whatever they are: MNIST's files or your own pictures.

    A folder without files of MNIST, in it or below, holds pictures, and so does a .npy file. All
    else is MNIST.

    Args:
        source: A folder of pictures or a .npy file, as for `load_images`; or what `load_mnist`
            takes.
        size: The side of your own pictures, as for `load_images`; None for MNIST.
        value_range: The values of black and white, (-1, 1) or (0, 1).
        corrupt: What to do with pictures that cannot be read, as for `load_images`.
        transposed: Whether rows and columns are exchanged, as for `load_mnist`; None for your own
            pictures.

    Returns:
        `Images`: of the embedded digits the 4,000 that are not test, of other MNIST the training
        part.

    Raises:
        ValueError: As `load_images` and `load_mnist`; or if a size is given for MNIST, or
            transposed is True for your own pictures.

    Example:
        >>> load("embedded").images.shape
        (4000, 28, 28, 1)
    """
    path = Path(source).expanduser()
    pictures = path.suffix.lower() == ".npy" or (path.is_dir() and not holds_digits(path))
    if source not in WORDS and pictures:
        if transposed:
            raise ValueError(
                f"transposed is True, but {source} holds pictures of your own, which are read as "
                "they stand: leave transposed out, or give the path of EMNIST's files."
            )
        return load_images(path, size=size, value_range=value_range, corrupt=corrupt)
    if size is not None:
        raise ValueError(
            f"size is {size}, but {source} is MNIST, whose digits are 28 x 28 pixels: leave size "
            "out, or give a folder of your own pictures."
        )
    split = "gan" if source == "embedded" else "train"
    return load_mnist(source, value_range=value_range, split=split, transposed=transposed)
