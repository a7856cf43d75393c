"""Two runs side by side: the same data and seed, and one setting changed."""

import html
import time

import ipywidgets as widgets
import numpy as np
import traitlets

from gan_course.laboratory.captions import describe_numbers, picture_alt
from gan_course.laboratory.controls import layers_at_first
from gan_course.laboratory.pair import TrainerPair, describe_start, name_of, two_settings
from gan_course.laboratory.settings import dimensions_of
from gan_course.laboratory.view import View
from gan_course.live import LiveRun
from gan_course.plots.style import COLOURS, COMPARED
from gan_course.plots.swift import swift_html
from gan_course.widgets.control_bar import ControlBar, gently
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.live_parts import wrapping_row
from gan_course.widgets.scene import LAYERS, CurvesScene, PointsScene
from gan_course.widgets.still_curves import plot_panels

REDRAW_SECONDS = 1 / 24  # of the points, while both train
MEASURE_SECONDS = 0.25  # of what takes longer: densities, V, the JSD, the words
UNSEEN_SECONDS = 2.0  # and where nothing of it can be seen
SHOWN = ("real", "fakes", "heat")  # the layers that are on at first in the plane
DASHES = ([], [7, 4])  # of the first run's lines, and the second's
LOOKS = tuple(
    {"colour": colour, "dash": dash}
    for (colour, _, _), dash in zip(COMPARED[:2], DASHES, strict=True)
)
DOTTED = [1.5, 3.5]
DOTTED_LOOKS = tuple(look | {"dash": DOTTED} for look in LOOKS)
SMALL = 'style="font-size: 12.5px; line-height: 1.35"'


def compare(setting, values, distribution="ring", *, steps=20_000, seed=0, name=None, **settings):
    """Train two GANs on points side by side, which differ in one setting.

    Both learn the same data from the same seed, in step: one bar of buttons steers both, and their
    curves stand in one set of panels. A step is one update of G, and as many of D as
    `discriminator_steps` says.

    Args:
        setting: The name of the setting that is changed: any that `laboratory` takes, except
            those of the data and the seed.
        values: Its two values.
        distribution: As `laboratory` takes it, but not drawn.
        steps: The most training steps of each.
        seed: The seed of both runs.
        name: A second comparison of this name stops the first; named for the setting if None.
        **settings: What both share, as `laboratory` takes it.

    Returns:
        A `Comparison`, which displays itself as the last expression of a cell.

    Raises:
        ValueError: If a setting is unknown or does not fit; the message says what to change.

    Example:
        >>> pair = compare("losses", ("minimax", "non_saturating"), "ring")
        >>> pair.run.start()

    Introduced in lesson 05.
    """
    both = two_settings(setting, values, {"distribution": distribution, "seed": seed, **settings})
    return Comparison(setting, both, steps=steps, name=name)


