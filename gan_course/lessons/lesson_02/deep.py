"""A network of any depth, and how much gradient arrives at each of its layers."""

import numpy as np

from gan_course.arguments import check_array, check_rng, check_whole, refusal
from gan_course.from_scratch.activations import get_activation
from gan_course.from_scratch.dense import ROWS, dense_backward, dense_forward, initial_weights


def initial_deep(sizes, rng, scheme="glorot"):
    """Make the layers of a network: drawn weights, biases 0.

    Args:
        sizes: Numbers per layer from the input to the output, such as (2, 16, 16, 1).
        rng: A NumPy generator.
        scheme: As in `dense.initial_weights`.

    Returns:
        A list of (weights, bias) pairs, one per layer.

    Raises:
        ValueError: If there are fewer than two sizes, or as `initial_weights`.

    Example:
        >>> len(initial_deep((2, 16, 1), np.random.default_rng(0)))
        2

    Introduced in lesson 02.
    """
    if len(sizes) < 2:
        wanted = "an input and an output size at least"
        raise refusal("sizes", sizes, wanted, "Write for instance (2, 16, 1).")
    return [
        (initial_weights(fan_in, fan_out, rng, scheme), np.zeros(fan_out))
        for fan_in, fan_out in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def deep_forward(layers, inputs, activation="tanh"):
    """Run all layers: H ← f(H W + b), the last one without activation.

    Args:
        layers: The list of `initial_deep`.
        inputs: X (n, d).
        activation: f, one of "linear", "relu", "sigmoid", "tanh".

    Returns:
        The logits (n, k), and a cache: for each layer its inputs and its sums.

    Raises:
        ValueError: If a shape does not fit, or the activation is not known.

    Example:
        >>> layers = initial_deep((2, 16, 1), np.random.default_rng(0))
        >>> logits, cache = deep_forward(layers, [[0.5, -1.0]])

    Introduced in lesson 02.
    """
    function, _ = get_activation(activation)
    hidden, cache = check_array("inputs", inputs, ("n", "d"), remedy=ROWS), []
    for weights, bias in layers:
        sums = dense_forward(hidden, weights, bias)
        cache.append((hidden, sums))
        hidden = function(sums)
    return sums, cache


def deep_backward(layers, cache, logit_gradient, activation="tanh"):
    """Send a gradient back through all layers, the last one first.

    Args:
        layers: The list of `initial_deep`.
        cache: The second result of `deep_forward`.
        logit_gradient: ∂loss/∂logits (n, k).
        activation: As in the forward pass.

    Returns:
        Three things, first layer first: a list of (weight gradient, bias gradient) pairs; a list of
        the gradients of each layer's sums (n, d_out); and the gradient of the inputs (n, d).

    Raises:
        ValueError: If a shape does not fit, or the activation is not known.

    Source: Rumelhart, Hinton & Williams 1986, equations 4 to 7.

    Example:
        >>> layers = initial_deep((2, 16, 1), np.random.default_rng(0))
        >>> logits, cache = deep_forward(layers, [[0.5, -1.0]])
        >>> gradients, sums, inputs = deep_backward(layers, cache, [[1.0]])

    Introduced in lesson 02.
    """
    _, derivative = get_activation(activation)
    parameter_gradients, sum_gradients = [], []
    gradient = check_array("logit_gradient", logit_gradient, ("n", "k"))  # of the sums at hand
    for index in reversed(range(len(layers))):
        layer_inputs, _ = cache[index]
        sum_gradients.insert(0, gradient)
        gradient, weight_gradient, bias_gradient = dense_backward(
            gradient, layer_inputs, layers[index][0]
        )
        parameter_gradients.insert(0, (weight_gradient, bias_gradient))
        if index > 0:  # through the activation that made this layer's inputs
            gradient = gradient * derivative(cache[index - 1][1])
    return parameter_gradients, sum_gradients, gradient


def gradient_flow(depth, width, rng, activation="tanh", scheme="glorot"):
    """Measure how much gradient arrives at each layer of a fresh network.

    64 random inputs (standard normal) go forward through `depth` hidden layers; a random gradient
    (standard normal) enters at the output and goes back. The size at a layer is the root mean
    square of ∂loss/∂sums, so it does not depend on the width or the number of examples.

    Args:
        depth: Number of hidden layers, at least 1.
        width: Units in the input and in each layer.
        rng: A NumPy generator.
        activation: One of "linear", "relu", "sigmoid", "tanh".
        scheme: "glorot", "he" or a standard deviation, as in `dense.initial_weights`.

    Returns:
        Root mean square gradients (depth + 1,), first layer first; the last is the output layer.

    Raises:
        ValueError: If an argument is not as above.

    Source: Glorot & Bengio 2010, section 4.2; saturation: figure 2 there.

    Example:
        >>> sizes = gradient_flow(10, 64, np.random.default_rng(0), activation="sigmoid")
        >>> bool(sizes[0] < 1e-4 * sizes[-1])  # the first layer hears almost nothing
        True

    Introduced in lesson 02.
    """
    depth, width = check_whole("depth", depth), check_whole("width", width)
    check_rng("rng", rng)
    layers = initial_deep((width,) * (depth + 2), rng, scheme)
    inputs = rng.standard_normal((64, width))
    logits, cache = deep_forward(layers, inputs, activation)
    _, sum_gradients, _ = deep_backward(
        layers, cache, rng.standard_normal(logits.shape), activation
    )
    return np.array([np.sqrt(np.mean(gradient**2)) for gradient in sum_gradients])
