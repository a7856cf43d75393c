"""The trainer learns, stops, saves and goes on, and says what is wrong with its input."""

import gc
import math
import os
import signal
import threading
import weakref
from functools import partial
from types import SimpleNamespace

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers
from trainers import SHAPE, Shared

from gan_course import models
from gan_course.devices import seed_everything
from gan_course.files import replacing
from gan_course.losses import binary_discriminator_loss
from gan_course.recipes import get_recipe
from gan_course.training import (
    NonFiniteLoss,
    Trainer,
    TrainingInterrupted,
    trainer as trainer_module,
    update_average,
    update_discriminator,
    update_generator,
)
from gan_course.weights import WeightsError


def make_images(count=64):
    return np.random.default_rng(0).random((count, *SHAPE)).astype(np.float32)


def plain_pair():
    return (
        models.build_dense_generator(3, [8], SHAPE),
        models.build_dense_discriminator(SHAPE, [8], dropout=0.0),
    )


def noisy_pair():
    """Networks with dropout and batch normalisation: all the state that a network can have."""
    z = keras.Input((3,))
    x = layers.BatchNormalization()(layers.Dense(8)(z))
    x = layers.Dropout(0.3)(layers.ReLU()(x))
    generator = keras.Model(z, layers.Reshape(SHAPE)(layers.Dense(16, activation="sigmoid")(x)))
    images = keras.Input(SHAPE)
    x = layers.Dropout(0.5)(layers.LeakyReLU()(layers.Dense(8)(layers.Flatten()(images))))
    return generator, keras.Model(images, layers.Dense(1)(layers.BatchNormalization()(x)))


@Shared
def make_trainer(pair=plain_pair, **options):
    seed_everything(0)
    options = {"batch_size": 16, **options}
    return Trainer(*pair(), make_images(), **options)


@pytest.fixture(autouse=True)
def _give_back():
    yield
    make_trainer.give_back()


def state(trainer):
    """Return all that training changes, as a dict of lists."""
    variables = trainer.engine.variables()
    found = {name: [v.numpy().copy() for v in group] for name, group in variables.items()}
    return {**found, "history": [list(values) for values in trainer.history.values()]}


def assert_state(trainer, expected):
    for name, values in state(trainer).items():
        for here, there in zip(values, expected[name], strict=True):
            np.testing.assert_array_equal(here, there, err_msg=name)


# --- one update ------------------------------------------------------------------------------


def snapshot(model):
    return [variable.numpy() for variable in model.trainable_variables]


def changed(model, before):
    pairs = zip(snapshot(model), before, strict=True)
    return [not np.array_equal(now, then) for now, then in pairs]


def test_a_discriminator_update_changes_the_discriminator_alone():
    generator, discriminator = plain_pair()
    before = snapshot(generator), snapshot(discriminator)
    optimizer = keras.optimizers.SGD(0.1)
    z = models.sample_latent(4, 3)
    update_discriminator(
        generator, discriminator, optimizer, binary_discriminator_loss, make_images(4), z
    )
    assert not any(changed(generator, before[0]))
    assert all(changed(discriminator, before[1]))


def test_a_generator_update_changes_the_generator_alone():
    generator, discriminator = plain_pair()
    before = snapshot(generator), snapshot(discriminator)
    update_generator(
        generator,
        discriminator,
        keras.optimizers.SGD(0.1),
        lambda logits: -keras.ops.mean(logits),
        models.sample_latent(16, 3),
    )
    assert any(changed(generator, before[0]))
    assert not any(changed(discriminator, before[1]))


def test_with_sgd_an_update_is_one_step_down_the_gradient():
    generator, discriminator = plain_pair()
    z = models.sample_latent(4, 3)

    def loss_of(logits):
        return keras.ops.mean(keras.ops.softplus(-logits))

    before = snapshot(generator)
    with tf.GradientTape() as tape:
        loss = loss_of(discriminator(generator(z)))
    gradients = tape.gradient(loss, generator.trainable_variables)
    update_generator(generator, discriminator, keras.optimizers.SGD(0.1), loss_of, z)
    for now, then, gradient in zip(snapshot(generator), before, gradients, strict=True):
        np.testing.assert_allclose(now, then - 0.1 * gradient.numpy(), atol=1e-7)


