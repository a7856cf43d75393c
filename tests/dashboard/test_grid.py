"""What the grid of the dashboard shows: frames with their labels, and the stages of slow motion."""

import html
import re

import numpy as np
import pytest
from fake_live import FakeRun, FakeTrainer

from gan_course import metrics
from gan_course.dashboard import app as dash_app, training_dashboard
from gan_course.dashboard.grid import frame_parts, grid_size, signed_bytes, stage_parts
from gan_course.live import Stage
from gan_course.plots.style import SIGNED

ONES = np.ones((40, 28, 28, 1), np.float32)


@pytest.fixture(autouse=True)
def classifier(monkeypatch):
    read = lambda images, value_range: np.eye(10)[np.ones(len(images), int)]  # noqa: E731
    monkeypatch.setattr(metrics, "predict_digits", read)


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr(dash_app, "BYTES_A_SECOND", float("inf"))  # here time hardly passes
    return FakeRun()


@pytest.fixture
def dashboard(run):
    return training_dashboard(run)


def show(run, stage):
    run.state, run.stage = "running", stage
    run.redraw()


def titles(scene):
    return [block["title"] for block in scene.blocks]


@pytest.mark.parametrize(
    ("num_classes", "size"), [(None, (8, 8)), (10, (10, 6)), (3, (3, 8)), (100, (100, 1))]
)
def test_there_is_a_column_for_each_label_and_room_for_64_images_or_less(num_classes, size):
    assert grid_size(num_classes) == size


def test_a_frame_brings_its_labels_and_a_colour_image_its_channels():
    parts = frame_parts(np.zeros((6, 16, 12, 3), np.uint8), 5, 3)
    assert parts["shape"] == [16, 12, 3] and parts["labels"] == [0, 1, 2, 0, 1, 2]
    assert parts["heads"] == ["0", "1", "2"] and parts["blocks"][0]["count"] == 6


def test_d_of_each_image_is_told_while_the_run_rests_alone(dashboard, run):
    assert np.frombuffer(dashboard.grid.verdicts, "<f4").tolist() == 64 * [0.5]
    run.state = "running"
    run.train(100)
    assert dashboard.grid.verdicts == b""
    run.state = "paused"
    run.redraw()
    expected = np.full(64, 0.6, np.float32)
    np.testing.assert_array_equal(np.frombuffer(dashboard.grid.verdicts, "<f4"), expected)
    dashboard.frames.slider.value = 0
    assert dashboard.grid.verdicts == b"", "D of today is not asked about an old frame"


# Slow motion ------------------------------------------------------------------------------------


def test_a_stage_shows_its_real_examples_above_its_fakes(dashboard, run):
    show(run, Stage("discriminator", 1, "", real=0.2 * ONES))
    assert titles(dashboard.grid) == ["Real, 40 of 40"] and len(dashboard.grid.images) == 40 * 784
    d_real, d_fake = np.linspace(0, 1, 40), np.linspace(1, 0, 40)
    both = {"real": 0.2 * ONES, "fakes": 0.4 * ONES, "d_real": d_real, "d_fake": d_fake}
    show(run, Stage("discriminator", 3, "", **both))
    assert titles(dashboard.grid) == ["Real, 32 of 40", "Fakes, 32 of 40"]
    images = np.frombuffer(dashboard.grid.images, np.uint8).reshape(64, 784)
    assert (images[:32] == 51).all() and (images[32:] == 102).all()
    verdicts = np.frombuffer(dashboard.grid.verdicts, "<f4")
    np.testing.assert_allclose(verdicts, [*d_real[:32], *d_fake[:32]], rtol=1e-6)
    assert dashboard.grid.alt == (
        "Slow motion, discriminator 3 of 5: Real, 32 of 40, Fakes, 32 of 40."
    )


