"""The recipes for images, one for each published or home-made pair of networks."""

from gan_course import models
from gan_course.recipes.recipe import Recipe, adam

IMAGE_RECIPES = [
    Recipe(
        name="dense",
        build_generator=models.build_dense_generator,
        build_discriminator=models.build_dense_discriminator,
        value_range=(0, 1),
        generator_optimizer=adam(2e-3),
        discriminator_optimizer=adam(2e-3),
        settings={"losses": "non_saturating", "batch_size": 128, "averaging": 0.999},
        steps=16_000,
    ),
]
