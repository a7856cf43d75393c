"""The exercises of lesson 08, the conditional GAN."""

import numpy as np

from gan_course.exercises.answers import Wrong
from gan_course.exercises.core import exercise
from gan_course.exercises.expectations import expect_array, expect_close
from gan_course.lessons.lesson_08 import slips, trials


def _beside_z(z, labels, num_classes=10):
    rows = np.eye(num_classes)[labels]
    return np.concatenate([z, rows], axis=1)


@exercise(
    title="Stand the label beside the noise",
    reference=_beside_z,
    hints=[
        "Two steps: make a one-hot row for each label, then join z and the rows.",
        "`np.eye(num_classes)` is a matrix whose row c is the one-hot row of class c. Index it "
        "with the labels.",
        "`np.concatenate([z, rows], axis=1)` joins along the columns.",
    ],
    wrong=[
        (slips.label_as_a_number, "one column"),
        (slips.row_before_z, "z first"),
        (slips.counted_from_one, "label 0"),
        (slips.rows_below_z, "axis=1"),
        (slips.always_ten_places, "use the argument"),
    ],
)
def label_beside_z(function):
    """Compare on two batches, one with other numbers of classes and latent values."""
    rng = np.random.default_rng(0)
    for labels, latent_dim, num_classes in (([3, 0, 9, 3], 10, 10), ([2, 0], 5, 3)):
        asked = rng.normal(size=(len(labels), latent_dim)), np.array(labels), num_classes
        expected = _beside_z(*asked)
        given = expect_array(function(*asked), what="the rows")
        if given.shape == (len(labels), latent_dim + 1):
            raise Wrong(
                "There is one column with the class number. As a number, 9 would be three times "
                "as much as 3, and 8 nearly a 9. Give each class a place of its own: one-hot rows."
            )
        if given.shape[0] == 2 * len(labels):
            raise Wrong("The rows stand below z. Join along the columns: axis=1.")
        expect_close(
            given,
            expected,
            what="the rows",
            mistakes=[
                (slips.row_before_z(*asked), "Put z first, and the label's row behind it."),
                (
                    slips.counted_from_one(*asked),
                    "The 1 stands one place too far left: label 0 belongs to the first place.",
                ),
                (
                    slips.always_ten_places(*asked),
                    "The rows have ten places whatever `num_classes` is: use the argument.",
                ),
            ],
        )
    return "One vector for each image: what to draw in the last places, how in the first ones."


def _discriminator_pairs(real_images, fake_images, labels):
    count = len(labels)
    images = np.concatenate([real_images, fake_images])
    pair_labels = np.concatenate([labels, labels])
    targets = np.concatenate([np.ones((count, 1)), np.zeros((count, 1))])
    return images, pair_labels, targets


@exercise(
    title="The pairs that the discriminator judges",
    reference=_discriminator_pairs,
    hints=[
        "2n pairs: first the real images, each with its label, then the fakes, each with the label "
        "that it was drawn for.",
        "The labels occur twice, in the same order. The targets say real or fake, 1 or 0, and "
        "nothing about digits.",
        "`np.concatenate([labels, labels])`, and for the targets `np.ones((n, 1))` above "
        "`np.zeros((n, 1))`.",
    ],
    wrong=[
        (slips.turned_targets, "the generator's wish"),
        (slips.shuffled_labels, "drawn for"),
        (slips.labels_once, "as many labels as images"),
        (slips.labels_as_targets, "real or fake"),
        (slips.real_images_only, "The fakes are missing"),
    ],
)
def discriminator_pairs(function):
    """Look at the images, the labels and the targets in turn."""
    trials.judge_pairs(function)
    return "A binary question on pairs. No pair says that a label is wrong; it is learned anyway."


def _obedience(asked, read, num_classes=10):
    asked, read = np.asarray(asked), np.asarray(read)
    return np.array([np.mean(read[asked == digit] == digit) for digit in range(num_classes)])


