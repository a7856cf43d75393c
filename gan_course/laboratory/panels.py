"""The laboratory's panels: the value of the game, the divergence, and the modes, step by step."""

import numpy as np
from matplotlib.ticker import FuncFormatter

from gan_course.laboratory.frame import LiveFigure
from gan_course.plots.curves import round_up
from gan_course.plots.style import COLOURS

LOG_2 = float(np.log(2.0))


class PanelsPicture:
    """Three small pictures over the same steps: V(D, G), the JSD, and the modes or D's means.

    Args:
        modes: How many modes the real data has; None draws D(real) and D(fake) in the third panel.
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

    def describe(self, probability, exact):
        """Return the panels as `CurvesScene` draws them; each line has the key of its numbers too.

        Args:
            probability: Whether D of this loss is a probability; if not, V and the JSD from D mean
                nothing and are left out.
            exact: Whether V(D*, G) and the JSD are exact, else estimates.
        """
        best = "V(D*, G)" if exact else "V(D*, G), estimated"
        true = "true" if exact else "of smoothed densities"
        reference = {"colour": COLOURS["reference"], "dash": [6, 4]}
        own = {"colour": COLOURS["discriminator"]}
        value = {
            "title": "value V",
            "limits": [-2.6, 0.1],
            "ticks": [-2, -1, 0],
            "marks": [{"at": -2 * LOG_2, "text": "−log 4, the equilibrium"}],
            "lines": [
                {"key": "value", "name": "V(D, G)", **own},
                {"key": "best", "name": best, **reference},
            ],
        }
        divergence = {
            "title": "JSD",
            "limits": [-0.05, 0.8],
            "ticks": [0, 0.25, 0.5],
            "marks": [{"at": LOG_2, "text": "log 2, the most"}],
            "lines": [{"key": "true", "name": true, **reference}],
        }
        if probability:
            divergence["lines"].insert(0, {"key": "estimate", "name": "from D", **own})
        if self.modes:
            name = f"modes covered, of {self.modes}"
            third = {
                "title": "modes",
                "limits": [-0.04 * self.modes, 1.08 * self.modes],
                "ticks": sorted({0, self.modes // 2, self.modes}),
                "marks": [{"at": self.modes, "text": ""}],
                "lines": [{"key": "covered", "name": name, "stairs": True}],
            }
            third["lines"][0]["colour"] = COLOURS["generator"]
        else:
            third = {
                "title": "mean of D",
                "limits": [-0.04, 1.04],
                "ticks": [0, 0.5, 1],
                "marks": [{"at": 0.5, "text": "½"}],
                "lines": [
                    {"key": "d_real", "name": "D(real)", "colour": COLOURS["real"]},
                    {"key": "d_fake", "name": "D(fake)", "colour": COLOURS["fake"], "dash": [6, 4]},
                ],
            }
        return [value, divergence, third] if probability else [divergence, third]

    def html(self, alt, measured, best_name="V(D*, G)", true_name="true"):
        """Draw what was measured, and return the picture as an HTML image.

        Args:
            alt: The alternative text.
            measured: A `BoundedHistory` of dicts: `value` V(D, G), `best` V(D*, G), `estimate` and
                `true` of the JSD, and `covered`, or `d_real` and `d_fake`; None where there is no
                number.
            best_name: What the first legend calls V(D*, G).
            true_name: What the second legend calls the JSD that does not come from D.

        Returns:
            A string: `<img alt=… src=…>`.
        """
        steps, rows = measured.kept
        names = ("covered",) if self.modes else ("d_real", "d_fake")
        lines = (self._value, self._best, self._estimate, self._true, *self._lines)
        for line, name in zip(lines, ("value", "best", "estimate", "true", *names), strict=True):
            line.set_data(steps, np.array([row[name] for row in rows], dtype=float))  # None: NaN
            line.set_marker("o" if len(steps) == 1 else "")  # one point makes no line
        right = round_up(max(10, steps[-1]) if steps else 10)
        for axes in self.live.axes:
            self.live.set_limits(axes, x=(0, right))
        self._name_lines(best_name, true_name)
        return self.live.html(alt)

    def _name_lines(self, best_name, true_name):
        if (best_name, true_name) == self._titles:
            return
        self._titles = best_name, true_name
        self._best.set_label(best_name)
        self._true.set_label(true_name)
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
