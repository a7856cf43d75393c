"""The exercises of lesson 04, dropout."""

from functools import partial

import numpy as np

from gan_course.exercises import Exercise, Wrong, comparison, expect, expect_array, expect_close
from gan_course.lessons.lesson_04.dropout_trial import drop_logits, step, take_steps
from gan_course.tables import number


def _dropout(x, rate, rng, training):
    if not training:
        return x
    mask = rng.random(x.shape) >= rate
    return x * mask / (1 - rate)


def _check_dropout(function):
    x, rate, rng = np.full((200, 50), 3.0), 0.25, np.random.default_rng(1)
    first = expect_array(function(x, rate, rng, True), x.shape, "the output in training")
    second = expect_array(function(x, rate, rng, True), x.shape, "the second output")
    at_test = expect_array(function(x, rate, rng, False), x.shape, "the output at test")
    again = expect_array(function(x, rate, np.random.default_rng(1), True), x.shape)
    dropped, stays = float(np.mean(first == 0)), first[first != 0]
    expect(
        abs(dropped - (1 - rate)) > 0.1,
        f"At rate 0.25 you drop {number(dropped, '.0%')}. The rate is the share that is dropped.",
    )
    expect(
        abs(dropped - rate) < 0.1,
        f"At rate 0.25 you drop {number(dropped, '.0%')} of the numbers; expected about 25 %.",
    )
    expect(
        not np.allclose(stays, 3.0) or np.array_equal(at_test, x),
        "You correct the scale at test time, as the paper did. Here it is asked for in training, "
        "so that nothing is left to do in the test.",
    )
    scales = [
        (3.0, "What stays is not scaled: the mean over masks falls to 75 %."),
        (12.0, "You divided by the rate. Divide by the share that stays."),
        (2.25, "You scaled down. Fewer units stay, so each has to speak louder."),
    ]
    expect_close(
        stays,
        np.full(len(stays), 4.0),
        what="what stays of a 3 at rate 0.25",
        mistakes=[(np.full(len(stays), value), message) for value, message in scales],
    )
    expect(
        np.any(first != first[0]),
        "All rows have the same mask. Draw a new one for every example: the mask has x's shape.",
    )
    expect(
        np.any(first != first[:, :1]),
        "Whole examples are dropped. Every unit has its own chance: the mask has x's shape.",
    )
    expect(
        np.ptp(np.count_nonzero(first, axis=1)) > 0,
        "Every row loses the same number of units. Each unit has a coin of its own, so that the "
        "number varies from row to row.",
    )
    expect(
        np.any(first != second),
        "The second call used the same mask again. Every step draws a new one from rng.",
    )
    third = expect_array(function(x, rate, rng, True), x.shape, "the third output")
    expect(
        len({np.count_nonzero(each) for each in (first, second, third)}) > 1,
        "Every call drops the same number of units in all. Each unit has a coin of its own, so "
        "that the number varies from call to call.",
    )
    expect(
        np.array_equal(first, again),
        "With the same seed the result differs. Draw from the `rng` that is passed, no other.",
    )
    expect(
        not np.any(at_test == 0),
        "Units are dropped at test time too. There everything is on: look at `training`.",
    )
    expect(
        not np.allclose(at_test, (1 - rate) * x),
        "The scale is corrected twice: up in training, and down at test time. Once is enough.",
    )
    expect(
        np.array_equal(at_test, x),
        "Something is changed at test time. With inverted scaling nothing is left to do there: "
        "return x.",
    )
    return "The mean over masks is x, so at test time nothing has to be done."


def _with_mask(make_mask, scale=lambda rate: 1 / (1 - rate), at_test=lambda rate: 1):
    """Return a dropout with another mask, another scale, or another test."""

    def slip(x, rate, rng, training):
        return x * make_mask(x, rate, rng) * scale(rate) if training else x * at_test(rate)

    return slip


def _mask(x, rate, rng):
    return rng.random(x.shape) >= rate


def _same_number_in_each_row(x, rate, rng):
    ranks = rng.random(x.shape).argsort(axis=1).argsort(axis=1)
    return ranks >= round(rate * x.shape[1])


def _same_number_in_all(x, rate, rng):
    return rng.permutation(x.size).reshape(x.shape) >= round(rate * x.size)


