"""Figures for live views: what stands still is drawn once, what moves is drawn on top each time.

A redraw takes a few milliseconds instead of tens: axes, labels, ticks and legends are kept as
pixels, and are drawn anew only when the limits of an axis change.
"""

import numpy as np

from gan_course.plots.display import image_html
from gan_course.plots.pictures import encode_png, tile
from gan_course.plots.swift import SWIFT_DPI, swift_figure


class MovingFigure:
    """A figure whose background is kept as pixels.

    Args:
        places: For each axes (left, bottom, width, height), as fractions of the figure.
        height: In inches.
        width: In inches.

    Attributes:
        figure: The matplotlib Figure.
        axes: A list of its axes.

    Example:
        >>> moving = MovingFigure([(0.1, 0.2, 0.85, 0.7)], height=3, width=5)
        >>> (line,) = moving.axes[0].plot([], [])
        >>> moving.add(line)
        >>> line.set_data([0, 1], [0, 1])
        >>> html = moving.html("A line that rises from 0 to 1.")
    """

    def __init__(self, places, height, width):
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        self.figure, self.axes = swift_figure(places, height, width)
        self.figure.set_dpi(SWIFT_DPI)
        self._canvas = FigureCanvasAgg(self.figure)
        self._moving, self._background = [], None

    def add(self, *artists):
        """Say which artists move; they are drawn in this order, on top of all others."""
        for artist in artists:
            artist.set_animated(True)
            self._moving.append(artist)

    def set_limits(self, axes, x=None, y=None):
        """Set the limits of one of the axes; the background is drawn anew if they changed.

        Args:
            axes: One of `axes`.
            x: A pair (low, high), or None to leave it.
            y: The same for the other axis.
        """
        for limits, present, change in (
            (x, axes.get_xlim(), axes.set_xlim),
            (y, axes.get_ylim(), axes.set_ylim),
        ):
            if limits is not None and not np.allclose(limits, present, rtol=1e-9, atol=0):
                change(*limits)
                self.changed()

    def changed(self):
        """Say that something changed which does not move: a title, a legend, a tick."""
        self._background = None

    def pixels(self):
        """Draw, and return uint8 (height, width, 3)."""
        if self._background is None:
            self._canvas.draw()  # leaves out what is animated
            self._background = self._canvas.copy_from_bbox(self.figure.bbox)
        self._canvas.restore_region(self._background)
        for artist in self._moving:
            artist.axes.draw_artist(artist)
        return np.ascontiguousarray(np.asarray(self._canvas.buffer_rgba())[..., :3])

    def html(self, alt):
        """Draw, and return an HTML image with its alternative text."""
        self.figure.alt = alt
        inches = self.figure.get_size_inches()
        return picture_html(self.pixels(), alt, round(inches[0] * 96))


def picture_html(picture, alt, width, smooth=True):
    """Return an HTML image for a picture that is replaced several times a second.

    Args:
        picture: uint8, (height, width) in grey or (height, width, 3) in colour.
        alt: The alternative text.
        width: The width on the page in pixels.
        smooth: As in `image_html`.

    Returns:
        A string: `<img alt=… width=… height=… src="data:image/png;base64,…">`.
    """
    height = round(width * picture.shape[0] / picture.shape[1])
    return image_html(encode_png(picture), "png", alt, width, height, smooth)


def sheet_html(images, columns, value_range, alt, scale=2):
    """Return images as one HTML picture, row by row, every pixel `scale` pixels wide.

    Args:
        images: (n, height, width, 1) or (n, height, width), in `value_range`, or uint8.
        columns: How many images stand in a row.
        value_range: The values of black and white; not used for uint8.
        alt: The alternative text.
        scale: Pixels of the page for each pixel; need not be whole.

    Returns:
        A string, as `picture_html` does. About a millisecond for 64 digits.

    Raises:
        ValueError: As `tile`.
    """
    sheet = tile(images, columns, value_range)
    return picture_html(sheet, alt, round(sheet.shape[1] * scale), smooth=scale != round(scale))
