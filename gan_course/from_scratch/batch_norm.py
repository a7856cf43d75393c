"""Batch normalisation of features (n, d): forward in training and inference, and backward.

Training normalises with the mean and variance of the batch at hand; inference with running averages
of those, so that one example's output does not depend on its neighbours.
"""

import numpy as np

from gan_course.arguments import check_array, check_number
from gan_course.from_scratch.dense import ROWS


def batch_norm_train(inputs, gamma, beta, epsilon=1e-5):
    """Normalise each feature with the statistics of this batch, then scale by γ and shift by β.

    Per feature, over the n rows: μ = mean(x),  σ² = mean((x - μ)²),
    x̂ = (x - μ) / √(σ² + ε),  y = γ x̂ + β.
    A batch of one has σ² = 0 and x̂ = 0: whatever the input was, the output is β. So has a feature
    that is constant. Keras' default ε is 1e-3: a feature with variance 1e-3 comes out with
    variance 1/2 there. The paper names no value.

    Args:
        inputs: x (n, d).
        gamma: γ (d,).
        beta: β (d,).
        epsilon: ε > 0.

    Returns:
        y (n, d), and a cache with "mean" (d,), "variance" (d,), "normalised" (n, d) and what else
        the backward pass needs.

    Raises:
        ValueError: If a shape does not fit, ε is not positive, or an array is empty or holds nan.

    Source: Ioffe & Szegedy 2015, algorithm 1.

    Example:
        >>> outputs, cache = batch_norm_train([[0.0], [2.0]], [1.0], [0.0])
        >>> outputs.round(3).tolist()
        [[-1.0], [1.0]]
    """
    inputs, gamma, beta = _batch(inputs, gamma=gamma, beta=beta)
    epsilon = _check_epsilon(epsilon)
    mean = inputs.mean(axis=0)  # (d,)
    centred = inputs - mean  # (n, d)
    variance = np.mean(centred**2, axis=0)  # (d,), divided by n: the biased one
    inverse_deviation = 1.0 / np.sqrt(variance + epsilon)  # (d,)
    normalised = centred * inverse_deviation  # (n, d)
    cache = {
        "mean": mean,
        "variance": variance,
        "inverse_deviation": inverse_deviation,
        "centred": centred,
        "normalised": normalised,
        "gamma": gamma,
    }
    return gamma * normalised + beta, cache


def batch_norm_backward(output_gradient, cache):
    """Send ∂loss/∂y back through the normalisation, and through the mean and variance as well.

    Every x_i acts on the loss three ways: through its own x̂_i, through σ² and through μ. With s
    for 1 / √(σ² + ε), g for ∂loss/∂x̂ = γ ∂loss/∂y, and sums over the n rows:
    ∂loss/∂β = Σ ∂loss/∂y            ∂loss/∂γ = Σ x̂ ∂loss/∂y
    ∂loss/∂σ² = Σ g (x - μ) · (-½ s³)
    ∂loss/∂μ = -s Σ g                (σ² adds nothing here, because Σ (x - μ) = 0)
    ∂loss/∂x = s g + ∂loss/∂σ² · 2 (x - μ) / n + ∂loss/∂μ / n
    In one line: ∂loss/∂x = s [g - mean(g) - x̂ · mean(g x̂)]. What is left has mean 0 and is at
    right angles to x̂: shifting or stretching the whole batch changes nothing (but for ε).

    Args:
        output_gradient: ∂loss/∂y (n, d).
        cache: The second result of `batch_norm_train`.

    Returns:
        Three gradients: of the inputs (n, d), of γ (d,) and of β (d,).

    Raises:
        ValueError: If the shape is not that of the forward pass.

    Source: Ioffe & Szegedy 2015, section 3, the six equations below algorithm 1.

    Example:
        >>> outputs, cache = batch_norm_train([[0.0], [2.0]], [1.0], [0.0])
        >>> x_gradient, gamma_gradient, beta_gradient = batch_norm_backward([[1.0], [1.0]], cache)
        >>> x_gradient.tolist()  # a shift of the whole batch is taken away
        [[0.0], [0.0]]
    """
    centred, normalised, s = cache["centred"], cache["normalised"], cache["inverse_deviation"]
    output_gradient = check_array("output_gradient", output_gradient, normalised.shape)
    n = len(normalised)
    beta_gradient = output_gradient.sum(axis=0)  # (d,)
    gamma_gradient = np.sum(output_gradient * normalised, axis=0)  # (d,)
    normalised_gradient = cache["gamma"] * output_gradient  # (n, d)
    variance_gradient = np.sum(normalised_gradient * centred, axis=0) * (-0.5 * s**3)  # (d,)
    mean_gradient = -s * normalised_gradient.sum(axis=0)  # (d,)
    input_gradient = (
        s * normalised_gradient + variance_gradient * 2.0 * centred / n + mean_gradient / n
    )
    return input_gradient, gamma_gradient, beta_gradient


