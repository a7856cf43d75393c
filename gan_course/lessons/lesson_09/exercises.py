"""The exercises of lesson 09: the terms of the evidence bound, a line, a flow, and a sick loss."""

import numpy as np

from gan_course.exercises import Exercise, call, comparison, expect, expect_array


def _gaussian_kl(mean, log_variance):
    terms = mean**2 + np.exp(log_variance) - 1 - log_variance
    return 0.5 * terms.sum(axis=-1)


def _codes():
    rng = np.random.default_rng(0)
    return [
        (np.zeros((2, 3)), np.zeros((2, 3))),
        (np.array([[1.0, -2.0]]), np.array([[0.0, 0.0]])),
        (rng.normal(size=(4, 5)), rng.normal(size=(4, 5))),
    ]


gaussian_kl = comparison(
    "9.1",
    "The divergence of a code from the prior",
    reference=_gaussian_kl,
    cases=_codes(),
    what="the divergences for the means {mean} and the log-variances {log_variance}",
    slips=[
        (
            lambda m, v: (m**2 + np.exp(v) - 1 - v).sum(axis=-1),
            "Twice too much: the factor ½ stands in front of the whole sum.",
        ),
        (
            lambda m, v: 0.5 * (m**2 + v - 1 - np.log(np.abs(v) + 1e-300)).sum(axis=-1),
            "The network returns log σ². So σ² is `np.exp(log_variance)`, and log σ² is what you "
            "were given.",
        ),
        (
            lambda m, v: 0.5 * (m**2 + np.exp(v) ** 2 - 1 - 2 * v).sum(axis=-1),
            "This takes log_variance for log σ. It is log σ², so that `np.exp(log_variance)` is "
            "σ² already.",
        ),
        (
            lambda m, v: 0.5 * (m**2 + np.exp(v) - 1 - v).mean(axis=-1),
            "The values of a code are independent, so their divergences add up: a sum over the "
            "last axis, no mean.",
        ),
        (
            lambda m, v: 0.5 * (m**2 + np.exp(v) - 1 - v).sum(),
            "This is one number for the whole batch; expected one for each example: axis=-1.",
        ),
        (
            lambda m, v: 0.5 * (m**2 + np.exp(v) - 1 - v),
            "This is one number for each value of the code. Add them up over the last axis.",
        ),
        (
            lambda m, v: -_gaussian_kl(m, v),
            "The sign is turned: a divergence is never below 0. Kingma & Welling print minus this.",
        ),
        (
            lambda m, v: 0.5 * (m**2 + np.exp(v) - v).sum(axis=-1),
            "The −1 is missing: at μ = 0 and σ = 1 the divergence must be 0.",
        ),
    ],
    hints=[
        "Four terms for each value of the code. Which of them do you have, and which take an "
        "exponential?",
        "σ² is `np.exp(log_variance)`. For μ = 0 and σ² = 1 everything must cancel.",
        "Half the sum over the last axis of `mean**2 + np.exp(log_variance) - 1 - log_variance`.",
    ],
    praise="It is 0 for μ = 0, σ = 1 alone. Everything that a code says costs something.",
)


def _line(data, noise, time):
    time = time[:, np.newaxis]
    return (1 - time) * noise + time * data, data - noise


def _with_part(number, make):
    """Return a function that gives the right line, but for one of the two parts."""

    def line(data, noise, time):
        parts = list(_line(data, noise, time))
        parts[number] = make(data, noise, time)
        return tuple(parts)

    return line


def _pairs():
    rng = np.random.default_rng(1)
    return [
        (np.array([[3.0, 1.0]]), np.array([[1.0, -1.0]]), np.array([0.25])),
        (rng.normal(size=(2, 2)), rng.normal(size=(2, 2)), np.array([0.0, 0.7])),
        (rng.normal(size=(5, 3)), rng.normal(size=(5, 3)), rng.random(5)),
    ]


straight_line = comparison(
    "9.2",
    "Where a pair is, and where it goes",
    reference=_line,
    cases=_pairs(),
    parts=("the place", "the velocity"),
    what="at the times {time}",
    slips=[
        (
            _with_part(0, lambda x, z, t: (1 - t[:, None]) * x + t[:, None] * z),
            "This runs from data to noise. Here t = 0 is noise and t = 1 is data.",
        ),
        (
            _with_part(0, lambda x, z, t: (1 - t) * z + t * x),
            "The times need an axis more, `time[:, np.newaxis]`: one time for each pair, not for "
            "each coordinate.",
        ),
        (
            _with_part(1, lambda x, z, t: z - x),
            "The velocity points back to the noise. Differentiate the place by t.",
        ),
        (
            _with_part(1, lambda x, z, t: x - _line(x, z, t)[0]),
            "This is the rest of the way, which becomes shorter. The derivative by t of a straight "
            "line is the same all along it.",
        ),
        (
            _with_part(1, lambda x, z, t: t[:, None] * (x - z)),
            "This is the way that lies behind. The velocity is its derivative by t.",
        ),
        (
            _with_part(1, lambda x, z, t: x),
            "This is the derivative of t · x. The first term, (1 − t) · z, has one too: −z.",
        ),
    ],
    hints=[
        "At t = 0 the place is the noise, at t = 1 the data point, at ½ the middle.",
        "(1 − t) · noise + t · data. What is its derivative by t?",
        "With `time = time[:, np.newaxis]`: `(1 - time) * noise + time * data, data - noise`.",
    ],
    praise="The velocity does not depend on t: each pair keeps its own, all the way.",
)


