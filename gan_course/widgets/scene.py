"""Pictures that the browser draws from arrays, for what moves faster than a figure can be made."""

import re
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from gan_course.plots.style import COLOURS, VERDICTS

STATIC = Path(__file__).parent / "static"
IMPORT = re.compile(r'^import (.*?) from "\./(.*?)\.js";\n', re.MULTILINE | re.DOTALL)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
DEFAULT = re.compile(r"^export default (.*?);$", re.MULTILINE)
POINTS = (
    "drawing.js",
    "handles.js",
    "sheet.js",
    "paper.js",
    "points.js",
)  # what draws a `PointsScene`
MOST_POINTS = 3000  # on a sheet
ROLES = ("real", "fake", "generator", "discriminator", "reference", "push")
# name -> [a sign, the role of its colour, what stands on its key, what it is: in the plane, on the
# line]
LAYERS = {
    "real": [
        "●",
        "real",
        "real",
        "points of the real distribution",
        "real points, and their density p_data",
    ],
    "fakes": ["✕", "fake", "fakes", "points that G makes", "fakes, and their density p_g"],
    "heat": [
        "◧",
        "discriminator",
        "D",
        "D(x) everywhere, and the line where it is ½",
        "D(x) along the line",
    ],
    "best": [
        "┅",
        "reference",
        "D*",
        "the line where the best discriminator says ½",
        "what the best discriminator would say",
    ],
    "arrows": ["→", "push", "pushes", *["where G's loss pushes each fake"] * 2],
    "warp": [
        "▦",
        "generator",
        "G of a grid",
        "where G takes evenly spaced z, filled by the density that G gives it",
        "where G takes evenly spaced z",
    ],
}


def one_module(*names):
    """Return JavaScript modules as one, for a widget carries a single text with it.

    The files are plain modules that a page can also load by themselves. Here each but the last
    stands in a function of its own, so that two may use one name for two things.

    Args:
        *names: Files in `static`, in the order of their needs: each imports from those named before
            it. The one module exports what the last exports.

    Returns:
        A string.
    """
    texts = [(STATIC / name).read_text(encoding="utf-8") for name in names]
    *shared, last = (IMPORT.sub(_take_over, text) for text in texts)
    return "\n".join([*map(_enclose, names, shared), last])


def _take_over(found):
    """Return what stands for an `import`: names taken out of the object of an enclosed module."""
    what, file = found[1], found[2]
    what = what.replace(" as ", ": ") if what.startswith("{") else f"{{ default: {what} }}"
    return f"const {what} = {_object_of(file)};\n"


def _enclose(name, text):
    """Return a module as a function that is called at once and returns what it exports."""
    exported = EXPORT.findall(text) + [f"default: {what}" for what in DEFAULT.findall(text)]
    inside = DEFAULT.sub("", EXPORT.sub("", text))
    body = f"{inside}\nreturn {{ {', '.join(exported)} }};"
    return f"const {_object_of(name.removesuffix('.js'))} = (() => {{\n{body}\n}})();"


def _object_of(file):
    return f"module_{file}"


class Scene(anywidget.AnyWidget):
    """A picture that the browser draws. Arrays go to it as bytes, and only those that changed.

    What it shows is its state: a notebook that was saved with it draws it again without a kernel.

    Attributes:
        frame: Counts what was sent; the browser draws when it changes.
        alt: The alternative text.
        most_pixels: The greatest width, in CSS pixels.
        seen: Whether the picture is on the screen. The browser sets it.
        kept_html: A function without arguments that returns the same as HTML that needs no script.
    """

    frame = traitlets.Int(0).tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    most_pixels = traitlets.Int(520).tag(sync=True)
    seen = traitlets.Bool(True).tag(sync=True)
    _css = (STATIC / "scene.css").read_text(encoding="utf-8")

    def __init__(self, kept_html, **settings):
        self.kept_html = kept_html
        super().__init__(**settings)

    def show(self, **parts):
        """Send what changed to the browser in one message, and let it draw.

        Args:
            **parts: Values of traits by name; arrays for those that hold bytes, None for nothing.
                They go as float32, unless the trait's `dtype` says otherwise.
        """
        with self.hold_sync():
            for name, value in parts.items():
                trait = self.traits()[name]
                if isinstance(trait, traitlets.Bytes):
                    value = _as_bytes(value, trait.metadata.get("dtype", "<f4"))
                setattr(self, name, value)
            self.frame += 1


