"""The GAN laboratory: points in one or two dimensions, with everything that happens in sight."""

from contextlib import suppress
from dataclasses import replace

import ipywidgets as widgets

from gan_course.laboratory.canvas import DrawingPad
from gan_course.laboratory.captions import (
    describe_numbers,
    numbers_html,
    panels_alt,
    picture_alt,
    stages_html,
)
from gan_course.laboratory.controls import LAYERS, lay_out, make_controls, make_layers
from gan_course.laboratory.settings import (
    DRAWN,
    NETWORKS,
    RATES,
    Settings,
    checked_settings,
    differences,
    dimensions_of,
    read_units,
    write_units,
)
from gan_course.laboratory.view import View
from gan_course.live import LiveRun
from gan_course.messages import to_html
from gan_course.widgets.control_bar import ControlBar
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.live_parts import alert_html, wrapping_row


def laboratory(distribution="ring", *, steps=20_000, seed=0, show=None, name=None, **settings):
    """Train a GAN on points before your eyes, in one dimension or two.

    Choose or draw what the generator shall imitate, the networks, the losses and the rates; start,
    pause, step and slow down; see what D says of every place, and what the best D would say.

    Args:
        distribution: `"ring"`, `"grid"`, `"moons"`, `"line"`, `"gaussian"`, in one dimension
            `"mixture_1d"`, `"three_1d"`, `"gaussian_1d"`; `"drawn"` or `"drawn_1d"` for your own
            drawing; or a `ToyDistribution`.
        steps: The most training steps.
        seed: The seed of the points, the first weights, the noise and the batches.
        show: The layers of the picture that are on at first, from real, fakes, heat, best, arrows
            and warp, such as `("real", "fakes")`; None for the usual ones.
        name: A second laboratory of this name stops the first; named for its data if None.
        **settings: What the controls show at first: `generator_units`, `discriminator_units`,
            `latent_dim`, `noise`, `activation`, `losses`, `optimizer`, `generator_rate`,
            `discriminator_rate`, `discriminator_steps`, `batch_size`, and `start`, the name of
            shipped weights.

    Returns:
        A `Laboratory`, which displays itself as the last expression of a cell.

    Raises:
        ValueError: If a setting is unknown or does not fit; the message says what to change.

    Example:
        >>> lab = laboratory("mixture_1d", losses="minimax")
        >>> lab.run.start()

    Introduced in lesson 05.
    """
    chosen = checked_settings(distribution=distribution, seed=seed, **settings)
    return Laboratory(chosen, steps=steps, show=show, name=name)