dropout = Exercise(
    "4.1",
    "Dropout with inverted scaling",
    _check_dropout,
    reference=_dropout,
    hints=[
        "There are two cases. Which one needs no random numbers at all?",
        "In training: a mask of the shape of x from `rng.random(...)`, then x times mask, then the "
        "scale that keeps the mean.",
        "`if not training: return x`; else `mask = rng.random(x.shape) >= rate` and "
        "`return x * mask / (1 - rate)`.",
    ],
    wrong=[
        (_with_mask(_mask, lambda rate: 1), "not scaled"),
        (_with_mask(_mask, lambda rate: 1, lambda rate: 1 - rate), "as the paper did"),
        (_with_mask(_mask, at_test=lambda rate: 1 - rate), "corrected twice"),
        (_with_mask(_mask, at_test=lambda rate: 1.1), "Something is changed at test time"),
        (_with_mask(_mask, lambda rate: 1 / rate), "divided by the rate"),
        (_with_mask(_mask, lambda rate: 1 - rate), "scaled down"),
        (_with_mask(lambda x, rate, rng: rng.random(x.shape) < rate), "share that is dropped"),
        (_with_mask(lambda x, rate, rng: rng.random(x.shape[1]) >= rate), "every example"),
        (_with_mask(lambda x, rate, rng: rng.random((len(x), 1)) >= rate), "Whole examples"),
        (_with_mask(_same_number_in_each_row), "Every row loses the same number"),
        (_with_mask(_same_number_in_all), "same number of units in all"),
        (
            _with_mask(lambda x, rate, rng: _mask(x, rate, np.random.default_rng(0))),
            "same mask again",
        ),
        (
            _with_mask(lambda x, rate, rng: _mask(x, rate, np.random.default_rng())),
            "`rng` that is passed",
        ),
        (lambda x, rate, rng, training: _dropout(x, rate, rng, True), "dropped at test time too"),
    ],
)


def _logit_variance(hidden, weights, rate):
    return np.sum((weights * hidden) ** 2) * rate / (1 - rate)


logit_variance = comparison(
    "4.2",
    "The variance of a logit over masks",
    reference=_logit_variance,
    cases=[
        (np.array([1.0, 0.0, 2.0, 0.5]), np.array([0.3, -2.0, -1.0, 4.0]), rate)
        for rate in np.array([0.2, 0.5, 0.9, 0.0])
    ],
    what="the variance at rate {rate:g}",
    slips=[
        (
            lambda hidden, weights, rate: np.sum((weights * hidden) ** 2) * rate * (1 - rate),
            "This is the variance without the scale 1/(1 − rate), which enters squared.",
        ),
        (
            lambda hidden, weights, rate: np.sum((weights * hidden) ** 2) * (1 - rate) / rate,
            "The fraction is upside down: no dropout, no variance.",
        ),
        (
            lambda hidden, weights, rate: np.sum(weights * hidden) ** 2 * rate / (1 - rate),
            "This is the square of the sum. Variances add: take the sum of the squares.",
        ),
        (
            lambda hidden, weights, rate: np.sqrt(_logit_variance(hidden, weights, rate)),
            "This is the standard deviation; the variance is its square.",
        ),
        (
            lambda hidden, weights, rate: np.sum(weights * hidden**2) * rate / (1 - rate),
            "A factor w multiplies a variance by w², not by w.",
        ),
    ],
    hints=[
        "The logit is a sum of independent terms, one per unit. What is the variance of such a "
        "sum? And what does a constant factor do to a variance?",
        "Variances of independent terms add up, and a factor w comes out as w². Each term has "
        "the variance w² times the one derived above.",
        "`np.sum((weights * hidden) ** 2) * rate / (1 - rate)`",
    ],
    praise="Many small terms make less noise than a few large ones of the same sum.",
)


def _dropout_gradient(output_gradient, mask, rate):
    return output_gradient * mask / (1 - rate)


_GRADIENT_SLIPS = [
    (
        lambda gradient, mask, rate: gradient * mask,
        "The scale 1/(1 − rate) is a factor on the way back too.",
    ),
    (
        lambda gradient, mask, rate: gradient / (1 - rate),
        "Gradient arrives at dropped units. They had no part in y.",
    ),
    (
        lambda gradient, mask, rate: gradient,
        "The gradient goes through as it came. Both factors of y are missing.",
    ),
    (
        lambda gradient, mask, rate: gradient * (1 - mask) / (1 - rate),
        "The mask is turned round: True means that a unit stays.",
    ),
]


