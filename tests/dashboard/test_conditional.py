"""The dashboard of a conditional pair: it finds the labels out, and shows what they do."""

import html
import re

import gan_course.backend

import numpy as np
import pytest
from fake_live import FakeRun, FakeTrainer
from PIL import Image
from trainers import labelled_data, labelled_pair

from gan_course import metrics
from gan_course.dashboard import training_dashboard
from gan_course.dashboard.classes import obedience_html
from gan_course.devices import seed_everything
from gan_course.live import LiveRun
from gan_course.plots.pictures import tile
from gan_course.training import Trainer
from gan_course.widgets.live_parts import asked_labels


class Labelled(FakeTrainer):
    """Draws images that show their label (left), their latent vector (right), the step (top)."""

    def __init__(self, num_classes=10, points=False):
        super().__init__(points)
        self.num_classes, self.drawn_for, self.judged = num_classes, [], []

    def sample(self, count, seed=0, averaged=True, labels=None, repeat=1):
        self.drawn_for.append(labels)
        if self.points:
            return super().sample(count, seed)
        images = np.zeros((count, 28, 28, 1), np.float32)
        images[:, :, :14] = (labels / 10)[:, None, None, None]
        images[:, :, 14:] = (np.arange(count) // repeat % 10 / 10)[:, None, None, None]
        images[:, 0] = min(1.0, self.step / 1000)
        return images

    def judge(self, x, labels=None):
        self.judged.append(labels)
        return super().judge(x)

    def next_batch(self):
        return super().next_batch() | {"labels": np.arange(16) % self.num_classes}


def read_left_half(images, value_range):
    """A classifier that reads the label that an image was drawn for."""
    return np.eye(10)[np.rint(10 * np.asarray(images)[:, 10, 3, 0]).astype(int)]


@pytest.fixture(autouse=True)
def classifier(monkeypatch):
    monkeypatch.setattr(metrics, "predict_digits", read_left_half)


@pytest.fixture
def run():
    return FakeRun(Labelled)


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


# The grid ---------------------------------------------------------------------------------------


def test_a_column_has_one_label_and_a_row_one_latent_vector(run):
    dashboard = training_dashboard(run)
    (frame,) = dashboard.recorder.frames
    grid = frame.reshape(6, 10, 28, 28)
    tenths = np.rint(255 * np.arange(10) / 10)
    assert (grid[:, :, 10, 3] == tenths).all()
    assert (grid[:, :, 10, 20] == tenths[:6, None]).all()
    (sheet,) = dashboard._pictures([frame])
    assert (sheet == tile(frame, 10)).all()


def test_the_alternative_text_and_the_caption_say_what_columns_and_rows_are(run):
    dashboard = training_dashboard(run)
    what = "60 images from the same noise (columns: labels 0 to 9; rows: latent vectors)"
    run.train(500)
    assert dashboard.grid.alt == f"{what} at step 500."
    assert words(dashboard.frames.caption.value) == f"Live at step 500: {what}."
    assert dashboard.grid.heads == list("0123456789")
    assert dashboard.grid.labels == 6 * list(range(10))
    assert words(dashboard.grid.kept_html()) == "0 1 2 3 4 5 6 7 8 9"  # above the columns


def test_without_labels_nothing_of_this_is_said():
    dashboard = training_dashboard(FakeRun())
    assert dashboard.grid.alt == "64 images from the same noise at step 0."
    assert dashboard.grid.heads == dashboard.grid.labels == []
    assert "Which digits?" in dashboard.classes.value and dashboard.classes.counts is None
    assert "labels" not in dashboard.verdict.value


def test_there_are_as_many_columns_as_labels_and_no_digits_are_read_where_they_are_not_ten():
    dashboard = training_dashboard(FakeRun(lambda: Labelled(num_classes=3)))
    assert dashboard.recorder.frames[0].shape == (24, 28, 28)
    assert "(columns: labels 0 to 2;" in dashboard.grid.alt
    assert dashboard.classes is None


def test_points_are_drawn_for_each_label_in_turn():
    run = FakeRun(lambda: Labelled(num_classes=3, points=True))
    dashboard = training_dashboard(run)
    said = "400 points from the same noise (labels 0 to 2 in turn)"
    assert said in words(dashboard.frames.caption.value)
    assert (run.trainer.drawn_for[0] == np.arange(400) % 3).all()


def test_the_labels_that_are_asked_for_come_in_turn():
    assert asked_labels(Labelled(num_classes=3), 5).tolist() == [0, 1, 2, 0, 1]
    assert asked_labels(FakeTrainer(), 5) is None


def test_the_saved_animation_has_a_column_for_each_label(run, tmp_path):
    dashboard = training_dashboard(run)
    run.train(100)
    with Image.open(dashboard.save_gif(tmp_path / "labels.gif")) as picture:
        assert picture.n_frames == 2 and picture.size == (10 * 30 + 2, 6 * 30 + 2)


# What the discriminator says ----------------------------------------------------------------------


def test_d_judges_each_example_with_its_own_label(run):
    dashboard = training_dashboard(run)
    of_the_grid, with_real, with_fakes = run.trainer.judged
    assert (of_the_grid == np.arange(60) % 10).all()
    assert (with_real == np.arange(16)).sum() == 10 and len(with_real) == 16
    assert (with_fakes == np.arange(64) % 10).all()
    assert "the same examples with their labels and the same noise" in dashboard.verdict.value


# Read as asked ------------------------------------------------------------------------------------


def test_an_obedient_generator_is_told_in_words(run):
    dashboard = training_dashboard(run)
    run.state = "paused"
    run.train(1234)
    text = words(dashboard.classes.value)
    assert "At step 1,234 the classifier reads 200 of 200 images, 100 %, as the digit" in text
    assert "There is no mistake among them." in text
    assert "100 % asked for 0 100 % asked for 1" in text
    assert (dashboard.classes.counts == 20 * np.eye(10)).all()


def test_a_generator_that_does_not_listen_is_at_chance_and_told_digit_by_digit(run, monkeypatch):
    ones = np.eye(10)[np.ones(200, int)]
    monkeypatch.setattr(metrics, "predict_digits", lambda images, value_range: ones)
    dashboard = training_dashboard(run)
    text = words(dashboard.classes.value)
    assert "reads 20 of 200 images, 10 %, as the digit asked for; chance is 10 %." in text
    assert "Most frequent mistake: 0 read as 1, 20 of 20." in text
    assert "0 % more 1s asked for 0 100 % asked for 1 0 % more 1s asked for 2" in text
    assert dashboard.classes.shares[1] == 1.0


def test_a_digit_is_hatched_only_where_another_is_read_more_often():
    counts = 20 * np.eye(10, dtype=int)
    counts[4, [4, 9]] = 10, 10
    counts[7, [7, 1, 2]] = 7, 8, 5
    text = obedience_html(counts, 10)
    assert text.count("repeating-linear-gradient") == 1
    assert "50 % asked for 4" in words(text) and "35 % more 1s asked for 7" in words(text)
    assert "Most frequent mistake: 4 read as 9, 10 of 20." in words(text)


# The whole --------------------------------------------------------------------------------------


def make_trainer():
    seed_everything(1)
    images, labels = labelled_data(60, shape=(28, 28, 1), num_classes=10)
    pair = labelled_pair(shape=(28, 28, 1), num_classes=10)
    return Trainer(*pair, images, labels=labels, batch_size=8)


def test_a_real_conditional_run_goes_by_steps_by_stages_and_to_its_end(monkeypatch):
    ones = np.eye(10)[np.ones(200, int)]
    monkeypatch.setattr(metrics, "predict_digits", lambda images, value_range: ones)
    run = LiveRun(make_trainer, steps=9, name="dashboard with labels")
    dashboard = training_dashboard(run)
    run.slow_motion, run.stage_seconds = True, 0.0
    run.step_both()
    run.settle(120)
    run.slow_motion = False
    assert run.step == 1 and run.error is None
    run.start()
    history = dashboard.wait(timeout=120)
    assert history == make_trainer().run(9, progress=False)
    assert dashboard.recorder.steps[-1] == 9 and dashboard.recorder.frames[-1].std() > 0
    assert dashboard.classes.counts.sum() == 200 and dashboard.classes.step == 9
    assert dashboard.bar.error.value == ""
