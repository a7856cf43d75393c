"""The command line trains, goes on, samples, and says in one line what is wrong."""

import csv
import io
import json

import numpy as np
import pytest
from PIL import Image

from gan_course import __version__, doctor
from gan_course.__main__ import main
from gan_course.commands.run_folder import RunFolder


@pytest.fixture(autouse=True, scope="module")
def without_compiling():
    """A few steps are taken sooner than they are compiled; test_training compiles them."""
    import gan_course.backend

    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run of 12 steps in two calls, and what the calls printed."""
    folder = tmp_path_factory.mktemp("runs") / "first"
    arguments = ["train", "dense", "--steps", "6", "--out", str(folder), "--seed", "3"]
    assert main(arguments) == 0
    first = (folder / "history.csv").read_text()
    assert main(arguments) == 0
    return folder, first


def test_training_leaves_a_checkpoint_a_history_pictures_and_an_animation(trained):
    folder = RunFolder(trained[0])
    assert folder.checkpoint.is_file()
    assert json.loads(folder.description.read_text()) == {
        "network": "dense",
        "data": "embedded",
        "size": None,
        "corrupt": "refuse",
        "seed": 3,
        "shape": {"image_shape": [28, 28, 1]},
        "class_names": [str(digit) for digit in range(10)],
    }
    grid = folder.read_grids()[0]
    assert grid.dtype == np.uint8 and grid.min() < 100
    with Image.open(folder.gif) as animation:
        assert animation.n_frames == len(folder.read_grids()) > 10


def test_the_same_command_again_trains_as_long_again_from_there(trained):
    folder, first = trained
    rows = list(csv.DictReader(io.StringIO((folder / "history.csv").read_text())))
    assert [int(row["step"]) for row in rows] == list(range(1, 13))
    assert (folder / "history.csv").read_text().startswith(first.rstrip())


def test_a_run_in_two_halves_is_bit_for_bit_the_run_in_one(trained, tmp_path):
    whole = tmp_path / "whole"
    main(["train", "dense", "--steps", "12", "--out", str(whole), "--seed", "3"])
    for folder in (trained[0], whole):
        main(["sample", str(folder), "--n", "5", "--out", str(folder / "samples.npy")])
    assert np.array_equal(np.load(trained[0] / "samples.npy"), np.load(whole / "samples.npy"))


def test_samples_come_as_an_array_that_other_programs_can_judge(trained, tmp_path, capsys):
    out = tmp_path / "samples.npy"
    assert main(["sample", str(trained[0]), "--n", "7", "--out", str(out)]) == 0
    samples = np.load(out)
    assert samples.shape == (7, 28, 28) and samples.dtype == np.uint8
    assert "7 images" in capsys.readouterr().out


def test_a_run_described_before_own_pictures_existed_still_draws(trained, tmp_path):
    for name in ("checkpoint.npz", "run.json"):
        (tmp_path / name).write_bytes((trained[0] / name).read_bytes())
    facts = json.loads((tmp_path / "run.json").read_text())
    (tmp_path / "run.json").write_text(
        json.dumps({name: facts[name] for name in ("network", "data", "seed")})
    )
    out = tmp_path / "samples.npy"
    assert main(["sample", str(tmp_path), "--n", "2", "--out", str(out)]) == 0
    assert np.load(out).shape == (2, 28, 28)


def test_samples_come_as_a_page(trained, tmp_path):
    out = tmp_path / "page.png"
    assert main(["sample", str(trained[0]), "--n", "9", "--out", str(out)]) == 0
    with Image.open(out) as page:
        assert page.width == page.height > 3 * 28


def test_doctor_says_ready_and_exits_with_0(capsys):
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines[-1] == "This machine is ready for the course."
    assert any("TensorFlow 2." in line for line in lines)


def test_doctor_names_what_is_missing_and_what_to_do(monkeypatch, capsys):
    broken = doctor.Finding("Digits", False, "no copy", "Run `make lab` again.")
    monkeypatch.setattr(doctor, "examine_data", lambda: broken)
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "MISSING  Digits" in out and "→ Run `make lab` again." in out
    assert "Not ready yet: Digits." in out


def test_doctor_reports_another_backend_instead_of_failing(monkeypatch):
    from gan_course.backend import BackendError

    from gan_course import devices

    def fail():
        raise BackendError("Keras is set to the 'jax' backend.")

    monkeypatch.setattr(devices, "describe", fail)
    finding = doctor.examine_tensorflow()
    assert not finding.ready and "'jax' backend" in finding.detail


COLOURS = {"blue": (0, 0, 255), "green": (0, 255, 0), "red": (255, 0, 0)}


def save_pictures(folder, colours, count=10):
    """Save plain pictures of 20×20 pixels, each a little darker than the last."""
    folder.mkdir(parents=True)
    for number in range(count):
        shade = tuple(value - 5 * number if value else 0 for value in colours)
        Image.new("RGB", (20, 20), shade).save(folder / f"{number}.png")


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A run on three classes of colour pictures: two steps, and two more by the same command."""
    folder = tmp_path_factory.mktemp("own")
    for name, colour in COLOURS.items():
        save_pictures(folder / "pictures" / name, colour)
    arguments = ["train", "cgan", "--data", str(folder / "pictures"), "--size", "16"]
    for _ in range(2):
        assert main([*arguments, "--steps", "2", "--out", str(folder / "run")]) == 0
    return folder / "run"


