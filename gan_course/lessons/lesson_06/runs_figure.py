"""Your run beside other runs of the same recipe: what was luck, and what comes back each time."""

import numpy as np

from gan_course.plots.style import COLOURS, new_figure

LEAST = 12  # points of a curve, however short the run


def plot_beside_other_runs(history, others):
    """Draw the losses and the verdicts of a run over pale lines of other runs.

    Args:
        history: The history of your run, a dict of lists.
        others: The rows of `dense_curves.csv`.

    Returns:
        A Figure. Left: both losses. Right: D(real) and D(fake). Strong lines are means over a
        hundred steps of your run, pale ones those of the others.

    Example:
        >>> plot_beside_other_runs(history, read_results("dense_curves.csv"))

    Introduced in lesson 06.
    """
    figure, panels = new_figure(1, 2, height=3.4)
    length = len(history["step"])
    window = max(1, min(100, length // LEAST))
    step = np.arange(1, length // window + 1) * window
    parts = (
        ("g_loss", "generator's loss", "generator", "--"),
        ("d_loss", "discriminator's loss", "discriminator", "-"),
        ("d_real", "D(real)", "real", "-"),
        ("d_fake", "D(fake)", "fake", "--"),
    )
    for (column, name, role, line), axes in zip(parts, np.repeat(panels, 2), strict=True):
        for seed in sorted({row["seed"] for row in others}):
            theirs = [row for row in others if row["seed"] == seed]
            x, y = ([float(row[key]) for row in theirs] for key in ("step", column))
            axes.plot(x, y, line, color=COLOURS[role], alpha=0.35, linewidth=0.8)
        means = np.reshape(history[column][: len(step) * window], (-1, window)).mean(axis=1)
        axes.plot(step, means, line, color=COLOURS[role], label=f"{name}, your run")
    panels[0].set(title="Losses", xlabel="training step", ylim=(0, 6.5))
    panels[1].set(title="Verdicts", xlabel="training step", ylim=(0, 1))
    panels[1].axhline(0.5, color=COLOURS["reference"], linestyle=":", linewidth=1)
    for axes in panels:
        axes.legend(fontsize=8)
    figure.alt = (
        "Two panels over the training step, your run strong and other runs pale. Left the losses: "
        f"at your run's end the generator's is {np.mean(history['g_loss'][-window:]):.2f}, the "
        f"discriminator's {np.mean(history['d_loss'][-window:]):.2f}. Right the verdicts: D(real) "
        f"{np.mean(history['d_real'][-window:]):.2f}, D(fake) "
        f"{np.mean(history['d_fake'][-window:]):.2f}."
    )
    return figure
