"""Dense layers and a two-layer network in matrix form: forward, then backward by the chain rule."""

import numpy as np

from gan_course.arguments import check_array, check_number, check_rng, check_whole
from gan_course.from_scratch.activations import get_activation

ROWS = (
    "One example per row: a single x becomes a batch of one with x[np.newaxis, :], and images "
    "become rows with images.reshape(len(images), -1)."
)


def initial_weights(fan_in, fan_out, rng, scheme="glorot"):
    """Draw the first weights of a layer from a normal distribution of a well-chosen width.

    "glorot" has variance 2 / (fan_in + fan_out), made for tanh; "he" has 2 / fan_in, made for ReLU,
    which throws half of the signal away. A number is taken as the standard deviation itself.

    Args:
        fan_in: d_in, numbers that come into the layer.
        fan_out: d_out, numbers that leave it.
        rng: A NumPy generator.
        scheme: "glorot", "he", or a standard deviation >= 0.

    Returns:
        Weights (d_in, d_out), float64.

    Raises:
        ValueError: If a size is not a whole number above 0, or the scheme is not known.

    Source: Glorot & Bengio 2010, equation 12; He et al. 2015, equation 10.

    Example:
        >>> initial_weights(784, 100, np.random.default_rng(0)).shape
        (784, 100)
    """
    fan_in, fan_out = check_whole("fan_in", fan_in), check_whole("fan_out", fan_out)
    if scheme == "glorot":
        deviation = np.sqrt(2.0 / (fan_in + fan_out))
    elif scheme == "he":
        deviation = np.sqrt(2.0 / fan_in)
    else:
        remedy = "Pass 'glorot', 'he' or a standard deviation, such as 0.02."
        deviation = check_number("scheme", scheme, least=0, remedy=remedy)
    return deviation * check_rng("rng", rng).standard_normal((fan_in, fan_out))


def dense_forward(inputs, weights, bias):
    """Compute a whole batch of weighted sums at once: Z = X W + b.

    Args:
        inputs: X (n, d_in), one example per row.
        weights: W (d_in, d_out), one unit per column.
        bias: b (d_out,).

    Returns:
        Z (n, d_out).

    Raises:
        ValueError: If a shape does not fit the others, or an array is empty or holds nan.

    Source: Rumelhart, Hinton & Williams 1986, equation 1.

    Example:
        >>> dense_forward([[1.0, 2.0]], [[3.0], [4.0]], [5.0]).tolist()
        [[16.0]]
    """
    inputs = check_array("inputs", inputs, ("n", "d_in"), remedy=ROWS)
    weights = check_array("weights", weights, (inputs.shape[1], "d_out"))
    bias = check_array("bias", bias, weights.shape[1:])
    return inputs @ weights + bias  # (n, d_in) @ (d_in, d_out) -> (n, d_out)


def dense_backward(output_gradient, inputs, weights):
    """Send ∂loss/∂Z back through Z = X W + b.

    Z_ij = Σ_k X_ik W_kj + b_j, so by the chain rule, summed over all uses of a number:
    ∂loss/∂X_ik = Σ_j ∂loss/∂Z_ij W_kj, in matrices ∂loss/∂Z Wᵀ;
    ∂loss/∂W_kj = Σ_i X_ik ∂loss/∂Z_ij, in matrices Xᵀ ∂loss/∂Z;
    ∂loss/∂b_j = Σ_i ∂loss/∂Z_ij.

    Args:
        output_gradient: ∂loss/∂Z (n, d_out).
        inputs: X (n, d_in), as in the forward pass.
        weights: W (d_in, d_out).

    Returns:
        Three gradients: of the inputs (n, d_in), the weights (d_in, d_out) and the bias (d_out,).

    Raises:
        ValueError: If a shape does not fit the others.

    Source: Rumelhart, Hinton & Williams 1986, equations 6 and 7.

    Example:
        >>> inputs, weights = [[1.0, 2.0]], [[3.0], [4.0]]
        >>> of_inputs, of_weights, of_bias = dense_backward([[1.0]], inputs, weights)
        >>> of_inputs.tolist(), of_weights.tolist()
        ([[3.0, 4.0]], [[1.0], [2.0]])

    Introduced in lesson 03.
    """
    inputs = check_array("inputs", inputs, ("n", "d_in"), remedy=ROWS)
    weights = check_array("weights", weights, (inputs.shape[1], "d_out"))
    expected = (len(inputs), weights.shape[1])
    output_gradient = check_array("output_gradient", output_gradient, expected)
    input_gradient = output_gradient @ weights.T  # (n, d_out) @ (d_out, d_in)
    weight_gradient = inputs.T @ output_gradient  # (d_in, n) @ (n, d_out)
    bias_gradient = output_gradient.sum(axis=0)  # (d_out,)
    return input_gradient, weight_gradient, bias_gradient


