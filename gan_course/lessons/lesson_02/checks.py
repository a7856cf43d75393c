"""What the exercises of lesson 02 look at, and which mistake explains a wrong number."""

import numpy as np

from gan_course.exercises.expectations import expect, expect_array, expect_close
from gan_course.from_scratch.activations import sigmoid, tanh_gradient
from gan_course.from_scratch.autodiff import Value
from gan_course.from_scratch.dense import initial_two_layer, two_layer_backward, two_layer_forward


def by_hand(function):
    """Compare the three derivatives of J = (a·b + c)² at three points."""
    for a, b, c in [(2.0, 3.0, 1.0), (-1.0, 0.5, 2.0), (0.7, -2.0, 0.3)]:
        u = a * b + c
        found = expect_array(function(a, b, c), what="the result")
        expect(
            found.shape == (3,),
            "Return three numbers, ∂J/∂a, ∂J/∂b and ∂J/∂c, separated by commas. Your function "
            f"returns something of shape {found.shape}.",
        )
        expect_close(
            found,
            [2 * u * b, 2 * u * a, 2 * u],
            mistakes=[
                (
                    [b, a, 1.0],
                    "These are the derivatives of u = a·b + c. The outermost operation is the "
                    "square: its factor 2u belongs into every one of them.",
                ),
                ([u * b, u * a, u], "The derivative of u² is 2u: a factor 2 is missing."),
                (
                    [2 * u * a, 2 * u * b, 2 * u],
                    "a and b are the other way round: the derivative of a·b with respect to a is "
                    "b, the other factor.",
                ),
            ],
            what=f"the list ∂J/∂a, ∂J/∂b, ∂J/∂c at a = {a:g}, b = {b:g}, c = {c:g}",
        )
    return "Every path carries the factor 2u of the square, then what its own edges add."


def softplus_operation(function):
    """Compare softplus and its derivative at small numbers, and at ±800 where eˣ overflows."""
    for x in (0.5, -2.0, 3.0):
        found = expect_array(function(x), what="the result")
        expect(
            found.shape == (2,),
            "Return two numbers: the result and its derivative. Your function returns something "
            f"of shape {found.shape}.",
        )
        s, value = float(sigmoid(x)), float(np.logaddexp(0.0, x))
        expect_close(
            found,
            [value, s],
            mistakes=[
                (
                    [value, np.exp(x)],
                    "eˣ is the inner derivative alone. Multiply it by the derivative of the "
                    "logarithm, 1 / (1 + eˣ).",
                ),
                (
                    [value, 1 - s],
                    "1 / (1 + eˣ) is the derivative of the logarithm, 1/s alone. The inner "
                    "derivative eˣ is missing.",
                ),
                ([s, value], "The order is result first, derivative second."),
            ],
            what=f"the pair (softplus, its derivative) at x = {x:g}",
        )
    for x, pair in ((800.0, [800.0, 1.0]), (-800.0, [0.0, 0.0])):
        found = np.asarray(function(x), dtype=np.float64)
        expect(
            np.isfinite(found).all() and np.allclose(found, pair),
            f"Right for small numbers. At x = {x:g} it gives {found[0]:g} and {found[1]:g}, and "
            f"{pair[0]:g} and {pair[1]:g} are expected: an exponential overflows. "
            "`np.logaddexp(0.0, x)` does not.",
        )
    return (
        "The derivative of softplus is the sigmoid. The losses of every GAN in this course are "
        "made of softplus, and this is why their gradients are probabilities."
    )


def mend_backward(function):
    """Run a backward pass on graphs of `Value`s, on one of them twice."""
    a, b, c = Value(2.0, "a"), Value(1.0, "b"), Value(3.0, "c")
    J = (3 * (a + b * c)).named("J")
    function(J)
    found = [value.gradient for value in (a, b, c)]
    expect(
        any(found) or J.gradient,
        "After your function every gradient is 0. Something has to start the flow: ∂J/∂J = 1.",
    )
    expect(
        any(found),
        "The inputs of J = 3(a + b·c) got no gradient. Walk from the output back to the inputs, "
        "so that a value's gradient is complete before it is passed on: `reversed(order)`.",
    )
    expect_close(found, [3.0, 9.0, 3.0], what="the list ∂J/∂a, ∂J/∂b, ∂J/∂c of J = 3(a + b·c)")

    x = Value(3.0, "x")
    function((x * x).named("J"))
    expect_close(
        x.gradient,
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
    output = (q.tanh() * q + q).named("J")
    slope = 2 * 0.5 * ((1 - np.tanh(0.25) ** 2) * 0.25 + np.tanh(0.25) + 1)
    function(output)
    expect_close(p.gradient, slope, what="the derivative of tanh(q)·q + q, q = p², at p = 0.5")
    function(output)
    again = p.gradient
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


def back_one_layer(function):
    """Compare the gradient one tanh layer further back, first for square weights."""
    rng = np.random.default_rng(2)
    for n, d_in, d_out in ((4, 3, 3), (5, 4, 2)):  # square first: wrong shapes show as numbers
        gradient, weights = rng.standard_normal((n, d_out)), rng.standard_normal((d_in, d_out))
        sums = rng.standard_normal((n, d_in))
        slope = tanh_gradient(sums)
        back = gradient @ weights.T
        mistakes = [
            (
                back,
                "That is ∂L/∂H, right up to the activation. The derivative of tanh at "
                "`sums_below` is still missing.",
            ),
            (
                back * (1 - sums**2),
                "1 − h² is right for a number h that already went through tanh. `sums_below` has "
                "not: write 1 − tanh(sums_below)².",
            ),
            (
                back * np.tanh(sums),
                "You multiplied by tanh, its value, where its derivative 1 − tanh² belongs.",
            ),
        ]
        if d_in == d_out:
            mistakes.append(
                (
                    (gradient @ weights) * slope,
                    "Going back, the weights are transposed: unit j passes its gradient to input k "
                    "along the weight W[k, j], so it is `weights.T`.",
                )
            )
        expect_close(
            function(gradient, weights, sums),
            back * slope,
            mistakes,
            what=f"the gradient of the sums below, for weights of shape {(d_in, d_out)}",
        )
    return (
        "A deep network's backward pass is this function, once for each layer. Each time the "
        "gradient is multiplied by weights and by slopes of at most 1: section 7 follows that."
    )


def step_towards_real(function):
    """Compare the moved points, and see that the network stayed."""
    rng = np.random.default_rng(5)
    parameters = initial_two_layer(2, 6, 1, rng)
    kept = {name: array.copy() for name, array in parameters.items()}
    points, size = rng.standard_normal((4, 2)), 0.25
    logits, cache = two_layer_forward(parameters, points)
    slope = two_layer_backward(parameters, cache, np.ones_like(logits))["inputs"]
    found = function(points, parameters, size)
    expect(
        all(np.array_equal(parameters[name], kept[name]) for name in kept),
        "Your function changed the network's parameters. Here the network stays as it is, and "
        "the points move.",
    )
    expect_close(
        found,
        points + size * slope,
        mistakes=[
            (points, "The points did not move. Return points plus step_size times ∂ℓ/∂x."),
            (points - size * slope, "The points walk down the logit, towards “fake”. Turn it."),
            (
                points + size * slope / len(points),
                "The step is too short by the number of points: each point has its own logit, and "
                "nothing is averaged. Start backward from ones.",
            ),
            (size * slope, "This is the step alone. Add it to the points."),
        ],
        what="the moved points",
    )
    return (
        "The points moved up the network's slope, and the network stayed. A generator's images "
        "are moved in the same way; it then changes its own weights to follow."
    )
