"""Train the digit classifier that `gan_course.metrics` ships, and write its weights and card.

    python benchmarks/train_digit_classifier.py            # train, score on test once, write
    python benchmarks/train_digit_classifier.py --trial    # validation only, writes nothing

Trained on the 3,500 training digits, each shown slightly moved, turned and bent anew in every
epoch. Chosen on the 500 validation digits: the averaged weights of the epoch with the lowest
validation loss, and before that the settings below out of five (dropout 0.25 or 0.4; with 0.4
also half the learning rate, stronger bending, 25 epochs). Scored on the 1,000 test digits once,
after rounding to float16. How much chance is in that score: the same settings on the same digits
in another order got 987 right, and the weights that ship got 990. No choice rests on either.
The same seed gives the same weights on the same machine.
"""

import argparse
import hashlib
import json
import os
import platform
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np
import tensorflow as tf
from scipy.ndimage import gaussian_filter

from gan_course.data import load_mnist
from gan_course.files import replacing
from gan_course.metrics import wilson_interval
from gan_course.metrics.classifier import WEIGHTS_FILE, build_classifier
from gan_course.weights import save_weights

AUGMENTATION = {
    "shift_pixels": 2.0,
    "rotation_degrees": 12.0,
    "scale": 0.12,
    "shear": 0.15,
    "elastic_pixels": 1.0,
    "elastic_smoothness": 4.0,
}
BATCH = 64
LEARNING_RATE = 2e-3
DROPOUT = 0.25
EPOCH_AVERAGING = 0.8


def warp(images, rng, settings=AUGMENTATION):
    """Return the images, each moved, turned, scaled, sheared and bent at random.

    Args:
        images: float32 array (n, 28, 28, 1), black is 0.
        rng: A `numpy.random.Generator`.
        settings: The largest shift, turn and so on, and the size of the bending.

    Returns:
        float32 array (n, 28, 28, 1), read off between pixels by linear interpolation.
    """
    n, size = len(images), images.shape[1]

    def within(limit):
        return rng.uniform(-limit, limit, (n, 1, 1))

    rows, columns = np.meshgrid(*2 * [np.arange(size) - (size - 1) / 2], indexing="ij")
    angle = np.deg2rad(within(settings["rotation_degrees"]))
    shear = within(settings["shear"])
    scale_rows, scale_columns = np.exp(within(settings["scale"])), np.exp(within(settings["scale"]))
    y = scale_rows * (np.cos(angle) * rows - np.sin(angle) * columns)
    x = scale_columns * (np.sin(angle) * rows + np.cos(angle) * columns + shear * rows)
    bends = rng.standard_normal((2, n, size, size))
    smoothness = settings["elastic_smoothness"]
    bends = gaussian_filter(bends, (0, 0, smoothness, smoothness), mode="constant")
    bends *= settings["elastic_pixels"] / bends.std()
    y = y + bends[0] + within(settings["shift_pixels"]) + (size - 1) / 2  # (n, 28, 28)
    x = x + bends[1] + within(settings["shift_pixels"]) + (size - 1) / 2

    margin = 1  # a black frame, so that points outside read black
    framed = np.pad(images[..., 0], ((0, 0), (margin, margin), (margin, margin)))
    y = np.clip(y + margin, 0, size + 2 * margin - 1.001)
    x = np.clip(x + margin, 0, size + 2 * margin - 1.001)
    top, left = y.astype(int), x.astype(int)
    down, right = y - top, x - left
    image = np.arange(n)[:, None, None]
    warped = (
        framed[image, top, left] * (1 - down) * (1 - right)
        + framed[image, top, left + 1] * (1 - down) * right
        + framed[image, top + 1, left] * down * (1 - right)
        + framed[image, top + 1, left + 1] * down * right
    )
    return warped[..., None].astype(np.float32)


def score(model, digits):
    """Return (mean cross-entropy in nats, number right) of a classifier on digits."""
    logits = np.asarray(model(digits.images, training=False)["logits"], dtype=np.float64)
    logits -= logits.max(axis=1, keepdims=True)
    log_shares = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    loss = -log_shares[np.arange(len(logits)), digits.labels].mean()
    return float(loss), int((logits.argmax(axis=1) == digits.labels).sum())


def checksum(digits):
    """Return the SHA-256 of the digits as 8-bit pixels, in their order: which split this is."""
    return hashlib.sha256(np.rint(digits.images * 255).astype(np.uint8).tobytes()).hexdigest()


def named_weights(model, dtype=np.float32):
    """Return the trainable weights as a dictionary of arrays."""
    return {v.path: np.asarray(v, dtype=dtype) for v in model.trainable_variables}


