"""Densities, the optimal discriminator, divergences, the value function: the theory on grids."""

from gan_course.theory.bilinear import alternating_steps, flow, simultaneous_steps
from gan_course.theory.densities import (
    affine_density,
    gaussian_density,
    kernel_bandwidth,
    kernel_density,
    kernel_density_image,
    mixture_density,
)
from gan_course.theory.divergences import integrate, jsd, kl, kl_of_gaussians
from gan_course.theory.flows import follow, mixture_velocity
from gan_course.theory.game import (
    game_value,
    jsd_from_discriminator,
    jsd_from_logits,
    jsd_from_value,
    minimax_gradient,
    non_saturating_gradient,
    optimal_discriminator,
    value_function,
)
from gan_course.theory.modes import ModeCount, modes_covered

__all__ = [
    "ModeCount",
    "affine_density",
    "alternating_steps",
    "flow",
    "follow",
    "game_value",
    "gaussian_density",
    "integrate",
    "jsd",
    "jsd_from_discriminator",
    "jsd_from_logits",
    "jsd_from_value",
    "kernel_bandwidth",
    "kernel_density",
    "kernel_density_image",
    "kl",
    "kl_of_gaussians",
    "minimax_gradient",
    "mixture_density",
    "mixture_velocity",
    "modes_covered",
    "non_saturating_gradient",
    "optimal_discriminator",
    "simultaneous_steps",
    "value_function",
]
