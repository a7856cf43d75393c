"""The exercises of lesson 05, deriving the GAN."""

from functools import partial

import numpy as np

from gan_course.exercises import comparison, ordering
from gan_course.exercises.core import source_of
from gan_course.theory.divergences import kl
from gan_course.theory.game import optimal_discriminator, value_function


def _best_discriminator(p_data, p_g, share):
    real, fake = share * p_data, (1 - share) * p_g
    total = real + fake
    return np.divide(real, total, out=np.full(total.shape, float(share)), where=total > 0)


def _with_nan(p_data, p_g, share):
    return share * p_data / (share * p_data + (1 - share) * p_g)


best_discriminator = comparison(
    "5.1",
    "The best discriminator, with an unfair coin",
    reference=_best_discriminator,
    cases=[
        (np.array([0.3, 0.1, 0.2, 0.4]), np.array([0.1, 0.3, 0.2, 0.05]), 0.5),
        (np.array([0.3, 0.1, 0.2, 0.4]), np.array([0.1, 0.3, 0.2, 0.05]), 0.8),
        (np.array([0.2, 0.0, 0.7]), np.array([0.0, 0.5, 0.1]), 0.3),
        (np.array([0.3, 0.0]), np.array([0.1, 0.0]), 0.8),
    ],
    what="D for p_data = {p_data}, p_g = {p_g} and share = {share}",
    slips=[
        (
            lambda p_data, p_g, share: _best_discriminator(p_data, p_g, 0.5),
            "This is the answer for a fair coin: `share` is not used.",
        ),
        (
            lambda p_data, p_g, share: p_data / (p_data + p_g),
            "This is the answer for a fair coin: `share` is not used. And where both densities are "
            "0 it is nan: give `share` there.",
        ),
        (
            lambda p_data, p_g, share: _best_discriminator(p_g, p_data, 1 - share),
            "This is the probability that x is fake. Real is 1: swap them.",
        ),
        (
            lambda p_data, p_g, share: _best_discriminator(p_data, p_g, 1 - share),
            "The shares are swapped: `share` is that of the real points.",
        ),
        (
            lambda p_data, p_g, share: _best_discriminator(p_data, p_g / (1 - share), share),
            "The fakes have a share too: it is 1 − share.",
        ),
        (
            lambda p_data, p_g, share: (
                2 * share * np.where(p_data + p_g > 0, _best_discriminator(p_data, p_g, 0.5), 0.5)
            ),
            "The fair coin's answer times the share (and 2) can pass 1. Put the shares into a and "
            "b, and maximise again.",
        ),
        (
            lambda p_data, p_g, share: share * _best_discriminator(p_data, p_g, 0.5),
            "The fair coin's answer times the share is not the best. Put the shares into a and b, "
            "and maximise again.",
        ),
        (
            lambda p_data, p_g, share: np.where(
                p_data + p_g > 0, _best_discriminator(p_data, p_g, share), 0.5
            ),
            "Where both densities are 0 you give ½. Before a point is seen, “real” has the "
            "probability `share`. Give that there.",
        ),
        (
            _with_nan,
            "Where both densities are 0 the result is nan: 0 / 0. Give `share` there; nothing is "
            "ever seen at such a place.",
        ),
        (
            lambda p_data, p_g, share: (
                share * p_data / np.maximum(share * p_data + (1 - share) * p_g, 1e-12)
            ),
            "Where both densities are 0 you give 0. Nothing is ever seen there, but before a point "
            "is seen, “real” has the probability `share`. Give that.",
        ),
    ],
    hints=[
        "At one x, D maximises share · p_data · log y + (1 − share) · p_g · log(1 − y). What are a "
        "and b now?",
        "a is share · p_data and b is (1 − share) · p_g, and the maximum is at a / (a + b).",
        "`np.divide(a, a + b, out=np.full(a.shape, share), where=a + b > 0)` divides only where it "
        "can, and leaves `share` elsewhere.",
    ],
    praise="Bayes' rule says the same: prior share times density, over the sum of both.",
)


def _jensen_shannon(p, q, cell):
    d = optimal_discriminator(p, q)
    return (value_function(p, q, d, cell) + np.log(4)) / 2


