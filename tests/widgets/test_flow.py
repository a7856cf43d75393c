"""The data-flow diagram: each stage lights its own parts, and says which it is."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from gan_course.live.stages import DISCRIMINATOR_STAGES, GENERATOR_STAGES, Stage
from gan_course.widgets.flow import BACK, BOXES, LIT, WAYS, flow_svg, stage_html


def test_every_stage_of_both_updates_lights_parts_that_exist():
    players = {"discriminator": DISCRIMINATOR_STAGES, "generator": GENERATOR_STAGES}
    stages = [(player, at + 1) for player, words in players.items() for at in range(len(words))]
    assert list(LIT) == stages
    assert {part for lit in LIT.values() for part in lit.split()} <= {*BOXES, *WAYS, *BACK}


@pytest.mark.parametrize("stage", LIT)
def test_the_lit_boxes_and_no_others_stand_out(stage):
    svg = flow_svg(LIT[stage].split())
    boxes = ElementTree.fromstring(svg).findall("rect")
    lit = [name for name, box in zip(BOXES, boxes, strict=True) if box.get("fill") != "white"]
    assert lit == [name for name in BOXES if name in LIT[stage].split()]


def test_gradients_are_drawn_back_only_while_they_flow():
    assert "stroke-dasharray" in flow_svg(LIT["generator", 4].split())
    assert "stroke-dasharray" not in flow_svg(LIT["generator", 3].split())


def test_the_present_stage_is_marked_in_text_and_for_screen_readers():
    shown = stage_html(Stage("generator", 4, "Arrows: D < 0.5."))
    assert "Generator's update, 4 of 5:</strong> Arrows: D &lt; 0.5." in shown
    marked = re.findall(r'<span aria-current="step"[^>]*>(\d)</span>', shown)
    assert marked == ["4"] and shown.count("<span") == 10
    assert stage_html(None) == ""
