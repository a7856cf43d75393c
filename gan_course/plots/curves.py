"""Figures of numbers: losses and scores over time, shares of classes."""

import math

import numpy as np

from gan_course.plots.style import COLOURS, LINES, MARKERS, new_figure
from gan_course.tables import number

HISTORY_KEYS = ("step", "g_loss", "d_loss", "d_real", "d_fake")
EQUILIBRIUM = 2 * math.log(2)  # the discriminator's loss where D = 1/2 everywhere
CROWDED = 200  # more points than this are drawn pale, with a running mean on top


def plot_loss_curves(history, equilibrium=EQUILIBRIUM):
    """Draw the two losses, and beside them what the discriminator says of real and of fake images.

    Args:
        history: A dict of lists of one length with the keys step, g_loss, d_loss, d_real and
            d_fake, such as `trainer.history`. d_real and d_fake are probabilities.
        equilibrium: Where to draw the line at which the discriminator cannot tell real from fake.
            2 log 2 holds for the loss of Goodfellow et al. (2014); pass None for other losses.

    Returns:
        A Figure with two axes.

    Raises:
        ValueError: If a key is missing, the lists differ in length, or there is no step yet.

    Example:
        >>> show(plot_loss_curves(trainer.history))

    Introduced in lesson 07.
    """
    curves = _read_history(history)
    step = curves["step"]
    figure, (losses, scores) = new_figure(1, 2, height=3.4)
    mean = _draw_curve(losses, step, curves["d_loss"], "discriminator", "discriminator loss")
    _draw_curve(losses, step, curves["g_loss"], "generator", "generator loss")
    if equilibrium is not None:
        label = f"{equilibrium_label(equilibrium)}: cannot tell"
        losses.axhline(equilibrium, color=COLOURS["reference"], ls=":", lw=1.3, label=label)
    losses.set(xlabel="training step", ylabel="loss", title="Losses")
    _draw_curve(scores, step, curves["d_real"], "real", "D(real)")
    _draw_curve(scores, step, curves["d_fake"], "fake", "D(fake)")
    scores.axhline(0.5, color=COLOURS["reference"], ls=":", lw=1.3, label="½: cannot tell")
    scores.set(xlabel="training step", ylabel="mean probability of “real”", ylim=(-0.05, 1.05))
    scores.set_title("What the discriminator says")
    for axes in (losses, scores):
        axes.legend(
            fontsize=9, loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2, frameon=False
        )
        axes.margins(x=0.02)
    if mean:
        figure.supxlabel(f"pale: each record; strong: mean of {mean} records", fontsize=8.5)
    parts = [
        f"the {word} {_course(curves[key])}"
        for key, word in (("d_loss", "discriminator loss"), ("g_loss", "generator loss"))
    ] + [
        f"{word} {_course(curves[key])}"
        for key, word in (("d_real", "D(real)"), ("d_fake", "D(fake)"))
    ]
    line = "" if equilibrium is None else f" A dotted line marks {label}."
    figure.alt = (
        f"Line plots over steps {step[0]:,.0f} to {step[-1]:,.0f}. Left: {parts[0]}, {parts[1]}."
        f"{line} Right: {parts[2]}, {parts[3]}. A dotted line marks one half."
    )
    return figure


def equilibrium_label(loss):
    """Return what a legend calls the discriminator's loss at the equilibrium, a number."""
    text = f"{loss:.3g}"
    return f"2 log 2 = {text}" if math.isclose(loss, EQUILIBRIUM) else text


def round_up(value):
    """Return the next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten: an end that rarely moves.

    Args:
        value: Above 0.

    Returns:
        A float, at least `value`.

    Example:
        >>> round_up(0.7), round_up(1200)
        (0.8, 1500.0)
    """
    power = 10.0 ** np.floor(np.log10(value))
    ends = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
    return float(next(end for end in ends if end * power >= value * 0.9999) * power)


