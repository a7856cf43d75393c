"""A checkpoint is loaded whole or not at all; what a trainer was given anew holds, or is named."""

import json
import re
import warnings
import zipfile

import gan_course.backend

import keras
import numpy as np
import pytest
from trainers import SHAPE

from gan_course import models
from gan_course.training import Trainer
from gan_course.training.checkpoint import read_state
from gan_course.weights import WeightsError, load_weights, pack, read_arrays, read_notes

COLUMNS = ("step", "d_loss", "g_loss", "d_real", "d_fake")


def small(rate=1.0, momentum=0.9, optimizer=keras.optimizers.SGD, **settings):
    """A trainer that takes no step, so that nothing is compiled."""
    options = {} if momentum is None else {"momentum": momentum}
    images = np.random.default_rng(0).random((64, *SHAPE)).astype(np.float32)
    return Trainer(
        models.build_dense_generator(3, [4], SHAPE),
        models.build_dense_discriminator(SHAPE, [4], dropout=0.0),
        settings.pop("data", images),
        generator_optimizer=optimizer(rate, **options),
        discriminator_optimizer=optimizer(rate, **options),
        **{"batch_size": 16, "averaging": None, **settings},
    )


def after_three_steps(**settings):
    trainer = small(**settings)
    trainer.engine.step.assign(3)
    trainer.history = {column: [0.5, 0.25, 0.75] for column in COLUMNS} | {"step": [1, 2, 3]}
    return trainer


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A checkpoint, its arrays, and a trainer that fits it."""
    path = tmp_path_factory.mktemp("saved") / "c.npz"
    after_three_steps().save(path)
    return path, read_arrays(path), small()


def values(trainer):
    groups = trainer.engine.variables(with_rates=True)
    return [v.numpy() for group in groups.values() for v in group]


def described(**changes):
    description = {"format": 2, "notes": {}, "settings": {}} | changes
    return {"description": np.array(json.dumps(description))}


def first(arrays, start):
    return next(name for name in arrays if name.startswith(start))


DAMAGE = {
    "an array is missing": lambda a: {first(a, "discriminator/"): None},
    "another shape": lambda a: {first(a, "generator/"): np.zeros((2, 2), np.float32)},
    "strings": lambda a: {(n := first(a, "generator/")): a[n].astype(str)},
    "whole numbers": lambda a: {(n := first(a, "generator/")): a[n].astype(np.int32)},
    "NaN": lambda a: {(n := first(a, "generator/")): a[n] * np.nan},
    "a short random state": lambda a: {(n := first(a, "random")): a[n][:2]},
    "a negative step": lambda a: {first(a, "step/"): np.array(-3)},
    "another step": lambda a: {first(a, "step/"): np.array(7)},
    "no column": lambda a: {"history/g_loss": None},
    "a shorter column": lambda a: {"history/g_loss": a["history/g_loss"][:2]},
    "an earlier end": lambda a: {f"history/{c}": a[f"history/{c}"][:2] for c in COLUMNS},
    "a table for a column": lambda a: {"history/g_loss": np.zeros((3, 1))},
    "words for a column": lambda a: {"history/g_loss": np.array(["a", "b", "c"])},
    "NaN in the history": lambda a: {"history/g_loss": np.full(3, np.nan)},
    "steps that fall": lambda a: {"history/step": np.array([2, 1, 3])},
    "an empty description": lambda a: {"description": np.array("{}")},
    "a list": lambda a: {"description": np.array("[2]")},
    "a number": lambda a: {"description": np.array(2)},
    "no JSON": lambda a: {"description": np.array("{2")},
    "no notes": lambda a: {"description": np.array('{"format": 2, "settings": {}}')},
    "notes in a list": lambda a: described(notes=[]),
    "another format": lambda a: described(format=3),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_checkpoint_with_something_wrong_is_refused_and_changes_nothing(saved, damage, tmp_path):
    _, arrays, trainer = saved
    before = values(trainer)
    changed = arrays | DAMAGE[damage](arrays)
    np.savez(tmp_path / "c.npz", **{n: a for n, a in changed.items() if a is not None})
    with pytest.raises(WeightsError):
        trainer.load(tmp_path / "c.npz")
    assert all(map(np.array_equal, values(trainer), before)) and trainer.history["step"] == []


def test_a_flipped_byte_anywhere_is_noticed_or_changes_no_number(saved, tmp_path):
    path, _, trainer = saved
    engine, whole = trainer.engine, bytearray(path.read_bytes())

    def groups(form):
        return engine.variables()

    expected, noticed = read_state(path, groups, COLUMNS), 0
    expected = [array.tobytes() for _, array in expected[0]], *expected[1:]
    for place in np.random.default_rng(0).integers(0, len(whole), 60):
        damaged = whole.copy()
        damaged[place] ^= 1 << (place % 8)
        (tmp_path / "c.npz").write_bytes(damaged)
        try:
            pairs, *others = read_state(tmp_path / "c.npz", groups, COLUMNS)
        except WeightsError:
            noticed += 1
        else:
            assert ([array.tobytes() for _, array in pairs], *others) == expected
    assert noticed > 30


def test_a_type_of_half_the_width_in_a_header_is_noticed(saved, tmp_path):
    path, _, trainer = saved
    content = path.read_bytes()
    assert b"'<f4'" in content
    (tmp_path / "c.npz").write_bytes(content.replace(b"'<f4'", b"'<f2'", 1))
    with pytest.raises(WeightsError, match="cannot be read"):
        trainer.load(tmp_path / "c.npz")


def header_of(shape):
    return (
        np.lib.format.magic(1, 0)
        + b"\x76\x00"
        + repr({"descr": "<f4", "fortran_order": False, "shape": shape}).encode().ljust(117)
        + b"\n"
    )


@pytest.mark.parametrize(
    "content", [header_of((10**12,)), header_of((2,)) + bytes(99), b"no array", b""]
)
def test_a_member_that_is_no_array_of_its_size_is_refused(content, tmp_path):
    with zipfile.ZipFile(tmp_path / "w.npz", "w") as archive:
        archive.writestr("0000/bias.npy", content)
    with pytest.raises(WeightsError, match="cannot be read"):
        read_arrays(tmp_path / "w.npz")


def test_a_file_that_expands_far_beyond_its_network_is_refused_unread(tmp_path):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    np.savez_compressed(tmp_path / "w.npz", **{"0000/kernel": np.zeros(10**6, np.float32)})
    with pytest.raises(WeightsError, match="would expand"):
        load_weights(tmp_path / "w.npz", model)


def test_weights_that_are_no_numbers_are_refused_whole(tmp_path):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    before = model.get_weights()
    kernel, bias = np.ones((2, 1), np.float16), np.array([np.nan], np.float16)
    np.savez_compressed(tmp_path / "w.npz", **{"0000/kernel": kernel, "0001/bias": bias})
    with pytest.raises(WeightsError, match="'0001/bias' in .* holds NaN"):
        load_weights(tmp_path / "w.npz", model)
    assert all(map(np.array_equal, model.get_weights(), before))


def test_a_checkpoint_keeps_the_notes_of_its_run(saved, tmp_path):
    trainer = after_three_steps()
    trainer.notes = {"network": "dense", "data": "a/b.csv", "seed": 5}
    trainer.save(tmp_path / "c.npz")
    assert read_notes(tmp_path / "c.npz") == trainer.notes
    np.savez(tmp_path / "old.npz", **{n: a for n, a in saved[1].items() if n != "description"})
    assert read_notes(tmp_path / "old.npz") == {}


@pytest.mark.parametrize("form", ["first", "middle"])
def test_checkpoints_of_older_kinds_are_still_read(form, tmp_path):
    older, here = after_three_steps(rate=0.5), small(rate=0.5)
    groups = older.engine.variables(with_rates=True)
    arrays = pack("old", groups) | {f"history/{c}": np.array(older.history[c]) for c in COLUMNS}
    if form == "first":  # no paths in the names, and a description
        arrays = {re.sub(r"/(\d{4})/.*", r"/\1", name): array for name, array in arrays.items()}
        arrays["description"] = np.array('{"format": 1, "notes": {}, "variables": {}}')
    np.savez(tmp_path / "old.npz", **arrays)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        here.load(tmp_path / "old.npz")
    assert all(map(np.array_equal, values(here), values(older))) and here.history == older.history


def test_what_a_trainer_was_given_anew_holds_after_loading_and_is_named(saved):
    others = np.random.default_rng(1).random((40, *SHAPE)).astype(np.float32)
    trainer = small(
        rate=0.1, momentum=0.5, data=others, batch_size=8, losses="hinge", noise="uniform", seed=4
    )
    with pytest.warns(UserWarning) as told:
        trainer.load(saved[0])
    (said,) = [str(warning.message) for warning in told]
    assert float(trainer.engine.generator_optimizer.learning_rate) == pytest.approx(0.1)
    for words in (
        "goes on with its own",
        "generator learning_rate 0.1 (there 1)",
        "discriminator optimizer: momentum 0.5 (there 0.9)",
        "batch_size 8 (there 16)",
        "losses 'hinge' (there 'non_saturating')",
        "noise 'uniform' (there 'normal')",
        "data '40 of shape (4, 4, 1)",
        "as they were saved: seed 4 changes nothing",
    ):
        assert words in said


def test_the_same_settings_are_loaded_without_a_word(saved):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        small().load(saved[0])


def test_a_rate_that_changed_while_training_goes_on(tmp_path):
    trainer, again = after_three_steps(), small()
    trainer.engine.generator_optimizer.learning_rate = 0.25
    trainer.save(tmp_path / "c.npz")
    again.load(tmp_path / "c.npz")
    assert float(again.engine.generator_optimizer.learning_rate) == 0.25
    assert float(again.engine.discriminator_optimizer.learning_rate) == 1.0


def test_a_schedule_in_the_place_of_a_rate_holds_and_is_named(saved):
    trainer = small(rate=keras.optimizers.schedules.CosineDecay(0.5, 100))
    with pytest.warns(UserWarning, match=r"learning_rate 'CosineDecay\(.*decay_steps=100"):
        trainer.load(saved[0])


def test_an_optimiser_whose_state_means_something_else_is_refused(saved):
    trainer = small(optimizer=keras.optimizers.RMSprop, momentum=None)
    with pytest.raises(WeightsError, match="with SGD for the generator, and here it is RMSprop"):
        trainer.load(saved[0])


def test_a_state_behind_its_history_is_not_saved(tmp_path):
    trainer = after_three_steps()
    trainer.engine.step.assign(5)  # two steps whose losses were not finite
    with pytest.raises(WeightsError, match="after step 3 were not finite"):
        trainer.save(tmp_path / "c.npz")
