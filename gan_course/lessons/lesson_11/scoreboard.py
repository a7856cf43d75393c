"""Every score of the lesson for one set of samples, side by side with those of other sets."""

import numpy as np

from gan_course import metrics
from gan_course.arguments import check_whole
from gan_course.metrics.classifier import FEATURE_DIMENSIONS, run_classifier
from gan_course.tables import number, table

NEAREST = 100  # samples whose nearest training digit is looked for
HEADINGS = (
    *("samples", "inception score", "Fréchet", "kernel", "precision", "recall"),
    *("classes", "nearest training digit"),
)


class Scoreboard:
    """Scores sets of n samples, each against the same n real digits, and keeps the rows.

    Args:
        real_images: The n real digits, (n, 28, 28, 1) in [-1, 1].
        training_images: Digits among which copies are looked for.

    Attributes:
        rows: A dict from the name of a set to its scores, in the order of `HEADINGS`.

    Raises:
        ValueError: If there are no more real digits than features: 65 at least.
    """

    def __init__(self, real_images, training_images):
        remedy = (
            f"With no more samples than the {FEATURE_DIMENSIONS} features a covariance has no full "
            "rank, and a distance is mostly bias: take 1,000, if you can."
        )
        check_whole(
            "the number of real digits", len(real_images), FEATURE_DIMENSIONS + 1, remedy=remedy
        )
        self.real = metrics.features(real_images, (-1, 1))
        self.training, self.rows = training_images, {}

    def add(self, name, images):
        """Score a set of samples and keep the row.

        Args:
            name: What the samples are.
            images: As many images as real ones.

        Returns:
            Seven floats, in the order of `HEADINGS[1:]`. The last is the median distance to the
            nearest training digit over the first 100, pixels counted from 0 to 1.

        Raises:
            ValueError: If there are more or fewer samples than real digits.
        """
        if len(images) != len(self.real):
            raise ValueError(
                f"images holds {len(images)} samples; expected {len(self.real)}, as many as there "
                "are real digits: scores at different numbers cannot be compared."
            )
        found, probabilities = run_classifier(images, (-1, 1))
        _, nearest = metrics.nearest_training_images(
            images[:NEAREST], self.training, value_range=(-1, 1)
        )
        self.rows[name] = (
            metrics.inception_score(probabilities),
            metrics.frechet_distance(found, self.real),
            metrics.kernel_distance(found, self.real),
            *metrics.precision_recall(self.real, found),
            metrics.coverage(metrics.class_histogram(probabilities)),
            float(np.median(nearest)),
        )
        return self.rows[name]

    def table(self, caption=None):
        """Return the rows as a table.

        Args:
            caption: A sentence above it, or None.
        """
        digits = (".2f", ".3g", ".3g", ".2f", ".2f", "d", ".2f")
        return table(
            [
                [name, *(number(value, spec) for value, spec in zip(row, digits, strict=True))]
                for name, row in self.rows.items()
            ],
            HEADINGS,
            caption,
        )
