"""The trainer on points, with labels, with a mixed batch, and the questions one may ask of it."""

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops
from trainers import SHAPE, Shared, labelled_data, labelled_pair

from gan_course import models
from gan_course.data import toy
from gan_course.devices import seed_everything
from gan_course.losses import (
    LOSSES,
    GanLosses,
    binary_discriminator_loss,
    non_saturating_generator_loss,
)
from gan_course.recipes import toy_trainer
from gan_course.training import Trainer, update_discriminator, update_discriminator_mixed
from gan_course.training.conditioned import given


@Shared
def small(**settings):
    options = {"generator_units": [8], "discriminator_units": [8], "batch_size": 16, **settings}
    return toy_trainer(toy.ring(), **options)


@Shared
def labelled_trainer(**options):
    seed_everything(0)
    images, labels = labelled_data()
    return Trainer(*labelled_pair(), images, labels=labels, batch_size=30, **options)


@pytest.fixture(autouse=True)
def _give_back():
    yield
    small.give_back()
    labelled_trainer.give_back()


def test_points_may_lie_anywhere():
    trainer = toy_trainer(toy.grid(spacing=50.0), generator_units=[8], discriminator_units=[8])
    trainer.run(5, progress=False)
    assert trainer.sample(7).shape == (7, 2)


def test_a_trainer_of_points_is_made_by_its_seed():
    one, other, third = (small.fresh(seed=seed) for seed in (1, 1, 2))
    for trainer in (one, other, third):
        trainer.step_discriminator()
    weights = [trainer.discriminator.get_weights() for trainer in (one, other, third)]
    assert all(map(np.array_equal, weights[0], weights[1]))
    assert not np.array_equal(weights[0][0], weights[2][0])


def test_other_data_are_trained_on_from_the_next_batch_without_a_new_trace():
    trainer = small.fresh()
    trainer.advance(2)
    draw, before = tf.function(trainer.engine.draw_batch), trainer.generator.get_weights()
    shape = trainer.engine.data_shape
    assert draw()[0].numpy().max() < 4
    trainer.replace_data(np.full(shape, 9.0))
    assert (draw()[0].numpy() == 9).all() and trainer.step == 2
    assert all(map(np.array_equal, before, trainer.generator.get_weights()))
    for _ in range(30):
        loss = trainer.step_discriminator()["d_loss"]
    assert trainer.judge(np.full((1, 2), 9.0, np.float32)) > trainer.judge(np.zeros((1, 2)))
    assert np.isfinite(loss)
    with pytest.raises(ValueError, match=r"shape of the data is \(5, 2\); expected \(20000, 2\)"):
        trainer.replace_data(np.zeros((5, 2)))


def test_an_affine_generator_has_weights_and_a_bias_and_no_more():
    trainer = small(generator_units=[])
    assert [tuple(v.shape) for v in trainer.generator.variables] == [(2, 2), (2,)]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"optimizer": "adamm"}, "adam"),
        ({"generator_rate": 0}, "generator_rate is 0"),
        ({"discriminator_rate": "fast"}, "discriminator_rate is 'fast'"),
        ({"losses": "minmax"}, "minimax"),
        ({"noise": "pink"}, "normal"),
        ({"generator_units": "64, 64"}, "generator_units|hidden_units"),
    ],
)
def test_a_wrong_setting_of_a_toy_trainer_is_named(settings, words):
    with pytest.raises(ValueError, match=words):
        small(**settings)


def test_a_loss_and_an_update_of_your_own_may_decide_by_a_tensor():
    def capped_loss(fake_logits):
        if ops.mean(fake_logits) > 1e6:
            return ops.zeros(())
        return non_saturating_generator_loss(fake_logits)

    def careful_update(*given):
        loss, real_logits, fake_logits = update_discriminator(*given)
        if loss > 1e6:
            loss = ops.zeros_like(loss)
        return loss, real_logits, fake_logits

    own = GanLosses("capped", capped_loss, binary_discriminator_loss)
    pair = models.build_point_generator(), models.build_point_discriminator()
    points = toy.ring().sample(50, seed=0)
    settings = {"losses": own, "discriminator_update": careful_update, "batch_size": 16}
    trainer = Trainer(*pair, points, **settings)
    trainer.run(3, progress=False)
    trainer.step_generator(), trainer.step_discriminator()
    assert trainer.step == 3 and np.isfinite(trainer.history["g_loss"]).all()
    assert trainer.pushes(np.zeros((3, 2)))[1].shape == (3, 2)


