"""The GAN laboratory: points in one or two dimensions, with everything that happens in sight."""

import time
from contextlib import suppress
from dataclasses import replace

import ipywidgets as widgets

from gan_course.arguments import check_whole
from gan_course.laboratory.captions import (
    describe_numbers,
    numbers_html,
    panels_alt,
    picture_alt,
)
from gan_course.laboratory.controls import lay_out, layers_at_first, make_controls
from gan_course.laboratory.drawn_points import PointsBox
from gan_course.laboratory.editable_scene import EditableScene
from gan_course.laboratory.recordings.run import write_run
from gan_course.laboratory.settings import (
    DRAWN,
    NETWORKS,
    PAPER,
    RATES,
    UNITS,
    Settings,
    checked_settings,
    differences,
    dimensions_of,
    read_saved,
    read_units,
    write_settings,
    write_units,
)
from gan_course.laboratory.view import View
from gan_course.live import LiveRun
from gan_course.messages import to_html
from gan_course.plots.swift import swift_html
from gan_course.widgets.control_bar import ControlBar, gently
from gan_course.widgets.flow import stage_html
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.live_parts import alert_html, said, wrapping_row
from gan_course.widgets.problem_line import problem_html
from gan_course.widgets.scene import LAYERS, CurvesScene
from gan_course.widgets.still_curves import plot_panels


