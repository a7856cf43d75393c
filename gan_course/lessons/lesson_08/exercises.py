"""The exercises of lesson 08, the conditional GAN."""

import numpy as np

from gan_course.exercises import comparison


def _beside_z(z, labels, num_classes=10):
    rows = np.eye(num_classes)[labels]
    return np.concatenate([z, rows], axis=1)


def _batches():
    rng = np.random.default_rng(0)
    return [
        (rng.normal(size=(4, 10)), np.array([3, 0, 9, 3])),
        (rng.normal(size=(2, 5)), np.array([2, 0]), 3),
        (rng.normal(size=(3, 2)), np.array([1, 0, 2]), 5),
    ]


label_beside_z = comparison(
    "8.1",
    "Stand the label beside the noise",
    reference=_beside_z,
    cases=_batches(),
    what="the rows for the labels {labels} and num_classes={num_classes}",
    slips=[
        (
            lambda z, labels, n=10: np.concatenate([z, labels[:, np.newaxis]], axis=1),
            "There is one column with the class number. As a number, 9 would be three times as "
            "much as 3, and 8 nearly a 9. Give each class a place of its own: one-hot rows.",
        ),
        (
            lambda z, labels, n=10: np.concatenate([np.eye(n)[labels], z], axis=1),
            "Put z first, and the label's row behind it.",
        ),
        (
            lambda z, labels, n=10: _beside_z(z, labels - 1, n),
            "The 1 stands one place too far left: label 0 belongs to the first place.",
        ),
        (
            lambda z, labels, n=10: np.concatenate([z, np.eye(n)[labels]]),
            "The rows stand below z. Join along the columns: axis=1.",
        ),
        (
            lambda z, labels, n=10: _beside_z(z, labels, 10),
            "The rows have ten places whatever `num_classes` is: use the argument.",
        ),
        (
            lambda z, labels, n=10: _beside_z(z, labels, labels.max() + 1),
            "The rows end at the highest label of the batch. A batch may lack the last classes: "
            "there are `num_classes` places whatever occurs.",
        ),
    ],
    hints=[
        "Two steps: make a one-hot row for each label, then join z and the rows.",
        "`np.eye(num_classes)` is a matrix whose row c is the one-hot row of class c. Index it "
        "with the labels.",
        "`np.concatenate([z, rows], axis=1)` joins along the columns.",
    ],
    praise="One vector for each image: what to draw in the last places, how in the first ones.",
)


def _discriminator_pairs(real_images, fake_images, labels):
    count = len(labels)
    images = np.concatenate([real_images, fake_images])
    pair_labels = np.concatenate([labels, labels])
    targets = np.concatenate([np.ones((count, 1)), np.zeros((count, 1))])
    return images, pair_labels, targets


def _with_part(number, make):
    """Return a function that gives the right pairs, but for one of the three parts."""

    def pairs(real_images, fake_images, labels):
        parts = list(_discriminator_pairs(real_images, fake_images, labels))
        parts[number] = make(real_images, labels)
        return parts

    return pairs


def _fakes_first(real_images, fake_images, labels):
    images, pair_labels, targets = _discriminator_pairs(fake_images, real_images, labels)
    return images, pair_labels, 1 - targets


def _few_images():
    rng = np.random.default_rng(1)
    sizes = (([7, 2, 5], (2, 3, 4, 4, 1)), ([0, 9], (2, 2, 2, 2, 1)))
    return [(*rng.normal(size=size), np.array(labels)) for labels, size in sizes]


