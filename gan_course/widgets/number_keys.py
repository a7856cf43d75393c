"""Keys for the buttons of a box: 1 presses the first, 2 the second, wherever in it the focus is."""

import anywidget
import ipywidgets as widgets
import traitlets

# JupyterLab takes single keys for commands on cells: within the box they are answers.
ESM = """
function render({ model, el }) {
  let tries = 0;
  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const box = event.currentTarget;
    const buttons = box.querySelectorAll("." + model.get("button_class"));
    const number = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    if (number < 1 || number > buttons.length) return;
    event.stopPropagation();
    event.preventDefault();
    buttons[number - 1].click();
  }
  function join() {
    const box = el.closest("." + model.get("box_class"));
    if (box) box.addEventListener("keydown", onKey);
    else if (tries++ < 200) setTimeout(join, 50);
  }
  join();
}
export default { render };
"""


class NumberKeys(anywidget.AnyWidget):
    """Draws nothing; lets number keys press the buttons of the box that it stands in.

    Args:
        box_class: The CSS class of the box.
        button_class: The CSS class of its buttons, at most nine; key 1 presses the first.

    Example:
        >>> box = widgets.VBox([first, second, NumberKeys("gan-game", "gan-choice")])
    """

    _esm = ESM
    box_class = traitlets.Unicode().tag(sync=True)
    button_class = traitlets.Unicode().tag(sync=True)

    def __init__(self, box_class, button_class):
        layout = widgets.Layout(display="none")
        super().__init__(box_class=box_class, button_class=button_class, layout=layout)
