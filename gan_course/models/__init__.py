"""The `build_*` networks of the lessons: uncompiled Keras models, written with the functional API.

Every generator maps latent vectors `z` (batch, latent_dim) to images or points; every discriminator
maps those to one logit each. Outputs are float32 even under mixed precision.
"""

from gan_course.models.checks import check_pair, check_share, check_sizes
from gan_course.models.conditional_checks import (
    check_label_ids,
    check_one_hot,
    is_conditional,
    num_classes_of,
)
from gan_course.models.dense import build_dense_discriminator, build_dense_generator
from gan_course.models.latent import generate, latent_dim_of, sample_latent
from gan_course.models.points import build_point_discriminator, build_point_generator

__all__ = [
    "build_dense_discriminator",
    "build_dense_generator",
    "build_point_discriminator",
    "build_point_generator",
    "check_label_ids",
    "check_one_hot",
    "check_pair",
    "check_share",
    "check_sizes",
    "generate",
    "is_conditional",
    "latent_dim_of",
    "num_classes_of",
    "sample_latent",
]
