"""Networks that no step could teach are refused with the reason; unusual ones are trained."""

import gan_course.backend

import keras
import numpy as np
import pytest
from keras import layers
from trainers import SHAPE

from gan_course.training import Trainer
from gan_course.training.network_checks import check_synchronized
from gan_course.training.own_losses import OwnLosses

Z, PIXELS = 3, 16


def generator(end="sigmoid", last=None):
    last = [layers.Reshape(SHAPE)] if last is None else last
    return keras.Sequential([keras.Input((Z,)), layers.Dense(PIXELS, activation=end), *last])


def discriminator(*last, **settings):
    ends = last or (layers.Dense(1, **settings),)
    return keras.Sequential([keras.Input(SHAPE), layers.Flatten(), *ends])


def images(low=0.0, high=1.0):
    return np.random.default_rng(0).uniform(low, high, (32, *SHAPE)).astype(np.float32)


def train(g=None, d=None, data=None, **settings):
    data = images() if data is None else data
    return Trainer(g or generator(), d or discriminator(), data, batch_size=8, **settings)


def by_operation(activation):
    x = keras.Input(SHAPE)
    return keras.Model(x, activation(layers.Dense(1)(layers.Flatten()(x))))


class Squashed(layers.Layer):
    def call(self, x):
        return keras.ops.sigmoid(keras.ops.mean(x, axis=(1, 2)))


@pytest.mark.parametrize(
    "d",
    [
        lambda: discriminator(activation="sigmoid"),
        lambda: discriminator(layers.Dense(1), layers.Activation("sigmoid")),
        lambda: discriminator(layers.Dense(1, activation="tanh"), layers.Reshape((1,))),
        lambda: discriminator(layers.Dense(1), layers.ReLU()),
        lambda: by_operation(keras.ops.sigmoid),
        lambda: by_operation(layers.Lambda(lambda x: 1 / (1 + keras.ops.exp(-x)))),
        lambda: keras.Sequential([keras.Input(SHAPE), discriminator(activation="sigmoid")]),
        lambda: keras.Sequential([keras.Input(SHAPE), layers.Conv2D(1, 3), Squashed()]),
    ],
)
def test_a_discriminator_that_returns_no_logits_is_refused(d):
    with pytest.raises(ValueError, match=r"discriminator ends in .*end it with layers.Dense\(1\)"):
        train(d=d())


@pytest.mark.parametrize(
    ("end", "low", "high"),
    [("tanh", 0, 1), ("sigmoid", -1, 1), ("relu", -1, 1), ("tanh", 0.01, 0.3)],
)
def test_a_generator_whose_range_is_not_that_of_the_images_is_refused(end, low, high):
    with pytest.raises(ValueError, match=f"generator ends in {end}.*value_range"):
        train(generator(end), data=images(low, high))
    rescaled = generator("sigmoid", [layers.Reshape(SHAPE), layers.Rescaling(2, offset=-1)])
    with pytest.raises(ValueError, match="to judge by its values.*from -1 to 1"):
        train(rescaled)


def test_a_range_that_fits_is_accepted():
    train(generator("tanh"), data=images(-1, 1))
    train(generator("linear"), data=images(-1, 1))
    train(generator("sigmoid"), data=images(0.5, 0.9))
    train(generator("tanh"), data=images(0.5, 0.9))


@pytest.mark.parametrize("player", ["generator", "discriminator"])
def test_a_frozen_player_is_refused(player):
    pair = {"generator": generator(), "discriminator": discriminator()}
    pair[player].trainable = False
    with pytest.raises(ValueError, match=f"The {player} .* is frozen by trainable = False"):
        train(*pair.values())


class OwnModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.inside = layers.Dense(PIXELS, activation="sigmoid")

    def call(self, z):
        return keras.ops.reshape(self.inside(z), (-1, *SHAPE))


@pytest.mark.parametrize(
    "g", [OwnModel, lambda: keras.Sequential([layers.Dense(PIXELS), layers.Reshape(SHAPE)])]
)
def test_a_network_that_does_not_say_what_it_takes_is_told_how_to(g):
    with pytest.raises(ValueError, match=r"does not say what it takes.*keras.Input\(\(64,\)\)"):
        train(g())


@pytest.mark.parametrize("wrong", ["dense", None, keras.Sequential, layers.Dense(3)])
def test_what_is_no_network_is_refused(wrong):
    with pytest.raises(ValueError, match="generator is .*expected a Keras model"):
        Trainer(wrong, discriminator(), images(), batch_size=8)


def test_a_generator_of_pictures_is_told_to_begin_with_latent_vectors():
    z = keras.Input(SHAPE)
    with pytest.raises(ValueError, match="expected latent vectors"):
        train(keras.Model(z, layers.Conv2D(1, 3, padding="same", activation="sigmoid")(z)))


