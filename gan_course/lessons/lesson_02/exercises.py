"""The exercises of lesson 02: the chain rule by hand, an engine's parts, one layer, one input."""

import numpy as np

from gan_course.exercises import Exercise, comparison, expect, expect_close
from gan_course.from_scratch.autodiff import Value, topological_order
from gan_course.from_scratch.dense import initial_two_layer, two_layer_backward, two_layer_forward


def _gradients_by_hand(a, b, c):
    u = a * b + c
    return 2 * u * b, 2 * u * a, 2 * u


by_hand = comparison(
    "2.1",
    "The three derivatives of J = (a·b + c)²",
    reference=_gradients_by_hand,
    cases=[(2.0, 3.0, 1.0), (-1.0, 0.5, 2.0), (0.7, -2.0, 0.3)],
    parts=("∂J/∂a", "∂J/∂b", "∂J/∂c"),
    what="at a = {a:g}, b = {b:g}, c = {c:g}",
    slips=[
        (
            lambda a, b, c: (b, a, 1.0),
            "These are the derivatives of u = a·b + c. The outermost operation is the square: its "
            "factor 2u belongs into every one of them.",
        ),
        (
            lambda a, b, c: ((a * b + c) * b, (a * b + c) * a, a * b + c),
            "The derivative of u² is 2u: a factor 2 is missing.",
        ),
        (
            lambda a, b, c: _gradients_by_hand(b, a, c),
            "a and b are the other way round: the derivative of a·b with respect to a is b, the "
            "other factor.",
        ),
        (
            lambda a, b, c: (a * b + c) ** 2,
            "This is J itself. Return three numbers, ∂J/∂a, ∂J/∂b and ∂J/∂c, separated by commas.",
        ),
    ],
    hints=[
        "Name the pieces: v = a·b, u = v + c, J = u². Write the derivative of each piece with "
        "respect to what it is made of.",
        "∂J/∂u = 2u. Every path from J to an input begins with this factor.",
        "∂J/∂a = 2u · 1 · b. The others differ in the last factor: a for b, and none for c.",
    ],
    praise="Every path carries the factor 2u of the square, then what its own edges add.",
)


def _softplus(x):
    result = np.logaddexp(0.0, x)  # log(e⁰ + eˣ), without overflow
    local_derivative = 1 / (1 + np.exp(-x))
    return result, local_derivative


