"""The panels of a `CurvesScene` as a still figure, for readers without scripts."""

import numpy as np

from gan_course.plots.curves import round_up
from gan_course.plots.swift import name_axes, swift_figure

INCHES = 1.55  # the height of a panel


def plot_panels(scene):
    """Draw what a `CurvesScene` shows: its panels, one above the other.

    Args:
        scene: A `CurvesScene`; its `alt` becomes the figure's.

    Returns:
        A Figure, for `swift_html`.
    """
    panels = scene.panels
    height = INCHES * len(panels) + 0.2
    tall, low = (INCHES - 0.55) / height, 0.4 / height
    places = [
        (0.12, low + (len(panels) - 1 - row) * INCHES / height, 0.84, tall)
        for row in range(len(panels))
    ]
    figure, all_axes = swift_figure(places, height=height, width=4.6)
    steps = np.frombuffer(scene.steps, "<f4")
    values = iter(np.frombuffer(scene.values, "<f4").reshape(-1, max(len(steps), 1)))
    bands = iter(np.frombuffer(scene.bands, "<f4").reshape(-1, 2, max(len(steps), 1)))
    furthest = float(max([10, *steps[-1:]]))
    last = round_up(furthest)
    last = min(last, max(scene.most_steps or last, furthest))
    point = "o" if len(steps) == 1 else ""  # one point makes no line
    for axes, panel in zip(all_axes, panels, strict=True):
        for mark in panel.get("marks", ()):
            axes.axhline(mark["at"], color="#777777", lw=1.0, ls=":")
            place = {"transform": axes.get_yaxis_transform(), "ha": "right", "va": "top"}
            axes.text(0.995, mark["at"], mark["text"], fontsize=7.5, color="#555555", **place)
        for line, numbers in zip(panel["lines"], values, strict=False):
            style = "steps-post" if line.get("stairs") else "default"
            axes.plot(steps, numbers, drawstyle=style, marker=point, **_look(line))
            band = next(bands, None)
            if band is not None:
                axes.fill_between(steps, *band, color=line["colour"], alpha=0.16, lw=0)
        keys = panel.get("keys", panel["lines"])
        for key in keys:
            axes.plot([], [], label=key["name"], **_look(key))
        if keys:
            look = {"frameon": False, "fontsize": 8, "handlelength": 2.4, "borderaxespad": 0.1}
            axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(keys), **look)
        axes.set_title(panel["title"], fontsize=9, loc="left")
        axes.set(xlim=(0, last), ylim=panel["limits"])
        if "ticks" in panel:
            axes.set_yticks(panel["ticks"])
    name_axes(all_axes[-1], "", "step")
    figure.alt = scene.alt
    return figure


def _look(line):
    dash = line.get("dash")
    look = {"color": line["colour"], "lw": 1.6}
    return look | {"ls": (0, tuple(part / 1.6 for part in dash))} if dash else look
