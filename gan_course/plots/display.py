"""Figures on the page and in files, each with its alternative text."""

import base64
import html
import io

import numpy as np

from gan_course.files import replacing
from gan_course.plots.pictures import check_ending, check_frames, encode_png, gif_bytes, tile

PAGE_DPI = 96  # the pixels of a page per inch
FILE_DPI = 144  # one and a half times as many, so that text stays sharp on fine screens


def show(figure, alt=None):
    """Display a figure below the cell, with a text for readers who cannot see it.

    JupyterLab drops the alternative text of a returned Figure, so this displays an HTML image.

    Args:
        figure: A matplotlib Figure, such as every `plot_*` function returns.
        alt: What the figure shows, in a sentence or two. Without it, the figure's own text
            `figure.alt` is used.

    Raises:
        ValueError: If there is no alternative text.

    Example:
        >>> show(plot_loss_curves(trainer.history))

    Introduced in lesson 00.
    """
    from IPython.display import display

    display(_Picture(figure, alt))


def show_gif(frames, steps):
    """Display what the generator made of the same noise over time, as an animation.

    Readers who ask their system for less motion see the last frame.

    Args:
        frames: A list of image arrays (n, height, width, 1) in [0, 1], oldest first.
        steps: The training step of each frame.

    Raises:
        ValueError: If there are no frames, or not one step for each frame.

    Example:
        >>> show_gif(recorder.frames, recorder.steps)
    """
    from IPython.display import HTML, display

    display(HTML(gif_html(frames, steps)))


def gif_html(frames, steps):
    """Return the HTML that `show_gif` displays: an animation, or its last frame without motion."""
    check_frames(frames, steps)
    pictures = [tile(frame, 16, (0, 1)) for frame in frames]
    alt = (
        f"Animation of {len(frames[0])} generated images from step {steps[0]:,} to {steps[-1]:,}, "
        f"{len(frames)} frames from the same noise."
    )
    content = gif_bytes(pictures, duration_ms=400, scale=2)
    last = base64.b64encode(encode_png(pictures[-1])).decode("ascii")
    return (
        '<picture><source media="(prefers-reduced-motion: reduce)" '
        f'srcset="data:image/png;base64,{last}">'
        f"{image_html(content, 'gif', alt, pictures[0].shape[1] * 3 // 2)}</picture>"
    )


def image_html(content, kind, alt, width, height=None, smooth=True):
    """Return an HTML image that holds its own data and its alternative text.

    Args:
        content: The bytes of the image file.
        kind: `"png"` or `"gif"`.
        alt: The alternative text.
        width: The width on the page in pixels; a narrow page shows it smaller.
        height: The height in pixels, for a picture that is replaced several times a second: then
            the page below does not jump while the browser decodes. None for one that stays.
        smooth: Whether to blur pixels that are shown larger than they are.

    Returns:
        A string: `<img alt=… width=… src="data:image/…;base64,…">`.
    """
    data = base64.b64encode(content).decode("ascii")
    style = "max-width: 100%; height: auto; background: white"
    style += "" if height is None else "; display: block"
    style += "" if smooth else "; image-rendering: pixelated"
    sides = f'width="{width}"'
    sides += "" if height is None else f' height="{height}" decoding="sync"'
    return (
        f'<img alt="{html.escape(" ".join(alt.split()), quote=True)}" {sides} style="{style}" '
        f'src="data:image/{kind};base64,{data}">'
    )


class _Picture:
    """A figure as an HTML image in a notebook, and as its alternative text elsewhere."""

    def __init__(self, figure, alt):
        self._html = figure_html(figure, alt)
        self._text = figure_alt(figure, alt)

    def __repr__(self):
        return self._text

    def _repr_html_(self):
        return self._html


def figure_html(figure, alt=None):
    """Return the HTML image that `show` displays.

    Args:
        figure: A matplotlib Figure.
        alt: The alternative text; `figure.alt` if None.

    Returns:
        A string: `<img alt=… width=… src="data:image/png;base64,…">`.

    Raises:
        ValueError: If there is no alternative text.
    """
    text = figure_alt(figure, alt)
    png, width = _render(figure)
    return image_html(png, "png", text, width)


def figure_alt(figure, alt=None):
    """Return the alternative text of a figure on one line, or say that there is none."""
    if not hasattr(figure, "savefig"):
        raise ValueError(
            f"figure is of type {type(figure).__name__}; expected a matplotlib Figure, such as "
            "plots.plot_loss_curves(history) or plots.new_figure() returns. From axes, take "
            "axes.figure."
        )
    text = getattr(figure, "alt", "") if alt is None else alt
    text = " ".join(str(text or "").split())
    if not text:
        raise ValueError(
            "The figure has no alternative text; expected a sentence that says what it shows. "
            'Pass it, as in show(figure, alt="The loss falls from 2 to 0.5."), or set figure.alt.'
        )
    return text


def figure_png(figure):
    """Return the bytes of a PNG of the figure; nothing that it holds is cut off."""
    return _render(figure)[0]


def save_png(figure, path):
    """Write a figure as a PNG file, with its alternative text inside. Whole or not at all.

    Args:
        figure: A matplotlib Figure.
        path: Where to write; it ends in `.png`.

    Raises:
        ValueError: If the name ends otherwise.
        OSError: If the file cannot be written; the message says what to do.

    Example:
        >>> save_png(plot_loss_curves(trainer.history), "losses.png")
    """
    check_ending(path, ".png", "This writes PNG and no other kind of picture: name it losses.png.")
    content = figure_png(figure)
    with replacing(path) as file:
        file.write(content)


def _render(figure):
    """Return the PNG and its width on the page in pixels; drawn once unless a part sticks out."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.transforms import Bbox

    figure.set_dpi(FILE_DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    page, content = figure.bbox_inches, figure.get_tightbbox(canvas.get_renderer())
    whole = Bbox.union([page, content])
    if np.allclose(whole.extents, page.extents, atol=0.01):
        return _encode(np.asarray(canvas.buffer_rgba()), figure), round(page.width * PAGE_DPI)
    whole = whole.padded(0.05)  # a title or a legend stands out: widen the picture
    buffer = io.BytesIO()
    details = {"Description": str(getattr(figure, "alt", "") or "")}
    figure.savefig(buffer, format="png", dpi=FILE_DPI, bbox_inches=whole, metadata=details)
    return buffer.getvalue(), round(whole.width * PAGE_DPI)


def _encode(pixels, figure):
    """Encode (height, width, 4) pixels with Pillow, several times as fast as `savefig`."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    details = PngInfo()
    details.add_itxt("Description", str(getattr(figure, "alt", "") or ""))
    buffer = io.BytesIO()
    Image.fromarray(pixels).convert("RGB").save(buffer, "PNG", pnginfo=details, compress_level=4)
    return buffer.getvalue()
