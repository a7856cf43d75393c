"""The longer checks of lesson 04: masks in training and test, and a step whose dropout works."""

import numpy as np

from gan_course.exercises.answers import Wrong
from gan_course.exercises.expectations import expect, expect_array, expect_close


def look_at_masks(function):
    """Look at what stays, its scale, the masks of examples and of steps, and the test.

    Args:
        function: The learner's dropout; takes (x, rate, rng, training).

    Raises:
        Wrong: At the first thing that is not as it should be.
    """
    x, rate = np.full((200, 50), 3.0), 0.25
    rng = np.random.default_rng(1)
    first = expect_array(function(x, rate, rng, training=True), x.shape, "the output in training")
    second = expect_array(function(x, rate, rng, training=True), x.shape, "the second output")
    dropped = float(np.mean(first == 0))
    expect(
        abs(dropped - (1 - rate)) > 0.1,
        f"At rate 0.25 you drop {dropped:.0%}. The rate is the share that is dropped.",
    )
    expect(
        abs(dropped - rate) < 0.1,
        f"At rate 0.25 you drop {dropped:.0%} of the numbers; expected about 25 %.",
    )
    unscaled = np.allclose(first[first != 0], 3.0)
    expect(
        not unscaled or np.array_equal(function(x, rate, rng, training=False), x),
        "You correct the scale at test time, as the paper did. Here it is asked for in training, "
        "so that nothing is left to do in the test.",
    )
    expect_close(
        first[first != 0],
        np.full(np.count_nonzero(first), 4.0),
        what="what stays of a 3 at rate 0.25",
        mistakes=[
            (np.full(np.count_nonzero(first), value), message)
            for value, message in [
                (3.0, "What stays is not scaled: the mean over masks falls to 75 %."),
                (12.0, "You divided by the rate. Divide by the share that stays."),
                (2.25, "You scaled down. Fewer units stay, so each has to speak louder."),
            ]
        ],
    )
    expect(
        np.any(first != first[0]),
        "All rows have the same mask. Draw a new one for every example: the mask has x's shape.",
    )
    expect(
        np.any(first != first[:, :1]),
        "Whole examples are dropped. Every unit has its own chance: the mask has x's shape.",
    )
    expect(
        np.any(first != second),
        "The second call used the same mask again. Every step draws a new one from rng.",
    )
    again = expect_array(function(x, rate, np.random.default_rng(1), training=True), x.shape)
    expect(
        np.array_equal(first, again),
        "With the same seed the result differs. Draw from the `rng` that is passed, no other.",
    )
    at_test = expect_array(function(x, rate, rng, training=False), x.shape, "the output at test")
    expect(
        not np.any(at_test == 0),
        "Units are dropped at test time too. There everything is on: look at `training`.",
    )
    expect(
        not np.allclose(at_test, (1 - rate) * x),
        "The scale is corrected twice: up in training, and down at test time. Once is enough.",
    )
    expect(
        np.array_equal(at_test, x),
        "Something is changed at test time. With inverted scaling nothing is left to do there: "
        "return x.",
    )


def take_steps(function):
    """Step at learning rate 0 to see the masks, then at 0.5 to see the network learn.

    Args:
        function: The learner's step; takes (network, optimizer, images, labels).

    Raises:
        Wrong: At the first thing that is not as it should be.
    """
    network, points, labels = small_network()
    still, full = sgd(0.0), full_loss(network, points, labels)
    try:
        losses = [
            float(expect_array(function(network, still, points, labels), (), "the returned loss"))
            for _ in range(4)
        ]
    except Wrong as why:
        if "gradient" in str(why).lower():
            raise Wrong(
                "There is no gradient. Did the network run outside the tape? Then the tape has not "
                "seen how the loss depends on the variables."
            ) from None
        raise
    expect(
        not np.allclose(losses, full, rtol=1e-5),
        f"Dropout is still inert: at learning rate 0 the loss is {losses[0]:.4f} at every step, "
        "that of the full network. The network has to be told, in its call, that this is "
        "training. (`trainable` is another thing: whether variables may move.)",
    )
    expect(
        not np.allclose(losses, losses[0], rtol=1e-6),
        f"At learning rate 0 every step has the loss {losses[0]:.4f}: dropout is on, but every "
        "step draws the same mask.",
    )
    before, optimizer = values_of(network), sgd(0.5)
    for _ in range(30):
        function(network, optimizer, points, labels)
    moved = any(np.any(old != new) for old, new in zip(before, values_of(network), strict=True))
    expect(moved, "Nothing moved. Is the optimiser applied to the gradients?")
    expect(
        full_loss(network, points, labels) < 0.9 * full,
        "The network moves and does not learn: after 30 steps its loss has not fallen. Look at "
        "signs.",
    )


def small_network(seed=0):
    """Return a network with dropout (6 → 32 → 1 logit), inputs (16, 6) and labels (16, 1)."""
    import gan_course.backend

    import keras
    from keras import layers

    inputs = keras.Input((6,), name="inputs")
    first = keras.initializers.GlorotUniform(seed=seed + 1)
    second = keras.initializers.GlorotUniform(seed=seed + 2)
    x = layers.Dense(32, activation="relu", kernel_initializer=first, name="hidden")(inputs)
    x = layers.Dropout(0.5, seed=seed, name="dropout")(x)
    logits = layers.Dense(1, kernel_initializer=second, name="logit")(x)
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(16, 6)).astype(np.float32)
    labels = (points[:, :1] > 0).astype(np.float32)
    return keras.Model(inputs, logits, name="small"), points, labels


def sgd(learning_rate):
    """Return an optimiser that takes plain steps; at rate 0 the network stays as it is."""
    import gan_course.backend

    import keras

    return keras.optimizers.SGD(learning_rate)


def full_loss(network, points, labels):
    """Return the loss of the network with everything switched on, a float."""
    from keras import ops

    logits = ops.convert_to_numpy(network(points, training=False)).astype(np.float64)
    return float(np.mean(np.logaddexp(0.0, logits) - labels * logits))


def values_of(network):
    """Return copies of the trainable variables."""
    return [variable.numpy().copy() for variable in network.trainable_variables]


def _step(network, optimizer, images, labels, before=None, **call):
    import tensorflow as tf

    if before is not None:
        before(network)
    with tf.GradientTape() as tape:
        logits = network(images, **call)
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
        loss = tf.reduce_mean(losses)
    variables = network.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


def forgets_training(network, optimizer, images, labels):
    """The bug itself."""
    return _step(network, optimizer, images, labels)


def one_mask_for_ever(network, optimizer, images, labels):
    """Puts the seed back before every step."""

    def reseed(network):
        for layer in network.layers:
            if hasattr(layer, "seed_generator"):
                layer.seed_generator.state.assign([0, 0])

    return _step(network, optimizer, images, labels, before=reseed, training=True)


def outside_the_tape(network, optimizer, images, labels):
    """Runs the network before the tape records."""
    import tensorflow as tf

    logits = network(images, training=True)
    with tf.GradientTape() as tape:
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
        loss = tf.reduce_mean(losses)
    variables = network.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


def never_applies(network, optimizer, images, labels):
    """Computes the loss and stops there."""
    import tensorflow as tf

    logits = network(images, training=True)
    losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
    return tf.reduce_mean(losses)
