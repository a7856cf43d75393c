"""The laboratory's panels: the value of the game, the divergence, and the modes, step by step."""

import numpy as np
from matplotlib.ticker import FuncFormatter

from gan_course.laboratory.frame import LiveFigure
from gan_course.plots.style import COLOURS

LOG_2 = float(np.log(2.0))
MOST_POINTS = 400  # older points are thinned beyond this


class Trace:
    """Numbers that were measured at some steps; a long trace keeps every other one.

    Args:
        columns: The names of the numbers.

    Example:
        >>> trace = Trace("value", "best")
        >>> trace.add(10, value=-1.2, best=-1.1)
        >>> trace.columns["step"], trace.last("value")
        ([10], -1.2)

    Introduced in lesson 05.
    """

    def __init__(self, *columns):
        self.columns = {name: [] for name in ("step", *columns)}

    def add(self, step, **numbers):
        """Add what was measured at a step, in place of an earlier measurement at this step.

        Args:
            step: The number of steps taken, a whole number.
            **numbers: One for each column; None where there is none.
        """
        steps = self.columns["step"]
        while steps and steps[-1] >= step:  # the same step drawn again
            for values in self.columns.values():
                values.pop()
        for name, values in self.columns.items():
            number = step if name == "step" else numbers.get(name)
            values.append(np.nan if number is None else number)
        if len(steps) > MOST_POINTS:
            for values in self.columns.values():
                del values[1:-1:2]

    def last(self, name):
        """Return the latest number of a column; NaN if there is none."""
        return self.columns[name][-1] if self.columns[name] else float("nan")


class PanelsPicture:
    """Three small pictures over the same steps: V(D, G), the JSD, and the modes or D's means.

    Args:
        modes: How many modes the real data has; None draws D(real) and D(fake) in the third panel.

    Introduced in lesson 05.
    """

    def __init__(self, modes=None):
        self.modes = modes
        places = [(0.135, bottom, 0.8, 0.21) for bottom in (0.72, 0.405, 0.09)]
        self.live = LiveFigure(places, 5.0, 4.1)
        value, divergence, third = self.live.axes
        moves = self.live.moves
        self._value = moves(_line(value, "discriminator", "-", "V(D, G)"))
        self._best = moves(_line(value, "reference", "--", "V(D*, G)"))
        value.axhline(-2 * LOG_2, color="#777777", linewidth=1.2, linestyle=":")
        value.text(0.995, -2 * LOG_2 - 0.09, "−log 4, the equilibrium", **_at(value, "top"))
        _set_up(value, (-2.6, 0.1), [-2, -1, 0])
        self._estimate = moves(_line(divergence, "discriminator", "-", "from D"))
        self._true = moves(_line(divergence, "reference", "--", "true"))
        divergence.axhline(LOG_2, color="#777777", linewidth=1.2, linestyle=":")
        divergence.text(0.995, LOG_2 - 0.03, "log 2, the most", **_at(divergence, "top"))
        _set_up(divergence, (-0.3, 0.8), [0, 0.25, 0.5])
        if modes:
            self._lines = [moves(_line(third, "generator", "-", f"modes covered, of {modes}"))]
            self._lines[0].set_drawstyle("steps-post")
            third.axhline(modes, color="#777777", linewidth=1.2, linestyle=":")
            _set_up(third, (-0.04 * modes, 1.08 * modes), sorted({0, modes // 2, modes}))
        else:
            self._lines = [
                moves(_line(third, name, style, label))
                for name, style, label in (("real", "-", "D(real)"), ("fake", "--", "D(fake)"))
            ]
            third.axhline(0.5, color="#777777", linewidth=1.2, linestyle=":")
            third.text(0.995, 0.52, "½", **_at(third, "bottom"))
            _set_up(third, (-0.04, 1.04), [0, 0.5, 1])
        third.set_xlabel("step", labelpad=1)
        self._titles = None

    def html(self, alt, columns, best_name="V(D*, G)", true_name="true", value_name="V(D, G)"):
        """Draw the traces, and return the picture as an HTML image.

        Args:
            alt: The alternative text.
            columns: A dict of equally long lists: `step`, `value` V(D, G), `best` V(D*, G),
                `estimate` and `true` of the JSD, and `covered`, or `d_real` and `d_fake`; NaN where
                there is no number.
            best_name: What the first legend calls V(D*, G).
            true_name: What the second legend calls the JSD that does not come from D.
            value_name: What the first legend calls V(D, G).

        Returns:
            A string: `<img alt=… src=…>`.
        """
        steps = columns["step"]
        names = ("covered",) if self.modes else ("d_real", "d_fake")
        lines = (self._value, self._best, self._estimate, self._true, *self._lines)
        for line, name in zip(lines, ("value", "best", "estimate", "true", *names), strict=True):
            line.set_data(steps, columns[name])
            line.set_marker("o" if len(steps) == 1 else "")  # one point makes no line
        right = round_up(steps[-1] if steps else 1)
        for axes in self.live.axes:
            self.live.set_limits(axes, x=(0, right))
        self._name_lines(best_name, true_name, value_name)
        return self.live.html(alt)

    def _name_lines(self, best_name, true_name, value_name):
        if (best_name, true_name, value_name) == self._titles:
            return
        self._titles = best_name, true_name, value_name
        self._best.set_label(best_name)
        self._true.set_label(true_name)
        self._value.set_label(value_name)
        groups = ([self._value, self._best], [self._estimate, self._true], self._lines)
        titles = ("value V", "JSD", "modes" if self.modes else "mean of D")
        for axes, lines, title in zip(self.live.axes, groups, titles, strict=True):
            axes.set_title(title, fontsize=10, loc="left")
            if axes.get_legend():
                axes.get_legend().remove()
            legend = axes.legend(
                handles=lines,
                ncols=2,
                loc="lower right",
                bbox_to_anchor=(1.08, 0.96),
                fontsize=8.5,
                frameon=False,
                columnspacing=1.2,
                handlelength=2.2,
            )
            for handle in legend.legend_handles:
                handle.set_animated(False)
                handle.set_marker("")
        self.live.changed()


def round_up(step):
    """Return the next of 10, 15, 20, 30, 40, 60, 80, 100, 150, …: the end of an axis of steps.

    Args:
        step: A whole number.

    Example:
        >>> round_up(8), round_up(1200)
        (10, 1500)

    Introduced in lesson 05.
    """
    size = 10
    while True:
        for end in (size, size * 3 // 2, 2 * size, 3 * size, 4 * size, 6 * size, 8 * size):
            if step <= end:
                return end
        size *= 10


def _line(axes, colour, style, label):
    (line,) = axes.plot(
        [], [], style, color=COLOURS[colour], label=label, linewidth=1.6, markersize=5
    )
    return line


def _at(axes, side):
    style = {"ha": "right", "va": side, "fontsize": 8.5, "color": "#555555"}
    return {"transform": axes.get_yaxis_transform(), **style}


def _set_up(axes, limits, ticks):
    axes.set(ylim=limits, autoscale_on=False)
    axes.set_yticks(ticks)
    axes.xaxis.get_major_locator().set_params(nbins=4, integer=True)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
