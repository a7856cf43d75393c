"""MNIST, your own pictures and toy distributions as arrays, scaled, split, labelled.

`load_mnist()` needs no network; `load_images(folder)` reads PNG and JPEG files. `toy` holds
distributions in one and two dimensions.
"""

from gan_course.data import toy
from gan_course.data.checks import check_images, rescale
from gan_course.data.images import Images, load_images
from gan_course.data.load import load
from gan_course.data.mnist import load_fashion_mnist, load_mnist

__all__ = [
    "Images",
    "check_images",
    "load",
    "load_fashion_mnist",
    "load_images",
    "load_mnist",
    "rescale",
    "toy",
]
