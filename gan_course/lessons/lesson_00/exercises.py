"""The exercises of lesson 00: how exercises work, and three small ideas that come back later."""

import numpy as np

from gan_course.exercises.core import exercise
from gan_course.exercises.expectations import expect, expect_array, expect_close


def _rescale(pixels):
    return 2 * pixels - 1


@exercise(
    title="Move pixels from 0…1 to −1…1",
    reference=_rescale,
    hints=[
        "The range 0…1 is 1 wide, and −1…1 is 2 wide. What makes a range twice as wide?",
        "Twice as wide is 0…2. Now move it down so that it begins at −1.",
        "`return 2 * pixels - ...`: one number is missing.",
    ],
    wrong=[
        (lambda pixels: 2 * pixels, "0 to 2"),
        (lambda pixels: pixels - 1, "not made wider"),
        (lambda pixels: 2 * (pixels - 1), "before"),
        (lambda pixels: 1 - 2 * pixels, "negative"),
        (lambda pixels: -1, "one number for each pixel"),
    ],
)
def rescale(function):
    """Compare at black, white, grey and values between, in one and in two dimensions."""
    pixels = np.array([0.0, 0.5, 1.0, 0.1])
    values = function(pixels)
    expect(
        np.ndim(values) == 1,
        "Expected one number for each pixel. NumPy does arithmetic on whole arrays: start from "
        "`pixels`, and multiply or add.",
    )
    expect_close(
        values,
        2 * pixels - 1,
        mistakes=[
            (2 * pixels, "Your pixels run from 0 to 2: the width is right. Now move them down."),
            (pixels - 1, "Your pixels run from −1 to 0: moved, but not made wider."),
            (
                2 * (pixels - 1),
                "Your pixels run from −2 to 0. You moved them before you made them wider, so the "
                "move became twice as long.",
            ),
            (1 - 2 * pixels, "Black and white have changed places: this is the negative."),
        ],
        what="the pixels 0, 0.5, 1 and 0.1",
    )
    page = np.linspace(0, 1, 12).reshape(3, 4)
    expect_close(function(page), 2 * page - 1, what="an array of 3 × 4 pixels")
    return "0 became −1, 1 stayed 1, and the middle grey 0.5 became 0."


def _average_digit(images, labels, digit):
    return images[labels == digit].mean(axis=0)


@exercise(
    title="The average image of one digit",
    reference=_average_digit,
    hints=[
        "First choose: `labels == digit` is True where an image shows this digit, and an array "
        "can be indexed with it.",
        "`images[labels == digit]` has shape (m, 28, 28, 1). The average runs over the m images, "
        "so over the first axis.",
        "`return images[labels == digit].mean(axis=...)`: which number is the first axis?",
    ],
    wrong=[
        (lambda images, labels, digit: images.mean(axis=0), "all images"),
        (lambda images, labels, digit: images[labels == digit].mean(), "one number"),
        (lambda images, labels, digit: images[labels == digit].sum(axis=0), "divide"),
        (lambda images, labels, digit: images[labels == digit].mean(axis=1), "axis"),
        (lambda images, labels, digit: images[labels == digit], "every image"),
        (lambda images, labels, digit: images[digit], "place"),
    ],
)
def average_digit(function):
    """Compare on small random images of three classes."""
    random = np.random.default_rng(0)
    images, labels = random.random((12, 5, 4, 1)), np.array([0, 1, 2] * 4)
    for digit in (2, 0):
        chosen = images[labels == digit]
        expect_close(
            function(images, labels, digit),
            chosen.mean(axis=0),
            mistakes=[
                (images.mean(axis=0), "This is the average of all images: choose by label first."),
                (
                    chosen.mean(),
                    "This is one number, the average of all pixels. `mean` needs the axis over "
                    "which it averages.",
                ),
                (chosen.sum(axis=0), "This is the sum of the images: divide by how many."),
                (chosen, "This is every image of the digit: what is missing is the average."),
                (
                    images[digit],
                    "This is the image in place number `digit`, whatever it shows. The labels say "
                    "what an image shows.",
                ),
                *(
                    (
                        chosen.mean(axis=axis),
                        f"The average runs over axis {axis}, which is inside the images. The axis "
                        "of the images themselves is the first one.",
                    )
                    for axis in (1, 2, 3)
                ),
            ],
            what="the average image",
        )
    return "One image, and each of its pixels is the mean of that pixel over all images."


def _posterior(density_0, density_1, prior_1=0.5):
    weighted_0 = (1 - prior_1) * density_0
    weighted_1 = prior_1 * density_1
    return weighted_1 / (weighted_0 + weighted_1)