def test_averaging_covers_the_moving_statistics_of_batch_normalisation():
    generator, _ = noisy_pair()
    average, _ = noisy_pair()
    before = [v.numpy() for v in average.variables]
    for variable in generator.variables:
        if variable.dtype == "float32":
            variable.assign(variable + 1.0)
    update_average(average, generator, 0.75)
    moving = [v for v in average.variables if "moving" in v.path]
    assert len(moving) == 2
    for variable, old, new in zip(average.variables, before, generator.variables, strict=True):
        if variable.dtype == "float32":
            expected = 0.75 * old + 0.25 * new.numpy()
            np.testing.assert_allclose(variable.numpy(), expected, atol=1e-6)


def test_a_young_average_forgets_faster_than_its_decay_says():
    trainer = make_trainer(averaging=0.2)
    average = [v.numpy() for v in trainer.generator.variables]
    for decay in (1 / 10, 2 / 11, 0.2, 0.2):  # (1 + age) / (10 + age), at most 0.2
        trainer.advance(1)
        now = [v.numpy() for v in trainer.generator.variables]
        average = [decay * a + (1 - decay) * n for a, n in zip(average, now, strict=True)]
        for here, there in zip(trainer.averaged_generator.variables, average, strict=True):
            np.testing.assert_allclose(here.numpy(), there, rtol=1e-5, atol=1e-8)


# --- the loop --------------------------------------------------------------------------------


def test_the_history_has_one_finite_row_for_each_step():
    trainer = make_trainer()
    history = trainer.run(7, progress=False)
    assert history["step"] == [1, 2, 3, 4, 5, 6, 7]
    for column in ("d_loss", "g_loss", "d_real", "d_fake"):
        assert len(history[column]) == 7 and np.isfinite(history[column]).all()
    assert all(0 < value < 1 for value in history["d_real"] + history["d_fake"])


def test_an_undecided_discriminator_has_the_losses_of_the_theory():
    generator, discriminator = plain_pair()
    for variable in discriminator.get_layer("logit").trainable_variables:
        variable.assign(variable * 0)
    trainer = Trainer(generator, discriminator, make_images(), batch_size=16)
    first = {name: values[0] for name, values in trainer.run(1, progress=False).items()}
    assert first["d_loss"] == pytest.approx(2 * math.log(2), rel=1e-6)
    assert first["d_real"] == first["d_fake"] == pytest.approx(0.5)


def test_the_generator_learns_the_brightness_of_the_images():
    # All real images have brightness 0.9: the generator starts near 0.5 and must come close.
    seed_everything(0)
    trainer = Trainer(
        *plain_pair(),
        np.full((64, *SHAPE), 0.9, np.float32),
        batch_size=16,
        generator_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.5),
        discriminator_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.5),
        averaging=0.99,
    )
    assert abs(trainer.sample(50).mean() - 0.9) > 0.2
    trainer.run(800, progress=False)
    assert abs(trainer.sample(50).mean() - 0.9) < 0.1


@pytest.fixture(scope="module")
def nine_steps(tmp_path_factory):
    """The state of networks with all kinds of it after nine steps in calls of seven; its file."""
    path = tmp_path_factory.mktemp("nine") / "c.npz"
    trainer = make_trainer(pair=noisy_pair)
    trainer.steps_per_call = 7
    trainer.run(9, progress=False)
    trainer.save(path)
    expected = state(trainer)
    make_trainer.give_back()
    return expected, path


@pytest.mark.parametrize("steps_per_call", [1, 50])
def test_steps_per_call_changes_nothing_but_the_speed(steps_per_call, nine_steps):
    other = make_trainer(pair=noisy_pair)
    other.steps_per_call = steps_per_call
    other.run(9, progress=False)
    assert_state(other, nine_steps[0])


def test_another_seed_gives_another_run():
    one, other = make_trainer(), make_trainer(seed=5)
    assert one.run(3, progress=False) != other.run(3, progress=False)


