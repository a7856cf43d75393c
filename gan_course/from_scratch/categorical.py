"""Cross-entropy over several classes, from logits, with its gradient; and one-hot targets."""

import numpy as np

from gan_course.from_scratch._arguments import (
    as_floats,
    as_matrix,
    check_same_shape,
    check_unit_interval,
)
from gan_course.from_scratch.activations import softmax


def one_hot(labels, num_classes):
    """Write each class number as a row of zeros with a single 1: 2 of 4 becomes [0, 0, 1, 0].

    Args:
        labels: (n,) whole numbers from 0 to num_classes - 1.
        num_classes: k, how many classes there are.

    Returns:
        (n, k) float64.

    Raises:
        ValueError: If labels are not whole numbers of that range in one row.

    Example:
        >>> one_hot([2], 4).tolist()
        [[0.0, 0.0, 1.0, 0.0]]

    Introduced in lesson 01.
    """
    labels = np.asarray(labels)
    in_range = labels.ndim == 1 and labels.size and np.issubdtype(labels.dtype, np.integer)
    if not in_range or labels.min() < 0 or labels.max() >= num_classes:
        raise ValueError(
            f"labels have shape {labels.shape} and type {labels.dtype}, such as "
            f"{labels.ravel()[:5]}; expected (n,) whole numbers from 0 to {num_classes - 1}. "
            "Turn float labels into numbers with .astype(int), or raise num_classes."
        )
    return np.eye(num_classes)[labels]  # (n, k): row `label` of the identity matrix


def categorical_cross_entropy_from_logits(targets, logits):
    """Score logits over k classes: -(1/n) Σ_i Σ_j y_ij log softmax(x_i)_j, stable for any logits.

    Args:
        targets: (n, k), each row probabilities that sum to 1; for labels use `one_hot`.
        logits: (n, k), any real numbers.

    Returns:
        The loss, a float >= 0: the mean over the n rows.

    Raises:
        ValueError: If the shapes differ or are not (n, k), a row of targets does not sum to 1, or
            an array is empty or holds nan.

    Example:
        >>> round(categorical_cross_entropy_from_logits([[1.0, 0.0]], [[0.0, 0.0]]), 4)  # log 2
        0.6931

    Introduced in lesson 01.
    """
    targets, logits = _class_pair(targets, logits)
    shifted = logits - logits.max(axis=1, keepdims=True)  # (n, k), the largest of a row is 0
    log_softmax = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))  # (n, k)
    return float(-np.mean(np.sum(targets * log_softmax, axis=1)))


def categorical_cross_entropy_from_logits_gradient(targets, logits):
    """Return ∂loss/∂x = (softmax(x) - y) / n: again the error itself.

    Args:
        targets: (n, k), each row probabilities that sum to 1.
        logits: (n, k).

    Returns:
        The gradient, (n, k); each row sums to 0.

    Raises:
        ValueError: As `categorical_cross_entropy_from_logits`.

    Example:
        >>> categorical_cross_entropy_from_logits_gradient([[1.0, 0.0]], [[0.0, 0.0]]).tolist()
        [[-0.5, 0.5]]

    Introduced in lesson 01.
    """
    targets, logits = _class_pair(targets, logits)
    return (softmax(logits) - targets) / len(logits)


def _class_pair(targets, logits):
    logits, targets = as_matrix("logits", logits), as_floats("targets", targets)
    if targets.ndim == 1 and len(targets) == len(logits):
        raise ValueError(
            f"targets have shape {targets.shape}, which looks like class numbers; expected one row "
            f"of {logits.shape[1]} probabilities per example, shape {logits.shape}. "
            f"Use one_hot(targets, {logits.shape[1]})."
        )
    check_same_shape("targets", targets, "logits", logits)
    check_unit_interval("targets", targets)
    sums = targets.sum(axis=1)
    if not np.allclose(sums, 1.0):
        worst = int(np.argmax(np.abs(sums - 1.0)))
        raise ValueError(
            f"row {worst} of targets sums to {sums[worst]:g}; expected every row to sum to 1. "
            "Divide each row by its sum, or make the rows with one_hot(labels, num_classes)."
        )
    return targets, logits
