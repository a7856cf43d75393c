"""The exercises of lesson 01, loss functions and gradient descent."""

import numpy as np

from gan_course.exercises import comparison
from gan_course.from_scratch.activations import sigmoid


def _cross_entropy_gradient(targets, probabilities):
    yes = -targets / probabilities
    no = (1 - targets) / (1 - probabilities)
    return (yes + no) / len(targets)


cross_entropy_gradient = comparison(
    "1.1",
    "Differentiate the cross-entropy",
    reference=_cross_entropy_gradient,
    cases=[
        (np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.9, 0.2, 0.3, 0.6])),
        (np.array([0.0, 1.0]), np.array([0.7, 0.05])),
    ],
    what="the gradient at targets {targets}, probabilities {probabilities}",
    slips=[
        (
            lambda y, p: _cross_entropy_gradient(y, p) * len(y),
            "It is N times too large: the loss is a mean, so divide by N.",
        ),
        (
            lambda y, p: -_cross_entropy_gradient(y, p),
            "The sign is the other way round: the loss has a minus in front.",
        ),
        (
            lambda y, p: -y / p / len(y),
            "The second term, (1 − y) log(1 − p), has a derivative too.",
        ),
        (
            lambda y, p: -(y / p + (1 - y) / (1 - p)) / len(y),
            "The chain rule asks for the inside of log(1 − p) too: its derivative is −1/(1 − p).",
        ),
        (
            lambda y, p: (p - y) / len(y),
            "p − y is the gradient with respect to the logit. Here the question is the "
            "probability p: the factor 1/(p (1 − p)) is missing.",
        ),
    ],
    hints=[
        "For one example the loss is −y log p − (1 − y) log(1 − p). What are the derivatives of "
        "log p and of log(1 − p) with respect to p?",
        "They are 1/p and −1/(1 − p); the second minus comes from the inside of log(1 − p). And "
        "the loss is a mean over N examples.",
        "`(-targets / probabilities + (1 - targets) / (1 - probabilities)) / len(targets)`",
    ],
    praise="Where a probability is wrong and close to 0 or 1, this gradient is huge. In section "
    "8 you will see what it is good for.",
)


def _adam_step(position, gradient, m, v, t, learning_rate, beta_1, beta_2, epsilon):
    m = beta_1 * m + (1 - beta_1) * gradient
    v = beta_2 * v + (1 - beta_2) * gradient**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    position = position - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return position, m, v


def _adam_with(
    correction=lambda beta, t: 1 - beta**t,
    divisor=lambda v_hat, epsilon: np.sqrt(v_hat) + epsilon,
    sign=-1,
    squared=np.square,
    direction=lambda m_hat, gradient: m_hat,
):
    """Return a step of Adam in which one of these is another."""

    def step(position, gradient, m, v, t, learning_rate, beta_1, beta_2, epsilon):
        m = beta_1 * m + (1 - beta_1) * gradient
        v = beta_2 * v + (1 - beta_2) * squared(gradient)
        m_hat, v_hat = m / correction(beta_1, t), v / correction(beta_2, t)
        move = learning_rate * direction(m_hat, gradient) / divisor(v_hat, epsilon)
        return position + sign * move, m, v

    return step


def _adam_returns_corrected(position, gradient, m, v, t, learning_rate, beta_1, beta_2, epsilon):
    step = (position, gradient, m, v, t, learning_rate, beta_1, beta_2, epsilon)
    position, m, v = _adam_step(*step)
    return position, m / (1 - beta_1**t), v / (1 - beta_2**t)


def _walk_with_adam():
    """Return the arguments of four steps with changing gradients, the last with a large ε."""
    position, m, v = np.array([2.0, -1.0]), np.zeros(2), np.zeros(2)
    gradients = np.array([[3.0, -0.1], [1.0, 0.2], [-2.0, 0.3], [0.5, 0.1]])
    cases = []
    for t, gradient in enumerate(gradients, start=1):
        cases.append((position, gradient, m, v, t, 0.1, 0.8, 0.99, 0.5 if t == 4 else 1e-8))
        position, m, v = _adam_step(*cases[-1])
    return cases


