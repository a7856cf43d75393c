"""Loss functions with their gradients: mean squared error and the cross-entropies.

Arguments stand in the order of Keras: targets first, predictions second. A loss is one number, the
mean over all entries; its gradient has the shape of the predictions and holds, for each entry, how
the loss changes when that entry grows. The cross-entropy over several classes stands in
`categorical` and can be imported from here too.
"""

import numpy as np

from gan_course.arguments import check_array, check_number, check_same_shape
from gan_course.from_scratch.activations import sigmoid
from gan_course.from_scratch.categorical import (
    categorical_cross_entropy_from_logits,
    categorical_cross_entropy_from_logits_gradient,
    one_hot,
)

__all__ = [
    "binary_cross_entropy",
    "binary_cross_entropy_from_logits",
    "binary_cross_entropy_from_logits_gradient",
    "binary_cross_entropy_gradient",
    "categorical_cross_entropy_from_logits",
    "categorical_cross_entropy_from_logits_gradient",
    "mean_squared_error",
    "mean_squared_error_gradient",
    "one_hot",
]


def mean_squared_error(targets, predictions):
    """Average the squared distance between target and prediction: (1/N) Σ (p - y)².

    Up to a constant and a factor it is the negative log-likelihood of targets with Gaussian noise.

    Args:
        targets: y, any shape, N entries in all.
        predictions: p, the same shape.

    Returns:
        The loss, a float >= 0.

    Raises:
        ValueError: If the shapes differ, or an array is empty or holds nan or infinity.

    Source: Rumelhart, Hinton & Williams 1986, equation 3 (there a sum with the factor 1/2).

    Example:
        >>> mean_squared_error([1.0, 0.0], [0.5, 0.5])
        0.25

    Introduced in lesson 01.
    """
    targets, predictions = _pair(targets, predictions, "predictions")
    return float(np.mean((predictions - targets) ** 2))


def mean_squared_error_gradient(targets, predictions):
    """Return ∂loss/∂p = 2 (p - y) / N.

    Args:
        targets: y, any shape, N entries in all.
        predictions: p, the same shape.

    Returns:
        The gradient, same shape as the predictions.

    Raises:
        ValueError: As `mean_squared_error`.

    Source: Rumelhart, Hinton & Williams 1986, equation 4 (there without the factor 2 / N).

    Example:
        >>> mean_squared_error_gradient([1.0, 0.0], [0.5, 0.5]).tolist()
        [-0.5, 0.5]
    """
    targets, predictions = _pair(targets, predictions, "predictions")
    return 2.0 * (predictions - targets) / predictions.size


def binary_cross_entropy(targets, probabilities, clip=0.0):
    """Score probabilities of "yes": -(1/N) Σ [y log p + (1 - y) log(1 - p)].

    It is the negative log-likelihood of a coin that shows 1 with probability p. A certain and wrong
    answer (p = 0 where y = 1) costs log 0, which is infinite; here that is an error.
    Keras differs on purpose: it first clips p to [1e-7, 1 - 1e-7], so such an answer costs 16.1 and
    its gradient is 0. Pass `clip=1e-7` to do the same. Better: stay with the logits.

    Args:
        targets: y in [0, 1], any shape, N entries in all.
        probabilities: p in [0, 1], the same shape.
        clip: How far p is kept away from 0 and 1, in [0, 0.5).

    Returns:
        The loss, a float >= 0.

    Raises:
        ValueError: If an entry needs the logarithm of zero; if an array leaves [0, 1], is empty or
            holds nan; if the shapes differ.

    Source: the "log loss" of the GAN's discriminator, Goodfellow et al. 2014, equation 1.

    Example:
        >>> round(binary_cross_entropy([1.0], [0.5]), 4)  # log 2
        0.6931

    Introduced in lesson 01.
    """
    targets, p, _ = _clipped_probabilities(targets, probabilities, clip)
    # 0 · log 0 counts as 0 (its limit): log 1 = 0 stands where the factor in front is 0.
    log_yes = np.log(np.where(targets > 0, p, 1.0))
    log_no = np.log1p(-np.where(targets < 1, p, 0.0))
    return float(-np.mean(targets * log_yes + (1.0 - targets) * log_no))


