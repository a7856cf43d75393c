"""The exercises of lesson 02: the chain rule by hand, an engine's parts, one layer, one input."""

import numpy as np

from gan_course.exercises.core import Exercise
from gan_course.from_scratch.autodiff import topological_order
from gan_course.from_scratch.dense import two_layer_backward, two_layer_forward
from gan_course.lessons.lesson_02 import checks


def _gradients_by_hand(a, b, c):
    u = a * b + c
    return 2 * u * b, 2 * u * a, 2 * u


by_hand = Exercise(
    number="lesson_02.by_hand",
    check=checks.by_hand,
    title="The three derivatives of J = (a·b + c)²",
    reference=_gradients_by_hand,
    hints=[
        "Name the pieces: v = a·b, u = v + c, J = u². Write the derivative of each piece with "
        "respect to what it is made of.",
        "∂J/∂u = 2u. Every path from J to an input begins with this factor.",
        "∂J/∂a = 2u · 1 · b. The others differ in the last factor: a for b, and none for c.",
    ],
    wrong=[
        (lambda a, b, c: (b, a, 1.0), "outermost operation"),
        (lambda a, b, c: ((a * b + c) * b, (a * b + c) * a, a * b + c), "factor 2"),
        (
            lambda a, b, c: (2 * (a * b + c) * a, 2 * (a * b + c) * b, 2 * (a * b + c)),
            "other way round",
        ),
        (lambda a, b, c: (a * b + c) ** 2, "three numbers"),
    ],
)


def _softplus(x):
    result = np.logaddexp(0.0, x)  # log(e⁰ + eˣ), without overflow
    local_derivative = 1 / (1 + np.exp(-x))
    return result, local_derivative


softplus_operation = Exercise(
    number="lesson_02.softplus_operation",
    check=checks.softplus_operation,
    title="A new operation for the engine: softplus",
    reference=_softplus,
    hints=[
        "Two numbers: the result log(1 + eˣ) first, its derivative second.",
        "The derivative of log(s) is s′ / s. Here s = 1 + eˣ, so s′ = eˣ. Divide above and below "
        "by eˣ: you have met the result in lesson 01.",
        "`np.logaddexp(0.0, x)` is log(e⁰ + eˣ) and does not overflow; the derivative is the "
        "sigmoid, 1 / (1 + e⁻ˣ).",
    ],
    wrong=[
        (lambda x: (np.logaddexp(0, x), np.exp(x)), "inner derivative alone"),
        (lambda x: (np.logaddexp(0, x), 1 / (1 + np.exp(x))), "1/s alone"),
        (lambda x: (np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x))), "x = 800"),
        (lambda x: (1 / (1 + np.exp(-x)), np.logaddexp(0, x)), "order"),
        (lambda x: np.logaddexp(0, x), "two numbers"),
    ],
)


def _mended_backward(output):
    order = topological_order(output)
    for value in order:
        value.gradient = 0.0
    output.gradient = 1.0
    for value in reversed(order):
        for parent, local in zip(value.parents, value.local_gradients, strict=True):
            parent.gradient += value.gradient * local
    return {value.label: value.gradient for value in order if value.label}


def _overwrites(output):
    output.gradient = 1.0
    for value in reversed(topological_order(output)):
        for parent, local in zip(value.parents, value.local_gradients, strict=True):
            parent.gradient = value.gradient * local
    return {}


def _never_resets(output):
    output.gradient = 1.0
    for value in reversed(topological_order(output)):
        for parent, local in zip(value.parents, value.local_gradients, strict=True):
            parent.gradient += value.gradient * local
    return {}


def _walks_forward(output):
    order = topological_order(output)
    for value in order:
        value.gradient = 0.0
    output.gradient = 1.0
    for value in order:
        for parent, local in zip(value.parents, value.local_gradients, strict=True):
            parent.gradient += value.gradient * local
    return {}


def _has_no_start(output):
    order = topological_order(output)
    for value in order:
        value.gradient = 0.0
    for value in reversed(order):
        for parent, local in zip(value.parents, value.local_gradients, strict=True):
            parent.gradient += value.gradient * local
    return {}


