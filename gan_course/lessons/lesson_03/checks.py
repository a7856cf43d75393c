"""What the exercises of lesson 03 look at, and which mistake explains a wrong number."""

import numpy as np

from gan_course.exercises.expectations import expect, expect_array, expect_close
from gan_course.from_scratch.batch_norm import (
    batch_norm_backward,
    batch_norm_inference,
    batch_norm_train,
)
from gan_course.lessons.lesson_03 import norm_trial


def standardise(function):
    """Compare the normalised batch: features of unlike scale, one of them small, one constant."""
    x = np.random.default_rng(1).standard_normal((4, 4)) * [1.0, 100.0, 3e-3, 0.0] + [0, 5, 0, 7]
    mean, variance, eps = x.mean(0), x.var(0), 1e-5
    by_row = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + eps)
    mistakes = [
        (
            by_row,
            "You normalised each example (row). A feature is a column: take mean and variance "
            "over the examples, axis=0.",
        ),
        (
            (x - x.mean()) / np.sqrt(x.var() + eps),
            "You used one mean and one variance for all numbers. Each feature has its own: axis=0.",
        ),
        (
            (x - mean) / np.sqrt(x.var(0, ddof=1) + eps),
            "You divided the variance by n − 1. Batch norm divides by n, the mean of squares.",
        ),
        (
            (x - mean) / (variance + eps),
            "You divided by the variance. The root of it is missing: √(σ² + ε).",
        ),
        (
            (x - mean) / (np.sqrt(variance) + eps),
            "Large features are right, the small one is not: ε belongs under the root, √(σ² + ε).",
        ),
        (x - mean, "The mean is gone. Now divide by √(σ² + ε)."),
        (x / np.sqrt(variance + eps), "The scale is right. The mean has to be taken away first."),
    ]
    expect_close(function(x, eps), (x - mean) / np.sqrt(variance + eps), mistakes, "the batch")
    return (
        "Each feature now has mean 0 and variance σ²/(σ² + ε): about 1, or about 0 for a feature "
        "that was constant."
    )


def input_gradient(function):
    """Compare the gradient of the inputs with the packaged one."""
    rng = np.random.default_rng(2)
    n, d = 6, 3
    gamma, y_dash = rng.uniform(0.5, 2, d), rng.standard_normal((n, d))
    x = rng.standard_normal((n, d)) * 3 + 1
    _, cache = batch_norm_train(x, gamma, np.zeros(d))
    x_hat, s = cache["normalised"], cache["inverse_deviation"]
    right, _, _ = batch_norm_backward(y_dash, cache)
    dash = gamma * y_dash
    through_mean, through_variance = dash.mean(0), x_hat * (dash * x_hat).mean(0)
    mistakes = [
        (
            s * dash,
            "That is right if mean and variance were constants. They are made from the same x: "
            "take away what flows through the mean, and what flows through the variance.",
        ),
        (
            s * (dash - through_mean),
            "The path through the variance is missing: x̂ · mean(x̂′ x̂).",
        ),
        (s * (dash - through_variance), "The path through the mean is missing: mean(x̂′)."),
        (
            s * (y_dash - y_dash.mean(0) - x_hat * (y_dash * x_hat).mean(0)),
            "γ is missing. On the way back it comes first: x̂′ = γ y′.",
        ),
        (
            dash - through_mean - through_variance,
            "The bracket is right. Multiply it by s = 1 / √(σ² + ε).",
        ),
        (
            s * (dash - dash.sum(0) - x_hat * (dash * x_hat).sum(0)),
            "You summed where a mean is asked for: a factor 1/n is missing.",
        ),
    ]
    expect_close(function(y_dash, x_hat, gamma, s), right, mistakes, "∂L/∂x")
    return (
        "What is left has mean 0 and is at right angles to x̂: no push to shift the whole batch, "
        "and none to stretch it, because neither would change the output."
    )


