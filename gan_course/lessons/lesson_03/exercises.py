"""The exercises of lesson 03: normalise, go back through it, average, mend an update, fold."""

import numpy as np

from gan_course.exercises import Exercise, comparison, expect, expect_close
from gan_course.lessons.lesson_03 import norm_trial


def _standardise(inputs, epsilon):
    mean = inputs.mean(axis=0)  # (d,)
    variance = inputs.var(axis=0)  # (d,), divided by n
    return (inputs - mean) / np.sqrt(variance + epsilon)


def _unlike_features():
    """Return a batch of features of unlike scale, one of them small, one constant, and another."""
    draw = np.random.default_rng(1).standard_normal
    unlike = draw((4, 4)) * [1.0, 100.0, 3e-3, 0.0] + [0, 5, 0, 7]
    return [(unlike, 1e-5), (draw((6, 3)) + 2, 0.5)]


standardise = comparison(
    "3.1",
    "Normalise each feature of a batch",
    reference=_standardise,
    cases=_unlike_features(),
    what="the batch of shape {inputs.shape}, for epsilon={epsilon},",
    slips=[
        (
            lambda x, eps: _standardise(x.T, eps).T,
            "You normalised each example (row). A feature is a column: take mean and variance over "
            "the examples, axis=0.",
        ),
        (
            lambda x, eps: (x - x.mean()) / np.sqrt(x.var() + eps),
            "You used one mean and one variance for all numbers. Each feature has its own: axis=0.",
        ),
        (
            lambda x, eps: (x - x.mean(0)) / np.sqrt(x.var(0, ddof=1) + eps),
            "You divided the variance by n − 1. Batch norm divides by n, the mean of squares.",
        ),
        (
            lambda x, eps: (x - x.mean(0)) / (x.var(0) + eps),
            "You divided by the variance. The root of it is missing: √(σ² + ε).",
        ),
        (
            lambda x, eps: (x - x.mean(0)) / (x.std(0) + eps),
            "Large features are right, the small one is not: ε belongs under the root, √(σ² + ε).",
        ),
        (
            lambda x, eps: (x - x.mean(0)) / x.std(0),
            "ε is missing: a feature that is constant becomes 0/0. Divide by √(σ² + ε).",
        ),
        (lambda x, eps: x - x.mean(0), "The mean is gone. Now divide by √(σ² + ε)."),
        (
            lambda x, eps: x / np.sqrt(x.var(0) + eps),
            "The scale is right. The mean has to be taken away first.",
        ),
    ],
    hints=[
        "One example is one row. A feature is a column. Over which axis do you average to get one "
        "number per column?",
        "`inputs.mean(axis=0)` and `inputs.var(axis=0)` have shape (d,), and NumPy subtracts them "
        "from every row.",
        "`(inputs - mean) / np.sqrt(variance + epsilon)`",
    ],
    praise="Each feature now has mean 0 and variance σ²/(σ² + ε): about 1, or about 0 for a "
    "feature that was constant.",
)


def _input_gradient(output_gradient, normalised, gamma, inverse_deviation):
    g = gamma * output_gradient  # (n, d)
    shift, stretch = g.mean(axis=0), (g * normalised).mean(axis=0)  # (d,)
    return inverse_deviation * (g - shift - stretch * normalised)


def _some_batch():
    rng = np.random.default_rng(2)
    gamma, output_gradient = rng.uniform(0.5, 2, 3), rng.standard_normal((6, 3))
    inputs = rng.standard_normal((6, 3)) * 3 + 1
    return [(output_gradient, _standardise(inputs, 1e-5), gamma, 1 / np.sqrt(inputs.var(0) + 1e-5))]


