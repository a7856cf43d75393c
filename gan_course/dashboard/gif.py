"""The button that writes saved frames as an animation, and says where or why not."""

import re
from pathlib import Path

import ipywidgets as widgets

from gan_course.plots.pictures import save_gif
from gan_course.widgets.live_parts import said, wrapping_row


class GifSaver(widgets.VBox):
    """A button, and a line that says what became of it.

    Args:
        recorder: A `FrameRecorder`.
        name: A function that returns the name of the run; the file is called after it.
        pictures: A function from frames to uint8 pictures of one size.

    Attributes:
        button: The button.
        saved: HTML with the outcome.
    """

    def __init__(self, recorder, name, pictures):
        self.recorder, self._name, self._pictures = recorder, name, pictures
        self.button = widgets.Button(
            description="Save as GIF",
            icon="film",
            tooltip="Write the saved frames as an animation into the current folder",
            layout=widgets.Layout(width="auto"),
        )
        self.saved = widgets.HTML()
        self.button.add_class("gan-save-gif")
        self.saved.add_class("gan-saved")
        self.button.on_click(lambda _: self._press())
        super().__init__([wrapping_row([self.button]), self.saved])

    def save(self, path=None):
        """Write the frames; the file appears whole or not at all.

        Args:
            path: Where to write; in the current folder, named after the run and its step, unless
                given.

        Returns:
            The `Path` that was written.

        Raises:
            OSError: If it cannot be written; the frames are kept.
        """
        return self._write(*self.recorder.kept, path)

    def _write(self, steps, frames, path=None):
        if path is None:
            name = re.sub(r"[^A-Za-z0-9_-]+", "-", str(self._name())).strip("-") or "run"
            path = Path.cwd() / f"{name}-step-{steps[-1]}.gif"
        save_gif(self._pictures(frames), path, duration_ms=100)
        return Path(path)

    def _press(self):
        self.saved.value = said("Saving…")
        steps, frames = self.recorder.kept  # as they are now: the run may go on
        try:
            path = self._write(steps, frames)
        except Exception as error:
            reason = getattr(error, "strerror", None) or str(error)
            self.saved.value = said(
                f"Not saved. {reason.rstrip('.')}. The frames are kept: try another place with "
                "dashboard.save_gif('a/folder/that/you/can/write/run.gif').",
                role="alert",
            )
            return
        self.saved.value = said(
            f"Saved {len(steps)} frames, step {steps[0]:,} to {steps[-1]:,}, as {path}"
        )
