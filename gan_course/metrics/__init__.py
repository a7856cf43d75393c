"""How good are the fakes: digit classifier, Fréchet distance, coverage, precision and recall.

Every score rests on one small digit classifier that ships with the course, and every Fréchet
distance comes with its floor: what two halves of the real digits score against each other. One
protocol holds everywhere: sets of 2,000 fakes against 2,000 real digits, at least five of them
where generators are compared.
"""

from gan_course.metrics.classes import class_histogram, coverage, wilson_interval
from gan_course.metrics.classifier import (
    build_classifier,
    classifier_card,
    features,
    load_classifier,
    predict_digits,
)
from gan_course.metrics.frechet import frechet_distance, frechet_distance_from_moments
from gan_course.metrics.inception import inception_score
from gan_course.metrics.kernel import kernel_distance
from gan_course.metrics.manifolds import precision_recall
from gan_course.metrics.neighbours import nearest_training_images
from gan_course.metrics.reference import (
    frechet_bias_curve,
    frechet_distance_draws,
    frechet_floor,
    frechet_floor_draws,
    matched_sets,
    reference_digits,
    reference_features,
)
from gan_course.metrics.report import describe, evaluate
from gan_course.metrics.roc import roc_area, roc_curve

__all__ = [
    "build_classifier",
    "class_histogram",
    "classifier_card",
    "coverage",
    "describe",
    "evaluate",
    "features",
    "frechet_bias_curve",
    "frechet_distance",
    "frechet_distance_draws",
    "frechet_distance_from_moments",
    "frechet_floor",
    "frechet_floor_draws",
    "inception_score",
    "kernel_distance",
    "load_classifier",
    "matched_sets",
    "nearest_training_images",
    "precision_recall",
    "predict_digits",
    "reference_digits",
    "reference_features",
    "roc_area",
    "roc_curve",
    "wilson_interval",
]
