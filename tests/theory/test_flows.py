"""The exact velocity from noise to a mixture: against draws, closed forms and its own flow."""

import numpy as np
import pytest

from gan_course.theory import follow, mixture_velocity

MIXTURE = {
    "weights": [0.3, 0.7],
    "means": np.array([[2.0, 0.0], [-1.0, 1.5]]),
    "stds": np.array([0.3, 0.5]),
}


def test_one_gaussian_is_reached_along_the_line_that_can_be_worked_out():
    x = np.array([[0.5, -1.0], [2.0, 0.3]])
    found = mixture_velocity(x, 0.25, [1.0], [[1.0, -2.0]], [1.0])
    variance = 0.75**2 + 0.25**2
    expected = [1.0, -2.0] + (0.25 - 0.75) / variance * (x - 0.25 * np.array([1.0, -2.0]))
    np.testing.assert_allclose(found, expected)


def test_it_is_the_mean_velocity_of_the_lines_that_pass_near_a_place():
    random = np.random.default_rng(0)
    chosen = random.choice(2, size=400_000, p=MIXTURE["weights"])
    data = MIXTURE["means"][chosen] + MIXTURE["stds"][chosen, None] * random.normal(
        size=(400_000, 2)
    )
    noise = random.normal(size=data.shape)
    places = 0.5 * (noise + data)
    at = np.array([[0.2, 0.4]])
    near = np.linalg.norm(places - at, axis=1) < 0.1
    found = mixture_velocity(at, 0.5, **MIXTURE)[0]
    assert near.sum() > 1_000
    np.testing.assert_allclose((data - noise)[near].mean(axis=0), found, atol=0.06)


def test_following_it_carries_noise_to_the_mixture():
    start = np.random.default_rng(1).normal(size=(4_000, 2))
    end = follow(lambda x, time: mixture_velocity(x, time, **MIXTURE), start, 60)
    apart = np.linalg.norm(end[:, None] - MIXTURE["means"], axis=2) / MIXTURE["stds"]
    nearest = apart.argmin(axis=1)
    assert (nearest == 0).mean() == pytest.approx(0.3, abs=0.03)
    for number in range(2):
        own = end[nearest == number]
        np.testing.assert_allclose(own.mean(axis=0), MIXTURE["means"][number], atol=0.05)
        np.testing.assert_allclose(own.std(axis=0), MIXTURE["stds"][number], rtol=0.08)


def test_heuns_method_is_of_second_order():
    def velocity(x, time):
        return x  # e after one unit of time

    errors = [abs(follow(velocity, [[1.0]], steps)[0, 0] - np.e) for steps in (10, 20)]
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"time": 1.5}, "time is 1.5"),
        ({"stds": [0.3, 0.0]}, "stds runs from 0"),
        ({"means": [[0.0], [1.0]]}, "means has shape"),
        ({"weights": [0.5, 0.6]}, "weights sums to 1.1"),
    ],
)
def test_what_does_not_fit_is_refused(change, words):
    with pytest.raises(ValueError, match=words):
        mixture_velocity(**{"x": [[0.0, 0.0]], "time": 0.5, **MIXTURE, **change})
