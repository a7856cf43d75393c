"""The exercises of lesson 07: how far the pixels of a mended generator have to reach."""

import pytest

from gan_course.lessons.lesson_07 import exercises as ex
from gan_course.lessons.lesson_07.range_trial import small_generator


@pytest.mark.parametrize(("scale", "reaches"), [(0.985, False), (0.995, True), (1.0, True)])
def test_a_generator_has_to_reach_both_ends_but_for_a_hundredth(scale, reaches):
    outcome = ex.mend_the_generator.check(lambda: small_generator("tanh", scale))
    assert outcome.correct == reaches
    assert reaches or "the real ones go from −1 to 1" in outcome.message
