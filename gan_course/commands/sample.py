"""`gan-course sample`: draw images from a run, as a PNG page or as a NumPy array."""

from gan_course.commands.run_folder import RunFolder
from gan_course.commands.terminal import a_path
from gan_course.commands.train import NETWORKS
from gan_course.errors import CourseError
from gan_course.names import look_up


def add_parser(subparsers):
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "sample",
        help="draw images from a training run",
        description="Draw from the generator of a run. A name that ends in .png gives a page; "
        ".npy gives an array of uint8, shape (n, height, width) or (n, height, width, 3) in "
        "colour, for other programs to judge.",
    )
    parser.add_argument("folder", type=a_path, help="the folder of the run, such as runs/first")
    parser.add_argument("--n", type=int, default=64, help="how many images (default 64)")
    parser.add_argument("--out", type=a_path, required=True, help="page.png or samples.npy")
    parser.add_argument(
        "--digit", "--label", dest="label", help="draw this class alone (a conditional GAN)"
    )
    parser.add_argument("--seed", type=int, default=0, help="seed of the noise (default 0)")
    return parser


def choose_labels(options, started):
    """Return the labels to ask a conditional GAN for, all in turn by default; else None."""
    if not look_up(NETWORKS, started["network"], "network"):
        if options.label is not None:
            raise CourseError(
                f"The run is of {started['network']!r}, which cannot be asked for a class: leave "
                "out --label, or train a conditional GAN with `gan-course train cgan`."
            )
        return None
    numbers = {name: number for number, name in enumerate(started["class_names"])}
    asked = list(numbers) if options.label is None else [options.label]
    asked = [look_up(numbers, name, "class") for name in asked]
    return [asked[index % len(asked)] for index in range(options.n)]


def build(folder, started):
    """Return a run's recipe and its generator, the averaged one where there is one."""
    from gan_course.recipes import get_recipe
    from gan_course.training.checkpoint import load_generator

    recipe = get_recipe(started["network"])
    generator = recipe.build_generator(**started["shape"])
    load_generator(folder.checkpoint, generator)
    return recipe, generator


def run(options):
    """Draw the images and write the file; return the exit code."""
    if options.n < 1:
        raise ValueError(f"--n is {options.n}; it must be at least 1.")
    if options.seed < 0:
        raise ValueError(f"--seed is {options.seed}; it must be at least 0.")
    out = options.out
    kind = out.suffix.lower()
    if kind not in (".png", ".npy"):
        raise ValueError(f"--out is {str(out)!r}; it must end in .png or .npy.")
    folder = RunFolder(options.folder)
    started = folder.describe()
    labels = choose_labels(options, started)
    import numpy as np

    from gan_course import models
    from gan_course.files import replacing
    from gan_course.plots.pictures import encode_png, enlarge, tile, to_uint8

    recipe, generator = build(folder, started)
    noise = recipe.settings.get("noise", "normal")
    z = models.sample_latent(options.n, models.latent_dim_of(generator), options.seed, noise)
    images = models.generate(generator, z, labels)
    pixels = to_uint8(images, recipe.value_range)
    with replacing(out) as file:
        if kind == ".npy":
            np.save(file, pixels)
        else:
            columns = max(1, round(options.n**0.5))
            file.write(encode_png(enlarge(tile(pixels, columns))))
    print(f"{options.n} images in {out}")
    return 0