softplus_operation = comparison(
    "2.2",
    "A new operation for the engine: softplus",
    reference=_softplus,
    cases=[(0.5,), (-2.0,), (3.0,), (800.0,), (-800.0,)],
    parts=("softplus", "its derivative"),
    what="at x = {x:g}",
    slips=[
        (
            lambda x: (np.logaddexp(0.0, x), np.exp(x)),
            "eˣ is the inner derivative alone. Multiply it by the derivative of the logarithm, "
            "1 / (1 + eˣ).",
        ),
        (
            lambda x: (np.logaddexp(0.0, x), 1 / (1 + np.exp(x))),
            "1 / (1 + eˣ) is the derivative of the logarithm, 1/s alone. The inner derivative eˣ "
            "is missing.",
        ),
        (
            lambda x: (np.log(1 + np.exp(x)), 1 / (1 + np.exp(-x))),
            "Right for small numbers. At x = 800 the exponential overflows, and the logarithm is "
            "infinite: `np.logaddexp(0.0, x)` does not overflow.",
        ),
        (
            lambda x: (np.logaddexp(0.0, x), np.exp(x) / (1 + np.exp(x))),
            "The derivative is right for small numbers. At x = 800 it is infinity by infinity: "
            "divide above and below by eˣ.",
        ),
        (lambda x: _softplus(x)[::-1], "The order is result first, derivative second."),
        (
            lambda x: np.logaddexp(0.0, x),
            "Return two numbers: the result and its derivative. This is the result alone.",
        ),
    ],
    hints=[
        "Two numbers: the result log(1 + eˣ) first, its derivative second.",
        "The derivative of log(s) is s′ / s. Here s = 1 + eˣ, so s′ = eˣ. Divide above and below "
        "by eˣ: you have met the result in lesson 01.",
        "`np.logaddexp(0.0, x)` is log(e⁰ + eˣ) and does not overflow; the derivative is the "
        "sigmoid, 1 / (1 + e⁻ˣ).",
    ],
    praise="The derivative of softplus is the sigmoid. Goodfellow's losses are made of softplus, "
    "and this is why their gradients at the logits are probabilities.",
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


def _backward_with(start=1.0, resets=lambda value: True, turned=reversed, keeps=1):
    """Return a backward pass in which one of these is another; `keeps=0` overwrites."""

    def backward(output):
        order = topological_order(output)
        for value in order:
            value.gradient = 0.0 if resets(value) else value.gradient
        output.gradient = start
        for value in turned(order):
            for parent, local in zip(value.parents, value.local_gradients, strict=True):
                parent.gradient = keeps * parent.gradient + value.gradient * local
        return {value.label: value.gradient for value in order if value.label}

    return backward


def _gradients(function, output, labels):
    """Return what a backward pass finds for these labels, or say how to return it."""
    message = (
        "Return the gradients of all values that have a label, as `first_backward` does: "
        "`{value.label: value.gradient for value in order if value.label}`."
    )
    found = function(output)
    expect(isinstance(found, dict) and found.keys() >= set(labels), message)
    return [found[label] for label in labels]


def _check_backward(function):
    a, b, c = Value(2.0, "a"), Value(1.0, "b"), Value(3.0, "c")
    *found, start = _gradients(function, (3 * (a + b * c)).named("J"), "abcJ")
    expect(
        any(found) or start,
        "After your function every gradient is 0. Something has to start the flow: ∂J/∂J = 1.",
    )
    expect(
        any(found),
        "The inputs of J = 3(a + b·c) got no gradient. Walk from the output back to the inputs, "
        "so that a value's gradient is complete before it is passed on: `reversed(order)`.",
    )
    expect_close(found, [3.0, 9.0, 3.0], what="the list ∂J/∂a, ∂J/∂b, ∂J/∂c of J = 3(a + b·c)")

    x = Value(3.0, "x")
    expect_close(
        _gradients(function, x * x, "x")[0],
        6.0,
        mistakes=[
            (
                3.0,
                "For x·x at x = 3 it gives 3; the slope is 6. The second use overwrites what the "
                "first one wrote. Contributions add up.",
            )
        ],
        what="the derivative of x·x at x = 3",
    )
    p = Value(0.5, "p")
    q = p * p  # used by three later values, so its gradient must be complete before it moves on
    output = q.tanh() * q + q
    slope = 2 * 0.5 * ((1 - np.tanh(0.25) ** 2) * 0.25 + np.tanh(0.25) + 1)
    (first,) = _gradients(function, output, "p")
    expect_close(first, slope, what="the derivative of tanh(q)·q + q, q = p², at p = 0.5")
    (again,) = _gradients(function, output, "p")
    expect(
        np.isclose(again, slope) or np.isclose(again, 2 * slope),  # no reset: more than twice
        "Called twice on the same graph, it gives another number each time: what the first call "
        "wrote is still there. Set all gradients to 0 first.",
    )
    expect_close(
        again,
        slope,
        mistakes=[
            (
                2 * slope,
                "The second call doubles the gradients of the inputs. Results start from 0 again, "
                "inputs do not: set the gradient of every value of the order to 0.",
            )
        ],
        what="the same derivative after a second call",
    )
    return (
        "Contributions add up, and every call starts from 0. PyTorch leaves the second part to you "
        "(`zero_grad`): a training loop without it adds today's gradient to yesterday's."
    )


mend_backward = Exercise(
    "2.3",
    "Mend the backward pass",
    _check_backward,
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
        (_backward_with(keeps=0), "overwrites"),
        (_backward_with(resets=lambda value: False), "twice on the same graph"),
        (_backward_with(resets=lambda value: value.parents), "inputs do not"),
        (_backward_with(turned=list), "from the output back"),
        (_backward_with(start=0.0), "∂J/∂J = 1"),
        (lambda output: list(_mended_backward(output).values()), "that have a label"),
    ],
)


def _back_one_layer(gradient, weights, sums_below):
    hidden_gradient = gradient @ weights.T  # (n, d_out) @ (d_out, d_in) -> (n, d_in)
    return hidden_gradient * (1 - np.tanh(sums_below) ** 2)


def _some_layers():
    draw = np.random.default_rng(2).standard_normal
    sizes = ((4, 3, 3), (5, 4, 2))  # square weights first: not transposed, they show as numbers
    return [(draw((n, d_out)), draw((d_in, d_out)), draw((n, d_in))) for n, d_in, d_out in sizes]


