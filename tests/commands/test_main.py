"""The command line trains, goes on, samples, and says in one line what is wrong."""

import csv
import errno
import io
import json
import os
import shutil
import signal
import sys
import time
from argparse import Namespace
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from gan_course import __version__, data, doctor
from gan_course.__main__ import main
from gan_course.commands import doctor as doctor_command, export, train
from gan_course.commands.run_folder import RunFolder
from gan_course.commands.terminal import a_path, command
from gan_course.errors import CourseError
from gan_course.plots.pictures import CAPTION
from gan_course.training import NonFiniteLoss, TrainingInterrupted


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
    """A run of 12 steps in two calls, and the history after the first.

    Another training was killed before its first checkpoint: its seed is remembered.
    """
    folder = tmp_path_factory.mktemp("my runs") / "first"
    folder.mkdir()
    killed = {"network": "dense", "data": "embedded", "size": None, "seed": 3}
    (folder / "run.json").write_text(json.dumps(killed))
    arguments = ["train", "dense", "--steps", "6", "--out", str(folder)]
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
        "transposed": False,
        "shape": {"image_shape": [28, 28, 1]},
        "class_names": [str(digit) for digit in range(10)],
    }
    grid = folder.read_grids([0])[0]
    assert grid.dtype == np.uint8 and grid.min() < 100
    grids = folder.read_grids(folder.grid_steps())
    with Image.open(folder.gif) as animation:
        assert animation.n_frames == len(grids) > 8 and animation.width == 2 * 242
    assert not folder.lock.exists() and not list(folder.path.rglob("*.part"))


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
    grids = folder.read_grids(folder.grid_steps())
    side = 4 * (8 * 18 + 2)
    assert {grid.shape for grid in grids} == {(side + CAPTION, side, 3)}
    assert any((grid[..., 0] != grid[..., 1]).any() for grid in grids)
    with Image.open(folder.gif) as animation:
        assert animation.n_frames == len(grids) and animation.size == (side, side + CAPTION)


def test_pictures_that_cannot_be_read_are_named_and_left_out_when_asked(tmp_path, capsys):
    save_pictures(tmp_path / "pictures", COLOURS["red"], count=4)
    (tmp_path / "pictures" / "broken.png").write_bytes(b"no picture")
    command = ["train", "dense", "--data", str(tmp_path / "pictures"), "--steps", "1"]
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
        assert picture.mode == "RGB" and picture.size == (13 * 38, 13 * 38)


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


def test_a_checkpoint_is_the_run_whatever_description_lies_beside_it(
    trained, own, tmp_path, capsys
):
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "run.json").write_bytes((own / "run.json").read_bytes())
    (folder / "checkpoint.npz").write_bytes((trained[0] / "checkpoint.npz").read_bytes())
    assert main(["train", "cgan", "--steps", "1", "--out", str(folder)]) == 2
    assert "a run with network dense, not cgan: name dense" in capsys.readouterr().err
    assert main(["sample", str(folder), "--n", "2", "--out", str(tmp_path / "s.npy")]) == 0
    assert np.load(tmp_path / "s.npy").shape == (2, 28, 28)


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
        (["train", "dense", "--steps", "1", "--transposed", "--out", "{}"], "are upright: leave"),
        (["train", "dense", "--steps", "1", "--data", "{}", "--out", "{}-r"], "no pictures"),
        (["train", "dense", "--steps", "1", "--data", "{}", "--out", "{}/r"], "in the folder of"),
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


def test_without_a_command_the_help_is_printed(capsys):
    assert main([]) == 0
    assert "export" in capsys.readouterr().out


def test_networks_are_known_and_refused_before_tensorflow_loads(monkeypatch, capsys):
    from gan_course.recipes import RECIPES

    assert {name: recipe.conditional for name, recipe in RECIPES.items()} == train.NETWORKS
    monkeypatch.setitem(sys.modules, "gan_course.recipes", None)  # importing it would fail
    assert main(["train", "dens"]) == 2
    assert "Did you mean 'dense'" in capsys.readouterr().err


