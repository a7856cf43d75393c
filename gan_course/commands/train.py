"""`gan-course train`: train a recipe from a terminal; run it again to go on."""

import argparse
import os
import sys
from pathlib import Path

from gan_course.commands.run_folder import RunFolder
from gan_course.commands.terminal import a_path, command
from gan_course.errors import CourseError
from gan_course.files import replacing
from gan_course.names import look_up
from gan_course.stopping import asked_to_stop

# Whether each takes labels. The recipes know it too, and take seconds to import.
NETWORKS = {
    "dense": False,
    "dcgan": False,
    "upsampling": False,
    "fast": False,
    "fast_long": False,
    "cgan": True,
}
GRID_IMAGES = 64
LOOK_EVERY = 25  # steps, at least, between two pictures of a long run
SPREAD = 8  # a picture for each eighth more steps: the birth of strokes is seen, and few are drawn
FRAMES = 100  # in the animation, at most


def add_parser(subparsers):
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "train",
        help="train a GAN on digits or on your own pictures",
        description="Train a GAN. Into the folder go a checkpoint, the history as CSV, pictures "
        "through time as PNG and GIF. The same command again trains as long again from "
        "there; learning rates that fall (fast, fast_long, cgan) are at their end after a recipe's "
        "own steps, and stay there.",
    )
    parser.add_argument("network", help=f"the recipe: {', '.join(NETWORKS)}")
    parser.add_argument(
        "--out", type=a_path, help="the folder of the run (default runs/ and the network's name)"
    )
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, help="train for this long")
    length.add_argument("--steps", type=int, help="train for this many steps")
    parser.add_argument("--seed", type=int, help="seed of weights, noise and batches (default 0)")
    parser.add_argument(
        "--data",
        help="embedded (5,000 digits, the default), full (60,000), the path of other digits, or "
        "a folder of your own pictures, with a subfolder for each class where there are classes",
    )
    parser.add_argument(
        "--size", type=int, help="the side of your own pictures, 16 to 64 (default: theirs, or 32)"
    )
    parser.add_argument(
        "--corrupt",
        choices=("refuse", "skip"),
        help="what to do with pictures that cannot be read (default refuse: they are named)",
    )
    parser.add_argument(
        "--transposed",
        action=argparse.BooleanOptionalAction,
        help="EMNIST's files hold pictures with rows and columns exchanged: set them upright, or "
        "not, where they are upright in your copy",
    )
    parser.add_argument(
        "--device", default="auto", help="auto, cpu, or names such as GPU:0 or GPU:0,GPU:1"
    )
    return parser


def check_length(options):
    """Raise a ValueError unless minutes and steps, where given, are positive."""
    for name in ("minutes", "steps"):
        value = getattr(options, name)
        if value is not None and not 0 < value < float("inf"):
            raise ValueError(f"--{name} is {value:g}; it must be more than 0.")


def choose(name, given, earlier, default, mend="leave the option out"):
    """Return an option's value: the earlier run's where there is one, which must not differ."""
    if earlier is None:
        return default if given is None else given
    if given is not None and given != earlier:
        raise CourseError(
            f"This folder holds a run with {name} {earlier}, not {given}: {mend} to go on with it, "
            "or choose another --out for a new run."
        )
    return earlier


def resolve_data(source):
    """Return what `--data` says so that it means the same from any folder."""
    from gan_course.data.load import WORDS

    if source is None or source in WORDS:
        return source
    return str(Path(os.path.expanduser(source)).resolve())


def settle(options, earlier):
    """Return seed and data: what the run had, which must not differ, or as typed.

    Data that have moved may be given by their new path.
    """
    from gan_course.data.load import WORDS

    given = resolve_data(options.data)
    before = resolve_data(earlier.get("data"))
    moved = before not in (None, *WORDS) and not Path(before).exists()
    return {
        "seed": choose("--seed", options.seed, earlier.get("seed"), 0),
        "data": choose("--data", given, None if moved and given else before, "embedded"),
        "size": choose("--size", options.size, earlier.get("size"), None),
        "corrupt": choose("--corrupt", options.corrupt, earlier.get("corrupt"), "refuse"),
        "transposed": choose("--transposed", options.transposed, earlier.get("transposed"), None),
    }


def pick_strategy(device):
    """Return the TensorFlow strategy for `--device`."""
    import tensorflow as tf

    from gan_course.devices import get_strategy

    if device.lower() == "cpu":
        tf.config.set_visible_devices([], "GPU")
    return get_strategy(None if device.lower() in ("auto", "cpu") else device.upper().split(","))


