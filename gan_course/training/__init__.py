"""The trainer: compiled step, loop, history and checkpoints. No widgets, no threads."""

from gan_course.training.checkpoint import CheckpointError
from gan_course.training.finite import NonFiniteLoss
from gan_course.training.interrupt import TrainingInterrupted
from gan_course.training.recorder import SampleRecorder
from gan_course.training.steps import (
    update_average,
    update_discriminator,
    update_discriminator_mixed,
    update_generator,
)
from gan_course.training.trainer import Trainer

__all__ = [
    "CheckpointError",
    "NonFiniteLoss",
    "SampleRecorder",
    "Trainer",
    "TrainingInterrupted",
    "update_average",
    "update_discriminator",
    "update_discriminator_mixed",
    "update_generator",
]
