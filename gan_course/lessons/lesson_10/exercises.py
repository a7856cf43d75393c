"""The exercises of lesson 10, stable training."""

import numpy as np

from gan_course.exercises import comparison


def _sigmoid(logit):
    return 1 / (1 + np.exp(-logit))


def _dirac_step(theta, psi, gamma, rate):
    pull = 1 / (1 + np.exp(-psi * theta))
    return theta + rate * pull * psi, psi + rate * (-pull * theta - gamma * psi)


def _dirac_with(penalty, sign=1.0):
    """Return a step in which the penalty's part of ψ's gradient is another one."""

    def step(theta, psi, gamma, rate):
        to_psi = -sign * theta * _sigmoid(psi * theta) - penalty(theta, psi, gamma)
        return theta + rate * psi * _sigmoid(psi * theta), psi + rate * to_psi

    return step


def _dirac_alternating(theta, psi, gamma, rate):
    _, psi = _dirac_step(theta, psi, gamma, rate)
    return theta + rate * psi * _sigmoid(psi * theta), psi


def _dirac_non_saturating(theta, psi, gamma, rate):
    _, moved = _dirac_step(theta, psi, gamma, rate)
    return theta + rate * psi * _sigmoid(-psi * theta), moved


def _dirac_friction_for_theta(theta, psi, gamma, rate):
    moved, to_psi = _dirac_step(theta, psi, gamma, rate)
    return moved - rate * gamma * theta, to_psi


def _dirac_small(theta, psi, gamma, rate):
    return theta + rate * psi / 2, psi - rate * (theta / 2 + gamma * psi)


dirac_step = comparison(
    "10.1",
    "One step of the Dirac-GAN with R1",
    reference=_dirac_step,
    cases=[
        (1.0, 0.0, 0.5, 0.1),
        (0.8, -1.2, 0.5, 0.1),
        (-0.5, 2.0, 3.0, 0.2),
        (2.0, 1.0, 0.0, 1.0),
    ],
    parts=("theta", "psi"),
    what="after a step from θ = {theta}, ψ = {psi} with γ = {gamma}, rate {rate}",
    slips=[
        (
            _dirac_friction_for_theta,
            "Here γ pulls θ towards 0. The penalty stands in D's loss, and D moves ψ alone.",
        ),
        (
            _dirac_with(lambda theta, psi, gamma: 0.0),
            "This is the step without a penalty: γ changes nothing. R1 adds γ/2 · ψ² to D's loss.",
        ),
        (
            _dirac_with(lambda theta, psi, gamma: -gamma * psi),
            "Here the penalty makes ψ larger. D goes down its loss, and so down γ/2 · ψ²: ψ "
            "shrinks.",
        ),
        (
            _dirac_with(lambda theta, psi, gamma: gamma * psi**2 / 2),
            "This subtracts the penalty itself. A step needs its slope by ψ.",
        ),
        (
            _dirac_with(lambda theta, psi, gamma: gamma * psi / 2),
            "Your pull towards 0 is half as strong as that of R1: the slope of γ/2 · ψ² is γψ.",
        ),
        (
            _dirac_with(lambda theta, psi, gamma: gamma * theta),
            "R1 holds D's slope by x, and that is ψ, not θ.",
        ),
        (
            _dirac_with(lambda theta, psi, gamma: gamma * psi, sign=-1.0),
            "D climbs its loss here: it makes the fake more real. It goes down softplus(ψθ).",
        ),
        (
            _dirac_alternating,
            "Here the generator sees where ψ went. In this exercise both move from where the other "
            "was.",
        ),
        (
            _dirac_non_saturating,
            "The generator's pull is that of the non-saturating loss, σ(−ψθ)ψ. Here the pair is "
            "minimax: σ(ψθ)ψ.",
        ),
        (
            _dirac_small,
            "You took σ = ½ everywhere. That holds near the equilibrium alone: use σ(ψθ).",
        ),
    ],
    hints=[
        "Two numbers move. The text above has θ̇ and ψ̇ without the penalty. Which of them does "
        "γ/2 · ψ² change?",
        "The penalty's slope by ψ is γψ, and D goes down: ψ̇ = −σ(ψθ)θ − γψ.",
        "`theta + rate * sigmoid(psi * theta) * psi`, and `psi + rate * (…)` with the ψ̇ of the "
        "second hint.",
    ],
    praise="The last term is all of R1 here: friction for the discriminator.",
)


