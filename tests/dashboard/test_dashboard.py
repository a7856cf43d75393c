"""The dashboard: what it shows of a run, how it scrubs back, what it saves, and how it fails."""

import base64
import gc
import html
import io
import re
import threading
import weakref
from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np
import pytest
from fake_live import FakeRun, FakeTrainer
from PIL import Image

from gan_course import metrics
from gan_course.dashboard import (
    app as dash_app,
    classes as dash_classes,
    gif as dash_gif,
    training_dashboard,
)
from gan_course.dashboard.classes import ClassShares, shares_html
from gan_course.dashboard.curves import average_in_runs, curve_parts
from gan_course.dashboard.frames import FrameRecorder, FrameScrubber
from gan_course.live import Stage


@pytest.fixture(autouse=True)
def readings(monkeypatch):
    """A classifier that reads every image as a one, and notes how many it was given."""
    given = []

    def predict_digits(images, value_range):
        given.append(len(images))
        return np.eye(10)[np.ones(len(images), int)]

    monkeypatch.setattr(metrics, "predict_digits", predict_digits)
    return given


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr(dash_app, "BYTES_A_SECOND", float("inf"))  # here time hardly passes
    return FakeRun()


@pytest.fixture
def dashboard(run):
    return training_dashboard(run)


def everything_in(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything_in(child)


def by_class(widget, css_class):
    (found,) = [each for each in everything_in(widget) if css_class in each._dom_classes]
    return found


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def picture_in(widget):
    content = re.search(r'base64,([^"]+)"', widget.value)[1]
    with Image.open(io.BytesIO(base64.b64decode(content))) as picture:
        return np.asarray(picture)


def pixels_in(grid):
    """Return the images that a grid holds for the browser."""
    height, width, channels = grid.shape
    size = (-1, height, width) if channels == 1 else (-1, height, width, channels)
    return np.frombuffer(grid.images, np.uint8).reshape(size)


def shade(dashboard):
    return int(pixels_in(dashboard.grid)[5, 10, 10])


def alt(widget):
    return html.unescape(re.search(r'alt="([^"]*)"', widget.value)[1])


# The view ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "css_class",
    ["gan-stage", "gan-verdict", "gan-classes", "gan-frames", "gan-live", "gan-save-gif"]
    + ["gan-start", "gan-step-d", "gan-step-count", "gan-status", "gan-error"],
)
def test_every_part_is_found_by_its_class(dashboard, css_class):
    assert by_class(dashboard, css_class) and "gan-dashboard" in dashboard._dom_classes


def test_it_shows_the_untrained_state_before_it_starts(dashboard, run):
    assert "64 images from the same noise at step 0." in dashboard.grid.alt
    assert "no step has been taken yet" in dashboard.curves.alt
    assert run.called == []


def test_what_a_file_keeps_says_of_which_moment_it_is(dashboard, run):
    kept = dashboard._repr_mimebundle_()["text/html"]
    assert "64 images from the same noise at step 0." in kept
    assert "As it was when this cell ran: ready, at step 0 of 5,000. What came later" in kept
    assert "Press Start" not in kept and "Saved frames: 0" not in kept
    run.train(500)
    run.state, run.error = "failed", ValueError("a loss is no number")
    run.redraw()
    kept = dashboard._repr_mimebundle_()["text/plain"]
    assert "failed, at step 500 of 5,000." in kept and "a loss is no number" in kept


def test_samples_and_curves_follow_the_training(dashboard, run):
    before = shade(dashboard), dashboard.curves.values
    run.train(500)
    assert shade(dashboard) == pytest.approx(127, abs=2) and before[0] == 0
    assert "64 images from the same noise at step 500." in dashboard.grid.alt
    assert "generator loss 0.80 at the end. Below: D(real) 0.60" in dashboard.curves.alt
    assert before[1] != dashboard.curves.values