discriminator_pairs = comparison(
    "8.2",
    "The pairs that the discriminator judges",
    reference=_discriminator_pairs,
    cases=_few_images(),
    parts=("images", "labels", "targets"),
    what="for the labels {labels}",
    slips=[
        (
            _with_part(0, lambda real, labels: real),
            "There are as many images as real ones. The fakes are missing.",
        ),
        (
            _with_part(1, lambda real, labels: labels),
            "Give as many labels as images. The fakes need theirs too.",
        ),
        (
            _with_part(1, lambda real, labels: np.concatenate([labels, labels[::-1]])),
            "Each fake must stand beside the label that it was drawn for, in the same order.",
        ),
        (
            _with_part(1, lambda real, labels: np.repeat(labels, 2)),
            "Each label stands twice in a row here. The images do not: first all real ones, then "
            "all fakes. So all labels come once, and then all of them again.",
        ),
        (
            _fakes_first,
            "The fakes come first here. Put the real images first, and their targets too.",
        ),
        (
            _with_part(2, lambda real, labels: np.tile(labels, 2)[:, np.newaxis]),
            "These targets are digits. The discriminator answers one question, real or fake: 1 or "
            "0. The digit is part of the question.",
        ),
        (
            _with_part(2, lambda real, labels: np.repeat([[0.0], [1.0]], len(labels), axis=0)),
            "Fakes are called 1 here. That is the generator's wish; the discriminator is told the "
            "truth, real = 1 and fake = 0.",
        ),
    ],
    hints=[
        "2n pairs: first the real images, each with its label, then the fakes, each with the label "
        "that it was drawn for.",
        "The labels occur twice, in the same order. The targets say real or fake, 1 or 0, and "
        "nothing about digits.",
        "`np.concatenate([labels, labels])`, and for the targets `np.ones((n, 1))` above "
        "`np.zeros((n, 1))`.",
    ],
    praise="A binary question on pairs. The digit is part of the question, not of the answer.",
)


def _obedience(asked, read, num_classes=10):
    hits = np.bincount(asked[asked == read], minlength=num_classes)
    return hits / np.bincount(asked, minlength=num_classes)  # 0 / 0 is nan: no share


def _hits(asked, read, num_classes):
    return np.bincount(asked[asked == read], minlength=num_classes)


