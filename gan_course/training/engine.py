"""The compiled step: it draws a batch and updates both players, on one device or several."""

import zlib
from functools import partial

import gan_course.backend

import keras
import tensorflow as tf

from gan_course.devices import choose_xla, list_gpus
from gan_course.models import latent_dim_of
from gan_course.names import look_up
from gan_course.training.conditioned import given
from gan_course.training.one_device import AlreadySummed
from gan_course.training.own_losses import OwnLosses
from gan_course.training.settings import PLAYERS, is_rate, present_rate
from gan_course.training.steps import (
    mean_probability,
    update_average,
    update_generator,
)

COLUMNS = ("d_loss", "g_loss", "d_real", "d_fake")
NOISE = {
    "normal": lambda generator, shape: generator.normal(shape),
    "uniform": lambda generator, shape: generator.uniform(shape, -1.0, 1.0),
}


def prepare_optimizer(optimizer, network):
    """Return the optimiser, or Adam(2e-4, β₁ 0.5) for None, built for the network's variables.

    It is built before any step is traced: variables cannot be made inside a compiled call. In
    float16 it is wrapped, so that small gradients do not vanish in rounding.

    Args:
        optimizer: A Keras optimiser, or None.
        network: The Keras model that it will update.

    Returns:
        A Keras optimiser.
    """
    optimizer = optimizer or keras.optimizers.Adam(2e-4, beta_1=0.5)
    if "float16" in {layer.compute_dtype for layer in network.layers}:
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    optimizer.build(network.trainable_variables)
    return optimizer


def copy_model(model):
    """Return a model of the same architecture with the same values in every variable.

    Args:
        model: A Keras model.

    Returns:
        A new Keras model.
    """
    copy = keras.models.clone_model(model, clone_function=_copy_layer)
    for there, here in zip(copy.variables, model.variables, strict=True):
        there.assign(here.value)
    return copy


def _copy_layer(layer):
    """Return a layer like another; the same one where it cannot be copied and need not be."""
    try:
        return layer.__class__.from_config(layer.get_config())
    except Exception as why:  # whatever a layer of the learner's own, or a Lambda, raises
        if not layer.variables:
            return layer
        reason = str(why).splitlines()[0]
        raise ValueError(
            f"The averaged generator needs a copy of the layer {layer.name!r}, and it cannot be "
            f"copied: {reason} Give its class a get_config, or train with averaging=None."
        ) from why


