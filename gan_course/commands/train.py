"""`gan-course train`: train a recipe from a terminal; run it again to go on."""

from gan_course.commands.run_folder import RunFolder
from gan_course.errors import CourseError
from gan_course.files import replacing

GRID_IMAGES = 64
GRIDS_IN_A_RUN = 12


def add_parser(subparsers):
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "train",
        help="train a GAN on digits or on your own pictures",
        description="Train a GAN. Into the folder go a checkpoint, the history as CSV, pictures "
        "through time as PNG and GIF. The same command again trains as long again from there.",
    )
    parser.add_argument(
        "network", help="the recipe: dense, dcgan, upsampling, fast, fast_long, cgan"
    )
    parser.add_argument("--out", required=True, help="the folder of the run, such as runs/first")
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
        "--device", default="auto", help="auto, cpu, or names such as GPU:0 or GPU:0,GPU:1"
    )
    return parser


def check_length(options):
    """Raise a ValueError unless minutes and steps, where given, are positive."""
    for name in ("minutes", "steps"):
        value = getattr(options, name)
        if value is not None and not value > 0:
            raise ValueError(f"--{name} is {value:g}; it must be more than 0.")


def choose(name, given, earlier, default):
    """Return an option's value: the earlier run's where there is one, which must not differ."""
    if earlier is None:
        return default if given is None else given
    if given is not None and given != earlier:
        raise CourseError(
            f"This folder holds a run with --{name} {earlier}, not {given}: leave the option out "
            "to go on with it, or choose another --out for a new run."
        )
    return earlier


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
    import numpy as np

    from gan_course import data, devices, plots
    from gan_course.recipes import get_recipe
    from gan_course.training import TrainingInterrupted

    recipe = get_recipe(options.network)
    folder = RunFolder(options.out)
    earlier = folder.describe() if folder.exists() else {}
    choose("network", recipe.name, earlier.get("network"), None)
    seed = choose("seed", options.seed, earlier.get("seed"), 0)
    source = choose("data", options.data, earlier.get("data"), "embedded")
    size = choose("size", options.size, earlier.get("size"), None)
    corrupt = choose("corrupt", options.corrupt, earlier.get("corrupt"), "refuse")

    strategy = pick_strategy(options.device)
    devices.configure()
    print(devices.describe())
    real = data.load(source, size=size, value_range=recipe.value_range, corrupt=corrupt)
    print(f"Data: {real.source} ({len(real):,} images)")
    if recipe.conditional and real.labels is None:
        raise CourseError(
            f"{recipe.name} draws what a label asks for, and the pictures in {source} have none: "
            "put those of each class into a subfolder, or train fast instead."
        )
    settings = {"labels": real.labels} if recipe.conditional else {}
    if len(real) < recipe.settings["batch_size"]:
        settings["batch_size"] = len(real)
    trainer = recipe.trainer(real.images, seed=seed, strategy=strategy, **settings)
    if earlier:
        trainer.load(folder.checkpoint)
        print(f"Going on from step {trainer.step} of {folder.path}")
    shape = {"image_shape": real.images.shape[1:]}
    shape |= {"num_classes": trainer.num_classes} if recipe.conditional else {}
    folder.write_description(
        network=recipe.name,
        data=source,
        size=None if real.split else real.images.shape[1],
        corrupt=corrupt,
        seed=seed,
        shape=shape,
        class_names=real.class_names,
    )

    def draw_grid(trainer):
        rows = np.arange(GRID_IMAGES) // 8  # in a conditional GAN, a class a row
        labels = {"labels": rows % trainer.num_classes} if recipe.conditional else {}
        images = trainer.sample(GRID_IMAGES, seed=seed, **labels)
        picture = plots.tile(images, columns=8, value_range=recipe.value_range)
        with replacing(folder.grid_file(trainer.step)) as file:
            file.write(plots.encode_png(picture))

    seconds = options.minutes * 60 if options.minutes else None
    steps = options.steps or (None if seconds else recipe.steps)
    try:
        trainer.run(
            steps,
            seconds=seconds,
            callbacks=[draw_grid],
            every=max(1, steps // GRIDS_IN_A_RUN) if steps else 500,
            checkpoint=folder.checkpoint,
        )
    except TrainingInterrupted:
        finish(folder, trainer)
        raise
    finish(folder, trainer)
    print(f"Step {trainer.step}. Look at {folder.gif} and {folder.grid_file(trainer.step)}.")
    print(f"Draw more with: gan-course sample {folder.path} --n 64 --out page.png")
    return 0


def finish(folder, trainer):
    """Write the history and the animation."""
    from gan_course import plots

    folder.write_history(trainer.history)
    plots.save_gif(folder.read_grids(), folder.gif)
