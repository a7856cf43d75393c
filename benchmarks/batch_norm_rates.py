"""One network with and without batch norm, at five learning rates from four sizes of weights.

    python benchmarks/batch_norm_rates.py

The network of Ioffe & Szegedy 2015, section 4.1, on the 3,500 training digits of the course: three
hidden layers of 100 units, batches of 60, plain gradient descent; first with the paper's sigmoid
units, then with ReLU. It is NumPy alone and written out in lesson 03, which shows the curves and
runs one seed. Accuracy is counted on the 500 validation digits, with running statistics.
"""

import time

import numpy as np
from common import SEEDS, machine, rounded, write_results

from gan_course.data import load_mnist
from gan_course.from_scratch.activations import get_activation
from gan_course.from_scratch.batch_norm import (
    batch_norm_backward,
    batch_norm_inference,
    batch_norm_train,
    update_running,
)
from gan_course.from_scratch.categorical import categorical_cross_entropy_from_logits, one_hot
from gan_course.from_scratch.dense import dense_backward

RATES = (0.01, 0.1, 1.0, 10.0, 100.0)
WIDTHS = (0.01, 0.1, 0.3, 1.0)  # standard deviations of the first weights
STEPS, SAYS = 500, 10  # steps of a run, and how many mean losses are kept of it


def start_network(width, rng, sizes=(784, 100, 100, 100, 10)):
    """Return a list of layers, dicts of arrays, with normal weights of this standard deviation."""
    return [
        {
            "weights": width * rng.standard_normal((fan_in, fan_out)),
            "gamma": np.ones(fan_out),
            "beta": np.zeros(fan_out),  # the layer's bias, where there is no batch norm
            "running": (np.zeros(fan_out), np.ones(fan_out)),
        }
        for fan_in, fan_out in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def forward(network, inputs, activation, batch_norm, training):
    """Return the logits and what each layer keeps; in training, move the running statistics."""
    hidden, kept = inputs, []
    for place, layer in enumerate(network, start=1):
        sums, cache = hidden @ layer["weights"], None
        if not batch_norm or place == len(network):
            outputs = sums + layer["beta"]
        elif training:
            outputs, cache = batch_norm_train(sums, layer["gamma"], layer["beta"])
            layer["running"] = update_running(*layer["running"], cache)
        else:
            outputs = batch_norm_inference(sums, layer["gamma"], layer["beta"], *layer["running"])
        kept.append((hidden, outputs, cache))
        hidden = get_activation(activation)[0](outputs)
    return outputs, kept  # the logits, and for each layer what backward needs


def train_step(network, inputs, targets, activation, batch_norm, rate):
    """Take one step of gradient descent, changing the network; return the loss before it."""
    logits, kept = forward(network, inputs, activation, batch_norm, training=True)
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
    gradient = (probabilities - targets) / len(inputs)  # of the logits, (n, 10)
    for place in reversed(range(len(network))):
        layer, (layer_inputs, _, cache) = network[place], kept[place]
        if cache is not None:
            gradient, gamma_gradient, beta_gradient = batch_norm_backward(gradient, cache)
            layer["gamma"] = layer["gamma"] - rate * gamma_gradient
        else:
            beta_gradient = gradient.sum(axis=0)
        below, weight_gradient, _ = dense_backward(gradient, layer_inputs, layer["weights"])
        layer["weights"] = layer["weights"] - rate * weight_gradient
        layer["beta"] = layer["beta"] - rate * beta_gradient
        if place > 0:  # through the activation of the layer below
            gradient = below * get_activation(activation)[1](kept[place - 1][1])
    return categorical_cross_entropy_from_logits(targets, logits)


def train_network(digits, seed, width, rate, batch_norm, activation="sigmoid", steps=500):
    """Return a trained network and its losses, nan from where it diverged."""
    rng = np.random.default_rng(seed)
    network = start_network(width, rng)
    pixels, targets = digits.images.reshape(-1, 784), one_hot(digits.labels, 10)
    losses = np.full(steps, np.nan)
    for step in range(steps):
        batch = rng.choice(len(pixels), 60, replace=False)
        inputs = pixels[batch], targets[batch]
        try:
            losses[step] = train_step(network, *inputs, activation, batch_norm, rate)
        except ValueError:  # the package refuses nan and infinite numbers: the run has diverged
            break
    return network, losses


def accuracy(network, digits, activation, batch_norm):
    """Return the share of digits that the network reads, with running statistics."""
    logits, _ = forward(
        network, digits.images.reshape(-1, 784), activation, batch_norm, training=False
    )
    return float(np.mean(logits.argmax(axis=1) == digits.labels))


def main():
    """Run everything with every seed, print and write losses and accuracies."""
    train, validation = (
        load_mnist(value_range=(0, 1), split=split) for split in ("train", "validation")
    )
    rows = []
    np.seterr(over="ignore", invalid="ignore")  # of runs that diverge
    for activation in ("sigmoid", "relu"):
        for width in WIDTHS:
            for rate in RATES:
                for batch_norm in (False, True):
                    for seed in SEEDS:
                        start = time.perf_counter()
                        network, losses = train_network(
                            train, seed, width, rate, batch_norm, activation, STEPS
                        )
                        seconds = time.perf_counter() - start
                        row = {"activation": activation, "width": width, "rate": rate}
                        row |= {"batch_norm": batch_norm, "seed": seed, "steps": STEPS}
                        right = float("nan")  # of a run that diverged
                        if np.isfinite(losses).all():
                            right = accuracy(network, validation, activation, batch_norm)
                        row |= {"accuracy": rounded(right), "seconds": rounded(seconds, 3)}
                        for number, part in enumerate(np.split(losses, SAYS), start=1):
                            row[f"loss_{number * STEPS // SAYS}"] = rounded(part.mean())
                        rows.append(row | {"machine": machine()})
                    print({key: rows[-1][key] for key in list(row)[:8]}, flush=True)
    write_results("batch_norm_rates.csv", rows)


if __name__ == "__main__":
    main()
