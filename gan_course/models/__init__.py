"""The `build_*` networks of the lessons: uncompiled Keras models, written with the functional API.

Every generator maps latent vectors `z` (batch, latent_dim) to images or points; every discriminator
maps those to one logit each. Outputs are float32 even under mixed precision.
"""

from gan_course.models.blending import generate_from_rows, label_rows
from gan_course.models.checks import check_pair, check_share, check_sizes
from gan_course.models.conditional import (
    build_conditional_discriminator,
    build_conditional_generator,
)
from gan_course.models.conditional_checks import (
    check_label_ids,
    check_one_hot,
    is_conditional,
    num_classes_of,
)
from gan_course.models.dcgan import build_dcgan_discriminator, build_dcgan_generator
from gan_course.models.dense import build_dense_discriminator, build_dense_generator
from gan_course.models.fast import build_fast_discriminator, build_fast_generator
from gan_course.models.grids import check_halving
from gan_course.models.latent import generate, latent_dim_of, sample_latent
from gan_course.models.points import build_point_discriminator, build_point_generator
from gan_course.models.upsampling import (
    build_upsampling_discriminator,
    build_upsampling_generator,
)

__all__ = [
    "build_conditional_discriminator",
    "build_conditional_generator",
    "build_dcgan_discriminator",
    "build_dcgan_generator",
    "build_dense_discriminator",
    "build_dense_generator",
    "build_fast_discriminator",
    "build_fast_generator",
    "build_point_discriminator",
    "build_point_generator",
    "build_upsampling_discriminator",
    "build_upsampling_generator",
    "check_halving",
    "check_label_ids",
    "check_one_hot",
    "check_pair",
    "check_share",
    "check_sizes",
    "generate",
    "generate_from_rows",
    "is_conditional",
    "label_rows",
    "latent_dim_of",
    "num_classes_of",
    "sample_latent",
]