back_one_layer = comparison(
    "2.4",
    "One layer further back",
    reference=_back_one_layer,
    cases=_some_layers(),
    what="the gradient of the sums below, for weights of shape {weights.shape}",
    slips=[
        (
            lambda gradient, weights, sums: gradient @ weights.T,
            "That is ∂L/∂H, right up to the activation. The derivative of tanh at `sums_below` is "
            "still missing.",
        ),
        (
            lambda gradient, weights, sums: (gradient @ weights.T) * (1 - sums**2),
            "1 − h² is right for a number h that already went through tanh. `sums_below` has not: "
            "write 1 − tanh(sums_below)².",
        ),
        (
            lambda gradient, weights, sums: (gradient @ weights) * (1 - np.tanh(sums) ** 2),
            "Going back, the weights are transposed: unit j passes its gradient to input k along "
            "the weight W[k, j], so it is `weights.T`.",
        ),
        (
            lambda gradient, weights, sums: (gradient @ weights.T) * np.tanh(sums),
            "You multiplied by tanh, its value, where its derivative 1 − tanh² belongs.",
        ),
    ],
    hints=[
        "Two edges lie between the sums of a layer and the sums of the layer below: the weights, "
        "then tanh. Walk them backward, one after the other.",
        "Through the weights: `gradient @ weights.T`. That is ∂L/∂H, shape (n, d_in).",
        "Through tanh: multiply entry by entry (`*`) by `1 - np.tanh(sums_below) ** 2`.",
    ],
    praise="A deep network's backward pass is this function, once for each layer. Each time the "
    "gradient is multiplied by weights and by slopes of at most 1: section 7 follows that.",
)


def _step_towards_real(points, parameters, step_size):
    logits, cache = two_layer_forward(parameters, points)
    gradients = two_layer_backward(parameters, cache, np.ones_like(logits))
    return points + step_size * gradients["inputs"]


def _move(points, parameters, step_size):
    return _step_towards_real(points, parameters, step_size) - points


def _trains_instead(points, parameters, step_size):
    logits, cache = two_layer_forward(parameters, points)
    gradients = two_layer_backward(parameters, cache, np.ones_like(logits))
    for name in parameters:
        parameters[name] = parameters[name] + step_size * gradients[name]
    return points


def _equally_long(points, parameters, step_size):
    slope = _move(points, parameters, 1.0)
    return points + step_size * slope / np.linalg.norm(slope, axis=1, keepdims=True)


def _network(seed=5):
    return initial_two_layer(2, 6, 1, np.random.default_rng(seed))


STEP_SLIPS = [
    (lambda x, network, size: x, "The points did not move. Return points plus step_size · ∂ℓ/∂x."),
    (
        lambda x, network, size: x - _move(x, network, size),
        "The points walk down the logit, towards “fake”. Turn it.",
    ),
    (
        lambda x, network, size: x + _move(x, network, size) / len(x),
        "The step is too short by the number of points: each point has its own logit, and nothing "
        "is averaged. Start backward from ones.",
    ),
    (_move, "This is the step alone. Add it to the points."),
    (
        _equally_long,
        "These steps are all equally long. Leave each gradient its own length: where the logit is "
        "steep, the point goes further.",
    ),
    (
        lambda x, network, size: _step_towards_real(x, _network(), size),
        "Your function does the same for every network. Use the `parameters` that it is given.",
    ),
]


def _check_step_towards_real(function):
    points = np.random.default_rng(6).standard_normal((4, 2))
    found = []
    for seed in (5, 6):
        parameters = _network(seed)
        found.append(function(points, parameters, 0.25))
        expect(
            all(np.array_equal(parameters[name], kept) for name, kept in _network(seed).items()),
            "Your function changed the network's parameters. Here the network stays as it is, and "
            "the points move.",
        )
    *slips, (_, ignores_parameters) = STEP_SLIPS
    mistakes = [(slip(points, _network(6), 0.25), message) for slip, message in slips]
    mistakes.append((found[0], ignores_parameters))
    for seed in (6, 5):
        wanted = _step_towards_real(points, _network(seed), 0.25)
        expect_close(found[seed - 5], wanted, mistakes, what="the moved points")
    return (
        "The points moved up the network's slope, and the network stayed. A generator's images "
        "are moved in the same way; it then changes its own weights to follow."
    )


step_towards_real = Exercise(
    "2.5",
    "A step of the inputs towards “real”",
    _check_step_towards_real,
    reference=_step_towards_real,
    hints=[
        "Run the network forward to get the logits and the cache. Then run it backward. What "
        "gradient do you start from, if it is the logit itself that you differentiate?",
        "∂ℓ/∂ℓ = 1 for every example: start from `np.ones_like(logits)`. The entry `inputs` of "
        "the result is ∂ℓ/∂x.",
        "Up the gradient, so with a plus: `points + step_size * gradients['inputs']`.",
    ],
    wrong=[*STEP_SLIPS, (_trains_instead, "changed the network's parameters")],
)