def test_points_that_are_not_finite_are_counted():
    with pytest.raises(ValueError, match="2 of 4 points"):
        pair = models.build_point_generator(), models.build_point_discriminator()
        Trainer(*pair, [[0, 0], [np.nan, 0], [1, 1], [np.inf, 2]], batch_size=2)


def test_a_step_in_updates_is_the_step_that_run_takes():
    one, other = small(discriminator_steps=2), small(discriminator_steps=2)
    one.run(3, progress=False)
    for _ in range(3):
        before = other.step
        players = []
        for player in other.step_in_updates():
            players.append(player)
            assert other.step == before + (player == "generator")
        assert players == ["discriminator", "discriminator", "generator"]
    assert one.history == other.history
    for here, there in zip(one.generator.variables, other.generator.variables, strict=True):
        np.testing.assert_array_equal(here.numpy(), there.numpy())


def test_the_next_batch_is_scored_as_the_update_will_report_it():
    trainer = small()
    scores = trainer.score_next_batch()
    reported = trainer.step_discriminator()
    assert reported == pytest.approx({name: scores[name] for name in reported}, abs=1e-6)
    later = trainer.score_next_batch()
    trainer.run(1, progress=False)
    assert trainer.history["d_loss"] == pytest.approx([later["d_loss"]], abs=1e-6)
    assert scores["g_loss"] != later["g_loss"], "D moved, and the generator's loss with it"


def test_the_next_batch_is_the_one_that_the_update_sees():
    trainer = small()
    batch = trainer.next_batch()
    again = trainer.next_batch()
    np.testing.assert_array_equal(batch["real"], again["real"])
    expected = trainer.judge(batch["real"]).mean()
    assert trainer.step_discriminator()["d_real"] == pytest.approx(expected, abs=1e-6)
    assert not np.array_equal(trainer.next_batch()["real"], batch["real"])


def test_the_next_noise_is_what_the_generator_sees():
    trainer = small()
    logits = trainer.logits(trainer.generate(trainer.next_noise()["z"]))
    expected = np.log1p(np.exp(-logits)).mean()
    assert trainer.step_generator()["g_loss"] == pytest.approx(expected, rel=1e-5)


def test_verdicts_are_probabilities_of_the_logits():
    trainer = small()
    x = toy.ring().sample(20, seed=1)
    np.testing.assert_allclose(trainer.judge(x), 1 / (1 + np.exp(-trainer.logits(x))), rtol=1e-5)


@pytest.mark.parametrize("losses", LOSSES)
def test_a_push_is_the_downhill_direction_of_the_generators_loss(losses):
    trainer = small(losses=losses, activation="tanh")
    z = models.sample_latent(5, 2)
    fakes, pushes = trainer.pushes(z)
    first = toy.ring().sample(20_000, seed=0)[: len(z)]  # of the trainer's data
    real_logits = ops.convert_to_tensor(trainer.logits(first)[:, None])

    def loss(points):
        logits = keras.ops.convert_to_tensor(trainer.logits(points)[:, None])
        return float(trainer.losses.of_generator(logits, real_logits))

    h = 1e-2
    for index in np.ndindex(fakes.shape):
        up, down = fakes.copy(), fakes.copy()
        up[index] += h
        down[index] -= h
        slope = (loss(up) - loss(down)) / (2 * h)
        assert pushes[index] == pytest.approx(-len(z) * slope, rel=0.02, abs=2e-3)


def test_questions_change_nothing():
    one, other = small(), small()
    one.judge(np.zeros((3, 2))), one.pushes(models.sample_latent(3, 2)), one.next_batch()
    one.score_next_batch()
    one.next_noise(), one.sample(3)
    one.run(3, progress=False)
    other.run(3, progress=False)
    assert one.history == other.history


