"""The controls of the laboratory: each with a label, a tooltip and a CSS class of its own."""

import ipywidgets as widgets

from gan_course.arguments import check_option
from gan_course.laboratory.settings import write_units
from gan_course.laboratory.thumbnails import Thumbnails, distribution_options
from gan_course.widgets.live_parts import wrapping_row
from gan_course.widgets.problem_line import checked
from gan_course.widgets.scene import LAYERS

STYLE = {"description_width": "9.6em"}
WIDE = {"width": "21.5em", "max_width": "calc(100% - 4px)"}  # without the margins
OPTIMIZERS = {"adam": "Adam, β₁ = 0.5", "rmsprop": "RMSprop", "sgd": "plain gradient descent"}
NOISE = {"normal": "normal, N(0, 1)", "uniform": "uniform, −1 to 1"}
ACTIVATIONS = {"relu": "ReLU", "tanh": "tanh", "leaky_relu": "leaky ReLU", "sigmoid": "sigmoid"}
STARTS = {
    "scratch": "untrained weights",
    "ring": "a trained ring",
    "collapsed_ring": "a ring with lost modes",
    "moons": "trained two moons",
    "mixture_1d": "a trained mixture, 1-D",
}
BATCHES = (8, 16, 32, 64, 128, 256, 512)
GROUPS = {
    "Start": ("start", "seed"),
    "Generator G": ("generator_units", "noise", "latent_dim", "generator_rate"),
    "Discriminator D": ("discriminator_units", "discriminator_steps", "discriminator_rate"),
    "Both": ("losses", "optimizer", "activation", "batch_size", "stage_seconds"),
}


def make_controls(settings, own=None):
    """Make the controls of the settings.

    Args:
        settings: A `Settings`; what the controls show at first.
        own: A `ToyDistribution` of the learner's own to offer too, or None.

    Returns:
        A dict from names to ipywidgets controls, with the CSS classes `gan-lab-<name>`.

    Raises:
        ValueError: If a setting is none of the choices.
    """
    from gan_course.losses import LOSSES  # it imports Keras, which takes seconds

    losses = {name: each.label for name, each in LOSSES.items()}
    if settings.losses not in LOSSES and hasattr(settings.losses, "label"):  # a pair of your own
        losses[settings.losses] = settings.losses.label
    controls = {
        "distribution": Thumbnails(
            distribution_options(own), settings.distribution, "Real data", "What G shall imitate"
        ),
        "start": _list(
            "Start from", _swap(STARTS), settings.start, "The weights that training starts from"
        ),
        "seed": widgets.BoundedIntText(
            value=settings.seed,
            min=0,
            max=999_999,
            **_words("Seed", "The first weights, the noise and the batches follow from it"),
        ),
        "generator_units": _text("Hidden sizes of G", settings.generator_units),
        "noise": _list("Noise z", _swap(NOISE), settings.noise, "What z is drawn from"),
        "latent_dim": _whole("Values in z", settings.latent_dim, 1, 16, "The length of z"),
        "generator_rate": _rate("Learning rate of G", settings.generator_rate),
        "discriminator_units": _text("Hidden sizes of D", settings.discriminator_units),
        "discriminator_steps": _whole(
            "D updates per step", settings.discriminator_steps, 1, 10, "k in Algorithm 1"
        ),
        "discriminator_rate": _rate("Learning rate of D", settings.discriminator_rate),
        "losses": _list("Loss", _swap(losses), settings.losses, "The losses of both players"),
        "optimizer": _list(
            "Optimiser", _swap(OPTIMIZERS), settings.optimizer, "The rule of each update, for both"
        ),
        "activation": _list(
            "Activation", _swap(ACTIVATIONS), settings.activation, "Of the hidden layers"
        ),
        "batch_size": widgets.SelectionSlider(
            options=sorted({*BATCHES, settings.batch_size}),
            value=settings.batch_size,
            continuous_update=False,
            **_words("Batch size", "Real points and fakes in one update"),
        ),
        "stage_seconds": widgets.FloatSlider(
            value=1.5,
            min=0.25,
            max=8,
            step=0.25,
            continuous_update=False,
            **_words("Seconds per stage", "Seconds that slow motion shows each stage"),
        ),
    }
    for name, control in controls.items():
        control.add_class(f"gan-lab-{name.replace('_', '-')}")
    return controls


def layers_at_first(shown=None, dimensions=2):
    """Return the names of the layers that are on at first.

    Args:
        shown: Their names; None for the usual ones.
        dimensions: 1 or 2; in 1-D all layers are usual.
    """
    usual = [name for name in LAYERS if name != "warp" or dimensions == 1]
    return usual if shown is None else [name for name in LAYERS if name in shown]


def lay_out(controls, lines):
    """Return the data as pictures, and below them the other controls in groups that wrap.

    Args:
        controls: What `make_controls` returned.
        lines: A dict from names of text boxes to the line beneath each.
    """
    boxes = []
    for title, names in GROUPS.items():
        inside = [
            checked(controls[name], lines[name]) if name in lines else controls[name]
            for name in names
        ]
        layout = widgets.Layout(margin="0 1.2em 0.8em 0", max_width="100%")
        heading = widgets.HTML(f"<strong>{title}</strong>")
        boxes.append(widgets.VBox([heading, *inside], layout=layout))
    row = wrapping_row(boxes)
    row.layout.align_items = "flex-start"
    return widgets.VBox([controls["distribution"], row])


def _words(description, tooltip):
    layout = widgets.Layout(**WIDE)
    return {"description": description, "tooltip": tooltip, "style": STYLE, "layout": layout}


def _swap(names):
    return [(text, name) for name, text in names.items()]


def _list(description, options, value, tooltip):
    check_option(description.lower(), value, [option for _, option in options])
    return widgets.Dropdown(options=options, value=value, **_words(description, tooltip))


def _text(description, units):
    tooltip = "Whole numbers with commas, such as 64, 64; empty for no hidden layer"
    return widgets.Text(
        value=write_units(units),
        placeholder="none: affine",
        continuous_update=False,
        **_words(description, tooltip),
    )


def _whole(description, value, low, high, tooltip):
    return widgets.IntSlider(
        value=value,
        min=low,
        max=high,
        continuous_update=False,
        **_words(description, tooltip),
    )


def _rate(description, value):
    return widgets.FloatLogSlider(  # it waits: the training would take each value on the way
        value=value,
        min=-5,
        max=0,
        step=0.1,
        readout_format=".2g",
        continuous_update=False,
        **_words(description, "The length of an update; a change applies at once"),
    )