def test_a_run_on_own_pictures_goes_on_and_has_grids_and_an_animation_in_colour(own):
    folder = RunFolder(own)
    facts = folder.describe()
    assert facts["shape"] == {"image_shape": [16, 16, 3], "num_classes": 3}
    assert facts["class_names"] == list(COLOURS) and facts["size"] == 16
    assert len((own / "history.csv").read_text().split()) == 1 + 4
    grids = folder.read_grids()
    assert {grid.shape for grid in grids} == {(8 * 18 + 2, 8 * 18 + 2, 3)}
    assert any((grid[..., 0] != grid[..., 1]).any() for grid in grids)
    with Image.open(folder.gif) as animation:
        assert animation.n_frames == len(grids) and animation.size == (146, 146)


def test_pictures_that_cannot_be_read_are_named_and_left_out_when_asked(tmp_path, capsys):
    save_pictures(tmp_path / "pictures", COLOURS["red"], count=4)
    (tmp_path / "pictures" / "broken.png").write_bytes(b"no picture")
    command = ["train", "fast", "--data", str(tmp_path / "pictures"), "--steps", "1"]
    command += ["--out", str(tmp_path / "run")]
    assert main(command) == 2
    said = capsys.readouterr().err
    assert "broken.png" in said and "--corrupt skip" in said
    assert main([*command, "--corrupt", "skip"]) == 0
    assert "without 1 that could not be read" in capsys.readouterr().out
    assert main(command) == 0  # the run remembers
    assert main([*command, "--corrupt", "refuse"]) == 2


def test_own_classes_are_drawn_by_their_names(own, tmp_path):
    files = {}
    for name, asked in (("all", []), ("green", ["--label", "green"])):
        files[name] = tmp_path / f"{name}.npy"
        assert main(["sample", str(own), "--n", "6", *asked, "--out", str(files[name])]) == 0
    everything, green = (np.load(file) for file in files.values())
    assert everything.shape == (6, 16, 16, 3) and everything.dtype == np.uint8
    assert np.array_equal(everything[1::3], green[1::3])  # the labels go round: blue, green, red
    page = tmp_path / "page.png"
    assert main(["sample", str(own), "--n", "4", "--out", str(page)]) == 0
    with Image.open(page) as picture:
        assert picture.mode == "RGB" and picture.size == (2 * 18 + 2, 2 * 18 + 2)


