"""What learners get wrong in lesson 01: the checks compare with these, and the tests run them."""

import numpy as np


def without_mean(targets, probabilities):
    """Leave out the division by N in the gradient of a mean."""
    return (probabilities - targets) / (probabilities * (1 - probabilities))


def turned_round(targets, probabilities):
    """Give the gradient of the log-likelihood, without the minus."""
    return -without_mean(targets, probabilities) / len(targets)


def first_term_only(targets, probabilities):
    """Differentiate the first term and forget the one for y = 0."""
    return -targets / probabilities / len(targets)


def inner_minus_forgotten(targets, probabilities):
    """Forget that log(1 - p) has the derivative -1 / (1 - p)."""
    return -(targets / probabilities + (1 - targets) / (1 - probabilities)) / len(targets)


def for_the_logit(targets, probabilities):
    """Give the gradient with respect to the logit."""
    return (probabilities - targets) / len(targets)


def half_the_bound(hessian):
    """Give 1 / λ, where the zigzag begins."""
    return 1 / np.linalg.eigvalsh(hessian)[-1]


def flattest_direction(hessian):
    """Take the smallest eigenvalue."""
    return 2 / np.linalg.eigvalsh(hessian)[0]


def largest_entry(hessian):
    """Take the largest entry of the matrix for its largest eigenvalue."""
    return 2 / np.max(hessian)


def trace(hessian):
    """Take the sum of the eigenvalues."""
    return 2 / np.trace(hessian)


def adam(position, gradient, m, v, t, learning_rate, beta_1, beta_2, epsilon, slip=""):
    """Take a step of Adam with one slip: uncorrected, power, square, returned, sign, or none."""
    m = beta_1 * m + (1 - beta_1) * gradient
    v = beta_2 * v + (1 - beta_2) * gradient**2
    m_hat, v_hat = m / (1 - beta_1**t), v / (1 - beta_2**t)
    if slip == "uncorrected":
        m_hat, v_hat = m, v
    if slip == "power":
        m_hat, v_hat = m / (1 - beta_1), v / (1 - beta_2)
    root = v_hat if slip == "square" else np.sqrt(v_hat)
    move = learning_rate * m_hat / (root + epsilon)
    position = position + move if slip == "sign" else position - move
    return (position, m_hat, v_hat) if slip == "returned" else (position, m, v)


def adam_uncorrected(position, gradient, m, v, t, *settings):
    """Leave the bias correction out."""
    return adam(position, gradient, m, v, t, *settings, slip="uncorrected")


def adam_without_power(position, gradient, m, v, t, *settings):
    """Divide by 1 - β instead of 1 - β^t."""
    return adam(position, gradient, m, v, t, *settings, slip="power")


def adam_without_root(position, gradient, m, v, t, *settings):
    """Divide by the mean square, not by its root."""
    return adam(position, gradient, m, v, t, *settings, slip="square")


def adam_returns_corrected(position, gradient, m, v, t, *settings):
    """Return the corrected averages, which the next step would correct again."""
    return adam(position, gradient, m, v, t, *settings, slip="returned")


def adam_uphill(position, gradient, m, v, t, *settings):
    """Step up the hill."""
    return adam(position, gradient, m, v, t, *settings, slip="sign")


def naive_cross_entropy(targets, logits):
    """Go through the probability, and take the logarithm of 0."""
    p = 1 / (1 + np.exp(-logits))
    return -np.mean(targets * np.log(p) + (1 - targets) * np.log(1 - p))


def no_absolute_value(targets, logits):
    """Write e^(-x) instead of e^(-|x|): that overflows for negative logits."""
    return np.mean(np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-logits)))


def no_maximum(targets, logits):
    """Write x for max(x, 0)."""
    return np.mean(logits - logits * targets + np.log1p(np.exp(-np.abs(logits))))


def plus_target(targets, logits):
    """Write + x y for - x y."""
    return np.mean(np.maximum(logits, 0) + logits * targets + np.log1p(np.exp(-np.abs(logits))))


def cross_entropy_sum(targets, logits):
    """Add up and forget the mean."""
    return np.sum(np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits))))


def unmended_step(weight, bias, inputs, targets, learning_rate):
    """Stretch (n, 1) against (n,) to (n, n): the bug itself."""
    errors = weight * inputs + bias - targets
    weight = weight - learning_rate * 2 * np.mean(errors * inputs)
    bias = bias - learning_rate * 2 * np.mean(errors)
    return weight, bias


def half_mended_step(weight, bias, inputs, targets, learning_rate):
    """Mend the errors, and multiply them, (n,), by the inputs, (n, 1)."""
    errors = (weight * inputs + bias).reshape(-1) - targets.reshape(-1)
    weight = weight - learning_rate * 2 * np.mean(errors * inputs)
    bias = bias - learning_rate * 2 * np.mean(errors)
    return weight, bias


def summed_step(weight, bias, inputs, targets, learning_rate):
    """Mend the shapes, and add up where a mean stood."""
    inputs, targets = inputs.reshape(-1), targets.reshape(-1)
    errors = weight * inputs + bias - targets
    weight = weight - learning_rate * 2 * np.sum(errors * inputs)
    bias = bias - learning_rate * 2 * np.sum(errors)
    return weight, bias