def set_weights(model, weights):
    """Put arrays, named as `named_weights` names them, into a model of the same architecture."""
    for variable in model.trainable_variables:
        variable.assign(weights[variable.path])


def train(train_digits, validation_digits, seed, epochs):
    """Train, and return (best averaged weights, float16; its epoch; validation loss; right)."""
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    rng = np.random.default_rng(seed)
    network = build_classifier(seed=seed, dropout=DROPOUT)
    judge = build_classifier()  # holds the averaged weights
    learner = keras.Model(network.input, network.output["logits"])
    steps = epochs * -(-len(train_digits.images) // BATCH)
    learner.compile(
        optimizer=keras.optimizers.Adam(
            keras.optimizers.schedules.CosineDecay(LEARNING_RATE, steps)
        ),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    average, best = named_weights(network), None
    for epoch in range(1, epochs + 1):
        order = rng.permutation(len(train_digits.images))
        images = warp(train_digits.images[order], rng)
        labels = train_digits.labels[order]
        fitted = learner.fit(images, labels, batch_size=BATCH, shuffle=False, verbose=0)
        keep = min(EPOCH_AVERAGING, (epoch - 1) / epoch)
        for name, array in named_weights(network).items():
            average[name] = keep * average[name] + (1 - keep) * array
        rounded = {name: array.astype(np.float16) for name, array in average.items()}
        set_weights(judge, rounded)
        loss, right = score(judge, validation_digits)
        if best is None or loss < best[2]:
            best = (rounded, epoch, loss, right)
        print(
            f"epoch {epoch:3d}  training loss {fitted.history['loss'][0]:.4f}  "
            f"validation loss {loss:.4f}  right {right} of {len(validation_digits.images)}",
            flush=True,
        )
    return best


def main():
    """Train, choose, score once, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE.parent)
    parser.add_argument("--trial", action="store_true", help="validation only, write nothing")
    arguments = parser.parse_args()

    splits = {
        split: load_mnist("embedded", value_range=(0, 1), split=split)
        for split in ("train", "validation", "test")
    }
    began = time.perf_counter()
    weights, epoch, loss, right = train(
        splits["train"], splits["validation"], arguments.seed, arguments.epochs
    )
    seconds = time.perf_counter() - began
    print(f"chosen: epoch {epoch}, validation loss {loss:.4f}, right {right}, {seconds:.0f} s")
    if arguments.trial:
        return

    model = build_classifier()
    set_weights(model, weights)
    test = splits["test"]
    test_loss, test_right = score(model, test)
    low, high = wilson_interval(test_right, len(test.images))
    weights_path = arguments.out / WEIGHTS_FILE.name
    save_weights(weights_path, model)
    card = {
        "name": "digit_classifier",
        "purpose": "features, class shares and coverage in gan_course.metrics",
        "made_by": "python benchmarks/train_digit_classifier.py "
        f"--seed {arguments.seed} --epochs {arguments.epochs}",
        "data": splits["train"].source,
        "digits": {split: len(digits.images) for split, digits in splits.items()},
        "digits_checksum": {split: checksum(digits) for split, digits in splits.items()},
        "parameters": int(sum(array.size for array in weights.values())),
        "stored_as": "float16",
        "bytes": weights_path.stat().st_size,
        "features": "layer 'features': 64 linear outputs, before the leaky ReLU",
        "recipe": {
            "optimizer": "Adam with cosine decay",
            "learning_rate": LEARNING_RATE,
            "batch": BATCH,
            "epochs": arguments.epochs,
            "dropout": DROPOUT,
            "epoch_averaging": EPOCH_AVERAGING,
            "augmentation": AUGMENTATION,
            "seed": arguments.seed,
        },
        "chosen_epoch": epoch,
        "seconds": round(seconds),
        "machine": f"{os.cpu_count()} CPU cores",
        "versions": {
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
        },
        "validation": {
            "right": right,
            "n": len(splits["validation"].images),
            "accuracy": right / len(splits["validation"].images),
            "loss": round(loss, 5),
        },
        "test": {
            "right": test_right,
            "n": len(test.images),
            "accuracy": test_right / len(test.images),
            "wilson_95": [round(low, 4), round(high, 4)],
            "loss": round(test_loss, 5),
            "scored": "after the choice; an earlier full run had scored 987, "
            "and no choice rests on either",
        },
    }
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    with replacing(weights_path.with_suffix(".json")) as file:
        file.write(text.encode())
    print(json.dumps(card["test"], indent=2))


if __name__ == "__main__":
    main()
