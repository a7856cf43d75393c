"""The laboratory: a GAN on points of one or two dimensions, with everything under your hand."""

from gan_course.laboratory.app import laboratory
from gan_course.laboratory.comparison import compare
from gan_course.laboratory.recordings.run import play, record

__all__ = ["compare", "laboratory", "play", "record"]
