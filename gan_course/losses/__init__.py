"""What networks are trained to lower: pairs of losses for two players, penalties, bounds.

A GAN has one of the pairs in `LOSSES`; penalties on the discriminator's slope may be added to it.
The evidence lower bound and flow matching train the other families of lesson 09.
"""

from gan_course.losses.elbo import (
    bernoulli_log_likelihood,
    draw_code,
    gaussian_kl,
    gaussian_log_likelihood,
)
from gan_course.losses.flow import flow_matching_loss, on_the_way
from gan_course.losses.pairs import (
    LOSSES,
    GanLosses,
    binary_discriminator_loss,
    critic_generator_loss,
    get_losses,
    hinge_discriminator_loss,
    least_squares_discriminator_loss,
    least_squares_generator_loss,
    minimax_generator_loss,
    non_saturating_generator_loss,
    relativistic_discriminator_loss,
    relativistic_generator_loss,
    wasserstein_discriminator_loss,
)
from gan_course.losses.penalties import R1, R2, GradientPenalty, blend, squared_slopes

__all__ = [
    "LOSSES",
    "R1",
    "R2",
    "GanLosses",
    "GradientPenalty",
    "bernoulli_log_likelihood",
    "binary_discriminator_loss",
    "blend",
    "critic_generator_loss",
    "draw_code",
    "flow_matching_loss",
    "gaussian_kl",
    "gaussian_log_likelihood",
    "get_losses",
    "hinge_discriminator_loss",
    "least_squares_discriminator_loss",
    "least_squares_generator_loss",
    "minimax_generator_loss",
    "non_saturating_generator_loss",
    "on_the_way",
    "relativistic_discriminator_loss",
    "relativistic_generator_loss",
    "squared_slopes",
    "wasserstein_discriminator_loss",
]