def test_what_d_says_now_moves_with_one_player_alone(dashboard, run):
    run.state = "paused"
    run.redraw()
    run.trainer.judge = lambda x, labels=None: np.full(len(x), 0.53 if x.any() else 0.51)
    run.trainer.sample = lambda count, **_: np.ones((count, 28, 28, 1), np.float32)
    run.redraw()
    text = words(dashboard.verdict.value)
    assert "D(real) = 0.510 (▲ +0.010), D(fake) = 0.530 (▲ +0.030)" in text
    run.trainer.judge = lambda x, labels=None: np.full(len(x), 0.50 if x.any() else 0.51)
    run.redraw()
    text = words(dashboard.verdict.value)
    assert "D(real) = 0.510 (=), D(fake) = 0.500 (▼ −0.030)" in text


def test_reset_begins_all_views_anew(dashboard, run):
    run.train(500)
    by_class(dashboard, "gan-reset").click()
    run.redraw()
    assert dashboard.recorder.steps == [0] and shade(dashboard) == 0
    assert "no step has been taken yet" in dashboard.curves.alt
    assert "at step 0;" in words(dashboard.classes.value)


def test_a_reset_to_a_trained_pair_forgets_the_frames_of_the_other(dashboard, run):
    run.train(500)
    trained = FakeTrainer()
    trained.advance(900)
    run.reset(lambda: trained)
    run.redraw()
    assert dashboard.recorder.steps == [900] and dashboard.frames.shown_step == 900


def test_what_d_says_is_about_the_generator_of_this_moment_and_the_same_examples(dashboard, run):
    asked = []
    run.trainer.sample = lambda count, **how: (
        asked.append(how.get("averaged", True)) or np.ones((count, 28, 28, 1), np.float32)
    )
    run.trainer.next_batch = lambda: pytest.fail("another batch was drawn")
    run.state = "paused"
    run.redraw()
    assert asked == [True, False]  # the samples are averaged, the verdict is of the moment


def test_a_stage_of_slow_motion_is_told(dashboard, run):
    run.stage = Stage("generator", 4, "Gradients flow back.")
    run.redraw()
    assert "Generator's update, 4 of 5: Gradients flow back." in words(dashboard.stage.value)
    run.stage = None
    run.redraw()
    assert dashboard.stage.value == ""


def test_a_part_that_cannot_be_drawn_says_so_and_stops_no_other(dashboard, run):
    run.trainer.sample = lambda count, **_: np.full((count, 28, 28, 1), np.nan, np.float32)
    run.train(20)
    text = words(by_class(dashboard, "gan-error").value)
    assert "The samples cannot be drawn. ValueError: images holds" in text and run.error is None
    assert "up to step 20" in dashboard.curves.alt
    assert by_class(dashboard, "gan-step-count").value == "step 20 of 5,000"
    del run.trainer.sample
    run.train(1)
    assert by_class(dashboard, "gan-error").value == ""


def test_wait_hands_on_to_the_run(dashboard, run):
    told = []
    wait = run.wait
    run.wait = lambda timeout: told.append(words(dashboard.note.value)) or wait(timeout)
    assert dashboard.wait() == run.trainer.history and run.called == ["wait"]
    assert "passes on no buttons meanwhile" in told[0] and dashboard.note.value == ""


# Points -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("dimensions", [1, 2])
def test_points_are_scattered_and_not_read_as_digits(dimensions, tmp_path):
    class Points(FakeTrainer):
        def sample(self, count, seed=0, averaged=True):
            return super().sample(count, seed)[:, :dimensions] + self.step / 100

        def next_batch(self):
            return {"real": np.eye(4, dtype=np.float32)[:, :dimensions]}

    run = FakeRun(lambda: Points(points=True))
    dashboard = training_dashboard(run)
    before = picture_in(dashboard.frames.picture)
    run.train(100)
    after = picture_in(dashboard.frames.picture)
    assert before.shape == after.shape and (before != after).any()
    assert "400 points from the same noise at step 100." in alt(dashboard.frames.picture)
    assert re.search(r"mean \((0\.9|1\.0)", alt(dashboard.frames.picture))
    assert dashboard.classes is None and by_class(dashboard, "gan-error").value == ""
    with Image.open(dashboard.save_gif(tmp_path / "points.gif")) as picture:
        assert picture.n_frames == 2


