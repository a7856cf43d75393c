"""Cross-entropy over several classes, from logits, with its gradient; and one-hot targets."""

import numpy as np

from gan_course.arguments import check_array, check_labels, check_shares
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
    labels = check_labels("labels", labels, num_classes)
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
    logits = check_array("logits", logits, ("n", "k"))
    remedy = f"Class numbers become such rows with one_hot(labels, {logits.shape[1]})."
    return check_shares("targets", targets, logits.shape, remedy), logits
