"""How fast the course's fused layers are beside Keras' own, forward and backward.

    python benchmarks/upsample_layer.py

`UpsampleConv2D` stands beside `UpSampling2D` and a convolution, `FusedBatchNormalization` beside
`BatchNormalization`, in the sizes of networks A and B of lesson 07 at batch 128. Both forms hold
the same weights, which is checked to 1e-5 on outputs and gradients before anything is measured.
They are measured in turn in one process, several rounds; the ratio is formed within each round.
"""

import statistics
import time

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from common import machine, rounded, write_results

from gan_course.layers import FusedBatchNormalization, UpsampleConv2D

BATCH = 128
ROUNDS = 15
SECONDS = 0.4  # of one measurement, so that short calls are repeated
LAYERS = [  # name, kernel (0: batch normalisation), side, channels in, channels out, transposed
    ("A, upsample 1", 3, 7, 128, 128, False),
    ("A, upsample 2", 3, 14, 128, 64, False),
    ("B, upsample 1", 5, 7, 256, 128, True),
    ("B, upsample 2", 5, 14, 128, 64, True),
    ("A, norm 1", 0, 14, 128, 128, False),
    ("A, norm 2", 0, 28, 64, 64, False),
]


def make_forms(kernel_size, side, channels, filters, transposed):
    """Return both forms as Keras models with the same weights: a dict from names to models."""
    inputs = keras.Input((side, side, channels))
    if not kernel_size:
        fused = FusedBatchNormalization(momentum=0.8)
        by_keras = keras.layers.BatchNormalization(momentum=0.8)(inputs)
    else:
        fused = UpsampleConv2D(filters, kernel_size, transposed=transposed)
        convolution = keras.layers.Conv2DTranspose if transposed else keras.layers.Conv2D
        doubled = keras.layers.UpSampling2D(2)(inputs)
        by_keras = convolution(filters, kernel_size, padding="same")(doubled)
    forms = {"keras": keras.Model(inputs, by_keras), "fused": keras.Model(inputs, fused(inputs))}
    forms["fused"].set_weights(forms["keras"].get_weights())
    return forms


def make_step(model, weighting):
    """Return a compiled function from inputs to [outputs, gradients of inputs, kernel and bias]."""

    @tf.function
    def step(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            outputs = model(x, training=True)
            loss = tf.reduce_sum(outputs * weighting)
        return [outputs, *tape.gradient(loss, [x, *model.trainable_variables])]

    return step


def largest_difference(found, expected):
    """Return the largest difference of two lists of tensors, each as a share of its own size."""
    pairs = zip(found, expected, strict=True)
    return max(
        float(tf.reduce_max(tf.abs(f - e)) / tf.maximum(1.0, tf.reduce_max(tf.abs(e))))
        for f, e in pairs
    )


def milliseconds(step, x, repeats):
    """Return the milliseconds of one call, the mean of `repeats`."""
    began = time.perf_counter()
    for _ in range(repeats):
        results = step(x)
    results[-1].numpy()  # waits until the last call is done
    return (time.perf_counter() - began) * 1000 / repeats


def measure(name, kernel_size, side, channels, filters, transposed):
    """Return a row for each round of one layer."""
    random = np.random.default_rng(0)
    out_side = 2 * side if kernel_size else side
    x = tf.constant(random.normal(size=(BATCH, side, side, channels)), "float32")
    weighting = tf.constant(random.normal(size=(BATCH, out_side, out_side, filters)), "float32")
    forms = make_forms(kernel_size, side, channels, filters, transposed)
    steps = {form: make_step(model, weighting) for form, model in forms.items()}
    difference = largest_difference(steps["fused"](x), steps["keras"](x))
    if difference > 1e-5:
        raise SystemExit(f"{name}: the two forms differ by {difference:g}: nothing was measured.")
    repeats = max(1, round(SECONDS * 1000 / milliseconds(steps["fused"], x, 2)))
    rows = []
    for number in range(ROUNDS):
        times = {form: milliseconds(step, x, repeats) for form, step in steps.items()}
        row = {"round": number, "layer": name, "kernel": kernel_size or "", "side": side}
        row |= {"channels": channels, "filters": filters, "batch": BATCH}
        row |= {f"{form}_ms": rounded(ms) for form, ms in times.items()}
        ratio = rounded(times["keras"] / times["fused"], 3)
        rows.append({**row, "ratio": ratio, "machine": machine()})
    return rows


def main():
    """Measure, print the medians and ratios, write the table."""
    rows = []
    for layer in LAYERS:
        rows += measure(*layer)
        ratios = [row["ratio"] for row in rows if row["layer"] == layer[0]]
        spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        print(f"{layer[0]:14} {spread} times as fast as Keras' own layers")
    write_results("upsample_layer.csv", rows)


if __name__ == "__main__":
    main()
