"""The laboratory's panels: the value of the game, the divergence, and the modes, step by step."""

import numpy as np

from gan_course.plots.style import COLOURS

LOG_2 = float(np.log(2.0))
OWN = {"colour": COLOURS["discriminator"]}
REFERENCE = {"colour": COLOURS["reference"], "dash": [6, 4]}


def describe_panels(modes, probability, exact):
    """Return the panels as `CurvesScene` draws them; each line has the key of its numbers too.

    Args:
        modes: How many modes the real data has; None has D(real) and D(fake) in the last panel.
        probability: Whether D of this loss is a probability; if not, V and the JSD from D mean
            nothing and are left out.
        exact: Whether V(D*, G) and the JSD are exact, else estimates.

    Returns:
        A list of dicts.

    Example:
        >>> [panel["title"] for panel in describe_panels(8, True, False)]
        ['value V', 'JSD', 'modes']
    """
    third = _modes(modes) if modes else _means()
    divergence = _divergence(exact)
    if not probability:
        return [divergence, third]
    divergence["lines"].insert(0, {"key": "estimate", "name": "from D", **OWN})
    return [_value(exact), divergence, third]


def _value(exact):
    best = "V(D*, G)" if exact else "V(D*, G), estimated"
    return {
        "title": "value V",
        "limits": [-2.6, 0.1],
        "ticks": [-2, -1, 0],
        "marks": [{"at": -2 * LOG_2, "text": "−log 4, the equilibrium"}],
        "lines": [
            {"key": "value", "name": "V(D, G)", **OWN},
            {"key": "best", "name": best, **REFERENCE},
        ],
    }


def _divergence(exact):
    true = "true" if exact else "of smoothed densities"
    return {
        "title": "JSD",
        "limits": [-0.05, 0.8],
        "ticks": [0, 0.25, 0.5],
        "marks": [{"at": LOG_2, "text": "log 2, the most"}],
        "lines": [{"key": "true", "name": true, **REFERENCE}],
    }


def _modes(modes):
    covered = {"key": "covered", "name": f"modes covered, of {modes}", "stairs": True}
    return {
        "title": "modes",
        "limits": [-0.04 * modes, 1.08 * modes],
        "ticks": sorted({0, modes // 2, modes}),
        "marks": [{"at": modes, "text": ""}],
        "lines": [covered | {"colour": COLOURS["generator"]}],
    }


def _means():
    return {
        "title": "mean of D",
        "limits": [-0.04, 1.04],
        "ticks": [0, 0.5, 1],
        "marks": [{"at": 0.5, "text": "½"}],
        "lines": [
            {"key": "d_real", "name": "D(real)", "colour": COLOURS["real"]},
            {"key": "d_fake", "name": "D(fake)", "colour": COLOURS["fake"], "dash": [6, 4]},
        ],
    }
