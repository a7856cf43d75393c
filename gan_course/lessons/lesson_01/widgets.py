"""The widgets of lesson 01: a walk downhill, and two losses of a saturated sigmoid."""

import html
import math

import ipywidgets as widgets
import numpy as np

from gan_course.from_scratch.activations import sigmoid
from gan_course.from_scratch.optimizers import (
    Adam,
    GradientDescent,
    Momentum,
    RMSprop,
    descend,
    step_size_bound,
)
from gan_course.lessons.lesson_01.landscape_figure import plot_landscape
from gan_course.lessons.lesson_01.landscapes import (
    cross_entropy_unit,
    parabola,
    ravine,
    squared_error_unit,
    two_valleys,
)
from gan_course.lessons.lesson_01.saturation_figure import plot_saturation
from gan_course.tables import number
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer

OPTIMIZERS = {
    "gradient descent": GradientDescent,
    "momentum": Momentum,
    "RMSprop": RMSprop,
    "Adam": Adam,
}
PARABOLA, VALLEYS, RAVINE = "parabola x²", "two valleys", "ravine (2-D)"
LIMITS = {PARABOLA: (-4.2, 4.2), VALLEYS: (-2.0, 2.0), RAVINE: ((-5.0, 5.0), (-3.6, 3.6))}
CONTROLS = Controls(label="9.5em", width="25em")


def landscape_explorer():
    """Walk downhill on a curve or in a ravine: every number of the walk is under your hand.

    Controls: surface, optimiser, learning rate, steps, start, and the ravine's steepness and turn.
    The ruler below the picture marks the bound above which the learning rate is not stable.

    Returns:
        An `Explorer`.

    Example:
        >>> landscape_explorer()

    Introduced in lesson 01.
    """
    controls = {
        "surface": CONTROLS.choice("Surface", [PARABOLA, VALLEYS, RAVINE], "What to walk down on"),
        "optimizer": CONTROLS.choice("Optimiser", list(OPTIMIZERS), "The rule of each step"),
        "rate": widgets.FloatLogSlider(
            value=0.1,
            min=-3,
            max=0.5,
            step=0.05,
            readout_format=".3g",
            **CONTROLS.look("Learning rate α", "The length of a step, for a given slope"),
        ),
        "steps": CONTROLS.slider("Steps", 20, 0, 200, "How many steps to take"),
        "x": CONTROLS.slider("Start at x (x₁)", -1.5, -4, 4, "Where the walk begins", step=0.1),
        "y": CONTROLS.slider(
            "Start at x₂", 1.0, -2.5, 2.5, "The second coordinate, in the ravine", step=0.1
        ),
        "steepness": CONTROLS.slider(
            "Steepness", 50, 1, 100, "The ravine's larger curvature; the other is 1"
        ),
        "turn": CONTROLS.slider("Turn", 0, 0, 90, "The angle of the ravine, in degrees", step=5),
    }

    def draw(surface, optimizer, rate, steps, x, y, steepness, turn):
        for name in ("y", "steepness", "turn"):
            controls[name].disabled = surface != RAVINE
        return _draw_landscape(surface, optimizer, rate, steps, x, y, steepness, turn)

    return Explorer(controls, draw, "gan-landscape-explorer")


def saturation_explorer():
    """Move a sigmoid's logit and its target, and see how strongly either loss pulls on it.

    Controls: logit and target. The text gives the prediction, both losses and both gradients.

    Returns:
        An `Explorer`.

    Example:
        >>> saturation_explorer()

    Introduced in lesson 01.
    """
    controls = {
        "logit": CONTROLS.slider(
            "Logit x", -8.0, -10, 10, "The sigmoid's input; its output is p", step=0.25
        ),
        "target": CONTROLS.slider(
            "Target y", 1.0, 0, 1, "1 is yes, 0 is no; between lies a share", step=0.05
        ),
    }
    return Explorer(controls, _draw_saturation, "gan-saturation-explorer")


WIDGETS = {"landscape": landscape_explorer, "saturation": saturation_explorer}


