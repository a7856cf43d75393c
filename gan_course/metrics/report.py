"""One report on a batch of fakes: every score of the course, with the floor beside it."""

import numpy as np

from gan_course.arguments import check_whole
from gan_course.data import check_images
from gan_course.metrics.classes import class_histogram, coverage
from gan_course.metrics.classifier import features, run_classifier
from gan_course.metrics.frechet import frechet_distance
from gan_course.metrics.manifolds import precision_recall
from gan_course.metrics.reference import frechet_floor_draws, reference_features

FEWEST = 10  # below this no number in the report means anything
THRESHOLD = 0.03  # the smallest share of a class that counts as covered
COMFORTABLE = 1000  # below this the report says that the bias is large


def evaluate(samples, value_range, reference=None, seed=0, draws=11):
    """Judge a batch of fake digits by every measure of the course.

    n fakes are compared with n real digits, drawn at random from the reference. The floor beside
    the distance is the median of several distances between two disjoint sets of real digits, of n
    each where there are that many and of half the reference otherwise (`floor_n`).

    Args:
        samples: Fakes, array (n, 28, 28, 1), n from 10 to the size of the reference.
        value_range: The pair (black, white) of the samples, (0, 1) or (-1, 1).
        reference: Real digits, array (m, 28, 28, 1) in the same value range, or `Images` with
            its own. None means the 4,000 that GANs train on.
        seed: Integer for every random draw.
        draws: Draws for the floor.

    Returns:
        A dictionary: `fd`, `floor`, `floor_low`, `floor_high` (floats), `floor_n`, `n`,
        `reference_n`, `shares` (float64 array (10,)), `coverage` (int), `threshold`, `precision`,
        `recall`, `seed`. `describe` puts it into words.

    Raises:
        ValueError: If images have a wrong shape or range, hold NaN, or are too few or too many.

    Example:
        >>> report = evaluate(load_mnist(split="test").images, value_range=(-1, 1))
        >>> report["coverage"]
        10

    Introduced in lesson 03.
    """
    samples = check_images(samples, value_range)
    n = len(samples)
    real = _real_features(reference, value_range)
    remedy = "Leave out `reference` to use the 4,000 embedded digits."
    check_whole("the number of reference images", len(real), 2 * FEWEST, remedy=remedy)
    remedy = f"n fakes are compared with n real digits: draw more, or pass samples[:{len(real)}]."
    check_whole("the number of samples", n, FEWEST, len(real), remedy)
    fake, probabilities = run_classifier(samples, value_range)
    drawn = np.random.default_rng(seed).permutation(len(real))[:n]
    floor_n = min(n, len(real) // 2)
    floors = frechet_floor_draws(floor_n, real, draws=draws, seed=seed)
    shares = class_histogram(probabilities)
    precision, recall = precision_recall(real[drawn], fake)
    return {
        "fd": frechet_distance(fake, real[drawn]),
        "floor": float(np.median(floors)),
        "floor_low": float(floors.min()),
        "floor_high": float(floors.max()),
        "floor_n": floor_n,
        "n": n,
        "reference_n": len(real),
        "shares": shares,
        "coverage": coverage(shares, THRESHOLD),
        "threshold": THRESHOLD,
        "precision": precision,
        "recall": recall,
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
    n, shares = report["n"], np.asarray(report["shares"])
    missed = [str(digit) for digit in np.flatnonzero(shares < report["threshold"] - 1e-12)]
    sentences = [
        f"{n:,} samples against {n:,} real digits: the Fréchet distance is {report['fd']:.3g}; "
        f"real digits score {report['floor']:.3g} against other real digits "
        f"({report['floor_n']:,} against {report['floor_n']:,}), and that is the floor.",
        f"{report['coverage']} of {len(shares)} classes reach "
        f"{report['threshold'] * 100:.3g} % of the samples"
        + (f"; too rare: {', '.join(missed)}." if missed else "."),
        f"Precision {report['precision']:.2f}: that share of the samples lies where real digits "
        f"lie. Recall {report['recall']:.2f}: that share of the real digits lies where samples "
        "lie.",
    ]
    if report["fd"] < report["floor_low"]:
        sentences.append("The distance is below the floor: look for copies of training digits.")
    if n < COMFORTABLE:
        sentences.append(
            f"With {n:,} samples the distance comes out too large: compare it only with distances "
            "at the same n."
        )
    return " ".join(sentences)
