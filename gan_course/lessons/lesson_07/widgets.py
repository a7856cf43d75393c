"""The widgets of lesson 07: stamps and checkers, and four views of the latent space."""

from gan_course.lessons.lesson_07.latent_widgets import (
    arithmetic_explorer,
    latent_directions,
    latent_plane,
    latent_walk,
)
from gan_course.lessons.lesson_07.stamp_widgets import checkerboard_explorer, transposed_explorer

WIDGETS = {
    "transposed": transposed_explorer,
    "checkerboard": checkerboard_explorer,
    "latent_directions": latent_directions,
    "latent_walk": latent_walk,
    "latent_plane": latent_plane,
    "arithmetic": arithmetic_explorer,
}
