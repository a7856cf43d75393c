"""The laboratory: a GAN on points of one or two dimensions, with everything under your hand."""

from gan_course.laboratory.app import laboratory

__all__ = ["laboratory"]