@exercise(
    title="The share read as asked, for each digit",
    reference=_obedience,
    hints=[
        "For one digit: look at the samples that were asked to be it. Which share is read so?",
        "`asked == digit` picks these samples: `read[asked == digit]`.",
        "The mean of `read[asked == digit] == digit`, for each digit in turn.",
    ],
    wrong=[
        (slips.overall_share, "one number for all"),
        (slips.share_of_read, "the other way round"),
        (slips.hits, "counts"),
        (slips.hits_over_all, "all samples"),
        (slips.shares_of_digits, "how often each digit was read"),
        (slips.one_against_the_rest, "asked to be another digit"),
    ],
)
def obedience(function):
    """Compare on samples with mistakes of several kinds, and with another number of classes."""
    asked = np.repeat(np.arange(10), 4)
    read = asked.copy()
    read[[5, 14, 15, 37]] = [7, 5, 3, 4]
    result = function(asked, read)
    if np.ndim(result) == 0:
        raise Wrong("This is one number for all digits; expected one share for each of the ten.")
    expected = _obedience(asked, read)
    known = [
        (
            slips.share_of_read,
            "This divides by how often a digit was read: of what looks like a 3, how much was "
            "asked to be one. Here the question is the other way round.",
        ),
        (slips.hits, "These are counts. Divide by how often each digit was asked for."),
        (slips.hits_over_all, "Divide by how often the digit was asked for, not by all samples."),
        (slips.shares_of_digits, "This is how often each digit was read, asked for or not."),
        (
            slips.one_against_the_rest,
            "This also counts samples that were asked to be another digit. Look only at those "
            "where `asked == digit`.",
        ),
    ]
    mistakes = [(mistaken(asked, read), message) for mistaken, message in known]
    expect_close(result, expected, mistakes, what="the shares")
    expect_close(
        function(np.array([0, 0, 1]), np.array([0, 1, 1]), 2), [0.5, 1.0], what="the shares"
    )
    return "Ten shares. A generator that always draws sevens would get 1 for 7 and 0 elsewhere."


def _blend_rows(first_row, second_row, shares):
    shares = np.asarray(shares)[:, np.newaxis]
    return (1 - shares) * first_row + shares * second_row


@exercise(
    title="Rows between two labels",
    reference=_blend_rows,
    hints=[
        "At share 0 the row is the first label's, at share 1 the second's. And at ½?",
        "Each row is (1 − share) · first + share · second.",
        "Make the shares a column, so that NumPy makes a row for each: `shares[:, np.newaxis]`.",
    ],
    wrong=[
        (slips.blend_without_a_column, "a column"),
        (slips.blend_turned, "begins at the second"),
        (slips.blend_of_sums, "add up to 1"),
        (slips.blend_of_numbers, "digits between"),
    ],
)
def blend_rows(function):
    """Compare on rows of four and of ten numbers, with uneven shares.

    The row of four comes first: with four shares, a forgotten axis raises nothing there.
    """
    shares = np.array([0.0, 0.25, 0.5, 1.0])
    for width, first, second in ((4, 2, 0), (10, 3, 8)):
        asked = np.eye(width)[first], np.eye(width)[second], shares
        rows = expect_array(function(*asked), what="the rows")
        if rows.shape == shares.shape:
            raise Wrong(
                "Make the shares a column, `shares[:, np.newaxis]`: one row for each share."
            )
        expect_close(
            rows,
            _blend_rows(*asked),
            what="the rows",
            mistakes=[
                (slips.blend_turned(*asked), "This begins at the second label: share 0 is first."),
                (
                    slips.blend_of_sums(*asked),
                    "The rows do not add up to 1: as the second label comes, the first must go.",
                ),
                (
                    slips.blend_of_numbers(*asked),
                    "This passes through the digits between the two, each whole. Mix the rows, not "
                    "the class numbers.",
                ),
            ],
        )
    return "In training the generator has seen whole labels only; you ask it for something new."


def _mended_label_maps(labels, num_classes=10, height=28, width=28):
    from keras import ops

    rows = ops.one_hot(labels, num_classes)
    return ops.tile(rows[:, None, None, :], (1, height, width, 1))


@exercise(
    title="Mend the label maps",
    reference=_mended_label_maps,
    hints=[
        "Print the maps of the labels [3, 8] for height = width = 2. Which row stands at each "
        "pixel of the first image?",
        "The row of an image has to be repeated over its own height and width, never along the "
        "batch. Give it two axes of length 1 first: `rows[:, None, None, :]`.",
        "`ops.tile(rows[:, None, None, :], (1, height, width, 1))`.",
    ],
    wrong=[
        (slips.maps_along_the_batch, "labels of other images"),
        (slips.maps_in_bands, "band"),
        (slips.maps_channels_first, "last axis"),
        (slips.maps_all_white, "tell nothing"),
    ],
)
def mend_the_maps(function):
    """Compare the maps of two batches with the label's own row at every pixel."""
    trials.judge_maps(function)
    return "At every pixel of an image stands its own label, whatever else is in the batch."
