"""The exercises of lesson 00: how exercises work, and three small ideas that come back later."""

import numpy as np

from gan_course.exercises import comparison


def _rescale(pixels):
    return 2 * pixels - 1


rescale = comparison(
    "0.1",
    "Move pixels from 0…1 to −1…1",
    reference=_rescale,
    cases=[
        (np.array([0.0, 0.5, 1.0, 0.1]),),
        (np.linspace(0, 1, 12).reshape(3, 4),),
        (np.array([0.2, 0.6, 0.5]),),  # neither black nor white
    ],
    what="the new pixels of {pixels}",
    slips=[
        (
            lambda pixels: 2 * pixels,
            "Your pixels run from 0 to 2: the width is right. Now move them down.",
        ),
        (
            lambda pixels: pixels - 1,
            "Your pixels run from −1 to 0: moved, but not made wider.",
        ),
        (
            lambda pixels: 2 * (pixels - 1),
            "Your pixels run from −2 to 0. You moved them before you made them wider, so the move "
            "became twice as long.",
        ),
        (
            lambda pixels: 1 - 2 * pixels,
            "Black and white have changed places: this is the negative.",
        ),
        (
            lambda pixels: 2 * (pixels - pixels.min()) / (pixels.max() - pixels.min()) - 1,
            "You made the darkest of the pixels −1 and the brightest 1, so a grey picture gets "
            "black and white in it. 0 should become −1 and 1 stay 1, whatever else is there.",
        ),
        (
            lambda pixels: -1,
            "Expected one number for each pixel. NumPy does arithmetic on whole arrays: start from "
            "`pixels`, and multiply or add.",
        ),
    ],
    hints=[
        "The range 0…1 is 1 wide, and −1…1 is 2 wide. What makes a range twice as wide?",
        "Twice as wide is 0…2. Now move it down so that it begins at −1.",
        "`return 2 * pixels - ...`: one number is missing.",
    ],
    praise="0 became −1, 1 stayed 1, and the middle grey 0.5 became 0.",
)


def _average_digit(images, labels, digit):
    return images[labels == digit].mean(axis=0)


def _some_digits():
    images, labels = np.random.default_rng(0).random((12, 28, 28, 1)), np.array([0, 7, 2] * 4)
    return [(images, labels, digit) for digit in (2, 7, 0)]


average_digit = comparison(
    "0.2",
    "The average image of one digit",
    reference=_average_digit,
    cases=_some_digits(),
    what="the average image",
    slips=[
        (
            lambda images, labels, digit: images.mean(axis=0),
            "This is the average of all images: choose by label first.",
        ),
        (
            lambda images, labels, digit: images[labels == 7].mean(axis=0),
            "This is the average seven, whatever digit is asked for: compare with `digit`.",
        ),
        (
            lambda images, labels, digit: images[labels == digit].mean(),
            "This is one number, the average of all pixels. `mean` needs the axis over which it "
            "averages.",
        ),
        (
            lambda images, labels, digit: images[labels == digit].sum(axis=0),
            "This is the sum of the images: divide by how many.",
        ),
        (
            lambda images, labels, digit: images[labels == digit],
            "This is every image of the digit: what is missing is the average.",
        ),
        (
            lambda images, labels, digit: images[digit],
            "This is the image in place number `digit`, whatever it shows. The labels say what an "
            "image shows.",
        ),
        *(
            (
                lambda images, labels, digit, axis=axis: images[labels == digit].mean(axis=axis),
                f"The average runs over axis {axis}, which is inside the images. The axis of the "
                "images themselves is the first one.",
            )
            for axis in (1, 2, 3)
        ),
    ],
    hints=[
        "First choose: `labels == digit` is True where an image shows this digit, and an array "
        "can be indexed with it.",
        "`images[labels == digit]` has shape (m, 28, 28, 1). The average runs over the m images, "
        "so over the first axis.",
        "`return images[labels == digit].mean(axis=...)`: which number is the first axis?",
    ],
    praise="One image, and each of its pixels is the mean of that pixel over all images.",
)


