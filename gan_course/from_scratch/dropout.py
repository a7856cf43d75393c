"""Dropout: masks, the inverted scaling that corrects for them, and thinned networks."""

import numpy as np

from gan_course.arguments import (
    check_array,
    check_number,
    check_rng,
    check_same_shape,
    check_whole,
    refusal,
)
from gan_course.from_scratch.dense import two_layer_forward


def dropout_mask(shape, rate, rng):
    """Draw which numbers stay: each one on its own, True with probability 1 - rate.

    Args:
        shape: Of what is to be masked, such as (n, d): a new mask for every example.
        rate: The share that is dropped, in [0, 1). The paper's p is the share kept, 1 - rate.
        rng: A NumPy generator; the next call draws another mask.

    Returns:
        Booleans of that shape.

    Raises:
        ValueError: If the rate lies outside [0, 1), or rng is no generator.

    Source: Srivastava et al. 2014, section 4 (r ~ Bernoulli(p)).

    Example:
        >>> dropout_mask((2, 3), 0.0, np.random.default_rng(0)).all()
        np.True_
    """
    rate = check_rate(rate)
    return check_rng("rng", rng).random(shape) >= rate  # random() lies in [0, 1)


def dropout_forward(inputs, mask, rate):
    """Switch off what the mask drops and scale up the rest: y = mask · x / (1 - rate).

    The scaling keeps the expectation: E[y] = (1 - rate) · x / (1 - rate) = x. So nothing has to be
    corrected when everything is switched on for testing: there, dropout does nothing, y = x.
    The variance is x² · rate / (1 - rate). (The paper scales the weights at test time instead.)
    Keras does the same as here; its rate too is the share dropped.

    Args:
        inputs: x, any shape.
        mask: Booleans of the same shape, from `dropout_mask`.
        rate: The rate the mask was drawn with, in [0, 1).

    Returns:
        y, same shape.

    Raises:
        ValueError: If the shapes differ, the rate lies outside [0, 1), or x is empty or holds nan.

    Source: Srivastava et al. 2014, section 4; the inverted scaling: section 10.

    Example:
        >>> dropout_forward([1.0, 2.0], [True, False], 0.5).tolist()
        [2.0, 0.0]
    """
    inputs, mask = check_array("inputs", inputs), np.asarray(mask)
    check_same_shape(inputs=inputs, mask=mask)
    return inputs * mask / (1.0 - check_rate(rate))


def dropout_backward(output_gradient, mask, rate):
    """Send ∂loss/∂y back through the same mask: ∂loss/∂x = mask · ∂loss/∂y / (1 - rate).

    Args:
        output_gradient: ∂loss/∂y, any shape.
        mask: The very mask of the forward pass; a new one would be wrong.
        rate: The rate it was drawn with, in [0, 1).

    Returns:
        ∂loss/∂x, same shape.

    Raises:
        ValueError: As `dropout_forward`.

    Example:
        >>> dropout_backward([1.0, 1.0], [True, False], 0.5).tolist()
        [2.0, 0.0]

    Introduced in lesson 04.
    """
    output_gradient, mask = check_array("output_gradient", output_gradient), np.asarray(mask)
    check_same_shape(output_gradient=output_gradient, mask=mask)
    return output_gradient * mask / (1.0 - check_rate(rate))


def thinned_network(sizes, rate, rng):
    """Draw one thinned network: for each layer, which units stay. Inputs and outputs always do.

    A network with u units that can be dropped has 2^u thinned networks, which share their weights.

    Args:
        sizes: Units per layer from input to output, such as (3, 5, 5, 1).
        rate: The share of units dropped, in [0, 1).
        rng: A NumPy generator.

    Returns:
        A list of boolean arrays, one per layer, of the layer's size.

    Raises:
        ValueError: If the rate lies outside [0, 1), or sizes are not two or more whole numbers.

    Source: Srivastava et al. 2014, figure 1 and section 1.

    Example:
        >>> [len(kept) for kept in thinned_network((3, 5, 1), 0.5, np.random.default_rng(0))]
        [3, 5, 1]

    Introduced in lesson 04.
    """
    if len(sizes) < 2:
        layers = "an input and an output layer at least"
        raise refusal("sizes", sizes, layers, "Write for instance (3, 5, 1).")
    sizes = [check_whole("each of sizes", size) for size in sizes]
    rates = [0.0] + [check_rate(rate)] * (len(sizes) - 2) + [0.0]
    return [dropout_mask(size, r, rng) for size, r in zip(sizes, rates, strict=True)]


def thinned_outputs(parameters, inputs, rate, rng, num_masks):
    """Run many thinned copies of a two-layer network, each with one mask of its hidden units.

    The hidden layer is a ReLU's. Their average is the ensemble; beside it stands the one full
    network, `two_layer_forward`. After a last layer without activation the average tends to the
    full network's logits exactly; after a sigmoid or softmax only about.

    Args:
        parameters: The dict of `dense.initial_two_layer`, h hidden units.
        inputs: X (n, d).
        rate: The share of hidden units dropped, in [0, 1).
        rng: A NumPy generator.
        num_masks: m, how many thinned networks to run.

    Returns:
        Logits (m, n, k).

    Raises:
        ValueError: If an argument is not as above.

    Source: Srivastava et al. 2014, section 1 (averaging 2^u networks), section 7.5.

    Example:
        >>> from gan_course.from_scratch.dense import initial_two_layer
        >>> rng = np.random.default_rng(0)
        >>> thinned_outputs(initial_two_layer(2, 8, 1, rng), [[1.0, 2.0]], 0.5, rng, 100).shape
        (100, 1, 1)

    Introduced in lesson 04.
    """
    num_masks = check_whole("num_masks", num_masks)
    _, cache = two_layer_forward(parameters, inputs, "relu")
    hidden = cache["hidden"]  # (n, h)
    masks = dropout_mask((num_masks, 1, hidden.shape[1]), rate, rng)  # one mask per network
    thinned = hidden * masks / (1.0 - rate)  # (m, n, h)
    return thinned @ parameters["weights_2"] + parameters["bias_2"]  # (m, n, k)


def check_rate(rate):
    """Refuse a dropout rate unless it is a number in [0, 1)."""
    remedy = (
        "The rate is the share that is dropped: at 1 nothing would be left to scale up, and 50 % "
        "is 0.5. If you have the share that is kept, pass 1 - kept."
    )
    return check_number("rate", rate, least=0, below=1, remedy=remedy)
