"""The longer checks of lesson 01: a walk with the learner's Adam, a step with the mended line."""

import numpy as np

from gan_course.exercises.answers import Wrong
from gan_course.exercises.expectations import expect, expect_array, expect_close
from gan_course.lessons.lesson_01 import slips

ADAM = (0.1, 0.8, 0.99, 1e-8)  # learning rate, beta_1, beta_2, epsilon
ADAM_SLIPS = (
    (slips.adam_uncorrected, "The bias correction is missing: m and v start at 0."),
    (slips.adam_without_power, "Raise β to the power t: 1 − β^t, which grows towards 1."),
    (slips.adam_without_root, "Divide by the square root of v̂: v̂ is a mean of squares."),
    (slips.adam_uphill, "This walks uphill: the move is subtracted."),
)
LINE_SLIPS = (
    (slips.unmended_step, "There are still (n, n) errors for n examples."),
    (
        slips.half_mended_step,
        "The errors are mended, but `errors * inputs` is still (n,) times (n, 1).",
    ),
    (slips.summed_step, "The shapes are right. Take the mean, as before, not the sum."),
)


def walk_with_adam(function, reference):
    """Take four steps with changing gradients, and compare position, m and v after each.

    Args:
        function: The learner's step; takes (position, gradient, m, v, t, learning_rate, beta_1,
            beta_2, epsilon).
        reference: The right one.

    Raises:
        Wrong: At the first value that differs, with the mistake that explains it.
    """
    position, m, v = np.array([2.0, -1.0]), np.zeros(2), np.zeros(2)
    gradients = np.array([[3.0, -0.1], [1.0, 0.2], [-2.0, 0.3], [0.5, 0.1]])
    for t, gradient in enumerate(gradients, start=1):
        now = (position, gradient, m, v, t, *ADAM)
        answer = function(*now)
        expect(
            isinstance(answer, (tuple, list)) and len(answer) == 3,
            "Return three things: `position, m, v`.",
        )
        right = reference(*now)
        mistakes = [(slip(*now)[0], message) for slip, message in ADAM_SLIPS]
        expect_close(answer[0], right[0], mistakes, f"the position after step {t}")
        corrected = slips.adam_returns_corrected(*now)
        for index, name in ((1, "m"), (2, "v")):
            message = f"Return {name} as it was before the correction; the next step needs it."
            mistakes = [(corrected[index], message)]
            expect_close(answer[index], right[index], mistakes, f"{name} after step {t}")
        position, m, v = right


def step_on_a_line(function, reference):
    """Take one step with inputs (n, 1) and targets (n,), then with targets (n, 1).

    Args:
        function: The learner's step; takes (weight, bias, inputs, targets, learning_rate).
        reference: The right one.

    Raises:
        Wrong: At the first value that differs, with the mistake that explains it.
    """
    inputs = np.random.default_rng(1).uniform(-1, 2, (6, 1))
    targets = 3 * inputs[:, 0] - 1
    for shaped in (targets, targets[:, np.newaxis]):
        answer = function(0.5, 0.25, inputs, shaped, 0.1)
        expect(
            isinstance(answer, (tuple, list)) and len(answer) == 2,
            "Return two numbers: `weight, bias`.",
        )
        names = ("the new weight", "the new bias")
        answer = [expect_array(part, (), name) for part, name in zip(answer, names, strict=True)]
        right = reference(0.5, 0.25, inputs, shaped, 0.1)
        if np.allclose(answer, right):
            continue
        for slip, message in LINE_SLIPS:
            if np.allclose(answer, slip(0.5, 0.25, inputs, targets, 0.1)):
                raise Wrong(message)
        for part, expected, name in zip(answer, right, names, strict=True):
            expect_close(part, expected, what=f"{name} for targets of shape {shaped.shape}")