class Comparison(LessonBox):
    """Two pictures, one set of curves and one bar of buttons. Made by `compare`.

    Attributes:
        run, bar: The `LiveRun` of both, and its `ControlBar`.
        scenes: The two `PointsScene`s; a layer is on in both or in none.
        curves: The `CurvesScene` with the curves of both.
        numbers: Two HTML widgets with what was measured.
        notice: HTML that says what the equal seed makes equal, and what is estimated.
        views: The two `View`s of the present networks; empty once another run took their place.
    """

    def __init__(self, setting, both, steps=20_000, name=None):
        self._setting, self._both = setting, both
        self.names = tuple(name_of(setting, each) for each in both)
        self.views, self._start, self._sentences = (), "", ()
        self._sent, self._measured_at = None, 0.0
        dimensions = dimensions_of(both[0].distribution)
        layers = layers_at_first(SHOWN if dimensions == 2 else None, dimensions)
        self.scenes = tuple(
            PointsScene(lambda rank=rank: self._picture(rank), layers=layers, most_pixels=304)
            for rank in range(2)
        )
        self.curves = CurvesScene(self._panels, most_pixels=440)
        self.numbers, self.notice = (widgets.HTML(), widgets.HTML()), widgets.HTML()
        self.run = LiveRun(self._build, steps=steps, name=name or f"comparison of {setting}")
        self.run.redraw_seconds, self.run.speed = REDRAW_SECONDS, gently
        self.bar = ControlBar(self.run)
        self.bar.slow.layout.display = "none"  # the stages are those of one run
        super().__init__(self._lay_out())
        self.add_class("gan-comparison")
        traitlets.link(*((scene, "layers") for scene in self.scenes))
        for scene in (*self.scenes, self.curves):
            scene.observe(lambda change: self.run.refresh(), "seen")
        self.scenes[0].observe(lambda change: self.run.refresh(), "layers")
        self.run.watch(self._draw)
        with self.run.lock:
            self._draw(self.run)

    def wait(self, timeout=None):
        """Wait as `LiveRun.wait` does; return both histories, a dict from the runs' names."""
        return self.run.wait(timeout)

    def _build(self):
        """Return a `TrainerPair`; make the views that belong to it."""
        distribution = self._both[0].make_distribution()
        trainers = [settings.make_trainer(distribution) for settings in self._both]
        self._start = describe_start(self._setting, trainers)
        self.views = tuple(
            View(trainer, distribution, settings)
            for trainer, settings in zip(trainers, self._both, strict=True)
        )
        return TrainerPair(dict(zip(self.names, trainers, strict=True)))

    def _draw(self, run):
        """Measure and draw. A watcher: it writes traits of widgets and nothing else."""
        if run.trainer is None:  # another run took this one's place: what was drawn stays
            self.views = ()
        if not self.views:
            self.bar.refresh(run)
            return
        running = run.state == "running" and self._sent is self.views
        waited = time.monotonic() - self._measured_at
        seen = any(scene.seen for scene in (*self.scenes, self.curves))
        if running and not seen:
            if waited >= UNSEEN_SECONDS:  # so that the curves have no gap
                self._measure()
            return
        parts = [{}, {}]
        if not running or waited >= MEASURE_SECONDS:
            self.bar.refresh(run)
            self._measure()
            self._write()
            parts = [view.densities() for view in self.views]
        for rank, (scene, view) in enumerate(zip(self.scenes, self.views, strict=True)):
            constant = {} if self._sent is self.views else view.scene()
            layers = [name for name in LAYERS if name in scene.layers]
            scene.show(**view.frame(layers), **constant, **parts[rank], alt=self._alt(rank, layers))
        self._sent = self.views

    def _measure(self):
        self._sentences = tuple(
            describe_numbers(view.measure(), view.losses, view.truth.bandwidth)
            for view in self.views
        )
        self._measured_at = time.monotonic()

    def _write(self):
        """Write the numbers below the pictures, and draw the curves."""
        for widget, (first, *_) in zip(self.numbers, self._sentences, strict=True):
            widget.value = f'<div class="gan-comparison-numbers" {SMALL}>{html.escape(first)}</div>'
        about = " ".join([self._start, *dict.fromkeys(said[-1] for said in self._sentences)])
        self.notice.value = f'<div class="gan-comparison-start" {SMALL}>{html.escape(about)}</div>'
        panels, keys = pair_panels(self.names, self.views)
        kept = [view.measured.kept for view in self.views]
        values = [[row[key] for row in kept[rank][1]] for rank, key in keys]
        pairs = zip(self.names, self._sentences, strict=True)
        words = " ".join(f"{name}: {first}" for name, (first, *_) in pairs)
        self.curves.show(
            panels=panels,
            steps=kept[0][0],
            values=np.array(values, dtype=float),  # None: NaN
            alt=f"Curves of both runs over the steps. {self._setting} {words}",
        )

    def _alt(self, rank, layers):
        shown = [LAYERS[name][2] for name in layers]
        words = picture_alt(self._sentences[rank], shown, self.views[rank].plane)
        return f"{self._setting} {self.names[rank]}. {words}"

    def _picture(self, rank):
        """Return a picture without a script, as it stands."""
        with self.run.lock:
            scene = self.scenes[rank]
            return (
                self.views[rank].picture_html(list(scene.layers), scene.alt) if self.views else ""
            )

    def _panels(self):
        """Return the curves without a script, as they stand."""
        with self.run.lock:
            return swift_html(plot_panels(self.curves))

    def _lay_out(self):
        columns = []
        for rank, name in enumerate(self.names):
            title = widgets.HTML(_title(f"{self._setting} = {name}", LOOKS[rank]))
            columns.append(widgets.VBox([title, self.scenes[rank], self.numbers[rank]]))
        columns.append(widgets.VBox([self.curves, self.notice]))
        for column in columns:
            column.layout = widgets.Layout(flex="1 1 240px", min_width="0", max_width="440px")
        pictures = wrapping_row(columns)
        pictures.layout.align_items = "flex-start"
        return [self.bar, pictures]


def pair_panels(names, views):
    """Return panels for a `CurvesScene`, and what stands on their lines.

    They are those of one run, with each line twice, save V(D*, G), which says what the JSD says. A
    run's colour and dashes are its own in every panel; the second line of each run is dotted.

    Args:
        names: What the two runs are called.
        views: Their two `View`s, which have measured.

    Returns:
        A pair: a list of panels, and for each of their lines (which run, the key of its numbers).
    """
    panels, keys = [], []
    for panel in max(views, key=_shows_most).curves()["panels"]:
        kinds = [line for line in panel["lines"] if line["key"] != "best"]
        lines = []
        for looks, kind in zip((LOOKS, DOTTED_LOOKS), kinds, strict=False):
            for rank, name in enumerate(names):
                lines.append(kind | looks[rank] | {"name": f"{kind['name']}, {name}"})
                keys.append((rank, kind["key"]))
        heads = [{"name": kind["name"], "colour": COLOURS["reference"]} for kind in kinds]
        if not panels:
            heads = [look | {"name": name} for name, look in zip(names, LOOKS, strict=True)]
        elif len(kinds) == 1:
            panel, heads = panel | {"title": kinds[0]["name"]}, []
        else:
            heads[1]["dash"] = DOTTED
        panels.append(panel | {"lines": lines, "keys": heads})
    return panels, keys


def _shows_most(view):
    """Order views: those with V before those without, then estimates, which must be named so."""
    answer = view.numbers.answer
    return view.losses.probability, answer is None or not answer.exact


def _title(text, look):
    dash = " ".join(map(str, look["dash"]))
    line = f'<line x1="0" y1="6" x2="28" y2="6" stroke="{look["colour"]}" stroke-width="3" '
    return (
        '<div class="gan-comparison-title"><svg width="28" height="12" aria-hidden="true">'
        f'{line}stroke-dasharray="{dash}"/></svg> <strong>{html.escape(text)}</strong></div>'
    )
