"""What tests of an `Explorer` share: move its controls, and read what it drew."""

import numpy as np


def set_to(explorer, **values):
    """Move controls, found by their names, to these values, one after another."""
    for name, value in values.items():
        explorer.controls[name].value = value


def drawn(explorer, place=0):
    """Return the first image in the axes at this place, as the figure holds it."""
    assert "cannot be drawn" not in explorer.readout.value  # the figure would be an old one
    return np.asarray(explorer.figure.axes[place].images[0].get_array())