def test_several_discriminator_steps_update_it_several_times():
    trainer = make_trainer(discriminator_steps=3)
    trainer.run(2, progress=False)
    assert int(trainer.engine.discriminator_optimizer.iterations) == 6
    assert int(trainer.engine.generator_optimizer.iterations) == 2


def test_single_steps_update_one_player_and_leave_the_history():
    trainer = make_trainer()
    before = snapshot(trainer.generator), snapshot(trainer.discriminator)
    assert set(trainer.step_discriminator()) == {"d_loss", "d_real", "d_fake"}
    assert not any(changed(trainer.generator, before[0]))
    assert any(changed(trainer.discriminator, before[1]))
    before = snapshot(trainer.discriminator)
    assert np.isfinite(trainer.step_generator()["g_loss"])
    assert not any(changed(trainer.discriminator, before))
    assert trainer.step == 0 and trainer.history["step"] == []


def test_callbacks_run_at_the_start_at_every_multiple_and_at_the_end():
    trainer, seen = make_trainer(), []
    trainer.run(10, callbacks=[lambda t: seen.append(t.step)], every=4, progress=False)
    assert seen == [0, 4, 8, 10]


def test_a_long_run_is_saved_by_the_clock_and_at_its_end(monkeypatch, tmp_path):
    trainer, saved, clock = make_trainer(), [], [0.0]
    monkeypatch.setattr(trainer_module, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    advance, save = trainer.advance, trainer.save

    def slow_advance(count):
        clock[0] += 25
        return advance(count)

    monkeypatch.setattr(trainer, "advance", slow_advance)
    monkeypatch.setattr(trainer, "save", lambda path: (saved.append(trainer.step), save(path)))
    trainer.steps_per_call = 1
    settings = {"progress": False, "checkpoint": tmp_path / "c.npz"}
    trainer.run(7, checkpoint_seconds=60, **settings)
    assert saved == [1, 2, 3, 5, 7]  # soon, then after 10, 20 and 40 seconds or more; at the end
    saved.clear()
    trainer.run(2, checkpoint_seconds=4, **settings)
    assert saved == [8, 9, 9]


def test_training_by_the_clock_stops():
    trainer = make_trainer()
    trainer.steps_per_call = 5
    trainer.run(seconds=0.2, progress=False)
    assert trainer.step >= 5


def test_samples_come_from_the_averaged_generator_unless_asked():
    trainer = make_trainer(averaging=0.2)
    trainer.run(20, progress=False)
    assert not np.array_equal(trainer.sample(4), trainer.sample(4, averaged=False))
    without = make_trainer(averaging=None)
    without.step_generator()
    assert np.array_equal(without.sample(4), without.sample(4, averaged=False))


def test_float16_training_scales_the_loss_and_stays_finite():
    keras.config.set_dtype_policy("mixed_float16")
    try:
        trainer = make_trainer.fresh()
    finally:
        keras.config.set_dtype_policy("float32")
    assert isinstance(trainer.engine.generator_optimizer, keras.optimizers.LossScaleOptimizer)
    assert np.isfinite(trainer.run(3, progress=False)["g_loss"]).all()


# --- checkpoints -----------------------------------------------------------------------------


def test_n_plus_m_steps_equal_n_steps_a_checkpoint_and_m_steps(nine_steps, tmp_path):
    first = make_trainer(pair=noisy_pair)
    first.run(4, progress=False)
    first.save(tmp_path / "c.npz")
    second = make_trainer.fresh(noisy_pair, seed=5)  # its own state must leave no trace
    second.run(2, progress=False)
    second.load(tmp_path / "c.npz")
    second.run(5, progress=False)
    assert_state(second, nine_steps[0])


def test_a_checkpoint_holds_the_seed_state_of_dropout(tmp_path):
    trainer = make_trainer(pair=noisy_pair)
    trainer.run(2, progress=False)
    seeds = [v for v in trainer.discriminator.variables if "seed" in v.path]
    assert seeds, "this network must have dropout state for the test to mean anything"
    saved = [v.numpy().tolist() for v in seeds]
    trainer.save(tmp_path / "c.npz")
    trainer.run(2, progress=False)
    assert [v.numpy().tolist() for v in seeds] != saved
    trainer.load(tmp_path / "c.npz")
    assert [v.numpy().tolist() for v in seeds] == saved


def test_a_checkpoint_of_another_network_is_refused_and_changes_nothing(tmp_path):
    make_trainer(pair=noisy_pair).save(tmp_path / "c.npz")
    trainer = make_trainer()
    trainer.run(2, progress=False)
    before = state(trainer)
    with pytest.raises(WeightsError, match="belongs to another network.*Nothing was changed"):
        trainer.load(tmp_path / "c.npz")
    for name, values in state(trainer).items():
        for now, then in zip(values, before[name], strict=True):
            np.testing.assert_array_equal(now, then)


def test_a_checkpoint_with_other_hidden_sizes_names_the_first_difference(tmp_path):
    make_trainer().save(tmp_path / "c.npz")
    wide = (
        models.build_dense_generator(3, [9], SHAPE),
        models.build_dense_discriminator(SHAPE, [8], dropout=0.0),
    )
    trainer = Trainer(*wide, make_images(), batch_size=16)
    with pytest.raises(WeightsError, match=r"\(3, 8\) where this network has .*\(3, 9\)"):
        trainer.load(tmp_path / "c.npz")


def test_a_checkpoint_without_an_average_is_refused_by_a_trainer_that_has_one(tmp_path):
    make_trainer(averaging=None).save(tmp_path / "c.npz")
    with pytest.raises(WeightsError, match="has no averaged generator"):
        make_trainer().load(tmp_path / "c.npz")


@pytest.mark.parametrize("damage", ["cut", "flip", "text", "empty"])
def test_a_damaged_checkpoint_is_refused_and_changes_nothing(damage, tmp_path):
    path = tmp_path / "c.npz"
    trainer = make_trainer()
    trainer.save(path)
    content = bytearray(path.read_bytes())
    if damage == "cut":
        content = content[: len(content) // 2]
    elif damage == "flip":
        content[len(content) // 2] ^= 0xFF
    else:
        content = b"no checkpoint" if damage == "text" else b""
    path.write_bytes(content)
    before = state(trainer)
    with pytest.raises(WeightsError, match="damaged or cut short"):
        trainer.load(path)
    np.testing.assert_array_equal(state(trainer)["generator"][0], before["generator"][0])


def test_a_missing_checkpoint_is_named(tmp_path):
    with pytest.raises(WeightsError, match="There is no file .*nothing.npz"):
        make_trainer().load(tmp_path / "nothing.npz")


def test_a_full_disk_leaves_the_older_checkpoint_and_no_scraps(tmp_path, monkeypatch):
    trainer = make_trainer()
    trainer.save(tmp_path / "c.npz")
    good = (tmp_path / "c.npz").read_bytes()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="Could not write .*No space left"):
        trainer.save(tmp_path / "c.npz")
    assert (tmp_path / "c.npz").read_bytes() == good
    assert [path.name for path in tmp_path.iterdir()] == ["c.npz"]


def test_an_unwritable_folder_is_named(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OSError, match="Could not write .*choose another"):
        make_trainer().save(tmp_path / "file" / "c.npz")


def test_an_error_while_writing_leaves_nothing_behind(tmp_path):
    with pytest.raises(RuntimeError), replacing(tmp_path / "page.png") as file:
        file.write(b"half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_writer_left_goes_when_the_file_is_written_again(tmp_path):
    old, young, other = (tmp_path / f".{name}.part" for name in ("a.png.1", "a.png.2", "b.png.1"))
    for part in (old, young, other):
        part.touch()
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    with replacing(tmp_path / "a.png") as file:
        file.write(b"whole")
    assert {path.name for path in tmp_path.iterdir()} == {"a.png", young.name, other.name}


# --- NaN and interrupts ----------------------------------------------------------------------


def poison(trainer, layer="logit"):
    for variable in trainer.discriminator.get_layer(layer).trainable_variables:
        variable.assign(variable * np.nan)


def test_a_loss_that_is_not_a_number_stops_and_names_the_step_and_the_loss(tmp_path):
    trainer = make_trainer()
    trainer.run(3, progress=False, checkpoint=tmp_path / "c.npz")
    good = (tmp_path / "c.npz").read_bytes()
    poison(trainer)
    with pytest.raises(NonFiniteLoss, match="d_loss became nan at step 4.*learning rate"):
        trainer.run(5, progress=False, checkpoint=tmp_path / "c.npz")
    assert (tmp_path / "c.npz").read_bytes() == good


def test_a_weight_that_is_not_a_number_stops_even_where_relu_hides_it():
    trainer = make_trainer()
    poison(trainer, "hidden_1")
    with pytest.raises(NonFiniteLoss, match="at step 1|between steps 1 and 5"):
        trainer.run(5, progress=False)


def test_weights_that_are_not_numbers_are_never_saved(tmp_path):
    trainer = make_trainer()
    trainer.save(tmp_path / "c.npz")
    good = (tmp_path / "c.npz").read_bytes()
    poison(trainer)
    with pytest.raises(WeightsError, match="holds NaN or infinity.*stays"):
        trainer.save(tmp_path / "c.npz")
    assert (tmp_path / "c.npz").read_bytes() == good


def interrupt(trainer, number=signal.SIGINT):
    if trainer.step == 4:
        os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_system_that_asks_to_stop_is_answered_as_ctrl_c_is(number, tmp_path):
    trainer, path = make_trainer(), tmp_path / "c.npz"
    calls = [partial(interrupt, number=number), partial(interrupt, number=signal.SIGTERM)]
    with pytest.raises(TrainingInterrupted, match="after step 4, saved to"):
        trainer.run(100, callbacks=calls, every=2, progress=False, checkpoint=path)
    assert path.is_file() and signal.getsignal(number) == signal.SIG_DFL


def test_a_signal_that_is_ignored_stays_ignored(tmp_path):
    trainer, before = make_trainer(), signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        trainer.run(6, callbacks=[interrupt], every=4, progress=False)
    finally:
        signal.signal(signal.SIGINT, before)
    assert trainer.step == 6


@pytest.mark.parametrize("raised", [KeyboardInterrupt, StopIteration, SystemExit, RuntimeError])
def test_whatever_a_callback_raises_the_state_is_saved_first(raised, tmp_path):
    def fail(trainer):
        if trainer.step == 4:
            raise raised

    trainer, path = make_trainer(), tmp_path / "c.npz"
    with pytest.raises(raised) as caught:
        trainer.run(100, callbacks=[fail], every=2, progress=False, checkpoint=path)
    again = make_trainer()
    again.load(path)
    assert again.step == 4
    assert raised is not KeyboardInterrupt or "after step 4, saved to" in str(caught.value)


def test_a_second_ctrl_c_breaks_off_a_callback_and_never_a_save(monkeypatch, tmp_path):
    trainer = make_trainer()

    def press_twice(trainer):
        for _ in range(2 * (trainer.step == 4)):
            interrupt(trainer)
        assert trainer.step < 4, "the second press did not break this off"

    def press_and_save(path):
        interrupt(trainer)
        type(trainer).save(trainer, path)

    monkeypatch.setattr(trainer, "save", press_and_save)
    with pytest.raises(TrainingInterrupted, match="after step 4, saved to"):
        trainer.run(9, callbacks=[press_twice], every=4, progress=False, checkpoint=tmp_path / "c")
    assert (tmp_path / "c").is_file()


def test_ctrl_c_saves_and_says_where_and_the_run_goes_on_from_there(tmp_path):
    path = tmp_path / "c.npz"
    whole = make_trainer()
    whole.run(7, progress=False)
    expected = state(whole)
    make_trainer.give_back()
    trainer = make_trainer()
    with pytest.raises(TrainingInterrupted, match=r"after step 4, saved to .*c\.npz"):
        trainer.run(100, callbacks=[interrupt], every=4, progress=False, checkpoint=path)
    again = make_trainer()
    again.load(path)
    again.run(3, progress=False)
    assert_state(again, expected)


def test_a_discarded_trainer_is_freed():
    trainer = make_trainer.fresh()
    graph = weakref.ref(trainer.engine.run_steps.get_concrete_function(tf.constant(1)).graph)
    assert graph() is not None
    del trainer
    gc.collect()
    assert graph() is None, "something holds what was traced, and with it the whole trainer"


def test_ctrl_c_without_a_checkpoint_keeps_the_state_in_memory():
    trainer, before = make_trainer(), signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt, match="kept in memory"):
        trainer.run(100, callbacks=[interrupt], every=4, progress=False)
    trainer.run(1, progress=False)
    assert trainer.step == 5
    assert signal.getsignal(signal.SIGINT) is before


def test_training_runs_in_a_thread_where_signals_cannot_be_caught():
    trainer = make_trainer()
    thread = threading.Thread(target=trainer.run, args=(3,), kwargs={"progress": False})
    thread.start()
    thread.join(60)
    assert trainer.step == 3


# --- bad input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "images, message",
    [
        (np.zeros((8, 4, 4)), r"shape \(8, 4, 4\).*add the last axis"),
        (np.zeros((0, 4, 4, 1)), r"shape \(0, 4, 4, 1\)"),
        (np.full((8, 4, 4, 1), 255.0), "run from 255 to 255.*Scale"),
        (np.zeros((8, 4, 4, 1), np.uint8), r"whole numbers in \[0, 255\]"),
        (np.full((8, 4, 4, 1), np.nan), "8 of 8 images hold NaN"),
        (np.zeros((8, 5, 5, 1)), r"generator makes images of shape \(4, 4, 1\)"),
    ],
)
def test_images_that_do_not_fit_are_refused(images, message):
    with pytest.raises(ValueError, match=message):
        Trainer(*plain_pair(), images, batch_size=4)


@pytest.mark.parametrize(
    "option, message",
    [
        ({"batch_size": 65}, "batch_size is 65, but the data has 64 images"),
        ({"batch_size": 0}, "batch_size is 0; expected a whole number of at least 1"),
        ({"discriminator_steps": 0}, "discriminator_steps is 0"),
        ({"averaging": 1.0}, r"averaging is 1\.0; expected a number in \[0, 1\)"),
        ({"losses": "wasserstien"}, "Did you mean 'wasserstein'"),
        ({"noise": "gauss"}, "Unknown noise 'gauss'"),
        ({"discriminator_update": "mixed"}, "discriminator_update is 'mixed'; expected a function"),
    ],
)
def test_settings_that_make_no_sense_are_refused(option, message):
    with pytest.raises(ValueError, match=message):
        make_trainer(**option)


def test_one_optimiser_for_both_players_is_refused():
    optimizer = keras.optimizers.Adam()
    with pytest.raises(ValueError, match="Each needs its own"):
        make_trainer(generator_optimizer=optimizer, discriminator_optimizer=optimizer)


@pytest.mark.parametrize(
    "length, message",
    [
        ({}, "Say how long"),
        ({"steps": 0}, "steps is 0"),
        ({"steps": -5}, "steps is -5"),
        ({"steps": 2.5}, "steps is 2.5"),
        ({"seconds": 0}, "seconds is 0; expected a finite number above 0"),
    ],
)
def test_a_run_without_a_positive_length_is_refused(length, message):
    with pytest.raises(ValueError, match=message):
        make_trainer().run(**length)


def test_an_unknown_recipe_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="Unknown network 'dens'. Did you mean 'dense'"):
        get_recipe("dens")


def test_a_recipe_gives_the_same_trainer_for_the_same_seed():
    images = np.random.default_rng(0).random((128, 28, 28, 1)).astype(np.float32)
    one = get_recipe("dense").trainer(images, seed=3)
    other = get_recipe("dense").trainer(images, seed=3)
    assert np.array_equal(one.sample(2), other.sample(2))