adam_step = comparison(
    "1.2",
    "Write one step of Adam",
    reference=_adam_step,
    cases=_walk_with_adam(),
    parts=("position", "m", "v"),
    what="after step {t}, with epsilon={epsilon}",
    slips=[
        (
            _adam_with(correction=lambda beta, t: 1),
            "The bias correction is missing: m and v start at 0.",
        ),
        (
            _adam_with(correction=lambda beta, t: 1 - beta),
            "Raise β to the power t: 1 − β^t, which grows towards 1.",
        ),
        (
            _adam_with(divisor=lambda v_hat, epsilon: v_hat + epsilon),
            "Divide by the square root of v̂: v̂ is a mean of squares.",
        ),
        (
            _adam_with(divisor=lambda v_hat, epsilon: np.sqrt(v_hat)),
            "ε is missing: the divisor is √v̂ + ε.",
        ),
        (
            _adam_with(divisor=lambda v_hat, epsilon: np.sqrt(v_hat + epsilon)),
            "ε stands outside the root: √v̂ + ε. Under the root it would count as √ε.",
        ),
        (_adam_with(sign=1), "This walks uphill: the move is subtracted."),
        (_adam_with(squared=lambda gradient: gradient), "v is a running mean of g², not of g."),
        (
            _adam_with(direction=lambda m_hat, gradient: gradient),
            "It steps along the gradient itself. Step along m̂, the running mean of gradients.",
        ),
        (
            _adam_returns_corrected,
            "Return m and v as they were before the correction; the next step needs them.",
        ),
        (
            lambda position, gradient, m, v, t, *settings: position,
            "Return three things: `position, m, v`. And this position did not move.",
        ),
    ],
    hints=[
        "There are five lines, one for each formula, and the order is that of the formulas.",
        "`m = beta_1 * m + (1 - beta_1) * gradient`, and the same for v with `gradient**2`. The "
        "correction divides by `1 - beta_1**t`.",
        "`position - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)`; then return "
        "`position, m, v`, with m and v as they were before the correction.",
    ],
    praise="The first step is α long in every coordinate, whatever the gradient: m̂/√v̂ is ±1.",
)


def _stable_cross_entropy(targets, logits):
    losses = np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))
    return np.mean(losses)


def _cross_entropy_of(probabilities, targets):
    return -np.mean(targets * np.log(probabilities) + (1 - targets) * np.log(1 - probabilities))


# With so small an atol, the loss at −40 has to be 4e-18 rather than 0. At +40 and target 1 the same
# number is lost where the three terms are added in another order: that would ask for too much.
stable_cross_entropy = comparison(
    "1.3",
    "Write the stable cross-entropy",
    reference=_stable_cross_entropy,
    cases=[
        (np.array([1.0, 0.0, 1.0, 0.0]), np.array([-2.0, 1.5, 3.0, -0.5])),
        *(
            (np.array([target]), np.array([logit]))
            for target, logit in ((0, 40.0), (0, -40.0), (1, -1000.0), (0, -1000.0), (0, 1000.0))
        ),
    ],
    what="the loss at targets {targets} and logits {logits}",
    atol=1e-30,
    slips=[
        (
            lambda y, x: _cross_entropy_of(1 / (1 + np.exp(-x)), y),
            "Right at small logits. At x = 40, 1 − p is 0, and this takes the logarithm of 0.",
        ),
        (
            lambda y, x: _cross_entropy_of(np.clip(1 / (1 + np.exp(-x)), 1e-7, 1 - 1e-7), y),
            "Clipping p keeps its logarithm finite, and wrong: the loss stops at 16, and a logit "
            "that is further away gets no gradient. Go from the logit to the loss without p.",
        ),
        (
            lambda y, x: -np.mean(y * np.log(sigmoid(x)) + (1 - y) * np.log(sigmoid(-x))),
            "Nearly: 1 − p is sigmoid(−x). But at ±1000 one of the two is 0 and has no logarithm, "
            "and at −40 the loss 4e-18 is lost. Go from the logit to the loss without p.",
        ),
        (
            lambda y, x: np.mean(x - x * y + np.log1p(np.exp(-x))),
            "That is the line for x ≥ 0. At x = −1000 its exponential overflows.",
        ),
        (
            lambda y, x: np.mean(-x * y + np.log1p(np.exp(x))),
            "That is the line for x < 0. At x = 1000 its exponential overflows.",
        ),
        (
            lambda y, x: np.mean(np.max(x, 0) - x * y + np.log1p(np.exp(-np.abs(x)))),
            "`np.max` is the largest of all logits. `np.maximum` compares each of them with 0.",
        ),
        (
            lambda y, x: np.mean(np.maximum(x, 0) - x * y + np.log1p(np.exp(-x))),
            "The exponent is −|x|. With −x it is wrong for negative logits, and overflows at −710.",
        ),
        (
            lambda y, x: np.mean(x - x * y + np.log1p(np.exp(-np.abs(x)))),
            "The first term is max(x, 0), not x: look at negative logits.",
        ),
        (
            lambda y, x: np.mean(np.maximum(x, 0) + x * y + np.log1p(np.exp(-np.abs(x)))),
            "The second term has a minus: − x y.",
        ),
        (
            lambda y, x: _stable_cross_entropy(y, x) * len(x),
            "Take the mean over the examples, not their sum.",
        ),
        (
            lambda y, x: np.mean(np.maximum(x, 0) - x * y + np.log(1 + np.exp(-np.abs(x)))),
            "Finite everywhere, and not exact: at x = −40 the loss is 4e-18, but 1 + 4e-18 rounds "
            "to 1, and its logarithm is 0. `np.log1p` keeps the small number.",
        ),
    ],
    hints=[
        "The last line of the derivation has three terms. Each is one call of NumPy.",
        "`np.maximum(logits, 0)`, then `logits * targets`, then `np.log1p(np.exp(...))` with an "
        "exponent that is never positive.",
        "The exponent is `-np.abs(logits)`. Take `np.mean` of the three terms together.",
    ],
    praise="Finite at ±1000, and exact. Every cross-entropy of this course is computed like this.",
)


