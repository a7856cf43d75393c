"""What the dashboard's grid shows: a saved frame, or the images of a stage of slow motion."""

import html

import numpy as np

from gan_course.plots.moving import sheet_html
from gan_course.plots.pictures import to_uint8
from gan_course.plots.style import COLOURS, SIGNED

MOST = 64  # images, or somewhat less where each label has a column: 50 KB of digits
ROWS = COLUMNS = 8
PUSH_KEYS = [[COLOURS["positive"], "brighter"], [COLOURS["negative"], "darker"]]
NO_IMAGE = "Noise z: numbers, and no image yet."


def grid_size(num_classes):
    """Return how many columns and rows the grid has: a column for each label, if there are any."""
    columns = num_classes or COLUMNS
    return columns, max(1, min(ROWS, MOST // columns))


def frame_parts(frame, step, num_classes, verdicts=None):
    """Return a saved frame as `GridScene.show` takes it.

    Args:
        frame: uint8 images, as `FrameRecorder` keeps them.
        step: The step they were drawn at.
        num_classes: How many labels there are, one for each column; None without labels.
        verdicts: D of each image, or None.
    """
    labels = [] if num_classes is None else (np.arange(len(frame)) % num_classes).tolist()
    return {
        "shape": _shape(frame),
        "images": frame,
        "blocks": [_block("", "", len(frame))],
        "heads": [f"{label}" for label in range(num_classes or 0)],
        "labels": labels,
        "verdicts": verdicts,
        "pushes": None,
        "step": step,
        "staged": False,
    }


def stage_parts(stage, step, columns, rows, value_range):
    """Return the images of a stage of slow motion as `GridScene.show` takes them.

    Real examples stand above fakes, and fakes above the pushes on them; the first of the batch, as
    many as there is room for.

    Args:
        stage: A `gan_course.live.Stage` of images.
        step: Steps taken so far.
        columns: How many images stand in a row.
        rows: How many rows there are for all of them.
        value_range: The values of black and white.
    """
    kinds = [name for name in ("real", "fakes", "pushes") if getattr(stage, name) is not None]
    room = columns * (rows // max(1, len(kinds)))
    batches = {name: getattr(stage, name) for name in kinds}
    images = [to_uint8(batches[name][:room], value_range) for name in kinds if name != "pushes"]
    judged = {"real": stage.d_real, "fakes": stage.d_fake}
    verdicts = [judged[name][:room] for name in kinds if judged.get(name) is not None]
    labels = [] if stage.labels is None else stage.labels[:room].tolist() * len(images)
    blocks = [_stage_block(name, batch, room) for name, batch in batches.items()]
    return {
        "images": np.concatenate(images) if images else None,
        "blocks": blocks or [_block("", NO_IMAGE, 0)],
        "heads": [],
        "labels": labels,
        "verdicts": np.concatenate(verdicts) if verdicts else None,
        "pushes": None if stage.pushes is None else signed_bytes(stage.pushes[:room]),
        "step": step,
        "staged": True,
    } | ({"shape": _shape(images[0])} if images else {})


def signed_bytes(pushes):
    """Return pushes (n, height, width, channels) as int8 without channels, all on one scale.

    The strongest hundredth of them is ±127: a few that are far above the rest would leave it pale.
    """
    pushes = np.asarray(pushes, np.float32).mean(axis=-1)
    strengths = np.abs(pushes)
    most = float(np.quantile(strengths, 0.99) or strengths.max() or 1.0)
    return np.rint(127 * np.clip(pushes / most, -1, 1)).astype(np.int8)


def grid_html(scene):
    """Return a `GridScene` as HTML that needs no script, with its alternative text.

    Args:
        scene: The scene; what it shows at this moment is kept.

    Returns:
        A string.
    """
    height, width, channels = scene.shape
    size = (-1, height, width) if channels == 1 else (-1, height, width, channels)
    images = np.frombuffer(scene.images, np.uint8).reshape(size)
    pushes = np.frombuffer(scene.pushes, np.int8).reshape(-1, height, width)
    coloured = np.rint(255 * SIGNED(0.5 + pushes / 254)[..., :3]).astype(np.uint8)
    parts, first = [], 0
    for number, block in enumerate(scene.blocks):
        parts.append(f"<div>{html.escape(block['title'])}</div>" if block["title"] else "")
        shown = coloured if block["name"] == "pushes" else images[first : first + block["count"]]
        first += len(shown) if block["name"] != "pushes" else 0
        if block["count"]:
            text = scene.alt if number == 0 else block["title"]
            scale = 1.6 * 28 * min(1, 8 / scene.columns) / width  # as wide as digits
            parts.append(sheet_html(shown, scene.columns, (0, 1), text, scale))
    return _under_heads("".join(parts), scene.heads)


def _shape(images):
    """Return height, width and channels of uint8 images."""
    return [*images.shape[1:3], images.shape[3] if images.ndim == 4 else 1]


def _block(name, title, count, keys=()):
    return {"name": name, "title": title, "count": count, "keys": list(keys)}


def _stage_block(name, batch, room):
    count = min(room, len(batch))
    some = f"{count} of {len(batch)}"
    if name == "pushes":
        return _block(name, "−∂L/∂x pushes their pixels:", count, PUSH_KEYS)
    return _block(name, {"real": f"Real, {some}", "fakes": f"Fakes, {some}"}[name], count)


def _under_heads(sheet, heads):
    """Put the labels above the columns of a picture; its alternative text names them too."""
    if not heads:
        return sheet
    spans = "".join(f'<span style="flex: 1 1 0">{head}</span>' for head in heads)
    return (
        '<div style="display: inline-block; max-width: 100%">'
        '<div aria-hidden="true" style="display: flex; text-align: center; line-height: 1.4">'
        f"{spans}</div>{sheet}</div>"
    )
