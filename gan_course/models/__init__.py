"""The `build_*` networks of the lessons: uncompiled Keras models, written with the functional API.

Every generator maps latent vectors `z` (batch, latent_dim) to images or points; every discriminator
maps those to one logit each. Outputs are float32 even under mixed precision.
"""

from gan_course.models.checks import check_image_shape, check_pair
from gan_course.models.conditional import (
    build_conditional_discriminator,
    build_conditional_generator,
)
from gan_course.models.dcgan import build_dcgan_discriminator, build_dcgan_generator
from gan_course.models.dense import build_dense_discriminator, build_dense_generator
from gan_course.models.encoders import build_encoder
from gan_course.models.flow import build_flow_network, build_point_flow
from gan_course.models.latent import (
    generate,
    generate_from_rows,
    is_conditional,
    label_rows,
    latent_dim_of,
    num_classes_of,
    sample_latent,
)
from gan_course.models.points import build_point_discriminator, build_point_generator
from gan_course.models.small import build_small_discriminator, build_small_generator
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
    "build_encoder",
    "build_flow_network",
    "build_point_discriminator",
    "build_point_flow",
    "build_point_generator",
    "build_small_discriminator",
    "build_small_generator",
    "build_upsampling_discriminator",
    "build_upsampling_generator",
    "check_image_shape",
    "check_pair",
    "generate",
    "generate_from_rows",
    "is_conditional",
    "label_rows",
    "latent_dim_of",
    "num_classes_of",
    "sample_latent",
]
