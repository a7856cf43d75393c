"""The trainer: the loop around the compiled step, its history, its checkpoints, and questions."""

import signal
import time
import warnings
from contextlib import suppress

import gan_course.backend

import numpy as np
import tensorflow as tf
from tqdm.auto import tqdm

from gan_course import models
from gan_course.arguments import check_number, check_whole, refusal
from gan_course.losses import get_losses
from gan_course.training import checks, network_checks
from gan_course.training.checkpoint import read_state, save_state
from gan_course.training.conditioned import given
from gan_course.training.engine import COLUMNS, Engine
from gan_course.training.settings import (
    PLAYERS,
    describe_optimizer,
    differences,
    inner,
    is_rate,
    name_of,
    present_rate,
)
from gan_course.training.steps import (
    mean_probability,
    update_discriminator,
    update_discriminator_mixed,
    update_discriminator_penalized,
)
from gan_course.training.stops import TrainingInterrupted, check_finite, deferred_interrupt
from gan_course.weights import WeightsError

FIRST_CHECKPOINT = 5  # seconds; each further one waits twice as long, up to `checkpoint_seconds`
BAR = "{l_bar}{bar}| {n:.0f}/{total:.0f} {unit} [{elapsed}<{remaining}{postfix}]"


class Trainer:
    """Trains a generator and a discriminator against each other.

    One step is `discriminator_steps` updates of the discriminator and one of the generator. Many
    steps run in one compiled call, so that Python's own time does not count. The real data live on
    the device; each batch is drawn from them at random. Between two steps it answers questions,
    such as what D thinks or what comes next, which change nothing.

    Args:
        generator: A Keras model from (batch, latent_dim) to images or points. A conditional one
            takes [z, labels].
        discriminator: A Keras model from those to logits (batch, 1). A conditional one takes
            [images, labels].
        data: Real images, float32 (n, height, width, channels), in the range that the generator
            makes; or points, float32 (n, dimensions).
        labels: The images' labels, whole numbers (n,), for a conditional pair.
        losses: A name from `gan_course.losses.LOSSES`, or a `GanLosses`.
        generator_optimizer: A Keras optimiser; Adam(2e-4, β₁ 0.5) unless given.
        discriminator_optimizer: A Keras optimiser of its own; the same default.
        batch_size: Real images in a step, over all devices together.
        discriminator_steps: Discriminator updates for each generator update, at least 1.
        averaging: The decay of the averaged generator in [0, 1), or None for no averaging.
        noise: `"normal"` for N(0, 1), `"uniform"` for U(−1, 1).
        seed: The seed of noise and batch choice.
        strategy: A TensorFlow strategy. The networks and optimisers must have been made in its
            scope. One device unless given.
        discriminator_update: What one update of the discriminator does: a function like
            `gan_course.training.steps.update_discriminator`, the default.
        penalties: What is added to the discriminator's loss for its slope, a tuple of `R1`, `R2` or
            `GradientPenalty` from `gan_course.losses`. Its update then is
            `update_discriminator_penalized`.

    Attributes:
        history: A dict of lists, one number a step: `step`, `d_loss`, `g_loss`, `d_real` (the mean
            of D(x) over real images) and `d_fake` (over fakes). A loss holds what the layers of
            its network add to it.
        notes: A dict of what else is to be known of the run, such as its recipe and data, as JSON
            can hold it. It goes into each checkpoint, for `read_notes`.

    Raises:
        ValueError: If an argument does not fit; the message says what to change.

    Source: Goodfellow et al. 2014, algorithm 1.

    Example:
        >>> trainer = Trainer(generator, discriminator, digits.images)
        >>> trainer.run(1000)
        >>> trainer.sample(64)

    Introduced in lesson 04.
    """

    steps_per_call = 50  # at most, in one compiled call: enough that Python's own time is nothing

    def __init__(
        self,
        generator,
        discriminator,
        data,
        *,
        labels=None,
        losses="non_saturating",
        generator_optimizer=None,
        discriminator_optimizer=None,
        batch_size=128,
        discriminator_steps=1,
        averaging=0.999,
        noise="normal",
        seed=0,
        strategy=None,
        discriminator_update=update_discriminator,
        penalties=(),
    ):
        strategy = strategy or tf.distribute.get_strategy()
        replicas = strategy.num_replicas_in_sync
        networks = generator, discriminator
        data = checks.check_training_data(data)
        network_checks.check_networks(networks, data.shape[1:])
        labels = checks.check_training_labels(labels, len(data), networks)
        models.check_pair(generator, discriminator, data.shape[1:])
        network_checks.check_ends(networks, data)
        network_checks.check_synchronized(networks, replicas)
        checks.check_optimizers(networks, (generator_optimizer, discriminator_optimizer))
        packing = network_checks.packing_of(discriminator)
        batch_size = checks.check_batch_size(batch_size, len(data), replicas, packing)
        discriminator_steps = check_whole("discriminator_steps", discriminator_steps)
        seed = check_whole("seed", seed, least=0)
        if not callable(discriminator_update):
            remedy = (
                "Take update_discriminator or update_discriminator_mixed from gan_course.training."
            )
            raise refusal("discriminator_update", discriminator_update, "a function", remedy)
        if averaging is not None:
            remedy = "Take 0.999, which averages over about 1,000 steps, or None."
            check_number("averaging", averaging, least=0, below=1, remedy=remedy)
        penalties = network_checks.check_penalties(penalties, discriminator)
        if penalties:
            plain = update_discriminator, update_discriminator_mixed  # of the same verdicts
            checks.check_plain_update(discriminator_update, plain)
            discriminator_update = update_discriminator_penalized
        self.noise, self.notes = noise, {}
        self._given = {
            "seed": seed,
            "batch_size": batch_size,
            "discriminator_steps": discriminator_steps,
            "averaging": averaging,
            "noise": noise,
            "losses": get_losses(losses).name,
            "discriminator_update": name_of(discriminator_update),
            "penalties": [repr(penalty) for penalty in penalties],
        }
        self.history = {"step": [], **{column: [] for column in COLUMNS}}
        self.engine = Engine(
            networks,
            (generator_optimizer, discriminator_optimizer),
            get_losses(losses),
            data,
            labels,
            batch_size=batch_size,
            discriminator_steps=discriminator_steps,
            averaging=averaging,
            noise=noise,
            seed=seed,
            strategy=strategy,
            discriminator_update=discriminator_update,
            penalties=penalties,
        )
        self._compiled = {}  # questions that were asked once

    @property
    def generator(self):
        """The generator in training, a Keras model."""
        return self.engine.generator

    @property
    def discriminator(self):
        """The discriminator, a Keras model."""
        return self.engine.discriminator

    @property
    def losses(self):
        """The losses that are trained with, a `GanLosses`."""
        return self.engine.losses

    @property
    def averaged_generator(self):
        """The averaged generator, a Keras model, or None where averaging is off."""
        return self.engine.averaged_generator

    @property
    def step(self):
        """The number of steps taken so far, an int."""
        return int(self.engine.step.numpy())

    @property
    def num_classes(self):
        """How many labels a conditional pair knows, an int; None for a pair without labels."""
        conditional = models.is_conditional(self.generator)
        return models.num_classes_of(self.generator) if conditional else None

    # Training -----------------------------------------------------------------------------------

    def run(
        self,
        steps=None,
        *,
        seconds=None,
        callbacks=(),
        every=500,
        progress=True,
        checkpoint=None,
        checkpoint_seconds=60,
    ):
        """Train for a number of steps, or of seconds, whichever ends first.

        Args:
            steps: Steps to take, at least 1.
            seconds: Seconds to train for, more than 0.
            callbacks: Functions of the trainer, called at the start, at every step that `every`
                divides, and at the end.
            every: Steps between calls of the callbacks.
            progress: Whether to show a progress bar.
            checkpoint: A file to save to: now and then, at the end, when a callback fails, and
                when Ctrl-C, SIGTERM or SIGHUP asks to stop.
            checkpoint_seconds: Seconds between checkpoints at most; the first ones come sooner.

        Returns:
            The history, a dict of lists.

        Raises:
            ValueError: If neither `steps` nor `seconds` is given, or one is not positive.
            NonFiniteLoss: If a loss becomes NaN or infinite. The checkpoint stays the last good.
            TrainingInterrupted: On Ctrl-C, SIGTERM or SIGHUP, after the step in hand; the state has
                been saved. A second Ctrl-C breaks off a callback.

        Example, curves for TensorBoard (`pip install tensorboard`):
            >>> writer = tf.summary.create_file_writer("logs")
            >>> def to_tensorboard(trainer):
            ...     if trainer.step:
            ...         with writer.as_default(step=trainer.step):
            ...             for name in ("d_loss", "g_loss", "d_real", "d_fake"):
            ...                 tf.summary.scalar(name, trainer.history[name][-1])
            ...     writer.flush()
            >>> trainer.run(5000, callbacks=[to_tensorboard], every=50)
        """
        if steps is None and seconds is None:
            raise ValueError("Say how long to train: run(steps=1000) or run(seconds=60).")
        if steps is not None:
            steps = check_whole("steps", steps)
        last_step = None if steps is None else self.step + steps
        if seconds is not None:
            check_number("seconds", seconds, above=0)
        every, callbacks = check_whole("every", every), checks.check_callbacks(callbacks)
        total, unit = (steps, "step") if steps is not None else (round(seconds, 1), "s")
        look = {"unit": unit, "disable": not progress, "bar_format": BAR}
        began = saved_at = time.monotonic()
        patience = min(FIRST_CHECKPOINT, checkpoint_seconds)
        with deferred_interrupt() as stop, tqdm(total=total, **look) as bar:
            for callback in callbacks:  # a signal during these stops the run before its first step
                callback(self)
            while stop.number is None:
                left = self.steps_per_call if last_step is None else last_step - self.step
                if left <= 0 or (seconds is not None and time.monotonic() - began >= seconds):
                    break
                to_callback = every - self.step % every
                taken = self.advance(min(self.steps_per_call, to_callback, left))
                elapsed = time.monotonic() - began
                self._show(bar, min(elapsed, total) - bar.n if steps is None else taken)
                if self.step % every == 0:
                    self._call(callbacks, stop, checkpoint)
                if checkpoint and time.monotonic() - saved_at >= patience:
                    self.save(checkpoint)
                    saved_at = time.monotonic()
                    patience = min(2 * patience, checkpoint_seconds)
            if self.step % every:
                self._call(callbacks, stop, checkpoint)
            if checkpoint:
                self.save(checkpoint)
        if stop.number is not None:
            raise self._interrupted(checkpoint, stop)
        return self.history

    def _call(self, callbacks, stop, checkpoint):
        """Call the callbacks; whatever one raises, the state is saved before it goes on."""
        try:
            stop.breaks = True
            for callback in callbacks:
                callback(self)
        except BaseException as error:
            stop.breaks = False
            if checkpoint:
                self.save(checkpoint)
            if isinstance(error, KeyboardInterrupt):
                raise self._interrupted(checkpoint, stop) from error
            raise
        finally:
            stop.breaks = False

    def _interrupted(self, checkpoint, stop):
        where = f"saved to {checkpoint}" if checkpoint else "kept in memory, not on disk"
        return TrainingInterrupted(
            f"Training stopped after step {self.step}, {where}. Run again to go on from there.",
            stop.number or signal.SIGINT,
        )

    def _show(self, bar, move):
        """Move the progress bar on, and show the latest losses beside it."""
        latest = {name: f"{self.history[name][-1]:.2f}" for name in COLUMNS}
        bar.set_postfix({"step": self.step, **latest}, refresh=False)
        with suppress(OSError):  # nobody reads it any more: a closed terminal, `| head`
            bar.update(move)

    def advance(self, count):
        """Take `count` steps in one compiled call, and add them to the history.

        Args:
            count: How many, at least 1. The result is that of as many calls with 1.

        Returns:
            `count`.

        Raises:
            NonFiniteLoss: If a loss or a weight is NaN or infinite.
        """
        self._record(self.engine.run_steps(tf.constant(int(count))).numpy())
        return count

    def _record(self, rows):
        """Add rows of `COLUMNS` to the history, if all is finite. They end at the present step."""
        first = self.step - len(rows) + 1
        check_finite(rows, COLUMNS, first, self.engine.weights_are_finite)
        self.history["step"].extend(range(first, first + len(rows)))
        for column, values in zip(COLUMNS, rows.T.tolist(), strict=True):
            self.history[column].extend(values)

    def step_in_updates(self):
        """Take one step, and pause after each update. The step counts after the last of them.

        Yields:
            `"discriminator"` after each update of the discriminator, then `"generator"`.
        """
        for _ in range(self.engine.discriminator_steps):
            d_loss, d_real, d_fake = self.engine.discriminator_update().numpy()
            yield "discriminator"
        g_loss = self.engine.generator_update().numpy()
        self.engine.step.assign_add(1)
        self._record(np.array([[d_loss, g_loss, d_real, d_fake]]))
        yield "generator"

    def step_discriminator(self):
        """Update the discriminator alone, once. The history is unchanged.

        Returns:
            A dict with `d_loss`, `d_real` and `d_fake`.
        """
        row = self.engine.discriminator_update().numpy().tolist()
        return dict(zip(("d_loss", "d_real", "d_fake"), row, strict=True))

    def step_generator(self):
        """Update the generator alone, once. Return a dict with `g_loss`."""
        return {"g_loss": float(self.engine.generator_update().numpy())}

    def replace_data(self, data):
        """Train on other data from the next update on. Networks, optimisers and history stay.

        Args:
            data: As many real images or points as there were, of the same shape.

        Raises:
            ValueError: If their shape is another, or a number is not finite.
        """
        data, shape = checks.check_training_data(data), self.engine.data_shape
        if data.shape != shape:
            remedy = "Build a new trainer for data of another shape."
            raise refusal("the shape of the data", data.shape, f"{shape}, as before", remedy)
        self.engine.replace_data(data)

    # Checkpoints --------------------------------------------------------------------------------

    def save(self, path):
        """Save all state to one file: training goes on from it bit for bit.

        Args:
            path: The file to write, ending in `.npz`.

        Raises:
            WeightsError: If a weight is NaN or infinite, or the last steps gave no finite loss; an
                older file stays.
            OSError: If the file cannot be written; an older file stays.
        """
        ends_at = self.history["step"][-1] if self.history["step"] else 0
        if ends_at != self.step:
            raise WeightsError(
                f"{path} was not written, and an older file there stays: the losses after step "
                f"{ends_at} were not finite. Load that file, and lower the learning rate."
            )
        save_state(path, self.engine.variables(), self.history, self._settings(), self.notes)

    def load(self, path):
        """Take up the state of a file that `save` wrote: all of it, or none.

        Settings are the trainer's own: losses, noise, batch size, data and what else it was given
        holds, and where the file was saved with other ones, a warning names them. So does a
        learning rate that was given anew; one that changed while the file was trained goes on.

        Args:
            path: The file.

        Raises:
            WeightsError: If it is missing, damaged, or of another network or kind of optimiser;
                nothing is changed.
        """
        engine = self.engine
        pairs, history, saved = read_state(
            path, lambda form: engine.variables(with_rates=form == 1), self.history
        )
        mine, theirs = self._settings(), saved["settings"]
        for player in PLAYERS:
            kind = mine[f"{player}_optimizer"]["kind"]
            other = theirs.get(f"{player}_optimizer", {}).get("kind", kind)
            if other != kind:
                raise WeightsError(
                    f"{path} was saved with {other} for the {player}, and here it is {kind}: what "
                    f"one keeps means nothing to the other. Build the trainer with {other}, or "
                    "train into a new folder. Nothing was changed."
                )
        old_rates = {id(variable): float(array) for variable, array in pairs if is_rate(variable)}
        for variable, array in pairs:
            if id(variable) not in old_rates:
                variable.assign(array)
        self.history = history
        seeds = mine.pop("seed"), theirs.get("seed")
        held = differences(mine, theirs | {"rates": {}})
        for player in PLAYERS:
            held += self._take_rate(player, theirs.get("rates", {}).get(player), old_rates)
        said = f" The trainer goes on with its own: {'; '.join(held)}." if held else ""
        if seeds[1] not in (None, seeds[0]):
            said += f" Noise and batches go on as they were saved: seed {seeds[0]} changes nothing."
        if said:
            warnings.warn(f"{path} was saved with other settings.{said}", stacklevel=2)

    def _settings(self):
        """Return what the trainer was given, as JSON can hold it."""
        engine = self.engine
        rates = {
            player: {"first": engine.first_rates[player], "now": present_rate(optimizer)}
            for player, optimizer in ((p, engine.optimizer(p)) for p in PLAYERS)
        }
        optimizers = {f"{p}_optimizer": describe_optimizer(engine.optimizer(p)) for p in PLAYERS}
        return {**self._given, "data": engine.describe_data(), **optimizers, "rates": rates}

    def _take_rate(self, player, theirs, old_rates):
        """Take a file's learning rate unless the trainer was given another; name that one."""
        optimizer = inner(self.engine.optimizer(player))
        own = present_rate(optimizer)
        if theirs is None:  # an older file, which does not tell what the rate was at first
            found = [old_rates[id(v)] for v in optimizer.variables if id(v) in old_rates]
            theirs = {"first": None, "now": found[0] if found else None}
        if own is None or theirs["now"] in (None, own):
            return []
        if theirs["first"] == own:
            optimizer.learning_rate = theirs["now"]
            return []
        return [f"{player} learning_rate {own:g} (there {theirs['now']:g})"]

    # Questions, which change nothing ------------------------------------------------------------

    def sample(self, count, seed=0, averaged=True, labels=None, repeat=1):
        """Draw images or points from the generator, or from its average where there is one.

        Args:
            count: How many, at least 1.
            seed: The seed of the latent vectors: the same seed gives the same vectors.
            averaged: Whether to use the averaged generator.
            labels: Whole numbers (count,), for a conditional generator.
            repeat: How many in a row are drawn from one latent vector, at least 1: with labels
                0, 1, …, 9, 0, 1, … and 10, each vector is drawn once as each digit.

        Returns:
            float32, shape (count, height, width, channels) or (count, dimensions).

        Raises:
            ValueError: If a number is not whole or below 1, or the labels do not fit.
        """
        check_whole("count", count)
        check_whole("repeat", repeat)
        use_average = averaged and self.averaged_generator is not None
        generator = self.averaged_generator if use_average else self.generator
        vectors = -(-count // repeat)  # rounded up
        z = models.sample_latent(vectors, models.latent_dim_of(generator), seed, self.noise)
        z = np.repeat(z, repeat, axis=0)[:count]
        conditions = {} if labels is None else {"labels": labels}
        return models.generate(generator, z, **conditions)

    def logits(self, x, labels=None):
        """Return the discriminator's logits, in inference mode.

        Args:
            x: Images or points, shape (n, …).
            labels: Whole numbers (n,), for a conditional discriminator.

        Returns:
            float32, shape (n,), or one for each pack of a packed discriminator. Positive means
            "real".
        """
        return self._ask("logits", x, labels).numpy()

    def judge(self, x, labels=None):
        """Return D(x), the probability of "real" that the discriminator gives.

        Args:
            x: Images or points, shape (n, …).
            labels: Whole numbers (n,), for a conditional discriminator.

        Returns:
            float32 in [0, 1], shape (n,).
        """
        return (0.5 + 0.5 * np.tanh(0.5 * self.logits(x, labels))).astype(np.float32)

    def generate(self, z, labels=None):
        """Return what the generator in training makes of `z`, in inference mode.

        Args:
            z: Latent vectors, shape (n, latent_dim).
            labels: Whole numbers (n,), for a conditional generator.

        Returns:
            float32, shape (n, …).
        """
        return self._ask("generate", z, labels).numpy()

    def pushes(self, z, labels=None):
        """Return fakes, and where the generator's loss pushes each of them.

        The push on a fake x is −n ∂L/∂x, with L the generator's loss over these n fakes: what
        gradient descent would do to x if it could move by itself. Where the loss compares, the
        first n of the data stand beside them.

        Args:
            z: Latent vectors, shape (n, latent_dim).
            labels: Whole numbers (n,), for a conditional pair.

        Returns:
            A pair of float32 arrays of one shape: the fakes, and their pushes.

        Source: Goodfellow et al. 2014, algorithm 1: the gradient of the outer loop, one factor of
        the chain rule before the generator's weights.
        """
        fakes, pushes = self._ask("pushes", z, labels)
        return fakes.numpy(), pushes.numpy()

    def score_next_batch(self):
        """Return both losses and D's means on the next batch, in inference mode.

        After updates of one player alone it tells where both stand, and the history does not: that
        grows by whole steps. What layers add to a loss of their network is left out.

        Returns:
            A dict of floats: `d_loss`, `g_loss`, `d_real` and `d_fake`.
        """
        batch = self.next_batch()
        labels = batch.get("labels")
        real_logits = self.logits(batch["real"], labels)
        fake_logits = self.logits(self.generate(batch["z"], labels), labels)
        return {
            "d_loss": float(self.losses.discriminator_loss(real_logits, fake_logits)),
            "g_loss": float(self.losses.of_generator(fake_logits, real_logits)),
            "d_real": float(mean_probability(real_logits)),
            "d_fake": float(mean_probability(fake_logits)),
        }

    def next_batch(self):
        """Return what the next update of the discriminator will see, without using it up.

        Returns:
            A dict of NumPy arrays: `real`, `z` and, for a conditional pair, `labels`.
        """
        real, labels, z = self._peek("draw_batch")
        parts = {"real": real, "labels": labels, "z": z}
        return {name: part.numpy() for name, part in parts.items() if part is not None}

    def next_noise(self):
        """Return what the next update of the generator will see, without using it up.

        Returns:
            A dict of NumPy arrays: `z` and, for a conditional pair, `labels`.
        """
        labels, z, _ = self._peek("draw_fakes")
        parts = {"labels": labels, "z": z}
        return {name: part.numpy() for name, part in parts.items() if part is not None}

    def _peek(self, draw):
        random = self.engine.random
        state = tf.identity(random.state)
        drawn = getattr(self.engine, draw)()
        random.state.assign(state)
        return drawn

    def _ask(self, name, x, labels):
        """Run one of the functions below, compiled once, for any number of examples."""
        given_labels = labels is not None
        if (name, given_labels) not in self._compiled:
            ask = {"logits": _logits, "generate": _generate, "pushes": _pushes}[name]
            network = self.discriminator if name == "logits" else self.generator
            specs = [tf.TensorSpec((None, *network.inputs[0].shape[1:]), tf.float32)]
            specs += [tf.TensorSpec((None,), tf.int32)] if given_labels else []
            engine = self.engine
            compiled = tf.function(lambda *arguments: ask(engine, *arguments))
            self._compiled[name, given_labels] = compiled.get_concrete_function(*specs)
        arguments = [tf.convert_to_tensor(x, tf.float32)]
        arguments += [tf.convert_to_tensor(labels, tf.int32)] if given_labels else []
        return self._compiled[name, given_labels](*arguments)


def _logits(engine, x, labels=None):
    return given(engine.discriminator, labels)(x, training=False)[:, 0]


def _generate(engine, z, labels=None):
    return given(engine.generator, labels)(z, training=False)


def _pushes(engine, z, labels=None):
    fakes = _generate(engine, z, labels)
    judge = given(engine.discriminator, labels)
    with tf.GradientTape() as tape:
        tape.watch(fakes)
        real_logits = None
        if engine.losses.compares:
            real_logits = judge(engine.some_data(tf.shape(fakes)[0]), training=False)
        loss = engine.losses.of_generator(judge(fakes, training=False), real_logits)
    return fakes, -tf.cast(tf.shape(fakes)[0], tf.float32) * tape.gradient(loss, fakes)
