"""Nearest neighbours: the training images that a sample resembles most, to look for copies."""

import numpy as np

from gan_course.data import check_images, rescale
from gan_course.metrics.classifier import features

CHUNK = 512  # rows of a distance matrix held at once
SPARE = 8  # candidates beyond k whose distances are worked out exactly


def nearest_training_images(samples, training_images, k=1, value_range=None, space="pixels"):
    """Find the k training images nearest to each sample.

    The distance is Euclidean: over the 784 pixels, or over the 64 features of the digit
    classifier. An exact copy is at distance 0. A large distance does not prove that nothing was
    learned by heart: shift a copy by one pixel and it is far away in pixels. So compare with the
    distances of unseen real digits, and look at the pairs.

    Args:
        samples: Array (n, 28, 28, 1), or (n, ...) of any shape with space "pixels".
        training_images: Array (m, 28, 28, 1) in the same value range, m at least k.
        k: How many neighbours for each sample.
        value_range: The pair (black, white) of both arrays. Pixel distances then count in the
            range [0, 1]; with None they count in the arrays' own units. Features need it.
        space: "pixels" or "features".

    Returns:
        The pair (indices, distances): int64 (n, k) into `training_images`, and float64 (n, k),
        nearest first.

    Raises:
        ValueError: If shapes differ, k is out of range, numbers are not finite, or the space is
            unknown.

    Example:
        >>> images = np.eye(784).reshape(-1, 28, 28, 1)
        >>> indices, distances = nearest_training_images(images[5:6], images, k=2)
        >>> int(indices[0, 0]), distances.round(3).tolist()
        (5, [[0.0, 1.414]])

    Introduced in lesson 06.
    """
    samples, training_images = np.asarray(samples), np.asarray(training_images)
    if samples.ndim < 2 or samples.shape[1:] != training_images.shape[1:]:
        raise ValueError(
            f"Received samples of shape {samples.shape} and training images of shape "
            f"{training_images.shape}; both must be (n, 28, 28, 1). Reshape one of them."
        )
    if len(samples) == 0 or not 1 <= k <= len(training_images):
        raise ValueError(
            f"Received {len(samples)} samples, {len(training_images)} training images and k = {k}; "
            "at least 1 sample and k from 1 to the number of training images are expected. "
            "Pass more images, or a smaller k."
        )
    if space == "features":
        if value_range is None:
            raise ValueError(
                'Received space="features" without a value range; the classifier needs one. '
                "Add value_range=(-1, 1) or (0, 1), whichever your images are in."
            )
        return _nearest(features(samples, value_range), features(training_images, value_range), k)
    if space != "pixels":
        raise ValueError(f'Received space {space!r}; "pixels" or "features" is expected.')
    rows = []
    for images, name in ((samples, "samples"), (training_images, "training images")):
        if value_range is not None:
            images = rescale(check_images(images, value_range), value_range, (0, 1))
        flat = images.reshape(len(images), -1).astype(np.float64)
        if not np.isfinite(flat).all():
            raise ValueError(
                f"Received {name} that hold NaN or infinity; finite pixels are expected. "
                "A generator that diverged is the usual cause: look at its samples."
            )
        rows.append(flat)
    return _nearest(*rows, k)


def _nearest(samples, training, k):
    """Return indices and distances (n, k) of the nearest rows, nearest first.

    Candidates come from |a|^2 + |b|^2 - 2ab, which is one matrix product and fast, but leaves
    about 1e-7 where the distance is 0. So theirs are then worked out from the differences.
    """
    centre = training.mean(axis=0)  # smaller numbers, so less is lost to rounding
    samples, training = samples - centre, training - centre
    squares = (training**2).sum(axis=1)
    kept = min(k + SPARE, len(training))
    all_indices, all_distances = [], []
    for start in range(0, len(samples), CHUNK):
        rows = samples[start : start + CHUNK]
        rough = squares - 2 * rows @ training.T  # (chunk, m), short of |sample|^2
        candidates = np.sort(np.argpartition(rough, kept - 1, axis=1)[:, :kept], axis=1)
        exact = np.stack(
            [
                ((training[chosen] - row) ** 2).sum(axis=1)
                for row, chosen in zip(rows, candidates, strict=True)
            ]
        )
        order = np.argsort(exact, axis=1, kind="stable")[:, :k]  # ties: the lower index first
        all_indices.append(np.take_along_axis(candidates, order, axis=1))
        all_distances.append(np.sqrt(np.take_along_axis(exact, order, axis=1)))
    return np.concatenate(all_indices), np.concatenate(all_distances)
