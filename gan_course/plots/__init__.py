"""Arrays in, `matplotlib.figure.Figure` out: the plots of the course, and how to show them."""

from gan_course.plots.curves import plot_class_histogram, plot_loss_curves
from gan_course.plots.display import figure_html, figure_png, save_png, show, show_gif
from gan_course.plots.grids import plot_neighbours, plot_sample_grid, plot_strip
from gan_course.plots.pictures import encode_png, gif_bytes, save_gif, tile
from gan_course.plots.style import COLOURS, LINES, MARKERS, new_figure

__all__ = [
    "COLOURS",
    "LINES",
    "MARKERS",
    "encode_png",
    "figure_html",
    "figure_png",
    "gif_bytes",
    "new_figure",
    "plot_class_histogram",
    "plot_loss_curves",
    "plot_neighbours",
    "plot_sample_grid",
    "plot_strip",
    "save_gif",
    "save_png",
    "show",
    "show_gif",
    "tile",
]
