"""A run of the laboratory kept in a file: which steps, and that it is the run it says it is."""

import logging
from itertools import pairwise

import numpy as np
import pytest

from gan_course.laboratory import play
from gan_course.laboratory.recordings import run
from gan_course.laboratory.recordings.run import SHIPPED, kept_steps, write_run
from gan_course.laboratory.settings import Settings
from gan_course.widgets.player import read_recording

SMALL = {"generator_units": (), "discriminator_units": (8,), "batch_size": 16, "seed": 3}


def test_the_gaps_between_the_moments_double_so_that_the_start_is_kept_closest():
    steps = kept_steps(1008)
    gaps = [after - before for before, after in pairwise(steps)]
    assert steps[0] == 0 and steps[-1] == 1008 and len(steps) == 97
    assert gaps == [2**block for block in range(6) for _ in range(16)]


@pytest.mark.parametrize("steps", [1, 5, 60, 6000, 100_000])
def test_every_length_has_its_first_and_last_step_and_no_step_twice(steps):
    kept = kept_steps(steps)
    assert (kept[0], kept[-1]) == (0, steps) and kept == sorted(set(kept)) and len(kept) <= 97


def test_a_recording_holds_what_the_same_training_gives(tmp_path, monkeypatch):
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    states = []
    monkeypatch.setattr(run, "write_recording", lambda *parts: states.extend(parts))
    settings = Settings(distribution="gaussian_1d", **SMALL)
    write_run(settings, 3, tmp_path / "a.gan")
    _, header, moments, values = states
    assert [moment["step"] for moment in moments] == [0, 1, 2, 3]
    trainer = settings.make_trainer(settings.make_distribution())
    trainer.advance(1)
    trainer.advance(2)
    np.testing.assert_allclose(moments[-1]["fakes"], trainer.generate(moments[0]["latent"]))
    assert moments[-1]["said"].startswith("Step 3: D(real)")
    assert header["title"] == "A recorded run: one Gaussian, 1-D, 3 steps, seed 3"
    lines = [line for panel in header["curves"]["panels"] for line in panel["lines"]]
    assert values.shape == (len(lines), 4) and header["still"].startswith("<img")


def test_what_ships_is_named_and_other_files_are_found_by_their_path(tmp_path):
    shown = play("lost_modes")
    path = SHIPPED / "lost_modes.gan"
    assert shown.children[0].recording == path.read_bytes()
    assert path.stat().st_size < 1_000_000
    page = shown._repr_mimebundle_()["text/html"]
    assert "The end of a recorded run" in page and page.count("<img") == 1
    (tmp_path / "mine.gan").write_bytes(path.read_bytes())
    assert play(tmp_path / "mine.gan").children[0].recording == shown.children[0].recording
    with pytest.raises(ValueError, match="lost_mods cannot be read"):
        play("lost_mods")


def test_lesson_05b_tells_what_the_recording_that_ships_holds():
    _, header = read_recording(SHIPPED / "lost_modes.gan")
    moving = header["moving"]
    covered = {
        step: int(said.split("modes covered ")[1][0])
        for step, said in zip(moving["step"], moving["said"], strict=True)
    }
    assert covered[1238] == 8
    assert {count for step, count in covered.items() if step >= 1619} == {5}
    assert covered[max(step for step in covered if step < 1619)] != 5
