"""The controls of a lesson: sliders and lists of one width, each with a label and a tooltip."""

import ipywidgets as widgets

SLIDER = "255px"  # a slider of 150 pixels, with its number and its margins


class Controls:
    """Makes the controls of one lesson, so that their labels and their ends stand in line.

    A lesson's module makes it once, at its top. A slider reports its value while it is dragged: the
    page sends one at a time, and the last one always, so that no answer waits behind older ones.

    Args:
        label: The width of a label, in CSS, such as "9em"; 1 em is the height of the letters.
        width: The width of a control with its label and its number, such as "24em"; more where a
            slider would be shorter than 150 pixels. On a page that is narrower, the control takes
            the page's width.

    Example:
        >>> CONTROLS = Controls(label="9em", width="24em")
        >>> controls = {
        ...     "stride": CONTROLS.slider("Stride", 2, 1, 3, "Pixels from one stamp to the next"),
        ...     "shape": CONTROLS.choice("Input", ("flat", "an edge"), "What is enlarged"),
        ... }
    """

    def __init__(self, label, width):
        self._style = {"description_width": label}
        self._width = f"max({width}, {label} + {SLIDER})"

    def slider(self, description, value, low, high, tooltip, *, step=1, decimals=2):
        """Make a slider.

        Args:
            description: The label at its left.
            value: Where it stands at first, from `low` to `high`.
            low: The value at its left end.
            high: The value at its right end.
            tooltip: What is said when the mouse rests on it.
            step: The distance from one value to the next, above 0.
            decimals: How many digits of a float are shown behind the point.

        Returns:
            An ipywidgets IntSlider if both `value` and `step` are ints, else a FloatSlider.
        """
        settings = {"min": low, "max": high, "step": step}
        settings |= self.look(description, tooltip)
        if isinstance(value, int) and isinstance(step, int):
            return widgets.IntSlider(value, **settings)
        return widgets.FloatSlider(value, readout_format=f".{decimals}f", **settings)

    def choice(self, description, options, tooltip):
        """Make a list to choose from.

        Args:
            description: The label at its left.
            options: The values to choose from; it stands on the first of them.
            tooltip: What is said when the mouse rests on it.

        Returns:
            An ipywidgets Dropdown.
        """
        return widgets.Dropdown(options=options, **self.look(description, tooltip))

    def look(self, description, tooltip):
        """Return what makes any control of ipywidgets stand in line with those made here.

        Args:
            description: The label at its left.
            tooltip: What is said when the mouse rests on it.

        Returns:
            A dict of arguments: description, tooltip, style and layout.

        Example:
            >>> widgets.FloatLogSlider(min=-3, max=0, **CONTROLS.look("Rate", "How long a step is"))
        """
        return {
            "description": description,
            "tooltip": tooltip,
            "style": self._style,
            # One for each control: a page that opens on a busy kernel may not find a shared one.
            "layout": widgets.Layout(width=self._width, max_width="100%"),
        }
