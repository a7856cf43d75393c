"""The walk downhill: every position of a descent, and the largest step size that is stable."""

from dataclasses import dataclass

import numpy as np

from gan_course.arguments import check_array, check_number, check_whole

BOUND = 1e6  # how far out counts as divergence, in the units of the position


@dataclass(frozen=True)
class Descent:
    """A walk: every position from the start on, and whether it ran away (lesson 01)."""

    positions: np.ndarray  # (steps taken + 1, *shape of start); a runaway position is the last one
    diverged: bool

    @property
    def steps_taken(self):
        """How many steps were taken before the end, or before it ran away."""
        return len(self.positions) - 1


def descend(gradient, start, optimizer, steps):
    """Walk `steps` steps downhill from `start` and return the whole path.

    The walk stops early, with `diverged` set, at a position that is not finite or has an entry
    beyond a million in size. A position that is not finite is left out, so the path can be drawn.

    Args:
        gradient: Takes a position and returns the gradient there, of the same shape.
        start: A number or an array.
        optimizer: One of those in `optimizers`: it has `start(position)` and `step(...)`.
        steps: How many steps to take, at least 0.

    Returns:
        A `Descent` with `positions` (steps taken + 1, *shape of start), `diverged`, `steps_taken`.

    Raises:
        ValueError: If an argument is not as above, or `gradient` returns another shape.

    Example:
        >>> from gan_course.from_scratch.optimizers import GradientDescent
        >>> walk = descend(lambda x: 2 * x, 1.0, GradientDescent(1.1), steps=1000)
        >>> walk.diverged  # the bound for x² is a learning rate of 1
        True

    Introduced in lesson 01.
    """
    position = check_array("start", start)
    steps = check_whole("steps", steps, least=0)
    state = optimizer.start(position)
    path = [position]
    for _ in range(steps):
        with np.errstate(over="ignore", invalid="ignore"):  # a runaway walk ends below, in words
            position, state = optimizer.step(position, gradient(position), state)
        if not np.all(np.isfinite(position)):
            return Descent(np.stack(path), diverged=True)
        path.append(position)
        if np.max(np.abs(position)) > BOUND:
            return Descent(np.stack(path), diverged=True)
    return Descent(np.stack(path), diverged=False)


def step_size_bound(hessian, momentum=0.0):
    """Return the learning rate at which a walk on ½ xᵀ H x turns from shrinking to growing.

    Gradient descent multiplies the part of x along an eigenvector by 1 - α λ. It shrinks while
    |1 - α λ| < 1, so for every eigenvalue exactly while α < 2 / λ_max. With momentum μ the same
    argument, on two numbers per eigenvector, gives 2 (1 + μ) / λ_max.

    Args:
        hessian: H, the curvature: a number (1-D) or a symmetric (d, d) matrix, eigenvalues >= 0.
        momentum: μ in [0, 1).

    Returns:
        The bound, a float > 0.

    Raises:
        ValueError: If H is not square and symmetric, has a negative eigenvalue, or is all 0.

    Example:
        >>> step_size_bound(2.0)  # f(x) = x²
        1.0

    Introduced in lesson 01.
    """
    hessian = np.atleast_2d(check_array("hessian", hessian))
    check_number("momentum", momentum, least=0, below=1)
    if hessian.shape != hessian.shape[::-1] or not np.allclose(hessian, hessian.T):
        raise ValueError(
            f"hessian has shape {hessian.shape} or is not symmetric; expected a number or a "
            "symmetric (d, d) matrix of second derivatives. Use (H + H.T) / 2 to make it so."
        )
    curvatures = np.linalg.eigvalsh(hessian)  # (d,), in rising order
    if curvatures[0] < -1e-12 * np.abs(curvatures).max() or curvatures[-1] <= 0:
        raise ValueError(
            f"hessian has eigenvalues from {curvatures[0]:g} to {curvatures[-1]:g}; expected none "
            "below 0 and one above. Without that the surface has no minimum and no step size is "
            "stable: check the signs of its entries."
        )
    return float(2.0 * (1.0 + momentum) / curvatures[-1])
