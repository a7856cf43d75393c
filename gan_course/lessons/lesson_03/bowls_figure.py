"""Quadratic losses of two weights: the same walk downhill on bowls of different shape."""

import numpy as np

from gan_course.arguments import check_filled
from gan_course.plots.descent import describe_walk, draw_contours
from gan_course.plots.style import COMPARED, new_figure


def plot_bowls(bowls):
    """Draw bowls side by side, each with its walk, and the losses of all walks on one axis.

    A bowl is ½ (w − w*)ᵀ H (w − w*): every quadratic loss with its lowest point w* at height 0.
    Both axes of a panel have the same scale, so that a round bowl looks round.

    Args:
        bowls: A dict from titles to (H (2, 2), lowest point w* (2,), walk (steps + 1, 2)), at most
            two.

    Returns:
        A Figure with a panel for each bowl and one for the losses.

    Raises:
        ValueError: If there is no bowl, or there are more than two.

    Example:
        >>> walk = np.array([[2.0, 1.0], [1.0, 0.5], [0.5, 0.25]])
        >>> figure = plot_bowls({"round": (np.eye(2), np.zeros(2), walk)})

    Introduced in lesson 03.
    """
    check_filled("bowls", bowls, 2, "Draw the others in a second figure.")
    figure, panels = new_figure(1, len(bowls) + 1, height=3.1)
    told = []
    for panel, look, (title, bowl) in zip(panels, COMPARED, bowls.items(), strict=False):
        hessian, lowest, walk = (np.asarray(part, dtype=np.float64) for part in bowl)
        colour, marker, line = look
        losses = bowl_height(walk, hessian, lowest)
        draw_contours(panel, lambda w, h=hessian, at=lowest: bowl_height(w, h, at), _limits(bowl))
        every = {"markevery": max(1, len(walk) // 25)}
        panel.plot(*walk.T, color=colour, marker=marker, ms=3.5, lw=1.1, **every)
        panel.plot(*walk[0], "k*", ms=11, label="start")
        panel.plot(*lowest, "k+", ms=11, mew=2, label="lowest point")
        panel.set(xlabel="w₁", ylabel="w₂", aspect="equal")
        panel.set_title(title, fontsize=10)
        seen = np.maximum(losses / losses[0], 1e-12)
        panels[-1].plot(seen, color=colour, ls=line, label=title)
        condition = np.linalg.cond(hessian)
        told.append(
            f"{title}: condition number {condition:.3g}; {describe_walk(walk, losses)[:-1]}."
        )
    panels[-1].set(yscale="log", xlabel="step", ylabel="loss, as a share of the first")
    panels[-1].set_ylim(bottom=1e-8)
    panels[-1].legend(fontsize=9)
    panels[0].legend(fontsize=8, loc="best")
    figure.alt = (
        "Contours of quadratic losses with a walk of gradient descent on each, and the losses "
        f"against the step. {' '.join(told)}"
    )
    return figure


def bowl_height(weights, hessian, lowest):
    """Return ½ (w − w*)ᵀ H (w − w*) for weights (..., 2)."""
    away = np.asarray(weights) - lowest
    return 0.5 * np.einsum("...i,ij,...j->...", away, hessian, away)


def _limits(bowl):
    """Return limits around the walk and the lowest point, with the latter in the middle."""
    _, lowest, walk = bowl
    reach = 1.25 * np.abs(np.asarray(walk) - lowest).max()
    return tuple((lowest[k] - reach, lowest[k] + reach) for k in range(2))
