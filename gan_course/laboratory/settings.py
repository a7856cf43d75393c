"""The settings of the laboratory: what can be chosen, and what a choice builds."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np

from gan_course.arguments import refusal
from gan_course.data import toy
from gan_course.data.distribution import gaussian_mixture
from gan_course.files import replacing
from gan_course.names import look_up

# name -> (what the list calls it, a function that makes it)
DISTRIBUTIONS = {
    "ring": ("ring of 8 Gaussians, 2-D", lambda: toy.ring(std=0.05)),
    "grid": ("grid of 25 Gaussians, 2-D", toy.grid),
    "moons": ("two moons, 2-D", toy.moons),
    "line": ("line, 2-D", toy.line),
    "gaussian": (
        "one Gaussian, 2-D",
        lambda: gaussian_mixture("gaussian", np.array([[1.0, 0.5]]), 0.5),
    ),
    "mixture_1d": (
        "two Gaussians, 1-D",
        lambda: toy.mixture_1d([0.4, 0.6], [-2.0, 1.5], [0.4, 0.7]),
    ),
    "three_1d": (
        "three Gaussians, 1-D",
        lambda: toy.mixture_1d([0.2, 0.5, 0.3], [-3.0, 0.0, 2.5], [0.3, 0.5, 0.2]),
    ),
    "gaussian_1d": ("one Gaussian, 1-D", lambda: toy.mixture_1d([1.0], [1.5], [0.6])),
}
DRAWN = {"drawn": ("drawn by you, 2-D", 2), "drawn_1d": ("drawn by you, 1-D", 1)}
PAPER = 3.0  # drawings lie between −3 and 3
DRAWN_WIDTH = 0.05  # each drawn point is a Gaussian so wide: then there is a density
NETWORKS = ("generator_units", "discriminator_units", "latent_dim", "noise", "activation")
UNITS = {"generator_units": "generator", "discriminator_units": "discriminator"}  # texts to read
RATES = ("generator_rate", "discriminator_rate")  # these apply at once
MOST_UNITS, MOST_LAYERS = 512, 6
SAVE_ONE = "Give a file that lab.save(path) wrote."


@dataclass(frozen=True)
class Settings:
    """What a laboratory builds.

    Attributes:
        distribution: A key of `DISTRIBUTIONS` or `DRAWN`, or a `ToyDistribution`.
        points: What was drawn, a tuple of pairs.
        start: `"scratch"`, or the name of shipped weights.
        others: The arguments of `gan_course.recipes.toy_trainer` of the same names.
    """

    distribution: object = "ring"
    points: tuple = ()
    start: str = "scratch"
    generator_units: tuple = (64, 64)
    discriminator_units: tuple = (64, 64)
    latent_dim: int = 2
    noise: str = "normal"
    activation: str = "relu"
    losses: str = "non_saturating"
    optimizer: str = "adam"
    generator_rate: float = 2e-4  # slower than D, which then stays near D*
    discriminator_rate: float = 1e-3
    discriminator_steps: int = 1
    batch_size: int = 128
    seed: int = 0

    def make_distribution(self):
        """Return the `ToyDistribution` that was chosen or drawn.

        Raises:
            ValueError: If nothing is drawn yet, or there is no such distribution.
        """
        if not isinstance(self.distribution, str):
            return self.distribution
        if self.distribution not in DRAWN:
            return look_up(DISTRIBUTIONS, self.distribution, "distribution")[1]()
        if not self.points:
            raise ValueError(
                "Nothing is drawn yet: the drawing holds 0 points, and at least 1 is needed. "
                "Press “Draw your own” at the picture and draw some, then “Train on it”."
            )
        dimensions = DRAWN[self.distribution][1]
        points = np.asarray(self.points, dtype=np.float64)[:, :dimensions]
        drawn = toy.points(points, bandwidth=DRAWN_WIDTH)
        reach = max(PAPER, np.abs(points).max()) + 5 * DRAWN_WIDTH
        return replace(drawn, limits=(-reach, reach))  # the picture is the paper: nothing jumps

    def or_stand_in(self):
        """Return these settings; with a ready-made distribution as long as nothing is drawn."""
        if not isinstance(self.distribution, str) or self.distribution not in DRAWN or self.points:
            return self
        plane = DRAWN[self.distribution][1] == 2
        return replace(self, distribution="ring" if plane else "mixture_1d")

    def make_trainer(self, distribution):
        """Build the networks and return a trainer; shipped weights are put in.

        Args:
            distribution: What `make_distribution` returned.

        Raises:
            ValueError: If a setting does not fit; the message says what to change.
        """
        from gan_course.recipes import toy_trainer

        names = (*NETWORKS, *RATES, "losses", "optimizer", "discriminator_steps", "batch_size")
        chosen = {name: getattr(self, name) for name in (*names, "seed")}
        trainer = toy_trainer(distribution, **chosen)
        if self.start != "scratch":
            from gan_course.pretrained.toys import load_toy_weights

            load_toy_weights(self.start, trainer.generator, trainer.discriminator)
        return trainer


def read_units(name, text):
    """Read hidden sizes such as `64, 64` from a text; an empty text is no hidden layer.

    Args:
        name: Whose sizes they are, for the message: `"generator"`.
        text: Whole numbers with commas or spaces between them.

    Returns:
        A tuple of ints, at most 6 of them, from 1 to 512.

    Raises:
        ValueError: If a part is no such number, or there are too many.

    Example:
        >>> read_units("generator", "64, 32"), read_units("generator", "")
        ((64, 32), ())
    """
    pieces = str(text).strip().strip("[]()").replace(",", " ").split()
    for piece in pieces:
        if not (piece.isascii() and piece.isdigit() and 1 <= int(piece) <= MOST_UNITS):
            raise ValueError(
                f"The hidden layers of the {name} are “{text}”, and “{piece}” is not a whole "
                f"number from 1 to {MOST_UNITS}. Write sizes with commas, such as 64, 64; leave "
                "the box empty for no hidden layer."
            )
    if len(pieces) > MOST_LAYERS:
        raise ValueError(
            f"The {name} would have {len(pieces)} hidden layers; at most {MOST_LAYERS} fit here. "
            "Take some out."
        )
    return tuple(int(piece) for piece in pieces)


def write_units(units):
    """Return hidden sizes as `read_units` reads them: "64, 64"."""
    return ", ".join(str(size) for size in units)


def checked_settings(**settings):
    """Return `Settings`, after a look at the names and the hidden sizes.

    Args:
        **settings: Fields of `Settings`; hidden sizes as a list, a tuple or a text.

    Raises:
        ValueError: If a name is unknown, or something does not fit; the message says what to do.
    """
    known = [field.name for field in fields(Settings)]
    for name in settings:
        look_up(dict.fromkeys(known), name, "setting of the laboratory")
    for player in ("generator", "discriminator"):
        if f"{player}_units" in settings:
            sizes = settings[f"{player}_units"]
            text = sizes if isinstance(sizes, str) else write_units(sizes)
            settings[f"{player}_units"] = read_units(player, text)
    if settings.get("start", "scratch") != "scratch":
        settings = _with_networks_of(settings["start"], settings)
    chosen = Settings(**settings)
    if chosen.distribution not in DRAWN:
        chosen.make_distribution()
    return chosen


def _with_networks_of(start, settings):
    """Return settings with the networks that shipped weights belong to, where they were not set."""
    from gan_course.pretrained.toys import toy_settings

    card = {name: toy_settings(start)[name] for name in NETWORKS}
    for name, value in card.items():
        if settings.get(name, value) != value:
            expected = f"{value!r}, which the weights of start={start!r} were trained with"
            raise refusal(name, settings[name], expected, f"Leave out {name}, or the start.")
    return card | settings


def write_settings(settings, path):
    """Keep settings in a file, for `laboratory(saved=…)`.

    Args:
        settings: A `Settings`; its data must have a name, for a file cannot hold a distribution.
        path: A file, such as "collapse.json". Its folder is made if need be.

    Raises:
        ValueError: If the data or the losses are objects of your own.
    """
    for name in ("distribution", "losses"):
        if not isinstance(getattr(settings, name), str):
            remedy = f"Choose one with a name, or keep the call of laboratory({name}=…) instead."
            raise refusal(name, getattr(settings, name), "a name, which a file can hold", remedy)
    with replacing(path) as file:
        file.write(f"{json.dumps(asdict(settings), indent=1)}\n".encode())


def read_saved(path):
    """Return the settings that `write_settings` kept, as arguments of `laboratory`.

    Args:
        path: A file.

    Raises:
        ValueError: If the file is missing or holds something else; the message names it.
    """
    try:
        kept = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}. {SAVE_ONE}") from None
    except ValueError:
        kept = None
    if not isinstance(kept, dict) or not set(kept) <= {field.name for field in fields(Settings)}:
        raise ValueError(f"{path} holds no settings of the laboratory. {SAVE_ONE}")
    return {name: _frozen(value) for name, value in kept.items()}


def _frozen(value):
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def differences(old, new):
    """Return the names of the settings that differ, as words: ["real data", "batch size"]."""
    names = [n for n in (f.name for f in fields(Settings)) if getattr(old, n) != getattr(new, n)]
    words = {"distribution": "real data", "points": "drawing"}
    return [words.get(name, name.replace("_", " ")) for name in names]


def dimensions_of(distribution):
    """Return 1 or 2 for a name of `DISTRIBUTIONS` or `DRAWN`, or for a `ToyDistribution`."""
    if not isinstance(distribution, str):
        return distribution.dimensions
    return 1 if distribution.endswith("_1d") else 2
