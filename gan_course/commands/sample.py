"""`gan-course sample`: draw images from a run, as a PNG page or as a NumPy array."""

from pathlib import Path

from gan_course.commands.run_folder import RunFolder
from gan_course.errors import CourseError


def add_parser(subparsers):
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "sample",
        help="draw images from a training run",
        description="Draw from the generator of a run. A name that ends in .png gives a page; "
        ".npy gives an array of uint8, shape (n, 28, 28), for other programs to judge.",
    )
    parser.add_argument("folder", help="the folder of the run, such as runs/first")
    parser.add_argument("--n", type=int, default=64, help="how many images (default 64)")
    parser.add_argument("--out", required=True, help="page.png or samples.npy")
    parser.add_argument("--digit", type=int, help="draw this digit alone (a conditional GAN)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the noise (default 0)")
    return parser


def choose_labels(options, recipe):
    """Return the digits to ask a conditional GAN for, all ten in turn by default; else None."""
    if options.digit is not None and not recipe.conditional:
        raise CourseError(
            f"The run is of {recipe.name!r}, which cannot be asked for a digit: leave out --digit, "
            "or train a conditional GAN with `gan-course train cgan`."
        )
    if options.digit is not None and not 0 <= options.digit <= 9:
        raise ValueError(f"--digit is {options.digit}; it must be from 0 to 9.")
    if not recipe.conditional:
        return None
    return [index % 10 if options.digit is None else options.digit for index in range(options.n)]


def run(options):
    """Draw the images and write the file; return the exit code."""
    if options.n < 1:
        raise ValueError(f"--n is {options.n}; it must be at least 1.")
    out = Path(options.out)
    if out.suffix not in (".png", ".npy"):
        raise ValueError(f"--out is {options.out!r}; it must end in .png or .npy.")
    import numpy as np

    from gan_course import models, plots
    from gan_course.files import replacing
    from gan_course.recipes import get_recipe
    from gan_course.training.checkpoint import load_generator

    folder = RunFolder(options.folder)
    recipe = get_recipe(folder.describe()["network"])
    labels = choose_labels(options, recipe)
    generator = recipe.build_generator()
    load_generator(folder.checkpoint, generator)
    noise = recipe.settings.get("noise", "normal")
    z = models.sample_latent(options.n, models.latent_dim_of(generator), options.seed, noise)
    images = models.generate(generator, z, labels)
    low, high = recipe.value_range
    pixels = np.rint((images[..., 0] - low) / (high - low) * 255).clip(0, 255).astype(np.uint8)
    with replacing(out) as file:
        if out.suffix == ".npy":
            np.save(file, pixels)
        else:
            columns = max(1, round(options.n**0.5))
            page = plots.tile(images, columns=columns, value_range=recipe.value_range)
            file.write(plots.encode_png(page))
    print(f"{options.n} images in {out}")
    return 0
