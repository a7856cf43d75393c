"""The exercises of lesson 04, dropout."""

import numpy as np

from gan_course.exercises.answers import Wrong
from gan_course.exercises.core import exercise
from gan_course.exercises.expectations import expect, expect_array, expect_close
from gan_course.lessons.lesson_04 import dropout_trial as trial, slips


def _dropout(x, rate, rng, training):
    if not training:
        return x
    mask = rng.random(x.shape) >= rate
    return x * mask / (1 - rate)


@exercise(
    title="Dropout with inverted scaling",
    reference=_dropout,
    hints=[
        "There are two cases. Which one needs no random numbers at all?",
        "In training: a mask of the shape of x from `rng.random(...)`, then x times mask, then the "
        "scale that keeps the mean.",
        "`if not training: return x`; else `mask = rng.random(x.shape) >= rate` and "
        "`return x * mask / (1 - rate)`.",
    ],
    wrong=[
        (slips.unscaled, "not scaled"),
        (slips.scaled_at_test, "as the paper did"),
        (slips.scaled_twice, "corrected twice"),
        (slips.divided_by_rate, "divided by the rate"),
        (slips.multiplied, "scaled down"),
        (slips.rate_kept, "share that is dropped"),
        (slips.one_mask_for_all, "every example"),
        (slips.whole_examples, "Every unit"),
        (slips.seeded_inside, "same mask again"),
        (slips.own_randomness, "`rng` that is passed"),
        (slips.always_on, "dropped at test time too"),
    ],
)
def dropout(function):
    """Look at what stays, its scale, the masks of examples and of steps, and the test."""
    trial.look_at_masks(function)
    return "The mean over masks is x, so at test time nothing has to be done."


def _logit_variance(hidden, weights, rate):
    return np.sum((weights * hidden) ** 2) * rate / (1 - rate)


@exercise(
    title="The variance of a logit over masks",
    reference=_logit_variance,
    hints=[
        "The logit is a sum of independent terms, one per unit. What is the variance of such a "
        "sum? And what does a constant factor do to a variance?",
        "Variances of independent terms add up, and a factor w comes out as w². Each term has "
        "the variance w² times the one derived above.",
        "`np.sum((weights * hidden) ** 2) * rate / (1 - rate)`",
    ],
    wrong=[
        (slips.without_scaling_variance, "without the scale"),
        (slips.turned_fraction, "upside down"),
        (slips.squared_sum, "sum of the squares"),
        (slips.deviation, "standard deviation"),
        (slips.weights_not_squared, "w²"),
    ],
)
def logit_variance(function):
    """Compare with the formula for several rates."""
    hidden, weights = np.array([1.0, 0.0, 2.0, 0.5]), np.array([0.3, -2.0, -1.0, 4.0])
    known = [
        (
            slips.without_scaling_variance,
            "This is the variance without the scale 1/(1 − rate), which enters squared.",
        ),
        (slips.turned_fraction, "The fraction is upside down: no dropout, no variance."),
        (
            slips.squared_sum,
            "This is the square of the sum. Variances add: take the sum of the squares.",
        ),
        (slips.deviation, "This is the standard deviation; the variance is its square."),
        (slips.weights_not_squared, "A factor w multiplies a variance by w², not by w."),
    ]
    for rate in (0.2, 0.5, 0.9):
        expect_close(
            function(hidden, weights, rate),
            _logit_variance(hidden, weights, rate),
            mistakes=[(slip(hidden, weights, rate), message) for slip, message in known],
            what=f"the variance at rate {rate:g}",
        )
    expect_close(function(hidden, weights, 0.0), 0.0, what="the variance at rate 0")
    return "Many small terms make less noise than a few large ones of the same sum."


def _dropout_gradient(output_gradient, mask, rate):
    return output_gradient * mask / (1 - rate)