class Laboratory(LessonBox):
    """Controls, pictures and numbers around a live run. Made by `laboratory`.

    Attributes:
        run, bar: The `LiveRun` and its `ControlBar`.
        controls: A dict from names to the controls of the settings.
        layers: A dict from names to the checkboxes of the picture's layers.
        pad: The `DrawingPad`.
        picture: HTML with the large picture.
        panels: HTML with the three small ones.
        numbers: HTML with what was measured.
        stages: HTML with the captions of slow motion; empty otherwise.
        notice: HTML that says what waits for a Reset, or what is wrong with a setting.
        view: The `View` of the present networks.
    """

    def __init__(self, settings, steps=20_000, show=None, name=None):
        self._built, self.view, self.pad = settings, None, DrawingPad()
        own = settings.distribution if not isinstance(settings.distribution, str) else None
        self.controls = make_controls(settings, own)
        self.layers = make_layers(show, dimensions_of(settings.distribution))
        self.pad.canvas.points = list(settings.points)
        self.picture, self.panels, self.numbers = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.stages, self.notice = widgets.HTML(), widgets.HTML()
        title = own.name if own is not None else settings.distribution
        name = name or f"laboratory {title}"
        self.run = LiveRun(self._maker(settings.or_stand_in()), steps=steps, name=name)
        self.bar = ControlBar(self.run, reset=self.rebuild)
        super().__init__(self._lay_out())
        self.add_class("gan-laboratory")
        for part in ("picture", "panels", "notice", "numbers", "stages"):
            getattr(self, part).add_class(f"gan-lab-{part}")
        self._listen()
        self.run.watch(self._draw)
        self.run.watch(self.bar.refresh)
        self._changed()
        self.refresh()

    def wait(self, timeout=None):
        """Wait as `LiveRun.wait` does, and return the history."""
        return self.run.wait(timeout)

    def refresh(self):
        """Draw the present networks now, on the calling thread."""
        with self.run.lock:
            self._draw(self.run)
        self.bar.refresh(self.run)

    def settings(self):
        """Return the `Settings` that the controls show.

        Raises:
            ValueError: If one cannot be read; the message says which and what to write.
        """
        values = {name: control.value for name, control in self.controls.items()}
        del values["stage_seconds"]
        for player in ("generator", "discriminator"):
            values[f"{player}_units"] = read_units(player, values[f"{player}_units"])
        drawn = values["distribution"] in DRAWN
        points = tuple(map(tuple, self.pad.canvas.points)) if drawn else ()
        return Settings(points=points, **values)

    def rebuild(self):
        """Build the networks that the controls describe, untrained. The Reset button calls this.

        What cannot be built is said in words, and the present networks stay.
        """
        try:
            settings = self.settings()
            settings.make_distribution()
        except ValueError as error:
            self.notice.value = alert_html(f"Nothing was rebuilt. {error}")
            return
        self.run.reset(self._maker(settings))

    def _maker(self, settings):
        """Return a function that builds a trainer and the view that belongs to it."""

        def make_trainer():
            distribution = settings.make_distribution()
            trainer = settings.make_trainer(distribution)
            self.view = View(trainer, distribution, settings)
            self._built = settings
            return trainer

        return make_trainer

    def _draw(self, run):
        """Measure and draw. A watcher: it writes traits of widgets and nothing else."""
        if run.trainer is None:  # another run took this one's place: what was drawn stays
            self.view = None
        view, stage = self.view, run.stage
        if view is None or view.trainer is not run.trainer:
            return
        sentences = describe_numbers(view.measure(), view.losses, view.truth.bandwidth)
        on = [layer for layer, box in self.layers.items() if box.value]
        alt = picture_alt(sentences, [LAYERS[name][0][2:] for name in on], view.plane, stage)
        self.picture.value = view.picture_html(on, alt, stage)
        self.panels.value = view.panels_html(panels_alt(sentences))
        self.numbers.value = numbers_html(sentences)
        self.stages.value = stages_html(stage)
        self.stages.layout.display = "" if stage else "none"
        self._say_what_waits()

    def _listen(self):
        for box in self.layers.values():
            box.observe(lambda change: self.run.refresh(), "value")
        for control in self.controls.values():
            control.observe(self._changed, "value")
        self.pad.canvas.observe(self._changed, "points")

    def _changed(self, change=None):
        """Follow a control: at once where no new networks are needed, else say that Reset is."""
        owner = None if change is None else change["owner"]
        name = next((name for name, control in self.controls.items() if control is owner), None)
        self.run.stage_seconds = self.controls["stage_seconds"].value
        distribution = self.controls["distribution"].value
        self.pad.layout.display = "" if distribution in DRAWN else "none"
        if distribution in DRAWN:
            self.pad.canvas.dimensions = DRAWN[distribution][1]
        if name in RATES and self.view is not None:
            self._set_rate(name)
        elif name == "start" and owner.value != "scratch":
            self._show_start(owner.value)
        elif name in (*NETWORKS, "distribution") and not self._start_fits():
            self.controls["start"].value = "scratch"
        self._say_what_waits()

    def _set_rate(self, name):
        player = name.removesuffix("_rate")
        optimizer = getattr(self.run.trainer.engine, f"{player}_optimizer")
        optimizer.learning_rate = self.controls[name].value
        self._built = replace(self._built, **{name: self.controls[name].value})

    def _show_start(self, start):
        """Set the controls to the networks that shipped weights fit."""
        from gan_course.pretrained.toys import toy_settings

        for name, value in toy_settings(start).items():
            units = name.endswith("_units")
            self.controls[name].value = write_units(value) if units else value
        self.controls["start"].value = start  # changing one by one had cleared it

    def _start_fits(self):
        """Whether the shipped weights that are chosen fit the networks that the controls show."""
        from gan_course.pretrained.toys import toy_settings

        start, same = self.controls["start"].value, False
        with suppress(ValueError):
            new = self.settings()
            card = Settings(**toy_settings(start)) if start != "scratch" else new
            alike = dimensions_of(card.distribution) == dimensions_of(new.distribution)
            same = alike and all(getattr(card, name) == getattr(new, name) for name in NETWORKS)
        return same

    def _say_what_waits(self):
        try:
            new = self.settings()
        except ValueError as error:
            self.notice.value = alert_html(str(error))
            return
        words = ", ".join(differences(self._built, new))
        text = f"◆ Changed: {words}. Press Reset to build it." if words else ""
        if new.or_stand_in() is not new:
            text = "◆ Draw some points in the drawing area below, then press Reset."
        self.notice.value = f'<div role="status"><strong>{to_html(text)}</strong></div>'

    def _lay_out(self):
        self.picture.layout.max_width = self.panels.layout.max_width = "100%"
        pictures = wrapping_row([self.picture, self.stages, self.panels])
        pictures.layout.align_items = "flex-start"
        label = widgets.Label("The picture shows:")
        return [
            self.bar,
            self.notice,
            pictures,
            wrapping_row([label, *self.layers.values()]),
            self.numbers,
            lay_out(self.controls, self.pad),
        ]