def _some_samples():
    """Return samples with mistakes; in two the top digit is never hit, or never asked for."""
    asked = np.repeat(np.arange(10), 4)
    read = asked.copy()
    read[[5, 14, 15, 37]] = [7, 5, 3, 4]
    few = (np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    unhit = (np.array([0, 1, 1, 2, 2]), np.array([0, 1, 2, 0, 1]), 3)
    return [(asked, read), few, unhit, (np.array([0, 1, 1]), np.array([0, 1, 2]), 3)]


obedience = comparison(
    "8.3",
    "The share read as asked, for each digit",
    reference=_obedience,
    cases=_some_samples(),
    what="the shares for num_classes={num_classes}",
    slips=[
        (
            lambda asked, read, n=10: np.mean(asked == read),
            "This is one number for all digits; expected one share for each.",
        ),
        (
            lambda asked, read, n=10: _obedience(read, asked, n),
            "This divides by how often a digit was read: of what looks like a 3, how much was "
            "asked to be one. Here the question is the other way round.",
        ),
        (
            lambda asked, read, n=10: _hits(asked, read, n),
            "These are counts. Divide by how often each digit was asked for.",
        ),
        (
            lambda asked, read, n=10: _hits(asked, read, n) / len(asked),
            "Divide by how often the digit was asked for, not by all samples.",
        ),
        (
            lambda asked, read, n=10: np.bincount(read, minlength=n) / len(read),
            "This is how often each digit was read, asked for or not.",
        ),
        (
            lambda asked, read, n=10: [
                np.mean((asked == digit) == (read == digit)) for digit in range(n)
            ],
            "This also counts samples that were asked to be another digit. Look only at those "
            "where `asked == digit`.",
        ),
        (
            lambda asked, read, n=10: _hits(asked, read, 0) / np.bincount(asked),
            "`np.bincount` ends at the highest number that occurs, so it falls short where the top "
            "digit is never read as asked. Give it `minlength=num_classes`.",
        ),
        (
            lambda asked, read, n=10: [
                np.mean(read[asked == digit] == digit) for digit in np.unique(asked)
            ],
            "`np.unique(asked)` holds the digits that were asked for, and one may be missing. "
            "Return `num_classes` shares; that of a digit never asked for is `np.nan`.",
        ),
        (
            lambda asked, read, n=10: np.nan_to_num(_obedience(asked, read, n)),
            "A digit that was never asked for has no share: 0 would say that it was never drawn "
            "right. Return `np.nan` for it.",
        ),
    ],
    hints=[
        "For one digit: look at the samples that were asked to be it. Which share is read so?",
        "`asked == digit` picks these samples: `read[asked == digit]`.",
        "The mean of `read[asked == digit] == digit`, for each digit in turn.",
    ],
    praise="Ten shares. A generator that always draws sevens would get 1 for 7 and 0 elsewhere.",
)


def _mended_label_maps(labels, num_classes=10, height=28, width=28):
    from keras import ops

    rows = ops.one_hot(labels, num_classes)
    return ops.tile(rows[:, None, None, :], (1, height, width, 1))


def _tiled(labels, num_classes=10, height=28, width=28):
    """Return the bug of the lesson: the whole batch's rows, one after another, in every image."""
    rows = np.eye(num_classes)[labels]
    return np.tile(rows, (height * width, 1)).reshape(-1, height, width, num_classes)


def _bands(labels, num_classes=10, height=28, width=28):
    rows = np.eye(num_classes)[labels]
    return np.repeat(rows, height * width, axis=1).reshape(-1, height, width, num_classes)


mend_the_maps = comparison(
    "8.4",
    "Mend the label maps",
    reference=_mended_label_maps,
    cases=[
        (np.array([3, 8], np.int32), 10, 4, 4),
        (np.array([0, 1, 2, 1, 0], np.int32), 3, 5, 2),
        (np.array([7, 1], np.int32),),
    ],
    what="the maps of the labels {labels}",
    slips=[
        (
            _bands,
            "The maps of an image are not constant, they show a band: each number of the row was "
            "repeated by itself. Repeat the row as a whole.",
        ),
        (
            _tiled,
            "At the pixels of an image stand the labels of other images of the batch. Repeat each "
            "row over height and width, not along the batch.",
        ),
        (
            lambda labels, n=10, h=28, w=28: np.moveaxis(
                _mended_label_maps(labels, n, h, w), -1, 1
            ),
            "The classes belong on the last axis: (batch, height, width, num_classes).",
        ),
        (
            lambda labels, n=10, h=28, w=28: np.ones((len(labels), h, w, n)),
            "All maps are 1: they tell nothing of the label.",
        ),
    ],
    hints=[
        "Print the maps of the labels [3, 8] for height = width = 2. Which row stands at each "
        "pixel of the first image?",
        "The row of an image has to be repeated over its own height and width, never along the "
        "batch. Give it two axes of length 1 first: `rows[:, None, None, :]`.",
        "`ops.tile(rows[:, None, None, :], (1, height, width, 1))`.",
    ],
    praise="At every pixel of an image stands its own label, whatever else is in the batch.",
)


def _blend_rows(first_row, second_row, shares):
    shares = np.asarray(shares)[:, np.newaxis]
    return (1 - shares) * first_row + shares * second_row


def _blend_numbers(first_row, second_row, shares):
    first, second = np.argmax(first_row), np.argmax(second_row)
    return np.eye(len(first_row))[np.rint((1 - shares) * first + shares * second).astype(int)]


_QUARTERS = np.array([0.0, 0.25, 0.5, 1.0])

blend_rows = comparison(
    "8.5",
    "Rows between two labels",
    reference=_blend_rows,
    cases=[  # as many shares as places come first: there a forgotten axis raises nothing
        (np.eye(4)[2], np.eye(4)[0], _QUARTERS),
        (np.eye(10)[3], np.eye(10)[8], np.array([0.1, 0.6, 1.0])),
    ],
    what="the rows for the shares {shares}",
    slips=[
        (
            lambda first, second, shares: (1 - shares) * first + shares * second,
            "Make the shares a column, `shares[:, np.newaxis]`: one row for each share.",
        ),
        (
            lambda first, second, shares: _blend_rows(second, first, shares),
            "This begins at the second label: share 0 is first.",
        ),
        (
            lambda first, second, shares: first + np.outer(shares, second),
            "The rows do not add up to 1: as the second label comes, the first must go.",
        ),
        (
            _blend_numbers,
            "This passes through the digits between the two, each whole. Mix the rows, not the "
            "class numbers.",
        ),
        (
            lambda first, second, shares: _blend_rows(first, second, _QUARTERS),
            "These are the shares 0, ¼, ½, 1 whatever is asked for: use the argument `shares`.",
        ),
    ],
    hints=[
        "At share 0 the row is the first label's, at share 1 the second's. And at ½?",
        "Each row is (1 − share) · first + share · second.",
        "Make the shares a column, so that NumPy makes a row for each: `shares[:, np.newaxis]`.",
    ],
    praise="In training the generator has seen whole labels only; you ask it for something new.",
)
