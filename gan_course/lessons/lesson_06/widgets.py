"""A widget of lesson 06: turn back the pages of a training run."""

import ipywidgets as widgets

from gan_course.plots.moving import sheet_html
from gan_course.plots.pictures import check_frames
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.live_parts import SIDE, wrapping_row

WHOLE_PLAY = 12_000  # milliseconds to play through all frames, at most 600 for each


def frames_explorer(frames, steps):
    """Show recorded samples with a slider for the training step.

    Every frame comes from the same latent vectors, so what changes is the generator. The slider
    works with the mouse and with the arrow keys; the play button runs through the frames.

    Args:
        frames: A list of image arrays (n, height, width, 1) in [0, 1], or uint8 without the
            last axis; oldest first, such as `dashboard.recorder.frames`.
        steps: The training step of each frame.

    Returns:
        An ipywidgets box.

    Raises:
        ValueError: If there are no frames, or not one step for each frame.

    Example:
        >>> frames_explorer(dashboard.recorder.frames, dashboard.recorder.steps)

    Introduced in lesson 06.
    """
    check_frames(frames, steps)
    said = [
        f"{len(frame)} images after {step:,} steps, from the same noise."
        for frame, step in zip(frames, steps, strict=True)
    ]
    pictures = [
        sheet_html(frame, 16, (0, 1), text, scale=1.5)
        for frame, text in zip(frames, said, strict=True)
    ]
    slider = widgets.SelectionSlider(
        options=[(f"{step:,}", index) for index, step in enumerate(steps)],
        value=len(steps) - 1,
        description="Training step",
        style=SIDE,
        layout=widgets.Layout(width="60%", min_width="18em"),
    )
    play = widgets.Play(min=0, max=len(steps) - 1, value=len(steps) - 1)
    play.interval = min(600, WHOLE_PLAY // len(steps))
    play.description = "Play through the frames"
    image, caption = widgets.HTML(), widgets.HTML()  # an Image widget takes no alternative text

    def show(change=None):
        image.value, caption.value = pictures[slider.value], said[slider.value]

    widgets.link((play, "value"), (slider, "index"))
    slider.observe(show, "value")
    show()
    box = LessonBox([wrapping_row([play, slider]), image, caption])
    box.add_class("gan-frames-explorer")
    return box