def laboratory(
    distribution=None, *, steps=20_000, seed=None, show=None, name=None, saved=None, **settings
):
    """Train a GAN on points before your eyes, in one dimension or two.

    Choose or draw what the generator shall imitate, the networks, the losses and the rates; start,
    pause, step and slow down; see what D says of every place, and what the best D would say.

    Args:
        distribution: `"ring"`, `"grid"`, `"moons"`, `"line"`, `"gaussian"`, in one dimension
            `"mixture_1d"`, `"three_1d"`, `"gaussian_1d"`; `"drawn"` or `"drawn_1d"` for your own
            drawing; or a `ToyDistribution`. None for the ring, or what `saved` holds.
        steps: The most training steps.
        seed: The seed of the points, the first weights, the noise and the batches; None for 0, or
            what `saved` holds.
        show: The layers of the picture that are on at first, from real, fakes, heat, best, arrows
            and warp, such as `("real", "fakes")`; None for the usual ones.
        name: A second laboratory of this name stops the first; named for its data if None.
        saved: A file that `Laboratory.save` wrote, with the settings to begin with; what is given
            besides takes the place of what it holds.
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
    kept = {} if saved is None else read_saved(saved)
    given = {"distribution": distribution, "seed": seed}
    given = {key: value for key, value in given.items() if value is not None}
    chosen = checked_settings(**kept | given | settings)
    return Laboratory(chosen, steps=steps, show=show, name=name)


REDRAW_SECONDS = 1 / 24  # of the points, while it trains
MEASURE_SECONDS = 0.2  # of what takes longer: densities, V, the JSD, the words
UNSEEN_SECONDS = 2.0  # and where nothing of it can be seen


class Laboratory(LessonBox):
    """Controls, pictures and numbers around a live run. Made by `laboratory`.

    Attributes:
        run, bar: The `LiveRun` and its `ControlBar`.
        controls: A dict from names to the controls of the settings.
        scene: The `EditableScene`, the large picture; its `layers` are those that are on, and
            `drawn` holds the points of your drawing.
        points_box: The `PointsBox` below it, seen while you draw.
        curves: The `CurvesScene` of the panels beside it.
        numbers: HTML with what was measured.
        stages: HTML with the captions of slow motion; empty otherwise.
        notice: HTML that says what waits for a Reset, or which setting has a problem.
        problems: A dict from names of text boxes to the line beneath each, HTML; empty
            while the box can be read.
        drawer: The box of the settings, which opens and closes.
        view: The `View` of the present networks.
    """

    def __init__(self, settings, steps=20_000, show=None, name=None):
        self._built, self.view = settings, None
        own = settings.distribution if not isinstance(settings.distribution, str) else None
        self.controls = make_controls(settings, own)
        self.problems = {name: widgets.HTML() for name in UNITS}
        layers = layers_at_first(show, dimensions_of(settings.distribution))
        self.scene = EditableScene(
            self._picture, layers=layers, drawn=list(settings.points), paper=[-PAPER, PAPER]
        )
        if settings.or_stand_in() is not settings:
            self.scene.drawing = dimensions_of(settings.distribution)
        self.points_box = PointsBox(self.scene)
        self.curves = CurvesScene(self._panels, most_pixels=440)
        self.numbers, self.stages, self.notice = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._sentences, self._sent, self._measured_at = [""], None, 0.0
        title = own.name if own is not None else settings.distribution
        name = name or f"laboratory {title}"
        self.run = LiveRun(self._maker(settings.or_stand_in()), steps=steps, name=name)
        self.run.redraw_seconds, self.run.speed = REDRAW_SECONDS, gently
        self.bar = ControlBar(self.run, reset=self.rebuild)
        super().__init__(self._lay_out())
        self.add_class("gan-laboratory")
        for part in ("scene", "curves", "notice", "numbers", "stages"):
            getattr(self, part).add_class(f"gan-lab-{part}")
        self._listen()
        self.run.watch(self._draw)
        self._changed()
        self.refresh()

    def wait(self, timeout=None):
        """Wait as `LiveRun.wait` does, and return the history."""
        return self.run.wait(timeout)

    def refresh(self):
        """Draw the present networks now, on the calling thread."""
        with self.run.lock:
            self._draw(self.run)

    def settings(self):
        """Return the `Settings` that the controls show.

        Raises:
            ValueError: If one cannot be read; the message says which and what to write.
        """
        values = {name: control.value for name, control in self.controls.items()}
        del values["stage_seconds"]
        for name, player in UNITS.items():
            values[name] = read_units(player, values[name])
        drawn = values["distribution"] in DRAWN
        points = tuple(map(tuple, self.scene.drawn)) if drawn else ()
        return Settings(points=points, **values)

    def save(self, path):
        """Keep what the controls show in a file, the drawing too; `laboratory(saved=…)` reads it.

        Gaussians that were dragged are kept where they were at first, as Reset would have them.

        Args:
            path: A file, such as "collapse.json". Its folder is made if need be.

        Raises:
            ValueError: If a setting cannot be read or kept; the message says what to do.
        """
        write_settings(self.settings(), path)

    def record(self, path):
        """Keep the run so far in a file, for `gan_course.laboratory.play`.

        The networks are trained once more for it, from their first weights and the same seed, for
        as many steps. Updates of one player alone, rates that were other ones before, and data that
        were dragged are not repeated.

        Args:
            path: A file, such as "collapse.gan". Its folder is made if need be.

        Raises:
            ValueError: If the run has taken no step.
        """
        remedy = "Press Start first: what is recorded is the run so far."
        steps = check_whole("the number of steps taken", self.run.step, remedy=remedy)
        write_run(self._built.or_stand_in(), steps, path)

    def rebuild(self):
        """Build the networks that the controls describe, untrained. The Reset button calls this.

        What cannot be built is said in words, and the present networks stay.

        Returns:
            Whether they are built.
        """
        wrong = self._find_problems()
        if wrong:
            self.notice.value = alert_html(
                f"Nothing was rebuilt. Mend {wrong} in the settings below."
            )
            self.drawer.selected_index = 0
            return False
        settings = self.settings()
        try:
            settings.make_distribution()
        except ValueError as error:
            self.notice.value = alert_html(f"Nothing was rebuilt. {error}")
            return False
        self.run.reset(self._maker(settings))
        self.scene.drawing = 0
        return True

    def train_on_drawing(self):
        """Build networks for what is drawn, and train. "Train on it" at the picture calls this."""
        dimensions = self.scene.drawing
        drawn = [name for name, (_, count) in DRAWN.items() if count == dimensions]
        if drawn:
            self.controls["distribution"].value = drawn[0]
            if self.rebuild():
                self.run.start()

    def move(self, part, to):
        """Move one Gaussian of the data. The networks train on from where they are.

        Reset, and the next networks, have the data as they were.

        Args:
            part: Its number, from 0 on.
            to: The coordinates of its new centre.

        Raises:
            ValueError: If the data are no mixture of Gaussians, or there is no such one.
        """
        self.view.first.moved(part, to)  # refused here, on the caller's thread, if it cannot be
        self._follow(lambda view: view.distribution.moved(part, to))

    def put_back(self):
        """Give the data back as they were before the first `move`."""
        self._follow(lambda view: view.first)

    def _follow(self, choose):
        """Train on the data that `choose(view)` returns: the same draws, some of them moved."""
        view = self.view

        def follow():
            trainer = self.run.trainer
            if view is not self.view or view.trainer is not trainer:
                return  # other networks came in between
            distribution = choose(view)
            count, *_ = trainer.engine.data_shape
            trainer.replace_data(distribution.sample(count, view.settings.seed))
            view.follow(distribution)
            self._sent = None  # all of it is sent anew
            self._draw(self.run)

        self.run.between_steps(follow)

    def _hear(self, scene, content, buffers):
        kind = content.get("kind")
        if kind == "train":
            self.train_on_drawing()
        elif self.view is None:
            return  # another run took this one's place
        elif kind == "move":
            self.move(content["part"], content["to"])
        elif kind == "put back":
            self.put_back()

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
        """Measure and draw. A watcher: it writes traits of widgets and nothing else.

        While the run trains, the points are sent often, what takes longer now and then, and nothing
        at all where it cannot be seen.
        """
        if run.trainer is None:  # another run took this one's place: what was drawn stays
            self.view = None
        view, stage = self.view, run.stage
        if view is None or view.trainer is not run.trainer:
            self.bar.refresh(run)
            return
        running = run.state == self.bar.state == "running" and stage is None and self._sent is view
        waited = time.monotonic() - self._measured_at
        if running and not (self.scene.seen or self.curves.seen):
            if waited >= UNSEEN_SECONDS:  # so that the curves have no gap
                view.measure()
                self._measured_at = time.monotonic()
            return
        parts = {}
        if not running or waited >= MEASURE_SECONDS:
            parts = self._measure(view, stage)
        if self._sent is not view:
            parts |= view.scene() | view.handles()
            self._sent = view
        on = [name for name in LAYERS if name in self.scene.layers]
        shown = [LAYERS[name][2] for name in on]
        alt = picture_alt(self._sentences, shown, view.plane, stage)
        self.scene.show(**view.frame(on, stage), **parts, alt=alt)

    def _measure(self, view, stage):
        """Measure, write what it takes the words and curves to say; return the densities."""
        self.bar.refresh(self.run)  # first: a button is heard when the bar says so
        sentences = describe_numbers(view.measure(), view.losses, view.truth.bandwidth)
        if moved := view.moved():
            sentences.insert(1, moved)
        self._sentences, self._measured_at = sentences, time.monotonic()
        self.numbers.value = numbers_html(sentences)
        self.stages.value = stage_html(stage)
        self.stages.layout.display = "" if stage else "none"
        self.curves.show(**view.curves(), alt=panels_alt(sentences))
        self._say_what_waits()
        return view.densities()

    def _picture(self):
        """Return the large picture without a script, as it stands."""
        with self.run.lock:
            on = list(self.scene.layers)
            return "" if self.view is None else self.view.picture_html(on, self.scene.alt)

    def _panels(self):
        """Return the panels without a script, as they stand."""
        with self.run.lock:
            return swift_html(plot_panels(self.curves))

    def _listen(self):
        for scene, names in ((self.scene, ["layers", "seen"]), (self.curves, ["seen"])):
            scene.observe(lambda change: self.run.refresh(), names)
        for control in self.controls.values():
            control.observe(self._changed, "value")
        self.scene.observe(self._changed, ["drawn", "drawing"])
        self.scene.on_msg(self._hear)

    def _changed(self, change=None):
        """Follow a control: at once where no new networks are needed, else say that Reset is."""
        owner = None if change is None else change["owner"]
        name = next((name for name, control in self.controls.items() if control is owner), None)
        self.run.stage_seconds = self.controls["stage_seconds"].value
        distribution = self.controls["distribution"].value
        if name == "distribution":
            self.scene.drawing = DRAWN[distribution][1] if distribution in DRAWN else 0
        if name in RATES and self.view is not None:
            self._set_rate(name)
        elif name == "start" and owner.value != "scratch":
            self._show_start(owner.value)
        elif name in (*NETWORKS, "distribution") and not self._start_fits():
            self.controls["start"].value = "scratch"
        untouched = self.run.state == "ready" and not self.run.going
        if name == "distribution" and untouched and distribution not in DRAWN:
            self.rebuild()  # nothing is lost by it
            return
        if name in UNITS and self._find_problems():
            self.drawer.selected_index = 0
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

    def _find_problems(self):
        """Say at each box what is wrong with it; return the names of those boxes, as words."""
        for name, line in self.problems.items():
            try:
                read_units(UNITS[name], self.controls[name].value)
                line.value = ""
            except ValueError as error:
                line.value = problem_html(str(error))
        wrong = [
            self.controls[name].description for name, line in self.problems.items() if line.value
        ]
        return " and ".join(f"“{name}”" for name in wrong)

    def _say_what_waits(self):
        wrong = self._find_problems()
        if wrong:
            self.notice.value = said(f"⚠ {wrong} cannot be read: see the settings below.")
            return
        new = self.settings()
        words = ", ".join(differences(self._built, new))
        text = f"◆ Changed: {words}. Press Reset to build it." if words else ""
        if self.scene.drawing and new.distribution in DRAWN:
            text = "◆ Draw in the picture, then press “Train on it” below it."
        self.notice.value = f'<div role="status"><strong>{to_html(text)}</strong></div>'

    def _lay_out(self):
        beside = widgets.VBox([self.stages, self.curves, self.numbers])
        picture = widgets.VBox([self.scene, self.points_box])
        picture.layout = widgets.Layout(flex="1 1 330px", min_width="0", max_width="520px")
        beside.layout = widgets.Layout(flex="1 1 280px", min_width="0", max_width="600px")
        pictures = wrapping_row([picture, beside])
        pictures.layout.align_items = "flex-start"
        settings = lay_out(self.controls, self.problems)
        self.drawer = widgets.Accordion([settings], titles=["Settings"])
        return [self.bar, self.notice, pictures, self.drawer]
