"""What the laboratory measures on a pair of networks, and the arrays and pictures made of it."""

from dataclasses import dataclass

import numpy as np

from gan_course import theory
from gan_course.laboratory.line_figure import LinePicture
from gan_course.laboratory.manifold import EVERY, cell_shares, opacities, z_ticks
from gan_course.laboratory.panels import describe_panels
from gan_course.laboratory.plane_figure import PlanePicture, shorten
from gan_course.laboratory.truth import HELD_OUT, HELD_OUT_SEED, Answer, Truth
from gan_course.live import BoundedHistory
from gan_course.tables import number

SHOWN = {1: 150, 2: 400}  # points of each kind in the picture, for each dimension
MOST_POINTS = 400  # of each curve in the panels
HEAT = 40  # places along each axis at which D is asked in 2-D
SENT = 81  # places along each axis of a density that the browser gets, at most
ARROWS = {1: 30, 2: 80}
MOST_NAMED = 2  # of the Gaussians that were moved; more are counted


@dataclass(frozen=True, eq=False)
class Numbers:
    """What was measured at one step, on points that were not trained on.

    Attributes:
        step: Steps taken.
        d_real: The mean of D over real points.
        d_fake: The mean of D over fakes.
        value: V(D, G); None where the loss trains no probability.
        estimate: (V + log 4) / 2, the JSD that D shows; None likewise.
        answer: An `Answer`; None if the fakes are no finite numbers.
        modes: A `theory.ModeCount`, or None for a distribution without modes.
    """

    step: int
    d_real: float
    d_fake: float
    value: float | None
    estimate: float | None
    answer: Answer | None
    modes: theory.ModeCount | None