def plot_class_histogram(shares, reference=None, threshold=None, class_names=None):
    """Draw how large a share of the samples each class has.

    Args:
        shares: One share for each class, fractions that add up to 1, such as
            `metrics.class_histogram` returns.
        reference: The shares of the real images, drawn as diamonds beside the bars, or None.
        threshold: The share below which a class counts as missing, such as 0.03, or None.
        class_names: What to write below the bars; 0, 1, 2, … if None.

    Returns:
        A Figure. Bars below the threshold are hatched.

    Raises:
        ValueError: If the shares are not fractions that add up to 1, or lengths differ.

    Example:
        >>> show(plot_class_histogram(shares, reference=real_shares, threshold=0.03))

    Introduced in lesson 06.
    """
    shares = _checked_shares("shares", shares)
    names = [str(name) for name in (range(len(shares)) if class_names is None else class_names)]
    if len(names) != len(shares):
        raise ValueError(
            f"class_names holds {len(names)} names and shares {len(shares)} shares; expected one "
            "name for each share."
        )
    figure, axes = new_figure(height=3.2)
    axes.grid(False, axis="x")
    places = np.arange(len(shares))
    low = shares < threshold if threshold is not None else np.zeros(len(shares), bool)
    for chosen, hatch, label in ((~low, "", "samples"), (low, "///", "samples, below threshold")):
        if chosen.any():
            axes.bar(
                places[chosen],
                100 * shares[chosen],
                width=0.7,
                color="white" if hatch else COLOURS["fake"],
                edgecolor=COLOURS["fake"],
                hatch=hatch,
                label=label,
            )
    if reference is not None:
        reference = _checked_shares("reference", reference, len(shares))
        axes.plot(
            places,
            100 * reference,
            ls="none",
            marker=MARKERS["reference"],
            color=COLOURS["real"],
            markeredgecolor="white",
            markersize=8,
            label="real images",
        )
    if threshold is not None:
        label = f"threshold {100 * threshold:g} %"
        axes.axhline(100 * threshold, color=COLOURS["reference"], ls=":", lw=1.3, label=label)
    axes.set_xticks(places, names)
    axes.set(xlabel="class", ylabel="share of samples in %")
    if reference is not None or threshold is not None:
        axes.legend(fontsize=9, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    listed = ", ".join(
        f"{name} {number(share, '.1%')}" for name, share in zip(names, shares, strict=True)
    )
    figure.alt = f"Bar chart of the share of each class: {listed}."
    if threshold is not None:
        missing = (
            ", ".join(name for name, is_low in zip(names, low, strict=True) if is_low) or "none"
        )
        figure.alt += f" Below the threshold of {100 * threshold:g} %: {missing}."
    if reference is not None:
        spread = f"{number(reference.min(), '.1%')} to {number(reference.max(), '.1%')}"
        figure.alt += f" Diamonds mark the real images, {spread} a class."
    return figure


def _read_history(history):
    missing = [key for key in HISTORY_KEYS if key not in history]
    if missing:
        raise ValueError(
            f"history lacks {', '.join(missing)}; expected the keys {', '.join(HISTORY_KEYS)}, as "
            "trainer.history has them."
        )
    curves = {key: np.asarray(history[key], dtype=float) for key in HISTORY_KEYS}
    lengths = {key: curve.size for key, curve in curves.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"The lists of history differ in length: {lengths}; expected one length.")
    if not lengths["step"]:
        raise ValueError(
            "history is empty; expected at least one step. Train first: trainer.run(100)."
        )
    return curves


def _draw_curve(axes, step, values, role, label):
    """Draw one curve and return over how many points its mean runs (0: drawn as it is)."""
    style = {"color": COLOURS[role], "ls": LINES[role], "marker": MARKERS[role], "label": label}
    size = 8 if MARKERS[role] == "X" else 6.5
    style |= {"markersize": size, "lw": 1.8, "markeredgecolor": "white", "markeredgewidth": 0.6}
    count = len(step)
    start = {"real": 0.0, "discriminator": 0.0}.get(role, 0.05)  # two curves' markers side by side
    if count <= CROWDED:
        axes.plot(step, values, markevery=(int(start * count), max(1, count // 10)), **style)
        return 0
    window = max(2, count // 50)
    axes.plot(step, values, color=COLOURS[role], lw=0.5, alpha=0.3)
    smooth, centre = _running_mean(values, window), _running_mean(step, window)
    every = max(1, len(smooth) // 10)
    axes.plot(centre, smooth, markevery=(int(start * len(smooth)), every), **style)
    return window


def _running_mean(values, window):
    """Return the mean of each run of `window` values. By running sums: a long history costs no more
    for a wide window. What is not finite stays in the means that hold it."""
    finite = np.isfinite(values)
    sums = np.cumsum(np.concatenate([[0.0], np.where(finite, values, 0.0)]))
    holes = np.cumsum(np.concatenate([[0], ~finite]))
    mean = (sums[window:] - sums[:-window]) / window
    return np.where(holes[window:] > holes[:-window], np.nan, mean)


def _course(values):
    """Say how a curve runs: the means of its first and last twentieth."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return "has no finite value"
    part = max(1, finite.size // 20)
    first, last = finite[:part].mean(), finite[-part:].mean()
    gone = "" if finite.size == values.size else ", with values that are nan or infinite"
    start, end = number(first, ".2f"), number(last, ".2f")
    if finite.size == 1:
        return f"is {end}{gone}"
    verb = (
        "stays near" if abs(last - first) < 0.02 else "falls from" if last < first else "rises from"
    )
    return f"{verb} {start}{'' if verb == 'stays near' else f' to {end}'}{gone}"


def _checked_shares(name, shares, length=None):
    shares = np.asarray(shares, dtype=float)
    if shares.ndim != 1 or not shares.size or (length is not None and shares.size != length):
        wanted = "(classes,)" if length is None else f"({length},)"
        raise ValueError(f"{name} has shape {shares.shape}; expected {wanted}, a share a class.")
    if not np.isfinite(shares).all() or shares.min() < 0 or abs(shares.sum() - 1) > 0.01:
        raise ValueError(
            f"{name} run from {shares.min():g} to {shares.max():g} and add up to "
            f"{shares.sum():g}; expected fractions that add up to 1. Divide counts by their sum."
        )
    return shares
