"""What tests of an `Explorer` share: move its controls, and read what it drew."""

import numpy as np


def set_to(explorer, **values):
    """Move controls, found by their names, to these values; the picture is drawn at the end."""
    if not values:
        return
    *first, (last, value) = values.items()
    for name, quiet in first:
        explorer.controls[name].unobserve(explorer.redraw, "value")
        explorer.controls[name].value = quiet
        explorer.controls[name].observe(explorer.redraw, "value")
    if first and explorer.controls[last].value == value:
        explorer.redraw()
    explorer.controls[last].value = value


def ends(explorer):
    """Return settings of all controls that hold each end of a slider and each option of a list."""
    found = {}
    for name, control in explorer.controls.items():
        if hasattr(control, "options"):
            found[name] = list(control.options)
        elif hasattr(control, "base"):  # a slider of powers
            found[name] = [control.base**control.min, control.base**control.max]
        else:
            found[name] = [control.min, control.max]
    count = max(map(len, found.values()))
    return [{name: each[n % len(each)] for name, each in found.items()} for n in range(count)]


def drawn(explorer, place=0):
    """Return the first image in the axes at this place, as the figure holds it."""
    assert "cannot be drawn" not in explorer.readout.value  # the figure would be an old one
    return np.asarray(explorer.figure.axes[place].images[0].get_array())
