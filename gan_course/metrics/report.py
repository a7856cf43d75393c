"""One report on a batch of fakes: every score of the course, with the floor beside it."""

import numpy as np

from gan_course.arguments import check_whole
from gan_course.data import check_images
from gan_course.metrics.classes import class_histogram, coverage
from gan_course.metrics.classifier import FEATURE_DIMENSIONS, features, run_classifier
from gan_course.metrics.frechet import frechet_distance
from gan_course.metrics.manifolds import precision_recall
from gan_course.metrics.reference import frechet_floor_draws, matched_sets, reference_features

FEWEST = 10  # below this no number in the report means anything
THRESHOLD = 0.03  # the smallest share of a class that counts as covered
COMFORTABLE = 1000  # below this the report says that the bias is large


def evaluate(samples, value_range, reference=None, seed=0, draws=11):
    """Judge fake digits by every measure of the course, under one protocol.

    The fakes are cut into sets of n = 2,000 (of all of them, if there are fewer), and each set is
    compared with n real digits, drawn anew. Distance, precision and recall are means over the sets.
    One set may vary by a tenth and more, so give 10,000 fakes, five sets, where two generators are
    to be compared. The floor is the median distance of two disjoint sets of real digits, of n each.

    Args:
        samples: Fakes, array (N, 28, 28, 1), N at least 10. What does not fill a set is left out
            of all but the shares.
        value_range: The pair (black, white) of the samples, (0, 1) or (-1, 1).
        reference: Real digits, array (m, 28, 28, 1) in the same value range, or `Images` with
            its own; n is at most half of them. None means the 4,000 that GANs train on.
        seed: Integer for every random draw.
        draws: Draws for the floor.

    Returns:
        A dictionary: `fd`, `fd_low`, `fd_high` (mean, lowest and highest of the sets), `floor`,
        `floor_low`, `floor_high` (floats), `n`, `sets`, `reference_n`, `shares` (float64 array
        (10,)), `coverage` (int), `threshold`, `precision`, `recall`, `seed`. `describe` puts it
        into words.

    Raises:
        ValueError: If images have a wrong shape or range, hold NaN, or are too few.

    Example:
        >>> report = evaluate(load_mnist(split="test").images, value_range=(-1, 1))
        >>> report["coverage"]
        10

    Introduced in lesson 06.
    """
    samples = check_images(samples, value_range)
    real = _real_features(reference, value_range)
    remedy = "Leave out `reference` to use the 4,000 embedded digits."
    check_whole("the number of reference images", len(real), 2 * FEWEST, remedy=remedy)
    check_whole("the number of samples", len(samples), FEWEST, remedy="Draw more.")
    fake, probabilities = run_classifier(samples, value_range)
    pairs = list(matched_sets(fake, real, seed))
    distances = [frechet_distance(*pair) for pair in pairs]
    precision, recall = np.mean([precision_recall(ours, fakes) for fakes, ours in pairs], axis=0)
    n = len(pairs[0][0])
    floors = frechet_floor_draws(n, real, draws=draws, seed=seed)
    shares = class_histogram(probabilities)
    return {
        "fd": float(np.mean(distances)),
        "fd_low": min(distances),
        "fd_high": max(distances),
        "floor": float(np.median(floors)),
        "floor_low": float(floors.min()),
        "floor_high": float(floors.max()),
        "n": n,
        "sets": len(pairs),
        "reference_n": len(real),
        "shares": shares,
        "coverage": coverage(shares, THRESHOLD),
        "threshold": THRESHOLD,
        "precision": float(precision),
        "recall": float(recall),
        "seed": seed,
    }


def _real_features(reference, value_range):
    """Return the features (m, 64) of the reference, whichever way it was given."""
    if reference is None:
        return reference_features()
    if hasattr(reference, "images"):
        return features(reference.images, reference.value_range)
    return features(reference, value_range)


def describe(report):
    """Put a report of `evaluate` into one paragraph of plain words.

    Args:
        report: What `evaluate` returned.

    Returns:
        str, one paragraph.

    Example:
        >>> describe(evaluate(samples, (-1, 1))).split(":")[0]
        '1,000 samples against 1,000 real digits'

    Introduced in lesson 06.
    """
    n, sets, shares = report["n"], report["sets"], np.asarray(report["shares"])
    missed = [str(digit) for digit in np.flatnonzero(shares < report["threshold"] - 1e-12)]
    opening = f"{n:,} samples against {n:,} real digits: the Fréchet distance is {report['fd']:.3g}"
    if sets > 1:
        opening = (
            f"{sets} sets of {n:,} samples, each against {n:,} real digits: the Fréchet distance "
            f"is {report['fd']:.3g} on average ({report['fd_low']:.3g} to {report['fd_high']:.3g})"
        )
    sentences = [
        f"{opening}; real digits score {report['floor']:.3g} against other real digits, as "
        "many, and that is the floor.",
        f"{report['coverage']} of {len(shares)} classes reach "
        f"{report['threshold'] * 100:.3g} % of the samples"
        + (f"; too rare: {', '.join(missed)}." if missed else "."),
        f"Precision {report['precision']:.2f}: that share of the samples lies where real digits "
        f"lie. Recall {report['recall']:.2f}: that share of the real digits lies where samples "
        "lie.",
    ]
    if report["fd"] < report["floor_low"]:
        sentences.append("The distance is below the floor: look for copies of training digits.")
    if n <= FEATURE_DIMENSIONS:
        sentences.append(
            f"There are no more samples than features, {FEATURE_DIMENSIONS}: the covariance has no "
            "full rank, and the distance is mostly bias. Draw more."
        )
    elif n < COMFORTABLE:
        sentences.append(
            f"With {n:,} samples the distance comes out too large: compare it only with distances "
            "at the same n."
        )
    return " ".join(sentences)
