"""A run of the laboratory kept in a file, which plays where there is no kernel."""

from dataclasses import fields
from pathlib import Path

import numpy as np

from gan_course.arguments import check_whole
from gan_course.laboratory.captions import describe_numbers, picture_alt
from gan_course.laboratory.controls import layers_at_first
from gan_course.laboratory.settings import DISTRIBUTIONS, Settings, checked_settings, write_units
from gan_course.laboratory.view import View
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.player import Player, read_recording, write_recording
from gan_course.widgets.scene import LAYERS, CurvesScene, PointsScene, Scene

SHIPPED = Path(__file__).parent
BLOCKS, EACH = 6, 16  # so many gaps of one length, then as many of twice the length, and so on


def record(path, distribution="ring", *, steps=3_000, seed=0, **settings):
    """Train a GAN on points, and keep how it went in a file, for `play`.

    The file holds 97 moments. The gaps between them double five times on the way, so that the
    beginning, in which most happens, is kept closest. It takes some hundred kilobytes.

    Args:
        path: The file, such as "collapse.gan". Its folder is made if need be.
        distribution: As `laboratory` takes it.
        steps: How many training steps, at least 1.
        seed: As `laboratory` takes it.
        **settings: As `laboratory` takes them.

    Raises:
        ValueError: If a setting is unknown or does not fit; the message says what to change.

    Example:
        >>> record("moons.gan", "moons", steps=2_000)
        >>> play("moons.gan")
    """
    check_whole("steps", steps)
    write_run(checked_settings(distribution=distribution, seed=seed, **settings), steps, path)


def play(path):
    """Show a recorded run, with buttons to play it and a slider for the place in time.

    All of it goes into the notebook: saved and opened again, it plays without a kernel.

    Args:
        path: A file that `record` or `Laboratory.record` wrote, or `"lost_modes"`, which ships: a
            GAN with 16 latent values that learns the ring's modes, loses some and finds some.

    Returns:
        A widget, which displays itself as the last expression of a cell.

    Raises:
        ValueError: If the file is missing or holds something else.

    Example:
        >>> play("lost_modes")

    Introduced in lesson 05.
    """
    shipped = SHIPPED / f"{path}.gan"
    recording, header = read_recording(shipped if shipped.exists() else path)
    box = LessonBox([Player(recording, header["still"])])
    box.add_class("gan-recorded")
    return box


def kept_steps(steps):
    """Return the steps of which a recording keeps a moment, from 0 to `steps`."""
    gaps = np.repeat(2 ** np.arange(BLOCKS), EACH)
    ends = np.concatenate([[0], np.cumsum(gaps)]) / gaps.sum()
    return sorted({round(float(end) * steps) for end in ends})


def write_run(settings, steps, path):
    """Train the networks of some settings from their first weights, and keep it in a file.

    Args:
        settings: A `Settings`.
        steps: How many training steps, at least 1.
        path: The file.
    """
    distribution = settings.make_distribution()
    trainer = settings.make_trainer(distribution)
    view = View(trainer, distribution, settings)
    layers = layers_at_first(None, distribution.dimensions)
    words, moments = [LAYERS[name][2] for name in layers], []
    stays = values_of(PointsScene) | view.scene() | {"layers": layers}
    for step in kept_steps(steps):
        if step > trainer.step:
            trainer.advance(step - trainer.step)
        sentences = describe_numbers(view.measure(), view.losses, view.truth.bandwidth)
        said = {"said": sentences[0], "alt": picture_alt(sentences, words, view.plane)}
        moments.append(stays | view.frame(list(LAYERS)) | view.densities() | said)
    alt, curves = moments[-1]["alt"], view.curves()
    header = {
        "title": _title(settings, distribution, steps),
        "settings": _in_words(settings),
        "still": view.picture_html(layers, alt),
        "curves": values_of(CurvesScene) | {"panels": curves["panels"], "most_pixels": 440},
    }
    write_recording(path, header, moments, curves["values"])


def values_of(scene):
    """Return what a scene shows when it is made: its values by name, none for bytes."""
    own = {
        name: trait.default()
        for name, trait in scene.class_traits(sync=True).items()
        if issubclass(trait.this_class, Scene) and name not in ("frame", "seen")
    }
    return {name: None if value == b"" else value for name, value in own.items()}


def _title(settings, distribution, steps):
    named = isinstance(settings.distribution, str) and settings.distribution in DISTRIBUTIONS
    data = DISTRIBUTIONS[settings.distribution][0] if named else distribution.name
    return f"A recorded run: {data}, {steps:,} steps, seed {settings.seed}"


def _in_words(settings):
    """Return the settings as JSON can hold them."""
    found = {}
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if field.name.endswith("_units"):
            value = write_units(value)
        found[field.name] = value if isinstance(value, int | float | str) else str(value)
    return found