def _marginal_constraints(n, m):
    rows = np.zeros((n + m, n * m))
    for i in range(n):
        for j in range(m):
            rows[i, i * m + j] = 1
            rows[n + j, i * m + j] = 1
    return rows


def _by_columns(n, m):
    """Return the constraints for a plan whose numbers stand column by column."""
    table = _marginal_constraints(n, m).reshape(n + m, n, m)
    return table.transpose(0, 2, 1).reshape(n + m, n * m)


marginal_constraints = comparison(
    "10.2",
    "What a transport plan has to keep",
    reference=_marginal_constraints,
    cases=[(2, 2), (2, 3), (4, 3), (3, 3)],
    what="the matrix for n = {n}, m = {m}",
    slips=[
        (
            lambda n, m: _marginal_constraints(n, m)[:n],
            "These are the sums of the rows alone: what leaves each place. What arrives has to be "
            "right too, m more rows.",
        ),
        (
            lambda n, m: _marginal_constraints(n, m)[n:],
            "These are the sums of the columns alone: what arrives at each place. What leaves has "
            "to be right too, n more rows, and they come first.",
        ),
        (
            lambda n, m: np.roll(_marginal_constraints(n, m), m, axis=0),
            "The sums of the columns come first here. Put those of the rows first.",
        ),
        (
            _by_columns,
            "Your numbers stand column by column. `plan.ravel()` goes row by row: π_ij is at place "
            "i · m + j.",
        ),
        (
            lambda n, m: np.ones((n + m, n * m)),
            "Every row adds up the whole plan here. Row i adds up what leaves place i alone.",
        ),
    ],
    hints=[
        "The unknowns are the n · m numbers of the plan, in one row. Each constraint is a row of "
        "zeros and ones that picks the numbers to add up.",
        "π_ij stands at place i · m + j. Row i of your matrix has ones at i · m, …, i · m + m − 1. "
        "Row n + j has a one at j, j + m, j + 2m, …",
        "Two loops, over i and j: `rows[i, i * m + j] = 1` and `rows[n + j, i * m + j] = 1`.",
    ],
    praise="With them a plan moves exactly what is there to exactly where it is wanted.",
)


def _gradient_penalty(slope_of, real, fake, alpha):
    alpha = alpha[:, np.newaxis]
    between = alpha * real + (1 - alpha) * fake
    slopes = slope_of(between)
    sizes = np.sqrt((slopes**2).sum(axis=1))
    return np.mean((sizes - 1) ** 2)


def _penalty_of(sizes_of, places=None):
    """Return a penalty that reads other slopes, or looks at other places."""

    def between(real, fake, alpha):
        return alpha[:, np.newaxis] * real + (1 - alpha[:, np.newaxis]) * fake

    def penalty(slope_of, real, fake, alpha):
        at = (places or between)(real, fake, alpha)
        return np.mean(sizes_of(slope_of(at)))

    return penalty


def _sizes(slopes):
    return np.sqrt((slopes**2).sum(axis=1))


def _one_sided(slopes):
    return np.maximum(_sizes(slopes) - 1, 0) ** 2


def _quadratic_slopes(x):
    """The slopes of D(x) = x₁² + x₁x₂ + sin x₂, or of its likes in other dimensions."""
    first, last = x[:, :1], x[:, -1:]
    slopes = np.zeros_like(x)
    slopes[:, :1] += 2 * first + last
    slopes[:, -1:] += first + np.cos(last)
    return slopes


def _linear_slopes(x):
    return np.tile(np.linspace(0.2, 0.5, x.shape[1]), (len(x), 1))


def _pairs():
    rng = np.random.default_rng(0)
    return [
        (slope_of, rng.normal(size=(n, d)), rng.normal(1, 2, size=(n, d)), rng.random(n))
        for slope_of, n, d in (
            (_quadratic_slopes, 6, 2),
            (_quadratic_slopes, 3, 3),
            (_linear_slopes, 4, 2),
            (_quadratic_slopes, 2, 2),
        )
    ]