# Scrubbing --------------------------------------------------------------------------------------


def test_the_slider_leads_back_and_stays_while_training_goes_on(dashboard, run):
    for _ in range(5):
        run.train(100)
    slider = by_class(dashboard, "gan-frames")
    assert slider.max == slider.value == 5 and dashboard.frames.following
    slider.value = 2
    assert shade(dashboard) == pytest.approx(51, abs=2) and not dashboard.frames.following
    run.train(100)
    assert slider.value == 2 and slider.max == 6
    assert shade(dashboard) == pytest.approx(51, abs=2)
    text = words(dashboard.frames.caption.value)
    assert "Back at step 200 of 600, frame 3 of 7." in text
    assert 'role="status"' in dashboard.frames.caption.value


def test_the_live_button_returns_to_the_newest_frame(dashboard, run):
    for _ in range(3):
        run.train(100)
    slider = by_class(dashboard, "gan-frames")
    slider.value = 0
    by_class(dashboard, "gan-live").click()
    assert slider.value == 3 and shade(dashboard) == pytest.approx(76, abs=2)
    run.train(100)
    assert slider.value == 4 and "Live at step 400: 64 images" in words(
        dashboard.frames.caption.value
    )


def test_moving_the_slider_to_its_end_is_live_again(dashboard, run):
    run.train(100)
    run.train(100)
    dashboard.frames.slider.value = 0
    dashboard.frames.slider.value = 2
    run.train(100)
    assert dashboard.frames.slider.value == 3


def test_a_frame_stays_in_view_when_others_are_thinned_out():
    recorder, trainer = FrameRecorder(2, limit=8), FakeTrainer()
    scrubber = FrameScrubber(recorder, widgets.HTML(), lambda *shown: None, "2 images")
    for _ in range(8):
        recorder(trainer)
        scrubber.update()
        trainer.advance(10)
    scrubber.slider.value = 4
    assert scrubber.shown_step == 40
    for _ in range(20):
        recorder(trainer)
        scrubber.update()
        trainer.advance(10)
        steps = recorder.steps
        assert scrubber.shown_step == min(steps, key=lambda step: abs(step - scrubber.shown_step))
        assert steps[scrubber.slider.value] == scrubber.shown_step and not scrubber.following
    assert abs(scrubber.shown_step - 40) <= recorder.spacing


def test_a_learner_and_the_worker_can_move_the_slider_at_once(dashboard, run):
    """The picture, the caption and the slider agree in the end."""
    for _ in range(4):
        run.train(1)
    worker = threading.Thread(target=lambda: [run.train(1) for _ in range(15)])
    worker.start()
    moves = 0
    while worker.is_alive() or moves < 10:
        moves += 1
        dashboard.frames.slider.value = moves % (dashboard.frames.slider.max + 1)
        if not worker.is_alive() or moves % 7 == 0:
            dashboard.frames.slider.value = 1
            assert dashboard.frames.slider.value == 1 and not dashboard.frames.following
    worker.join()
    dashboard.frames.slider.value = 1
    assert dashboard.frames.shown_step == dashboard.recorder.steps[1]
    assert f"at step {dashboard.recorder.steps[1]}." in dashboard.grid.alt


# Recording --------------------------------------------------------------------------------------


def test_a_frame_is_kept_as_bytes_at_the_step_it_was_drawn():
    recorder, trainer = FrameRecorder(2, limit=10), FakeTrainer()
    for _ in range(50):
        recorder(trainer)
        trainer.advance(7)
    assert len(recorder.frames) <= 10 and recorder.frames[0].dtype == np.uint8
    shades = [frame[0, 0, 0] for frame in recorder.frames]
    assert shades == [round(255 * min(1, step / 1000)) for step in recorder.steps]


