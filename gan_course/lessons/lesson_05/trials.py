"""The longer checks of lesson 05: both gradients of the generator, and a loss with two means."""

import numpy as np

from gan_course.exercises.expectations import expect, expect_array, expect_close
from gan_course.lessons.lesson_05 import slips

GRADIENT_SLIPS = (
    (slips.swapped_gradients, "These are the two in the other order: minimax first."),
    (slips.uphill_gradients, "The sign is turned: both losses fall as the logit rises."),
    (
        slips.gradients_of_d,
        "These are derivatives with respect to D. Multiply by dD/dℓ = D (1 − D).",
    ),
    (
        slips.only_the_sigmoid,
        "D (1 − D) is the slope of the sigmoid. The outer derivative, 1/(1 − D) or 1/D, makes one "
        "of the factors cancel.",
    ),
)
LOSS_SLIPS = (
    (
        slips.pooled_loss,
        "There is still one mean over everything, so 30 real examples outvote 10 fakes.",
    ),
    (
        slips.pooled_twice,
        "This is right for as many real examples as fakes, and only then. Here are 30 and 10.",
    ),
    (
        slips.halved_loss,
        "Both means are there, and the result is half of −V. Its best D is right; leave the ½ "
        "out, so that 2 log 2 stays the loss of a coin.",
    ),
    (slips.summed_loss, "This is a sum over examples: take two means."),
    (slips.labels_swapped, "Real and fake are swapped: real examples should get a high D."),
    (
        slips.cut_to_the_shorter,
        "Real examples are left out to make the numbers equal. No need: two means.",
    ),
)


def both_gradients(function):
    """Compare the learner's two gradients with finite differences at several logits.

    Args:
        function: The learner's; takes logits (n,), returns the gradients of minimax and of the
            non-saturating loss, each (n,).

    Raises:
        Wrong: At the first that differs, with the mistake that explains it.
    """
    logits, h = np.array([-6.0, -1.0, 0.5, 4.0]), 1e-5
    losses = (lambda ell: -np.logaddexp(0, ell), lambda ell: np.logaddexp(0, -ell))
    answer = function(logits)
    expect(
        isinstance(answer, (tuple, list)) and len(answer) == 2,
        "Return two arrays: `return minimax, non_saturating`.",
    )
    for index, name in enumerate(("the minimax gradient", "the non-saturating gradient")):
        measured = (losses[index](logits + h) - losses[index](logits - h)) / (2 * h)
        mistakes = [(slip(logits)[index], message) for slip, message in GRADIENT_SLIPS]
        expect_close(answer[index], measured, mistakes, name, rtol=1e-4)


def two_means(function, reference):
    """Compare the learner's loss on 30 real and 10 fake logits, then with the real ones copied.

    Args:
        function: The learner's; takes real logits (n,) and fake logits (m,).
        reference: The right one.

    Raises:
        Wrong: If the loss differs, or depends on how many examples there are of each.
    """
    rng = np.random.default_rng(5)
    real, fake = rng.normal(1.0, 1.5, 30), rng.normal(-0.5, 1.0, 10)
    value = expect_array(function(real, fake), (), "the loss")
    mistakes = [(slip(real, fake), message) for slip, message in LOSS_SLIPS]
    what = "the loss for 30 real and 10 fake logits"
    expect_close(value, reference(real, fake), mistakes, what)
    copied = function(np.tile(real, 3), fake)
    expect_close(copied, value, what="the loss after copying every real example three times")