gradient_penalty = comparison(
    "10.3",
    "The gradient penalty",
    reference=_gradient_penalty,
    cases=_pairs(),
    what="the penalty",
    slips=[
        (
            _penalty_of(
                lambda slopes: (_sizes(slopes) - 1) ** 2,
                lambda real, fake, alpha: alpha[0] * real + (1 - alpha[0]) * fake,
            ),
            "All pairs share one α here. Each pair has its own: give `alpha` a second axis, "
            "`alpha[:, np.newaxis]`.",
        ),
        (
            _penalty_of(
                lambda slopes: (_sizes(slopes) - 1) ** 2,
                lambda real, fake, alpha: (
                    (1 - alpha[:, np.newaxis]) * real + alpha[:, np.newaxis] * fake
                ),
            ),
            "α belongs to the real example: x̂ = α x + (1 − α) G(z). On average that makes no "
            "difference, here it can be told.",
        ),
        (
            _penalty_of(lambda slopes: (_sizes(slopes) - 1) ** 2, lambda real, fake, alpha: real),
            "This looks at the real examples. The penalty looks between a real example and a fake.",
        ),
        (
            _penalty_of(lambda slopes: (np.sqrt((slopes**2).sum()) - 1) ** 2),
            "You took one length over the whole batch. Each example has a slope of its own: add up "
            "the squares along axis 1.",
        ),
        (
            _penalty_of(lambda slopes: _sizes(slopes) ** 2),
            "This is a penalty centred at 0, like R1. The Wasserstein critic shall have slope 1.",
        ),
        (
            _penalty_of(lambda slopes: (_sizes(slopes) ** 2 - 1) ** 2),
            "The squared length goes in here. Take the root first: (‖∇D‖ − 1)².",
        ),
        (
            _penalty_of(lambda slopes: (np.abs(slopes) - 1) ** 2),
            "Here each coordinate of the slope shall be 1. Its length shall be: the root of the "
            "sum of squares.",
        ),
        (
            _penalty_of(_one_sided),
            "Slopes below 1 cost nothing here. That variant exists, the one-sided penalty; the one "
            "above counts both sides.",
        ),
    ],
    hints=[
        "Three steps: the places between, the length of the slope at each, the mean of "
        "(length − 1)².",
        "`alpha[:, np.newaxis]` has one row for each pair: with it α x + (1 − α) G(z) mixes each "
        "pair in its own way.",
        "The lengths are `np.sqrt((slopes ** 2).sum(axis=1))`: one for each example.",
    ],
    praise="One place between each pair, one length for each place.",
)


def _softplus(logits):
    return np.logaddexp(0, logits)


def _mended_generator_loss(fake_logits, real_logits):
    from keras import ops

    return ops.mean(ops.softplus(real_logits - fake_logits))


def _logits():
    rng = np.random.default_rng(3)
    pairs = [(rng.normal(0, 2, (n, 1)), rng.normal(0, 2, (n, 1))) for n in (4, 3)]
    far = [(fake + 40.0, real + 40.0) for fake, real in pairs[:1]]  # the same game, farther up
    return [tuple(each.astype(np.float32) for each in pair) for pair in pairs + far]


mend_the_pair = comparison(
    "10.4",
    "Mend the relativistic generator's loss",
    reference=_mended_generator_loss,
    cases=_logits(),
    what="the loss",
    slips=[
        (
            lambda fake, real: np.mean(_softplus(-fake)),
            "D(real) is missing: this is the colleague's loss. Its slope changes when all logits "
            "are moved together, and D's loss does not.",
        ),
        (
            lambda fake, real: np.mean(_softplus(fake - real)),
            "This is D's own loss: the generator would help the discriminator. Turn the "
            "difference round.",
        ),
        (
            lambda fake, real: _softplus(np.mean(real) - np.mean(fake)),
            "The mean of all real logits stands against that of all fakes here. Pair them: the "
            "difference first, softplus of each, then the mean.",
        ),
        (
            lambda fake, real: np.mean(_softplus(np.mean(real) - fake)),
            "Each fake stands against the mean of the real logits: that is the relativistic "
            "*average* loss. Pair each fake with one real example.",
        ),
        (
            lambda fake, real: np.mean(_softplus(-fake)) + np.mean(_softplus(real)),
            "This adds a term for the real logits. It has no slope for the generator and changes "
            "nothing. The difference has to stand inside the softplus.",
        ),
        (
            lambda fake, real: np.sum(_softplus(real - fake)),
            "This is a sum; take the mean over the pairs.",
        ),
        (
            lambda fake, real: np.mean(real - fake),
            "The softplus is missing. This is the Wasserstein critic's loss, whose slope is −1 for "
            "every fake.",
        ),
    ],
    hints=[
        "The generator wants each fake to look more real than the real example beside it. Which "
        "difference says so?",
        "D's loss is the mean of softplus(fake − real). The generator's is the same with the "
        "difference turned round.",
        "`ops.mean(ops.softplus(real_logits - fake_logits))`.",
    ],
    praise="Move all logits together, and neither loss notices: both see differences alone.",
)