def binary_cross_entropy_gradient(targets, probabilities, clip=0.0):
    """Return ∂loss/∂p = [(1 - y) / (1 - p) - y / p] / N, the same as (p - y) / (p (1 - p) N).

    With `clip`, the gradient is 0 where p was clipped: the answer there no longer depends on p.
    This is what Keras returns for p = 0 and y = 1, the worst answer of all.

    Args:
        targets: y in [0, 1], any shape, N entries in all.
        probabilities: p in [0, 1], the same shape.
        clip: How far p is kept away from 0 and 1, in [0, 0.5).

    Returns:
        The gradient, same shape as the probabilities.

    Raises:
        ValueError: As `binary_cross_entropy`.

    Example:
        >>> binary_cross_entropy_gradient([1.0], [0.25]).tolist()
        [-4.0]
    """
    targets, p, was_inside = _clipped_probabilities(targets, probabilities, clip)
    # Where y = 0 the fraction y / p is 0, even at p = 0; dividing by 1 there says so.
    yes = targets / np.where(targets > 0, p, 1.0)
    no = (1.0 - targets) / np.where(targets < 1, 1.0 - p, 1.0)
    return np.where(was_inside, no - yes, 0.0) / p.size


def binary_cross_entropy_from_logits(targets, logits):
    """Score logits of "yes" in the stable form: (1/N) Σ [max(x, 0) - x y + log(1 + e^(-|x|))].

    Put p = 1 / (1 + e^(-x)) into `binary_cross_entropy` and simplify: this comes out. The exponent
    is never positive, so nothing overflows, and no logarithm sees 0, however large x is.

    Args:
        targets: y in [0, 1], any shape, N entries in all.
        logits: x, any real numbers, the same shape.

    Returns:
        The loss, a float >= 0.

    Raises:
        ValueError: If the shapes differ, targets leave [0, 1], or an array is empty or holds nan.

    Example:
        >>> binary_cross_entropy_from_logits([1.0], [-1000.0])
        1000.0

    Introduced in lesson 02.
    """
    targets, logits = _pair(targets, logits, "logits", targets_within=UNIT)
    losses = np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))
    return float(np.mean(losses))


def binary_cross_entropy_from_logits_gradient(targets, logits):
    """Return ∂loss/∂x = (sigmoid(x) - y) / N: the error itself, with no factor that could vanish.

    Args:
        targets: y in [0, 1], any shape, N entries in all.
        logits: x, the same shape.

    Returns:
        The gradient, same shape as the logits; each entry lies in [-1/N, 1/N].

    Raises:
        ValueError: As `binary_cross_entropy_from_logits`.

    Example:
        >>> binary_cross_entropy_from_logits_gradient([1.0], [-1000.0]).tolist()
        [-1.0]
    """
    targets, logits = _pair(targets, logits, "logits", targets_within=UNIT)
    return (sigmoid(logits) - targets) / logits.size


UNIT = {
    "least": 0,
    "most": 1,
    "remedy": "Are the arguments in the order (targets, predictions)? Are these logits, which "
    "belong into a ..._from_logits function?",
}


def _pair(targets, predictions, name, targets_within=None, within=None):
    targets = check_array("targets", targets, **(targets_within or {}))
    predictions = check_array(name, predictions, **(within or {}))
    check_same_shape(**{"targets": targets, name: predictions})
    return targets, predictions


def _clipped_probabilities(targets, probabilities, clip):
    targets, p = _pair(targets, probabilities, "probabilities", UNIT, UNIT)
    clip = check_number("clip", clip, least=0, below=0.5, remedy="Use 0 or 1e-7.")
    was_inside = (p >= clip) & (p <= 1.0 - clip)
    p = np.clip(p, clip, 1.0 - clip)
    log_of_zero = np.count_nonzero(((p == 0) & (targets > 0)) | ((p == 1) & (targets < 1)))
    if log_of_zero:
        raise ValueError(
            f"{log_of_zero} of {p.size} entries need the logarithm of zero: probability 0 where "
            "the target is above 0, or probability 1 where it is below 1. Expected 0 < p < 1 "
            "there. Use binary_cross_entropy_from_logits, or pass clip=1e-7 as Keras does."
        )
    return targets, p, was_inside