def test_a_frame_at_the_same_step_replaces_the_one_before():
    recorder, trainer = FrameRecorder(2), FakeTrainer()
    recorder(trainer)
    trainer.sample = lambda count, seed: np.ones((count, 28, 28, 1), np.float32)
    recorder(trainer)
    assert recorder.steps == [0] and recorder.frames[0].min() == 255


# Curves -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 5, 8, 9, 100])
def test_a_long_history_is_averaged_over_equal_runs_of_steps(length):
    values = np.random.default_rng(0).normal(size=length)
    keys = ("step", "d_loss", "g_loss", "d_real", "d_fake")
    columns, width = average_in_runs({key: values.tolist() for key in keys}, most=8)
    assert width == {0: 1, 1: 1, 5: 1, 8: 1, 9: 2, 100: 16}[length]
    runs = [values[start : start + width] for start in range(0, length, width)]
    expected = [(run.mean(), run.min(), run.max()) for run in runs]
    np.testing.assert_allclose(columns["d_loss"], np.reshape(expected, (-1, 3)))


def history_of(length, **columns):
    """Return a history whose losses are 1 and whose D is ½, unless told otherwise."""
    same = {"d_loss": 1.0, "g_loss": 1.0, "d_real": 0.5, "d_fake": 0.5} | columns
    rows = {name: np.broadcast_to(value, length).tolist() for name, value in same.items()}
    return {"step": list(range(1, length + 1))} | rows


@pytest.mark.parametrize("steps", [0, 300])
def test_updates_of_one_player_alone_are_one_point_more_above_the_last_step(dashboard, run, steps):
    run.train(steps)
    before = np.frombuffer(dashboard.curves.steps, "<f4")
    run.alone = {"discriminator": 10, "generator": 0}
    run.redraw()
    assert list(np.frombuffer(dashboard.curves.steps, "<f4")) == [*before, steps]
    values = np.frombuffer(dashboard.curves.values, "<f4").reshape(4, -1)
    np.testing.assert_allclose(values[:, -1], [0.9, 1.1, 0.7, 0.3])
    assert "discriminator loss 0.90, generator loss 1.10 at the end" in dashboard.curves.alt
    run.alone = {"discriminator": 0, "generator": 0}
    run.redraw()
    assert len(dashboard.curves.steps) == 4 * len(before), "a whole step counts by itself"


def test_the_curves_are_sent_as_means_with_bands_in_the_order_of_their_lines():
    d_real = np.linspace(0, 1, 200)
    parts = curve_parts(history_of(200, d_real=d_real), equilibrium=1.386, most_steps=400)
    names = [line["name"] for panel in parts["panels"] for line in panel["lines"]]
    assert names == ["discriminator", "generator", "D(real)", "D(fake)"]
    assert parts["values"].shape == (4, 100) and parts["each"] == 2
    np.testing.assert_allclose(parts["values"][2], d_real.reshape(100, 2).mean(axis=1))
    np.testing.assert_allclose(parts["bands"][2], d_real.reshape(100, 2).T)
    assert parts["steps"][:2].tolist() == [1.5, 3.5] and parts["most_steps"] == 400
    assert parts["panels"][0]["marks"] == [{"at": 1.386, "text": "1.39"}]
    assert parts["panels"][1]["marks"] == [{"at": 0.5, "text": "½: cannot tell"}]


def test_few_steps_have_no_bands_and_a_loss_without_an_equilibrium_no_mark():
    parts = curve_parts(history_of(5))
    assert parts["bands"] is None and parts["each"] == 1
    assert parts["panels"][0]["marks"] == []


@pytest.mark.parametrize(
    ("g_loss", "limits"),
    [(1.0, [0, 2]), (2.6, [0, 3]), (-0.6, [-0.8, 2]), (np.nan, [0, 2]), (np.inf, [0, 2])],
)
def test_the_limits_of_the_losses_are_round_and_hold_them(g_loss, limits):
    found = curve_parts(history_of(9, g_loss=g_loss))["panels"][0]["limits"]
    assert found == pytest.approx(limits)


