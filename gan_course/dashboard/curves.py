"""The curves of a training run while it runs: losses and D, redrawn in milliseconds."""

import numpy as np
from matplotlib.ticker import FuncFormatter

from gan_course.plots.curves import HISTORY_KEYS, equilibrium_label, round_up
from gan_course.plots.moving import MovingFigure
from gan_course.plots.style import COLOURS, LINES, MARKERS
from gan_course.plots.swift import name_axes
from gan_course.tables import number

BINS = 240  # points of a curve at most: a long history is averaged over equal runs of steps
CURVES = {  # column -> (axes, role, label)
    "d_loss": (0, "discriminator", "discriminator loss"),
    "g_loss": (0, "generator", "generator loss"),
    "d_real": (1, "real", "D(real)"),
    "d_fake": (1, "fake", "D(fake)"),
}


def average_in_runs(history, most=BINS):
    """Return a history in at most `most` points, each of them for as many steps in a row.

    Args:
        history: A dict of equally long lists, such as `trainer.history`.
        most: How many points at most.

    Returns:
        A dict from the columns to arrays (points, 3): the mean over the steps of a point, the
        lowest and the highest value. And how many steps a point stands for, a power of 2.
    """
    length, width = min(len(history[key]) for key in HISTORY_KEYS), 1
    while length > most * width:
        width *= 2
    starts = np.arange(0, length, width)
    counts = np.diff([*starts, length])
    columns = {}
    for key in HISTORY_KEYS:
        values = np.asarray(history[key][:length], dtype=float)
        mean = np.add.reduceat(values, starts) / counts
        low, high = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
        columns[key] = np.column_stack([mean, low, high])
    return columns, width


class LiveCurves:
    """One figure, reused: both losses above, D(real) and D(fake) below, against the step.

    A strong line is the mean over some steps, the pale band behind it runs from the lowest to the
    highest of them.

    Args:
        equilibrium: The discriminator's loss where it cannot tell, drawn as a dotted line, or None.

    Example:
        >>> curves = LiveCurves()
        >>> picture = curves.html(trainer.history, steps=1000)
    """

    def __init__(self, equilibrium=None):
        places = [(0.115, 0.60, 0.84, 0.30), (0.115, 0.135, 0.84, 0.30)]
        self.moving = MovingFigure(places, height=4.0, width=5.2)
        self._lines, self._bands, self._text = {}, {}, None
        losses, scores = self.moving.axes
        for column, (place, role, label) in CURVES.items():
            axes, colour = self.moving.axes[place], COLOURS[role]
            self._bands[column] = axes.fill_between([], [], color=colour, alpha=0.16, lw=0)
            (self._lines[column],) = axes.plot(
                [],
                [],
                color=colour,
                ls=LINES[role],
                marker=MARKERS[role],
                markersize=7.5 if MARKERS[role] == "X" else 6,
                markeredgecolor="white",
                markeredgewidth=0.6,
                lw=1.7,
                label=label,
            )
        dotted = {"color": COLOURS["reference"], "ls": ":", "lw": 1.2}
        if equilibrium is not None:
            losses.axhline(equilibrium, label=equilibrium_label(equilibrium), **dotted)
        scores.axhline(0.5, label="½: cannot tell", **dotted)
        name_axes(losses, "", "", "loss", left=0.42)
        name_axes(scores, "", "training step", "probability", left=0.42)
        scores.set_ylim(-0.04, 1.04)
        scores.set_yticks([0, 0.5, 1], ["0", "½", "1"])
        for axes in self.moving.axes:
            axes.xaxis.set_major_formatter(FuncFormatter(lambda step, _: f"{step:,.0f}"))
            axes.legend(
                loc="lower left",
                bbox_to_anchor=(-0.01, 0.98),
                ncols=3,
                frameon=False,
                fontsize=9,
                borderpad=0,
                columnspacing=1.2,
                handletextpad=0.5,
            )
        self.moving.add(*self._bands.values(), *self._lines.values())

    def html(self, history, steps=None):
        """Draw a history, and return an HTML image.

        Args:
            history: A dict of lists, such as `trainer.history`.
            steps: The limit of the run: the axis does not reach beyond.

        Returns:
            A string of HTML; its alternative text holds the latest numbers.
        """
        columns, width = average_in_runs(history)
        step = columns["step"][:, 0]
        for rank, column in enumerate(CURVES):
            mean, low, high = columns[column].T
            every = max(1, len(step) // 8)
            line = self._lines[column]
            line.set_data(step, mean)
            line.set_markevery((rank % 2 * (every // 2), every))  # side by side, not on top
            shown = len(step) > 1 and width > 1
            self._bands[column].set_verts([_band(step, low, high)] if shown else [])
        self._set_limits(columns, steps)
        return self.moving.html(self.describe(columns))

    def describe(self, columns):
        """Return the alternative text: the latest mean of each curve."""
        step = columns["step"]
        if not len(step):
            return "Two empty plots, for losses and for D: no step has been taken yet."
        latest = {column: number(columns[column][-1, 0], ".2f") for column in CURVES}
        return (
            f"Curves of {len(step)} points up to step {step[-1, 2]:,.0f}. Above: discriminator "
            f"loss {latest['d_loss']}, generator loss {latest['g_loss']} at the end. "
            f"Below: D(real) {latest['d_real']}, D(fake) {latest['d_fake']} at the end."
        )

    def _set_limits(self, columns, steps):
        losses, scores = self.moving.axes
        last = max(10, columns["step"][-1, 2]) if len(columns["step"]) else 10
        right = round_up(last) if not steps else min(round_up(last), max(steps, last))
        for axes in self.moving.axes:
            self.moving.set_limits(axes, x=(0, right))
        settled = len(columns["step"]) // 20  # once there are many points, the first may stick out
        means = np.concatenate([columns[name][settled:, 0] for name in ("d_loss", "g_loss")])
        means = means[np.isfinite(means)]
        low, high = (means.min(), means.max()) if means.size else (0.0, 1.0)
        high = round_up(1.1 * high) if high > 1.5 else 2.0
        low = -round_up(-1.1 * low) if low < 0 else 0.0
        self.moving.set_limits(losses, y=(low, high))


def _band(x, low, high):
    """Return the corners (2n, 2) of the area between two curves."""
    return np.column_stack([np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]])])
