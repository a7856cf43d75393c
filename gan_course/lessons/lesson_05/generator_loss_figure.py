"""The two losses of a generator and their gradients, against the logit of one fake."""

import numpy as np

from gan_course.plots.style import COLOURS
from gan_course.plots.swift import name_axes, swift_figure, swift_log
from gan_course.tables import number

PLACES = ((0.075, 0.25, 0.39, 0.66), (0.58, 0.25, 0.405, 0.66))
LIMIT = 10.0  # the picture runs from −10 to 10
LOOKS = {
    "minimax": (COLOURS["orange"], "--", "s"),
    "non-saturating": (COLOURS["blue"], "-", "o"),
}


def plot_generator_losses(logit, losses, gradients, *, logarithmic=False):
    """Draw both losses of one fake and their gradients against its logit, and mark one logit.

    Args:
        logit: Where to put the marks.
        losses: A dict from `"minimax"` and `"non-saturating"` to functions of the logit.
        gradients: The same for their derivatives.
        logarithmic: Whether the gradients' sizes are drawn, on a logarithmic axis.

    Returns:
        A Figure with two axes: losses and gradients.

    Introduced in lesson 05.
    """
    figure, (left, right) = swift_figure(PLACES, height=3.6)
    ell = np.linspace(-LIMIT, LIMIT, 401)
    told = []
    for name, (colour, line, marker) in LOOKS.items():
        look = {"color": colour, "ls": line, "lw": 2.2, "label": name}
        spot = {"color": colour, "marker": marker, "ms": 9, "mec": "black", "ls": "none"}
        slope = float(gradients[name](logit))
        left.plot(ell, losses[name](ell), **look)
        left.plot([logit], [float(losses[name](logit))], **spot)
        curve = gradients[name](ell)
        right.plot(ell, np.abs(curve) if logarithmic else curve, **look)
        right.plot([logit], [abs(slope) if logarithmic else slope], **spot)
        told.append(f"{name} {number(slope)}")
    for axes in (left, right):
        axes.axvline(logit, color="black", lw=0.8, ls=":")
        axes.axvspan(-LIMIT, -4, color="0.93", lw=0)
        axes.set_xlim(-LIMIT, LIMIT)
    left.set_ylim(-LIMIT - 0.5, LIMIT + 0.5)
    left.text(-LIMIT + 0.3, -LIMIT + 0.3, "D is sure:\na fake", fontsize=9, va="bottom")
    name_axes(left, "Loss of one fake", "logit ℓ of D(G(z))", "loss", left=0.43)
    if logarithmic:
        swift_log(right.yaxis)
        right.set_ylim(1e-5, 3.0)
        name_axes(right, "Size of its gradient", "logit ℓ of D(G(z))", "size of d loss / dℓ")
    else:
        right.set_ylim(-1.06, 0.06)
        name_axes(right, "Its gradient", "logit ℓ of D(G(z))", "d loss / dℓ")
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncols=2, frameon=False, fontsize=9.5)
    figure.alt = (
        "Two losses of the generator and their gradients against the logit of a fake. Minimax is "
        "flat where D is sure of a fake, on the left; non-saturating is flat on the right. At the "
        f"logit {number(logit, 'g')} the gradients are {' and '.join(told)}."
    )
    return figure