def test_what_a_file_keeps_of_the_curves_is_drawn_from_what_the_browser_has(dashboard, run):
    run.train(300)
    before = picture_in(SimpleNamespace(value=dashboard.curves.kept_html()))
    assert dashboard.curves.alt in dashboard.curves.kept_html()
    run.trainer.history["g_loss"] = [1.9] * 300
    run.redraw()
    after = picture_in(SimpleNamespace(value=dashboard.curves.kept_html()))
    assert before.shape == after.shape and (before != after).any()


# What is sent -----------------------------------------------------------------------------------


def test_a_redraw_sends_at_most_60_kilobytes_and_only_what_changed(dashboard, run):
    def each(key):
        return [key] if isinstance(key, str) else key

    run.state = "running"
    run.train(500)
    sent = set()
    for part in everything_in(dashboard):
        part.send_state = lambda key, part=part: sent.update((part, name) for name in each(key))
    run.train(10)
    for part in everything_in(dashboard):
        del part.send_state
    values = [getattr(part, name) for part, name in sent]
    sizes = [len(value) if isinstance(value, bytes) else len(str(value)) for value in values]
    assert 64 * 784 < sum(sizes) <= 60_000
    names = {name for part, name in sent if part is dashboard.grid}
    assert names == {"images", "step", "alt", "frame"}


def test_while_it_trains_nothing_is_sent_that_cannot_be_seen(dashboard, run):
    run.state = "running"
    run.train(1)
    for scene in (dashboard.grid, dashboard.curves):
        scene.seen = False
    frames, counter = (dashboard.grid.frame, dashboard.curves.frame), dashboard.bar.step_count.value
    run.train(5)
    assert (dashboard.grid.frame, dashboard.curves.frame) == frames
    assert dashboard.bar.step_count.value == counter and run.error is None
    dashboard.grid.seen = True  # the browser says so
    assert dashboard.grid.step == 6 and "step 6 of" in dashboard.bar.step_count.value
    assert dashboard.curves.frame == frames[1]
    run.pause()
    run.redraw()
    assert dashboard.curves.frame == frames[1] + 1, "a run that rests is shown whole"


def test_frames_are_kept_while_it_cannot_be_seen(dashboard, run, monkeypatch):
    monkeypatch.setattr(dash_app, "UNSEEN_SECONDS", 0.0)
    run.state = "running"
    dashboard.grid.seen = dashboard.curves.seen = False
    sent = dashboard.grid.frame
    for _ in range(3):
        run.train(10)
    assert dashboard.recorder.steps == [0, 10, 20, 30] and dashboard.grid.frame == sent


def test_large_images_are_sent_less_often(monkeypatch):
    run = FakeRun(lambda: FakeTrainer(image_shape=(64, 64, 3)))
    dashboard = training_dashboard(run)
    run.state = "running"
    now = [100.0]
    monkeypatch.setattr(dash_app.time, "monotonic", lambda: now[0])
    shown = []
    for _ in range(20):
        now[0] += 0.2
        run.train(10)
        shown.append(dashboard.grid.step)
    assert len(set(shown)) <= 1 + 4 * 300_000 / len(dashboard.grid.images)
    assert dashboard.bar.step_count.value == "step 200 of 5,000"


# Digits -----------------------------------------------------------------------------------------


def test_digits_are_read_rarely_while_it_runs_and_at_once_when_it_rests(run, readings, monkeypatch):
    monkeypatch.setattr(dash_classes, "SECONDS", 60)
    shares = ClassShares()
    run.state = "running"
    for _ in range(10):
        run.trainer.advance(10)
        shares.update(run)
    assert readings == [200] and shares.step == 10
    run.state = "paused"
    shares.update(run)
    shares.update(run)
    assert readings == [200, 200] and shares.step == 100
    assert shares.shares[1] == 1.0


