"""Colours: how far they stand out, where axe-core cannot see it: in canvases and figures."""

import re

import pytest

from gan_course.plots.style import COLOURS, contrast, ink_on
from gan_course.widgets.flow import BOXES, flow_svg
from gan_course.widgets.scene import STATIC

ENOUGH = 4.5


def test_contrast_is_that_of_wcag():
    assert contrast("white", "black") == pytest.approx(21)
    assert contrast("#777777", "white") == pytest.approx(4.48, abs=0.01)
    assert contrast("red", "red") == 1


def test_ink_stands_out_on_every_colour_of_the_course():
    for name, colour in COLOURS.items():
        assert contrast(ink_on(colour), colour) >= ENOUGH, name


@pytest.mark.parametrize("lit", [(), tuple(BOXES)])
def test_the_words_of_the_flow_diagram_stand_out_in_their_boxes(lit):
    svg = flow_svg(lit)
    grounds, inks = (re.findall(rf'<{tag} [^>]*fill="([^"]+)"', svg) for tag in ("rect", "text"))
    assert len(grounds) == len(inks) == len(BOXES)
    for ground, ink in zip(grounds, inks, strict=True):
        assert contrast(ground, ink) >= ENOUGH, (ground, ink)


def test_what_the_browser_writes_on_its_white_card_stands_out():
    scripts = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    inks = set(re.findall(r'fillStyle = "(#\w{6})"', scripts)) - {"#FFFFFF"}
    assert inks
    for ink in inks:
        assert contrast(ink, "white") >= ENOUGH, ink
