"""Every bug of the clinic shows its sign, and the healthy program does not."""

from dataclasses import replace

import gan_course.backend

import numpy as np
import pytest

from gan_course.clinic import bugs, program
from gan_course.clinic.cases import CASES, case
from gan_course.clinic.program import BATCH
from gan_course.clinic.run import SmallDigits, small_digits

HEALTHY_STEPS = 12
# Steps after which the sign shows in a sick program. That of noise, maps and rates takes some
# epochs, that of labels one, that of batch the end of one: those have tests of their own below.
QUICK = {
    **{"sign": 2, "twice": 2, "frozen": 2, "training": 2},
    **{"pixels": 6, "alpha": 12, "both": HEALTHY_STEPS},
}
SEEDS = (0, 1, 2)


@pytest.fixture(scope="module")
def run_of():
    """Run each program once: most cases share the healthy one."""
    runs = {}

    def run(program, steps, seed=0):
        key = program, steps, seed
        if key not in runs:
            runs[key] = program.run(steps, seed=seed)
        return runs[key]

    return run


def signs(made, run_of, healthy_steps, sick_steps, seed=0):
    return [
        made.shows(made.measure(run_of(program, steps, seed)))
        for program, steps in ((made.healthy, healthy_steps), (made.sick, sick_steps))
    ]


@pytest.mark.parametrize("name", list(QUICK))
@pytest.mark.filterwarnings("ignore:The model does not have any trainable weights")
def test_the_sign_shows_with_the_bug_and_not_without(name, run_of, eagerly):
    made, steps = CASES[name], QUICK[name]
    assert signs(made, run_of, max(steps, HEALTHY_STEPS), steps) == [False, True]


def test_labels_outside_0_and_1_show_their_sign_where_the_discriminator_wins(run_of, eagerly):
    made = case("labels")
    faster = [
        replace(each, learning_rates=bugs.unbalanced_rates) for each in (made.healthy, made.sick)
    ]
    assert [made.shows(made.measure(run_of(each, 4))) for each in faster] == [False, True]


def test_a_last_batch_that_is_smaller_shows_its_sign(monkeypatch, eagerly):
    few = SmallDigits(small_digits().pixels[: BATCH + 8], small_digits().labels[: BATCH + 8])
    monkeypatch.setattr(program, "small_digits", lambda: few)
    made = case("batch")
    assert [made.measure(each.run(2)) for each in (made.healthy, made.sick)] == [0, 1]


@pytest.mark.full
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", list(CASES))
def test_the_sign_shows_at_full_length_with_every_seed(name, seed, run_of):
    steps = CASES[name].steps
    assert signs(CASES[name], run_of, steps, steps, seed) == [False, True]


def test_there_are_twelve_and_each_sick_program_differs_from_its_healthy_one():
    assert len(CASES) == 12
    assert all(each.sick != each.healthy for each in CASES.values())


def test_unscaled_pixels_are_255_times_too_large_for_a_tanh_generator():
    pixels = np.array([0.0, 255.0])
    assert case("pixels").sick.scale(pixels).max() == 255
    assert np.array_equal(case("pixels").healthy.scale(pixels), [-1, 1])


def test_the_unbalanced_rates_are_a_hundred_apart():
    generator, discriminator = case("rates").sick.learning_rates()
    assert discriminator / generator == pytest.approx(100)


def test_the_noise_of_the_grid_is_sixteen_vectors_in_every_batch():
    draw = case("noise").sick.draw_noise
    first, second = (draw(128).numpy() for _ in range(2))
    assert np.array_equal(first, second) and len(np.unique(first, axis=0)) == 16
    healthy = case("noise").healthy.draw_noise
    assert not np.array_equal(healthy(128), healthy(128))


def test_a_run_is_the_same_again_with_its_seed(run_of, eagerly):
    healthy = case("sign").healthy
    first = run_of(healthy, HEALTHY_STEPS)
    again = healthy.run(3, seed=0)
    for panel, curves in again.curves.items():
        for name, values in curves.items():
            assert np.allclose(values, first.curves[panel][name][:3], rtol=1e-4)


def test_an_unknown_case_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="Did you mean 'sign'"):
        case("sing")
