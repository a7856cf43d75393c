"""A small network on which a training step is tried: does its dropout work, and does it learn?"""

import numpy as np

from gan_course.exercises import Wrong, expect, expect_array


def take_steps(function):
    """Step at learning rate 0 to see the masks, then at 0.5 to see the network learn.

    Args:
        function: The learner's step; takes (network, optimizer, images, labels).

    Raises:
        Wrong: At the first thing that is not as it should be.
    """
    import gan_course.backend  # before Keras

    import keras

    told = []
    network, points, labels = small_network(told)
    still, full = keras.optimizers.SGD(0.0), full_loss(network, points, labels)
    try:
        losses = [
            float(expect_array(function(network, still, points, labels), (), "the returned loss"))
            for _ in range(4)
        ]
    except Wrong as why:
        if "No gradients" in str(why) or "NoneType" in str(why):
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
        any(told),
        "Something else drops now, and the network's own dropout is still inert: it was not told "
        "that this is training. Tell it in the call of the network.",
    )
    expect(
        not np.allclose(losses, losses[0], rtol=1e-6),
        f"At learning rate 0 every step has the loss {losses[0]:.4f}: dropout is on, but every "
        "step draws the same mask.",
    )
    before, optimizer = network.get_weights(), keras.optimizers.SGD(0.5)
    for _ in range(30):
        function(network, optimizer, points, labels)
    after = network.get_weights()
    moved = any(np.any(old != new) for old, new in zip(before, after, strict=True))
    expect(moved, "Nothing moved. Is the optimiser applied to the gradients?")
    expect(
        full_loss(network, points, labels) < 0.9 * full,
        "The network moves and does not learn: after 30 steps its loss has not fallen. Look at "
        "signs.",
    )


def small_network(told):
    """Return a network with dropout (6 → 32 → 1 logit), inputs (16, 6) and labels (16, 1).

    Args:
        told: A list that receives the value of `training` of each call.
    """
    import keras
    from keras import layers

    class Dropout(layers.Dropout):
        def call(self, inputs, training=False):
            told.append(training)
            return super().call(inputs, training=training)

    inputs = keras.Input((6,))
    first, second = (keras.initializers.GlorotUniform(seed=seed) for seed in (1, 2))
    x = layers.Dense(32, activation="relu", kernel_initializer=first)(inputs)
    logits = layers.Dense(1, kernel_initializer=second)(Dropout(0.5, seed=0)(x))
    points = np.random.default_rng(0).normal(size=(16, 6)).astype(np.float32)
    return keras.Model(inputs, logits), points, (points[:, :1] > 0).astype(np.float32)


def full_loss(network, points, labels):
    """Return the loss of the network with everything switched on, a float."""
    logits = np.asarray(network(points, training=False), np.float64)
    return float(np.mean(np.logaddexp(0.0, logits) - labels * logits))


def step(*given, training=True, judged=None, reseeds=False, applies=True, sign=1):
    """Take a step of training; every option is a way to get it wrong.

    Args:
        *given: What the learner's function takes.
        training: What the network is told.
        judged: What is done with the logits before they are judged.
        reseeds: Whether the seed of the masks is put back first.
        applies: Whether the optimiser is applied.
        sign: −1 climbs.
    """
    import tensorflow as tf

    network, optimizer, images, labels = given
    if reseeds:
        network.layers[2].seed_generator.state.assign([0, 0])
    with tf.GradientTape() as tape:
        logits = network(images, training=training)
        logits = judged(logits) if judged else logits
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
        loss = tf.reduce_mean(losses)
        signed_loss = sign * loss
    variables = network.trainable_variables
    if applies:
        optimizer.apply(tape.gradient(signed_loss, variables), variables)
    return loss


def drop_logits(logits):
    """Drop half of the logits, outside the network."""
    import tensorflow as tf

    return tf.nn.dropout(logits, 0.5)
