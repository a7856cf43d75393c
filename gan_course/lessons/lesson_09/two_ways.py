"""Two ways to tell digits apart: learn how each looks, or learn what parts them."""

import numpy as np

from gan_course.plots.style import COLOURS, new_figure
from gan_course.tables import number

WAYS = ("generative", "discriminative")


def error_curves(train, test, sizes, seeds):
    """Return the test errors of naive Bayes and of logistic regression, trained on few digits.

    Both are linear in the pixels, which count as ink or none. Naive Bayes learns p(x | y) pixel by
    pixel and asks Bayes' rule; logistic regression learns p(y | x) alone.

    Args:
        train: `Images` to draw from, in [-1, 1].
        test: `Images` to test on.
        sizes: How many digits of each class to train on, one run each.
        seeds: The seeds of these draws.

    Returns:
        A dict from "generative" and "discriminative" to errors (sizes, seeds).

    Source: Ng & Jordan 2001, On discriminative vs. generative classifiers.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import BernoulliNB

    def ink(images):
        return (images > 0).reshape(len(images), -1).astype(np.float32)

    found = {way: np.zeros((len(sizes), len(seeds))) for way in WAYS}
    for row, size in enumerate(sizes):
        for column, seed in enumerate(seeds):
            rng = np.random.default_rng(seed)
            few = np.concatenate(
                [
                    rng.choice(np.flatnonzero(train.labels == digit), size, replace=False)
                    for digit in range(10)
                ]
            )
            makers = (BernoulliNB(), LogisticRegression(max_iter=300))
            for way, reader in zip(WAYS, makers, strict=True):
                reader.fit(ink(train.images[few]), train.labels[few])
                read = reader.predict(ink(test.images))
                found[way][row, column] = np.mean(read != test.labels)
    return found


def plot_error_curves(sizes, errors):
    """Draw the errors against the number of digits of each class; a line is the median.

    Args:
        sizes: As in `error_curves`.
        errors: What it returned.

    Returns:
        A Figure.
    """
    figure, axes = new_figure(height=3.3, width=6.5)
    for way, colour, marker in zip(WAYS, ("orange", "blue"), "so", strict=True):
        middle = np.median(errors[way], axis=1)
        axes.plot(sizes, middle, f"{marker}-", color=COLOURS[colour], label=way)
        axes.fill_between(
            sizes,
            errors[way].min(axis=1),
            errors[way].max(axis=1),
            color=COLOURS[colour],
            alpha=0.2,
        )
    axes.set(xscale="log", xlabel="training digits of each class", ylabel="share misread")
    axes.set_ylim(bottom=0)
    axes.legend()
    ends = {way: [number(np.median(errors[way][end]), ".0%") for end in (0, -1)] for way in WAYS}
    figure.alt = (
        f"Share of test digits misread. Generative: {ends['generative'][0]} with {sizes[0]} of "
        f"each class, {ends['generative'][1]} with {sizes[-1]}. Discriminative: "
        f"{ends['discriminative'][0]} and {ends['discriminative'][1]}."
    )
    return figure
