"""The flow in the plane: points that an exact or a learned velocity carries, and its figures."""

import numpy as np

from gan_course.arguments import check_whole
from gan_course.plots.style import COLOURS, new_figure
from gan_course.plots.swift import name_axes, swift_figure
from gan_course.theory.flows import mixture_velocity

WEIGHTS = np.array([0.5, 0.3, 0.2])
MEANS = np.array([[-1.8, -0.8], [1.6, -1.2], [0.4, 1.7]])
STDS = np.array([0.25, 0.35, 0.2])
LIMITS = (-3.2, 3.2)
TRAILS = 14  # points whose way is drawn


def exact_velocity(points, time):
    """Return the mean velocity of the lines from N(0, I) to the lesson's three Gaussians.

    Args:
        points: (n, 2).
        time: One t in [0, 1] for all.
    """
    return mixture_velocity(points, time, WEIGHTS, MEANS, STDS)


def draw_points(count, seed):
    """Return points of the three Gaussians, (count, 2)."""
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(WEIGHTS), count, p=WEIGHTS)
    return MEANS[chosen] + STDS[chosen, np.newaxis] * rng.standard_normal((count, 2))


def euler_path(velocity, start, steps):
    """Return where Euler's method carries points from t = 0 to t = 1, after every step.

    Args:
        velocity: A function of points (n, d) and a time that returns velocities (n, d).
        start: Where they are at t = 0, (n, d).
        steps: How many steps, at least 1.

    Returns:
        float64 array (steps + 1, n, d).
    """
    steps = check_whole("steps", steps)
    path = [np.asarray(start, np.float64)]
    for number in range(steps):
        path.append(path[-1] + velocity(path[-1], number / steps) / steps)
    return np.stack(path)


def plot_lines_and_paths(data, noise, paths):
    """Draw straight lines from noise to data beside the ways of points that the velocity carries.

    Args:
        data: (n, 2), the ends of the lines.
        noise: (n, 2), their starts.
        paths: (moments, m, 2), as `euler_path` returns them.

    Returns:
        A Figure.
    """
    figure, (left, right) = new_figure(1, 2, height=3.9)
    for axes, title in ((left, "pairs drawn by chance: lines cross"), (right, "carried by u")):
        axes.set(xlim=LIMITS, ylim=LIMITS, aspect="equal", title=title, xlabel="x₁", ylabel="x₂")
    left.plot(*np.stack([noise, data]).transpose(2, 0, 1), color="0.6", lw=0.8)
    right.plot(*paths.transpose(2, 0, 1), color="0.6", lw=0.8)
    for axes, starts, ends in ((left, noise, data), (right, paths[0], paths[-1])):
        axes.plot(*starts.T, "o", ms=3, color=COLOURS["sky"], label="noise, t = 0")
        axes.plot(*ends.T, "x", ms=5, color=COLOURS["vermilion"], label="t = 1")
    left.legend(loc="upper left", fontsize=8)
    figure.alt = (
        f"Left: {len(data)} straight lines from noise to three heaps of data; they cross. Right: "
        f"the ways of {paths.shape[1]} points that the mean velocity carries; they bend, and end "
        "in the heaps too."
    )
    return figure


def plot_carried(steps, moment, points=400, seed=0):
    """Draw points after some of the steps of Euler's method, their ways, and the velocity there.

    Args:
        steps: How many steps Euler's method takes from t = 0 to t = 1.
        moment: After how many of them to look, from 0 to `steps`.
        points: How many points are carried.
        seed: The seed of their noise.

    Returns:
        A Figure, drawn for `swift_html`, and the share of the points within three standard
        deviations of one of the heaps.
    """
    start = np.random.default_rng(seed).standard_normal((points, 2))
    path = euler_path(exact_velocity, start, steps)[: moment + 1]
    time = moment / steps
    figure, (axes,) = swift_figure([(0.13, 0.13, 0.84, 0.79)], 4.4, 4.7)
    lattice = np.stack(np.meshgrid(*[np.linspace(-2.8, 2.8, 12)] * 2), axis=-1).reshape(-1, 2)
    arrows = exact_velocity(lattice, min(time, 1.0))
    axes.quiver(*lattice.T, *arrows.T, color=COLOURS["push"], alpha=0.45, width=0.004, scale=60)
    for mean, std in zip(MEANS, STDS, strict=True):
        angles = np.linspace(0, 2 * np.pi, 60)
        circle = mean + 3 * std * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        axes.plot(*circle.T, color=COLOURS["real"], lw=1)
    axes.plot(*path[:, :TRAILS].transpose(2, 0, 1), color="0.45", lw=0.8)
    axes.plot(*path[-1].T, "x", ms=4, color=COLOURS["fake"])
    axes.set(xlim=LIMITS, ylim=LIMITS)
    name_axes(axes, f"t = {time:.2f}: after {moment} of {steps} steps", "x₁", "x₂", left=0.3)
    inside = share_at_home(path[-1])
    figure.alt = (
        f"{points} points after {moment} of {steps} steps, arrows of the velocity at t = "
        f"{time:.2f}, and circles of three standard deviations around the three heaps of data. "
        f"{inside:.0%} of the points lie in a circle."
    )
    return figure, inside


def share_at_home(points):
    """Return the share of points within three standard deviations of one of the heaps."""
    apart = np.linalg.norm(points[:, np.newaxis] - MEANS, axis=-1)  # (n, 3)
    return float((apart < 3 * STDS).any(axis=1).mean())
