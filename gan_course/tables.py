"""Numbers as the course writes them, and tables of them: HTML in a notebook, text elsewhere."""

import html
import re
import statistics

from gan_course.messages import to_html

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
THIN = "\u202f"  # a thin space at which no line is broken
ONE = (  # a number: its sign, its digits, its power of ten, and its unit, one word
    r"[+−±≈<>≤≥-]?\s?(?:∞|\d[\d,]*(?:\.\d+)?(?:\s×\s10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|e[+-]?\d+)?)"
    r"(?:\s?[%°]|\s[A-Za-zµ/]+)?"
)
NUMERIC = re.compile(  # a whole cell: 38 s, 4 to 6, 12 of 40, 2.5 ± 0.1, 2.5 (1.0 to 3.0)
    rf"{ONE}(?:\s?(?:to|of|±|–)\s?{ONE})?(?:\s\({ONE}\sto\s{ONE}\))?|not a number|[–—]?"
)


def number(value, spec=None):
    """Return a number as the course writes it: −0.5, 1,834, 3 %, 1.8 × 10⁻⁴.

    The minus is a true one, zero has no sign, thousands are set off by commas, and a power of ten
    is written as one, but only below 0.0001 and from a million on, or where `spec` ends in e.

    Args:
        value: A number: Python's or NumPy's, or an array or a tensor that holds one.
        spec: As between the colon and the brace of an f-string: ".2f", "+.3g", ".0%", "6,d". None
            writes a whole number in full, and any other to three significant digits.

    Returns:
        A string.

    Example:
        >>> number(-0.04, ".1f"), number(0.03, ".0%"), number(183.4, ".2g")
        ('0.0', '3 %', '180')
    """
    value = value.item() if hasattr(value, "item") else value
    value = float(value) if hasattr(value, "__array__") else value
    if spec is None:
        spec = "d" if isinstance(value, int) else ".3g"
    if value != value:
        return "not a number"
    before, precision, kind = re.fullmatch(r"([^.]*?)(\.\d+)?([a-zA-Z%]?)", spec).groups()
    text = format(value, before.rstrip(",") + "," + (precision or "") + kind)
    mantissa, e, exponent = text.partition("e")
    if e and kind in ("", "g") and 0 <= int(exponent) < 6:
        text = format(float(text.replace(",", "")), ("+" if "+" in before else "") + ",.0f")
    elif e:
        text = f"{mantissa}{THIN}×{THIN}10{str(int(exponent)).translate(SUPERSCRIPTS)}"
    if not re.search("[1-9]|inf", text):
        text = re.sub(r"[+-](?=[\d.])", "", text)
    return text.replace("%", " %").replace("inf", "∞").replace("-", "−")


def spread(values, spec=None):
    """Return the median of several numbers and their range as the course writes them.

    Args:
        values: Numbers, such as one for each seed. A single one has no range.
        spec: As for `number`.

    Returns:
        A string.

    Example:
        >>> spread([3.0, 1.0, 2.5], ".1f")
        '2.5 (1.0 to 3.0)'
    """
    middle = number(statistics.median(values), spec)
    if len(values) == 1:
        return middle
    return f"{middle} ({number(min(values), spec)} to {number(max(values), spec)})"


def table(rows, headings, caption=None):
    """Make a table that displays itself: `table(…)` as a cell's last line, or `display(table(…))`.

    A column of numbers alone, with units or ranges, stands at the right, and its cells are never
    broken; any other stands at the left. A narrow page scrolls the table, and the colours are those
    of the page.

    Args:
        rows: One list or tuple of cells for each row. A number is written by `number`; so hand over
            `number(share, ".1%")` to choose the digits. A text may hold `code` in back-ticks.
        headings: The headings of the columns, texts.
        caption: A sentence above the table, or None.

    Returns:
        A `Table`: text/html in a notebook, aligned columns of text elsewhere.

    Raises:
        ValueError: If a row has more or fewer cells than there are headings.

    Example:
        >>> table([["SGD", 210], ["Adam", 38]], ["optimiser", "steps"])
        optimiser  steps
        SGD          210
        Adam          38
    """
    headings, rows = [str(heading) for heading in headings], [list(row) for row in rows]
    for place, row in enumerate(rows):
        if len(row) != len(headings):
            raise ValueError(
                f"rows[{place}] has {len(row)} cells: {row}; expected {len(headings)}, one for "
                "each heading. Write an empty text where there is nothing to say."
            )
    return Table([[_written(cell) for cell in row] for row in rows], headings, caption)


class Table:
    """Rows of texts below headings. Made by `table`."""

    def __init__(self, rows, headings, caption):
        self.rows, self.headings, self.caption = rows, headings, caption
        self._numeric = [
            bool(rows) and all(NUMERIC.fullmatch(row[place]) for row in rows)
            for place in range(len(headings))
        ]

    def __repr__(self):
        columns = zip(self.headings, *self.rows, strict=True)
        widths = [max(map(len, column)) for column in columns]
        lines = [] if self.caption is None else [self.caption]
        for row in (self.headings, *self.rows):
            cells = [
                cell.rjust(width) if numeric else cell.ljust(width)
                for cell, width, numeric in zip(row, widths, self._numeric, strict=True)
            ]
            lines.append("  ".join(cells).rstrip())
        return "\n".join(lines)

    def _repr_html_(self):
        caption = "" if self.caption is None else f"{CAPTION}{to_html(self.caption)}</caption>"
        heads = "".join(
            f'<th scope="col" style="{STYLES[numeric]}">{html.escape(heading)}</th>'
            for heading, numeric in zip(self.headings, self._numeric, strict=True)
        )
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td style="{STYLES[numeric]}">{to_html(cell)}</td>'
                for cell, numeric in zip(row, self._numeric, strict=True)
            )
            + "</tr>"
            for row in self.rows
        )
        return (
            '<div style="overflow-x: auto"><table class="gan-table">'
            f"{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )


WHOLE_WORDS = "overflow-wrap: normal; word-break: normal"
STYLES = {  # of a cell, by whether its column holds numbers
    True: "text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums",
    False: f"text-align: left; max-width: 40em; {WHOLE_WORDS}; white-space: normal",
}
CAPTION = '<caption style="caption-side: top; text-align: left; color: inherit">'


def _written(cell):
    """Return a cell as text; NumPy's numbers and tensors are numbers, True and False are not."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    one = isinstance(cell, int | float) or getattr(cell, "shape", None) == ()
    return str(cell) if not one or isinstance(cell, bool) else number(cell)