def test_shares_are_told_in_text_and_a_rare_digit_is_named():
    text = words(shares_html([0.12, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.07, 0.01], 200, 1234))
    assert "200 images at step 1,234" in text and "Rare, below 3 %: 9." in text
    assert "12 % digit 0" in text and "1 % rare digit 9" in text
    assert "None is rare." in words(shares_html([0.1] * 10, 200, 0))


@pytest.mark.parametrize("shape", [(16, 16, 3), (28, 28, 3), (64, 32, 1)])
def test_other_pictures_are_shown_and_saved_and_not_read_as_digits(shape, tmp_path, readings):
    run = FakeRun(lambda: FakeTrainer(image_shape=shape))
    dashboard = training_dashboard(run)
    run.train(500)
    images = pixels_in(dashboard.grid)
    assert images.shape == ((64, *shape) if shape[2] == 3 else (64, *shape[:2]))
    assert (images == 128).all()
    height, width = (8 * (side + 2) + 2 for side in shape[:2])
    with Image.open(dashboard.save_gif(tmp_path / "own.gif")) as animation:
        assert animation.n_frames == 2 and animation.size == (width, height)
    assert dashboard.classes is None and readings == []
    assert "reads grey digits of 28 × 28 pixels only" in words(
        by_class(dashboard, "gan-classes").value
    )
    assert by_class(dashboard, "gan-error").value == ""


def test_the_classifier_can_be_left_out():
    dashboard = training_dashboard(FakeRun(), classes=False)
    assert dashboard.classes is None
    assert not any("gan-classes" in each._dom_classes for each in everything_in(dashboard))


# Saving -----------------------------------------------------------------------------------------


def test_the_gif_button_writes_into_the_current_folder_and_says_where(
    dashboard, run, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    run.name = "<my run/1>"
    run.train(100)
    run.train(100)
    by_class(dashboard, "gan-save-gif").click()
    path = tmp_path / "my-run-1-step-200.gif"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    with Image.open(path) as picture:
        assert picture.n_frames == 3 and picture.size == (242, 242)
    text = words(dashboard.saver.saved.value)
    assert "Saved 3 frames, step 0 to 200" in text and str(path) in text


def test_a_gif_that_cannot_be_written_is_told_in_words_and_nothing_is_lost(
    dashboard, run, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)

    def full(*_, **__):
        raise OSError(28, "Could not write run.gif: No space left on device")

    monkeypatch.setattr(dash_gif, "save_gif", full)
    run.train(100)
    by_class(dashboard, "gan-save-gif").click()
    text = words(dashboard.saver.saved.value)
    assert 'role="alert"' in dashboard.saver.saved.value
    assert "Not saved. Could not write run.gif: No space left on device. The frames are" in text
    assert list(tmp_path.iterdir()) == [] and dashboard.recorder.steps == [0, 100]


# The whole --------------------------------------------------------------------------------------


def test_a_real_run_with_a_dashboard_takes_the_same_steps_as_one_without():
    from gan_course.devices import seed_everything
    from gan_course.live import LiveRun
    from gan_course.models import build_dense_discriminator, build_dense_generator
    from gan_course.training import Trainer

    images = np.random.default_rng(0).random((128, 28, 28, 1)).astype(np.float32)

    def make_trainer():
        seed_everything(3)
        pair = build_dense_generator(3, [8]), build_dense_discriminator(hidden_units=[8])
        return Trainer(*pair, images, batch_size=16)

    dashboard = training_dashboard(LiveRun(make_trainer, steps=12, name="dashboard test"))
    history = dashboard.wait(timeout=120)
    expected = make_trainer().run(12, progress=False)
    assert history == expected
    assert dashboard.recorder.steps[0] == 0 and dashboard.recorder.steps[-1] == 12
    assert by_class(dashboard, "gan-error").value == ""
    assert dashboard.classes.shares[1] == 1.0 and dashboard.classes.step == 12


def test_a_dashboard_keeps_no_trainer_that_its_run_has_given_up(run):
    dashboard = training_dashboard(run)
    given_up = weakref.ref(run.trainer)
    run.trainer = None
    gc.collect()
    assert given_up() is None and dashboard.bar.status.value