def initial_two_layer(num_inputs, num_hidden, num_outputs, rng, scheme="glorot"):
    """Make the parameters of a two-layer network: drawn weights, biases 0.

    Args:
        num_inputs: d, features per example.
        num_hidden: h, hidden units.
        num_outputs: k, outputs (1 logit for a yes-or-no question).
        rng: A NumPy generator.
        scheme: As in `initial_weights`.

    Returns:
        A dict: "weights_1" (d, h), "bias_1" (h,), "weights_2" (h, k), "bias_2" (k,).

    Raises:
        ValueError: As `initial_weights`.

    Example:
        >>> parameters = initial_two_layer(2, 16, 1, np.random.default_rng(0))

    Introduced in lesson 02.
    """
    return {
        "weights_1": initial_weights(num_inputs, num_hidden, rng, scheme),
        "bias_1": np.zeros(num_hidden),
        "weights_2": initial_weights(num_hidden, num_outputs, rng, scheme),
        "bias_2": np.zeros(num_outputs),
    }


def two_layer_forward(parameters, inputs, activation="tanh"):
    """Run a two-layer network: A = X W₁ + b₁, H = f(A), Z = H W₂ + b₂.

    Args:
        parameters: The dict of `initial_two_layer`.
        inputs: X (n, d).
        activation: f, one of "linear", "relu", "sigmoid", "tanh".

    Returns:
        The logits Z (n, k), and a cache with what the backward pass needs: X, A, H.

    Raises:
        ValueError: If a shape does not fit, or the activation is not known.

    Example:
        >>> parameters = initial_two_layer(2, 16, 1, np.random.default_rng(0))
        >>> logits, cache = two_layer_forward(parameters, [[0.5, -1.0]])

    Introduced in lesson 04.
    """
    function, _ = get_activation(activation)
    sums = dense_forward(inputs, parameters["weights_1"], parameters["bias_1"])  # A (n, h)
    hidden = function(sums)  # H (n, h)
    logits = dense_forward(hidden, parameters["weights_2"], parameters["bias_2"])  # Z (n, k)
    return logits, {"inputs": inputs, "sums": sums, "hidden": hidden, "activation": activation}


def two_layer_backward(parameters, cache, logit_gradient):
    """Send ∂loss/∂Z back through both layers, the last one first.

    ∂loss/∂H comes out of the second layer; ∂loss/∂A = ∂loss/∂H · f′(A), entry by entry; the first
    layer does the rest. The gradient of the inputs is what a generator learns from: its images are
    the inputs of the discriminator.

    Args:
        parameters: The dict of `initial_two_layer`.
        cache: The second result of `two_layer_forward`.
        logit_gradient: ∂loss/∂Z (n, k), such as (sigmoid(Z) - y) / n.

    Returns:
        A dict of gradients with the names and shapes of the parameters, and "inputs" (n, d).

    Raises:
        ValueError: If a shape does not fit.

    Source: Rumelhart, Hinton & Williams 1986, equations 4 to 7.

    Example:
        >>> parameters = initial_two_layer(2, 16, 1, np.random.default_rng(0))
        >>> logits, cache = two_layer_forward(parameters, [[0.5, -1.0]])
        >>> two_layer_backward(parameters, cache, [[1.0]])["inputs"].shape
        (1, 2)
    """
    _, derivative = get_activation(cache["activation"])
    hidden_gradient, weights_2, bias_2 = dense_backward(
        logit_gradient, cache["hidden"], parameters["weights_2"]
    )
    sum_gradient = hidden_gradient * derivative(cache["sums"])  # (n, h), entry by entry
    input_gradient, weights_1, bias_1 = dense_backward(
        sum_gradient, cache["inputs"], parameters["weights_1"]
    )
    return {
        "inputs": input_gradient,
        "weights_1": weights_1,
        "bias_1": bias_1,
        "weights_2": weights_2,
        "bias_2": bias_2,
    }