@exercise(
    title="The gradient through a mask",
    reference=_dropout_gradient,
    hints=[
        "Forward, y = mask · x / (1 − rate), entry by entry. What is ∂y/∂x for a unit that stays, "
        "and for one that was dropped?",
        "1/(1 − rate) for one that stays, 0 for one that was dropped. The chain rule multiplies.",
        "`output_gradient * mask / (1 - rate)`",
    ],
    wrong=[
        (slips.gradient_unscaled, "scale"),
        (slips.gradient_unmasked, "dropped units"),
        (slips.gradient_untouched, "as it came"),
        (slips.gradient_turned, "turned round"),
        (slips.gradient_new_mask, "very mask"),
    ],
)
def dropout_gradient(function):
    """Compare with mask · gradient / (1 − rate) for two rates."""
    rng = np.random.default_rng(3)
    for rate in (0.25, 0.8):
        gradient, mask = rng.normal(size=(4, 6)), rng.random((4, 6)) >= rate
        known = [
            (slips.gradient_unscaled, "The scale 1/(1 − rate) is a factor on the way back too."),
            (slips.gradient_unmasked, "Gradient arrives at dropped units. They had no part in y."),
            (
                slips.gradient_untouched,
                "The gradient goes through as it came. Both factors of y are missing.",
            ),
            (slips.gradient_turned, "The mask is turned round: True means that a unit stays."),
        ]
        mistakes = [(slip(gradient, mask, rate), message) for slip, message in known]
        value = expect_array(function(gradient, mask, rate), mask.shape, "the gradient")
        leaks = np.any(value[~mask] != 0) and np.any(value[mask] == 0)
        if leaks and not any(np.allclose(value, mistaken) for mistaken, _ in mistakes):
            raise Wrong(
                "The zeros stand at other places than the mask's. Use the very mask of the forward "
                "pass, the one that is passed."
            )
        expected = _dropout_gradient(gradient, mask, rate)
        expect_close(value, expected, mistakes, f"the gradient at rate {rate:g}")
    return "A dropped unit learns nothing in this step; the others learn a little more."


def _geometric_mean(probabilities):
    means = np.exp(np.log(probabilities).mean(axis=0))
    return means / means.sum()


@exercise(
    title="The normalised geometric mean of an ensemble",
    reference=_geometric_mean,
    hints=[
        "The geometric mean of m numbers is the m-th root of their product. How does it look after "
        "a logarithm?",
        "The logarithm of the geometric mean is the ordinary mean of the logarithms, over the "
        "masks: `np.log(probabilities).mean(axis=0)`. Then go back with `np.exp`.",
        "The means do not add up to 1: divide them by their sum.",
    ],
    wrong=[
        (slips.arithmetic, "arithmetic"),
        (slips.not_normalised, "add up to 1"),
        (slips.product, "root"),
        (slips.over_classes, "over the masks"),
    ],
)
def geometric_mean(function):
    """Compare for four networks and three classes, then for so many that a product underflows."""
    probabilities = np.array([[0.7, 0.2, 0.1], [0.2, 0.7, 0.1], [0.5, 0.1, 0.4], [0.9, 0.06, 0.04]])
    value = expect_array(function(probabilities), what="the mean")
    expect(
        value.shape == (3,),
        f"Expected one number for each of 3 classes, and received the shape {value.shape}. The "
        "mean goes over the masks, which are the rows.",
    )
    known = [
        (slips.arithmetic, "This is the arithmetic mean. The geometric one averages logarithms."),
        (slips.not_normalised, "These do not add up to 1: divide by their sum."),
        (slips.product, "This is the product. The m-th root is missing."),
    ]
    expect_close(
        value,
        _geometric_mean(probabilities),
        mistakes=[(slip(probabilities), message) for slip, message in known],
        what="the normalised geometric mean",
    )
    many = np.tile(probabilities, (500, 1))
    expect_array(function(many), (3,), "the mean over 2,000 networks")
    expect_close(function(many), value, what="the mean over 2,000 networks")
    return "Averaging logits and taking the softmax gives the same. That is why it is exact."


def _mended_step(network, optimizer, images, labels):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        logits = network(images, training=True)
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
        loss = tf.reduce_mean(losses)
    variables = network.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


@exercise(
    title="Mend the step in which dropout is inert",
    reference=_mended_step,
    hints=[
        "The layer is there and its rate is right. How does a layer know that this is training?",
        "Nobody tells it here. Look at the line that calls the network, and at how this lesson "
        "called `layers.Dropout` before.",
        "`logits = network(images, training=True)`",
    ],
    wrong=[
        (trial.forgets_training, "has to be told"),
        (trial.one_mask_for_ever, "same mask"),
        (trial.outside_the_tape, "outside the tape"),
        (trial.never_applies, "Nothing moved"),
    ],
)
def mend_the_step(function):
    """Step at learning rate 0 to see the masks, then at 0.5 to see the network learn."""
    trial.take_steps(function)
    return "Every step draws its own masks, and the network learns. Say `training=` in every call."
