"""Stop when numbers stop being numbers, and say at which step and what to try."""

import numpy as np

from gan_course.errors import CourseError

REMEDY = (
    "Try a learning rate ten times smaller, check that the images are scaled to the generator's "
    "range, or load the last checkpoint, which is still good."
)


class NonFiniteLoss(CourseError, ArithmeticError):
    """A loss or weight became NaN or infinite. The message names the step and what to try."""


def check_finite(rows, columns, first_step, weights_are_finite):
    """Raise an error unless all losses of some steps, and the weights after them, are finite.

    The weights are looked at too because a loss does not tell: on a CPU, relu(NaN) is 0.

    Args:
        rows: The losses, shape (steps, columns).
        columns: The names of the columns.
        first_step: The number of the first of these steps.
        weights_are_finite: A function without arguments that returns a bool.

    Raises:
        NonFiniteLoss: If a loss or a weight is NaN or infinite.
    """
    bad = np.argwhere(~np.isfinite(rows))
    if len(bad):
        index, column = bad[0]
        what = f"{columns[column]} became {rows[index, column]} at step {first_step + index}"
        raise NonFiniteLoss(f"{what}. {REMEDY}")
    if not weights_are_finite():
        last = first_step + len(rows) - 1
        what = f"a weight became NaN or infinite between steps {first_step} and {last}"
        raise NonFiniteLoss(f"The losses are finite, but {what}. {REMEDY}")
