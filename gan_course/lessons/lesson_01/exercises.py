"""The exercises of lesson 01, loss functions and gradient descent."""

import numpy as np

from gan_course.exercises.core import exercise
from gan_course.exercises.expectations import expect_close
from gan_course.lessons.lesson_01 import slips, trials


def _cross_entropy_gradient(targets, probabilities):
    yes = -targets / probabilities
    no = (1 - targets) / (1 - probabilities)
    return (yes + no) / len(targets)


@exercise(
    title="Differentiate the cross-entropy",
    reference=_cross_entropy_gradient,
    hints=[
        "For one example the loss is −y log p − (1 − y) log(1 − p). What are the derivatives of "
        "log p and of log(1 − p) with respect to p?",
        "They are 1/p and −1/(1 − p); the second minus comes from the inside of log(1 − p). And "
        "the loss is a mean over N examples.",
        "`(-targets / probabilities + (1 - targets) / (1 - probabilities)) / len(targets)`",
    ],
    wrong=[
        (slips.without_mean, "times too large"),
        (slips.turned_round, "sign"),
        (slips.first_term_only, "second term"),
        (slips.inner_minus_forgotten, "inside"),
        (slips.for_the_logit, "logit"),
    ],
)
def cross_entropy_gradient(function):
    """Compare with the derivative, for targets 0 and 1 and for targets between."""
    cases = [
        (np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.9, 0.2, 0.3, 0.6])),
        (np.array([0.25, 1.0]), np.array([0.7, 0.05])),
    ]
    known = [
        (slips.without_mean, "It is N times too large: the loss is a mean, so divide by N."),
        (slips.turned_round, "The sign is the other way round: the loss has a minus in front."),
        (slips.first_term_only, "The second term, (1 − y) log(1 − p), has a derivative too."),
        (
            slips.inner_minus_forgotten,
            "The chain rule asks for the inside of log(1 − p) too: its derivative is −1/(1 − p).",
        ),
        (
            slips.for_the_logit,
            "p − y is the gradient with respect to the logit. Here the question is the "
            "probability p: the factor 1/(p (1 − p)) is missing.",
        ),
    ]
    for targets, p in cases:
        expect_close(
            function(targets, p),
            _cross_entropy_gradient(targets, p),
            mistakes=[(slip(targets, p), message) for slip, message in known],
            what=f"the gradient at targets {targets.tolist()}, probabilities {p.tolist()}",
        )
    return (
        "Where a probability is wrong and close to 0 or 1, this gradient is huge. In section "
        "8 you will see what it is good for."
    )


def _largest_learning_rate(hessian):
    return 2 / np.linalg.eigvalsh(hessian)[-1]


@exercise(
    title="Find the largest stable learning rate",
    reference=_largest_learning_rate,
    hints=[
        "Along each eigenvector the error is multiplied by 1 − α λ. Which λ reaches −1 first?",
        "The largest eigenvalue does. `np.linalg.eigvalsh` returns the eigenvalues of a symmetric "
        "matrix in rising order.",
        "Solve 1 − α λ = −1 for α, with `np.linalg.eigvalsh(hessian)[-1]` for λ.",
    ],
    wrong=[
        (slips.half_the_bound, "factor"),
        (slips.flattest_direction, "smallest"),
        (slips.largest_entry, "entry"),
        (slips.trace, "sum"),
    ],
)
def largest_learning_rate(function):
    """Compare with 2 / λ_max for an upright, a turned and a (1, 1) matrix."""
    cases = [
        np.array([[1.0, 0.0], [0.0, 8.0]]),
        np.array([[3.0, 2.0], [2.0, 6.0]]),
        np.array([[5.0]]),
    ]
    known = [
        (slips.half_the_bound, "At this rate 1 − α λ is 0, not −1: a factor is missing."),
        (slips.flattest_direction, "That is for the smallest eigenvalue; the steep one fails."),
        (slips.largest_entry, "An entry of a matrix is no eigenvalue, unless it is diagonal."),
        (slips.trace, "That is the sum of the eigenvalues; take the largest alone."),
    ]
    for hessian in cases:
        expect_close(
            function(hessian),
            _largest_learning_rate(hessian),
            mistakes=[(slip(hessian), message) for slip, message in known],
            what=f"the rate for {hessian.tolist()}",
        )
    return "The steepest direction sets the rate, and the flattest one then needs the patience."


def _adam_step(position, gradient, m, v, t, learning_rate, beta_1, beta_2, epsilon):
    m = beta_1 * m + (1 - beta_1) * gradient
    v = beta_2 * v + (1 - beta_2) * gradient**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    position = position - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return position, m, v