def _keeps_last_gradients(output):
    order = topological_order(output)
    for value in order:
        if value.parents:  # the inputs are forgotten
            value.gradient = 0.0
    output.gradient = 1.0
    for value in reversed(order):
        for parent, local in zip(value.parents, value.local_gradients, strict=True):
            parent.gradient += value.gradient * local
    return {}


mend_backward = Exercise(
    number="lesson_02.mend_backward",
    check=checks.mend_backward,
    title="Mend the backward pass",
    reference=_mended_backward,
    hints=[
        "In a·a the value a has two edges. The loop comes to it twice. What does the second visit "
        "do to what the first one wrote?",
        "Both contributions count: add them up with `+=`. But then, what do the gradients start "
        "from, when backward runs a second time?",
        "Set `value.gradient = 0.0` for every value of the order first, then `output.gradient = "
        "1.0`, then the loop with `+=`.",
    ],
    wrong=[
        (_overwrites, "overwrites"),
        (_never_resets, "twice on the same graph"),
        (_keeps_last_gradients, "inputs"),
        (_walks_forward, "from the output back"),
        (_has_no_start, "∂J/∂J = 1"),
    ],
)


def _back_one_layer(gradient, weights, sums_below):
    hidden_gradient = gradient @ weights.T  # (n, d_out) @ (d_out, d_in) -> (n, d_in)
    return hidden_gradient * (1 - np.tanh(sums_below) ** 2)


back_one_layer = Exercise(
    number="lesson_02.back_one_layer",
    check=checks.back_one_layer,
    title="One layer further back",
    reference=_back_one_layer,
    hints=[
        "Two edges lie between the sums of a layer and the sums of the layer below: the weights, "
        "then tanh. Walk them backward, one after the other.",
        "Through the weights: `gradient @ weights.T`. That is ∂L/∂H, shape (n, d_in).",
        "Through tanh: multiply entry by entry (`*`) by `1 - np.tanh(sums_below) ** 2`.",
    ],
    wrong=[
        (lambda g, w, s: g @ w.T, "derivative of tanh"),
        (lambda g, w, s: (g @ w.T) * (1 - s**2), "already went through tanh"),
        (lambda g, w, s: (g @ w) * (1 - np.tanh(s) ** 2), "transposed"),
        (lambda g, w, s: (g @ w.T) * np.tanh(s), "its value"),
    ],
)


def _step_towards_real(points, parameters, step_size):
    logits, cache = two_layer_forward(parameters, points)
    gradients = two_layer_backward(parameters, cache, np.ones_like(logits))
    return points + step_size * gradients["inputs"]


def _slope(points, parameters):
    logits, cache = two_layer_forward(parameters, points)
    return two_layer_backward(parameters, cache, np.ones_like(logits))["inputs"]


def _trains_instead(points, parameters, step_size):
    logits, cache = two_layer_forward(parameters, points)
    gradients = two_layer_backward(parameters, cache, np.ones_like(logits))
    for name in parameters:
        parameters[name] = parameters[name] + step_size * gradients[name]
    return points


step_towards_real = Exercise(
    number="lesson_02.step_towards_real",
    check=checks.step_towards_real,
    title="A step of the inputs towards “real”",
    reference=_step_towards_real,
    hints=[
        "Run the network forward to get the logits and the cache. Then run it backward. What "
        "gradient do you start from, if it is the logit itself that you differentiate?",
        "∂ℓ/∂ℓ = 1 for every example: start from `np.ones_like(logits)`. The entry `inputs` of "
        "the result is ∂ℓ/∂x.",
        "Up the gradient, so with a plus: `points + step_size * gradients['inputs']`.",
    ],
    wrong=[
        (lambda x, parameters, size: x - size * _slope(x, parameters), "down"),
        (lambda x, parameters, size: x + size * _slope(x, parameters) / len(x), "its own logit"),
        (lambda x, parameters, size: size * _slope(x, parameters), "the step alone"),
        (_trains_instead, "parameters"),
        (lambda x, parameters, size: x, "did not move"),
    ],
)
