"""Four widgets of lesson 07's latent space: directions, walks, a plane, and vector arithmetic."""

import numpy as np

from gan_course.lessons.lesson_07.figures.latent import plot_arithmetic, plot_latent_plane
from gan_course.metrics import wilson_interval
from gan_course.metrics.concepts import OPPOSITES, find_exemplars, shows_trait
from gan_course.plots.conditional import plot_digit_matrix
from gan_course.tables import number
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer
from gan_course.widgets.latent_model import LatentModel

STEPS = np.linspace(-6.0, 6.0, 9)  # along each direction, from the present vector
DIRECTIONS = 5
DRAWS = 60  # further triples that are counted at each change
CONTROLS = Controls(label="8em", width="23em")


def latent_directions(generator=None):
    """Move a latent vector along five directions, and see where each of them would lead next.

    Controls: the seed of the starting vector, its length, and a slider for each of the five
    directions to which the generator's first layer answers most.

    Args:
        generator: A model of `z`; the shipped fast one unless given.

    Returns:
        An `Explorer`.

    Example:
        >>> latent_directions()

    Introduced in lesson 07.
    """
    model = LatentModel(generator)
    directions = model.directions(DIRECTIONS)
    controls = {
        "seed": CONTROLS.slider("Seed", 1, 0, 50, "Draws another starting vector"),
        "size": CONTROLS.slider(
            "Length of z", 1.0, 0.0, 2.0, "1: as drawn; 0: the zero vector", step=0.1, decimals=1
        ),
    } | {
        f"along_{n}": CONTROLS.slider(
            f"Direction {n}", 0.0, -6.0, 6.0, "How far to move along it", step=0.1, decimals=1
        )
        for n in range(1, DIRECTIONS + 1)
    }

    def draw(seed, size, **along):
        start = size * model.latent(1, seed)[0]
        here = start + np.array(list(along.values()), np.float32) @ directions
        ways = here + STEPS[:, np.newaxis] * directions[:, np.newaxis]  # (directions, steps, d)
        images = model.draw(ways)
        rows = [f"direction {n}" for n in range(1, DIRECTIONS + 1)]
        figure = plot_digit_matrix(
            images, [number(s, "+g") if s else "here" for s in STEPS], rows, "steps", "ways"
        )
        found = model.read(images[:1, len(STEPS) // 2])
        text = (
            f"<b>The image in the middle column is read as {found.digit[0]}</b> (probability "
            f"{found.confidence[0]:.2f}). |z| = {np.linalg.norm(here):.1f}; vectors from N(0, 1) "
            f"have a length near √{len(here)} = {np.sqrt(len(here)):.1f}."
        )
        return figure, text

    return Explorer(controls, draw, "gan-latent-directions")


def latent_walk(generator=None):
    """Walk from one latent vector to another, along an arc or a straight line.

    Controls: the seeds of both ends, how many steps, how many walks, and arc or line.

    Args:
        generator: A model of `z`; the shipped fast one unless given.

    Returns:
        An `Explorer`; its text reads the digits on the way.

    Introduced in lesson 07.
    """
    model = LatentModel(generator)
    controls = {
        "start": CONTROLS.slider("From seed", 1, 0, 50, "Draws the left ends"),
        "end": CONTROLS.slider("To seed", 2, 0, 50, "Draws the right ends"),
        "steps": CONTROLS.slider("Images", 11, 3, 13, "How many images in a walk, ends included"),
        "walks": CONTROLS.slider("Walks", 4, 1, 5, "How many rows"),
        "way": CONTROLS.choice(
            "Way", ("arc", "line"), "The arc keeps the length of z, the line does not"
        ),
    }

    def draw(start, end, steps, walks, way):
        from gan_course.models.latent_space import walk_between

        pairs = zip(model.latent(walks, start), model.latent(walks, 1000 + end), strict=True)
        ways = np.stack([walk_between(a, b, steps, way == "arc") for a, b in pairs])
        images = model.draw(ways)
        shares = np.linspace(0, 1, steps)
        figure = plot_digit_matrix(images, [f"{s:.2g}" for s in shares], None, "way", "walks")
        lines = "; ".join(" ".join(map(str, row)) for row in model.read_digits(images))
        lengths = np.linalg.norm(ways, axis=-1).mean(axis=0)  # (steps,)
        return figure, (
            f"<b>Read by the classifier, row by row:</b> {lines}. In the middle |z| is "
            f"{lengths[steps // 2]:.1f} on average, at the left end {lengths[0]:.1f}."
        )

    return Explorer(controls, draw, "gan-latent-walk")


def latent_plane(generator=None):
    """Draw the plane through three latent vectors.

    Controls: the seed of each vector, how far the plane reaches beyond them, how fine it is, and
    whether each vector is stretched to the usual length.

    Args:
        generator: A model of `z`; the shipped fast one unless given.

    Returns:
        An `Explorer`. Introduced in lesson 07.
    """
    model = LatentModel(generator)
    controls = {
        "first": CONTROLS.slider(
            "First (blue)", 1, 0, 50, "The seed of the vector at s = 0, t = 0"
        ),
        "second": CONTROLS.slider("Second", 2, 0, 50, "The seed of the vector at s = 1, t = 0"),
        "third": CONTROLS.slider(
            "Third (green)", 3, 0, 50, "The seed of the vector at s = 0, t = 1"
        ),
        "beyond": CONTROLS.slider(
            "Cells beyond", 2, 0, 3, "How many cells the plane reaches further"
        ),
        "cells": CONTROLS.slider("Cells between", 4, 1, 5, "From one vector to the next"),
        "length": CONTROLS.choice("Length of z", ("as it comes", "kept at √d"), "Of every vector"),
    }

    def draw(first, second, third, beyond, cells, length):
        from gan_course.models.latent_space import plane_through

        seeds = (first, 2000 + second, 4000 + third)  # never the same vector twice
        corners = [model.latent(1, seed)[0] for seed in seeds]
        ticks = np.arange(-beyond, cells + beyond + 1) / cells
        plane = plane_through(*corners, ticks, ticks, keep_length=length != "as it comes")
        images = model.draw(plane)
        figure = plot_latent_plane(images, ticks, ticks)
        places = [(beyond, beyond), (beyond, beyond + cells), (beyond + cells, beyond)]
        found = model.read(np.stack([images[place] for place in places]))
        lengths = np.linalg.norm(plane, axis=-1)
        return figure, (
            f"<b>The framed three are read as {', '.join(map(str, found.digit))}.</b> |z| runs "
            f"from {lengths.min():.1f} to {lengths.max():.1f} over the plane; the three have "
            f"{', '.join(f'{np.linalg.norm(corner):.1f}' for corner in corners)}."
        )

    return Explorer(controls, draw, "gan-latent-plane")


def arithmetic_explorer(generator=None):
    """Add and subtract means of exemplars, and count how often the result is what was asked.

    Controls: the trait, the digits that it goes from and to, how many exemplars each mean is over,
    and the seed of the draw.

    Args:
        generator: A model of `z`; the shipped fast one unless given.

    Returns:
        An `Explorer`; its text counts further draws, with a 95 % interval.

    Introduced in lesson 07.
    """
    model = LatentModel(generator)
    controls = {
        "trait": CONTROLS.choice(
            "Trait", tuple(OPPOSITES), "What is moved from one digit to another"
        ),
        "source": CONTROLS.slider(
            "From digit", 3, 0, 9, "The trait is the difference of two of these"
        ),
        "target": CONTROLS.slider("To digit", 8, 0, 9, "It is added to these"),
        "exemplars": CONTROLS.choice("Exemplars", (3, 1, 10), "How many each mean is over"),
        "seed": CONTROLS.slider("Draw", 0, 0, 50, "Of the exemplars"),
    }

    def draw(trait, source, target, exemplars, seed):
        without = OPPOSITES[trait]
        concepts = [(trait, source), (without, source), (without, target)]
        pools = [find_exemplars(model.readings, digit, side) for side, digit in concepts]
        random = np.random.default_rng(seed)
        picks = [random.choice(pool, (1 + DRAWS, exemplars)) for pool in pools]
        means = [model.z[pick].mean(axis=1) for pick in picks]  # each (1 + DRAWS, d)
        combined = means[0] - means[1] + means[2]
        images = model.draw(np.concatenate([combined, *(mean[:1] for mean in means)]))
        results, averages = images[: 1 + DRAWS], images[1 + DRAWS :]
        names = [f"{side} {digit}" for side, digit in concepts]
        names[2] += "′" if source == target else ""  # the same concept, other exemplars
        shown = {
            name: (model.images[pick[0]], average)
            for name, pick, average in zip(names, picks, averages, strict=True)
        }
        figure = plot_arithmetic(shown, results[0], results[1:9])
        found = model.read(results)
        right = found.digit == target
        both = right & shows_trait(model.readings, found, target, trait)
        low, high = wilson_interval(int(both[1:].sum()), DRAWS)
        same = f"Both digits are {source}: nothing is moved to another digit. "
        return figure, (
            f"{same if source == target else ''}"
            f"<b>The result is read as {found.digit[0]}.</b> Of {DRAWS} other draws of exemplars "
            f"{int(right[1:].sum())} are read as {target}, and {int(both[1:].sum())} of them are "
            f"also {trait}, on that side of the median {target}: "
            f"{number(both[1:].mean(), '.0%')} of all {DRAWS}, with a 95 % interval of "
            f"{number(low, '.0%')} to {number(high, '.0%')}."
        )

    return Explorer(controls, draw, "gan-latent-arithmetic")