def _draw_landscape(name, optimizer, rate, steps, x, y, steepness, turn):
    surface = {
        PARABOLA: parabola,
        VALLEYS: two_valleys,
        RAVINE: lambda: ravine(float(steepness), float(turn)),
    }[name]()
    limits = LIMITS[name]
    start = np.array([x, y]) if surface.dimensions == 2 else float(np.clip(x, *limits))
    walk = descend(surface.gradient, start, OPTIMIZERS[optimizer](rate), steps)
    losses = surface.function(walk.positions)
    zones = _zones(surface, optimizer)
    verdict = _verdict(walk, losses)
    figure = plot_landscape(
        surface.function,
        walk.positions,
        limits,
        rate,
        zones,
        optimizer=optimizer,
        verdict=verdict,
    )
    place = [number(each, ".3g") for each in np.ravel(walk.positions[-1])]
    end = place[0] if len(place) == 1 else f"({', '.join(place)})"
    loss = number(losses[-1], ".4g")
    text = f"<b>{html.escape(verdict)}.</b> The walk ends at {end} with the loss {loss}."
    if name == VALLEYS:
        text += _about_valley(surface, walk.positions[-1])
        if start != x:
            text += f" The start was moved to {number(start)}, the edge of the picture."
    return figure, f"{text} {_about_bound(rate, zones, optimizer)}"


def _zones(surface, optimizer):
    """Return the zones of the learning rate, as `plot_landscape` takes them."""
    if optimizer in ("RMSprop", "Adam"):
        return [
            (math.inf, "no bound from the curvature: α sets the length of a step, not the slope")
        ]
    momentum = Momentum(1.0).momentum if optimizer == "momentum" else 0.0
    bounds = sorted(step_size_bound(curvature, momentum) for curvature in surface.curvatures)
    if len(bounds) == 2:
        words = ["either valley can hold a walk", "only the shallow valley can", "neither"]
        return list(zip([*bounds, math.inf], words, strict=True))
    if momentum:
        return [(bounds[0], "closes in, often swinging"), (math.inf, "runs away")]
    words = ["closes in", "zigzag", "runs away"]
    return list(zip([bounds[0] / 2, bounds[0], math.inf], words, strict=True))


def _verdict(walk, losses):
    if walk.diverged:
        return f"✘ Diverged: past 1,000,000 after {walk.steps_taken} steps"
    if losses[-1] > losses[0] * (1 + 1e-9):
        return f"✘ The loss grew from {number(losses[0])} to {number(losses[-1])}"
    if math.isclose(losses[-1], losses[0], rel_tol=1e-9):
        return "○ No closer than at the start"
    return f"✔ The loss fell from {number(losses[0])} to {number(losses[-1])}"


def _about_valley(surface, position):
    for place, word in zip(surface.minima, ("deep", "shallow"), strict=True):
        if abs(position - place) < 0.1:
            return f" That is in the {word} valley."
    return ""


def _about_bound(rate, zones, optimizer):
    if len(zones) == 1:
        return f"{optimizer} divides by the size of the gradients, so the curvature sets no bound."
    bound = zones[-2][0]
    if zones[0][1].startswith("either"):
        deep, shallow = zones[0][0], zones[1][0]
        holds = "both" if rate < deep else "only the shallow one" if rate < shallow else "neither"
        return (
            f"The deep valley's bound is {deep:.3g}, the shallow one's {shallow:.3g}. With your "
            f"learning rate of {rate:.3g}, {holds} can hold a walk."
        )
    side = "below" if rate < bound * (1 - 1e-9) else "above" if rate > bound * (1 + 1e-9) else "at"
    return f"The learning rate is {rate / bound:.2f} times the bound {bound:.3g}: {side} it."


def _draw_saturation(logit, target):
    squared, cross = squared_error_unit(target), cross_entropy_unit(target)
    figure = plot_saturation(squared, cross, logit, target)
    rows = "".join(
        f"<tr><th scope='row' style='text-align: left'>{name}</th>"
        f"<td>{number(unit.function(logit), '.5g')}</td>"
        f"<td>{number(unit.gradient(logit), '.5g')}</td></tr>"
        for name, unit in (("squared error", squared), ("cross-entropy", cross))
    )
    text = (
        f"<b>Prediction p = sigmoid({number(logit, 'g')}) = {number(sigmoid(logit), '.5g')}, "
        f"target {target:g}.</b>"
        "<table style='border-spacing: 1.2em 0.1em'><tr><td></td><th scope='col'>loss</th>"
        f"<th scope='col'>gradient with respect to x</th></tr>{rows}</table>"
    )
    return figure, f"{text}{_ratio(squared.gradient(logit), cross.gradient(logit))}"


def _ratio(small, large):
    if small == 0 or abs(large) < 1e-12:
        return "The prediction is right: neither loss pulls."
    return f"Cross-entropy pulls {number(large / small, '.4g')} times as hard as squared error."