def update_statistics(function):
    """Compare the running statistics after one batch, then let them settle."""
    rng = np.random.default_rng(3)
    batch = rng.standard_normal((5, 2)) * [1.0, 4.0] + [3.0, -2.0]
    mean, variance, m = np.array([1.0, 1.0]), np.array([2.0, 9.0]), 0.9
    new_mean, new_variance = batch.mean(0), batch.var(0)

    def mixed(m, one=new_mean, two=new_variance):
        return np.array([m * mean + (1 - m) * one, m * variance + (1 - m) * two])

    found = expect_array(function(mean, variance, batch, m), what="the result")
    expect(
        found.shape == (2, 2),
        "Return two arrays, the new running mean and the new running variance, one number per "
        f"feature in each. Your function returns something of shape {found.shape}.",
    )
    mistakes = [
        (
            mixed(1 - m),
            "The weights are the other way round. The momentum is the share of the old value "
            "that stays.",
        ),
        (
            mixed(m, two=np.sqrt(new_variance)),
            "The mean is right. For the variance you averaged the standard deviation: no root.",
        ),
        (
            np.array([new_mean, new_variance]),
            "These are the statistics of the batch alone. The old value stays with weight m.",
        ),
        (
            np.array([mean + (1 - m) * new_mean, variance + (1 - m) * new_variance]),
            "The old value keeps its full weight, so the averages would grow for ever. It stays "
            "with weight m.",
        ),
        (
            mixed(m, two=batch.var(0, ddof=1)),
            "You used the unbiased variance, divided by n − 1. The paper does (algorithm 2), but "
            "Keras does not, and this exercise asks for Keras' way: divide by n.",
        ),
    ]
    expect_close(found, mixed(m), mistakes, "the running mean and variance")
    return "After many batches the start is forgotten: its weight is m to the number of batches."


def mend_generator_update(function):
    """Try the update on a small pair with batch norm, and compare what moved with the right one."""
    right = norm_trial.after(norm_trial.mended)
    found = norm_trial.after(function)
    expect(
        found["generator statistics moved"],
        "After your update the running averages of the generator's batch norm are where they "
        "were. Its call has to say that this is training.",
    )
    expect(
        not found["discriminator weights moved"],
        "The discriminator's weights moved. This update differentiates the generator's variables.",
    )
    expect(
        found["generator weights moved"],
        "The generator's weights did not move. Differentiate the loss with respect to "
        "`generator.trainable_variables`, and apply it.",
    )
    expect(
        found["discriminator statistics moved"],
        "The generator is mended. The discriminator is called in this step too, and still judges "
        "with its running averages: `training=True` belongs into both calls.",
    )
    expect_close(
        found["generator weights"], right["generator weights"], what="the generator's weights"
    )
    return (
        "Both networks now normalise with the batch while they learn. Write `training=` out in "
        "every call, True or False: then nobody has to know a default."
    )


def fold(function):
    """Compare the folded layer with dense followed by batch norm, in inference."""
    rng = np.random.default_rng(5)
    x, weights = rng.standard_normal((4, 3)), rng.standard_normal((3, 3))
    gamma, beta, mean = rng.uniform(0.5, 2, 3), rng.standard_normal(3), rng.standard_normal(3)
    variance, eps = rng.uniform(0.2, 4, 3), 1e-5
    s = gamma / np.sqrt(variance + eps)
    right = batch_norm_inference(x @ weights, gamma, beta, mean, variance, eps)
    answer = function(weights, gamma, beta, mean, variance, eps)
    expect(
        isinstance(answer, tuple | list) and len(answer) == 2,
        "Return two things: the new weights and the new bias, separated by a comma.",
    )
    new_weights = expect_array(answer[0], (3, 3), "the new weights")
    new_bias = expect_array(answer[1], (3,), "the new bias")
    mistakes = [
        (
            x @ (s[:, None] * weights) + beta - mean * s,
            "You scaled the rows of the weights. Unit j is column j: `weights * scale`.",
        ),
        (
            x @ (weights * s) + beta - mean,
            "The weights are right. The mean is scaled too: β − μ · scale.",
        ),
        (
            x @ (weights * s) + beta,
            "The weights are right. The mean has to be taken away: − μ · scale.",
        ),
        (
            x @ (weights * gamma / (variance + eps)) + beta - mean * gamma / (variance + eps),
            "You divided by the variance. The root of it is missing: √(σ² + ε).",
        ),
    ]
    expect_close(x @ new_weights + new_bias, right, mistakes, "the layer's output")
    return "In inference batch norm costs nothing: it is one dense layer with other numbers in it."
