"""Figures that look the same whatever style you set for your own: white, with black text.

A figure here has its colours and the room around its axes from measurements, and what is read
beside it names them; under `matplotlib.style.use("dark_background")` its text would be white on
white. So Matplotlib's own defaults hold while a figure is filled or drawn, and yours hold again
afterwards. Your font family is kept; to read larger, zoom the page.
"""

import functools
import inspect
import threading
from contextlib import contextmanager, nullcontext

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure, FigureBase

# The groups of settings that a style sheet changes. Of the fonts the size and the weight.
LOOKS = (
    *("axes", "boxplot", "contour", "errorbar", "figure", "grid", "hatch", "hist", "image"),
    *("legend", "lines", "markers", "mathtext", "patch", "path", "savefig", "scatter", "text"),
    *("xaxis", "xtick", "yaxis", "ytick", "font.size", "font.weight", "font.style"),
)
DEFAULTS = {
    name: value
    for name, value in matplotlib.rcParamsDefault.items()
    if name in LOOKS or name.partition(".")[0] in LOOKS
}
_turn = threading.RLock()  # the settings are one for all threads, and live views draw in others
_held = []  # one entry while the defaults hold: calls within calls need not look again
_seen = []  # the settings at the last look, and which defaults they do not keep


@contextmanager
def defaults():
    """Let Matplotlib's default look hold for the lines below, and the present one afterwards."""
    with _turn:
        if _held:
            yield
            return
        changed = _changed()
        _held.append(True)
        try:
            with matplotlib.rc_context(changed) if changed else nullcontext():
                yield
        finally:
            _held.pop()


def _changed():
    """Return the defaults that do not hold now; looked up anew only if a setting has changed."""
    # `dict.…`: past the slower reading of each setting that Matplotlib has of its own.
    if not _seen or not dict.__eq__(matplotlib.rcParams, _seen[0]):
        now = dict(dict.items(matplotlib.rcParams))
        differ = {name: value for name, value in DEFAULTS.items() if now[name] != value}
        _seen[:] = [now, differ]
    return _seen[1]


def _under_defaults(method):
    @functools.wraps(method)
    def call(*args, **kwargs):
        with defaults():
            return method(*args, **kwargs)

    return call


def _methods(*classes):
    """Return the methods that make or draw something, each so that it does so under defaults."""
    passive = ("get_", "set_", "contains", "pick")
    return {
        name: _under_defaults(method)
        for each in classes
        for name, method in vars(each).items()
        if inspect.isfunction(method)
        and (name == "__init__" or name == "set_title" or not name.startswith(("_", *passive)))
    }


NeutralAxes = type("Axes", (Axes,), _methods(Axes))
NeutralFigure = type("Figure", (Figure,), _methods(FigureBase, Figure))