@pytest.mark.parametrize("with_labels", [False, True])
def test_a_mixed_batch_moves_the_discriminator_as_two_batches_do(with_labels):
    make = labelled_trainer if with_labels else small
    trainers = make(), make(discriminator_update=update_discriminator_mixed)
    for trainer in trainers:
        trainer.run(3, progress=False)
    one, other = trainers
    assert one.history["d_loss"] == pytest.approx(other.history["d_loss"], rel=1e-5)
    for here, there in zip(one.discriminator.variables, other.discriminator.variables, strict=True):
        np.testing.assert_allclose(here.numpy(), there.numpy(), atol=1e-5)


def test_both_halves_of_a_mixed_batch_have_the_labels_of_the_batch():
    _, discriminator = labelled_pair()
    labels = np.array([0, 1, 2], np.int32)
    halves = np.random.default_rng(0).random((2, 3, *SHAPE)).astype(np.float32)
    mixed = given(discriminator, labels)(ops.concatenate(list(halves)), training=False)
    apart = [discriminator([half, labels], training=False) for half in halves]
    np.testing.assert_allclose(mixed, np.concatenate(apart), atol=1e-6)
    swapped = discriminator([halves[1], labels[::-1]], training=False)
    assert not np.allclose(mixed[3:], swapped, atol=1e-3), "the labels make no difference"


def test_a_trainer_knows_how_many_labels_its_pair_has():
    assert labelled_trainer().num_classes == 3 and small().num_classes is None


def test_samples_of_one_latent_vector_under_several_labels_stand_side_by_side():
    trainer = labelled_trainer()
    labels = np.arange(7) % 3
    drawn = trainer.sample(7, seed=5, labels=labels, repeat=3)
    vectors = np.repeat(models.sample_latent(3, 3, seed=5), 3, axis=0)[:7]
    np.testing.assert_allclose(drawn, trainer.generate(vectors, labels), atol=1e-6)
    with pytest.raises(ValueError, match="repeat is 0; expected a whole number"):
        trainer.sample(7, labels=labels, repeat=0)


def test_a_conditional_pair_learns_to_obey_its_labels():
    trainer = labelled_trainer.fresh(
        generator_optimizer=keras.optimizers.Adam(0.01, beta_1=0.5),
        discriminator_optimizer=keras.optimizers.Adam(0.01, beta_1=0.5),
        averaging=0.9,
    )
    trainer.run(300, progress=False)
    made = trainer.sample(90, labels=np.arange(90) % 3).mean(axis=(1, 2, 3))
    means = [made[label::3].mean() for label in range(3)]
    assert means[0] < means[1] < means[2] and means[2] - means[0] > 0.4


def test_the_labels_of_a_batch_belong_to_its_images():
    trainer = labelled_trainer()
    batch = trainer.next_batch()
    brightness = batch["real"].mean(axis=(1, 2, 3))
    np.testing.assert_allclose(brightness, np.array([0.1, 0.5, 0.9])[batch["labels"]], rtol=1e-5)
    assert set(trainer.next_noise()["labels"]) <= {0, 1, 2}


def test_a_conditional_run_is_resumed_bit_for_bit(tmp_path):
    whole = labelled_trainer()
    whole.run(3, progress=False)
    whole.save(tmp_path / "c.npz")
    whole.run(3, progress=False)
    resumed = labelled_trainer(seed=9)
    resumed.load(tmp_path / "c.npz")
    resumed.run(3, progress=False)
    assert resumed.history == whole.history


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (None, "pass them with labels="),
        (np.zeros(89, int), "holds 89 labels; expected 90"),
        (np.zeros((90, 3), int), r"\(90, 3\).*argmax"),
        (np.full(90, 3), "index 0: 3; .*0 to 2"),
    ],
)
def test_labels_that_do_not_fit_are_refused(labels, words):
    with pytest.raises(ValueError, match=words):
        Trainer(*labelled_pair(), labelled_data()[0], labels=labels, batch_size=30)


def test_labels_for_networks_without_any_are_refused():
    with pytest.raises(ValueError, match="take none"):
        pair = models.build_point_generator(), models.build_point_discriminator()
        Trainer(*pair, np.zeros((9, 2)), labels=np.zeros(9, int), batch_size=2)


def test_a_pair_of_which_one_takes_labels_is_refused():
    generator, _ = labelled_pair()
    discriminator = models.build_dense_discriminator(SHAPE, [4])
    with pytest.raises(ValueError, match="discriminator does not"):
        Trainer(generator, discriminator, *labelled_data()[:1], batch_size=30)
