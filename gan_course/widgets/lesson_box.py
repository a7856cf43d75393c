"""A box of controls as it stands on a page: kept in files, and whole by keyboard."""

import html
import re
from pathlib import Path

import anywidget
import ipywidgets as widgets

from gan_course.messages import to_html
from gan_course.tables import number

KEPT = "<p><em>Kept from when this cell ran. Run it again to use its controls.</em></p>"
STATIC = Path(__file__).parent / "static"


class BoxKeeper(anywidget.AnyWidget):
    """Draws nothing; keeps arrow keys for the controls of its box, names them, brings a style."""

    _esm = (STATIC / "lesson_box.js").read_text(encoding="utf-8")
    _css = (STATIC / "lesson_box.css").read_text(encoding="utf-8")


class LessonBox(widgets.VBox):
    """A column of widgets that is displayed on its own, as the explorers of the lessons are.

    Its MIME bundle holds what it shows as HTML too, and a sentence: nbconvert and every reader
    without the widgets' scripts show that. Arrow keys stay with its radio buttons and sliders.
    Where its kernel has ended, a sentence says so.

    Args:
        children: The widgets, from top to bottom.
        **settings: As ipywidgets takes them.
    """

    def __init__(self, children=(), **settings):
        super().__init__(children, **settings)
        self._keeper = None

    def _repr_mimebundle_(self, **kwargs):
        page = static_html(self)  # before the keeper, which shows nothing
        if self._keeper is None:
            self._keeper = BoxKeeper(layout=widgets.Layout(display="none"))
            self.children = (*self.children, self._keeper)
            self.add_class("gan-box-of-controls")
        return super()._repr_mimebundle_(**kwargs) | {
            "text/html": page + KEPT,
            "text/plain": plain_text(page),
        }


def static_html(widget):
    """Return what a widget shows at this moment as HTML that needs no script.

    Texts and pictures stay what they are, radio buttons become a list, and what the other controls
    stand at is said in a line. A part with a method `kept_html` says itself what is kept of it.

    Args:
        widget: An ipywidgets widget; a box with all that it holds.

    Returns:
        A string of HTML.
    """
    parts, settings = [], []

    def look(part):
        if hasattr(part, "kept_html"):
            parts.append(part.kept_html())
        elif isinstance(part, widgets.Box):
            for child in part.children:
                look(child)
        elif isinstance(part, widgets.HTML | widgets.HTMLMath):
            parts.append(f"<div>{part.value}</div>")
        elif isinstance(part, widgets.Label):
            parts.append(f"<span>{html.escape(part.value)}</span> " if part.value else "")
        elif isinstance(part, widgets.RadioButtons):
            options = "".join(f"<li>{to_html(option)}</li>" for option in part.options)
            parts.append(f"<ul>{options}</ul>")
        elif not getattr(part, "readout", True):  # its number says nothing: a text beside it does
            pass
        elif hasattr(part, "value") and getattr(part, "description", ""):
            value = getattr(part, "label", None) or part.value
            if value in ("", None):
                return
            value = number(value, ".4g") if isinstance(value, float) else value
            settings.append(f"{part.description.rstrip(':')}: {value}")

    look(widget)
    line = f"<p>{html.escape(' · '.join(settings))}</p>" if settings else ""
    return f'<div style="max-width: 100%; overflow-x: auto">{"".join(parts)}{line}</div>'


def plain_text(page):
    """Return HTML as text: alternative texts in place of pictures, no tags, no empty lines."""
    text = re.sub(r'<img[^>]*?alt="([^"]*)"[^>]*>', r" \1 ", page)
    text = re.sub(r"<(?:br|/p|/div|/li|/tr|/td|/th)[^>]*>", "\n", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return "\n".join(line for line in (" ".join(each.split()) for each in text.split("\n")) if line)