def _check_gradient(function):
    rng = np.random.default_rng(3)
    for rate in (0.25, 0.8):
        gradient, mask = rng.normal(size=(4, 6)), rng.random((4, 6)) >= rate
        mistakes = [(slip(gradient, mask, rate), message) for slip, message in _GRADIENT_SLIPS]
        given = function(gradient, mask, rate)
        value = expect_array(given, mask.shape, "the gradient")
        leaks = np.any(value[~mask] != 0) and np.any(value[mask] == 0)
        if leaks and not any(np.allclose(value, mistaken) for mistaken, _ in mistakes):
            raise Wrong(
                "The zeros stand at other places than the mask's. Use the very mask of the forward "
                "pass, the one that is passed."
            )
        expected = _dropout_gradient(gradient, mask, rate)
        expect_close(given, expected, mistakes, f"the gradient at rate {rate:g}")
    return "A dropped unit learns nothing in this step; the others learn a little more."


dropout_gradient = Exercise(
    "4.3",
    "The gradient through a mask",
    _check_gradient,
    reference=_dropout_gradient,
    hints=[
        "Forward, y = mask · x / (1 − rate), entry by entry. What is ∂y/∂x for a unit that stays, "
        "and for one that was dropped?",
        "1/(1 − rate) for one that stays, 0 for one that was dropped. The chain rule multiplies.",
        "`output_gradient * mask / (1 - rate)`",
    ],
    wrong=[
        *_GRADIENT_SLIPS,
        (
            lambda gradient, mask, rate: _dropout(gradient, rate, np.random.default_rng(), True),
            "Use the very mask",
        ),
    ],
)


def _geometric_mean(probabilities):
    means = np.exp(np.log(probabilities).mean(axis=0))
    return means / means.sum()


def _normalised(powers):
    return powers / powers.sum()


_COMMITTEE = np.array([[0.7, 0.2, 0.1], [0.2, 0.7, 0.1], [0.5, 0.1, 0.4], [0.9, 0.06, 0.04]])

geometric_mean = comparison(
    "4.5",
    "The normalised geometric mean of an ensemble",
    reference=_geometric_mean,
    cases=[(_COMMITTEE,), (np.tile(_COMMITTEE, (500, 1)),)],
    what="the normalised geometric mean of {probabilities.shape[0]} networks",
    slips=[
        (
            lambda probabilities: probabilities.mean(axis=0),
            "This is the arithmetic mean. The geometric one averages logarithms.",
        ),
        (
            lambda probabilities: np.exp(np.log(probabilities).mean(axis=0)),
            "These do not add up to 1: divide by their sum.",
        ),
        (
            lambda probabilities: _normalised(np.prod(probabilities, axis=0)),
            "This is the product. The m-th root is missing.",
        ),
        (
            lambda probabilities: _normalised(
                np.prod(probabilities, axis=0) ** (1 / len(probabilities))
            ),
            "Right for four networks. The product of 2,000 probabilities is too small for a "
            "float, and becomes 0: average their logarithms.",
        ),
        (
            lambda probabilities: _geometric_mean(probabilities.T),
            "Expected one number for each class. The mean goes over the masks, which are the rows.",
        ),
    ],
    hints=[
        "The geometric mean of m numbers is the m-th root of their product. How does it look after "
        "a logarithm?",
        "The logarithm of the geometric mean is the ordinary mean of the logarithms, over the "
        "masks: `np.log(probabilities).mean(axis=0)`. Then go back with `np.exp`.",
        "The means do not add up to 1: divide them by their sum.",
    ],
    praise="Averaging logits and taking the softmax gives the same. That is why it is exact.",
)


def _mended_step(network, optimizer, images, labels):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        logits = network(images, training=True)
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
        loss = tf.reduce_mean(losses)
    variables = network.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


def _check_step(function):
    take_steps(function)
    return "Every step draws its own masks, and the network learns. Say `training=` in every call."


mend_the_step = Exercise(
    "4.4",
    "Mend the step in which dropout is inert",
    _check_step,
    reference=_mended_step,
    hints=[
        "The layer is there and its rate is right. How does a layer know that this is training?",
        "Nobody tells it here. Look at the line that calls the network, and at how this lesson "
        "called `layers.Dropout` before.",
        "`logits = network(images, training=True)`",
    ],
    wrong=[
        (partial(step, training=None), "has to be told"),
        (partial(step, training=None, judged=drop_logits), "Something else drops"),
        (partial(step, reseeds=True), "same mask"),
        (partial(step, judged=np.asarray), "outside the tape"),
        (partial(step, applies=False), "Nothing moved"),
        (partial(step, sign=-1), "does not learn"),
    ],
)