def _value(p, q, cell):
    return 2 * _jensen_shannon(p, q, cell) - np.log(4)


def _bump(x, middle, half_width):
    """Return a smooth density that is 0 outside of middle ± half_width."""
    inside = np.abs(x - middle) < half_width
    return np.where(inside, (1 + np.cos(np.pi * (x - middle) / half_width)) / 2, 0) / half_width


def _two_densities():
    x, wide = np.linspace(-4, 4, 801), np.linspace(-5, 5, 401)
    return [  # on fine grids, so that every rule for integrals gives the same
        (_bump(x, 0.0, 3.0), _bump(x, 0.5, 2.0), x[1] - x[0]),
        (0.5 * _bump(wide, -2, 2) + 0.5 * _bump(wide, 2, 1), _bump(wide, 2, 2), wide[1] - wide[0]),
        (_bump(x, -2.0, 1.5), _bump(x, 2.0, 1.5), x[1] - x[0]),
    ]


jensen_shannon = comparison(
    "5.2",
    "The Jensen-Shannon divergence, read off the game",
    reference=_jensen_shannon,
    cases=_two_densities,
    what="the divergence of two densities on {p.size} points, a number,",
    rtol=2e-3,
    atol=1e-5,
    slips=[
        (
            lambda p, q, cell: 2 * _jensen_shannon(p, q, cell),
            "Twice too large: V = −log 4 + 2 JSD. Divide by 2 as well.",
        ),
        (_value, "This is V(D*, G) itself. Solve V = −log 4 + 2 JSD for the JSD."),
        (
            lambda p, q, cell: _value(p, q, cell) / 2,
            "This is half of V. Add log 4 before you divide.",
        ),
        (
            lambda p, q, cell: (_value(p, q, cell) - np.log(4)) / 2,
            "The sign of log 4: V = −log 4 + 2 JSD, so it moves to the other side as a plus.",
        ),
        (
            lambda p, q, cell: (_value(p, q, cell) + np.log(2)) / 2,
            "V is −log 4 for equal densities: add log 4, that is 2 log 2.",
        ),
        (
            lambda p, q, cell: np.sqrt(np.maximum(_jensen_shannon(p, q, cell), 0)),
            "This is the root. The theory speaks of the divergence itself.",
        ),
        (
            lambda p, q, cell: _jensen_shannon(p, q, 1.0),
            "The width of a grid cell is left out: an integral is the sum of the values times "
            "`cell`.",
        ),
        (
            lambda p, q, cell: (
                (np.sum(p * np.log(p / (p + q)) + q * np.log(q / (p + q))) * cell + np.log(4)) / 2
            ),
            "The result is nan. Where both densities are 0, p / (p + q) is 0 / 0: your "
            "`best_discriminator` avoids it. Where one is, 0 · log 0 must count as 0: "
            "`value_function` does that.",
        ),
        (
            lambda p, q, cell: (value_function(p, q, np.full(p.shape, 0.5), cell) + np.log(4)) / 2,
            "D = ½ everywhere is no best answer here, and shows no difference. Play D*.",
        ),
        (
            lambda p, q, cell: (kl(p, q, cell) + kl(q, p, cell)) / 2,
            "This compares p and q directly, and is infinite where one of them is 0. The "
            "Jensen-Shannon divergence goes through the mixture.",
        ),
    ],
    hints=[
        "First the best discriminator: p / (p + q), which you have from exercise 5.1.",
        "Then its V, by `value_function(p, q, d, cell)`. And C = −log 4 + 2 JSD, solved for the "
        "JSD?",
        "`(value_function(p, q, d, cell) + np.log(4)) / 2`, with "
        "`d = best_discriminator(p, q, 0.5)`.",
    ],
    praise="A number of a game, and at once a divergence: log 2 for densities that share nothing.",
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
    "5.4",
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
    "5.5",
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


def _bound_from_logits(real_logits, fake_logits):
    log_d = -np.logaddexp(0, -real_logits)  # log D = −log(1 + e^(−ℓ))
    log_not_d = -np.logaddexp(0, fake_logits)  # log(1 − D) = −log(1 + e^ℓ)
    return (np.mean(log_d) + np.mean(log_not_d) + np.log(4)) / 2


def _careless(real_logits, fake_logits):
    d_real, d_fake = _sigmoid(real_logits), _sigmoid(fake_logits)
    return (np.mean(np.log(d_real)) + np.mean(np.log(1 - d_fake)) + np.log(4)) / 2


def _clipped(real_logits, fake_logits, least):
    d_real, d_fake = (np.clip(_sigmoid(x), least, 1 - least) for x in (real_logits, fake_logits))
    return (np.mean(np.log(d_real)) + np.mean(np.log(1 - d_fake)) + np.log(4)) / 2


bound_from_logits = comparison(
    "5.6",
    "A lower bound of the divergence, from logits",
    reference=_bound_from_logits,
    cases=[
        (np.array([2.0, 0.5, -1.0]), np.array([-3.0, 0.2])),
        (np.zeros(4), np.zeros(3)),
        (np.array([40.0, 3.0, 1.0]), np.array([-40.0, 45.0, -2.0, 0.0])),
        (np.array([800.0, -900.0]), np.array([850.0, -3.0])),
    ],
    what="the bound for the logits {real_logits} of real points and {fake_logits} of fakes",
    slips=[
        (
            _careless,
            "Right for moderate logits. For large ones D rounds to 0 or 1, and its logarithm is "
            "infinite. Write log D from the logit itself: −log(1 + e^(−ℓ)), by `np.logaddexp`.",
        ),
        (
            lambda real, fake: (
                (np.log(_sigmoid(real)).mean() + np.log(_sigmoid(-fake)).mean() + np.log(4)) / 2
            ),
            "Right for moderate logits. For large ones e^|ℓ| overflows, or D rounds to 0, and the "
            "logarithm is infinite. `np.logaddexp(0, −ℓ)` is log(1 + e^(−ℓ)) for every ℓ.",
        ),
        *(
            (
                partial(_clipped, least=least),
                "Right for moderate logits. Clipping, or adding a small number, cuts log D short, "
                "which is −900 at ℓ = −900. "
                "Write it from the logit itself: −log(1 + e^(−ℓ)), by `np.logaddexp`.",
            )
            for least in (1e-7, 1e-12, 1e-16)
        ),
        (
            lambda real, fake: max(_bound_from_logits(real, fake), 0.0),
            "A bound below 0 is cut off. It says nothing of the divergence, but much of D: it is "
            "sure and wrong. Leave it as it is.",
        ),
        (
            lambda real, fake: 2 * _bound_from_logits(real, fake),
            "Twice too large: the bound is (V + log 4) / 2.",
        ),
        (
            lambda real, fake: 2 * _bound_from_logits(real, fake) - np.log(4),
            "This is V itself; the bound is (V + log 4) / 2.",
        ),
        (
            lambda real, fake: np.log(4) - _bound_from_logits(real, fake),
            "The sign of V is turned: V is a sum of logarithms of probabilities, never above 0.",
        ),
        (
            lambda real, fake: _bound_from_logits(-real, -fake),
            "The signs of the logits are turned: log D is −log(1 + e^(−ℓ)) for a real point, and "
            "log(1 − D) is −log(1 + e^ℓ) for a fake.",
        ),
        (
            lambda real, fake: _bound_from_logits(real, -fake),
            "For fakes V has log(1 − D), which is −log(1 + e^ℓ).",
        ),
        (
            lambda real, fake: (
                np.log(4)
                - np.logaddexp(0, -real).sum() / 2
                - np.logaddexp(0, fake).sum() / 2
                - np.log(2)
            ),
            "These are sums over points: V has two means.",
        ),
        (
            lambda real, fake: np.log(2) - np.mean(np.logaddexp(0, np.r_[-real, fake])),
            "One mean over everything lets the more numerous kind outvote the other. V has two "
            "means (exercise 5.4).",
        ),
    ],
    hints=[
        "V is the mean of log D over the real points plus the mean of log(1 − D) over the fakes.",
        "D = 1 / (1 + e^(−ℓ)), so log D = −log(1 + e^(−ℓ)), and log(1 − D) = −log(1 + e^ℓ). "
        "`np.logaddexp(0, a)` is log(1 + e^a), and never overflows.",
        "`v = -np.mean(np.logaddexp(0, -real_logits)) - np.mean(np.logaddexp(0, fake_logits))`; "
        "then (V + log 4) / 2.",
    ],
    praise="It is 0 for a D that cannot tell, and far below 0 for one that is sure and wrong.",
)


def _count_modes(fakes, centres, std):
    distances = np.linalg.norm(fakes[:, None] - centres, axis=-1)  # (fakes, modes)
    nearest = np.argmin(distances, axis=1)
    good = np.min(distances, axis=1) <= 3 * std
    covered = len(np.unique(nearest[good]))
    return covered, np.mean(good)


def _within(fakes, centres, radius):
    """Count as the lesson does, with another radius than three standard deviations."""
    return _count_modes(fakes, centres, radius / 3)


def _everywhere(fakes, centres, std):
    """Return the bug of the lesson: every fake counts for the mode it is nearest to."""
    distances = np.linalg.norm(fakes[:, None] - centres, axis=-1)
    return len(np.unique(np.argmin(distances, axis=1))), _count_modes(fakes, centres, std)[1]


def _fakes_around_modes():
    centres = np.array([[2.0, 0.0], [0.0, 2.0], [-2.0, 0.0], [0.0, -2.0]])
    rng = np.random.default_rng(5)
    turns, lengths = rng.uniform(0, 2 * np.pi, 60), rng.uniform(0, 1.0, 60)
    steps = np.stack([np.cos(turns), np.sin(turns)], 1) * lengths[:, None]
    fakes = centres[rng.choice(4, 60, p=[0.5, 0.3, 0.2, 0.0])] + steps
    beside = np.array([[0.0, -2.5], [0.1, -1.4]])  # near the last mode, and too far away
    return [
        (np.concatenate([fakes, beside]), centres, 0.1),
        (fakes[:20] + 9.0, centres, 0.1),
        (centres[[1, 1, 1, 2]], centres, 0.05),
    ]


count_modes = comparison(
    "5.7",
    "Mend the count of modes",
    reference=_count_modes,
    cases=_fakes_around_modes,
    parts=("the number of modes covered", "the share of good fakes"),
    what="for {fakes.shape[0]} fakes and {centres.shape[0]} modes of std {std}",
    slips=[
        (
            _everywhere,
            "A fake far from every mode still counts for the nearest one. Count modes among the "
            "good fakes alone.",
        ),
        (
            lambda fakes, centres, std: _within(fakes, centres, std),
            "Good means within three standard deviations, 3 · std; you took one.",
        ),
        (
            lambda fakes, centres, std: _within(fakes, centres, 3.0),
            "The distance 3 is not three standard deviations: that is 3 · std.",
        ),
        (
            lambda fakes, centres, std: _within(fakes, centres, np.sqrt(3) * std),
            "A squared distance is compared with (3 · std)².",
        ),
        (
            lambda fakes, centres, std: (
                _count_modes(fakes, centres, std)[0],
                100 * _count_modes(fakes, centres, std)[1],
            ),
            "Return the share as a number between 0 and 1, not in percent.",
        ),
        (
            lambda fakes, centres, std: (
                _count_modes(fakes, centres, std)[0],
                len(fakes) * _count_modes(fakes, centres, std)[1],
            ),
            "This is how many fakes are good. Divide by the number of all fakes.",
        ),
        (
            lambda fakes, centres, std: (
                _count_modes(fakes, centres, std)[0],
                1 - _count_modes(fakes, centres, std)[1],
            ),
            "This is the share of fakes that are not good.",
        ),
        (
            lambda fakes, centres, std: (
                _count_modes(fakes, centres, std)[0] / len(centres),
                _count_modes(fakes, centres, std)[1],
            ),
            "Return how many modes are covered, not which share of them.",
        ),
    ],
    hints=[
        "A fake is good if its distance from the nearest centre is at most 3 · std.",
        "`good = distances.min(axis=1) <= 3 * std` has one True or False for each fake. Which of "
        "the entries of `nearest` may count?",
        "`len(np.unique(nearest[good]))`, and the share of good fakes is `np.mean(good)`.",
    ],
    praise="Two numbers, never one: what is covered, and how much of the sample is any good.",
)
