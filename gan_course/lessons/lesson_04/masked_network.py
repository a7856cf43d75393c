"""A network so small that each of its thinned networks can be run: the subject of the explorer."""

import itertools

import numpy as np

from gan_course.from_scratch.activations import relu
from gan_course.from_scratch.dropout import check_rate, thinned_network

SIZES = (3, 5, 5, 1)
EXAMPLES = {"A": (1.0, -0.5, 0.8), "B": (-0.7, 1.2, 0.4)}
BOTH, LAST = "both hidden layers", "the last hidden layer only"
PLACES = {BOTH: (1, 2), LAST: (2,)}


def example_network():
    """Make the weights of the little network: a list of matrices (d_in, d_out), no biases.

    Returns:
        Three matrices, for the sizes 3, 5, 5, 1. Two weights in three are positive.

    Introduced in lesson 04.
    """
    rng = np.random.default_rng(9)
    shapes = itertools.pairwise(SIZES)
    return [rng.normal(0.35, 0.75, shape) for shape in shapes]


def layer_values(weights, inputs, masks=None, rate=0.0):
    """Run the network and return the values of every layer, after ReLU, mask and scaling.

    Args:
        weights: The list of `example_network`.
        inputs: (3,), the numbers of one example.
        masks: A dict from the number of a hidden layer, 1 or 2, to its masks (..., 5); layers
            without one are left on. None switches everything on.
        rate: The rate the masks were drawn with.

    Returns:
        A list of arrays: inputs (3,), hidden 1 (..., 5), hidden 2 (..., 5), output (..., 1).

    Introduced in lesson 04.
    """
    masks = masks or {}
    values = [np.asarray(inputs, dtype=np.float64)]
    for number, matrix in enumerate(weights, start=1):
        sums = values[-1] @ matrix
        last = number == len(weights)
        values.append(sums if last else relu(sums))
        if number in masks:
            values[-1] = values[-1] * masks[number] / (1.0 - rate)
    return values


def all_outputs(weights, inputs, rate, place=BOTH):
    """Run every thinned network and say how probable each is.

    Args:
        weights: The list of `example_network`.
        inputs: (3,).
        rate: The share of units dropped, in [0, 1).
        place: `BOTH` (2¹⁰ masks) or `LAST` (2⁵).

    Returns:
        The logits (m,) and their probabilities (m,), which sum to 1.

    Raises:
        ValueError: If the rate lies outside [0, 1).

    Introduced in lesson 04.
    """
    rate = check_rate(rate)
    layers = PLACES[place]
    units = sum(SIZES[layer] for layer in layers)
    kept = np.array(list(itertools.product([False, True], repeat=units)))  # (2^units, units)
    probabilities = np.prod(np.where(kept, 1.0 - rate, rate), axis=1)
    parts = np.split(kept, len(layers), axis=1)  # hidden layers are equally wide
    logits = layer_values(weights, inputs, dict(zip(layers, parts, strict=True)), rate)[-1]
    return logits[:, 0], probabilities


def draw_kept(rate, place, seed):
    """Draw which units stay, for every layer of the network: a list of boolean arrays.

    Args:
        rate: In [0, 1).
        place: `BOTH` or `LAST`.
        seed: The seed of this mask.

    Returns:
        Four arrays, of 3, 5, 5 and 1 entries.

    Introduced in lesson 04.
    """
    kept = thinned_network(SIZES, rate, np.random.default_rng(seed))
    return [
        part if layer in PLACES[place] else np.ones_like(part) for layer, part in enumerate(kept)
    ]
