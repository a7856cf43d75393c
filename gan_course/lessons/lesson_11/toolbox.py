"""What lesson 11 takes from all rooms of the package: its notebook imports it from one place."""

from gan_course.lessons.lesson_11.birthday import closest_pairs, effective_support
from gan_course.lessons.lesson_11.roc_figure import plot_roc
from gan_course.lessons.lesson_11.samples import shipped_samples
from gan_course.lessons.lesson_11.scoreboard import Scoreboard
from gan_course.lessons.lesson_11.sizes_figure import distances_by_size, plot_sizes
from gan_course.lessons.lesson_11.use_figure import ARMS, plot_use
from gan_course.plots.conditional import plot_digit_matrix
from gan_course.results import read_results
from gan_course.widgets.quiz import quiz

__all__ = [
    "ARMS",
    "Scoreboard",
    "closest_pairs",
    "distances_by_size",
    "effective_support",
    "plot_digit_matrix",
    "plot_roc",
    "plot_sizes",
    "plot_use",
    "quiz",
    "read_results",
    "shipped_samples",
]
