"""Real and fake points in the plane or on a line, redrawn in milliseconds."""

import numpy as np

from gan_course.plots.moving import MovingFigure
from gan_course.plots.style import COLOURS, MARKERS
from gan_course.tables import number


class LivePoints:
    """One figure, reused: the real points stay, the fakes move.

    Args:
        real: Real points, (n, 1) or (n, 2). The limits are set by them.

    Example:
        >>> points = LivePoints(trainer.next_batch()["real"])
        >>> picture = points.html(trainer.sample(400), "400 fakes.")
    """

    def __init__(self, real):
        self.real = real = np.asarray(real, float)
        self.line = real.shape[1] == 1
        low, high = real.min(axis=0), real.max(axis=0)
        room = 0.25 * max((high - low).max(), 1e-3)
        self._low, self._high = low - room, high + room
        side = 4.0
        height = 1.9 if self.line else side
        self.moving = MovingFigure([(0.12, 0.62 / height, 0.85, 1 - 0.92 / height)], height, side)
        (axes,) = self.moving.axes
        axes.plot(*_places(real, 1).T, **_marks("real", 4.5), label="real", alpha=0.45)
        (self._fakes,) = axes.plot([], [], **_marks("fake", 5.5), label="fake", alpha=0.75)
        if self.line:
            self.moving.set_limits(axes, x=(self._low[0], self._high[0]), y=(0.4, 2.6))
            axes.set_yticks([1, 2], ["real", "fake"])
            axes.set_xlabel("x")
        else:
            axes.set_aspect("equal")
            self.moving.set_limits(axes, *zip(self._low, self._high, strict=True))
            axes.set_xlabel("x₁")
            axes.set_ylabel("x₂", rotation=0)
            axes.legend(
                loc="lower left", bbox_to_anchor=(0, 0.99), ncols=2, frameon=False, borderpad=0
            )
        self.moving.add(self._fakes)

    def set_fakes(self, fakes):
        """Move the fakes to these points, (n, 1) or (n, 2), and return how many are out of view."""
        fakes = np.asarray(fakes, float)
        self._fakes.set_data(*_places(fakes, 2).T)
        inside = ((fakes >= self._low) & (fakes <= self._high)).all(axis=1)
        return int((~inside).sum())

    def html(self, fakes, text):
        """Draw, and return an HTML image.

        Args:
            fakes: Points (n, 1) or (n, 2).
            text: The beginning of the alternative text; where the fakes are is added.

        Returns:
            A string of HTML.
        """
        outside = self.set_fakes(fakes)
        return self.moving.html(f"{text} {describe_points(fakes, outside)}")

    def pixels(self, fakes):
        """Draw, and return uint8 (height, width, 3): a frame of an animation."""
        self.set_fakes(fakes)
        return self.moving.pixels()


def describe_points(points, outside=0):
    """Say where points are: mean and spread along each axis.

    Args:
        points: (n, dimensions).
        outside: How many of them the picture does not show.

    Returns:
        A sentence or two.
    """
    centre = ", ".join(number(value, ".2f") for value in np.mean(points, axis=0))
    spread = ", ".join(f"{value:.2f}" for value in np.std(points, axis=0))
    gone = f" {outside} lie outside of the picture." if outside else ""
    return f"The fakes have the mean ({centre}) and the standard deviation ({spread}).{gone}"


def _places(points, row):
    """Return (n, 2): points of the plane as they are, points of a line scattered about a row."""
    if points.shape[1] == 2:
        return points
    jitter = 0.3 * np.sin(np.arange(len(points)) * 2.399)  # even, and the same at each redraw
    return np.column_stack([points[:, 0], row + jitter])


def _marks(role, size):
    return {
        "ls": "none",
        "marker": MARKERS[role],
        "color": COLOURS[role],
        "markersize": size,
        "markeredgecolor": "white",
        "markeredgewidth": 0.4,
    }
