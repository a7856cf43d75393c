"""The chart of a run: its curves, and the sixteen samples at its end."""

import numpy as np

from gan_course.plots.pictures import tile
from gan_course.plots.style import COLOURS, COMPARED, new_figure
from gan_course.tables import number

ROLES = {
    "discriminator": COLOURS["discriminator"],
    "generator": COLOURS["generator"],
    "D(real)": COLOURS["real"],
    "D(fake)": COLOURS["fake"],
}


def plot_chart(chart, healthy=None, title="samples"):
    """Draw the curves of a run, pale beside them those of the healthy program, and its samples.

    Args:
        chart: A `Chart` of `gan_course.clinic.charts`.
        healthy: The chart to compare with, of the same panels; None for none.
        title: What stands above the samples.

    Returns:
        A Figure. Steps whose value is no number are marked by lines across the panel.

    Introduced in lesson 12.
    """
    figure, axes = new_figure(1, len(chart.curves) + 1, height=3.1)
    said = []
    for panel_axes, (panel, curves) in zip(axes, chart.curves.items(), strict=False):
        for place, (name, values) in enumerate(curves.items()):
            colour = ROLES.get(name, COMPARED[place][0])
            line = ("-", "--")[place]
            steps = np.arange(1, len(values) + 1)
            if healthy is not None:
                pale = {"color": colour, "ls": line, "lw": 1, "alpha": 0.35}
                other = healthy.curves[panel][name]
                panel_axes.plot(np.arange(1, len(other) + 1), other, **pale)
            panel_axes.plot(steps, values, color=colour, ls=line, lw=1.6, label=name)
            lost = steps[~np.isfinite(values)]
            for step in lost:
                panel_axes.axvline(step, color=COLOURS["black"], ls=":", lw=0.9)
            said.append(_course(name, values, lost))
        panel_axes.set(title=panel, xlabel="step")
        panel_axes.legend(fontsize=8.5, framealpha=0.8, edgecolor="none", loc="best")
    _draw_pictures(axes[-1], chart.pictures, title)
    if healthy is not None:
        figure.supxlabel("pale: the healthy program", fontsize=8.5)
    figure.alt = f"Curves: {'; '.join(said)}. Beside them sixteen images: {title}."
    return figure


def _draw_pictures(axes, pictures, title):
    sheet = tile(pictures[..., np.newaxis] / 127.5 - 1.0, 4, (-1, 1))
    axes.imshow(sheet, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
    axes.set_axis_off()
    axes.set_title(title)


def _course(name, values, lost):
    finite = values[np.isfinite(values)]
    text = f"{name} from {number(finite[0], '.2f')} to {number(finite[-1], '.2f')}"
    if len(lost):
        text += f", no number at step {', '.join(map(str, lost[:3]))}"
        text += " and later again" if len(lost) > 3 else ""
    return text