input_gradient = comparison(
    "3.2",
    "The gradient of the inputs",
    reference=_input_gradient,
    cases=_some_batch(),
    what="∂L/∂x",
    slips=[
        (
            lambda y, x, g, s: s * g * y,
            "That is right if mean and variance were constants. They are made from the same x: "
            "take away the mean of g, and its share along x̂.",
        ),
        (
            lambda y, x, g, s: s * (g * y - (g * y).mean(0)),
            "The share along x̂ is still in it: take away x̂ · mean(g x̂).",
        ),
        (
            lambda y, x, g, s: s * (g * y - x * (g * y * x).mean(0)),
            "The wish to shift is still in it: take away the mean of g.",
        ),
        (
            lambda y, x, g, s: _input_gradient(y, x, 1, s),
            "γ is missing. On the way back it comes first: g = γ · ∂L/∂y.",
        ),
        (
            lambda y, x, g, s: _input_gradient(y, x, g, 1),
            "The bracket is right. Multiply it by s = 1 / √(σ² + ε).",
        ),
        (
            lambda y, x, g, s: s * (g * y - (g * y).sum(0) - x * (g * y * x).sum(0)),
            "You summed where a mean is asked for: a factor 1/n is missing.",
        ),
    ],
    hints=[
        "Begin with g = γ · ∂L/∂y. What has to be taken away from it, and what is left of it "
        "multiplied by?",
        "A mean over the batch is `.mean(axis=0)`. The share along x̂ is x̂ times the mean of g · x̂, "
        "where both products are entry by entry.",
        "`inverse_deviation * (g - g.mean(axis=0) - normalised * (g * normalised).mean(axis=0))`",
    ],
    praise="What is left has mean 0 and is at right angles to x̂: no push to shift the whole "
    "batch, and none to stretch it, because neither would change the output.",
)


def _update_statistics(running_mean, running_variance, batch, momentum):
    new_mean = momentum * running_mean + (1 - momentum) * batch.mean(axis=0)
    new_variance = momentum * running_variance + (1 - momentum) * batch.var(axis=0)
    return new_mean, new_variance


def _some_statistics():
    batch = np.random.default_rng(3).standard_normal((5, 3)) * [1.0, 4.0, 0.5] + [3.0, -2.0, 0.0]
    old = np.array([1.0, 1.0, -2.0]), np.array([2.0, 9.0, 1.0])
    return [(*old, batch, momentum) for momentum in (0.9, 0.6)]


update_statistics = comparison(
    "3.3",
    "Move the running averages",
    reference=_update_statistics,
    cases=_some_statistics(),
    parts=("mean", "variance"),
    what="after the batch, for momentum={momentum},",
    slips=[
        (
            lambda mean, variance, x, m: _update_statistics(mean, variance, x, 1 - m),
            "The weights are the other way round. The momentum is the share of the old value that "
            "stays.",
        ),
        (
            lambda mean, variance, x, m: _update_statistics(mean, variance, x, 0.9),
            "You used 0.9 whatever momentum was passed. Write `momentum`.",
        ),
        (
            lambda mean, variance, x, m: (
                m * mean + (1 - m) * x.mean(0),
                m * variance + (1 - m) * x.std(0),
            ),
            "For the variance you averaged the standard deviation: no root.",
        ),
        (
            lambda mean, variance, x, m: (x.mean(0), x.var(0)),
            "These are the statistics of the batch alone. The old value stays with weight m.",
        ),
        (
            lambda mean, variance, x, m: (
                mean + (1 - m) * x.mean(0),
                variance + (1 - m) * x.var(0),
            ),
            "The old value keeps its full weight, so the averages would grow for ever. It stays "
            "with weight m.",
        ),
        (
            lambda mean, variance, x, m: (
                m * mean + (1 - m) * x.mean(0),
                m * variance + (1 - m) * x.var(0, ddof=1),
            ),
            "You used the unbiased variance, divided by n − 1. The paper does (algorithm 2), but "
            "Keras does not, and this exercise asks for Keras' way: divide by n.",
        ),
        (
            lambda mean, variance, x, m: m * mean + (1 - m) * x.mean(0),
            "This is the new running mean alone. Return two arrays, the new running mean and the "
            "new running variance.",
        ),
    ],
    hints=[
        "The momentum is the share that stays. With 0.9, nine tenths of the new value are the old "
        "one.",
        "momentum · old + (1 − momentum) · batch, once for the mean, once for the variance. "
        "`batch.var(axis=0)` is the variance.",
    ],
    praise="After many batches the start is forgotten: its weight is m to the number of batches.",
)


def _mended_update(generator, discriminator, optimizer, z):
    import tensorflow as tf
    from keras import ops

    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(z, training=True), training=True)
        loss = ops.mean(ops.softplus(-fake_logits))
    variables = generator.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


def _update_with(first=True, second=True, learner=0, freezes=False):
    """Return an update in which one of these is another: `training=` in each call, who learns."""

    def update(generator, discriminator, optimizer, z):
        import tensorflow as tf
        from keras import ops

        discriminator.trainable = not freezes
        with tf.GradientTape() as tape:
            fake_logits = discriminator(generator(z, training=first), training=second)
            loss = ops.mean(ops.softplus(-fake_logits))
        variables = (generator, discriminator)[learner].trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)
        return loss

    return update


