"""The minutes of a lesson are reckoned from what it holds."""

import importlib.util
import json

import pytest
from places import NOTEBOOKS, ROOT

spec = importlib.util.spec_from_file_location("minutes", ROOT / "tools" / "minutes.py")
minutes = importlib.util.module_from_spec(spec)
spec.loader.exec_module(minutes)


def text(source):
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def code(source, **metadata):
    return {"cell_type": "code", "source": source, "metadata": metadata}


def test_what_a_lesson_holds_is_counted_in_its_part():
    book = {
        "cells": [
            text("# Title\n\n| Core | 45 minutes on a laptop |"),
            text("One two $x = y$ four.\n\n$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$"),
            code('predict("a")\n\nex.loss.check(loss)\nwidgets.loss_explorer(loss)', minutes=2),
            code("import numpy as np", jupyter={"source_hidden": True}),
            text("## Going deeper: more\n\n[a link](08_conditional_gan.ipynb)"),
            code("x = 1\nwidgets.digit_page(x)"),
        ]
    }
    parts = minutes.reckon(book)
    assert parts["core"] == {
        "words": 1 + 6 + 4,
        "equations": 2,
        "code lines": 3,
        "exercises": 1,
        "predictions": 1,
        "explorers": 1,
        "waiting": 2,
    }
    assert parts["deeper"]["words"] == 5 and parts["deeper"]["code lines"] == 2
    assert parts["deeper"]["explorers"] == 1
    assert minutes.minutes(parts["core"]) == pytest.approx(11 / 200 + 1 + 3 / 25 + 3 + 1 + 5 + 2)
    assert minutes.promised(book) == {"core": 45}


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_core_takes_at_most_an_hour_and_the_opening_promises_what_is_reckoned(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    parts, told = minutes.reckon(notebook), minutes.promised(notebook)
    assert round(minutes.minutes(parts["core"])) <= 60
    for part, counts in parts.items():
        reckoned = minutes.minutes(counts)
        assert told.get(part, 0) == pytest.approx(reckoned, rel=0.2, abs=5 * (part == "deeper"))