@exercise(
    title="From p(x | y) to p(y | x)",
    reference=_posterior,
    hints=[
        "Bayes' rule is a share: class 1's part, divided by the parts of both classes.",
        "Class 1's part is its prior times its density. The prior of class 0 is 1 − prior_1.",
        "`weighted_1 = prior_1 * density_1`, likewise `weighted_0`; then "
        "`return weighted_1 / (... + ...)`.",
    ],
    wrong=[
        (lambda density_0, density_1, prior_1=0.5: density_1, "density"),
        (lambda density_0, density_1, prior_1=0.5: density_1 / density_0, "ratio"),
        (
            lambda density_0, density_1, prior_1=0.5: density_1 / (density_0 + density_1),
            "priors",
        ),
        (
            lambda density_0, density_1, prior_1=0.5: 1 - _posterior(density_0, density_1, prior_1),
            "class 0",
        ),
        (
            lambda density_0, density_1, prior_1=0.5: prior_1 * density_1,
            "divide",
        ),
    ],
)
def posterior(function):
    """Compare for equal and for unequal priors, on one pair of densities and on arrays."""
    density_0, density_1 = np.array([0.2, 0.05, 1.5, 0.4]), np.array([0.2, 0.15, 0.3, 2.0])
    for prior_1 in (0.5, 0.1):
        expected = _posterior(density_0, density_1, prior_1)
        mistakes = [
            (density_1, "This is the density p(x | y = 1) itself, which may be larger than 1."),
            (
                density_1 / density_0,
                "This is the ratio of the densities. A probability is a share: divide by the sum.",
            ),
            (1 - expected, "This is the probability of class 0: the other part goes on top."),
            (prior_1 * density_1, "This is class 1's part alone: divide by the sum of both parts."),
        ]
        if prior_1 != 0.5:
            ignored = density_1 / (density_0 + density_1)
            mistakes.append(
                (
                    ignored,
                    "Right when both classes are equally common, but here class 1 has prior 0.1: "
                    "the priors are missing.",
                )
            )
        expect_close(
            function(density_0, density_1, prior_1=prior_1),
            expected,
            mistakes,
            what=f"p(y = 1 | x) for prior_1={prior_1}",
        )
    return (
        "With equal priors it is p₁ / (p₀ + p₁). Remember this fraction: in lesson 05 it is the "
        "best possible discriminator."
    )


def _scale_stored_pixels(stored):
    return stored.astype(np.float32) * 2 / 255 - 1


@exercise(
    title="Mend the scaling of stored pixels",
    reference=_scale_stored_pixels,
    hints=[
        "Print `stored.dtype`, and compute `np.array([200], np.uint8) * 2` in a cell of its own.",
        "uint8 holds whole numbers from 0 to 255 and starts again at 0 beyond that: 2 · 200 = 400 "
        "becomes 400 − 256 = 144. Make the pixels float before you compute with them.",
        "`stored.astype(np.float32)` holds the same pixels as float32; go on from there.",
    ],
    wrong=[
        (lambda stored: stored * 2 / 255 - 1, "wrap"),
        (lambda stored: stored.astype(np.float32) / 255, "0 to 1"),
        (lambda stored: stored.astype(np.float32) * 2 - 1, "255"),
        (lambda stored: (stored.astype(np.float32) * 2 / 255 - 1).astype(np.int8), "rounded"),
    ],
)
def scale_stored_pixels(function):
    """Compare on every value that a stored pixel can have."""
    stored = np.arange(256, dtype=np.uint8).reshape(16, 16)
    right = stored.astype(np.float64) * 2 / 255 - 1
    wrapped = (stored * 2) / 255 - 1
    values = expect_array(function(stored), (16, 16), "the scaled pixels")
    expect(
        not np.allclose(values, np.trunc(right)),
        "The values are rounded to whole numbers: most greys are gone. Return float32.",
    )
    expect_close(
        values,
        right,
        mistakes=[
            (
                wrapped,
                "The bright pixels wrap around: 127 becomes −0.004 and 128 becomes −1. Something "
                "is still computed in uint8.",
            ),
            (right / 2 + 0.5, "Your pixels run from 0 to 1; asked for is −1 to 1."),
            (
                stored * 2.0 - 1,
                "Your pixels run up to 509: divide by 255, the largest stored value.",
            ),
        ],
        what="the scaled pixels",
        atol=1e-5,
    )
    return (
        "Every one of the 256 values is right. A check of the range alone would have passed the "
        "bug: its values lay between −1 and 1 too."
    )
