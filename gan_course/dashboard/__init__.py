"""The training dashboard: a live view of any trainer: curves, fakes, classes and a verdict."""

from gan_course.dashboard.app import training_dashboard

__all__ = ["training_dashboard"]