def test_a_wrapped_model_of_a_class_of_your_own_and_a_lambda_can_be_trained():
    z = keras.Input((Z,))
    x = layers.Lambda(lambda x: 2 * x)(layers.Dense(PIXELS)(z))
    g = keras.Model(z, layers.Reshape(SHAPE)(layers.Activation("sigmoid")(x)))
    trainer = train(g)
    given = np.ones((2, Z), np.float32)
    np.testing.assert_allclose(trainer.averaged_generator(given), g(given))
    assert trainer.averaged_generator.layers[1] is not g.layers[1]
    wrapped = keras.Model(z, OwnModel()(z))
    assert train(wrapped, averaging=None).sample(2).shape == (2, *SHAPE)


class Unwritten(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.inside = layers.Dense(units, activation="sigmoid")

    def call(self, x):
        return self.inside(x)


def test_a_layer_that_cannot_be_copied_is_named_with_two_ways_out():
    g = keras.Sequential([keras.Input((Z,)), Unwritten(PIXELS), layers.Reshape(SHAPE)])
    with pytest.raises(ValueError, match="'unwritten', .*get_config.*averaging=None"):
        train(g)
    assert train(g, averaging=None).averaged_generator is None


@pytest.mark.parametrize("wrong", ["adam", keras.optimizers.Adam, 0.1])
def test_what_is_no_optimiser_is_refused(wrong):
    with pytest.raises(ValueError, match="discriminator_optimizer is .*expected a Keras optimiser"):
        train(discriminator_optimizer=wrong)


def test_an_optimiser_of_another_network_is_refused():
    used = keras.optimizers.SGD(0.1)
    train(generator_optimizer=used)
    with pytest.raises(ValueError, match="was used for another network"):
        train(generator_optimizer=used)


def test_whole_numbers_of_numpy_are_whole_numbers():
    trainer = train(seed=np.int64(3), discriminator_steps=np.int64(2))
    assert trainer.engine.discriminator_steps == 2
    with pytest.raises(ValueError, match="seed is -1"):
        train(seed=-1)


@pytest.mark.parametrize(
    "wrong", [print, keras.callbacks.History(), [keras.callbacks.History()], 3]
)
def test_what_is_no_list_of_functions_is_no_callbacks(wrong):
    with pytest.raises(ValueError, match="callbacks.* is .*expected a (list of )?function"):
        train().run(1, callbacks=wrong, progress=False)


def test_batch_normalisation_on_several_devices_must_be_synchronized():
    plain = keras.Sequential([keras.Input((Z,)), layers.BatchNormalization(name="norm")])
    nested = keras.Sequential([keras.Input((Z,)), plain])
    check_synchronized((plain, nested), 1)
    for pair in ((plain, discriminator()), (discriminator(), nested)):
        with pytest.raises(ValueError, match=r"'norm' .*BatchNormalization\(synchronized=True\)"):
            check_synchronized(pair, 2)
    together = layers.BatchNormalization(synchronized=True)
    check_synchronized((keras.Sequential([keras.Input((Z,)), together]),) * 2, 2)


# --- losses of the layers themselves ---------------------------------------------------------


def test_what_layers_add_belongs_to_the_loss_of_their_network_and_penalties_count_once():
    network = keras.Sequential([keras.Input((2,)), layers.ActivityRegularization(l1=1.0)])
    network.add(layers.Dense(1, kernel_regularizer=keras.regularizers.L2(0.5)))
    network.layers[-1].set_weights([np.full((2, 1), 2.0), np.zeros(1)])
    noting = OwnLosses(network)
    for size in (1.0, 3.0):
        noting(np.full((1, 2), size, np.float32), training=True)
    penalty, activity = 0.5 * 2 * 4.0, 2 * 1.0 + 2 * 3.0
    assert float(noting.added_to(keras.ops.zeros(()))) == pytest.approx(penalty + activity)
    assert noting.name == network.name


@pytest.mark.parametrize("player", ["generator", "discriminator"])
def test_a_penalty_on_weights_pulls_at_the_weights_of_its_network(player):
    penalty = keras.regularizers.L2(0.1)
    pairs = []
    for regularizer in (None, penalty):
        keras.utils.set_random_seed(0)
        g, d = generator(), discriminator(kernel_regularizer=regularizer)
        if player == "generator":
            d = discriminator()
            end = {"activation": "sigmoid", "kernel_regularizer": regularizer}
            g = keras.Sequential([keras.Input((Z,)), layers.Dense(PIXELS, **end)])
            g.add(layers.Reshape(SHAPE))
        optimizers = {
            f"{p}_optimizer": keras.optimizers.SGD(0.5) for p in ("generator", "discriminator")
        }
        trainer = train(g, d, averaging=None, **optimizers)
        network = getattr(trainer, player)
        before = network.trainable_variables[0].numpy()
        update = getattr(trainer.engine, f"{player}_update").python_function
        loss = np.ravel(update())[0]
        pairs.append((before, network.trainable_variables[0].numpy(), loss))
    (start, plain, loss), (same, pulled, with_penalty) = pairs
    np.testing.assert_array_equal(start, same)
    np.testing.assert_allclose(pulled - plain, -0.5 * 2 * 0.1 * start, atol=1e-6)
    assert with_penalty - loss == pytest.approx(0.1 * (start**2).sum(), rel=1e-4)