def test_the_pushes_on_the_fakes_are_sent_in_order_and_on_one_scale(dashboard, run):
    pushes = np.zeros((40, 28, 28, 1))
    pushes[1, 3, 4], pushes[2, 5, 6] = 0.5, -0.25
    fakes = {"fakes": 0.4 * ONES, "d_fake": np.full(40, 0.5)}
    show(run, Stage("generator", 4, "", **fakes, pushes=pushes))
    sent = np.frombuffer(dashboard.grid.pushes, np.int8).reshape(32, 28, 28)
    assert sent[1, 3, 4] == 127 and sent[2, 5, 6] == -64 and np.count_nonzero(sent) == 2
    assert [block["name"] for block in dashboard.grid.blocks] == ["fakes", "pushes"]
    assert [meaning for _, meaning in dashboard.grid.blocks[1]["keys"]] == ["brighter", "darker"]
    show(run, Stage("generator", 5, "", **fakes))
    assert dashboard.grid.pushes == b"" and titles(dashboard.grid) == ["Fakes, 40 of 40"]


def test_the_strongest_hundredth_of_the_pushes_has_the_full_colour():
    pushes = np.linspace(-1, 1, 2001).reshape(3, 23, 29, 1)
    sent = signed_bytes(np.append(pushes, np.full((1, 23, 29, 1), 0.0), axis=0)).astype(int)
    assert sent.max() == 127 and sent.min() == -127 and 10 <= (sent == 127).sum() <= 25
    assert (np.diff(sent[:3].ravel()) >= 0).all()


def test_pushes_that_are_nowhere_are_white_and_those_on_colours_are_averaged():
    assert (signed_bytes(np.zeros((2, 4, 4, 1))) == 0).all()
    coloured = np.zeros((1, 1, 2, 3))
    coloured[0, 0] = [[0.3, 0.3, 0.3], [0.0, 0.0, -0.36]]
    assert signed_bytes(coloured).tolist() == [[[127, -51]]]


def test_noise_is_no_image_and_a_conditional_batch_has_its_labels():
    parts = stage_parts(Stage("generator", 1, ""), 7, 8, 8, (0, 1))
    assert parts["images"] is None and parts["blocks"][0]["count"] == 0
    assert "no image yet" in parts["blocks"][0]["title"] and "shape" not in parts
    labels = np.arange(40) % 10
    stage = Stage("discriminator", 2, "", real=ONES, fakes=ONES, labels=labels)
    parts = stage_parts(stage, 7, 10, 6, (0, 1))
    assert parts["labels"] == 2 * labels[:30].tolist() and parts["heads"] == []


def test_the_frames_come_back_after_a_stage_and_when_the_slider_leads_to_one(dashboard, run):
    run.train(100)
    show(run, Stage("discriminator", 1, "", real=ONES))
    assert (
        dashboard.grid.staged
        and "After step 100, discriminator 1" in dashboard.frames.caption.value
    )
    dashboard.frames.slider.value = 0
    assert not dashboard.grid.staged and dashboard.grid.step == 0
    show(run, Stage("discriminator", 2, "", real=ONES, fakes=ONES))
    assert not dashboard.grid.staged, "the learner looks at a frame"
    dashboard.frames.go_live()
    assert dashboard.grid.staged
    show(run, None)
    assert not dashboard.grid.staged and dashboard.grid.step == 100


def test_what_a_file_keeps_of_a_stage_has_the_colours_of_its_pushes(dashboard, run):
    pushes = np.zeros((8, 28, 28, 1))
    pushes[0] = 1.0
    show(run, Stage("generator", 4, "", fakes=0.4 * ONES[:8], pushes=pushes))
    kept = dashboard.grid.kept_html()
    alts = [html.unescape(alt) for alt in re.findall(r'alt="([^"]*)"', kept)]
    assert alts[0] == dashboard.grid.alt and "−∂L/∂x" in alts[1] and kept.count("<img") == 2
    assert SIGNED(1.0)[:3] == pytest.approx((0x4A / 255, 0x1A / 255, 0x64 / 255), abs=0.01)


def test_points_keep_their_scatter_in_slow_motion():
    run = FakeRun(lambda: FakeTrainer(points=True))
    dashboard = training_dashboard(run)
    show(run, Stage("discriminator", 1, "", real=np.zeros((4, 2))))
    assert "400 points" in dashboard.frames.caption.value and dashboard.bar.error.value == ""
