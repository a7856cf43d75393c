"""Penalties on the discriminator's slope have the values of closed forms, and train with it."""

import gan_course.backend

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops
from trainers import labelled_data, labelled_pair

from gan_course import models
from gan_course.data import toy
from gan_course.devices import seed_everything
from gan_course.losses import R1, R2, GradientPenalty, blend, squared_slopes
from gan_course.recipes import toy_trainer
from gan_course.training import Trainer, update_discriminator_mixed

RANDOM = np.random.default_rng(0)
W = tf.constant(RANDOM.normal(size=(3, 1)).astype(np.float32))
A = RANDOM.normal(size=(3, 3)).astype(np.float32)
A = tf.constant(A + A.T)
REAL, FAKE = (tf.constant(RANDOM.normal(size=(6, 3)).astype(np.float32)) for _ in range(2))
MIX = tf.constant(RANDOM.random(6).astype(np.float32))


def linear(x, training):
    """D(x) = wᵀx, of slope w everywhere."""
    return x @ W


def quadratic(x, training):
    """D(x) = ½ xᵀAx, of slope Ax."""
    return 0.5 * ops.sum(x * (x @ A), axis=1, keepdims=True)


def squared_lengths(rows):
    return np.square(np.asarray(rows)).sum(axis=1)


@pytest.mark.parametrize(
    ("penalty", "places"),
    [(R1(0.7), REAL), (R2(0.7), FAKE)],
)
def test_a_zero_centred_penalty_is_half_gamma_times_the_mean_squared_slope(penalty, places):
    of_line = float(penalty(linear, REAL, FAKE))
    assert of_line == pytest.approx(0.35 * squared_lengths(W.numpy().T)[0], rel=1e-5)
    expected = 0.35 * squared_lengths(places @ A).mean()
    assert float(penalty(quadratic, REAL, FAKE)) == pytest.approx(expected, rel=1e-5)


def test_a_gradient_penalty_is_how_far_slopes_between_the_pairs_are_from_1():
    length = np.sqrt(squared_lengths(W.numpy().T)[0])
    found = float(GradientPenalty(10.0)(linear, REAL, FAKE, MIX))
    assert found == pytest.approx(10 * (length - 1) ** 2, rel=1e-4)
    between = MIX[:, None] * REAL + (1 - MIX[:, None]) * FAKE
    lengths = np.sqrt(squared_lengths(between @ A))
    found = float(GradientPenalty(2.0)(quadratic, REAL, FAKE, MIX))
    assert found == pytest.approx(2 * np.square(lengths - 1).mean(), rel=1e-4)


def test_slopes_agree_with_finite_differences_of_a_network():
    seed_everything(0)
    network = models.build_point_discriminator(3, [5], "tanh")
    h, expected = 1e-2, np.zeros(6)
    for axis in np.eye(3, dtype=np.float32):
        up, down = (network(REAL + sign * h * axis).numpy()[:, 0] for sign in (1, -1))
        expected += np.square((up - down) / (2 * h))
    np.testing.assert_allclose(squared_slopes(network, REAL), expected, rtol=0.01, atol=1e-5)


def test_a_penalty_moves_the_weights_by_its_own_gradient():
    w = tf.Variable(W)
    with tf.GradientTape() as tape:
        penalty = R1(0.8)(lambda x, training: x @ w, REAL, FAKE)
    np.testing.assert_allclose(tape.gradient(penalty, w), 0.8 * W, rtol=1e-5)  # of 0.4 ‖w‖²


def test_a_flat_discriminator_leaves_the_gradient_of_the_penalty_finite():
    w = tf.Variable(tf.zeros((3, 1)))
    with tf.GradientTape() as tape:
        penalty = GradientPenalty(1.0)(lambda x, training: x @ w, REAL, FAKE, MIX)
    assert float(penalty) == pytest.approx(1.0, abs=1e-3)
    assert np.isfinite(tape.gradient(penalty, w)).all()


def test_each_pair_of_images_is_blended_by_one_number_of_its_own():
    ones, zeros = tf.ones((2, 4, 4, 1)), tf.zeros((2, 4, 4, 1))
    mixed = blend(ones, zeros, tf.constant([0.25, 1.0])).numpy()
    assert (mixed[0] == 0.25).all() and (mixed[1] == 1.0).all()


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf"), "strong", True])
@pytest.mark.parametrize(
    ("make", "name"), [(R1, "gamma"), (R2, "gamma"), (GradientPenalty, "weight")]
)
def test_a_weight_below_0_or_no_finite_number_is_refused(make, name, value):
    with pytest.raises(ValueError, match=f"{name} is .*expected .*Take for example {name}="):
        make(value)


def point_trainer(**settings):
    small = {"generator_units": [8], "discriminator_units": [8], "batch_size": 16}
    return toy_trainer(toy.ring(), **small, **settings)


@pytest.fixture(scope="module")
def penalised():
    return {"losses": "relativistic", "penalties": (R1(1.0), R2(1.0), GradientPenalty(0.1))}


def test_the_loss_of_a_penalised_step_is_the_loss_plus_its_penalties():
    weights = {}
    for penalties in ((), (R1(2.0), R2(3.0))):
        trainer = point_trainer(penalties=penalties)
        batch = trainer.next_batch()
        real, fake = tf.constant(batch["real"]), tf.constant(trainer.generate(batch["z"]))
        expected = sum(float(p(trainer.discriminator, real, fake)) for p in penalties)
        weights[len(penalties)] = trainer.step_discriminator()["d_loss"], expected
    plain, _ = weights[0]
    whole, added = weights[2]
    assert added > 0 and whole == pytest.approx(plain + added, rel=1e-4)


