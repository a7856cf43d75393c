"""Two losses of one sigmoid unit, and their gradients, against the logit."""

import numpy as np

from gan_course.plots.style import COLOURS
from gan_course.plots.swift import name_axes, swift_figure, swift_log
from gan_course.tables import number

PLACES = ((0.075, 0.255, 0.395, 0.65), (0.59, 0.255, 0.395, 0.65))
LIMITS = (-10.0, 10.0)  # the logits shown
LOSSES = (
    ("squared error", COLOURS["orange"], "s", "--"),
    ("cross-entropy", COLOURS["blue"], "o", "-"),
)


def plot_saturation(squared_error, cross_entropy, logit, target):
    """Draw both losses and both gradients against the logit, and mark one logit.

    Args:
        squared_error: A surface with `function` and `gradient`, both of the logit, such as
            `landscapes.squared_error_unit(target)`.
        cross_entropy: The same for the cross-entropy.
        logit: Where to put the marks.
        target: y, for the titles and the text.

    Returns:
        A Figure with two axes: losses, and sizes of the gradients on a logarithmic axis.

    Example:
        >>> units = squared_error_unit(1.0), cross_entropy_unit(1.0)
        >>> figure = plot_saturation(*units, logit=-8.0, target=1.0)

    Introduced in lesson 01.
    """
    figure, (losses, gradients) = swift_figure(PLACES, height=3.6)
    x = np.linspace(*LIMITS, 401)
    told = []
    for surface, (name, colour, marker, line) in zip(
        (squared_error, cross_entropy), LOSSES, strict=True
    ):
        loss, gradient = float(surface.function(logit)), float(surface.gradient(logit))
        look = {"color": colour, "ls": line, "lw": 2.0, "label": name}
        spot = {"color": colour, "marker": marker, "ms": 9, "mec": "black", "ls": "none"}
        losses.plot(x, surface.function(x), **look)
        losses.plot([logit], [loss], **spot)
        with np.errstate(divide="ignore"):
            gradients.plot(x, np.abs(surface.gradient(x)), **look)
        gradients.plot([logit], [abs(gradient)], **spot)
        told.append(f"{name} has the loss {number(loss)} and the gradient {number(gradient)}")
    for axes in (losses, gradients):
        axes.axvline(logit, color="black", lw=0.8, ls=":")
        axes.set_xlim(LIMITS)
    losses.set_ylim(-0.3, 10.5)
    name_axes(losses, f"Loss, target {target:g}", "logit x", "loss", left=0.43)
    swift_log(gradients.yaxis)
    gradients.set_ylim(1e-5, 3.0)
    title = "How strongly each pulls on the logit"
    name_axes(gradients, title, "logit x", "size of the gradient")
    handles, labels = losses.get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncols=2, frameon=False, fontsize=9.5)
    figure.alt = (
        f"Two losses of a sigmoid unit with target {target:g} and the sizes of their gradients, "
        f"against the logit. At the logit {number(logit, 'g')}, {told[0]}; {told[1]}."
    )
    return figure