class Engine:
    """Two networks, two optimisers and a random generator, compiled into steps.

    Noise and the choice of real images are drawn for the global batch, then divided among the
    devices; each device's loss is divided by their number, and Keras adds the gradients up. So
    several devices compute what one would, to rounding, for networks without dropout whose batch
    normalisation is synchronized, which `Trainer` demands. What the layers of a network add to its
    loss, such as a regularizer's penalty, is added to the loss of that network alone.

    The arguments are those of `Trainer`, which has checked them: both networks and both optimisers
    as pairs in the order (generator, discriminator), the losses as a `GanLosses`.

    Attributes:
        step: The number of steps taken, a variable.
        random: The `tf.random.Generator` of noise and batch choice.
        run_steps: Compiled; takes a number of steps, returns their rows of `COLUMNS`.
        discriminator_update: Compiled; updates the discriminator once, returns [loss, D(real),
            D(fake)].
        generator_update: Compiled; updates the generator and its average once, returns the loss.
        weights_are_finite: Compiled; whether every weight of both networks is finite.

    Raises:
        ValueError: If both networks share one optimiser, or the noise is unknown.
    """

    def __init__(
        self,
        networks,
        optimizers,
        losses,
        data,
        labels,
        *,
        batch_size,
        discriminator_steps,
        averaging,
        noise,
        seed,
        strategy,
        discriminator_update,
        penalties,
    ):
        if optimizers[0] is not None and optimizers[0] is optimizers[1]:
            raise ValueError(
                "Both networks were given one optimiser object. Each needs its own: make two."
            )
        self.generator, self.discriminator = networks
        self.losses, self.strategy = losses, strategy
        self.batch_size, self.discriminator_steps = batch_size, discriminator_steps
        self.averaging = averaging
        self._z_shape = (batch_size, latent_dim_of(self.generator))
        self._draw = look_up(NOISE, noise, "noise")
        self._data = tf.Variable(data, trainable=False)  # so that compiled steps follow a change
        self._labels = None if labels is None else tf.constant(labels)
        self._update_discriminator, self._described = discriminator_update, None
        self._penalties = penalties
        with strategy.scope():
            self.generator_optimizer = prepare_optimizer(optimizers[0], self.generator)
            self.discriminator_optimizer = prepare_optimizer(optimizers[1], self.discriminator)
            self.averaged_generator = None if averaging is None else copy_model(self.generator)
        # What the rates were at first: a rate that `load` finds changed was set anew.
        self.first_rates = {player: present_rate(self.optimizer(player)) for player in PLAYERS}
        self.step = tf.Variable(0, dtype=tf.int64, name="step")
        self.random = tf.random.Generator.from_seed(seed)
        # XLA compiles one step; the loop around it stays TensorFlow's, so its length is free.
        # TensorFlow counts traces for each piece of code, and warns at the fifth: a new trainer
        # needs a trace of its own. A partial has no code, and so a count of its own.
        self._one_step = (
            tf.function(partial(self._train_step), jit_compile=True)
            if choose_xla("auto", len(list_gpus()))
            else self._train_step
        )
        self.run_steps = tf.function(partial(self._run_steps))
        self.weights_are_finite = tf.function(partial(self._weights_are_finite))
        self.discriminator_update = tf.function(partial(self._discriminator_update))
        self.generator_update = tf.function(partial(self._generator_update))

    def describe_data(self):
        """Return how many data there are, their shape, and a checksum with that of labels."""
        if self._described is None:
            checksum = zlib.crc32(self._data.numpy())
            if self._labels is not None:
                checksum = zlib.crc32(self._labels.numpy(), checksum)
            count, *shape = self._data.shape
            self._described = f"{count} of shape {tuple(shape)}, checksum {checksum:08x}"
        return self._described

    def some_data(self, count):
        """Return the first `count` of the data, from the start again where there are fewer."""
        return tf.gather(self._data, tf.range(count) % self._data.shape[0])

    @property
    def data_shape(self):
        """The shape of the real data, (n, …)."""
        return tuple(self._data.shape)

    def replace_data(self, data):
        """Draw batches from other data of the same shape from now on."""
        self._data.assign(data)
        self._described = None

    def optimizer(self, player):
        """Return the optimiser of `"generator"` or `"discriminator"`."""
        return getattr(self, f"{player}_optimizer")

    def variables(self, with_rates=False):
        """Return every variable of the state, as a dict from group names to lists.

        Args:
            with_rates: Whether constant learning rates are among them, as in older checkpoints.
        """
        kept = {
            player: [v for v in self.optimizer(player).variables if with_rates or not is_rate(v)]
            for player in PLAYERS
        }
        groups = {
            "generator": self.generator.variables,
            "discriminator": self.discriminator.variables,
            "generator optimizer": kept["generator"],
            "discriminator optimizer": kept["discriminator"],
            "random generator": [self.random.state],
            "step": [self.step],
        }
        if self.averaged_generator is not None:
            groups["averaged generator"] = self.averaged_generator.variables
        return groups

    def _run_steps(self, count):
        """Take `count` steps; return their rows of `COLUMNS`, shape (count, 4)."""
        rows = tf.TensorArray(tf.float32, size=count, element_shape=(len(COLUMNS),))
        for index in tf.range(count):
            rows = rows.write(index, self._one_step())
        return rows.stack()

    def _weights_are_finite(self):
        """Whether every weight is finite. A loss does not tell: on a CPU, relu(NaN) is 0."""
        weights = self.generator.trainable_variables + self.discriminator.trainable_variables
        sums = [tf.reduce_sum(weight.value) for weight in weights]  # NaN and infinity persist
        return tf.reduce_all(tf.math.is_finite(sums))

    def _train_step(self):
        for _ in range(self.discriminator_steps):
            d_loss, d_real, d_fake = tf.unstack(self._discriminator_update())
        g_loss = self._generator_update()
        self.step.assign_add(1)
        return tf.stack([d_loss, g_loss, d_real, d_fake])

    def _discriminator_update(self):
        """Update the discriminator once; return [loss, D(real), D(fake)]."""
        replicas = self.strategy.num_replicas_in_sync

        def update(real, labels, z, mix):
            discriminator = OwnLosses(self.discriminator)

            def loss_share(real_logits, fake_logits):
                loss = self.losses.discriminator_loss(real_logits, fake_logits)
                loss = tf.cast(loss, real.dtype)  # logits may end in float16; penalties do not
                return discriminator.added_to(loss) / replicas

            def penalty_share(real, fake):
                judge, fake = given(self.discriminator, labels), tf.cast(fake, real.dtype)
                parts = [penalty(judge, real, fake, mix) for penalty in self._penalties]
                return sum(parts) / replicas

            networks = given(self.generator, labels), given(discriminator, labels)
            settings = {"penalty": penalty_share} if self._penalties else {}
            loss, real_logits, fake_logits = self._update_discriminator(
                *networks, self.discriminator_optimizer, loss_share, real, z, **settings
            )
            d_real, d_fake = mean_probability(real_logits), mean_probability(fake_logits)
            row = loss, d_real / replicas, d_fake / replicas
            return tf.stack([tf.cast(number, tf.float32) for number in row])

        return self._on_each_device(update, *self.draw_batch(), self._draw_mix())

    def _generator_update(self):
        """Update the generator once, and its average; return the loss."""
        replicas = self.strategy.num_replicas_in_sync

        def update(labels, z, real):
            generator = OwnLosses(self.generator)
            judge = given(self.discriminator, labels)

            def loss_share(fake_logits):
                real_logits = None if real is None else judge(real, training=True)
                loss = self.losses.of_generator(fake_logits, real_logits)
                return generator.added_to(loss) / replicas

            networks = given(generator, labels), judge
            return update_generator(*networks, self.generator_optimizer, loss_share, z)

        loss = tf.cast(self._on_each_device(update, *self.draw_fakes()), tf.float32)
        if self.averaged_generator is not None:
            # A young average forgets faster, so that the untrained start does not linger in it.
            age = tf.cast(self.step, tf.float32)
            decay = tf.minimum(self.averaging, (1.0 + age) / (10.0 + age))
            update_average(self.averaged_generator, self.generator, decay)
        return loss

    def draw_batch(self):
        """Draw what an update of the discriminator needs: real data, their labels, and z."""
        chosen = self._choose()
        labels = None if self._labels is None else tf.gather(self._labels, chosen)
        return tf.gather(self._data, chosen), labels, self._draw(self.random, self._z_shape)

    def draw_fakes(self):
        """Draw what an update of the generator needs: labels as frequent as the data's, z, and,
        where its loss compares, real data of those labels.
        """
        compares = self.losses.compares
        chosen = self._choose() if compares or self._labels is not None else None
        labels = None if self._labels is None else tf.gather(self._labels, chosen)
        z = self._draw(self.random, self._z_shape)
        return labels, z, tf.gather(self._data, chosen) if compares else None

    def _draw_mix(self):
        """Draw where between a real example and a fake a penalty looks, or None if none does."""
        wanted = any(penalty.needs_mix for penalty in self._penalties)
        return self.random.uniform((self.batch_size,)) if wanted else None

    def _choose(self):
        return self.random.uniform((self.batch_size,), maxval=self._data.shape[0], dtype=tf.int32)

    def _on_each_device(self, update, *batches):
        """Give each device its share of the global batches; return the sum of the results."""
        replicas = self.strategy.num_replicas_in_sync
        if replicas == 1:

            def update_alone(*whole):
                with AlreadySummed(self.strategy, 0):
                    return update(*whole)

            return self.strategy.run(update_alone, batches)
        share = self.batch_size // replicas

        def update_share(*whole):
            number = tf.distribute.get_replica_context().replica_id_in_sync_group
            first, last = number * share, (number + 1) * share
            return update(*(None if batch is None else batch[first:last] for batch in whole))

        results = self.strategy.run(update_share, batches)
        return self.strategy.reduce(tf.distribute.ReduceOp.SUM, results, axis=None)
