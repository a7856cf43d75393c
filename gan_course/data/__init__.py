"""MNIST, your own pictures and toy distributions as arrays, scaled, split, labelled.

`load_mnist()` needs no network; `load_images(folder)` reads PNG and JPEG files.
`toy` holds distributions in one and two dimensions.
"""

from gan_course.data import toy
from gan_course.data.checks import check_images, check_labels, check_range, rescale
from gan_course.data.embedded import cache_dir
from gan_course.data.images import Images, load_images
from gan_course.data.mnist import (
    CLASS_NAMES,
    FASHION_CLASS_NAMES,
    load_fashion_mnist,
    load_mnist,
)
from gan_course.data.splits import SPLITS

__all__ = [
    "CLASS_NAMES",
    "FASHION_CLASS_NAMES",
    "SPLITS",
    "Images",
    "cache_dir",
    "check_images",
    "check_labels",
    "check_range",
    "load_fashion_mnist",
    "load_images",
    "load_mnist",
    "rescale",
    "toy",
]
