"""The folder of one training run: its description, checkpoint, history, grids and GIF."""

import csv
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

from gan_course.errors import CourseError
from gan_course.files import replacing

OF_DIGITS = {"shape": {}, "class_names": list("0123456789")}  # what the networks have by default


class RunFolder:
    """Names and writes the files of a run. Each is written whole, then renamed.

    Args:
        path: The folder.

    Attributes:
        checkpoint: All state of training.
        history: The losses, one row a step, as CSV.
        grids: A folder of PNG pictures, one for each time the generator was looked at.
        gif: The same pictures as an animation.
        description: How the run was started, as JSON.
    """

    def __init__(self, path):
        self.path = Path(path)
        self.checkpoint = self.path / "checkpoint.npz"
        self.history = self.path / "history.csv"
        self.grids = self.path / "grids"
        self.gif = self.path / "training.gif"
        self.description = self.path / "run.json"

    def exists(self):
        """Whether the folder holds a run that can go on."""
        return self.description.is_file() and self.checkpoint.is_file()

    def describe(self):
        """Return what `write_description` wrote, a dict. Runs of digits may leave the shape out.

        Raises:
            CourseError: If the folder holds no run.
        """
        try:
            return OF_DIGITS | json.loads(self.description.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CourseError(
                f"There is no run in {self.path}: `gan-course train dense --out {self.path}` "
                "starts one."
            ) from error

    def write_description(self, **facts):
        """Write how the run was started.

        Args:
            **facts: `network`, `data`, `size`, `corrupt` and `seed` as on the command line;
                `shape`, the arguments with which the networks are built; `class_names`, what
                labels stand for.
        """
        with replacing(self.description) as file:
            file.write(json.dumps(facts, indent=2).encode())

    def write_history(self, history):
        """Write the history as CSV, one row a step."""
        text = io.StringIO(newline="")
        table = csv.writer(text)
        table.writerow(history)
        table.writerows(zip(*history.values(), strict=True))
        with replacing(self.history) as file:
            file.write(text.getvalue().encode())

    def grid_file(self, step):
        """Return the PNG file of a step."""
        return self.grids / f"step_{step:07d}.png"

    def read_grids(self):
        """Return the pictures, oldest first, as uint8: (height, width), or (…, 3) in colour."""
        pictures = []
        for path in sorted(self.grids.glob("step_*.png")):
            with Image.open(path) as picture:
                pictures.append(np.asarray(picture))
        return pictures