def _carry(velocity, start, steps):
    x = start
    for number in range(steps):
        x = x + velocity(x, number / steps) / steps
    return x


def _growing(x, t):
    return x + t


def _turning(x, t):
    return np.stack([-x[:, 1], x[:, 0] * (1 + t)], axis=1)


def _starts():
    points = np.random.default_rng(2).normal(size=(3, 2))
    return [(_growing, points, 4), (_turning, points, 3), (_turning, points, 1)]


def _frozen(velocity, start, steps):
    x = start
    for number in range(steps):
        x = x + velocity(start, number / steps) / steps
    return x


def _late(velocity, start, steps):
    x = start
    for number in range(steps):
        x = x + velocity(x, (number + 1) / steps) / steps
    return x


def _timeless(velocity, start, steps):
    x = start
    for _ in range(steps):
        x = x + velocity(x, 0.0) / steps
    return x


def _backward(velocity, start, steps):
    x = start
    for number in range(steps):
        x = x + velocity(x, 1 - number / steps) / steps
    return x


def _giant(velocity, start, steps):
    x = start
    for number in range(steps):
        x = x + velocity(x, number / steps)
    return x


def _counted(velocity, start, steps):
    x = start
    for number in range(steps):
        x = x + velocity(x, number) / steps
    return x


def _one_short(velocity, start, steps):
    x = start
    for number in range(steps - 1):
        x = x + velocity(x, number / steps) / steps
    return x


carry = comparison(
    "9.3",
    "Carry points along a velocity",
    reference=_carry,
    cases=_starts(),
    what="the points after {steps} steps",
    slips=[
        (_frozen, "The velocity is always asked at the start. Ask it where the points are now."),
        (
            _late,
            "Each step asks for the velocity at its end. Euler's method asks at the step's start: "
            "t = 0 for the first.",
        ),
        (_timeless, "The time never moves. In step n it is n / steps."),
        (_backward, "The time runs from 1 to 0. Noise is at t = 0, and data at t = 1."),
        (
            _giant,
            "Each step goes as far as all of them should: the whole way takes one unit of time. "
            "Multiply the velocity by 1 / steps.",
        ),
        (_counted, "The time is in [0, 1]: in step n it is n / steps, not n."),
        (_one_short, "One step is missing: from t = 0 to 1 there are `steps` of them."),
    ],
    hints=[
        "A loop: where am I, when is it, how fast do I go there, go on a little.",
        "There are `steps` steps of length 1 / steps, the first at t = 0.",
        "`x = x + velocity(x, number / steps) / steps` for each number in `range(steps)`.",
    ],
    praise="Each step is one call of the network. That is what a sample by a flow costs.",
)


def _ink_log_likelihood(images, logits):
    shares = (images + 1) / 2
    by_pixel = shares * logits - np.logaddexp(0, logits)
    return by_pixel.sum(axis=(1, 2, 3))


def _images():
    rng = np.random.default_rng(3)
    shape = (3, 4, 4, 1)
    sharp = np.where(rng.random(shape) < 0.4, 1.0, -1.0)
    return [
        (sharp, 4 * sharp),
        (rng.uniform(-1, 1, shape), rng.normal(size=shape)),
        (-np.ones((2, 3, 3, 1)), np.full((2, 3, 3, 1), -30.0)),
    ]


def _on(change):
    """Return the log-likelihood on shares of ink that a wrong change made of the images."""
    return lambda images, logits: (change(images) * logits - np.logaddexp(0, logits)).sum(
        axis=(1, 2, 3)
    )