def _mended_step(weight, bias, inputs, targets, learning_rate):
    inputs, targets = inputs.reshape(-1), targets.reshape(-1)
    errors = weight * inputs + bias - targets
    weight = weight - learning_rate * 2 * np.mean(errors * inputs)
    bias = bias - learning_rate * 2 * np.mean(errors)
    return weight, bias


def _broken_step(weight, bias, inputs, targets, learning_rate):
    errors = weight * inputs + bias - targets
    weight = weight - learning_rate * 2 * np.mean(errors * inputs)
    return weight, bias - learning_rate * 2 * np.mean(errors)


def _step_with(shaped):
    """Return a step that brings inputs and targets to shapes of its own first."""

    def step(weight, bias, inputs, targets, learning_rate):
        return _broken_step(weight, bias, *shaped(inputs, targets), learning_rate)

    return step


def _half_mended_step(weight, bias, inputs, targets, learning_rate):
    errors = (weight * inputs + bias).reshape(-1) - targets.reshape(-1)
    weight = weight - learning_rate * 2 * np.mean(errors * inputs)
    return weight, bias - learning_rate * 2 * np.mean(errors)


def _columns():
    inputs = np.random.default_rng(1).uniform(-1, 2, (6, 1))
    targets = 3 * inputs - 1
    return [(0.5, 0.25, inputs, shaped, 0.1) for shaped in (targets[:, 0], targets)]


mend_the_step = comparison(
    "1.4",
    "Mend the step that learns a flat line",
    reference=_mended_step,
    cases=_columns(),
    parts=("weight", "bias"),
    what="after a step with targets of shape {targets.shape}",
    slips=[
        (_broken_step, "There are still (n, n) errors for n examples."),
        (
            _step_with(lambda inputs, targets: (inputs.reshape(-1), targets)),
            "Right for targets of shape (n,). For targets of shape (n, 1) a prediction meets every "
            "target again: `reshape` brings both to one shape, whatever they had.",
        ),
        (
            _step_with(lambda inputs, targets: (inputs, targets.T)),
            "The errors are (n, n) for targets of either shape: the inputs are a column, and the "
            "targets a row. (`.T` leaves (n,) as it is.) Give both one shape with `reshape`.",
        ),
        (
            _half_mended_step,
            "The errors are mended, but `errors * inputs` is still (n,) times (n, 1).",
        ),
        (
            lambda weight, bias, inputs, targets, rate: _mended_step(
                weight, bias, inputs, targets, rate * len(inputs)
            ),
            "The shapes are right. Take the mean, as before, not the sum.",
        ),
    ],
    hints=[
        "Print the shape of `errors`. How many errors are there for four examples?",
        "`inputs` has shape (n, 1) and `targets` (n,). NumPy stretches the two against each other "
        "to (n, n). Give them one shape before you subtract.",
        "Begin with `inputs, targets = inputs.reshape(-1), targets.reshape(-1)`.",
    ],
    praise="n examples, n errors. `assert errors.shape == targets.shape` costs one line.",
)


def _largest_learning_rate(hessian):
    return 2 / np.linalg.eigvalsh(hessian)[-1]


largest_learning_rate = comparison(
    "1.5",
    "Find the largest stable learning rate",
    reference=_largest_learning_rate,
    cases=[
        (np.array([[1.0, 0.0], [0.0, 8.0]]),),
        (np.array([[3.0, 2.0], [2.0, 6.0]]),),
        (np.array([[5.0]]),),
        (np.array([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]]),),
    ],
    what="the rate for {hessian}",
    slips=[
        (
            lambda hessian: 1 / np.linalg.eigvalsh(hessian)[-1],
            "At this rate 1 − α λ is 0, not −1: a factor is missing.",
        ),
        (
            lambda hessian: 2 / np.linalg.eigvalsh(hessian)[0],
            "That is for the smallest eigenvalue; the steep one fails.",
        ),
        (
            lambda hessian: 2 / np.max(hessian),
            "An entry of a matrix is no eigenvalue, unless it is diagonal.",
        ),
        (
            lambda hessian: 2 / np.trace(hessian),
            "That is the sum of the eigenvalues; take the largest alone.",
        ),
        (
            lambda hessian: 2 / np.linalg.det(hessian),
            "The determinant is the product of the eigenvalues; take the largest alone.",
        ),
    ],
    hints=[
        "Along each eigenvector the error is multiplied by 1 − α λ. Which λ reaches −1 first?",
        "The largest eigenvalue does. `np.linalg.eigvalsh` returns the eigenvalues of a symmetric "
        "matrix in rising order.",
        "Solve 1 − α λ = −1 for α, with `np.linalg.eigvalsh(hessian)[-1]` for λ.",
    ],
    praise="The steepest direction sets the rate, and the flattest one then needs the patience.",
)
