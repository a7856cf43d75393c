"""What a classifier of points in the plane says everywhere, with points and arrows on top."""

import numpy as np

from gan_course.arguments import check_labels, check_points
from gan_course.plots.style import COLOURS, MARKERS, new_figure
from gan_course.tables import number

FINENESS = 120  # grid points along each axis
# Probability bands from "surely 0" (vermilion) to "surely 1" (blue), pale so that points stand out.
LEVELS = (0.0, 0.02, 0.15, 0.5, 0.85, 0.98, 1.0)
BANDS = ("#F6C7A8", "#FADCC9", "#FDF0E8", "#E8F2F9", "#C9E1F1", "#A8CEE8")


def plot_decision(
    logit, points, labels, limits, names=("class 0", "class 1"), arrows=None, title=""
):
    """Draw the probability that a network gives to class 1 over the plane, and the points.

    Colour bands change at the probabilities 0.02, 0.15, 0.5, 0.85 and 0.98; the black line is the
    boundary, where the logit is 0.

    Args:
        logit: A function from points (n, 2) to logits (n,) or (n, 1).
        points: (n, 2).
        labels: (n,) of zeros and ones; class 1 is drawn as blue dots, class 0 as vermilion crosses.
        limits: (x_low, x_high, y_low, y_high) of the picture.
        names: What the two classes are called in the legend.
        arrows: Pairs (starts, ends), each (m, 2), drawn as arrows; None for none.
        title: What stands above.

    Returns:
        A Figure.

    Raises:
        ValueError: If a shape does not fit.

    Example:
        >>> figure = plot_decision(lambda x: x[:, 0], [[1, 0], [-1, 0]], [1, 0], (-2, 2, -1, 1))

    Introduced in lesson 02.
    """
    points = check_points("points", points, 2)
    labels = check_labels("labels", np.ravel(labels), 2, len(points))
    x_low, x_high, y_low, y_high = limits
    xs, ys = np.linspace(x_low, x_high, FINENESS), np.linspace(y_low, y_high, FINENESS)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1)  # (rows, columns, 2)
    logits = np.asarray(logit(grid.reshape(-1, 2))).reshape(FINENESS, FINENESS)
    probability = 0.5 * (1 + np.tanh(logits / 2))  # the sigmoid, without overflow

    figure, axes = new_figure(height=3.8, width=7.2)
    axes.grid(False)
    axes.contourf(xs, ys, probability, levels=LEVELS, colors=BANDS)
    if logits.min() < 0 < logits.max():
        axes.contour(xs, ys, logits, levels=[0.0], colors="black", linewidths=1.4)
    for label, role in ((1, "real"), (0, "fake")):
        chosen = points[labels == label]
        axes.plot(
            *chosen.T,
            ls="none",
            marker=MARKERS[role],
            color=COLOURS[role],
            markeredgecolor="white",
            markeredgewidth=0.5,
            markersize=5.5 if label else 6.5,
            label=names[label],
        )
    if arrows is not None:
        starts, ends = (np.asarray(side, dtype=np.float64) for side in arrows)
        moved = ends - starts
        look = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.004}
        axes.quiver(*starts.T, *moved.T, color=COLOURS["push"], zorder=3, **look)
    axes.set(xlim=(x_low, x_high), ylim=(y_low, y_high), xlabel="x₁", ylabel="x₂", aspect="equal")
    axes.set_title(title, fontsize=11)
    axes.legend(fontsize=9, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    share = np.mean((np.asarray(logit(points)).reshape(-1) > 0) == (labels == 1))
    figure.alt = (
        f"{title + '. ' if title else ''}{np.sum(labels == 1)} points of {names[1]} and "
        f"{np.sum(labels == 0)} of {names[0]} over the network's probability; "
        f"{number(share, '.0%')} lie on their side of the boundary."
    )
    return figure
