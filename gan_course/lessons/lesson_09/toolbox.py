"""What lesson 09 takes from all rooms of the package: its notebook imports it from one place."""

from gan_course.lessons.lesson_09 import families, plane
from gan_course.lessons.lesson_09.families_figure import name_of, plot_families
from gan_course.lessons.lesson_09.search import find_codes
from gan_course.plots.conditional import plot_digit_matrix
from gan_course.pretrained.families import family_card, load_family
from gan_course.results import read_results
from gan_course.training.fitting import Fit
from gan_course.widgets.quiz import quiz

__all__ = [
    "Fit",
    "families",
    "family_card",
    "find_codes",
    "load_family",
    "name_of",
    "plane",
    "plot_digit_matrix",
    "plot_families",
    "quiz",
    "read_results",
]