@exercise(
    title="Write one step of Adam",
    reference=_adam_step,
    hints=[
        "There are five lines, one for each formula, and the order is that of the formulas.",
        "`m = beta_1 * m + (1 - beta_1) * gradient`, and the same for v with `gradient**2`. The "
        "correction divides by `1 - beta_1**t`.",
        "`position - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)`; then return "
        "`position, m, v`, with m and v as they were before the correction.",
    ],
    wrong=[
        (slips.adam_uncorrected, "correction"),
        (slips.adam_without_power, "power"),
        (slips.adam_without_root, "root"),
        (slips.adam_returns_corrected, "before the correction"),
        (slips.adam_uphill, "uphill"),
        (lambda position, gradient, m, v, t, *settings: position, "three"),
    ],
)
def adam_step(function):
    """Take four steps with changing gradients, and compare position, m and v after each."""
    trials.walk_with_adam(function, _adam_step)
    return "The first step is α long in every coordinate, whatever the gradient: m̂/√v̂ is ±1."


def _stable_cross_entropy(targets, logits):
    losses = np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))
    return np.mean(losses)


@exercise(
    title="Write the stable cross-entropy",
    reference=_stable_cross_entropy,
    hints=[
        "The last line of the derivation has three terms. Each is one call of NumPy.",
        "`np.maximum(logits, 0)`, then `logits * targets`, then `np.log1p(np.exp(...))` with an "
        "exponent that is never positive.",
        "The exponent is `-np.abs(logits)`. Take `np.mean` of the three terms together.",
    ],
    wrong=[
        (slips.naive_cross_entropy, "logarithm of 0"),
        (slips.no_absolute_value, "overflows"),
        (slips.no_maximum, "max(x, 0)"),
        (slips.plus_target, "minus"),
        (slips.cross_entropy_sum, "mean"),
    ],
)
def stable_cross_entropy(function):
    """Compare at moderate logits, then at logits of ±40 and ±1000."""
    targets, logits = np.array([1.0, 0.0, 1.0, 0.3]), np.array([-2.0, 1.5, 3.0, -0.5])
    known = [
        (slips.no_maximum, "The first term is max(x, 0), not x: look at negative logits."),
        (slips.plus_target, "The second term has a minus: − x y."),
        (slips.cross_entropy_sum, "Take the mean over the examples, not their sum."),
        (
            slips.no_absolute_value,
            "The exponent is −|x|. With −x it is wrong for negative logits, and overflows at −710.",
        ),
    ]
    expect_close(
        function(targets, logits),
        _stable_cross_entropy(targets, logits),
        mistakes=[(slip(targets, logits), message) for slip, message in known],
        what="the loss at moderate logits",
    )
    for target, logit in [(1.0, 40.0), (0.0, 40.0), (1.0, -1000.0), (0.0, -1000.0), (0.0, 1000.0)]:
        targets, logits = np.array([target]), np.array([logit])
        with np.errstate(all="ignore"):
            naive = slips.naive_cross_entropy(targets, logits)
        message = f"At x = {logit:g} this takes the logarithm of 0."
        mistakes = [] if np.isfinite(naive) else [(naive, message)]
        expect_close(
            function(targets, logits),
            _stable_cross_entropy(targets, logits),
            mistakes,
            f"the loss at target {target:g} and logit {logit:g}",
            atol=1e-15,
        )
    return "Finite at ±1000, and exact. Every loss of this course is computed like this."


def _mended_step(weight, bias, inputs, targets, learning_rate):
    inputs, targets = inputs.reshape(-1), targets.reshape(-1)
    errors = weight * inputs + bias - targets
    weight = weight - learning_rate * 2 * np.mean(errors * inputs)
    bias = bias - learning_rate * 2 * np.mean(errors)
    return weight, bias


@exercise(
    title="Mend the step that learns a flat line",
    reference=_mended_step,
    hints=[
        "Print the shape of `errors`. How many errors are there for four examples?",
        "`inputs` has shape (n, 1) and `targets` (n,). NumPy stretches the two against each other "
        "to (n, n). Give them one shape before you subtract.",
        "Begin with `inputs, targets = inputs.reshape(-1), targets.reshape(-1)`.",
    ],
    wrong=[
        (slips.unmended_step, "(n, n)"),
        (slips.half_mended_step, "`errors * inputs`"),
        (slips.summed_step, "mean"),
    ],
)
def mend_the_step(function):
    """Take one step with inputs (n, 1) and targets (n,), then with targets (n, 1)."""
    trials.step_on_a_line(function, _mended_step)
    return "n examples, n errors. `assert errors.shape == targets.shape` costs one line."
