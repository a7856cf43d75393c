"""The exercises of lesson 03: normalise, go back through it, average, mend an update, fold."""

import numpy as np

from gan_course.exercises.core import Exercise
from gan_course.lessons.lesson_03 import checks, norm_trial


def _standardise(inputs, epsilon):
    mean = inputs.mean(axis=0)  # (d,)
    variance = inputs.var(axis=0)  # (d,), divided by n
    return (inputs - mean) / np.sqrt(variance + epsilon)


standardise = Exercise(
    number="lesson_03.standardise",
    check=checks.standardise,
    title="Normalise each feature of a batch",
    reference=_standardise,
    hints=[
        "One example is one row. A feature is a column. Over which axis do you average to get one "
        "number per column?",
        "`inputs.mean(axis=0)` and `inputs.var(axis=0)` have shape (d,), and NumPy subtracts them "
        "from every row.",
        "`(inputs - mean) / np.sqrt(variance + epsilon)`",
    ],
    wrong=[
        (
            lambda x, eps: (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + eps),
            "A feature is a column",
        ),
        (lambda x, eps: (x - x.mean()) / np.sqrt(x.var() + eps), "one mean and one variance"),
        (lambda x, eps: (x - x.mean(0)) / np.sqrt(x.var(0, ddof=1) + eps), "n − 1"),
        (lambda x, eps: (x - x.mean(0)) / (x.var(0) + eps), "divided by the variance"),
        (lambda x, eps: (x - x.mean(0)) / (x.std(0) + eps), "under the root"),
        (lambda x, eps: x - x.mean(0), "Now divide"),
        (lambda x, eps: x / np.sqrt(x.var(0) + eps), "taken away first"),
    ],
)


def _input_gradient(output_gradient, normalised, gamma, inverse_deviation):
    back = gamma * output_gradient  # x̂′ (n, d)
    through_mean = back.mean(axis=0)  # (d,)
    through_variance = normalised * (back * normalised).mean(axis=0)  # (n, d)
    return inverse_deviation * (back - through_mean - through_variance)


input_gradient = Exercise(
    number="lesson_03.input_gradient",
    check=checks.input_gradient,
    title="The gradient of the inputs in one line",
    reference=_input_gradient,
    hints=[
        "Begin with x̂′ = γ y′, as on the way forward γ came last. Call it `back`.",
        "A mean over the batch is `.mean(axis=0)`. You need mean(x̂′), and mean(x̂′ x̂), where the "
        "product is entry by entry.",
        "`inverse_deviation * (back - back.mean(axis=0) - normalised * (back * "
        "normalised).mean(axis=0))`",
    ],
    wrong=[
        (lambda y, x, g, s: s * g * y, "were constants"),
        (lambda y, x, g, s: s * (g * y - (g * y).mean(0)), "path through the variance"),
        (lambda y, x, g, s: s * (g * y - x * (g * y * x).mean(0)), "path through the mean"),
        (lambda y, x, g, s: s * (y - y.mean(0) - x * (y * x).mean(0)), "γ is missing"),
        (lambda y, x, g, s: g * y - (g * y).mean(0) - x * (g * y * x).mean(0), "1 / √(σ² + ε)"),
        (lambda y, x, g, s: s * (g * y - (g * y).sum(0) - x * (g * y * x).sum(0)), "1/n"),
    ],
)


def _update_statistics(running_mean, running_variance, batch, momentum):
    new_mean = momentum * running_mean + (1 - momentum) * batch.mean(axis=0)
    new_variance = momentum * running_variance + (1 - momentum) * batch.var(axis=0)
    return new_mean, new_variance


update_statistics = Exercise(
    number="lesson_03.update_statistics",
    check=checks.update_statistics,
    title="Move the running averages",
    reference=_update_statistics,
    hints=[
        "The momentum is the share that stays. With 0.9, nine tenths of the new value are the old "
        "one.",
        "momentum · old + (1 − momentum) · batch, once for the mean, once for the variance. "
        "`batch.var(axis=0)` is the variance.",
    ],
    wrong=[
        (
            lambda m, v, x, p: ((1 - p) * m + p * x.mean(0), (1 - p) * v + p * x.var(0)),
            "other way round",
        ),
        (
            lambda m, v, x, p: (p * m + (1 - p) * x.mean(0), p * v + (1 - p) * x.std(0)),
            "standard deviation",
        ),
        (lambda m, v, x, p: (x.mean(0), x.var(0)), "batch alone"),
        (lambda m, v, x, p: (m + (1 - p) * x.mean(0), v + (1 - p) * x.var(0)), "for ever"),
        (
            lambda m, v, x, p: (p * m + (1 - p) * x.mean(0), p * v + (1 - p) * x.var(0, ddof=1)),
            "unbiased",
        ),
        (lambda m, v, x, p: p * m + (1 - p) * x.mean(0), "two arrays"),
    ],
)

mend_generator_update = Exercise(
    number="lesson_03.mend_generator_update",
    check=checks.mend_generator_update,
    title="Mend the generator's update",
    reference=norm_trial.mended,
    solution="""import tensorflow as tf
from keras import ops


def mended_update(generator, discriminator, optimizer, z):
    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(z, training=True), training=True)
        loss = ops.mean(ops.softplus(-fake_logits))
    variables = generator.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss
""",
    hints=[
        "The running averages never moved. Which call would have had to move them, and how does "
        "it know whether this is training?",
        "Every call of a model takes `training=`. There are two calls of a model in this update.",
        "`discriminator(generator(z, training=True), training=True)`",
    ],
    wrong=[
        (norm_trial.as_found, "where they were"),
        (norm_trial.mends_the_generator_alone, "into both calls"),
        (norm_trial.moves_the_discriminator, "discriminator's weights moved"),
        (norm_trial.moves_nothing, "weights did not move"),
    ],
)


def _fold(weights, gamma, beta, mean, variance, epsilon):
    scale = gamma / np.sqrt(variance + epsilon)  # (d_out,), one number per unit
    return weights * scale, beta - mean * scale


fold = Exercise(
    number="lesson_03.fold",
    check=checks.fold,
    title="Fold batch norm into the layer before it",
    reference=_fold,
    hints=[
        "In inference y = γ (XW − μ) / √(σ² + ε) + β. Multiply it out: which factor does XW have, "
        "and which numbers stand alone?",
        "Call γ / √(σ² + ε) the scale, one number per unit. Then y = XW · scale + (β − μ · scale).",
        "The new weights are `weights * scale`: NumPy multiplies column j by scale j.",
    ],
    wrong=[
        (
            lambda w, g, b, m, v, e: (
                (g / np.sqrt(v + e))[:, None] * w,
                b - m * g / np.sqrt(v + e),
            ),
            "rows of the weights",
        ),
        (lambda w, g, b, m, v, e: (w * g / np.sqrt(v + e), b - m), "scaled too"),
        (lambda w, g, b, m, v, e: (w * g / np.sqrt(v + e), b), "taken away"),
        (
            lambda w, g, b, m, v, e: (w * g / (v + e), b - m * g / (v + e)),
            "divided by the variance",
        ),
        (lambda w, g, b, m, v, e: w * g / np.sqrt(v + e), "two things"),
    ],
)
