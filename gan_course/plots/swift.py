"""Figures for widgets, drawn in a few hundredths of a second: fixed places, plain tick labels.

Half of the time that Matplotlib takes goes into finding places: for axes, titles, labels, and the
edge of what was drawn. Here everything has its place from the start, and log axes write 0.01
without typesetting.
"""

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from gan_course.plots.display import figure_alt, image_html
from gan_course.plots.neutral import NeutralAxes, NeutralFigure
from gan_course.plots.pictures import encode_png
from gan_course.plots.style import WIDTH

SWIFT_DPI = 120  # a compromise between sharp text and time


def swift_figure(places, height, width=WIDTH):
    """Make a figure with axes at fixed places.

    Args:
        places: For each axes (left, bottom, width, height), as fractions of the figure. Leave room
            for labels: nothing is moved or widened later.
        height: In inches.
        width: In inches.

    Returns:
        The figure and a list of its axes.

    Example:
        >>> figure, (left, right) = swift_figure([(0.1, 0.2, 0.38, 0.7), (0.6, 0.2, 0.38, 0.7)], 3)
    """
    figure = NeutralFigure(figsize=(width, height), facecolor="white")
    figure.alt = ""
    all_axes = [figure.add_axes(place, axes_class=NeutralAxes) for place in places]
    for axes in all_axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(True, color="#E4E4E4", linewidth=0.7)
        axes.set_axisbelow(True)
        for axis in (axes.xaxis, axes.yaxis):  # the default counts what fits: slow
            axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    return figure, all_axes


def name_axes(axes, title, x_label, y_label=None, left=0.62):
    """Write the title and the labels of axes at fixed places.

    Args:
        axes: One of the axes of `swift_figure`.
        title: Above the axes; may be empty.
        x_label: Below the axes.
        y_label: At their left, or None.
        left: How far left of the axes the latter stands, in inches.
    """
    size = axes.figure.get_size_inches() * axes.get_position().size  # of the axes, in inches
    if title:
        axes.set_title(title, fontsize=10, y=1.0)
    axes.set_xlabel(x_label)
    axes.xaxis.set_label_coords(0.5, -0.27 / size[1])
    if y_label:
        axes.set_ylabel(y_label)
        axes.yaxis.set_label_coords(-left / size[0], 0.5)


def swift_log(axis, decades=6):
    """Make the axis `axes.xaxis` or `axes.yaxis` logarithmic, with at most `decades` plain labels.

    Example:
        >>> swift_log(axes.yaxis)
    """
    axis.axes.set(**{f"{axis.axis_name}scale": "log"})
    axis.set_major_locator(LogLocator(numticks=decades + 1))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def swift_html(figure):
    """Return the HTML image of a `swift_figure`, as `figure_html` does of any, in less time.

    Args:
        figure: The figure, with its `figure.alt`. What stands outside of it is cut off.

    Returns:
        A string: `<img alt=… width=… src="data:image/png;base64,…">`.

    Raises:
        ValueError: If there is no alternative text.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    text = figure_alt(figure)
    figure.set_dpi(SWIFT_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[..., :3])  # (height, width, 3)
    return image_html(encode_png(pixels), "png", text, round(figure.bbox_inches.width * 96))