def test_a_conditional_network_asks_for_classes_of_own_pictures(own, capsys):
    pictures, out = own.parent / "pictures" / "red", own.parent / "none"
    assert main(["train", "cgan", "--data", str(pictures), "--steps", "1", "--out", str(out)]) == 2
    assert "put those of each class into a subfolder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("network", "digit", "message"),
    [
        ("cgan", "gren", "Did you mean 'green'? The choices are: blue, green, red"),
        ("cgan", "-1", "Unknown class '-1'."),
        ("dense", "9", "'dense', which cannot be asked for a class"),
    ],
)
def test_a_digit_that_cannot_be_drawn_is_refused(
    network, digit, message, trained, own, tmp_path, capsys
):
    folder = own if network == "cgan" else trained[0]
    out = tmp_path / "page.png"
    assert main(["sample", str(folder), "--digit", digit, "--out", str(out)]) == 2
    assert message in capsys.readouterr().err and not out.exists()


def test_a_checkpoint_of_an_unconditional_network_is_refused(trained, own, tmp_path, capsys):
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "run.json").write_bytes((own / "run.json").read_bytes())
    (folder / "checkpoint.npz").write_bytes((trained[0] / "checkpoint.npz").read_bytes())
    for arguments in (["train", "cgan", "--steps", "1", "--out"], ["sample", "--out", "p.png"]):
        assert main([*arguments, str(folder)]) == 2
        assert "belongs to another network" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["train", "dens", "--out", "{}"], "Unknown network 'dens'. Did you mean 'dense'"),
        (["train", "dense", "--steps", "0", "--out", "{}"], "--steps is 0; it must be more than 0"),
        (["train", "dense", "--minutes", "-1", "--out", "{}"], "--minutes is -1"),
        (["train", "dense", "--steps", "1", "--device", "gpu:9", "--out", "{}"], "'GPU:9'"),
        (["train", "dense", "--steps", "1", "--data", "{}/none", "--out", "{}"], "none"),
        (["train", "dense", "--steps", "1", "--seed", "-1", "--out", "{}"], "seed is -1"),
        (["train", "dense", "--steps", "1", "--size", "32", "--out", "{}"], "size is 32, but"),
        (["train", "dense", "--steps", "1", "--data", "{}", "--out", "{}/run"], "no pictures"),
        (["sample", "{}", "--out", "page.png"], "There is no run in"),
        (["sample", "{}", "--out", "page.jpg"], "must end in .png or .npy"),
        (["sample", "{}", "--n", "0", "--out", "page.png"], "--n is 0"),
    ],
)
def test_bad_input_gives_one_line_and_exit_code_2(arguments, message, tmp_path, capsys):
    filled = [argument.format(tmp_path) for argument in arguments]
    assert main(filled) == 2
    error = capsys.readouterr().err.strip()
    assert message in error and "\n" not in error and error.startswith("gan-course: ")


def test_an_option_that_contradicts_the_run_is_refused(trained, capsys):
    folder = str(trained[0])
    assert main(["train", "dense", "--steps", "1", "--seed", "4", "--out", folder]) == 2
    assert "holds a run with --seed 3, not 4" in capsys.readouterr().err


def test_an_unwritable_folder_is_named(tmp_path, capsys):
    (tmp_path / "file").write_text("not a folder")
    assert main(["train", "dense", "--steps", "1", "--out", str(tmp_path / "file" / "run")]) == 2
    assert "Could not write" in capsys.readouterr().err


def test_a_damaged_checkpoint_is_named_and_kept(trained, tmp_path, capsys):
    folder = tmp_path / "damaged"
    folder.mkdir()
    (folder / "run.json").write_bytes((trained[0] / "run.json").read_bytes())
    (folder / "checkpoint.npz").write_bytes((trained[0] / "checkpoint.npz").read_bytes()[:1000])
    assert main(["train", "dense", "--steps", "1", "--out", str(folder)]) == 2
    assert "damaged or cut short" in capsys.readouterr().err
    assert (folder / "checkpoint.npz").stat().st_size == 1000


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out.strip() == f"gan-course {__version__}"
