"""The exercises of lesson 05, deriving the GAN."""

import numpy as np

from gan_course.exercises import comparison, ordering
from gan_course.exercises.core import source_of
from gan_course.theory.divergences import kl


def _optimal_discriminator(p_data, p_g):
    total = p_data + p_g
    return np.divide(p_data, total, out=np.full(total.shape, 0.5), where=total > 0)


optimal_discriminator = comparison(
    "5.1",
    "The optimal discriminator",
    reference=_optimal_discriminator,
    cases=[
        (np.array([0.3, 0.1, 0.2, 0.4]), np.array([0.1, 0.3, 0.2, 0.05])),
        (np.array([0.2, 0.0]), np.array([0.0, 0.5])),
        (np.array([0.3, 0.0]), np.array([0.1, 0.0])),
    ],
    what="D* for p_data = {p_data} and p_g = {p_g}",
    slips=[
        (
            lambda p_data, p_g: _optimal_discriminator(p_g, p_data),
            "This is the probability that x is fake. Real is 1: swap them.",
        ),
        (
            lambda p_data, p_g: p_g / (p_data + p_g),
            "This is the probability that x is fake. Real is 1: swap them. And where both "
            "densities are 0, 0 / 0 is nan: give ½ there.",
        ),
        (
            lambda p_data, p_g: p_data / p_g,
            "This is the ratio of the densities, which can pass 1. D* is a probability: divide by "
            "the sum of both.",
        ),
        (
            lambda p_data, p_g: p_data / (p_data + p_g),
            "Where both densities are 0 the result is nan: 0 / 0. Give ½ there; nothing is ever "
            "seen at such a place.",
        ),
        (
            lambda p_data, p_g: p_data / np.maximum(p_data + p_g, 1e-12),
            "Where both densities are 0 you give 0. Any answer is as good for V, but ½ is the one "
            "that claims nothing. Give ½ there.",
        ),
    ],
    hints=[
        "a is p_data(x) and b is p_g(x): the maximum of a log y + b log(1 − y) is at a / (a + b).",
        "Where both densities are 0 this is 0 / 0. Which answer claims nothing there?",
        "`np.divide(p_data, total, out=np.full(total.shape, 0.5), where=total > 0)` divides only "
        "where it can, and leaves ½ elsewhere.",
    ],
    praise="It looks at each x alone: only the two densities at this one place count.",
)


def _jensen_shannon(p, q, cell):
    middle = (p + q) / 2
    return kl(p, middle, cell) / 2 + kl(q, middle, cell) / 2


jensen_shannon = comparison(
    "5.2",
    "The Jensen-Shannon divergence",
    reference=_jensen_shannon,
    cases=[  # in the second p is 0 where q is not; in the third they share nothing
        (np.array([0.5, 1.0, 0.5]), np.array([0.2, 0.4, 1.4]), 0.5),
        (np.array([1.0, 3.0, 0.0]), np.array([1.0, 1.0, 2.0]), 0.25),
        (np.array([2.0, 0.0]), np.array([0.0, 2.0]), 0.5),
    ],
    what="the divergence of {p} and {q} for cell={cell}",
    slips=[
        (
            lambda p, q, cell: 2 * _jensen_shannon(p, q, cell),
            "Twice too large: each of the two KL divergences has a ½.",
        ),
        (
            lambda p, q, cell: kl(p, p + q, cell) / 2 + kl(q, p + q, cell) / 2,
            "The mixture is half of p + q, so that its integral is 1.",
        ),
        (
            lambda p, q, cell: (kl(p, q, cell) + kl(q, p, cell)) / 2,
            "This compares p and q directly. The Jensen-Shannon divergence goes through the "
            "mixture (p + q) / 2, and so never becomes infinite.",
        ),
        (
            lambda p, q, cell: kl((p + q) / 2, p, cell) / 2 + kl((p + q) / 2, q, cell) / 2,
            "The arguments of KL are the other way round: KL(p‖m), the average over p.",
        ),
        (
            lambda p, q, cell: np.sqrt(_jensen_shannon(p, q, cell)),
            "This is the root. The theory speaks of the divergence itself.",
        ),
        (
            lambda p, q, cell: _jensen_shannon(p, q, 1.0),
            "The width of a grid cell is left out: an integral is the sum of the values times "
            "`cell`. Pass it on to `kl`.",
        ),
        (
            lambda p, q, cell: kl(p, (p + q) / 2, cell),
            "This is the first half alone: KL(q‖m) belongs to it too, and each has a ½.",
        ),
    ],
    hints=[
        "First the mixture: `middle = (p + q) / 2`.",
        "Then two KL divergences, each from one of the densities to the mixture.",
        "`kl(p, middle, cell) / 2 + kl(q, middle, cell) / 2`.",
    ],
    praise="Symmetric, and log 2 for densities that share nothing, where KL would be infinite.",
)


def _generator_gradients(logits):
    d = 1 / (1 + np.exp(-logits))
    minimax = -d
    non_saturating = d - 1
    return minimax, non_saturating


def _finite_differences(logits):
    up, down = logits + 1e-5, logits - 1e-5
    minimax = (np.logaddexp(0, down) - np.logaddexp(0, up)) / 2e-5
    non_saturating = (np.logaddexp(0, -up) - np.logaddexp(0, -down)) / 2e-5
    return minimax, non_saturating


def _sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


def _slopes(logits):
    return _sigmoid(logits) * _sigmoid(-logits)


