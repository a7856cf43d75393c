"""Shares: of samples per class, of classes that are covered, and how sure a share is."""

import numpy as np

from gan_course.arguments import check_array, check_labels, check_number, check_shares, check_whole

NUM_CLASSES = 10
CONFIDENCE = 0.9500042097035593  # of an interval that is 1.96 standard deviations wide each way


def class_histogram(labels_or_probabilities):
    """Return the share of samples in each of the ten classes.

    Args:
        labels_or_probabilities: Either labels (n,), whole numbers from 0 to 9, or probabilities
            (n, 10) from `predict_digits`; each sample then counts for its most probable class.

    Returns:
        float64 array (10,), which sums to 1.

    Raises:
        ValueError: If there are no samples, or labels or probabilities are none.

    Example:
        >>> class_histogram([0, 0, 1, 1, 3])[:4]
        array([0.4, 0.4, 0. , 0.2])

    Introduced in lesson 07.
    """
    name, remedy = "labels_or_probabilities", "For images, call predict_digits first."
    values = check_array(name, labels_or_probabilities, remedy=remedy)
    if values.ndim == 1:
        labels = check_labels(name, values, NUM_CLASSES)
    else:
        labels = check_shares(name, values, ("n", NUM_CLASSES), remedy).argmax(axis=1)
    return np.bincount(labels, minlength=NUM_CLASSES) / len(labels)


def coverage(shares, threshold=0.03):
    """Count the classes that receive at least `threshold` of the samples.

    Coverage says that a class appears, by the classifier's word. It does not say that its samples
    look good, nor that they differ from each other.

    Args:
        shares: Shares (num_classes,), which sum to 1, as `class_histogram` returns them.
        threshold: Smallest share that counts as covered, in (0, 1].

    Returns:
        int, from 0 to the number of classes.

    Raises:
        ValueError: If the shares do not sum to 1 or the threshold is outside (0, 1].

    Example:
        >>> coverage([0.5, 0.48, 0.02])
        2
    """
    check_number("threshold", threshold, above=0, most=1)
    shares = check_shares("shares", shares, ("k",), "Make them with class_histogram(labels).")
    return int((shares >= threshold - 1e-12).sum())


def wilson_interval(successes, n):
    """Return the range in which a true share plausibly lies, given `successes` out of `n`: 95 %.

    Unlike share +- 1.96 standard errors, it stays inside [0, 1] and has a width even at 0 or n
    successes. Wilson (1927), "Probable inference, the law of succession, and statistical
    inference"; Brown, Cai and DasGupta (2001), equation 4.

    Args:
        successes: Number of successes, 0..n.
        n: Number of trials, at least 1.

    Returns:
        The pair (low, high) of floats in [0, 1].

    Raises:
        ValueError: If n is below 1, or the successes are outside 0..n.

    Example:
        >>> [round(end, 3) for end in wilson_interval(98, 100)]
        [0.93, 0.994]

    Introduced in lesson 00.
    """
    from scipy.stats import binomtest

    remedy = "Check the order: wilson_interval(successes, n)."
    n = check_whole("n", n, remedy=remedy)
    successes = check_whole("successes", successes, 0, n, remedy)
    interval = binomtest(successes, n).proportion_ci(CONFIDENCE, method="wilson")
    return float(interval.low), float(interval.high)
