"""The Keras layers that this course adds: quick upsampling, random shifts, label maps, packs.

They are ordinary `keras.Layer`s: they save, clone and compile like the built-in ones.
"""

from gan_course.layers.labels import LabelMaps, OneHotLabels
from gan_course.layers.norm import FusedBatchNormalization
from gan_course.layers.packing import Pack
from gan_course.layers.shift import RandomShift
from gan_course.layers.upsampling import UpsampleConv2D, tie_kernel

__all__ = [
    "FusedBatchNormalization",
    "LabelMaps",
    "OneHotLabels",
    "Pack",
    "RandomShift",
    "UpsampleConv2D",
    "tie_kernel",
]
