"""Charts of runs that were kept: curves and samples of each case, healthy and sick, in one file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

FILE = Path(__file__).resolve().parent / "charts.npz"


@dataclass(frozen=True)
class Chart:
    """What a case looked like in one run.

    Attributes:
        curves: panel → name → a number for each step.
        pictures: Sixteen images as bytes, (16, 14, 14), 0 black and 255 white.
    """

    curves: dict
    pictures: np.ndarray


def chart_of(run):
    """Return what is drawn of a `Run`, a `Chart`.

    Introduced in lesson 12.
    """
    return Chart(run.curves, as_bytes(run.samples))


def packed(name, kind, chart):
    """Return a chart as the arrays of a file of charts: "name/kind/panel/curve" → numbers.

    Args:
        name: The case's name.
        kind: "healthy" or "sick".
        chart: A `Chart`.
    """
    arrays = {
        f"{name}/{kind}/{panel}/{curve}": np.asarray(values, np.float32)
        for panel, curves in chart.curves.items()
        for curve, values in curves.items()
    }
    return arrays | {f"{name}/{kind}/pictures": chart.pictures}


def as_bytes(samples):
    """Return images in [−1, 1] as bytes (n, 14, 14); what lies outside is cut off."""
    shades = np.clip((np.nan_to_num(samples[..., 0]) + 1) * 127.5, 0, 255)
    return np.rint(shades).astype(np.uint8)


def read_charts():
    """Return the charts that ship: case → kind → `Chart`.

    Example:
        >>> read_charts()["sign"]["sick"].curves["losses"]["generator"][-1] < 0
        True
    """
    found = {}
    with np.load(FILE) as arrays:
        for key in arrays.files:
            name, kind, *rest = key.split("/")
            chart = found.setdefault(name, {}).setdefault(kind, Chart({}, None))
            if rest == ["pictures"]:
                found[name][kind] = Chart(chart.curves, arrays[key])
            else:
                panel, curve = rest
                chart.curves.setdefault(panel, {})[curve] = arrays[key]
    return found
