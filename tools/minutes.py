"""Reckon how many minutes each lesson takes someone who meets it for the first time.

A lesson's text is read at 200 words a minute; a displayed equation takes half a minute (each line
of a derivation is one), 25 lines of code one minute, an exercise three, a prediction one, an
explorer five. What the computer takes is added: a cell that lets a learner wait says how long in
its metadata, `"minutes": 2`. Collapsed cells are not read. The core ends at the first heading
that begins with "Going deeper".
"""

import ast
import json
import re
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
DEEPER = re.compile(r"^#+ Going deeper", re.MULTILINE)
PROMISE = re.compile(r"^\| (Core|Going deeper) \| (\d+) minutes", re.MULTILINE)
EXPLORERS = ("_explorer", "_widget", "_dashboard", "laboratory", "compare")
WEIGHTS = {
    "words": 1 / 200,
    "equations": 1 / 2,
    "code lines": 1 / 25,
    "exercises": 3,
    "predictions": 1,
    "explorers": 5,
    "waiting": 1,
}


def count_text(source):
    """Count what a cell of text asks of its reader."""
    text = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
    equations = re.findall(r"\$\$.*?\$\$", text, re.DOTALL)
    text = re.sub(r"\$\$.*?\$\$", " ", text, flags=re.DOTALL)
    fences = re.findall(r"```.*?```", text, re.DOTALL)
    text = re.sub(r"```.*?```", " ", text, flags=re.DOTALL)
    text = re.sub(r"\$[^$\n]+\$", " formula ", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)  # the address of a link is not read
    lines = sum(len(fence.splitlines()) - 2 for fence in fences)
    words = re.findall(r"[^\W_][^\s|]*", text)
    return {"words": len(words), "equations": count_lines(equations), "code lines": lines}


def count_lines(equations):
    """Count displayed equations; each line of a derivation is one."""
    return sum(1 + equation.rstrip("$ \\\n").count("\\\\") for equation in equations)


def count_code(source):
    """Count what a code cell asks of its reader."""
    lines = [line for line in source.splitlines() if line.strip()]
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [getattr(call, "attr", getattr(call, "id", "")) for call in calls]
    return {
        "code lines": len(lines),
        "exercises": sum(
            name == "check" and ast.unparse(call).startswith("ex.")
            for name, call in zip(names, calls, strict=True)
        ),
        "predictions": sum(isinstance(call, ast.Name) and call.id == "predict" for call in calls),
        "explorers": sum(
            name.endswith(EXPLORERS) or ast.unparse(call).startswith("widgets.")
            for name, call in zip(names, calls, strict=True)
        ),
    }


def is_collapsed(cell):
    return cell["metadata"].get("jupyter", {}).get("source_hidden", False)


def reckon(notebook):
    """Return the minutes of the core and of what goes deeper, and what they are made of.

    Args:
        notebook: A notebook as its JSON holds it.

    Returns:
        {"core": counts, "deeper": counts}: each a dict from the keys of `WEIGHTS` to how many.
    """
    parts = {name: dict.fromkeys(WEIGHTS, 0) for name in ("core", "deeper")}
    part = "core"
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            if DEEPER.search(source):
                part = "deeper"
            counted = count_text(source)
        else:
            counted = count_code(source)
            if is_collapsed(cell):
                counted["code lines"] = 0
        counted["waiting"] = cell["metadata"].get("minutes", 0)
        for name, count in counted.items():
            parts[part][name] += count
    return parts


def minutes(counts):
    """Return the minutes that counts stand for."""
    return sum(WEIGHTS[name] * count for name, count in counts.items())


def promised(notebook):
    """Return what the opening promises: {"core": minutes, "deeper": minutes}."""
    text = "\n".join("".join(cell["source"]) for cell in notebook["cells"][:2])
    names = {"Core": "core", "Going deeper": "deeper"}
    return {names[name]: int(number) for name, number in PROMISE.findall(text)}


def main():
    print(f"{'lesson':32}{'part':8}{'promised':>10}{'reckoned':>10}", *WEIGHTS, sep="  ")
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        told = promised(notebook)
        for part, counts in reckon(notebook).items():
            cells = [f"{counts[name]:>{len(name)}g}" for name in WEIGHTS]
            head = f"{path.stem:32}{part:8}{told.get(part, 0):>10}{minutes(counts):>10.0f}"
            print(head, *cells, sep="  ")


if __name__ == "__main__":
    main()
