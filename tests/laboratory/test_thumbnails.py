"""The pictures by which data are chosen: each shows its distribution, and keeps `value` in step."""

import re

import numpy as np
import pytest
import traitlets

from gan_course.data import toy
from gan_course.laboratory.settings import DISTRIBUTIONS, DRAWN
from gan_course.laboratory.thumbnails import (
    POINTS,
    SEED,
    SIDE,
    Thumbnails,
    distribution_options,
    draw_thumbnail,
)


@pytest.fixture
def chooser():
    return Thumbnails(distribution_options(), "ring", "Real data", "What G shall imitate")


def test_all_distributions_are_offered_those_of_the_plane_first(chooser):
    names = [option["name"] for option in chooser.pictures]
    texts = [text for text, _ in (*DISTRIBUTIONS.values(), *DRAWN.values())]
    assert sorted(names) == sorted(texts)
    groups = [option["group"] for option in chooser.pictures]
    assert groups == sorted(groups, reverse=True) and set(groups) == {"2-D", "1-D"}
    assert all(name.endswith(group) for name, group in zip(names, groups, strict=True))
    assert len({option["picture"] for option in chooser.pictures}) == len(names)


def test_value_and_what_the_browser_chose_are_in_step(chooser):
    heard = []
    chooser.observe(lambda change: heard.append(change["new"]), "value")
    chooser.value = "moons"
    assert chooser.label == "two moons, 2-D"
    chooser.index = 0
    assert heard == ["moons", "ring"] and chooser.value == "ring"
    with pytest.raises(traitlets.TraitError, match="'rings' is none of the options: 'ring'"):
        chooser.value = "rings"
    assert chooser.value == "ring"


def test_data_of_your_own_are_offered_too():
    own = toy.ring(num_modes=3)
    chooser = Thumbnails(distribution_options(own), own, "Real data", "What G shall imitate")
    assert chooser.value is own and "your own, 2-D" in chooser.label


def test_a_picture_of_the_plane_shows_samples_where_they_lie():
    ring = toy.ring()
    places = re.findall(r"M(-?[0-9]+) (-?[0-9]+)h0", draw_thumbnail(ring))
    shown = np.array(places, dtype=float) * [1, -1] + [0, SIDE]
    points, (low, high) = ring.sample(POINTS, SEED), ring.limits
    np.testing.assert_allclose(shown, SIDE * (points - low) / (high - low), atol=0.51)


def test_a_picture_of_the_line_is_highest_where_the_density_is():
    for distribution in (
        toy.mixture_1d([0.2, 0.8], [-2.0, 1.0], [0.4, 0.4]),
        toy.points(np.array([[1.0], [1.0], [-2.0]])),  # without a density: how many lie where
    ):
        pairs = re.findall(r"([-0-9.]+) ([-0-9.]+)", draw_thumbnail(distribution).split("L", 1)[1])
        xs, ys = np.array(pairs, dtype=float).T
        low, high = distribution.limits
        peak = low + (high - low) * xs[ys.argmin()] / SIDE
        assert peak == pytest.approx(1.0, abs=(high - low) / 25)
