"""Shares: of samples per class, of classes that are covered, and how sure a share is."""

import math

import numpy as np


def class_histogram(labels_or_probabilities, num_classes=10):
    """Return the share of samples in each class.

    Args:
        labels_or_probabilities: Either whole-number labels (n,) in 0..num_classes - 1, or
            probabilities (n, num_classes) from `predict_digits`; each sample then counts for its
            most probable class.
        num_classes: Number of classes.

    Returns:
        float64 array (num_classes,), which sums to 1.

    Raises:
        ValueError: If there are no samples, or labels or probabilities are none.

    Example:
        >>> class_histogram([0, 0, 1, 1, 1, 3], num_classes=4)
        array([0.33333333, 0.5       , 0.        , 0.16666667])

    Introduced in lesson 06.
    """
    values = np.asarray(labels_or_probabilities)
    if values.size == 0:
        raise ValueError(
            f"Received no samples (shape {values.shape}); at least 1 is expected. "
            "Sample from the generator first."
        )
    if values.ndim == 2:
        labels = _most_probable(values, num_classes)
    elif values.ndim == 1:
        labels = values
    else:
        raise ValueError(
            f"Received an array of shape {values.shape}; labels (n,) or probabilities "
            f"(n, {num_classes}) are expected. For images, call predict_digits(images, "
            "value_range) first."
        )
    if not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(
            f"Received labels of type {labels.dtype}; whole numbers are expected. "
            "Use labels.astype(int), or pass probabilities of shape (n, num_classes)."
        )
    if labels.min() < 0 or labels.max() >= num_classes:
        raise ValueError(
            f"Received labels from {labels.min()} to {labels.max()}; they must lie in "
            f"0..{num_classes - 1}. Check the labels, or set num_classes."
        )
    return np.bincount(labels, minlength=num_classes) / len(labels)


def _most_probable(probabilities, num_classes):
    """Return the most probable class of each row (n,), after checking the rows."""
    if probabilities.shape[1] != num_classes:
        raise ValueError(
            f"Received probabilities of shape {probabilities.shape}; (n, {num_classes}) is "
            "expected. Set num_classes to the number of columns."
        )
    if not np.isfinite(probabilities).all():
        raise ValueError(
            "Received probabilities that hold NaN or infinity; finite numbers are expected. "
            "Look for NaN in the images they were predicted from."
        )
    sums = probabilities.sum(axis=1)
    if probabilities.min() < 0 or np.abs(sums - 1).max() > 1e-3:
        raise ValueError(
            f"Received rows with sums from {sums.min():.3g} to {sums.max():.3g} and values from "
            f"{probabilities.min():.3g}; probabilities are at least 0 and sum to 1 in each row. "
            "Apply softmax to logits first."
        )
    return probabilities.argmax(axis=1)


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

    Introduced in lesson 06.
    """
    shares = np.asarray(shares, dtype=np.float64)
    if not 0 < threshold <= 1:
        raise ValueError(
            f"Received threshold {threshold}; a share in (0, 1] is expected, such as 0.03."
        )
    if shares.ndim != 1 or not np.isfinite(shares).all() or abs(shares.sum() - 1) > 1e-6:
        raise ValueError(
            f"Received shares of shape {shares.shape} with sum {shares.sum():.6g}; one share per "
            "class with sum 1 is expected. Make them with class_histogram(labels)."
        )
    return int((shares >= threshold - 1e-12).sum())


def wilson_interval(successes, n, z=1.96):
    """Return the range in which a true share plausibly lies, given `successes` out of `n`.

    Unlike share +- z * standard error, it stays inside [0, 1] and has a width even at 0 or n
    successes. Wilson (1927), "Probable inference, the law of succession, and statistical
    inference"; Brown, Cai and DasGupta (2001), equation 4.

    Args:
        successes: Number of successes, 0..n.
        n: Number of trials, at least 1.
        z: Width in standard deviations; 1.96 gives 95 %.

    Returns:
        The pair (low, high) of floats in [0, 1].

    Raises:
        ValueError: If n is below 1, the successes are outside 0..n, or z is not positive.

    Example:
        >>> [round(end, 3) for end in wilson_interval(98, 100)]
        [0.93, 0.994]

    Introduced in lesson 06.
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(
            f"Received {successes} successes out of {n}; n must be at least 1 and the successes "
            "in 0..n. Check the order: wilson_interval(successes, n)."
        )
    if not z > 0:
        raise ValueError(f"Received z = {z}; a positive number is expected, such as 1.96 for 95 %.")
    share = successes / n
    centre = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else (centre - spread) / scale  # the ends, free of rounding
    high = 1.0 if successes == n else (centre + spread) / scale
    return low, high