class View:
    """The pictures of one trainer. It has no widgets; it makes arrays for a `PointsScene` and a
    `CurvesScene`, and the same as still pictures.

    Args:
        trainer: A `Trainer` of points.
        distribution: The `ToyDistribution` that it learns.
        settings: A `Settings`.

    Attributes:
        distribution: What is measured against: as given, or with Gaussians moved.
        first: The distribution as given.
        numbers: The latest `Numbers`, or None.
        measured: The numbers of the panels so far, a `BoundedHistory` of dicts.
    """

    def __init__(self, trainer, distribution, settings):
        self.trainer, self.settings, self.losses = trainer, settings, trainer.losses
        self.first, self.plane = distribution, distribution.dimensions == 2
        self._shown = SHOWN[distribution.dimensions]
        self.follow(distribution)
        random = np.random.default_rng(HELD_OUT_SEED)
        shape = (HELD_OUT, settings.latent_dim)
        uniform = settings.noise == "uniform"
        z = random.uniform(-1, 1, shape) if uniform else random.standard_normal(shape)
        self._z = z.astype(np.float32)
        self.reach = 1.0 if uniform else 2.5
        limits = distribution.limits
        self._width = limits[1] - limits[0]
        if self.plane:
            self._ticks = z_ticks(min(self.reach, 2.0))
            self._shares = cell_shares(self._ticks, settings.noise)
            self._picture = PlanePicture(limits)
            ticks = np.linspace(*limits, HEAT)
            self._places = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
        else:
            self._picture = LinePicture(limits, self._peak, self.reach)
            self._places = self.truth.ticks(True)[:, None]
        self._places = self._places.astype(np.float32)
        centres = distribution.centres
        many = centres is not None and len(centres) > 1
        self._modes = len(centres) if many else None
        self.measured = BoundedHistory(MOST_POINTS)
        self.numbers = None

    def follow(self, distribution):
        """Measure against other data of as many dimensions from now on."""
        self.distribution, self.truth = distribution, Truth(distribution)
        self._real = distribution.sample(self._shown, HELD_OUT_SEED + 2)
        if distribution is self.first:  # the axes of density stay as they are
            self._peak = float(self.truth.density().max())

    def measure(self):
        """Measure on held-out points, and keep it for the panels; return the `Numbers`."""
        trainer, step = self.trainer, self.trainer.step
        fakes = trainer.generate(self._z)
        real_scores, fake_scores = trainer.logits(self.truth.held_out), trainer.logits(fakes)
        finite = bool(np.isfinite(fakes).all() and np.isfinite([real_scores, fake_scores]).all())
        d_real, d_fake = (self.losses.verdict(s) for s in (real_scores, fake_scores))
        value = estimate = answer = modes = None
        if finite:
            if self.losses.probability:
                estimate = float(theory.jsd_from_logits(real_scores, fake_scores))
                value = 2 * estimate - float(np.log(4))
            answer = self.truth.answer(fakes, self._affine())
            centres, stds = self.distribution.centres, self.distribution.stds
            if centres is not None:
                modes = theory.modes_covered(fakes, centres, stds)
        self.numbers = Numbers(
            step, float(d_real.mean()), float(d_fake.mean()), value, estimate, answer, modes
        )
        row = {
            "value": value,
            "best": answer and answer.value,
            "estimate": estimate,
            "true": answer and answer.jsd,
            "covered": modes and modes.covered,
            "d_real": self.numbers.d_real,
            "d_fake": self.numbers.d_fake,
        }
        self.measured.add(step, row)
        return self.numbers

    def scene(self):
        """Return what of a `PointsScene` stays the same as long as these networks train."""
        return {
            "dimensions": self.distribution.dimensions,
            "limits": [float(limit) for limit in self.distribution.limits],
            "latent": self._z[: self._shown],
            "latent_dim": self.settings.latent_dim,
            "reach": self.reach,
            "peak": self._peak,
            "density": None if self.plane else self.truth.density(),
            "least_seen": self.truth.least_seen,
        }

    def handles(self):
        """Return where the Gaussians stand that can be dragged, as `EditableScene.show` takes it.

        A mixture has its modes; a drawing is a mixture of one narrow Gaussian for each point.
        """
        word = "point" if self.first.centres is None else "mode"
        places = {"handles": self.distribution.parts, "homes": self.first.parts}
        return places | {"handle_name": word}

    def moved(self):
        """Return a sentence that says which Gaussians were dragged where; empty without any."""
        homes, places = self.first.parts, self.distribution.parts
        if self.distribution is self.first:
            return ""
        which = np.flatnonzero(np.abs(homes - places).max(axis=1) > 1e-4)  # the browser rounds
        word = self.handles()["handle_name"]
        if len(which) > MOST_NAMED:
            return f"Moved by hand: {len(which)} of {len(homes)} {word}s."
        ways = [f"{word} {n + 1} from {_place(homes[n])} to {_place(places[n])}" for n in which]
        return f"Moved by hand: {', '.join(ways)}." if ways else ""

    def frame(self, layers, stage=None):
        """Return what changes with each step, as `PointsScene.show` takes it.

        Args:
            layers: The names of the layers that are shown; others cost nothing.
            stage: A `Stage` of slow motion, whose batch is shown in place of the usual points.
        """
        real, fakes, arrows = self._points(stage)
        layers = layers if stage is None else {*layers, "arrows"}
        starts, pushes = arrows if arrows is not None and "arrows" in layers else (None, None)
        ways = None if pushes is None else shorten(pushes, self._width)
        parts = {"real": real, "fakes": fakes, "starts": starts, "arrows": ways}
        parts |= {"heat": self._heat() if "heat" in layers else None}
        parts |= {"step": self.trainer.step, "staged": stage is not None}
        warp = self._warp() if "warp" in layers else None
        if warp is None:
            return parts | {"warp": None, "warp_fill": None}
        if not self.plane:
            return parts | {"warp": np.column_stack([warp[0], warp[1][:, 0]])}
        shape = {"warp_shape": list(warp.shape[:2]), "warp_every": EVERY}
        return parts | {"warp": warp, "warp_fill": self._fill(warp), **shape}

    def densities(self):
        """Return the densities that were measured last, as `PointsScene.show` takes them."""
        answer = self.numbers.answer
        if answer is None:
            return {"p_data": None, "p_g": None}
        thin = (slice(None, None, 1 + len(answer.p_g) // SENT),) * (2 if self.plane else 0)
        return {
            "p_data": answer.p_data[thin],
            "p_g": answer.p_g[thin],
            "exact": answer.exact,
        }

    def curves(self):
        """Return what was measured so far, as `CurvesScene.show` takes it."""
        steps, rows = self.measured.kept
        exact = self.numbers.answer is not None and self.numbers.answer.exact
        panels = describe_panels(self._modes, self.losses.probability, exact)
        names = [line["key"] for panel in panels for line in panel["lines"]]
        values = [[row[name] for row in rows] for name in names]
        return {"panels": panels, "steps": steps, "values": np.array(values, dtype=float)}

    def picture_html(self, layers, alt, stage=None):
        """Return the large picture, still.

        Args:
            layers: The names of the layers to show, from `widgets.scene.LAYERS`.
            alt: The alternative text.
            stage: A `Stage` of slow motion, whose batch is shown in place of the usual points.
        """
        answer = self.numbers.answer
        real, fakes, arrows = self._points(stage)
        layers = layers if stage is None else {*layers, "arrows"}
        parts = {
            "real": real,
            "fakes": None if fakes is None or not np.isfinite(fakes).all() else fakes,
            "heat": self._heat,
            "best": None if answer is None else answer.best,
            "arrows": arrows,
            "warp": self._warp,
        }
        shown = {name: part for name, part in parts.items() if name in layers}
        shown = {name: part() if callable(part) else part for name, part in shown.items()}
        exact = "" if answer is not None and answer.exact else ", estimated"
        if self.plane:
            fill = self._fill(shown["warp"]) if "warp" in shown else None
            return self._picture.html(alt, best_name=f"D* = ½{exact}", fill=fill, **shown)
        data = self.truth.density() if "real" in layers else None
        model = answer.p_g if answer is not None and "fakes" in layers else None
        names = "p_data", f"p_g{exact}", f"D*{exact}"
        return self._picture.html(alt, densities=(data, model), names=names, **shown)

    def _points(self, stage):
        """Return real points, fakes, and a pair (starts, pushes); None for what a stage lacks."""
        if stage is not None:
            arrows = None if stage.pushes is None else (stage.fakes, stage.pushes)
            return stage.real, stage.fakes, arrows
        fakes, pushes = self.trainer.pushes(self._z[: self._shown])
        few = slice(ARROWS[self.distribution.dimensions])
        return self._real, fakes, (fakes[few], pushes[few])

    def _affine(self):
        """Return the kernel and bias of an affine generator of normal noise, else None."""
        if self.settings.generator_units or self.settings.noise != "normal":
            return None
        return self.trainer.generator.layers[-1].get_weights()

    def _heat(self):
        heat = self.losses.verdict(self.trainer.logits(self._places))
        return heat.reshape(HEAT, HEAT) if self.plane else heat

    def _warp(self):
        """Return what the generator makes of evenly spaced z; further values of z are 0."""
        if not self.plane:
            z = np.linspace(-self.reach, self.reach, 41)
            return z, self._push_through(z[:, None])
        if self.settings.latent_dim == 1:
            return self._push_through(np.linspace(-self.reach, self.reach, 201)[:, None])[None]
        grid = np.stack(np.meshgrid(self._ticks, self._ticks), axis=-1)  # (25, 25, 2)
        return self._push_through(grid.reshape(-1, 2)).reshape(grid.shape)

    def _fill(self, warp):
        """Return the opacities of the cells of a grid; None for a line, which has none."""
        return None if len(warp) == 1 else opacities(warp, self._shares, self._width)

    def _push_through(self, z):
        rest = np.zeros((len(z), self.settings.latent_dim - z.shape[1]))
        return self.trainer.generate(np.concatenate([z, rest], axis=1).astype(np.float32))


def _place(numbers):
    """Return "(2.00, −1.50)", or "2.00" on the line."""
    texts = [number(each, ".2f") for each in numbers]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"
