"""The trainer: compiled step, loop, history and checkpoints. No widgets, no threads."""

from gan_course.training.fitting import Fit
from gan_course.training.steps import (
    update_average,
    update_discriminator,
    update_discriminator_mixed,
    update_discriminator_penalized,
    update_generator,
)
from gan_course.training.stops import NonFiniteLoss, TrainingInterrupted
from gan_course.training.trainer import Trainer

__all__ = [
    "Fit",
    "NonFiniteLoss",
    "Trainer",
    "TrainingInterrupted",
    "update_average",
    "update_discriminator",
    "update_discriminator_mixed",
    "update_discriminator_penalized",
    "update_generator",
]