def _posterior(density_0, density_1, prior_1=0.5):
    weighted_0 = (1 - prior_1) * density_0
    weighted_1 = prior_1 * density_1
    return weighted_1 / (weighted_0 + weighted_1)


DENSITIES = np.array([0.2, 0.05, 1.5, 0.4]), np.array([0.2, 0.15, 0.3, 2.0])

posterior = comparison(
    "0.4",
    "From p(x | y) to p(y | x)",
    reference=_posterior,
    cases=[DENSITIES, (*DENSITIES, 0.1), (0.2, 0.3, 0.9)],
    what="p(y = 1 | x) for prior_1={prior_1}",
    slips=[
        (
            lambda p0, p1, prior=0.5: p1,
            "This is the density p(x | y = 1) itself, which may be larger than 1.",
        ),
        (
            lambda p0, p1, prior=0.5: p1 / p0,
            "This is the ratio of the densities. A probability is a share: divide by the sum.",
        ),
        (
            lambda p0, p1, prior=0.5: p1 / (p0 + p1),
            "Right when both classes are equally common, but not when class 1 has prior 0.1: "
            "weigh each density with the prior of its own class.",
        ),
        (
            lambda p0, p1, prior=0.5: _posterior(p0, p1, 1 - prior),
            "Each class has the prior of the other one: class 1's is `prior_1`.",
        ),
        (
            lambda p0, p1, prior=0.5: 1 - _posterior(p0, p1, prior),
            "This is the probability of class 0: the other part goes on top.",
        ),
        (
            lambda p0, p1, prior=0.5: prior * p1,
            "This is class 1's part alone: divide by the sum of both parts.",
        ),
    ],
    hints=[
        "Bayes' rule is a share: class 1's part, divided by the parts of both classes.",
        "Class 1's part is its prior times its density. The prior of class 0 is 1 − prior_1.",
        "`weighted_1 = prior_1 * density_1`, likewise `weighted_0`; then "
        "`return weighted_1 / (... + ...)`.",
    ],
    praise="With equal priors it is p₁ / (p₀ + p₁). Remember this fraction: in lesson 05 it is the "
    "best possible discriminator.",
)


def _scale_stored_pixels(stored):
    return stored.astype(np.float32) * 2 / 255 - 1


scale_stored_pixels = comparison(
    "0.3",
    "Mend the scaling of stored pixels",
    reference=_scale_stored_pixels,
    cases=[
        (np.array([[0, 20, 100, 180]], dtype=np.uint8),),  # few: a message shows them
        (np.arange(256, dtype=np.uint8).reshape(16, 16),),  # every value a stored pixel can have
    ],
    what="the scaled pixels of {stored}",
    slips=[
        (
            lambda stored: stored * 2 / 255 - 1,
            "The bright pixels wrap around: 127 becomes −0.004 and 128 becomes −1. Something is "
            "still computed in uint8.",
        ),
        (
            lambda stored: stored / 255,
            "Your pixels run from 0 to 1; asked for is −1 to 1.",
        ),
        (
            lambda stored: stored * 2.0 - 1,
            "Your pixels run up to 509: divide by 255, the largest stored value.",
        ),
        (
            lambda stored: stored * 2.0 / 255,
            "Your pixels run from 0 to 2: the width is right. Now move them down.",
        ),
        (
            lambda stored: stored * 2.0 / stored.max() - 1,
            "You divide by the brightest pixel that is there. Divide by 255, the largest value "
            "that a stored pixel can have.",
        ),
        (
            lambda stored: _scale_stored_pixels(stored).astype(np.int8),
            "The values are rounded to whole numbers: most greys are gone. Return float32.",
        ),
    ],
    hints=[
        "Print `stored.dtype`, and compute `np.array([200], np.uint8) * 2` in a cell of its own.",
        "uint8 holds whole numbers from 0 to 255 and starts again at 0 beyond that: 2 · 200 = 400 "
        "becomes 400 − 256 = 144. Make the pixels float before you compute with them.",
        "`stored.astype(np.float32)` holds the same pixels as float32; go on from there.",
    ],
    praise="Every one of the 256 values is right. A check of the range alone would have passed the "
    "bug: its values lay between −1 and 1 too.",
)
