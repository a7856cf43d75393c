"""The flow that carries N(0, I) to a mixture of Gaussians, in closed form."""

import numpy as np

from gan_course.arguments import check_array, check_number, check_points, check_shares, check_whole


def mixture_velocity(x, time, weights, means, stds):
    """The mean velocity E[x₁ − x₀ | x_t = x] of straight lines from N(0, I) to a mixture.

    The lines are x_t = (1 − t) x₀ + t x₁. Those that end in Gaussian i are at time t distributed as
    N(t μᵢ, sᵢ² I), with sᵢ² = (1 − t)² + t² σᵢ². The mean of one normal variable given another is
    linear: μᵢ + (t σᵢ² − (1 − t)) / sᵢ² · (x − t μᵢ). Each Gaussian counts by its share of the
    density at x.

    Args:
        x: Where to evaluate it, points (n, d).
        time: t, from 0 (noise) to 1 (data).
        weights: The share of each Gaussian, (k,), with sum 1.
        means: Their means, (k, d).
        stds: Their standard deviations along every axis, positive, (k,).

    Returns:
        float64 array (n, d).

    Raises:
        ValueError: If a shape or a number does not fit.

    Source: Lipman et al. 2022, theorem 1 (the mean velocity makes the whole flow) with the paths of
    equation 20; the mixture is worked out here.

    Example:
        >>> mixture_velocity([[0.0, 0.0]], 0.0, [1.0], [[2.0, 1.0]], [0.5])  # off to the mean
        array([[2., 1.]])
    """
    x = check_points("x", x)
    time = check_number("time", time, least=0, most=1)
    weights = check_shares("weights", weights, ("k",))
    means = check_array("means", means, (len(weights), x.shape[1]))
    stds = check_array("stds", stds, weights.shape, above=0)
    variances = (1 - time) ** 2 + (time * stds) ** 2
    apart = x[:, None] - time * means  # (n, k, d)
    logs = np.log(weights) - 0.5 * x.shape[1] * np.log(variances)
    logs = logs - 0.5 * np.square(apart).sum(axis=-1) / variances
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    slopes = (time * stds**2 - (1 - time)) / variances
    return (shares[..., None] * (means + slopes[:, None] * apart)).sum(axis=1)


def follow(velocity, start, steps):
    """Carry points along a velocity from t = 0 to t = 1 by Heun's method.

    Args:
        velocity: A function of points (n, d) and a time that returns velocities (n, d).
        start: Where they are at t = 0, (n, d).
        steps: How many steps of equal length, at least 1; each asks for the velocity twice.

    Returns:
        float64 array (n, d).

    Raises:
        ValueError: If `steps` is no whole number of at least 1.
    """
    steps = check_whole("steps", steps)
    x = np.asarray(start, dtype=np.float64)
    for number in range(steps):
        first = velocity(x, number / steps)
        second = velocity(x + first / steps, (number + 1) / steps)
        x = x + (first + second) / (2 * steps)
    return x