def _check_generator_update(function):
    right, found = norm_trial.after(_mended_update), norm_trial.after(function)
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
        found["discriminator trainable"],
        "With `trainable = False` the discriminator's batch norm uses its running averages, "
        "whatever `training=` says. Leave it trainable: what learns is decided by the variables "
        "that you differentiate.",
    )
    expect(
        found["discriminator statistics moved"],
        "The generator is mended. The discriminator is called in this step too, and still judges "
        "with its running averages: `training=True` belongs into both calls, and `trainable` stays "
        "True while they run.",
    )
    expect_close(
        found["generator weights"], right["generator weights"], what="the generator's weights"
    )
    expect_close(found["loss"], right["loss"], what="the loss that your function returns")
    return (
        "Both networks now normalise with the batch while they learn. Write `training=` out in "
        "every call, True or False: then nobody has to know a default."
    )


mend_generator_update = Exercise(
    "3.4",
    "Mend the generator's update",
    _check_generator_update,
    reference=_mended_update,
    hints=[
        "The running averages never moved. Which call would have had to move them, and how does "
        "it know whether this is training?",
        "Every call of a model takes `training=`. There are two calls of a model in this update.",
        "`discriminator(generator(z, training=True), training=True)`",
    ],
    wrong=[
        (_update_with(first=None, second=None), "where they were"),
        (_update_with(second=None), "into both calls"),
        (_update_with(learner=1), "discriminator's weights moved"),
        (_update_with(freezes=True), "Leave it trainable"),
        (
            lambda generator, discriminator, optimizer, z: discriminator(
                generator(z, training=True), training=True
            ),
            "weights did not move",
        ),
    ],
)


def _fold(weights, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)  # (d_out,), one number per unit
    return weights * scale, beta - mean * scale


def _some_layers():
    rng = np.random.default_rng(5)
    return [
        (
            rng.standard_normal((3, units)),
            rng.uniform(0.5, 2, units),
            rng.standard_normal(units),
            rng.standard_normal(units),
            rng.uniform(0.2, 4, units),
            epsilon,
        )
        for units, epsilon in ((3, 1e-5), (4, 0.1))  # square weights first: rows may be scaled too
    ]


fold = comparison(
    "3.5",
    "Fold batch norm into the layer before it",
    reference=_fold,
    cases=_some_layers(),
    parts=("weights", "bias"),
    what="of the new layer, for weights of shape {weights.shape} and epsilon={epsilon},",
    slips=[
        (
            lambda w, g, b, m, v, eps: (
                (g / np.sqrt(v + eps))[:, None] * w,
                b - m * g / np.sqrt(v + eps),
            ),
            "You scaled the rows of the weights. Unit j is column j: `weights * scale`.",
        ),
        (
            lambda w, g, b, m, v, eps: (w * g / np.sqrt(v + eps), b - m),
            "The mean is scaled too: β − μ · scale.",
        ),
        (
            lambda w, g, b, m, v, eps: (w * g / np.sqrt(v + eps), b),
            "The mean has to be taken away from the bias: − μ · scale.",
        ),
        (
            lambda w, g, b, m, v, eps: (w * g / (v + eps), b - m * g / (v + eps)),
            "You divided by the variance. The root of it is missing: √(σ² + ε).",
        ),
        (
            lambda w, g, b, m, v, eps: _fold(w, g, b, m, v, 0),
            "ε is missing: √(σ² + ε), as in the layer that you replace.",
        ),
        (
            lambda w, g, b, m, v, eps: w * g / np.sqrt(v + eps),
            "These are the new weights. Return two things: the new weights and the new bias, "
            "separated by a comma.",
        ),
    ],
    hints=[
        "In inference y = γ (XW − μ) / √(σ² + ε) + β. Multiply it out: which factor does XW have, "
        "and which numbers stand alone?",
        "Call γ / √(σ² + ε) the scale, one number per unit. Then y = XW · scale + (β − μ · scale).",
        "The new weights are `weights * scale`: NumPy multiplies column j by scale j.",
    ],
    praise="In inference batch norm costs nothing: it is one dense layer with other numbers in it.",
)
