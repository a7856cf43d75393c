"""A recorded run: the file that holds it, and the widget that plays it without a kernel.

The file is compressed by gzip. Inside stand four bytes with the length of a header, the header as
JSON, and the arrays one after the other. The header holds

- `format` and `version`; `bytes`, how long the arrays are together; `title` and `settings`, in
  words; `still`, the end of the run as HTML that needs no script;
- `points` and `curves`: values of a `PointsScene` and a `CurvesScene` that stay;
- `moving`: a dict from names to lists, one value of a `PointsScene` for each moment;
- `arrays`: for each array its `name`, its `length`, the number of `frames` (1 where it stays), its
  `offset`, and how a number was kept: in 32 `bits` as it is, else as a whole number. 0 is no
  number; others go from 1 for `low` to the largest for `high`, and are then raised to `power`.
"""

import gzip
import json
import zlib
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from gan_course.files import replacing
from gan_course.widgets.scene import POINTS, STATIC, one_module

FORMAT, VERSION = "gan-course recording", 1
COARSE = ("heat", "p_g", "warp_fill")  # arrays of which a byte a number is enough
ROOTED = ("p_g",)  # what is small counts too: its root is kept
RECORD_ONE = "Make one with record(path, …) or lab.record(path)."


class Player(anywidget.AnyWidget):
    """Plays a recorded run in the browser. All of it is in the widget's state: it needs no kernel.

    Args:
        recording: The bytes of a file that `write_recording` wrote.
        still: What is shown where there are no scripts, HTML.
    """

    recording = traitlets.Bytes().tag(sync=True)
    _esm = one_module(*POINTS, "curves.js", "recording.js", "player.js")
    _css = "\n".join((STATIC / name).read_text("utf-8") for name in ("scene.css", "player.css"))

    def __init__(self, recording, still):
        self._still = still
        super().__init__(recording=recording)

    def kept_html(self):
        """Return the end of the run as HTML that needs no script."""
        return f"<p>The end of a recorded run. It plays where scripts run.</p>{self._still}"


def write_recording(path, header, points, values):
    """Write a recording to a file.

    Args:
        path: The file. Its folder is made if need be.
        header: A dict of title, settings, still and curves, as above.
        points: For each moment a dict of values of a `PointsScene` by name, arrays or not.
        values: Values of a `CurvesScene` (lines, moments).
    """
    moving, constant, arrays = {}, {}, {"values": np.asarray(values, np.float32)[None]}
    for name, first in points[0].items():
        each = [state[name] for state in points]
        shape = next((value.shape for value in each if isinstance(value, np.ndarray)), None)
        if shape is not None:
            stacked = np.stack([_fitted(value, shape) for value in each]).astype(np.float32)
            stays = (stacked == stacked[:1]).all()
            arrays[name] = stacked[:1] if stays else stacked
        elif name == "step" or any(value != first for value in each):
            moving[name] = each
        else:
            constant[name] = first
    blocks, described, offset = [], [], 0
    for name, array in arrays.items():
        how, block = _packed(name, array)
        size = {"name": name, "length": array[0].size, "frames": len(array), "offset": offset}
        described.append(size | how)
        blocks.append(block)
        offset += len(block)
    header = {"format": FORMAT, "version": VERSION, "bytes": offset} | header
    header |= {"points": constant, "moving": moving, "arrays": described}
    text = json.dumps(header, ensure_ascii=False, allow_nan=False).encode()
    body = b"".join([len(text).to_bytes(4, "little"), text, *blocks])
    with replacing(path) as file:
        file.write(gzip.compress(body, 9, mtime=0))


def read_recording(path):
    """Return the bytes of a recording's file, and its header.

    Args:
        path: A file.

    Raises:
        ValueError: If it is missing or holds something else; the message names it.
    """
    try:
        packed = Path(path).read_bytes()
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}. {RECORD_ONE}") from None
    try:
        body = gzip.decompress(packed)
        long = int.from_bytes(body[:4], "little")
        header = json.loads(body[4 : 4 + long])
        whole = header["format"] == FORMAT and len(body) == 4 + long + header["bytes"]
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError):
        whole = False
    if not whole:
        raise ValueError(f"{path} holds no recorded run, or not all of it. {RECORD_ONE}")
    if header["version"] != VERSION:
        raise ValueError(
            f"{path} was recorded in form {header['version']}; this course plays form {VERSION}. "
            f"{RECORD_ONE}"
        )
    return packed, header


def _fitted(array, shape):
    """Return an array of this shape: the nearest values of one on another grid; None as NaN."""
    if array is None:
        return np.full(shape, np.nan)
    chosen = (
        np.linspace(0, have - 1, want).round().astype(int)
        for have, want in zip(array.shape, shape, strict=True)
    )
    return array[np.ix_(*chosen)]


def _packed(name, array):
    """Return how the numbers of an array (frames, …) are kept, and the bytes."""
    if len(array) == 1:
        return {"bits": 32}, array.astype("<f4").tobytes()
    bits, power = (8 if name in COARSE else 16), (2 if name in ROOTED else 1)
    finite = np.isfinite(array)
    rooted = np.where(finite, array, 0).astype(np.float64) ** (1 / power)
    low, high = (float(end(rooted[finite])) if finite.any() else 0.0 for end in (np.min, np.max))
    step = (high - low) / (2**bits - 2) or 1.0
    whole = np.where(finite, 1 + np.rint((rooted - low) / step), 0)
    kept = whole.astype("<u1" if bits == 8 else "<u2").tobytes()
    return {"bits": bits, "low": low, "high": high, "power": power}, kept
