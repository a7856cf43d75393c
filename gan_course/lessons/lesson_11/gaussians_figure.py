"""The figure of two distributions on a line, and of what two distances see of them."""

import numpy as np

from gan_course.plots.style import COLOURS
from gan_course.plots.swift import name_axes, swift_figure

BELL, TWO_POINTS, SKEWED = "a bell", "two points", "skewed to the right"
THIRD_MOMENTS = {BELL: 0.0, TWO_POINTS: 0.0, SKEWED: 2.0}  # at mean 0 and deviation 1


def distances(shape, shift, width):
    """Return what the Fréchet and the cubic kernel distance say of fakes against N(0, 1).

    With the kernel (xy + 1)³ = 1 + 3xy + 3x²y² + x³y³ the kernel distance is 3 (Δm₁)² + 3 (Δm₂)² +
    (Δm₃)², with Δmₖ the difference of the k-th moments.

    Args:
        shape: A key of `THIRD_MOMENTS`.
        shift: The mean of the fakes.
        width: Their standard deviation.

    Returns:
        A dict from what is seen to a number: `mean` and `spread`, the two parts of the Fréchet
        distance, and `m1`, `m2`, `m3`, the three of the kernel distance.

    Introduced in lesson 11.
    """
    second = shift**2 + width**2
    third = shift**3 + 3 * shift * width**2 + THIRD_MOMENTS[shape] * width**3
    return {
        "mean": shift**2,
        "spread": (width - 1) ** 2,
        "m1": 3 * shift**2,
        "m2": 3 * (second - 1) ** 2,
        "m3": third**2,
    }


def plot_gaussians(shape, shift, width):
    """Draw N(0, 1) and the fakes, and beside them the parts of both distances, each at its scale.

    Args:
        shape: As in `distances`, and so are the others.
        shift: See there.
        width: See there.

    Returns:
        A Figure.

    Introduced in lesson 11.
    """
    figure, (left, *rest) = swift_figure(
        [(0.08, 0.2, 0.37, 0.68), (0.53, 0.2, 0.2, 0.68), (0.81, 0.2, 0.18, 0.68)], 2.9
    )
    x = np.linspace(-6, 6, 600)
    real, fake = (
        {"color": COLOURS["real"], "lw": 2},
        {"color": COLOURS["fake"], "lw": 2, "ls": "--"},
    )
    left.plot(x, bell(x), label="real: N(0, 1)", **real)
    if shape == TWO_POINTS:
        places = [shift - width, shift + width]
        left.vlines(places, 0, 0.5, label="fakes: half of them each", **fake)
    else:
        density = bell if shape == BELL else exponential
        left.plot(x, density((x - shift) / width) / width, label="fakes", **fake)
    left.set(xlim=(-6, 6), ylim=(0, 1.05))
    left.legend(loc="upper left", frameon=False, fontsize=9)
    name_axes(left, "two distributions", "x", "density", left=0.42)
    parts = distances(shape, shift, width)
    pieces = (("mean", "spread"), ("m1", "m2", "m3"))
    labels = ("means", "deviations"), ("m₁", "m₂", "m₃")
    for axes, names, title, ticks in zip(rest, pieces, ("Fréchet", "kernel"), labels, strict=True):
        heights = [parts[name] for name in names]
        axes.bar(range(len(names)), heights, width=0.6, color=COLOURS["sky"])
        axes.set(xticks=range(len(names)), xlim=(-0.6, len(names) - 0.4))
        axes.set_xticklabels(ticks, fontsize=9)
        axes.set_ylim(0, max(1.0, 1.1 * max(heights)))
        name_axes(axes, title, "")
    frechet, kernel = (sum(parts[name] for name in names) for names in pieces)
    figure.alt = (
        f"Left: the density of N(0, 1), and fakes of the shape “{shape}” with mean {shift:.2f} and "
        f"deviation {width:.2f}. Right: the Fréchet distance, {frechet:.2f}, and the kernel "
        f"distance, {kernel:.2f}, as bars."
    )
    return figure


def bell(x):
    """Return the density of N(0, 1)."""
    return np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def exponential(x):
    """Return the density of an exponential distribution, moved to mean 0; its deviation is 1."""
    return np.where(x >= -1, np.exp(-np.maximum(x + 1, 0)), 0.0)
