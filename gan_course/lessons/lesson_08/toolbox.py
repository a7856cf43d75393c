"""What lesson 08 takes from all rooms of the package: its notebook imports it from one place."""

from gan_course.dashboard import training_dashboard
from gan_course.layers import LabelMaps, OneHotLabels, RandomShift
from gan_course.lessons.lesson_08 import obedience_figures
from gan_course.live import LiveRun
from gan_course.plots import conditional
from gan_course.recipes import get_recipe
from gan_course.results import read_results
from gan_course.training import Trainer, steps
from gan_course.training.conditioned import given
from gan_course.widgets.quiz import quiz

__all__ = [
    "LabelMaps",
    "LiveRun",
    "OneHotLabels",
    "RandomShift",
    "Trainer",
    "conditional",
    "get_recipe",
    "given",
    "obedience_figures",
    "quiz",
    "read_results",
    "steps",
    "training_dashboard",
]
