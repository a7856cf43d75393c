"""The widget of lesson 03: inputs of a layer, moved and stretched, before and after batch norm."""

from functools import cache

import ipywidgets as widgets
import numpy as np

from gan_course.data import load_mnist
from gan_course.from_scratch.batch_norm import (
    batch_norm_inference,
    batch_norm_train,
)
from gan_course.lessons.lesson_03.batch_norm_figure import plot_before_after
from gan_course.tables import number, table
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer

TRAINING, INFERENCE = "training: this batch", "inference: running averages"
THESE, ORIGINAL = "these inputs", "the inputs at scale 1, shift 0"
BATCHES = (1, 2, 3, 4, 8, 16, 32, 64, 128, 256)
STRENGTHS = (0.5, 1.0, 2.0, 4.0)  # so that the four units are of unlike scale
MOMENTUM = 0.9
REACH = 8.0  # of the axes, which stay: the dots are what moves
CONTROLS = Controls(label="11em", width="26em")


def batch_norm_explorer():
    """Scale and shift the pixels that enter a layer of four units; see its batch norm answer.

    Controls: scale and shift of the inputs, batch size, which batch, training or inference, how
    many batches the running averages have seen (momentum 0.9) and of which inputs, γ and β.

    Returns:
        An `Explorer`; its text holds a table of the statistics.

    Example:
        >>> batch_norm_explorer()

    Introduced in lesson 03.
    """
    controls = {
        "scale": CONTROLS.slider(
            "Scale of the inputs", 1.0, 0.1, 10.0, "The pixels are multiplied", step=0.1
        ),
        "shift": CONTROLS.slider(
            "Shift of the inputs", 0.0, -3.0, 3.0, "Then this is added", step=0.1
        ),
        "size": widgets.SelectionSlider(
            options=BATCHES,
            value=64,
            **CONTROLS.look("Batch size", "How many digits are normalised together"),
        ),
        "number": CONTROLS.slider("Which batch", 1, 1, 50, "Every number draws other digits"),
        "mode": CONTROLS.choice(
            "Statistics", (TRAINING, INFERENCE), "What mean and variance are used"
        ),
        "seen": CONTROLS.slider(
            "Batches averaged", 50, 0, 100, "How many batches the running averages have seen"
        ),
        "source": CONTROLS.choice(
            "Averages are of", (THESE, ORIGINAL), "What the layer was trained on"
        ),
        "gamma": CONTROLS.slider(
            "Scale γ", 1.0, 0.0, 3.0, "Learned by the network; here by you", step=0.1
        ),
        "beta": CONTROLS.slider(
            "Shift β", 0.0, -3.0, 3.0, "Learned by the network; here by you", step=0.1
        ),
    }

    def draw(mode, seen, source, **values):
        for name in ("seen", "source"):
            controls[name].disabled = mode == TRAINING
        return _draw(mode=mode, seen=seen, source=source, **values)

    return Explorer(controls, draw, "gan-batch-norm-explorer")


WIDGETS = {"batch_norm": batch_norm_explorer}


def pre_activations(size, number, scale=1.0, shift=0.0):
    """Return X W for a batch of digits whose pixels were scaled and shifted: (size, 4)."""
    return scale * _batch(size, number) + shift * _layer()[1]


def running_statistics(seen, size, scale=1.0, shift=0.0):
    """Return the running mean and variance, (4,) each, after so many batches; 0 and 1 at first."""
    mean, variance = np.zeros(len(STRENGTHS)), np.ones(len(STRENGTHS))
    for seed in range(1000, 1000 + seen):  # other batches than those that are shown
        batch = pre_activations(size, seed, scale, shift)
        # `update_running`, without its checks: up to 100 of these have to be done in a moment.
        mean = MOMENTUM * mean + (1 - MOMENTUM) * batch.mean(axis=0)
        variance = MOMENTUM * variance + (1 - MOMENTUM) * batch.var(axis=0)
    return mean, variance


@cache
def _batch(size, number):
    """Return the pre-activations of a batch before anything is moved: (size, 4)."""
    sums, _ = _layer()
    return sums[np.random.default_rng(number).integers(0, len(sums), size)]


@cache
def _layer():
    """Return X W (n, 4) for all training digits, and 1ᵀ W (4,): what a shift of 1 adds."""
    pixels = load_mnist(value_range=(0, 1), split="train").images.reshape(-1, 784)
    weights = np.random.default_rng(3).standard_normal((784, len(STRENGTHS))) / 28
    weights = weights * STRENGTHS
    return pixels.astype(np.float64) @ weights, weights.sum(axis=0)


def _draw(scale, shift, size, number, mode, seen, source, gamma, beta):
    before = pre_activations(size, number, scale, shift)
    gammas, betas = np.full(before.shape[1], gamma), np.full(before.shape[1], beta)
    after, kept = batch_norm_train(before, gammas, betas)
    used = kept["mean"], kept["variance"]
    if mode == INFERENCE:
        used = running_statistics(seen, size, *((scale, shift) if source == THESE else ()))
        after = batch_norm_inference(before, gammas, betas, *used)
    figure = plot_before_after(before, after, f"after, {mode}", REACH)
    return figure, _table(before, used, after) + _sentence(size, mode, seen, source, beta)


def _table(before, used, after):
    head = ("", "batch mean", "batch std", "mean used", "std used", "mean after", "std after")
    found = (before.mean(0), before.std(0), used[0], used[1] ** 0.5, after.mean(0), after.std(0))
    rows = [
        [f"unit {k}", *(number(value, ".2f") for value in row)]
        for k, row in enumerate(zip(*found, strict=True), start=1)
    ]
    return table(rows, head)._repr_html_()


def _sentence(size, mode, seen, source, beta):
    if mode == TRAINING:
        if size == 1:
            return (
                f"A batch of one: every output is β = {number(beta, 'g')}, whatever the digit was."
            )
        if size == 2:
            return (
                "A batch of two: it says which of two digits was larger, and, but for ε, no more."
            )
        return (
            "The batch is its own yardstick: scale and shift of the inputs leave no trace, "
            "except through ε."
        )
    if seen == 0:
        return "The running averages are still 0 and 1, where they start: nothing is normalised."
    if size == 1:
        return "Batches of one have variance 0, so the running variance sinks towards 0."
    if source == ORIGINAL:
        return "The yardstick is fixed: inputs that moved since then come out moved."
    batches = "1 batch" if seen == 1 else f"{seen} batches"
    return f"After {batches} the start, 0 and 1, still weighs {100 * MOMENTUM**seen:.2g} %."
