"""The linear probe: how much of the digits a linear classifier reads off given features."""

import numpy as np

from gan_course.arguments import check_shape

POOLED = 4  # the side of the grid that each layer is pooled to, Radford et al. 2015, section 5.1
STRENGTHS = (0.01, 0.1, 1.0, 10.0, 100.0)  # of the SVM's C: a strong penalty first


def pool_to_grid(maps):
    """Max-pool maps of any size to a grid of 4×4.

    Args:
        maps: (n, height, width, channels), height and width at least 1.

    Returns:
        (n, 4, 4, channels). Cell i covers the rows from floor(i · height / 4) to
        ceil((i + 1) · height / 4): neighbours share a row where 4 does not divide the height.

    Introduced in lesson 07.
    """
    maps = np.asarray(maps)
    remedy = "Take the output of a convolutional layer, before it is flattened."
    check_shape("maps", maps, ("n", "height", "width", "channels"), remedy)

    def pool(maps, axis):
        size = maps.shape[axis]
        cells = [slice(i * size // POOLED, -(-(i + 1) * size // POOLED)) for i in range(POOLED)]
        take = [maps[:, cell] if axis == 1 else maps[:, :, cell] for cell in cells]
        return np.stack([part.max(axis=axis) for part in take], axis=axis)

    return pool(pool(maps, 1), 2)


def discriminator_features(discriminator, images):
    """Return all convolutional layers' answers to images, max-pooled to 4×4 and laid end to end.

    Args:
        discriminator: A Keras model with layers `activation_1`, `activation_2` … or
            `leaky_relu_1` …
        images: (n, 28, 28, 1), in the range that it was trained on.

    Returns:
        float32 (n, features): 16 for each channel of each layer.

    Raises:
        ValueError: If the network has no such layer.

    Source: Radford et al. 2015, section 5.1.

    Introduced in lesson 07.
    """
    import gan_course.backend

    import keras  # isort: skip

    outputs = [
        layer.output
        for layer in discriminator.layers
        if isinstance(layer, keras.layers.LeakyReLU) and len(layer.output.shape) == 4
    ]
    if not outputs:
        raise ValueError(
            f"The network {discriminator.name!r} has no LeakyReLU after a convolution: pass a "
            "convolutional discriminator, such as load_discriminator('fast')."
        )
    inside = keras.Model(discriminator.input, outputs)
    parts = []
    for start in range(0, len(images), 500):
        maps = inside(images[start : start + 500], training=False)
        maps = maps if isinstance(maps, list | tuple) else [maps]
        pooled = [pool_to_grid(keras.ops.convert_to_numpy(one)) for one in maps]
        parts.append(np.concatenate([one.reshape(len(one), -1) for one in pooled], axis=1))
    return np.concatenate(parts)


def draw_labels(labels, count, seed):
    """Choose which examples keep their label: as many of each class, drawn at random.

    Args:
        labels: Class numbers (n,), of ten classes.
        count: How many labels in all, a multiple of 10.
        seed: The seed of the draw.

    Returns:
        int64 indices (count,).

    Raises:
        ValueError: If `count` is no multiple of 10, or a class has too few examples.

    Introduced in lesson 07.
    """
    each, rest = divmod(count, 10)
    smallest = np.bincount(labels, minlength=10).min()
    if rest or not 1 <= each <= smallest:
        raise ValueError(
            f"count is {count}; expected a multiple of 10 from 10 to {10 * smallest}, as many "
            "labels of each of the ten digits."
        )
    random = np.random.default_rng(seed)
    chosen = [
        random.choice(np.flatnonzero(labels == digit), each, replace=False) for digit in range(10)
    ]
    return np.concatenate(chosen)


def scale_features(features, unlabelled):
    """Return features centred, and divided by one number for all of them.

    One number, so that a feature that hardly varies stays small beside the others. It needs no
    labels: it comes from all images that there are.

    Args:
        features: (n, d).
        unlabelled: (m, d), the features that the mean and the scale are taken from.

    Returns:
        (n, d): for `unlabelled` itself the mean squared length is 1.

    Introduced in lesson 07.
    """
    centre = unlabelled.mean(axis=0)
    return (features - centre) / np.sqrt(unlabelled.var(axis=0).sum())


def linear_probe(train, validation, test, strengths=STRENGTHS):
    """Fit a linear SVM to labelled features, and return how many of the test set it reads right.

    The strength of the L2 penalty is the one that reads the validation set best, the strongest of
    those that do.

    Args:
        train: The pair (features (n, d), labels (n,)), scaled as by `scale_features`.
        validation: Another such pair, to choose the penalty.
        test: The pair that counts.
        strengths: Values of C to choose from; the penalty is as strong as C is small.

    Returns:
        The pair (share of the test set that is read right, the chosen C).

    Raises:
        ValueError: If features and labels differ in number.

    Source: Radford et al. 2015, section 5.1: a regularised linear L2-SVM.

    Introduced in lesson 07.
    """
    from sklearn.svm import LinearSVC

    for name, (features, labels) in zip(
        ("train", "validation", "test"), (train, validation, test), strict=True
    ):
        if len(features) != len(labels):
            raise ValueError(
                f"{name} holds {len(features)} rows of features and {len(labels)} labels: pass "
                "both for the same images, in the same order."
            )
    best = (-1.0, None, None)
    for strength in strengths:
        reader = LinearSVC(C=strength, dual=True, max_iter=2000, random_state=0)
        reader.fit(*train)
        right = reader.score(*validation)
        if right > best[0]:
            best = (right, strength, reader)
    return float(best[2].score(*test)), best[1]
