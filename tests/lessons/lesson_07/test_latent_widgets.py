"""The widgets of the latent space: every control moves what it says, the picture holds the rest."""

import numpy as np
import pytest
from explorers import drawn, set_to

from gan_course import models, pretrained
from gan_course.lessons.lesson_07 import latent_widgets as latent
from gan_course.metrics.concepts import OPPOSITES, find_exemplars, read_samples
from gan_course.models.latent_space import plane_through, strongest_directions, walk_between
from gan_course.plots import tile
from gan_course.widgets import latent_model
from gan_course.widgets.latent_model import LatentModel


@pytest.fixture(scope="module")
def generator():
    return pretrained.load("fast_long")


POOL = 1200  # of samples in place of 4,000


@pytest.fixture(scope="module")
def arithmetic(generator):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(latent_model, "POOL", POOL)
        return latent.arithmetic_explorer(generator)


def sheet(generator, z):
    images = models.generate(generator, z.reshape(-1, z.shape[-1]))
    return tile(images, z.shape[1], (-1, 1))


def vectors(generator, count, seed):
    return models.sample_latent(count, models.latent_dim_of(generator), seed)


def test_digits_are_read_in_whatever_shape_the_images_stand(generator):
    model = LatentModel(generator)
    images = model.draw(vectors(generator, 12, 3).reshape(3, 4, -1))
    expected = read_samples(images.reshape(12, 28, 28, 1), (-1, 1)).digit
    assert len(set(expected)) > 3
    assert np.array_equal(model.read_digits(images), expected.reshape(3, 4))
    assert model.read_digits(images[0, 0]) == expected[0]


def test_the_explorer_moves_along_every_direction_and_starts_where_it_is_told(generator):
    explorer = latent.latent_directions(generator)
    directions = strongest_directions(generator, latent.DIRECTIONS)

    def expected(seed, size=1.0, along=(0.0,) * latent.DIRECTIONS):
        here = size * vectors(generator, 1, seed)[0] + np.array(along, np.float32) @ directions
        return sheet(generator, here + latent.STEPS[:, None] * directions[:, None])

    assert np.array_equal(drawn(explorer), expected(1))
    set_to(explorer, seed=4, size=0.5)
    assert np.array_equal(drawn(explorer), expected(4, 0.5))
    along = [0.0] * latent.DIRECTIONS
    for number in range(latent.DIRECTIONS):
        before = drawn(explorer)
        along[number] = 3.0
        set_to(explorer, **{f"along_{number + 1}": 3.0})
        assert not np.array_equal(drawn(explorer), before)
        assert np.array_equal(drawn(explorer), expected(4, 0.5, along))
    assert "is read as" in explorer.readout.value and "|z| = " in explorer.readout.value


def test_a_walk_goes_from_one_seed_to_another_by_the_chosen_way(generator):
    walk = latent.latent_walk(generator)

    def expected(start, end, steps, walks, arc):
        pairs = zip(
            vectors(generator, walks, start), vectors(generator, walks, 1000 + end), strict=True
        )
        return sheet(generator, np.stack([walk_between(a, b, steps, arc) for a, b in pairs]))

    assert np.array_equal(drawn(walk), expected(1, 2, 11, 4, True))
    set_to(walk, start=2)  # the same seed on both sides is still another vector
    assert np.array_equal(drawn(walk), expected(2, 2, 11, 4, True))
    set_to(walk, end=9, steps=5, walks=2)
    assert np.array_equal(drawn(walk), expected(9 - 7, 9, 5, 2, True))
    read = walk.readout.value.split("row by row:</b> ")[1].split(". In")[0].split("; ")
    assert [len(row.split()) for row in read] == [5, 5]
    set_to(walk, way="line")
    assert np.array_equal(drawn(walk), expected(2, 9, 5, 2, False))
    middle, end = (
        float(words.split(".")[0])
        for words in walk.readout.value.split("|z| is ")[1:2]
        for words in (words, words.split("end ")[1])
    )
    assert middle < end


def test_the_plane_goes_through_three_seeds_and_frames_them(generator):
    plane = latent.latent_plane(generator)

    def expected(seeds, beyond, cells, keep=False):
        corners = [
            vectors(generator, 1, seed + shift)[0]
            for seed, shift in zip(seeds, (0, 2000, 4000), strict=True)
        ]
        ticks = np.arange(-beyond, cells + beyond + 1) / cells
        return sheet(generator, plane_through(*corners, ticks, ticks, keep))

    assert np.array_equal(drawn(plane), expected((1, 2, 3), 2, 4))
    assert len(plane.figure.axes[0].lines) == 3
    assert "first at column 3, row 3; second at column 7, row 3; third at" in plane.picture.value
    set_to(plane, first=5, second=5, third=5)
    assert np.array_equal(drawn(plane), expected((5, 5, 5), 2, 4))
    set_to(plane, beyond=0, cells=2)
    assert np.array_equal(drawn(plane), expected((5, 5, 5), 0, 2))
    set_to(plane, length="kept at √d")
    assert np.array_equal(drawn(plane), expected((5, 5, 5), 0, 2, keep=True))
    length = np.sqrt(models.latent_dim_of(generator))
    assert f"runs from {length:.1f} to {length:.1f}" in plane.readout.value


def test_the_sum_is_of_exemplars_that_show_their_concepts(generator, arithmetic):
    z = vectors(generator, POOL, 7)
    readings = read_samples(models.generate(generator, z), (-1, 1))

    def expected(trait, source, target, exemplars, seed):
        without = OPPOSITES[trait]
        random = np.random.default_rng(seed)
        pools = [
            find_exemplars(readings, digit, side)
            for digit, side in ((source, trait), (source, without), (target, without))
        ]
        picks = [random.choice(pool, (1 + latent.DRAWS, exemplars)) for pool in pools]
        first, minus, plus = (z[pick].mean(axis=1) for pick in picks)
        images = models.generate(generator, first - minus + plus)
        return images, models.generate(generator, z[picks[0][0]])

    setting = {"trait": "thick", "source": 3, "target": 8, "exemplars": 3, "seed": 0}
    changes = ({"seed": 5}, {"exemplars": 10, "target": 6}, {"source": 0}, {"exemplars": 1})
    for change in (*changes, {"trait": "left-leaning"}):
        setting |= change
        set_to(arithmetic, **change)
        images, exemplars = expected(**setting)
        picture = drawn(arithmetic)
        side = 28 + 2
        assert np.array_equal(picture[2 + 3 * side :][:28, 2:30], tile(images[:1], 1)[2:30, 2:30])
        top = picture[2:30, 2 + 2 * side :][:, :28]
        assert np.array_equal(top, tile(exemplars[:1], 1)[2:30, 2:30])
        digits = read_samples(images, (-1, 1)).digit
        right = int((digits[1:] == setting["target"]).sum())
        assert f"result is read as {digits[0]}" in arithmetic.readout.value
        assert f"{right} are read as {setting['target']}" in arithmetic.readout.value


def test_two_equal_digits_are_told_in_the_widget(arithmetic):
    arithmetic.controls["target"].value = arithmetic.controls["source"].value
    assert "nothing is moved to another digit" in arithmetic.readout.value
    assert "cannot be drawn" not in arithmetic.readout.value
    arithmetic.controls["target"].value = (arithmetic.controls["source"].value + 1) % 10
    assert "nothing is moved" not in arithmetic.readout.value
