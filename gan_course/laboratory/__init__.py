"""The laboratory: a GAN on points of one or two dimensions, with everything under your hand."""

from gan_course.laboratory.app import laboratory
from gan_course.laboratory.compare import compare

__all__ = ["compare", "laboratory"]