mend_the_likelihood = comparison(
    "9.4",
    "Mend the likelihood",
    reference=_ink_log_likelihood,
    cases=_images(),
    what="the log-likelihoods",
    slips=[
        (
            _on(lambda x: x),
            "This is the sick likelihood: images in [−1, 1] go in as they are. A share of ink is "
            "in [0, 1].",
        ),
        (
            _on(lambda x: np.maximum(x, 0)),
            "Cutting off at 0 stops the loss from falling without end. But it turns every grey "
            "below the middle into black: (−0.5) is a quarter of ink, not none.",
        ),
        (
            _on(np.abs),
            "With the absolute value black becomes white: −1 has no ink, and |−1| = 1 has all of "
            "it.",
        ),
        (_on(lambda x: x + 1), "From 0 to 2: halve it."),
        (_on(lambda x: x / 2), "Halving gives [−½, ½]. Shift it first, by 1."),
        (
            lambda x, u: (((x + 1) / 2) * u - np.logaddexp(0, u)).mean(axis=(1, 2, 3)),
            "The pixels are independent given the code, so their log-probabilities add up: a sum, "
            "no mean. With a mean the divergence would weigh 784 times too much.",
        ),
        (
            lambda x, u: _ink_log_likelihood(x, 2 * u),
            "The images are mended, and the logits changed too. They were right.",
        ),
        (
            lambda x, u: -_ink_log_likelihood(x, u),
            "The sign is turned. This is the loss; the log-likelihood is never above 0.",
        ),
    ],
    hints=[
        "What must a pixel be, so that x · log p + (1 − x) · log(1 − p) is a log-probability?",
        "A share in [0, 1]: −1 is no ink and becomes 0, 1 is all ink and stays 1.",
        "`shares = (images + 1) / 2`, then the same formula with `shares` for x.",
    ],
    praise="No log-probability is above 0 now, so no loss can fall below 0.",
)


ROUGHLY = 0.03  # half precision is no better


def _fitted_codes(codes, noise):
    spread = np.linalg.cholesky(np.cov(codes.T))
    return codes.mean(axis=0) + noise @ spread.T


def _codes_and_noise():
    """Return codes of an oblique heap, and noise whose mean is 0 and covariance 1 exactly."""
    rng = np.random.default_rng(4)
    codes = rng.normal(size=(400, 3)) @ np.array([[2.0, 0, 0], [1, 0.5, 0], [0, -1, 1]]).T
    noise = rng.normal(size=(200, 3))
    noise = noise - noise.mean(axis=0)
    noise = noise @ np.linalg.inv(np.linalg.cholesky(np.cov(noise.T))).T
    return codes + [3.0, -1.0, 0.5], noise


def _check_fitted(function):
    codes, noise = _codes_and_noise()
    found = expect_array(call(function, codes, noise), noise.shape, what="the new codes")
    mean, covariance = codes.mean(axis=0), np.cov(codes.T)
    ours = np.cov(found.T)
    expect(
        not np.allclose(found, noise, atol=ROUGHLY),
        "These are the draws of N(0, I) themselves. Give them the mean and the spread of `codes`.",
    )
    turned = expect_array(call(function, codes, noise[::-1]), noise.shape, what="the new codes")
    expect(
        np.allclose(turned[::-1], found, atol=ROUGHLY),
        "With the rows of `noise` in another order, these are not the same codes in that order. "
        "Draw nothing yourself: `noise` has been drawn; stretch and shift it.",
    )
    expect(
        np.allclose(found.mean(axis=0), mean, atol=ROUGHLY),
        "The new codes have another mean than `codes`: add `codes.mean(axis=0)`.",
    )
    expect(
        not np.allclose(ours, np.diag(np.diag(covariance)), atol=ROUGHLY),
        "Each value has the right spread, but the values of `codes` move together, and these do "
        "not. Use the whole covariance matrix, not the standard deviations alone.",
    )
    expect(
        not np.allclose(ours, covariance @ covariance, atol=ROUGHLY),
        "The covariance comes out squared. Multiply the noise by a root L of it, with L Lᵀ = "
        "covariance, not by the covariance.",
    )
    expect(
        np.allclose(ours, covariance, atol=ROUGHLY),
        "The covariance of the new codes is another than that of `codes`. With noise in rows, "
        "`noise @ L.T` has the covariance L Lᵀ.",
    )
    return "Any root L of the covariance does. Where the codes lie is now used, if only roughly."


fitted_codes = Exercise(
    "9.5",
    "Codes from where the codes are",
    _check_fitted,
    reference=_fitted_codes,
    hints=[
        "A draw of N(0, I) becomes one of N(m, C) by a matrix and a shift. Which matrix?",
        "L with L Lᵀ = C, where C is `np.cov(codes.T)`: `np.linalg.cholesky(C)`.",
        "`codes.mean(axis=0) + noise @ L.T`.",
    ],
    wrong=[
        (lambda codes, noise: noise, "draws of N(0, I) themselves"),
        (
            lambda codes, noise: np.random.default_rng(0).multivariate_normal(
                codes.mean(axis=0), np.cov(codes.T), len(noise)
            ),
            "Draw nothing yourself",
        ),
        (
            lambda codes, noise: noise @ np.linalg.cholesky(np.cov(codes.T)).T,
            "have another mean",
        ),
        (
            lambda codes, noise: codes.mean(axis=0) + noise * codes.std(axis=0, ddof=1),
            "move together",
        ),
        (
            lambda codes, noise: codes.mean(axis=0) + noise @ np.cov(codes.T),
            "comes out squared",
        ),
        (
            lambda codes, noise: codes.mean(axis=0) + noise @ np.linalg.cholesky(np.cov(codes.T)),
            "is another than that",
        ),
    ],
)
