"""Activation functions with their derivatives: sigmoid, tanh, ReLU, and the softmax."""

import numpy as np

from gan_course.names import look_up


def sigmoid(x):
    """Turn any number into one between 0 and 1: 1 / (1 + e^(-x)).

    Written with e^(-|x|), which lies in (0, 1] and so never overflows:
    for x >= 0 the value is 1 / (1 + e^(-x)); for x < 0 the same number is e^x / (1 + e^x).

    Args:
        x: Logits, any shape.

    Returns:
        Probabilities in [0, 1], same shape. (From about x = 37 on, float64 rounds to 1.)

    Source: Rumelhart, Hinton & Williams 1986, equation 2.

    Example:
        >>> float(sigmoid(0.0))
        0.5

    Introduced in lesson 01.
    """
    x = np.asarray(x, dtype=np.float64)
    small = np.exp(-np.abs(x))  # in (0, 1], whatever x is
    return np.where(x >= 0, 1.0, small) / (1.0 + small)


def sigmoid_gradient(x):
    """Return the derivative s(x) (1 - s(x)): at most 1/4, and almost 0 where the sigmoid saturates.

    It is computed as s(x) s(-x): for large x, 1 - s(x) would round to 0 long before s(-x) does.

    Args:
        x: Where to take the derivative (the input of the sigmoid), any shape.

    Returns:
        The derivative, same shape, in [0, 1/4].

    Source: Rumelhart, Hinton & Williams 1986, equation 5.

    Example:
        >>> float(sigmoid_gradient(0.0))
        0.25
    """
    x = np.asarray(x, dtype=np.float64)
    return sigmoid(x) * sigmoid(-x)


def tanh(x):
    """Turn any number into one between -1 and 1; equal to 2 sigmoid(2x) - 1.

    Args:
        x: Any shape.

    Returns:
        Values in [-1, 1], same shape.

    Example:
        >>> float(tanh(0.0))
        0.0
    """
    return np.tanh(np.asarray(x, dtype=np.float64))


def tanh_gradient(x):
    """Return the derivative 1 - tanh(x)²: 1 in the middle, almost 0 where tanh saturates.

    Args:
        x: Where to take the derivative, any shape.

    Returns:
        The derivative, same shape, in [0, 1].

    Example:
        >>> float(tanh_gradient(0.0))
        1.0
    """
    # 1 - tanh² loses its digits for large |x|; 4 s(2x) s(-2x) is the same number and keeps them.
    return 4.0 * sigmoid_gradient(2.0 * np.asarray(x, dtype=np.float64))


def relu(x):
    """Keep what is positive and set the rest to 0: max(x, 0).

    Args:
        x: Any shape.

    Returns:
        Values >= 0, same shape.

    Example:
        >>> relu([-2.0, 3.0]).tolist()
        [0.0, 3.0]

    Introduced in lesson 04.
    """
    return np.maximum(np.asarray(x, dtype=np.float64), 0.0)


def relu_gradient(x):
    """Return the derivative of ReLU: 1 where x > 0, else 0 (at the kink too, as in TensorFlow).

    Args:
        x: Where to take the derivative, any shape.

    Returns:
        Zeros and ones, same shape.

    Example:
        >>> relu_gradient([-2.0, 0.0, 3.0]).tolist()
        [0.0, 0.0, 1.0]
    """
    return (np.asarray(x, dtype=np.float64) > 0).astype(np.float64)


def linear(x):
    """Return x unchanged: the activation of a layer that has none."""
    return np.asarray(x, dtype=np.float64)


def linear_gradient(x):
    """Return the derivative of `linear`: 1 everywhere."""
    return np.ones_like(np.asarray(x, dtype=np.float64))


def softmax(logits):
    """Turn each row of logits into probabilities that sum to 1: e^(x_j) / Σ_k e^(x_k).

    The largest logit of each row is subtracted first. The common factor cancels in the fraction,
    and no exponent is above 0, so nothing overflows.

    Args:
        logits: (..., k), one score per class in the last axis.

    Returns:
        Probabilities, same shape.

    Example:
        >>> softmax([0.0, 0.0]).tolist()
        [0.5, 0.5]

    Introduced in lesson 04.
    """
    logits = np.asarray(logits, dtype=np.float64)
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))  # (..., k), in [0, 1]
    return powers / powers.sum(axis=-1, keepdims=True)


ACTIVATIONS = {
    "linear": (linear, linear_gradient),
    "relu": (relu, relu_gradient),
    "sigmoid": (sigmoid, sigmoid_gradient),
    "tanh": (tanh, tanh_gradient),
}


def get_activation(name):
    """Look up an activation by name and return the pair (function, derivative).

    Args:
        name: One of "linear", "relu", "sigmoid", "tanh".

    Returns:
        Two functions of an array: the activation and its derivative.

    Raises:
        ValueError: If the name is not known.

    Example:
        >>> function, derivative = get_activation("relu")

    Introduced in lesson 03.
    """
    return look_up(ACTIVATIONS, name, "activation")