def update_running(running_mean, running_variance, cache, momentum=0.9):
    """Move the running statistics a little towards those of the batch: r ← m r + (1 - m) batch.

    Keras' default momentum is 0.99: after 100 steps the start still weighs 0.99^100 = 37 %.
    Keras averages the variance divided by n, as here. The paper's inference uses the unbiased one,
    n / (n - 1) times larger.

    Args:
        running_mean: (d,), 0 before the first step.
        running_variance: (d,), 1 before the first step.
        cache: The second result of `batch_norm_train`.
        momentum: m in [0, 1): the share that stays.

    Returns:
        The new running mean and the new running variance, (d,) each.

    Raises:
        ValueError: If a shape does not fit, or the momentum lies outside [0, 1).

    Source: Ioffe & Szegedy 2015, algorithm 2, line 10.

    Example:
        >>> outputs, cache = batch_norm_train([[0.0], [2.0]], [1.0], [0.0])
        >>> mean, variance = update_running([0.0], [1.0], cache)
        >>> mean.round(3).tolist(), variance.round(3).tolist()
        ([0.1], [1.0])
    """
    num_features = cache["normalised"].shape[1]
    momentum = check_number("momentum", momentum, least=0, below=1, remedy="At 1 nothing moves.")
    running_mean = check_array("running_mean", running_mean, (num_features,))
    running_variance = check_array("running_variance", running_variance, (num_features,))
    new_mean = momentum * running_mean + (1.0 - momentum) * cache["mean"]
    new_variance = momentum * running_variance + (1.0 - momentum) * cache["variance"]
    return new_mean, new_variance


def batch_norm_inference(inputs, gamma, beta, running_mean, running_variance, epsilon=1e-5):
    """Normalise with fixed statistics: y = γ (x - running mean) / √(running variance + ε) + β.

    Each row is treated alone: this is one scale and one shift per feature.

    Args:
        inputs: x (n, d).
        gamma: γ (d,).
        beta: β (d,).
        running_mean: (d,).
        running_variance: (d,), >= 0.
        epsilon: ε > 0, the same as in training.

    Returns:
        y (n, d).

    Raises:
        ValueError: If a shape does not fit, ε is not positive, a variance is negative, or an array
            is empty or holds nan.

    Source: Ioffe & Szegedy 2015, algorithm 2, line 11.

    Example:
        >>> batch_norm_inference([[3.0]], [1.0], [0.0], [1.0], [4.0]).round(3).tolist()
        [[1.0]]
    """
    inputs, gamma, beta, mean, variance = _batch(
        inputs, gamma=gamma, beta=beta, running_mean=running_mean, running_variance=running_variance
    )
    remedy = "Are running_mean and running_variance in this order?"
    check_array("running_variance", variance, least=0, remedy=remedy)
    return gamma * (inputs - mean) / np.sqrt(variance + _check_epsilon(epsilon)) + beta


def _batch(inputs, **per_feature):
    """Check x (n, d) and every array that has one number per feature, (d,)."""
    inputs = check_array("inputs", inputs, ("n", "d"), remedy=ROWS)
    return inputs, *(check_array(k, array, inputs.shape[1:]) for k, array in per_feature.items())


def _check_epsilon(epsilon):
    return check_number("epsilon", epsilon, above=0, remedy="1e-5 is usual; Keras has 1e-3.")
