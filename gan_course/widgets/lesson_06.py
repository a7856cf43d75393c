"""The widget of lesson 06: turn back the pages of a training run."""

import ipywidgets as widgets

from gan_course.plots import encode_png, tile
from gan_course.plots.display import image_html
from gan_course.plots.pictures import check_frames


def frames_explorer(frames, steps, value_range=(0, 1), columns=16):
    """Show recorded samples with a slider for the training step.

    Every frame comes from the same latent vectors, so what changes is the generator. The slider
    works with the mouse and with the arrow keys; the play button runs through the frames.

    Args:
        frames: A list of image arrays (n, height, width, 1) in `value_range`, oldest first, such
            as `recorder.frames`.
        steps: The training step of each frame.
        value_range: The values of black and white.
        columns: How many images stand in a row.

    Returns:
        An ipywidgets box.

    Raises:
        ValueError: If there are no frames, or not one step for each frame.

    Example:
        >>> frames_explorer(recorder.frames, recorder.steps)

    Introduced in lesson 06.
    """
    check_frames(frames, steps)
    sheets = [tile(frame, columns, value_range) for frame in frames]
    pictures = [encode_png(sheet, scale=2) for sheet in sheets]
    slider = widgets.SelectionSlider(
        options=[(f"{step:,}", index) for index, step in enumerate(steps)],
        value=len(steps) - 1,
        description="Training step",
        continuous_update=True,
        style={"description_width": "initial"},
        layout=widgets.Layout(width="60%", min_width="18em"),
    )
    play = widgets.Play(min=0, max=len(steps) - 1, value=len(steps) - 1, interval=600)
    play.description = "Play through the frames"
    image, caption = widgets.HTML(), widgets.HTML()  # an Image widget takes no alternative text

    def show(change=None):
        caption.value = (
            f"{len(frames[0])} images after {steps[slider.value]:,} steps, from the same noise."
        )
        width = sheets[0].shape[1] * 3 // 2
        image.value = image_html(pictures[slider.value], "png", caption.value, width)

    widgets.link((play, "value"), (slider, "index"))
    slider.observe(show, "value")
    show()
    box = widgets.VBox([widgets.HBox([play, slider]), image, caption])
    box.add_class("gan-frames-explorer")
    return box
