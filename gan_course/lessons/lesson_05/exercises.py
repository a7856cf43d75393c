"""The exercises of lesson 05, deriving the GAN."""

import numpy as np

from gan_course.exercises.core import exercise
from gan_course.exercises.expectations import expect, expect_array, expect_close
from gan_course.exercises.ordering import ordering
from gan_course.lessons.lesson_05 import slips, trials
from gan_course.theory.divergences import kl


def _optimal_discriminator(p_data, p_g):
    total = p_data + p_g
    return np.divide(p_data, total, out=np.full(total.shape, 0.5), where=total > 0)


@exercise(
    title="The optimal discriminator",
    reference=_optimal_discriminator,
    hints=[
        "a is p_data(x) and b is p_g(x): the maximum of a log y + b log(1 − y) is at a / (a + b).",
        "Where both densities are 0 this is 0 / 0. Which answer claims nothing there?",
        "`np.divide(p_data, total, out=np.full(total.shape, 0.5), where=total > 0)` divides only "
        "where it can, and leaves ½ elsewhere.",
    ],
    wrong=[
        (slips.swapped_discriminator, "fake"),
        (slips.density_ratio, "ratio"),
        (slips.unguarded_discriminator, "0 / 0"),
        (slips.zero_where_nothing, "½"),
    ],
)
def optimal_discriminator(function):
    """Compare on positive densities, then where one of them is 0, then where both are."""
    p_data, p_g = np.array([0.3, 0.1, 0.2, 0.4]), np.array([0.1, 0.3, 0.2, 0.05])
    expect_close(
        function(p_data, p_g),
        p_data / (p_data + p_g),
        what="D* where both densities are positive",
        mistakes=[
            (p_g / (p_data + p_g), "This is the probability that x is fake. Real is 1: swap them."),
            (
                p_data / p_g,
                "This is the ratio of the densities, which can pass 1. D* is a probability: divide "
                "by the sum of both.",
            ),
        ],
    )
    one = function(np.array([0.2, 0.0]), np.array([0.0, 0.5]))
    expect_close(one, [1.0, 0.0], what="D* where one density is 0")
    none = function(np.array([0.3, 0.0]), np.array([0.1, 0.0]))
    none = expect_array(none, (2,), "D* where both densities are 0", finite=False)
    expect(
        not np.isnan(none[1]),
        "Where both densities are 0 the result is nan: 0 / 0. Give ½ there; nothing is ever seen "
        "at such a place.",
    )
    expect(
        np.isclose(none[1], 0.5),
        f"Where both densities are 0 you give {none[1]:g}. Any answer is as good for V, but ½ is "
        "the one that claims nothing. Give ½ there.",
    )
    expect_close(none[0], 0.75, what="D* for p_data = 0.3 and p_g = 0.1")
    return "It looks at each x alone: only the two densities at this one place count."


def _jensen_shannon(p, q, cell):
    middle = (p + q) / 2
    return kl(p, middle, cell) / 2 + kl(q, middle, cell) / 2


@exercise(
    title="The Jensen-Shannon divergence",
    reference=_jensen_shannon,
    hints=[
        "First the mixture: `middle = (p + q) / 2`.",
        "Then two KL divergences, each from one of the densities to the mixture.",
        "`kl(p, middle, cell) / 2 + kl(q, middle, cell) / 2`.",
    ],
    wrong=[
        (slips.jeffreys, "through the mixture"),
        (slips.without_halves, "½"),
        (slips.from_the_middle, "other way round"),
        (slips.whole_sum, "half"),
        (slips.distance, "root"),
    ],
)
def jensen_shannon(function):
    """Compare on three small densities, one of them with a place where the other is 0."""
    cell = 0.5
    cases = [([0.5, 1.0, 0.5], [0.2, 0.4, 1.4]), ([0.5, 1.5, 0.0], [0.0, 1.0, 1.0])]
    for p, q in [(np.array(p), np.array(q)) for p, q in cases]:
        slip_messages = [
            (slips.without_halves, "Twice too large: each of the two KL divergences has a ½."),
            (slips.whole_sum, "The mixture is half of p + q, so that its integral is 1."),
            (
                slips.jeffreys,
                "This compares p and q directly. The Jensen-Shannon divergence goes through the "
                "mixture (p + q) / 2, and so never becomes infinite.",
            ),
            (
                slips.from_the_middle,
                "The arguments of KL are the other way round: KL(p‖m), the average over p.",
            ),
            (slips.distance, "This is the root. The theory speaks of the divergence itself."),
        ]
        expect_close(
            function(p, q, cell),
            _jensen_shannon(p, q, cell),
            what="the divergence",
            mistakes=[(slip(p, q, cell), message) for slip, message in slip_messages],
        )
    apart = function(np.array([2.0, 0.0]), np.array([0.0, 2.0]), cell)
    expect_close(apart, np.log(2), what="the divergence of densities that share nothing")
    return "Symmetric, and log 2 for densities that share nothing, where KL would be infinite."


def _generator_gradients(logits):
    d = 1 / (1 + np.exp(-logits))
    minimax = -d
    non_saturating = d - 1
    return minimax, non_saturating


@exercise(
    title="The generator's two gradients",
    reference=_generator_gradients,
    hints=[
        "D = 1 / (1 + e^(−ℓ)), and its derivative is D (1 − D). Use the chain rule.",
        "For log(1 − D) the factor (1 − D) cancels, for −log D the factor D.",
        "`d = 1 / (1 + np.exp(-logits))`, then `return -d, d - 1`.",
    ],
    wrong=[
        (slips.swapped_gradients, "order"),
        (slips.uphill_gradients, "sign"),
        (slips.gradients_of_d, "with respect to D"),
        (slips.only_the_sigmoid, "cancel"),
    ],
)
def generator_gradients(function):
    """Compare with finite differences of both losses at several logits."""
    trials.both_gradients(function)
    return "Measured with finite differences, both agree. Now look at where each becomes 0."


STEPS = [
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
    "lesson_05.order_the_algorithm",
    "Put algorithm 1 in order",
    STEPS,
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


@exercise(
    title="Mend the discriminator's loss",
    reference=_mended_loss,
    hints=[
        "V(D, G) is a sum of two expectations. How many means are there in the broken loss?",
        "If you copy every real example three times, E_data does not change. Does your loss?",
        "Take the mean of the real costs and the mean of the fake costs, then add them.",
    ],
    wrong=[
        (slips.pooled_twice, "as many real"),
        (slips.halved_loss, "half"),
        (slips.summed_loss, "sum"),
        (slips.labels_swapped, "swapped"),
        (slips.cut_to_the_shorter, "left out"),
    ],
)
def mend_the_loss(function):
    """Compare on batches of unequal size, and again with every real example copied."""
    trials.two_means(function, _mended_loss)
    return "Now D* is p_data / (p_data + p_g) again, however many examples of each you have."
