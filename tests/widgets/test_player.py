"""A recorded run: what the file holds, and what is said of files that hold none."""

import gzip
import json

import numpy as np
import pytest

from gan_course.widgets.player import Player, read_recording, write_recording

HEADER = {"title": "a run", "settings": {}, "still": "<img alt='the end'>", "curves": {}}


def moments():
    """Return three moments of two fakes each; the last fakes are no numbers."""
    fakes = [np.array([[0.0, 1.0], [2.0, -3.0]]) + step for step in (0, 1)]
    return [
        {"step": step, "limits": [-3, 3], "real": np.ones((2, 2)), "fakes": each, "density": None}
        for step, each in zip((0, 2, 6), (*fakes, None), strict=True)
    ]


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "runs" / "one.gan"
    write_recording(path, HEADER, moments(), np.array([[1.0, np.nan, 3.0]]))
    return path


def array_of(path, name):
    """Return an array of a recording as it is kept: whole numbers, and how to read them."""
    body = gzip.decompress(path.read_bytes())
    start = 4 + int.from_bytes(body[:4], "little")
    found = next(each for each in json.loads(body[4:start])["arrays"] if each["name"] == name)
    kind = {8: "<u1", 16: "<u2", 32: "<f4"}[found["bits"]]
    count, offset = found["length"] * found["frames"], start + found["offset"]
    return np.frombuffer(body, kind, count, offset).reshape(found["frames"], -1), found


def test_what_stays_is_kept_once_and_what_moves_for_each_moment(written):
    _, header = read_recording(written)
    assert header["points"] == {"limits": [-3, 3], "density": None}
    assert header["moving"] == {"step": [0, 2, 6]}
    real, _ = array_of(written, "real")
    values, _ = array_of(written, "values")
    np.testing.assert_array_equal(real, [[1, 1, 1, 1]])
    np.testing.assert_array_equal(values, [[1, np.nan, 3]])
    fakes, how = array_of(written, "fakes")
    numbers = how["low"] + (fakes - 1.0) * (how["high"] - how["low"]) / (2**16 - 2)
    shown = [moment["fakes"].ravel() for moment in moments()[:2]]
    np.testing.assert_allclose(numbers[:2], shown, atol=1e-4)
    assert (fakes[2] == 0).all(), "fakes that are no numbers are kept as 0"


def test_small_densities_keep_their_root_in_a_byte(tmp_path):
    grids = [np.array([0.0, 1e-3, 1.0]), np.array([0.5, 1e-3, 0.0])]
    states = [{"step": step, "p_g": grid} for step, grid in enumerate(grids)]
    write_recording(tmp_path / "a.gan", HEADER, states, np.zeros((1, 2)))
    kept, how = array_of(tmp_path / "a.gan", "p_g")
    numbers = (how["low"] + (kept - 1.0) * (how["high"] - how["low"]) / 254) ** how["power"]
    assert kept.dtype == np.uint8 and how["power"] == 2
    np.testing.assert_allclose(numbers, grids, atol=4e-3)
    assert numbers[0, 1] == pytest.approx(1e-3, rel=0.15)


def test_a_grid_of_another_size_is_brought_to_the_first_ones(tmp_path):
    states = [{"step": 0, "p_g": np.arange(3.0)}, {"step": 1, "p_g": np.arange(5.0)}]
    write_recording(tmp_path / "a.gan", HEADER, states, np.zeros((1, 2)))
    kept, how = array_of(tmp_path / "a.gan", "p_g")
    assert how["length"] == 3 and kept[1, 1] > kept[1, 0]


def test_the_same_run_makes_the_same_file(written, tmp_path):
    write_recording(tmp_path / "two.gan", HEADER, moments(), np.array([[1.0, np.nan, 3.0]]))
    assert (tmp_path / "two.gan").read_bytes() == written.read_bytes()


def test_all_of_a_recording_is_in_the_state_of_the_widget(written):
    recording, header = read_recording(written)
    player = Player(recording, header["still"])
    assert player.get_state()["recording"] == written.read_bytes()
    assert "The end of a recorded run" in player.kept_html() and "the end" in player.kept_html()


def spoiled(header, body=b""):
    text = json.dumps(header).encode()
    return gzip.compress(len(text).to_bytes(4, "little") + text + body)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, r"run\.gan cannot be read: No such file.*record\(path"),
        (b"", "holds no recorded run"),
        (b"%PDF-1.4", "holds no recorded run"),
        (gzip.compress(b"12"), "holds no recorded run"),
        (spoiled([1]), "holds no recorded run"),
        (spoiled({"format": "gan-course recording", "version": 1, "bytes": 8}), "or not all of it"),
        (spoiled({"format": "gan-course recording", "version": 2, "bytes": 0}), "in form 2; .* 1"),
    ],
    ids=["missing", "empty", "pdf", "short", "no head", "cut off", "newer"],  # gzip holds the time
)
def test_a_file_that_holds_no_recording_is_named_with_the_remedy(tmp_path, content, words):
    path = tmp_path / "run.gan"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=words):
        read_recording(path)


def test_half_a_file_is_no_recording(written):
    written.write_bytes(written.read_bytes()[:-20])
    with pytest.raises(ValueError, match="or not all of it"):
        read_recording(written)
