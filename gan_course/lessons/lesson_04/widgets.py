"""The widget of lesson 04: a network with dropout, one mask drawn, and all masks counted."""

import ipywidgets as widgets

from gan_course.from_scratch.activations import sigmoid
from gan_course.lessons.lesson_04.dropout_figures import draw_distribution
from gan_course.lessons.lesson_04.masked_network import (
    BOTH,
    EXAMPLES,
    LAST,
    PLACES,
    SIZES,
    all_outputs,
    draw_kept,
    example_network,
    layer_values,
)
from gan_course.lessons.lesson_04.thinned_figure import describe_mask, draw_network
from gan_course.plots.swift import swift_figure
from gan_course.tables import number
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer

TRAIN, TEST = "train", "test"
LOGIT, PROBABILITY = "logit", "probability"
CONTROLS = Controls(label="8.5em", width="24em")
LOGITS = (-12, 12)  # of the axis, which stays: that outputs spread wider is what the rate does


def dropout_explorer(rate=0.5):
    """Drop units of a drawn network, and compare one mask, all masks and the full network.

    At the left is the network under the present mask, with the value of each unit. At the right is
    how its output spreads over all masks, each counted with its probability: nothing is sampled
    there. Their mean stands beside the output of the full network.

    Controls: rate, train or test, the place of dropout, the output that is compared, the example,
    and a button for a new mask.

    Args:
        rate: The share of units dropped at first, from 0 to 0.95.

    Returns:
        An `Explorer`; its button is `explorer.resample`.

    Example:
        >>> dropout_explorer(rate=0.2)

    Introduced in lesson 04.
    """
    network, draws = example_network(), [0]
    controls = {
        "rate": CONTROLS.slider(
            "Rate (dropped)",
            rate,
            0,
            0.95,
            "The probability with which each unit is switched off",
            step=0.05,
        ),
        "mode": CONTROLS.choice(
            "Mode", [TRAIN, TEST], "train draws a mask; test leaves everything on"
        ),
        "place": CONTROLS.choice("Drop units of", [BOTH, LAST], "Where dropout is applied"),
        "output": CONTROLS.choice(
            "Compare the", [LOGIT, PROBABILITY], "The output, or sigmoid of it"
        ),
        "example": CONTROLS.choice(
            "Example", list(EXAMPLES), "Two examples, each with a mask of its own"
        ),
    }

    def draw(rate, mode, place, output, example):
        explorer_button.disabled = mode == TEST
        seed = 2 * draws[0] + list(EXAMPLES).index(example)  # another mask for the other example
        return _draw(network, rate, mode, place, output, example, seed)

    explorer_button = widgets.Button(
        description="⟳ New mask", tooltip="Draw another mask, as the next training step would"
    )
    explorer = Explorer(controls, draw, "gan-dropout-explorer")

    def resample(_):
        draws[0] += 1
        explorer.redraw()

    explorer_button.on_click(resample)
    explorer.resample = explorer_button
    row = explorer.children[0]
    row.children = (*row.children, explorer_button)
    return explorer


WIDGETS = {"dropout": dropout_explorer}


def _draw(network, rate, mode, place, output, example, seed):
    inputs = EXAMPLES[example]
    kept = draw_kept(rate if mode == TRAIN else 0.0, place, seed)
    masks = {layer: kept[layer] for layer in PLACES[place]} if mode == TRAIN else None
    values = layer_values(network, inputs, masks, rate)
    logits, probabilities = all_outputs(network, inputs, rate, place)
    full = layer_values(network, inputs)[-1][0]
    now = values[-1][0]
    if output == PROBABILITY:
        logits, full, now = sigmoid(logits), float(sigmoid(full)), float(sigmoid(now))
    figure, (left, right) = swift_figure([(0.0, 0.0, 0.47, 0.92), (0.57, 0.17, 0.41, 0.75)], 3.9)
    draw_network(left, network, kept, values, names=True)
    words = f"rate {rate:g}, one mask" if mode == TRAIN else "everything on"
    left.set_title(f"{mode}: {words}", fontsize=10, y=1.0)
    limits = (0, 1) if output == PROBABILITY else LOGITS
    shown = now if mode == TRAIN else None
    mean = draw_distribution(right, logits, probabilities, full, shown, output, limits)
    count = 2 ** sum(SIZES[layer] for layer in PLACES[place])
    right.set_title(f"over all {count:,} masks", fontsize=10, y=1.0)
    figure.alt = (
        f"Left: the network in mode {mode} at rate {rate:g}, {describe_mask(kept)}. Right: the "
        f"{output} over all {count} masks, mean {number(mean, '.3f')}, full network "
        f"{number(full, '.3f')}."
    )
    return figure, _sentence(mode, output, now, mean, full)


def _sentence(mode, output, now, mean, full):
    gap = mean - full
    differ = f"They <b>differ</b> by {number(gap, '+.4f')}."
    verdict = "The two are <b>equal</b>." if abs(gap) < 1e-9 else differ
    first = "This mask gives" if mode == TRAIN else "Without a mask the network gives"
    now, mean, full = (number(output, ".4f") for output in (now, mean, full))
    return (
        f"{first} the {output} {now}. The mean over all masks is {mean}, the full "
        f"network says {full}. {verdict}"
    )
