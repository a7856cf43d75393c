"""What learners of lesson 08 get wrong first: the tests hold each against its message."""

import numpy as np


def label_as_a_number(z, labels, num_classes=10):
    """One column that holds the class number."""
    return np.concatenate([z, np.asarray(labels)[:, np.newaxis]], axis=1)


def row_before_z(z, labels, num_classes=10):
    """The label's row stands first."""
    return np.concatenate([np.eye(num_classes)[labels], z], axis=1)


def counted_from_one(z, labels, num_classes=10):
    """Label 0 sets the last place."""
    return np.concatenate([z, np.eye(num_classes)[np.asarray(labels) - 1]], axis=1)


def always_ten_places(z, labels, num_classes=10):
    """Forgets the argument."""
    return np.concatenate([z, np.eye(10)[labels]], axis=1)


def rows_below_z(z, labels, num_classes=10):
    """Joined along the batch: the widths do not fit."""
    rows = np.eye(num_classes)[labels]
    width = max(z.shape[1], num_classes)
    padded = [np.pad(part, ((0, 0), (0, width - part.shape[1]))) for part in (z, rows)]
    return np.concatenate(padded, axis=0)


def turned_targets(real_images, fake_images, labels):
    """Fakes are called real: the generator's wish, not the discriminator's task."""
    images, labels, targets = _pairs(real_images, fake_images, labels)
    return images, labels, 1 - targets


def shuffled_labels(real_images, fake_images, labels):
    """The fakes stand beside labels they were not drawn for."""
    images, both, targets = _pairs(real_images, fake_images, labels)
    return images, np.concatenate([labels, labels[::-1]]), targets


def labels_once(real_images, fake_images, labels):
    """Half of the images have no label."""
    images, _, targets = _pairs(real_images, fake_images, labels)
    return images, labels, targets


def labels_as_targets(real_images, fake_images, labels):
    """The discriminator as a digit classifier."""
    images, both, _ = _pairs(real_images, fake_images, labels)
    return images, both, both[:, np.newaxis]


def real_images_only(real_images, fake_images, labels):
    """The fakes are forgotten."""
    return real_images, labels, np.ones((len(real_images), 1))


def _pairs(real_images, fake_images, labels):
    count = len(labels)
    images = np.concatenate([real_images, fake_images])
    targets = np.concatenate([np.ones((count, 1)), np.zeros((count, 1))])
    return images, np.concatenate([labels, labels]), targets


def overall_share(asked, read, num_classes=10):
    """One number for all digits."""
    return np.mean(np.asarray(asked) == np.asarray(read))


def share_of_read(asked, read, num_classes=10):
    """Divides by how often a digit was read."""
    asked, read = np.asarray(asked), np.asarray(read)
    return np.array([np.mean(asked[read == digit] == digit) for digit in range(num_classes)])


def hits(asked, read, num_classes=10):
    """Counts for shares."""
    asked, read = np.asarray(asked), np.asarray(read)
    return np.bincount(asked[asked == read], minlength=num_classes)


def hits_over_all(asked, read, num_classes=10):
    """Divides by the number of all samples."""
    return hits(asked, read, num_classes) / len(asked)


def shares_of_digits(asked, read, num_classes=10):
    """Which digits occur, not whether they were asked for."""
    return np.bincount(np.asarray(read), minlength=num_classes) / len(read)


def one_against_the_rest(asked, read, num_classes=10):
    """Counts a sample as right where neither was asked for nor read as the digit."""
    asked, read = np.asarray(asked), np.asarray(read)
    digits = range(num_classes)
    return np.array([np.mean((asked == digit) == (read == digit)) for digit in digits])


def blend_without_a_column(first_row, second_row, shares):
    """Multiplies entry by entry: with as many shares as places that raises nothing."""
    return (1 - shares) * first_row + shares * second_row


def blend_turned(first_row, second_row, shares):
    """Starts at the second label."""
    shares = np.asarray(shares)[:, np.newaxis]
    return shares * first_row + (1 - shares) * second_row


def blend_of_sums(first_row, second_row, shares):
    """The first label stays whole: the rows add up to more than 1."""
    return first_row + np.asarray(shares)[:, np.newaxis] * second_row


def blend_of_numbers(first_row, second_row, shares):
    """Mixes the class numbers and rounds: passes through the digits between."""
    first, second = np.argmax(first_row), np.argmax(second_row)
    mixed = np.rint((1 - np.asarray(shares)) * first + np.asarray(shares) * second).astype(int)
    return np.eye(len(first_row))[mixed]


def maps_along_the_batch(labels, num_classes=10, height=28, width=28):
    """The bug of the lesson: the whole batch's rows, one after another, in every image."""
    rows = np.eye(num_classes)[labels]
    return np.tile(rows, (height * width, 1)).reshape(-1, height, width, num_classes)


def maps_in_bands(labels, num_classes=10, height=28, width=28):
    """Each number is repeated by itself: a white band across all maps."""
    rows = np.eye(num_classes)[labels]
    return np.repeat(rows, height * width, axis=1).reshape(-1, height, width, num_classes)


def maps_channels_first(labels, num_classes=10, height=28, width=28):
    """The classes stand before height and width."""
    return np.moveaxis(maps_right(labels, num_classes, height, width), -1, 1)


def maps_all_white(labels, num_classes=10, height=28, width=28):
    """All maps are 1, whatever the label."""
    return np.ones((len(labels), height, width, num_classes))


def maps_right(labels, num_classes=10, height=28, width=28):
    """The right maps, from which others are made."""
    return np.tile(np.eye(num_classes)[labels][:, None, None, :], (1, height, width, 1))