def test_a_run_has_a_folder_of_its_name_unless_one_is_given(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(train, "train", lambda options, folder: folder.path)
    assert main(["train", "fast"]) == a_path("runs/fast")
    assert "goes into runs/fast" in capsys.readouterr().out
    assert not (tmp_path / "runs" / "fast").exists()  # nothing was written there


def test_a_tilde_is_your_home_and_a_suggested_command_can_be_typed(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert a_path("~/r") == tmp_path / "r" and str(a_path("~no-user/r")) == "~no-user/r"
    assert command("sample", a_path("my runs/x")) == "gan-course sample 'my runs/x'"
    assert command("sample", a_path("-x"), "--n") == "gan-course sample ./-x --n"


# --- stopping --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raised", "number", "code", "said"),
    [
        (TrainingInterrupted("saved to r", signal.SIGTERM), None, 143, "saved to r"),
        (None, signal.SIGINT, 130, "stopped"),
        (None, signal.SIGHUP, 129, "stopped"),
        (ImportError("half a module"), signal.SIGINT, 130, "stopped"),
    ],
)
def test_a_signal_is_told_and_gives_its_exit_code(raised, number, code, said, monkeypatch, capsys):
    def run(options):
        try:
            if number is not None:
                os.kill(os.getpid(), number)
                time.sleep(60)  # the signal ends it at once
        finally:
            if raised is not None:
                raise raised

    monkeypatch.setattr(doctor_command, "run", run)
    assert main(["doctor"]) == code
    assert capsys.readouterr().err == f"\ngan-course: {said}\n"


def test_an_error_of_ours_is_not_hidden(monkeypatch):
    monkeypatch.setattr(doctor_command, "run", lambda options: {}["key"])
    with pytest.raises(KeyError):
        main(["doctor"])


# --- the folder of a run ---------------------------------------------------------------------

FACTS = {"network": "dense", "data": "embedded", "size": None, "seed": 3}
FACTS |= {"shape": {}, "class_names": list("0123456789")}


def save_checkpoint(folder, notes):
    """A file with a checkpoint's notes, and no more."""
    folder.path.mkdir(parents=True, exist_ok=True)
    np.savez(folder.checkpoint, description=np.array(json.dumps({"notes": notes})))


@pytest.mark.parametrize("text", [None, "", "{", "[]", "{}", '{"network": 3}', '{"network": "x"}'])
def test_a_lost_or_damaged_description_costs_nothing(text, tmp_path):
    folder = RunFolder(tmp_path)
    if text is not None:
        folder.description.write_text(text)
    assert folder.facts() == {}
    save_checkpoint(folder, FACTS)
    assert folder.describe() == FACTS


@pytest.mark.parametrize("text", [None, "{"])
def test_a_checkpoint_that_nothing_describes_is_never_overwritten(text, tmp_path, capsys):
    folder = RunFolder(tmp_path)
    folder.checkpoint.write_bytes(b"work of hours")
    if text is not None:
        folder.description.write_text(text)
    assert main(["train", "dense", "--steps", "2", "--out", str(tmp_path)]) == 2
    assert "nothing says how its run was started" in capsys.readouterr().err
    assert folder.checkpoint.read_bytes() == b"work of hours"


def test_a_checkpoints_notes_are_believed_before_the_description_of_another_run(tmp_path):
    folder = RunFolder(tmp_path)
    save_checkpoint(folder, FACTS)
    folder.write_description(FACTS | {"network": "cgan"})
    assert folder.facts()["network"] == "dense"


def test_a_run_without_a_checkpoint_cannot_be_drawn_from_yet(tmp_path, capsys):
    RunFolder(tmp_path).write_description(FACTS)
    assert main(["sample", str(tmp_path), "--out", "page.png"]) == 2
    assert "has no checkpoint yet" in capsys.readouterr().err


def test_two_trainings_never_share_a_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(train, "train", lambda options, folder: 0)
    folder = RunFolder(tmp_path / "run")
    with folder.held():
        assert main(["train", "fast", "--out", str(folder.path)]) == 2
        said = capsys.readouterr().err
        assert f"Another training (process {os.getpid()}) writes into" in said
    assert not folder.path.exists()


def test_what_a_killed_training_left_is_no_obstacle_and_goes(tmp_path):
    folder = RunFolder(tmp_path)
    folder.lock.write_text("process 1")
    folder.grids.mkdir()
    parts = [tmp_path / ".checkpoint.npz.ab.part", folder.grids / ".step_1.png.cd.part"]
    for part in parts:
        part.touch()
    with folder.held():
        assert folder.lock.read_text() == f"process {os.getpid()}"
        assert not any(part.exists() for part in parts)
        shutil.rmtree(tmp_path)  # somebody tidies up
    assert not tmp_path.exists()


def test_a_new_run_puts_the_pictures_of_another_aside(tmp_path):
    folder = RunFolder(tmp_path)
    assert folder.set_aside() is None
    for _ in range(2):
        folder.grids.mkdir()
        folder.history.touch()
        aside = folder.set_aside()
        assert (aside / "grids").is_dir() and (aside / "history.csv").is_file()
        assert folder.grid_steps() == []
    assert aside.name == "earlier-2"


def test_pictures_of_another_size_and_broken_ones_are_left_out(tmp_path):
    folder = RunFolder(tmp_path)
    folder.grids.mkdir()
    for step, side in ((0, 3), (5, 4), (10, 4)):
        Image.new("L", (side, side)).save(folder.grid_file(step))
    folder.grid_file(7).write_bytes(b"no picture")
    assert folder.grid_steps() == [0, 5, 7, 10]
    assert [grid.shape for grid in folder.read_grids(folder.grid_steps())] == [(4, 4)] * 2


# --- options and the run that is there -------------------------------------------------------


def typed(**options):
    names = ("seed", "data", "size", "corrupt", "transposed")
    return Namespace(**(dict.fromkeys(names) | options))


def test_the_same_data_may_be_named_in_another_way(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "train.csv").touch()
    for first in ("train.csv", str(tmp_path / "train.csv")):  # older runs kept what was typed
        known = FACTS | {"data": first}
        for again in ("train.csv", "./x/../train.csv", str(tmp_path / "train.csv"), "~/train.csv"):
            assert train.settle(typed(data=again), known)["data"] == str(tmp_path / "train.csv")
        with pytest.raises(CourseError, match="with --data .*train.csv, not .*other"):
            train.settle(typed(data="other"), known)
    assert train.settle(typed(), FACTS)["data"] == "embedded"


def test_data_that_have_moved_may_be_given_by_their_new_place(tmp_path):
    known = FACTS | {"data": str(tmp_path / "gone")}
    assert train.settle(typed(data=str(tmp_path)), known)["data"] == str(tmp_path)
    assert train.settle(typed(), known)["data"] == str(tmp_path / "gone")


def test_emnist_is_asked_about_and_what_was_said_holds_for_the_run(tmp_path, monkeypatch, capsys):
    file = tmp_path / "emnist-digits-train-images-idx3-ubyte"
    file.write_bytes(bytes([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28]) + bytes(784))
    labels = file.with_name("emnist-digits-train-labels-idx1-ubyte")
    labels.write_bytes(bytes([0, 0, 8, 1, 0, 0, 0, 1, 7]))
    arguments = ["train", "dense", "--data", str(file), "--out", str(tmp_path / "run")]
    assert main(arguments) == 2
    assert "--transposed or --no-transposed" in capsys.readouterr().err
    asked = []

    def load(source, transposed, **settings):
        asked.append(transposed)
        raise CourseError("that is enough")

    monkeypatch.setattr(data, "load", load)
    for words in ([], ["--transposed"], ["--no-transposed"]):
        assert main([*arguments, *words]) == 2
    assert asked == [None, True, False]
    with pytest.raises(CourseError, match="holds a run with --transposed False, not True"):
        train.settle(typed(transposed=True), FACTS | {"transposed": False})


def test_a_run_of_another_network_says_which_to_name(tmp_path, capsys):
    save_checkpoint(RunFolder(tmp_path), FACTS)
    assert main(["train", "fast", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "with network dense, not fast: name dense to go on" in said


@pytest.mark.parametrize(("count", "replicas", "batch"), [(40, 1, 40), (41, 2, 40), (500, 2, None)])
def test_a_batch_fits_the_pictures_and_the_devices(count, replicas, batch):
    recipe = SimpleNamespace(settings={"batch_size": 128})
    setting = train.fitting_batch(count, recipe, replicas)
    assert setting == ({} if batch is None else {"batch_size": batch})


def test_fewer_pictures_than_devices_are_refused():
    with pytest.raises(CourseError, match="2 images cannot be shared among 4 devices"):
        train.fitting_batch(2, SimpleNamespace(settings={"batch_size": 128}), 4)


def test_learning_rates_that_have_fallen_to_their_end_are_told_and_stay():
    from gan_course.recipes import get_recipe

    fast = get_recipe("fast")
    assert "fall until step 2,500, and then stay" in train.about_rates(fast, 2501)
    assert train.about_rates(fast, 2500) == train.about_rates(get_recipe("dense"), 10**6) == ""
    schedule = fast.generator_optimizer(2500)._learning_rate
    assert float(schedule(2500)) == float(schedule(9000)) < float(schedule(2400))


# --- what is to be looked at -----------------------------------------------------------------


def keeper(folder):
    """A keeper of a trainer that draws noise and stands at step 0."""

    def sample(count, seed, **labels):
        return np.random.default_rng(trainer.step).uniform(size=(count, 4, 4, 1))

    history = {"step": [], "d_loss": []}
    trainer = SimpleNamespace(step=0, num_classes=None, sample=sample, history=history)
    recipe = SimpleNamespace(conditional=False, value_range=(0, 1))
    return train.Keeper(folder, trainer, recipe, FACTS), trainer


def walk(kept, trainer, steps):
    """Take some steps, and look after each."""
    for trainer.step in steps:
        kept.look(trainer)
    trainer.history.update(step=[trainer.step], d_loss=[1.0])


def test_pictures_are_dense_at_the_start_and_few_in_all(tmp_path):
    folder = RunFolder(tmp_path)
    kept, trainer = keeper(folder)
    kept._draw = lambda: (drawn.append(trainer.step), setattr(kept, "_last", trainer.step))
    drawn = []
    walk(kept, trainer, range(0, 1_000_001, 25))
    assert drawn[:9] == [0, 25, 50, 75, 100, 125, 150, 175, 200] and len(drawn) < 110


def test_an_animation_of_many_pictures_keeps_the_first_the_last_and_the_early_ones():
    steps = list(range(0, 1_000_001, 500))
    kept = train.spread(steps, 100)
    assert len(kept) <= 100 and kept[0] == 0 and kept[-1] == 1_000_000
    assert kept[1:4] == [500, 1000, 1500] and train.spread(steps[:100], 100) == steps[:100]


def test_pictures_after_the_step_that_was_saved_are_not_in_the_animation(tmp_path):
    folder = RunFolder(tmp_path)
    walk(*keeper(folder), [0, 5, 60])  # and killed here
    kept, trainer = keeper(folder)
    walk(kept, trainer, [5, 10])
    kept.finish()
    assert folder.grid_steps() == [0, 5, 10, 60]
    with Image.open(folder.gif) as animation:
        assert animation.n_frames == 3
    assert json.loads(folder.description.read_text()) == FACTS  # somebody had removed it


def test_what_cannot_be_written_is_told_and_costs_nothing_else(tmp_path, monkeypatch, capsys):
    folder = RunFolder(tmp_path)
    kept, trainer = keeper(folder)

    def full(path):
        raise OSError(errno.ENOSPC, f"Could not write {path.name}: No space left on device")

    monkeypatch.setattr(train, "replacing", full)
    folder.gif.mkdir()  # an animation cannot be written here
    walk(kept, trainer, [0, 100])
    assert capsys.readouterr().err.count("Training goes on") == 1
    kept.finish()
    said = capsys.readouterr().err
    assert "Not written: step_0000000.png, step_0000100.png, training.gif. The training" in said
    assert folder.history.is_file() and kept.to_look_at() == []


def test_a_loss_that_is_no_number_leaves_history_and_animation_and_true_advice(
    tmp_path, monkeypatch, capsys
):
    from gan_course.training import Trainer

    def diverge(trainer, steps, *, callbacks, **settings):
        callbacks[0](trainer)
        trainer.history = {"step": [1], "d_loss": [9.0]}
        trainer.engine.step.assign(2)
        raise NonFiniteLoss("d_loss became nan at step 2")

    monkeypatch.setattr(Trainer, "run", diverge)
    folder = RunFolder(tmp_path / "r")
    assert main(["train", "dense", "--steps", "5", "--out", str(folder.path)]) == 2
    said = capsys.readouterr().err
    assert "d_loss became nan at step 2. It came before the first checkpoint" in said
    assert folder.history.read_text().split() == ["step,d_loss", "1,9.0"]
    assert folder.gif.is_file()
    folder.checkpoint.touch()
    advice = train.after_nan(folder, FACTS)
    assert "still good: `gan-course sample" in advice and "--seed 4" in advice


# --- export ----------------------------------------------------------------------------------


def test_a_generator_of_plain_layers_loads_without_this_course(trained, tmp_path, capsys):
    import keras

    out = tmp_path / "g.keras"
    assert main(["export", str(trained[0]), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert f'load_model("{out}")\nThat needs nothing of this course' in said
    assert "z of shape (n, 100), drawn from N(0, 1)" in said and "(28, 28, 1) in [0, 1]" in said
    ours = {name: keras.saving.get_custom_objects().pop(name) for name in our_layers(keras)}
    try:
        generator = keras.models.load_model(out)
    finally:
        keras.saving.get_custom_objects().update(ours)
    main(["sample", str(trained[0]), "--n", "3", "--out", str(tmp_path / "s.npy")])
    z = np.random.default_rng(0).standard_normal((3, 100)).astype(np.float32)
    drawn = np.rint(255 * np.asarray(generator(z))[..., 0])
    assert np.array_equal(drawn, np.load(tmp_path / "s.npy"))
    assert sorted(os.listdir(tmp_path)) == ["g.keras", "s.npy"]


def our_layers(keras):
    """The names under which Keras knows layers of the course."""
    return [name for name in keras.saving.get_custom_objects() if name.startswith("gan_course>")]


def test_a_generator_with_layers_of_ours_says_what_to_import(own, tmp_path, capsys):
    import keras

    out = tmp_path / "g.keras"
    assert main(["export", str(own), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "`import gan_course.layers` comes first: it has the layers OneHotLabels" in said
    assert "labels of shape (n,), whole numbers below 3" in said
    assert keras.models.load_model(out).output_shape == (None, 16, 16, 3)


def test_a_saved_model_draws_without_keras(tmp_path):
    import keras
    import tensorflow as tf

    z = keras.Input((2,), name="z")
    generator = keras.Model(z, keras.layers.Dense(3)(z))
    tf.config.run_functions_eagerly(False)  # the file holds what was compiled
    try:
        export.write(generator, tmp_path / "new" / "saved", as_keras=False)
    finally:
        tf.config.run_functions_eagerly(True)
    model = tf.saved_model.load(str(tmp_path / "new" / "saved"))
    points = np.ones((4, 2), np.float32)
    assert np.allclose(model.serve(points), generator(points))
    assert os.listdir(tmp_path / "new") == ["saved"]


@pytest.mark.parametrize(
    ("out", "message"),
    [("g.h5", "must end in .keras, or have no ending"), ("", "is there already: choose another")],
)
def test_an_export_that_cannot_be_written_is_refused(out, message, tmp_path, capsys):
    assert main(["export", "runs/none", "--out", str(tmp_path / out)]) == 2
    assert message in capsys.readouterr().err
