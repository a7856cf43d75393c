"""The figures that only lesson 07 draws."""

from gan_course.lessons.lesson_07.figures.latent import plot_arithmetic, plot_latent_plane
from gan_course.lessons.lesson_07.figures.probe import (
    plot_arithmetic_shares,
    plot_excited,
    plot_linear_probe,
)
from gan_course.lessons.lesson_07.figures.quality import plot_quality_curves, plot_side_by_side
from gan_course.lessons.lesson_07.figures.transposed import plot_checkers, plot_grids, plot_stamps

__all__ = [
    "plot_arithmetic",
    "plot_arithmetic_shares",
    "plot_checkers",
    "plot_excited",
    "plot_grids",
    "plot_latent_plane",
    "plot_linear_probe",
    "plot_quality_curves",
    "plot_side_by_side",
    "plot_stamps",
]