class Sheet(Scene):
    """A scene that is drawn on: its points come from mouse, finger or keys, or from Python.

    Attributes:
        drawn: A list of pairs [x, y], at most 3,000. Set it, or `observe` it.
        paper: (low, high) of both coordinates of the sheet.
        brush: The radius of the brush, in units of the coordinates.

    Raises:
        traitlets.TraitError: If `drawn` is set to something that is no list of pairs of numbers.
    """

    drawn = traitlets.List([]).tag(sync=True)
    paper = traitlets.List([-3.0, 3.0]).tag(sync=True)
    brush = traitlets.Float(0.15).tag(sync=True)

    @traitlets.validate("drawn")
    def _check(self, proposal):
        try:
            array = np.asarray(proposal["value"], dtype=np.float64)
        except (TypeError, ValueError):
            array = np.full(1, np.nan)
        if array.size == 0:
            return []
        if array.ndim != 2 or array.shape[1] != 2 or not np.isfinite(array).all():
            raise traitlets.TraitError(
                "drawn must be a list of pairs of finite numbers, such as [[0.5, 1.0], [1, −1]]; "
                f"received {str(proposal['value'])[:60]}."
            )
        return array[:MOST_POINTS].tolist()


class PointsScene(Scene):
    """Points in the plane or on the line, with D, D*, the pushes on fakes, and where G takes z.

    All arrays are float32. On the line, a grid is a curve over evenly spaced places.

    Attributes:
        dimensions: 2 or 1.
        limits: (low, high) of the coordinates.
        layers: The names of the layers that are on; the legend in the browser sets it.
        real: Real points (n, d).
        fakes: Fakes (m, d), in the order of their z, so that each can be followed.
        latent: Their z (m, latent_dim).
        heat: D(x) on a square grid (k, k) from the lower left corner, or a curve (k,).
        p_data, p_g: Densities on a grid or along the line, from which the browser takes D*.
        density: p_data as the line draws it, which may be exact where the other two are estimates.
        exact: Whether the densities are exact; otherwise they are estimates.
        least_seen: The sum of both densities below which D* is not defined.
        starts, arrows: Where arrows begin (a, d), and how far they reach from there.
        warp: In the plane, where G took a grid of z (rows, columns, 2); else pairs (z, x).
        warp_shape: Its rows and columns.
        warp_every: Of its lines, those that are drawn; a single row is one line.
        warp_fill: How opaque its cells are (rows − 1, columns − 1).
        legend: What the keys of the layers say; see `LAYERS`.
        step: Steps taken.
        staged: Whether these are the points of a stage of slow motion.
    """

    _esm = one_module(*POINTS)
    dimensions = traitlets.Int(2).tag(sync=True)
    limits = traitlets.List([-3.0, 3.0]).tag(sync=True)
    layers = traitlets.List([name for name in LAYERS if name != "warp"]).tag(sync=True)
    real = traitlets.Bytes().tag(sync=True)
    fakes = traitlets.Bytes().tag(sync=True)
    latent = traitlets.Bytes().tag(sync=True)
    latent_dim = traitlets.Int(2).tag(sync=True)
    heat = traitlets.Bytes().tag(sync=True)
    p_data = traitlets.Bytes().tag(sync=True)
    p_g = traitlets.Bytes().tag(sync=True)
    density = traitlets.Bytes().tag(sync=True)
    exact = traitlets.Bool(False).tag(sync=True)
    least_seen = traitlets.Float(0.0).tag(sync=True)
    peak = traitlets.Float(1.0).tag(sync=True)
    starts = traitlets.Bytes().tag(sync=True)
    arrows = traitlets.Bytes().tag(sync=True)
    warp = traitlets.Bytes().tag(sync=True)
    warp_shape = traitlets.List([0, 0]).tag(sync=True)
    warp_every = traitlets.Int(1).tag(sync=True)
    warp_fill = traitlets.Bytes().tag(sync=True)
    legend = traitlets.Dict(LAYERS).tag(sync=True)
    reach = traitlets.Float(2.5).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    staged = traitlets.Bool(False).tag(sync=True)
    colours = traitlets.Dict({role: COLOURS[role] for role in ROLES}).tag(sync=True)
    verdicts = traitlets.List(list(VERDICTS)).tag(sync=True)


class CurvesScene(Scene):
    """Curves over the steps of a run, in panels one above the other.

    Attributes:
        panels: A list of dicts: title, limits, marks (dicts of at and text), perhaps ticks, and
            lines, dicts of name, colour, dash (pixels on and off) and stairs. Where the lines are
            not named one by one, `keys` are the examples beside the title, dicts of the same.
        steps: Bytes of float32 (n,).
        values: Bytes of float32 (lines, n), in the order of the panels and their lines; NaN where
            there is no number.
        bands: Bytes of float32 (lines, 2, n): from where to where the pale band behind each line
            reaches; empty where there is none.
        each: How many steps a point is the mean of.
        most_steps: Where the axis of the steps ends at the latest; 0 for no such place.
    """

    _esm = one_module("drawing.js", "curves.js")
    panels = traitlets.List([]).tag(sync=True)
    steps = traitlets.Bytes().tag(sync=True)
    values = traitlets.Bytes().tag(sync=True)
    bands = traitlets.Bytes().tag(sync=True)
    each = traitlets.Int(1).tag(sync=True)
    most_steps = traitlets.Int(0).tag(sync=True)


def _as_bytes(array, dtype):
    return b"" if array is None else np.ascontiguousarray(array, dtype=dtype).tobytes()
