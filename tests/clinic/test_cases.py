"""Every bug of the clinic shows its sign, and the healthy program does not."""

import gan_course.backend

import numpy as np
import pytest

from gan_course.clinic.cases import CASES, case

QUICK = 40  # steps: an epoch and a quarter
SLOW = ("noise", "pixels", "rates", "maps")  # whose sign takes some epochs; held by parts below
SEEDS = (0, 1, 2)


@pytest.fixture(scope="module")
def run_of():
    """Run each program once: nine cases share the healthy one."""
    runs = {}

    def run(program, steps, seed=0):
        key = program, steps, seed
        if key not in runs:
            runs[key] = program.run(steps, seed=seed)
        return runs[key]

    return run


def signs(made, run_of, steps, seed=0):
    return [
        made.shows(made.measure(run_of(program, steps, seed)))
        for program in (made.healthy, made.sick)
    ]


@pytest.mark.parametrize("name", [name for name in CASES if name not in SLOW])
def test_the_sign_shows_with_the_bug_and_not_without(name, run_of):
    assert signs(CASES[name], run_of, QUICK) == [False, True]


@pytest.mark.full
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", list(CASES))
def test_the_sign_shows_at_full_length_with_every_seed(name, seed, run_of):
    assert signs(CASES[name], run_of, CASES[name].steps, seed) == [False, True]


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


def test_a_run_is_the_same_again_with_its_seed(run_of):
    healthy = case("sign").healthy
    first = run_of(healthy, QUICK)
    again = healthy.run(3, seed=0)
    for panel, curves in again.curves.items():
        for name, values in curves.items():
            assert np.allclose(values, first.curves[panel][name][:3], rtol=1e-4)


def test_an_unknown_case_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="Did you mean 'sign'"):
        case("sing")
