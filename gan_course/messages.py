"""Coloured boxes with an icon and a word, for what the course says to you below a cell."""

import html
import re

# kind -> (icon, border, background); the text is always dark on a pale ground, so that a box is
# readable in JupyterLab's light and dark theme, and icon and word say what the colour says.
STYLES = {
    "correct": ("✔", "#009E73", "#E8F6F1"),
    "incorrect": ("✘", "#D55E00", "#FCEEE5"),
    "not attempted": ("○", "#6B6B6B", "#F2F2F2"),
    "cannot be checked": ("⚠", "#B8860B", "#FBF5E0"),
    "hint": ("➜", "#0072B2", "#E6F1F8"),
    "answer": ("➜", "#0072B2", "#E6F1F8"),
}
# Of its own, or a dark theme's dark ground would stand in the pale box.
CODE = '<code style="background: #0000000F; color: inherit">'


def to_html(text):
    """Turn plain text into safe HTML: `code` in back-ticks, line breaks and formulas are kept.

    Args:
        text: A string. Formulas between dollar signs stay as they are; JupyterLab draws them.

    Returns:
        A string of HTML in which nothing of the text can act as a tag.

    Example:
        >>> to_html("`a < b`")
        '<code>a &lt; b</code>'
    """
    escaped = html.escape(str(text))
    coded = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escaped)
    return coded.replace("\n", "<br>")


def box(kind, word, text):
    """Build the HTML of one box.

    Args:
        kind: A key of `STYLES`; sets the icon and the colours.
        word: What the box is, in a word or two: "Correct", "Hint 1 of 3".
        text: The message, plain text.

    Returns:
        A string of HTML.

    Example:
        >>> "Hint 1 of 3" in box("hint", "Hint 1 of 3", "What does `mean` do?")
        True
    """
    icon, border, background = STYLES[kind]
    written = to_html(text).replace("<code>", CODE)
    return (
        f'<div class="gan-box" role="status" style="border-left: 6px solid {border}; '
        f"background: {background}; color: #1A1A1A; padding: 0.6em 0.9em; margin: 0.3em 0; "
        f'max-width: 46em; line-height: 1.45; border-radius: 3px">'
        f'<strong><span aria-hidden="true">{icon}</span> {html.escape(word)}</strong>'
        f"{'<br>' if text else ''}{written}</div>"
    )


class Note:
    """A box that displays itself as the last expression of a cell, and as text in a terminal.

    Args:
        kind: A key of `STYLES`.
        word: What the box is, in a word or two.
        text: The message, plain text.

    Example:
        >>> Note("hint", "Hint 1 of 3", "Look at the sign.")
        Hint 1 of 3: Look at the sign.
    """

    def __init__(self, kind, word, text):
        self.kind = kind
        self.word = word
        self.text = text

    def __repr__(self):
        return f"{self.word}: {self.text}"

    def _repr_html_(self):
        return box(self.kind, self.word, self.text)
