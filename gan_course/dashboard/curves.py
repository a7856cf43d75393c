"""The curves of a training run while it runs: losses and D, as arrays for the browser."""

import numpy as np

from gan_course.plots.curves import HISTORY_KEYS, equilibrium_label, round_up
from gan_course.plots.style import COLOURS, LINES
from gan_course.tables import number

BINS = 100  # points of a curve at most: a long history is averaged over equal runs of steps
LOSSES = {"d_loss": ("discriminator", "discriminator"), "g_loss": ("generator", "generator")}
SCORES = {"d_real": ("real", "D(real)"), "d_fake": ("fake", "D(fake)")}
CURVES = LOSSES | SCORES  # column -> (role, name)
DASHES = {"-": [], "--": [6, 4]}


def average_in_runs(history, most=BINS):
    """Return a history in at most `most` points, each of them for as many steps in a row.

    Args:
        history: A dict of equally long lists, such as `trainer.history`.
        most: How many points at most.

    Returns:
        A dict from the columns to arrays (points, 3): the mean over the steps of a point, the
        lowest and the highest value. And how many steps a point stands for, a power of 2.
    """
    length, width = min(len(history[key]) for key in HISTORY_KEYS), 1
    while length > most * width:
        width *= 2
    starts = np.arange(0, length, width)
    counts = np.diff([*starts, length])
    columns = {}
    for key in HISTORY_KEYS:
        values = np.asarray(history[key][:length], dtype=float)
        mean = np.add.reduceat(values, starts) / counts
        low, high = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
        columns[key] = np.column_stack([mean, low, high])
    return columns, width


def curve_parts(history, equilibrium=None, most_steps=None, now=None):
    """Return a history as `CurvesScene.show` takes it: both losses above, D's means below.

    A line is the mean over some steps, the pale band behind it reaches from the lowest to the
    highest of them.

    Args:
        history: A dict of lists, such as `trainer.history`.
        equilibrium: The discriminator's loss where it cannot tell, a dotted line; or None.
        most_steps: The limit of the run: the axis does not reach beyond. None for no limit.
        now: The four numbers after updates of one player alone, which the history knows nothing of,
            as `Trainer.score_next_batch` gives them: one point more, above the last step. None
            where there was no such update.

    Returns:
        A dict.

    Example:
        >>> scene.show(**curve_parts(trainer.history))
    """
    columns, width = average_in_runs(history)
    if now is not None:
        last = {"step": history["step"][-1] if history["step"] else 0} | now
        columns = {name: np.vstack([rows, [last[name]] * 3]) for name, rows in columns.items()}
    rest = [] if equilibrium is None else [_mark(equilibrium, equilibrium_label(equilibrium))]
    losses = {"title": "loss", "limits": _loss_limits(columns), "marks": rest}
    scores = {"title": "mean of D", "limits": [-0.04, 1.04], "ticks": [0, 0.5, 1]}
    scores["marks"] = [_mark(0.5, "½: cannot tell")]
    values = np.stack([columns[name] for name in CURVES])  # (4, points, 3)
    return {
        "panels": [
            losses | {"lines": [_line(*look) for look in LOSSES.values()]},
            scores | {"lines": [_line(*look) for look in SCORES.values()]},
        ],
        "steps": columns["step"][:, 0],
        "values": values[..., 0],
        "bands": values[..., 1:].swapaxes(1, 2) if width > 1 else None,
        "each": width,
        "most_steps": most_steps or 0,
        "alt": describe_curves(columns),
    }


def describe_curves(columns):
    """Return the alternative text: the latest mean of each curve.

    Args:
        columns: As `average_in_runs` returns them.
    """
    step = columns["step"]
    if not len(step):
        return "Two empty plots, for losses and for D: no step has been taken yet."
    latest = {column: number(columns[column][-1, 0], ".2f") for column in CURVES}
    return (
        f"Curves of {len(step)} points up to step {step[-1, 2]:,.0f}. Above: discriminator "
        f"loss {latest['d_loss']}, generator loss {latest['g_loss']} at the end. "
        f"Below: D(real) {latest['d_real']}, D(fake) {latest['d_fake']} at the end."
    )


def _mark(at, text):
    return {"at": float(at), "text": text}


def _line(role, name):
    return {"name": name, "colour": COLOURS[role], "dash": DASHES[LINES[role]]}


def _loss_limits(columns):
    """Return a pair of round numbers that changes rarely and holds both losses."""
    settled = len(columns["step"]) // 20  # once there are many points, the first may stick out
    means = np.concatenate([columns[name][settled:, 0] for name in LOSSES])
    means = means[np.isfinite(means)]
    low, high = (means.min(), means.max()) if means.size else (0.0, 1.0)
    high = round_up(1.1 * high) if high > 1.5 else 2.0
    low = -round_up(-1.1 * low) if low < 0 else 0.0
    return [float(low), float(high)]
