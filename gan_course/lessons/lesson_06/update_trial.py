"""A pair of small players on which a generator's update is tried, and seen through."""

import numpy as np

from gan_course.exercises import NotAttempted, Wrong, expect, expect_close

PLAYERS = "generator", "discriminator"


def try_update(function):
    """Run an update once: which variables moved, which way, and how was everything called?

    Args:
        function: The learner's; takes (generator, discriminator, optimizer, generator_loss, z).

    Raises:
        NotAttempted: If it uses none of what it is given.
        Wrong: With the likely mistake.
    """
    import gan_course.backend  # before Keras

    import keras

    from gan_course.models import sample_latent

    seen = {"generator": [], "discriminator": [], "loss": []}  # a list of calls for each
    pair, optimizer, z = small_pair(seen), keras.optimizers.SGD(0.01), sample_latent(32, 3)

    def generator_loss(fake_logits):
        seen["loss"].append(True)
        return non_saturating_loss(fake_logits)

    before, loss_before = [_values_of(player) for player in pair], _loss_on(*pair, z)
    for calls in seen.values():
        calls.clear()
    loss = None
    try:
        loss = function(*pair, optimizer, generator_loss, z)
    except NotAttempted:  # it returns nothing, and may have done its work nevertheless
        if not any(seen.values()):
            raise
    except Wrong as why:
        did_its_work = any(seen.values()) and why.empty
        if "No gradients" in str(why) or "NoneType" in str(why):
            raise Wrong(
                "There is no gradient for the generator. Were the fakes made outside the tape? "
                "Then it has not seen how they depend on the generator's variables."
            ) from None
        if not did_its_work:
            raise
    generator_moved, discriminator_moved = (
        any(np.any(old != new) for old, new in zip(values, _values_of(player), strict=True))
        for values, player in zip(before, pair, strict=True)
    )
    expect(
        generator_moved or not discriminator_moved,
        "The generator stayed where it was, and the discriminator moved: it learns to call noise "
        "real. Differentiate the generator's variables.",
    )
    expect(
        not discriminator_moved,
        "The generator moved, and the discriminator moved too, towards being fooled. Differentiate "
        "the generator's variables alone.",
    )
    expect(
        generator_moved,
        "Nothing moved. Is the optimiser applied, and were the fakes not made outside the tape?",
    )
    expect(
        seen["loss"],
        "`generator_loss` is never called. Use the loss that is passed: another caller may pass "
        "another one.",
    )
    for player in PLAYERS:
        expect(
            seen[player],
            f"The {player} is never called. The way goes from z through the generator and the "
            "discriminator to the loss.",
        )
        expect(
            all(seen[player]),
            f"The {player} is called without `training=True`. Its dropout and batch normalisation, "
            "if it has them, then work as in a test, without a word.",
        )
    expect(
        _loss_on(*pair, z) < loss_before,
        "The generator moved the wrong way: its loss on the same noise rose. Look at signs.",
    )
    steps = int(optimizer.iterations)
    expect(
        steps == 1,
        f"The optimiser that is passed took {steps} steps. One update is one step: call "
        "`optimizer.apply` once.",
    )
    expect(
        loss is not None,
        "The right variables moved the right way. What is missing is the last line: your function "
        "returns nothing, and its callers read the loss. End it with `return loss`.",
    )
    expect_close(loss, loss_before, what="the returned loss", rtol=1e-4)
    for player, network in zip(PLAYERS, pair, strict=True):
        expect(
            network.trainable,
            f"The {player} is left with `trainable = False`, and its own next update would move "
            "nothing. No switch is needed: the gradient is asked for the generator's variables "
            "alone.",
        )


def small_pair(seen):
    """Return two networks, always the same, that note the `training` of each call in `seen`."""
    import keras

    from gan_course.models import build_dense_discriminator, build_dense_generator

    class Witness(keras.layers.Layer):
        def call(self, x, training=None):
            seen[self.name].append(training)
            return x

    shape, weights = (4, 4, 1), np.random.default_rng(0)
    networks = (
        build_dense_generator(3, [16], shape),
        build_dense_discriminator(shape, [16], dropout=0.0),
    )
    for variable in [each for network in networks for each in network.variables]:
        variable.assign(weights.normal(scale=0.5, size=variable.shape))
    return [
        keras.Sequential([keras.Input(network.input_shape[1:]), Witness(name=player), network])
        for player, network in zip(PLAYERS, networks, strict=True)
    ]


def non_saturating_loss(fake_logits):
    """Return −E[log D] for the logits of fakes."""
    from keras import ops

    return ops.mean(ops.softplus(-fake_logits))


def update(
    *given, moves=(0,), sign=1, fakes=lambda x: x, own_loss=None, training=(True, True), steps=1
):
    """Update the generator; every option is a way to get it wrong.

    Args:
        *given: What the learner's function takes.
        moves: Whose variables are differentiated: 0 the generator's, 1 the discriminator's.
        sign: −1 climbs.
        fakes: What is done with the fakes before they are judged.
        own_loss: A loss in place of the one that is passed.
        training: What the generator and the discriminator are told.
        steps: How often the gradients are applied.
    """
    import tensorflow as tf

    *pair, optimizer, generator_loss, z = given
    with tf.GradientTape() as tape:
        images = fakes(pair[0](z, training=training[0]))
        loss = (own_loss or generator_loss)(pair[1](images, training=training[1]))
        signed_loss = sign * loss
    variables = [each for index in moves for each in pair[index].trainable_variables]
    gradients = tape.gradient(signed_loss, variables)
    for _ in range(steps):
        optimizer.apply(gradients, variables)
    return loss


def moves_nothing(generator, discriminator, optimizer, generator_loss, z):
    """Return the loss, and leave it at that."""
    return generator_loss(discriminator(generator(z, training=True), training=True))


def _loss_on(generator, discriminator, z):
    return float(non_saturating_loss(discriminator(generator(z, training=True), training=True)))


def _values_of(model):
    return [variable.numpy() for variable in model.weights]  # frozen ones too
