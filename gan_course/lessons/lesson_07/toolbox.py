"""What lesson 07 takes from all rooms of the package: its notebook imports it from one place."""

from gan_course.dashboard import training_dashboard
from gan_course.layers import UpsampleConv2D
from gan_course.live import LiveRun
from gan_course.metrics import concepts
from gan_course.models import latent_space
from gan_course.recipes import get_recipe
from gan_course.results import read_results
from gan_course.training import Trainer, update_discriminator, update_generator
from gan_course.widgets.quiz import quiz

__all__ = [
    "LiveRun",
    "Trainer",
    "UpsampleConv2D",
    "concepts",
    "get_recipe",
    "latent_space",
    "quiz",
    "read_results",
    "training_dashboard",
    "update_discriminator",
    "update_generator",
]
