"""The recipes for images: networks, losses, optimisers, batch and averaging of each lesson."""

from dataclasses import replace
from functools import partial

from gan_course import models
from gan_course.recipes.recipe import Recipe, adam, cosine_adam, rmsprop
from gan_course.training import update_discriminator_mixed

DENSE = Recipe(
    name="dense",
    build_generator=models.build_dense_generator,
    build_discriminator=models.build_dense_discriminator,
    value_range=(0, 1),
    generator_optimizer=adam(2e-3),
    discriminator_optimizer=adam(2e-3),
    settings={"losses": "non_saturating", "batch_size": 128, "averaging": 0.999},
    steps=16_000,
)
DCGAN = Recipe(  # network A of lesson 07, trained as it was published
    name="dcgan",
    build_generator=models.build_dcgan_generator,
    build_discriminator=models.build_dcgan_discriminator,
    value_range=(-1, 1),
    generator_optimizer=adam(2e-4),
    discriminator_optimizer=adam(2e-4),
    settings={"losses": "non_saturating", "batch_size": 32, "averaging": None},
    steps=4_000,
)
UPSAMPLING = Recipe(  # network B of lesson 07: one mixed batch, uniform noise
    name="upsampling",
    build_generator=models.build_upsampling_generator,
    build_discriminator=models.build_upsampling_discriminator,
    value_range=(0, 1),
    generator_optimizer=rmsprop(1e-4),
    discriminator_optimizer=rmsprop(2e-4),
    settings={
        "losses": "non_saturating",
        "batch_size": 32,
        "averaging": None,
        "noise": "uniform",
        "discriminator_update": update_discriminator_mixed,
    },
    steps=2_000,
)
FAST = Recipe(  # the course's own pair; benchmarks/dcgan_time_to_quality.py has its race with A
    name="fast",
    build_generator=models.build_small_generator,
    build_discriminator=models.build_small_discriminator,
    value_range=(-1, 1),
    generator_optimizer=cosine_adam(6e-3, beta_1=0.0, last=0.1),
    discriminator_optimizer=cosine_adam(3e-3, beta_1=0.0, last=0.1),
    settings={
        "losses": "hinge",
        "batch_size": 32,
        "averaging": 0.995,
        "discriminator_update": update_discriminator_mixed,
    },
    steps=2_500,  # about half a minute
)
FAST_LONG = replace(  # two minutes on two cores; benchmarks/two_minutes.py
    FAST,
    name="fast_long",
    build_discriminator=partial(models.build_small_discriminator, shift=2),
    generator_optimizer=cosine_adam(6e-3, beta_1=0.0, last=0.05),
    discriminator_optimizer=cosine_adam(2e-3, beta_1=0.0, last=0.05),
    steps=10_000,
)
CGAN = Recipe(
    name="cgan",
    build_generator=models.build_conditional_generator,
    build_discriminator=models.build_conditional_discriminator,
    value_range=(-1, 1),
    generator_optimizer=cosine_adam(6e-3, beta_1=0.0, last=0.05),
    discriminator_optimizer=cosine_adam(3e-3, beta_1=0.0, last=0.05),
    settings={"losses": "non_saturating", "batch_size": 32, "averaging": 0.995},
    steps=9_000,
    conditional=True,
)
IMAGE_RECIPES = (DENSE, DCGAN, UPSAMPLING, FAST, FAST_LONG, CGAN)