def run(options):
    """Train, and keep everything in the folder; return the exit code."""
    check_length(options)
    look_up(NETWORKS, options.network, "network")
    if options.out is None:
        options.out = Path("runs", options.network)
        print(f"This run goes into {options.out}: --out chooses another folder.")
    folder = RunFolder(options.out)
    with folder.held():
        return train(options, folder)


def train(options, folder):
    """Train in a folder that nobody else writes into; return the exit code."""
    known = folder.facts()
    saved = folder.checkpoint.is_file()
    if saved:
        mend = f"name {known['network']}"
        choose("network", options.network, known["network"], None, mend)
    elif known:  # stopped before its first checkpoint: what is typed now holds, the rest is kept
        kept = known if known["network"] == options.network else {}
        names = ("seed", "data", "size", "corrupt", "transposed")
        typed = {name: getattr(options, name) for name in names}
        known = kept | {name: value for name, value in typed.items() if value is not None}
    started = {"network": options.network, **settle(options, known)}
    if not saved and Path(started["data"]) in folder.path.resolve().parents:
        raise CourseError(
            f"--out {folder.path} lies in the folder of --data, and would be taken for pictures of "
            "a class: choose another --out."
        )

    from gan_course import data, devices
    from gan_course.recipes import get_recipe
    from gan_course.training import NonFiniteLoss, TrainingInterrupted

    recipe = get_recipe(options.network)
    strategy = pick_strategy(options.device)
    devices.configure()
    print(devices.describe())
    real = data.load(
        started["data"],
        size=started["size"],
        value_range=recipe.value_range,
        corrupt=started["corrupt"],
        transposed=started["transposed"],
    )
    print(f"Data: {real.source} ({len(real):,} images)")
    if saved and started["data"] != resolve_data(known["data"]):
        print(f"They stand for {known['data']}, which is no longer there.")
    if recipe.conditional and real.labels is None:
        raise CourseError(
            f"{recipe.name} draws what a label asks for, and the pictures in {started['data']} "
            "have none: put those of each class into a subfolder, or train fast instead."
        )
    settings = {"labels": real.labels} if recipe.conditional else {}
    settings |= fitting_batch(len(real), recipe, strategy.num_replicas_in_sync)
    trainer = recipe.trainer(real.images, seed=started["seed"], strategy=strategy, **settings)
    started |= {
        "size": None if real.split else real.images.shape[1],
        "transposed": bool(started["transposed"]),
        "shape": {"image_shape": list(real.images.shape[1:])},
        "class_names": list(real.class_names),
    }
    if recipe.conditional:
        started["shape"]["num_classes"] = trainer.num_classes
    if saved:
        trainer.load(folder.checkpoint)
        print(f"Going on from step {trainer.step} of {folder.path}")
    elif known != started:
        aside = folder.set_aside()
        if aside:
            print(f"What an earlier run left here is now in {aside}")
    trainer.notes = started
    folder.write_description(started)

    keeper = Keeper(folder, trainer, recipe, started)
    seconds = options.minutes * 60 if options.minutes else None
    steps = options.steps or (None if seconds else recipe.steps)
    print(about_rates(recipe, trainer.step + (steps or 1)), end="")
    try:
        trainer.run(
            steps,
            seconds=seconds,
            callbacks=[keeper.look],
            every=min(LOOK_EVERY, max(1, steps // 12)) if steps else LOOK_EVERY,
            checkpoint=folder.checkpoint,
        )
    except TrainingInterrupted:
        keeper.finish()
        raise
    except NonFiniteLoss as error:
        keeper.finish()
        raise CourseError(f"{error.what}. {after_nan(folder, started)}") from error
    keeper.finish()
    print(f"Step {trainer.step}. Look at {' and '.join(map(str, keeper.to_look_at()))}.")
    more = command("sample", folder.path, "--n", "64", "--out", "page.png")
    print(f"Draw more with: {more}")
    return 0


def fitting_batch(count, recipe, replicas):
    """Return the setting of a batch that so many images can fill, {} where the recipe's will do."""
    batch = min(recipe.settings["batch_size"], count) // replicas * replicas
    if not batch:
        raise CourseError(
            f"{count} images cannot be shared among {replicas} devices: name fewer with --device."
        )
    return {} if batch == recipe.settings["batch_size"] else {"batch_size": batch}


def about_rates(recipe, last):
    """Return a line on learning rates that have fallen to their end before a step, else ""."""
    falls = isinstance(recipe.generator_optimizer(recipe.steps).get_config()["learning_rate"], dict)
    if not falls or last <= recipe.steps:
        return ""
    return f"The learning rates of {recipe.name} fall until step {recipe.steps:,}, and then stay.\n"


def after_nan(folder, started):
    """Return what to do when training broke down."""
    if folder.checkpoint.is_file():
        page = command("sample", folder.path, "--out", "page.png")
        good = f"The checkpoint from before is still good: `{page}` draws from it. "
    else:
        good = "It came before the first checkpoint, so there is nothing to go on from. "
    return (
        f"{good}The same command again would meet the same numbers: choose another --seed and "
        f"another --out, for example --seed {started['seed'] + 1}."
    )


class Keeper:
    """Writes what is to be looked at. Where that fails training goes on, and the end says so.

    Args:
        folder: The `RunFolder`.
        trainer: The trainer.
        recipe: Its recipe.
        started: How the run was started.

    Attributes:
        failed: What could not be written, and why: a dict from files to errors.
    """

    def __init__(self, folder, trainer, recipe, started):
        self.folder, self.trainer, self.recipe, self.started = folder, trainer, recipe, started
        self.failed = {}
        self._last = max(self._steps(), default=None)

    def look(self, trainer):
        """Draw a grid at the start, and then where an eighth more steps have been taken."""
        if self._last is None or SPREAD * trainer.step >= (SPREAD + 1) * self._last:
            self._draw()

    def finish(self):
        """Write what belongs to the end; no signal breaks it off.

        That is the last grid, unless a loss was no number, the history, the animation, and the
        description where somebody removed the folder.
        """
        with asked_to_stop(lambda number, frame: None):
            folder, steps = self.folder, self.trainer.history["step"]
            if steps and steps[-1] == self.trainer.step != self._last:
                self._draw()
            self._try(folder.history, lambda: folder.write_history(self.trainer.history))
            self._try(folder.gif, self._write_gif)
            if not folder.description.exists():
                self._try(folder.description, lambda: folder.write_description(self.started))
            for error in {str(error): error for error in self.failed.values()}.values():
                print(f"gan-course: {error}", file=sys.stderr)
            if self.failed:
                names = ", ".join(path.name for path in self.failed)
                print(f"gan-course: Not written: {names}. The training is saved.", file=sys.stderr)

    def to_look_at(self):
        """Return the animation and the newest grid, those that could be written."""
        newest = self.folder.grid_file(self.trainer.step)
        return [path for path in (self.folder.gif, newest) if path not in self.failed]

    def _steps(self):
        """Return the steps up to now that have a picture, in order."""
        return [step for step in self.folder.grid_steps() if step <= self.trainer.step]

    def _draw(self):
        self._last = self.trainer.step
        self._try(self.folder.grid_file(self._last), self._write_grid)

    def _write_grid(self):
        import numpy as np

        from gan_course.plots.pictures import caption, encode_png, enlarge, tile

        rows = np.arange(GRID_IMAGES) // 8  # in a conditional GAN, a class a row
        labels = {"labels": rows % self.trainer.num_classes} if self.recipe.conditional else {}
        images = self.trainer.sample(GRID_IMAGES, seed=self.started["seed"], **labels)
        picture = enlarge(tile(images, columns=8, value_range=self.recipe.value_range))
        with replacing(self.folder.grid_file(self._last)) as file:
            file.write(encode_png(caption(picture, f"step {self._last:,}")))

    def _write_gif(self):
        from gan_course.plots import save_gif

        save_gif(self.folder.read_grids(spread(self._steps(), FRAMES)), self.folder.gif)

    def _try(self, path, write):
        try:
            write()
            self.failed.pop(path, None)
        except (OSError, ValueError) as error:
            if not self.failed:
                print(f"\ngan-course: {error}. Training goes on.", file=sys.stderr)
            self.failed[path] = error


def spread(steps, most):
    """Return at most so many of the steps: the first, the last, and evenly by their ratio between.

    Args:
        steps: Whole numbers in order.
        most: How many at most.

    Example:
        >>> spread([0, 1, 2, 3, 4, 5, 6, 7, 8], 4)
        [0, 1, 3, 8]
    """
    import numpy as np

    if len(steps) <= most:
        return steps
    wanted = np.geomspace(steps[0] + 1, steps[-1] + 1, most) - 1
    return sorted({min(steps, key=lambda step: abs(step - want)) for want in wanted})
