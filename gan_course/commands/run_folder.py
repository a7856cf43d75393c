"""The folder of one training run: its description, checkpoint, history, grids and GIF."""

import csv
import io
import json
import os
from contextlib import contextmanager, suppress
from pathlib import Path

from gan_course.commands.terminal import command
from gan_course.errors import CourseError
from gan_course.files import remove_parts, replacing, unwritable

OF_DIGITS = {"shape": {}, "class_names": list("0123456789")}  # what the networks have by default


class RunFolder:
    """Names and writes the files of a run. Each is written whole, then renamed.

    Args:
        path: The folder.

    Attributes:
        checkpoint: All state of training, with notes on how the run was started.
        history: The losses, one row a step, as CSV.
        grids: A folder of PNG pictures, one for each time the generator was looked at.
        gif: The same pictures as an animation.
        description: How the run was started, as JSON: to be read, and for the time before the
            first checkpoint.
        lock: A file that is there and locked while a training writes into the folder.
    """

    def __init__(self, path):
        self.path = Path(path)
        self.checkpoint = self.path / "checkpoint.npz"
        self.history = self.path / "history.csv"
        self.grids = self.path / "grids"
        self.gif = self.path / "training.gif"
        self.description = self.path / "run.json"
        self.lock = self.path / "training.lock"

    def facts(self):
        """Return how the run was started, as `write_description` was told; {} if nothing says it.

        The checkpoint's own notes come first: they cannot belong to another run.

        Raises:
            CourseError: If there is a checkpoint, and neither its notes nor a description: going
                on is impossible, and starting anew would overwrite it.
        """
        facts = self._notes() or self._described()
        if not facts and self.checkpoint.is_file():
            raise CourseError(
                f"{self.checkpoint} is here, but nothing says how its run was started: it has no "
                f"notes, and {self.description.name} is missing or damaged. Put that file back, "
                "or choose another folder; this one stays as it is."
            )
        return facts

    def describe(self):
        """Return the facts of a run that has been saved.

        Raises:
            CourseError: If the folder holds no run, or nothing of it has been saved.
        """
        facts = self.facts()
        if not facts:
            start = command("train", "dense", "--out", self.path)
            raise CourseError(f"There is no run in {self.path}: `{start}` starts one.")
        if not self.checkpoint.is_file():
            again = command("train", facts["network"], "--out", self.path)
            raise CourseError(
                f"The run in {self.path} has no checkpoint yet; the first comes some seconds after "
                f"it starts to train. `{again}` starts it again if it was stopped before."
            )
        return facts

    def write_description(self, facts):
        """Write how the run was started.

        Args:
            facts: A dict of `network`, `data`, `size`, `corrupt`, `transposed` and `seed` as on the
                command line; `shape`, the arguments with which the networks are built;
                `class_names`, what labels stand for.
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

    def grid_steps(self):
        """Return the steps that have a picture, in order."""
        names = (path.stem.removeprefix("step_") for path in self.grids.glob("step_*.png"))
        return sorted(int(name) for name in names if name.isdigit())

    def read_grids(self, steps):
        """Return the pictures of some steps, as uint8: (height, width), or (…, 3) in colour.

        Those of another size than the newest are left out, and those that cannot be read.
        """
        import numpy as np
        from PIL import Image

        pictures = []
        for step in steps:
            with suppress(OSError, SyntaxError), Image.open(self.grid_file(step)) as picture:
                pictures.append(np.asarray(picture))
        return [picture for picture in pictures if picture.shape == pictures[-1].shape]

    def set_aside(self):
        """Move what an earlier run left into a folder of its own.

        Returns:
            That folder; None if there was nothing.
        """
        left = [self.description, self.history, self.gif, self.grids]
        left = [path for path in left if path.exists()]
        if not left:
            return None
        taken = {path.name for path in self.path.iterdir()}
        number = next(n for n in range(1, len(taken) + 2) if f"earlier-{n}" not in taken)
        aside = self.path / f"earlier-{number}"
        aside.mkdir()
        for path in left:
            path.rename(aside / path.name)
        return aside

    @contextmanager
    def held(self):
        """Keep other trainings out of the folder, which is made if need be.

        The system lets go of the lock when its process ends, however that comes about: a file that
        a killed training left says nothing.

        Raises:
            CourseError: If another training holds the folder.
            OSError: If it cannot be written.
        """
        made = not self.path.exists()
        file = None
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            file = self._lock()
            for folder in (self.path, self.grids):  # nobody else writes here now
                remove_parts(folder, seconds=0)
        except OSError as error:
            raise unwritable(self.lock, error) from error
        try:
            yield
        finally:
            with suppress(OSError):
                self.lock.unlink()
            os.close(file)
            if made:
                with suppress(OSError):  # not empty: something was written
                    self.path.rmdir()

    def _lock(self):
        """Return the lock file, open and locked where the system and the disk know locks."""
        while True:
            file = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.read(file, 100).decode(errors="replace").strip()
                os.close(file)
                raise CourseError(
                    f"Another training{f' ({holder})' if holder else ''} writes into {self.path}: "
                    "wait for its end, or choose another --out."
                ) from None
            except (ImportError, OSError):  # Windows, or a disk without locks
                pass
            with suppress(OSError):
                if os.path.samestat(os.fstat(file), os.stat(self.lock)):
                    break
            os.close(file)  # who held it before has removed it: take a new one
        with suppress(OSError):  # a full disk: the first checkpoint says it, and the lock holds
            os.truncate(file, 0)
            os.write(file, f"process {os.getpid()}".encode())
        return file

    def _notes(self):
        """Return the notes in the checkpoint, {} if it has none or cannot be read."""
        from gan_course.weights import read_notes

        with suppress(CourseError):
            return _checked(read_notes(self.checkpoint))
        return {}  # what is wrong with the file is said when it is loaded

    def _described(self):
        """Return what `run.json` says, {} if it is missing or is no such file."""
        with suppress(OSError, ValueError):
            return _checked(json.loads(self.description.read_text(encoding="utf-8")))
        return {}


def _checked(facts):
    """Return a description if it is one, with what those of digits may leave out; else {}."""
    if not isinstance(facts, dict) or not isinstance(facts.get("network"), str):
        return {}
    facts = OF_DIGITS | facts
    kinds = {"shape": dict, "class_names": list, "seed": int, "data": str}
    return facts if all(isinstance(facts.get(k), kind) for k, kind in kinds.items()) else {}
