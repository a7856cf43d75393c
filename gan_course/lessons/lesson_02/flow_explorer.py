"""The size of the gradient at each layer of a deep network, by depth, activation and weights."""

import ipywidgets as widgets
import numpy as np

from gan_course.lessons.lesson_02.deep import gradient_flow
from gan_course.lessons.lesson_02.flow_figure import plot_gradient_flow
from gan_course.messages import box
from gan_course.plots.swift import swift_html
from gan_course.tables import number
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.live_parts import SIDE

ACTIVATIONS = {"sigmoid": "sigmoid", "tanh": "tanh", "ReLU": "relu", "none (linear)": "linear"}
SCHEMES = {"Glorot & Bengio 2010": "glorot", "He et al. 2015": "he", "my own width": "own"}
FLOW_LIMITS = (1e-16, 1e8)  # the same axis for every setting, so that pictures can be compared
FLOW_WIDTH, FLOW_SEEDS = 64, 3


def gradient_flow_explorer(depth=10, activation="sigmoid", scheme="glorot"):
    """Choose depth, activation and first weights; see how much gradient reaches each layer.

    Args:
        depth: Hidden layers at first, 1 to 30.
        activation: "sigmoid", "tanh", "relu" or "linear" at first.
        scheme: "glorot", "he" or "own" (a width of your own) at first.

    Returns:
        An ipywidgets box.

    Raises:
        traitlets.TraitError: If a first setting is none of its choices.

    Example:
        >>> gradient_flow_explorer(depth=20, activation="relu", scheme="he")

    Introduced in lesson 02.
    """
    depths = widgets.IntSlider(depth, 1, 30, description="Hidden layers", style=SIDE)
    activations = widgets.Dropdown(
        options=ACTIVATIONS, value=activation, description="Activation", style=SIDE
    )
    schemes = widgets.Dropdown(
        options=SCHEMES, value=scheme, description="First weights", style=SIDE
    )
    own = widgets.FloatLogSlider(
        value=0.1,
        min=-2,
        max=0.5,
        step=0.05,
        description="Width of my own",
        readout_format=".3f",
        style=SIDE,
    )
    again = widgets.Button(
        description="Draw new weights",
        tooltip="Take other random weights of the same width",
        layout=widgets.Layout(width="11em"),
    )
    picture, sentence = widgets.HTML(), widgets.HTML()
    first_seed = [0]

    def show(change=None):
        own.disabled = schemes.value != "own"
        width = own.value if schemes.value == "own" else schemes.value
        try:
            runs = _flow_runs(depths.value, activations.value, width, first_seed[0])
            drawn = f"width {own.value:.3g}" if schemes.value == "own" else schemes.label
            title = f"{depths.value} hidden layers, {activations.label}, first weights: {drawn}"
            figure = plot_gradient_flow({activations.label: runs}, FLOW_LIMITS, title, swift=True)
            picture.value, sentence.value = swift_html(figure), _flow_sentence(runs)
        except Exception as error:
            sentence.value = box("cannot be checked", "This cannot be drawn", str(error))

    def redraw(_):
        first_seed[0] += FLOW_SEEDS
        show()

    for control in (depths, activations, schemes, own):
        control.observe(show, "value")
    again.on_click(redraw)
    show()
    rows = (widgets.HBox([depths, activations]), widgets.HBox([schemes, own, again]))
    for row in rows:
        row.layout.flex_flow = "row wrap"
    view = LessonBox([*rows, sentence, picture])
    view.add_class("gan-gradient-flow")
    return view


def _flow_runs(depth, activation, scheme, first_seed):
    """Return the sizes for three draws of the weights: (3, depth + 1)."""
    seeds = range(first_seed, first_seed + FLOW_SEEDS)
    return np.array(
        [
            gradient_flow(depth, FLOW_WIDTH, np.random.default_rng(seed), activation, scheme)
            for seed in seeds
        ]
    )


def _flow_sentence(runs):
    ratio = float(np.median(runs[:, 0] / runs[:, -1]))
    layers = runs.shape[1] - 1
    word = "vanishing" if ratio < 1e-3 else "exploding" if ratio > 1e3 else "healthy"
    return (
        f"The first layer gets {number(ratio, '.2g')} times the gradient of the last: "
        f"<b>{word}</b>. Per layer that is a factor of {ratio ** (1 / layers):.3f}. "
        f"(Three draws of the weights; {FLOW_WIDTH} units a layer.)"
    )