generator_gradients = comparison(
    "5.3",
    "The generator's two gradients",
    reference=_finite_differences,
    solution=source_of(_generator_gradients),
    cases=[(np.array([-6.0, -1.0, 0.5, 4.0]),), (np.array([0.0, 1.5]),)],
    parts=("the minimax gradient", "the non-saturating gradient"),
    what="at the logits {logits}",
    rtol=1e-4,
    slips=[
        (
            lambda logits: (_sigmoid(logits) - 1, -_sigmoid(logits)),
            "These are the two in the other order: minimax first.",
        ),
        (
            lambda logits: (_sigmoid(logits), 1 - _sigmoid(logits)),
            "The sign is turned: both losses fall as the logit rises.",
        ),
        (
            lambda logits: (-1 / _sigmoid(-logits), -1 / _sigmoid(logits)),
            "These are derivatives with respect to D. Multiply by dD/dℓ = D (1 − D).",
        ),
        (
            lambda logits: (-_slopes(logits), -_slopes(logits)),
            "D (1 − D) is the slope of the sigmoid. The outer derivative, 1/(1 − D) or 1/D, makes "
            "one of the factors cancel.",
        ),
    ],
    hints=[
        "D = 1 / (1 + e^(−ℓ)), and its derivative is D (1 − D). Use the chain rule.",
        "For log(1 − D) the factor (1 − D) cancels, for −log D the factor D.",
        "`d = 1 / (1 + np.exp(-logits))`, then `return -d, d - 1`.",
    ],
    praise="Measured with finite differences, both agree. Now look at where each becomes 0.",
)


_STEPS = [
    "move the generator's variables one step down its gradient",
    "draw a batch of real examples and a batch of noise for the discriminator",
    "go back until the discriminator has had k updates",
    "move the discriminator's variables one step up its gradient",
    "draw a fresh batch of noise for the generator",
    "differentiate V with respect to the discriminator's variables",
    "differentiate the generator's loss, through the discriminator, with respect to the "
    "generator's variables",
]
order_the_algorithm = ordering(
    "5.4",
    "Put algorithm 1 in order",
    _STEPS,
    rules=[
        (2, 6, "V is estimated from a batch of real examples and fakes: draw them first (step 2)."),
        (6, 4, "Before a move there must be a gradient (step 6)."),
        (4, 3, "An update ends with a move of the discriminator (step 4); only then count it."),
        (3, 5, "The generator waits until the discriminator has had its k updates (step 3)."),
        (5, 7, "The generator's loss needs fakes from fresh noise (step 5)."),
        (7, 1, "Before a move there must be a gradient (step 7)."),
    ],
    reference=[2, 6, 4, 3, 5, 7, 1],
    hints=[
        "Four steps belong to the discriminator, and three to the generator. Who begins?",
        "Each player draws, differentiates, moves. Where does the loop over k close?",
        "The discriminator's part is 2, 6, 4, 3.",
    ],
    wrong=[
        ([5, 7, 1, 2, 6, 4, 3], "k updates"),
        ([2, 4, 6, 3, 5, 7, 1], "Before a move"),
        ([2, 6, 3, 4, 5, 7, 1], "only then count"),
        ([2, 6, 4, 3, 5, 7], "missing"),
    ],
    praise="With k = 1 the loop closes at once: that is how most GANs are trained.",
)


def _mended_loss(real_logits, fake_logits):
    real = np.logaddexp(0, -real_logits)  # −log D(x)
    fake = np.logaddexp(0, fake_logits)  # −log(1 − D(x))
    return np.mean(real) + np.mean(fake)


def _pooled(real_logits, fake_logits):
    """Return the bug of the lesson: one mean over everything."""
    return np.mean(np.logaddexp(0, np.concatenate([-real_logits, fake_logits])))


def _unequal_batches():
    rng = np.random.default_rng(5)
    real, fake = rng.normal(1.0, 1.5, 30), rng.normal(-0.5, 1.0, 10)
    return [(real, fake), (np.tile(real, 3), fake), (np.zeros(30), np.zeros(10))]


mend_the_loss = comparison(
    "5.5",
    "Mend the discriminator's loss",
    reference=_mended_loss,
    cases=_unequal_batches(),
    what="the loss for {real_logits.size} real and {fake_logits.size} fake logits",
    slips=[
        (
            _pooled,
            "There is still one mean over everything, so 30 real examples outvote 10 fakes.",
        ),
        (
            lambda real, fake: 2 * _pooled(real, fake),
            "This is right for as many real examples as fakes, and only then. Here are 30 and 10.",
        ),
        (
            lambda real, fake: _mended_loss(real, fake) / 2,
            "Both means are there, and the result is half of −V. Its best D is right; leave the ½ "
            "out, so that 2 log 2 stays the loss of a coin.",
        ),
        (
            lambda real, fake: np.logaddexp(0, -real).sum() + np.logaddexp(0, fake).sum(),
            "This is a sum over examples: take two means.",
        ),
        (
            lambda real, fake: _mended_loss(-real, -fake),
            "Real and fake are swapped: real examples should get a high D.",
        ),
        (
            lambda real, fake: _mended_loss(real[: len(fake)], fake),
            "Real examples are left out to make the numbers equal. No need: two means.",
        ),
        (
            lambda real, fake: -_mended_loss(real, fake),
            "The sign is turned: this is V, which the discriminator raises. Its loss is −V.",
        ),
    ],
    hints=[
        "V(D, G) is a sum of two expectations. How many means are there in the broken loss?",
        "If you copy every real example three times, E_data does not change. Does your loss?",
        "Take the mean of the real costs and the mean of the fake costs, then add them.",
    ],
    praise="Now D* is p_data / (p_data + p_g) again, however many examples of each you have.",
)
