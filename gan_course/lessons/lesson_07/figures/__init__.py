"""The figures of lesson 07: those that only it draws, and three of the course's."""

from gan_course.lessons.lesson_07.figures.latent import plot_arithmetic, plot_latent_plane
from gan_course.lessons.lesson_07.figures.probe import (
    plot_arithmetic_shares,
    plot_excited,
    plot_linear_probe,
)
from gan_course.lessons.lesson_07.figures.quality import plot_quality_curves, plot_side_by_side
from gan_course.lessons.lesson_07.figures.transposed import plot_checkers, plot_grids, plot_stamps
from gan_course.plots.conditional import plot_digit_matrix
from gan_course.plots.features import plot_filters
from gan_course.plots.norm_runs import plot_arms

__all__ = [
    "plot_arithmetic",
    "plot_arithmetic_shares",
    "plot_arms",
    "plot_checkers",
    "plot_digit_matrix",
    "plot_excited",
    "plot_filters",
    "plot_grids",
    "plot_latent_plane",
    "plot_linear_probe",
    "plot_quality_curves",
    "plot_side_by_side",
    "plot_stamps",
]