def test_a_penalised_run_is_resumed_bit_for_bit_and_names_other_penalties(tmp_path, penalised):
    whole = point_trainer(**penalised)
    whole.run(3, progress=False)
    whole.save(tmp_path / "c.npz")
    whole.run(3, progress=False)
    resumed = point_trainer(seed=0, **penalised)
    resumed.load(tmp_path / "c.npz")
    resumed.run(3, progress=False)
    assert resumed.history == whole.history
    other = point_trainer(losses="relativistic", penalties=(R1(2.0),))
    with pytest.warns(UserWarning, match=r"penalties \['R1\(gamma=2.0\)'\]"):
        other.load(tmp_path / "c.npz")


def test_the_places_of_a_gradient_penalty_are_drawn_anew_for_each_update():
    trainer = point_trainer(penalties=(GradientPenalty(1.0),))
    drawn = [trainer.engine._draw_mix().numpy() for _ in range(2)]
    assert drawn[0].shape == (16,) and (drawn[0] >= 0).all() and (drawn[0] <= 1).all()
    assert len(np.unique(drawn[0])) == 16 and not np.array_equal(*drawn)


def test_a_penalty_holds_down_the_slope_that_training_would_raise():
    slopes = []
    for penalties in ((), (R1(10.0), R2(10.0))):
        trainer = point_trainer(penalties=penalties, losses="wasserstein")
        trainer.run(150, progress=False)
        x = tf.constant(toy.ring().sample(200, seed=1))
        slopes.append(float(ops.mean(squared_slopes(trainer.discriminator, x))))
    assert slopes[1] < 0.2 * slopes[0]


def test_a_conditional_pair_in_float16_with_mixed_batches_trains_with_every_penalty(penalised):
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_float16")
    try:
        seed_everything(0)
        pair = labelled_pair()
    finally:
        keras.config.set_dtype_policy(before)
    images, labels = labelled_data()
    settings = {"batch_size": 30, "discriminator_update": update_discriminator_mixed, **penalised}
    trainer = Trainer(*pair, images, labels=labels, **settings)
    trainer.run(4, progress=False)
    assert np.isfinite(trainer.history["d_loss"]).all()


def test_a_relativistic_generator_is_shown_real_data_and_of_the_labels_asked_for():
    trainer = point_trainer(losses="relativistic")
    start = trainer.engine.random.state.numpy()
    labels, z, real = trainer.engine.draw_fakes()
    trainer.engine.random.state.assign(start)
    apart = trainer.logits(real) - trainer.logits(trainer.generate(z))
    expected = np.logaddexp(0, apart).mean()
    assert labels is None and real.shape == (16, 2)
    assert trainer.step_generator()["g_loss"] == pytest.approx(expected, rel=1e-4)


def test_a_discriminator_that_normalises_over_the_batch_is_refused_with_the_reason():
    points = keras.Input((2,))
    x = layers.BatchNormalization(name="norm")(layers.Dense(4)(points))
    discriminator = keras.Model(points, layers.Dense(1)(x), name="critic")
    data = np.zeros((9, 2), np.float32)
    with pytest.raises(ValueError, match="'norm' of 'critic' normalises over the batch"):
        pair = models.build_point_generator(), discriminator
        Trainer(*pair, data, batch_size=4, penalties=(GradientPenalty(),))


@pytest.mark.parametrize(
    ("penalties", "words"),
    [
        (R1(1.0), r"penalties is R1\(gamma=1.0\); expected a tuple"),
        ((R1,), r"penalties\[0\] is .*R1.*; expected a penalty, with its weight"),
        (("R1",), r"penalties\[0\] is 'R1'"),
    ],
)
def test_what_is_no_tuple_of_penalties_is_refused(penalties, words):
    with pytest.raises(ValueError, match=words):
        point_trainer(penalties=penalties)


def test_a_packed_pair_trains_with_one_verdict_for_each_pack(penalised):
    trainer = point_trainer(packing=4, **penalised)
    trainer.run(3, progress=False)
    assert np.isfinite(trainer.history["d_loss"]).all()
    assert trainer.logits(np.zeros((8, 2))).shape == (2,)
    assert trainer.pushes(np.zeros((8, 2)))[1].shape == (8, 2)


def test_the_slope_of_a_pack_is_taken_over_all_of_its_examples():
    packed = models.build_point_discriminator(2, [], packing=2)
    kernel = packed.get_layer("logit").kernel.numpy()
    slopes = squared_slopes(packed, tf.zeros((6, 2)))
    np.testing.assert_allclose(slopes, np.full(3, np.square(kernel).sum()), rtol=1e-5)


def test_packs_that_do_not_divide_the_batch_are_refused():
    with pytest.raises(ValueError, match="batch_size is 16, which .* packs of 3: use 15"):
        point_trainer(packing=3)


def test_spectral_normalisation_holds_every_kernel_of_a_discriminator_to_a_norm_near_1():
    seed_everything(0)
    discriminator = models.build_small_discriminator(
        (16, 16, 1), channels=(4,), shift=0, packing=2, spectral_norm=True
    )
    for _ in range(30):  # each call in training moves the estimate on
        discriminator(tf.zeros((4, 16, 16, 1)), training=True)
    for layer in discriminator.layers:
        if isinstance(layer, layers.SpectralNormalization):
            kernel = layer.layer.kernel.numpy()
            norm = np.linalg.norm(kernel.reshape(-1, kernel.shape[-1]), ord=2)
            assert norm == pytest.approx(1.0, abs=0.05), layer.name


def test_an_update_of_your_own_is_not_left_out_in_silence_for_a_penalty():
    def own_update(*given):
        return update_discriminator_mixed(*given)

    with pytest.raises(ValueError, match="discriminator_update is .*one of the two"):
        point_trainer(discriminator_update=own_update, penalties=(R1(1.0),))
