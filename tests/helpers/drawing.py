"""Draw the house as text, from the table of rooms: `python tests/helpers/drawing.py`.

CONTRIBUTING.md holds the drawing, and a test compares the two. `--write` puts it there.
"""

import sys
import textwrap

from house import BASE, ROOMS
from places import ROOT

WHAT = {
    "from_scratch": "the foundations in NumPy, to be read",
    "theory": "densities, D*, divergences, V on grids",
    "backend": "Keras on TensorFlow, or one clear sentence",
    "weights": "arrays of weights in a file",
    "data": "digits, your own pictures, toy points",
    "plots": "figures that several lessons draw",
    "exercises": "what an exercise is: three kinds",
    "devices": "memory, precision, strategy, seeds",
    "layers": "the Keras layers of the course",
    "losses": "pairs for two players, penalties, bounds",
    "metrics": "digit classifier and what rests on it",
    "models": "the build_* networks",
    "training": "the trainer: step, loop, checkpoints",
    "live": "the same trainer in a worker thread",
    "recipes": "a name for all that a run needs",
    "pretrained": "the networks that ship, and their cards",
    "widgets": "controls, explorer, predict, quiz",
    "doctor": "is this machine ready?",
    "dashboard": "a live view of any trainer",
    "laboratory": "a GAN on points, under your hand",
    "clinic": "twelve bugs, one switch each",
    "lessons": "a folder for each: what it alone uses",
    "commands": "the commands of gan-course",
    "__main__": "gan-course",
}
WIDTH = 100
START, END = "<!-- drawing -->", "<!-- end of drawing -->"


def stands_on(rooms):
    """Return which rooms each room imports directly: not those that another of them imports too."""
    all_of = {name: set(room.ours.split()) for name, room in rooms.items()}

    def below(name):
        return all_of[name].union(*(below(other) for other in all_of[name]))

    return {
        name: sorted(ours - set().union(*(below(other) for other in ours)))
        for name, ours in all_of.items()
    }


def floors(rooms):
    """Return a list of lists of names, lowest floor first: a room stands above all it imports."""
    on = {name: room.ours.split() for name, room in rooms.items()}

    def height(name):
        return max((height(other) + 1 for other in on[name]), default=0)

    heights = {name: height(name) for name in rooms}
    return [sorted(n for n in rooms if heights[n] == at) for at in range(max(heights.values()) + 1)]


def row(name, what, under):
    """Return the lines of one room: what it stands on is wrapped, if need be."""
    head = f"{name:<13} {what:<41} "
    parts = textwrap.wrap(" ".join(under), WIDTH - len(head)) or [""]
    return [f"{head if part == parts[0] else '':{len(head)}}{part}".rstrip() for part in parts]


def draw(rooms, what=WHAT):
    """Return the drawing: the highest floor first, each room with what it is and stands on."""
    rooms = {name: room for name, room in rooms.items() if name not in BASE}
    lines, under = [], stands_on(rooms)
    for names in reversed(floors(rooms)):
        lines += [line for name in names for line in row(name, what[name], under[name])]
        lines.append("─" * WIDTH)
    base = sorted(BASE - {""})
    return "\n".join([*lines, f"open to all:  {' '.join(base)}"])


def written(text, drawing):
    """Return a page with the drawing between its two marks."""
    head, _, rest = text.partition(START)
    _, _, tail = rest.partition(END)
    return f"{head}{START}\n```text\n{drawing}\n```\n{END}{tail}"


if __name__ == "__main__":
    page = ROOT / "CONTRIBUTING.md"
    if "--write" in sys.argv:
        page.write_text(written(page.read_text("utf-8"), draw(ROOMS)), encoding="utf-8")
    else:
        print(draw(ROOMS))
