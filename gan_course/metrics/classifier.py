"""The digit classifier: a small network, shipped with its weights, that every score rests on.

The layer called `features` is the 64-wide one. It is linear, and a leaky ReLU stands between it
and the logits. So a feature has no point mass at zero and no ceiling, and its mean and covariance,
which are all that a Fréchet distance sees, describe it well.
"""

import functools
import json
from pathlib import Path

import numpy as np

from gan_course.data import check_images, rescale
from gan_course.weights import load_weights

FEATURE_DIMENSIONS = 64
WEIGHTS_FILE = Path(__file__).parent / "weights" / "digit_classifier.npz"
CARD_FILE = WEIGHTS_FILE.with_suffix(".json")
CHUNK = 512  # images in one call: small enough to stay in cache, large enough to hide the overhead


def build_classifier(seed=None, dropout=0.0):
    """Build the digit classifier without weights worth having.

    Four 3 x 3 convolutions in two pairs, each pair followed by max pooling, then the 64 features
    and the logits. Every layer is float32 whatever the global policy is, so that a score is the
    same under mixed precision. Without a seed all weights are zero: loading the shipped ones then
    draws no random number, and so cannot change the course of a training run.

    Args:
        seed: Integer for the initial weights and dropout, or None for zeros.
        dropout: Share of activations dropped before `features` and before `logits`, in [0, 1).

    Returns:
        An uncompiled `keras.Model`: images (n, 28, 28, 1) in [0, 1] to a dictionary with
        `features` (n, 64) and `logits` (n, 10).

    Example:
        >>> build_classifier(seed=0).get_layer("features").units
        64
    """
    import gan_course.backend  # Keras on TensorFlow, or one clear sentence

    import keras  # isort: skip

    names = iter(range(100))

    def start():
        if seed is None:
            return "zeros"
        return keras.initializers.HeNormal(seed=seed + next(names))

    def drop(x, name):
        if dropout == 0:
            return x
        return keras.layers.Dropout(dropout, seed=seed, dtype="float32", name=name)(x)

    images = keras.Input((28, 28, 1), dtype="float32", name="images")
    x = images
    for pair, channels in enumerate((16, 32), start=1):
        for letter in "ab":
            x = keras.layers.Conv2D(
                channels,
                3,
                padding="same",
                activation="relu",
                kernel_initializer=start(),
                dtype="float32",
                name=f"conv_{pair}{letter}",
            )(x)
        x = keras.layers.MaxPooling2D(2, dtype="float32", name=f"pool_{pair}")(x)
    x = keras.layers.Flatten(dtype="float32", name="flatten")(x)  # (n, 7 * 7 * 32)
    x = drop(x, "dropout_1")
    x = keras.layers.Dense(
        FEATURE_DIMENSIONS, kernel_initializer=start(), dtype="float32", name="features"
    )(x)
    features = x
    x = keras.layers.LeakyReLU(0.1, dtype="float32", name="leaky_relu")(x)
    x = drop(x, "dropout_2")
    logits = keras.layers.Dense(10, kernel_initializer=start(), dtype="float32", name="logits")(x)
    return keras.Model(images, {"features": features, "logits": logits}, name="digit_classifier")


@functools.cache
def load_classifier():
    """Load the shipped digit classifier; the second call returns the same object at once.

    It was trained on the 3,500 training digits, chosen on the 500 of validation and scored on the
    1,000 test digits after that choice; `classifier_card()` has the figures.

    Returns:
        A `keras.Model`, float32: images (n, 28, 28, 1) in [0, 1] to a dictionary with `features`
        (n, 64) and `logits` (n, 10).

    Raises:
        ValueError: If the weight file is damaged or belongs to another network.

    Example:
        >>> load_classifier().name
        'digit_classifier'

    Introduced in lesson 00.
    """
    model = build_classifier()
    load_weights(WEIGHTS_FILE, model)
    model.trainable = False
    return model


def classifier_card():
    """Return what is known about the shipped classifier: recipe, data, seconds and scores.

    Returns:
        A dictionary, read from the JSON file beside the weights.

    Example:
        >>> classifier_card()["test"]["n"]
        1000

    Introduced in lesson 06.
    """
    return json.loads(CARD_FILE.read_text(encoding="utf-8"))


def run_classifier(images, value_range):
    """Run the shipped classifier in chunks, once for both of its outputs.

    Args:
        images: Array (n, 28, 28, 1) with values in `value_range`, n at least 1.
        value_range: The pair (black, white), (0, 1) or (-1, 1).

    Returns:
        The pair (features, probabilities): float64 arrays (n, 64) and (n, 10).

    Raises:
        ValueError: If the images have a wrong shape or range, are empty or hold NaN.
    """
    images = check_images(images, value_range)
    model = load_classifier()
    found = {"features": [], "logits": []}
    for start in range(0, len(images), CHUNK):
        chunk = rescale(images[start : start + CHUNK], value_range, (0, 1))
        outputs = model(chunk, training=False)
        for name, parts in found.items():
            parts.append(np.asarray(outputs[name], dtype=np.float64))
    logits = np.concatenate(found["logits"])
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
    return np.concatenate(found["features"]), probabilities


def features(images, value_range):
    """Return the 64 numbers per image in which the course measures distances between images.

    Args:
        images: As in `run_classifier`, and so is `value_range`.
        value_range: See there.

    Returns:
        float64 array (n, 64), the outputs of the classifier's layer `features`.

    Example:
        >>> features(np.zeros((3, 28, 28, 1)), value_range=(0, 1)).shape
        (3, 64)

    Introduced in lesson 06.
    """
    return run_classifier(images, value_range)[0]


def predict_digits(images, value_range):
    """Return the classifier's probability for each digit.

    Args:
        images: As in `run_classifier`, and so is `value_range`.
        value_range: See there.

    Returns:
        float64 array (n, 10); each row sums to 1. The classifier must pick among ten digits even
        for an image that shows none, and it can be sure and wrong there.

    Raises:
        ValueError: If the images have a wrong shape or range, are empty or hold NaN.

    Example:
        >>> predict_digits(np.zeros((3, 28, 28, 1)), value_range=(0, 1)).shape
        (3, 10)

    Introduced in lesson 00.
    """
    return run_classifier(images, value_range)[1]
