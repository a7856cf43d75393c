"""`gan-course export`: the generator of a run, for other programs."""

import os
import tempfile
from pathlib import Path

from gan_course.commands.run_folder import RunFolder
from gan_course.commands.sample import build
from gan_course.commands.terminal import a_path
from gan_course.errors import CourseError
from gan_course.files import unwritable


def add_parser(subparsers):
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "export",
        help="write the generator of a run for other programs",
        description="Write the generator of a run, the averaged one where there is one. A name "
        "that ends in .keras gives a file of Keras; one without an ending gives a folder, "
        "TensorFlow's SavedModel, which loads without Keras and without this course.",
    )
    parser.add_argument("folder", type=a_path, help="the folder of the run, such as runs/first")
    parser.add_argument(
        "--out", type=a_path, required=True, help="generator.keras, or a folder that is not there"
    )
    return parser


def run(options):
    """Write the generator, and say how it is used; return the exit code."""
    out, as_keras = options.out, options.out.suffix.lower() == ".keras"
    if out.suffix and not as_keras:
        raise ValueError(
            f"--out is {str(out)!r}; it must end in .keras, or have no ending for a SavedModel."
        )
    if out.exists() and (out.is_dir() or not as_keras):
        raise CourseError(f"{out} is there already: choose another name, or remove it first.")
    folder = RunFolder(options.folder)
    recipe, generator = build(folder, folder.describe())
    try:
        write(generator, out, as_keras)
    except OSError as error:
        raise unwritable(out, error) from error
    for line in describe(generator, recipe, out, as_keras):
        print(line)
    return 0


def write(generator, out, as_keras):
    """Write a network under another name first, so that it appears whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".export-") as near:
        part = Path(near, f"part{out.suffix}")
        if as_keras:
            generator.save(part)
        else:
            generator.export(part, format="tf_saved_model", verbose=False)
        os.replace(part, out)


def describe(generator, recipe, out, as_keras):
    """Return how the file is loaded, and what the network takes and makes: lines of text."""
    from gan_course import models

    low, high = recipe.value_range
    noise = {"normal": "N(0, 1)", "uniform": "U(-1, 1)"}[recipe.settings.get("noise", "normal")]
    kinds = {type(layer) for layer in generator.layers}
    ours = sorted(k.__name__ for k in kinds if k.__module__.startswith("gan_course.layers."))
    if as_keras:
        load = f'model = keras.models.load_model("{out}")'
        need = f"`import gan_course.layers` comes first: it has the layers {', '.join(ours)}."
        need = need if ours else "That needs nothing of this course."
        call = "model"
    else:
        load = f'model = tf.saved_model.load("{out}")'
        need = "That needs nothing of this course."
        call = "model.serve"
    takes = f"z of shape (n, {models.latent_dim_of(generator)}), drawn from {noise}"
    if models.is_conditional(generator):
        takes = f"[z, labels]: {takes}; labels of shape (n,), whole numbers below "
        takes += f"{models.num_classes_of(generator)}"
    yield f"The generator is in {out}. It loads with"
    yield f"    {load}"
    yield need
    yield f"{call} takes {takes}."
    yield f"It makes images of shape {generator.output_shape[1:]} in [{low}, {high}]."
