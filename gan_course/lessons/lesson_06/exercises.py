"""The exercises of lesson 06, the dense GAN."""

import numpy as np

from gan_course.exercises.answers import Wrong
from gan_course.exercises.core import exercise
from gan_course.exercises.expectations import expect, expect_array, expect_close
from gan_course.exercises.ordering import ordering
from gan_course.lessons.lesson_06 import slips, update_trial


def _count_generator_parameters(latent_dim, hidden_units, pixels=784):
    sizes = [latent_dim, *hidden_units, pixels]
    return sum(m * n + n for m, n in zip(sizes, sizes[1:], strict=False))


@exercise(
    title="Count the parameters of a dense generator",
    reference=_count_generator_parameters,
    hints=[
        "Write the sizes of all layers in a row: latent_dim, the hidden sizes, 784.",
        "Each pair of neighbours (m, n) in that row is one layer with m · n + n parameters.",
        "`sizes = [latent_dim, *hidden_units, pixels]`; `zip(sizes, sizes[1:])` gives the pairs.",
    ],
    wrong=[
        (slips.without_biases, "biases"),
        (slips.without_output, "last layer"),
        (slips.without_input, "first layer"),
    ],
)
def count_parameters(function):
    """Compare with the count for several lists of hidden sizes, an empty one too."""
    cases = [(100, [256, 512]), (100, [100, 100]), (7, [5]), (3, [4, 4, 4]), (10, [])]
    for latent_dim, hidden_units in cases:
        counted = expect_array(function(latent_dim, list(hidden_units)), (), "the count")
        expected = _count_generator_parameters(latent_dim, hidden_units)
        if counted == expected:
            continue
        where = f"For latent_dim={latent_dim} and hidden_units={hidden_units}"
        known = [
            (slips.without_biases, "Are the biases missing? Each unit has one."),
            (
                slips.without_output,
                "Is the last layer missing, the one to the pixels?",
            ),
            (slips.without_input, "Is the first layer missing, the one from z?"),
        ]
        for mistaken, message in known:
            if hidden_units and counted == mistaken(latent_dim, hidden_units):
                raise Wrong(f"{where} you count {counted:,.0f}. {message}")
        raise Wrong(f"{where} there are {expected:,} parameters; you count {counted:,.0f}.")
    return "Keras counts the same: `build_dense_generator().count_params()`."


def _minimax_generator_loss(fake_logits):
    from keras import ops

    return -ops.mean(ops.softplus(fake_logits))


@exercise(
    title="Write the minimax generator loss",
    reference=_minimax_generator_loss,
    hints=[
        "Which of the two lines of the derivation gives log(1 − D) in terms of the logit?",
        "log(1 − D) = −softplus(ℓ). Now take the mean over the batch.",
        "`return -ops.mean(...)` with softplus of the logits inside.",
    ],
    wrong=[
        (slips.wrong_sign, "sign"),
        (slips.non_saturating, "non-saturating"),
        (slips.unreduced, "one number"),
        (slips.summed, "sum"),
        (slips.naive_minimax, "1000"),
    ],
)
def minimax_loss(function):
    """Compare with −mean softplus(ℓ) at ordinary logits, then at extreme ones."""
    logits = np.array([[-2.0], [0.0], [0.5], [3.0]], np.float32)
    softplus = np.logaddexp(0.0, logits.astype(np.float64))
    expected = -softplus.mean()
    expect_close(
        function(logits),
        expected,
        what="the loss",
        mistakes=[
            (-expected, "The sign is turned: log(1 − D) is never positive."),
            (
                np.logaddexp(0.0, -logits.astype(np.float64)).mean(),
                "This is the non-saturating loss, −E[log D]. Here E[log(1 − D)] is asked for.",
            ),
            (-softplus.sum(), "This is the sum over the batch; E stands for the mean."),
            (-softplus, "Expected one number for the batch: is the mean missing?"),
        ],
    )
    extreme = np.array([[1000.0], [-1000.0]], np.float32)
    value = expect_array(function(extreme), (), "the loss at logits ±1000", finite=False)
    expect(
        np.isfinite(value),
        f"At logits of ±1000 the loss is {value}. sigmoid(1000) rounds to 1, and then log(1 − 1) "
        "is minus infinity. Write it with softplus, without sigmoid and log.",
    )
    expect_close(value, -500.0, what="the loss at logits ±1000")
    return "Finite at any logit. Compare its gradient with the other one in the next picture."


STEPS = [
    "move the generator's variables down the gradient of L_G",
    "make fakes from fresh noise and let the discriminator judge them",
    "move the discriminator's variables down the gradient of L_D",
    "make fakes, and take a batch of real images",
    "compute L_G from the fake logits",
    "compute L_D from the real and the fake logits",
]
order_the_step = ordering(
    "lesson_06.order_the_step",
    "Put one train step in order",
    STEPS,
    rules=[
        (4, 6, "L_D needs real images and fakes first (step 4)."),
        (6, 3, "Before a gradient there must be a loss, L_D (step 6)."),
        (3, 2, "The discriminator is updated first, so that the generator meets its newest judge."),
        (2, 5, "L_G needs the discriminator's verdict on fresh fakes first (step 2)."),
        (5, 1, "Before a gradient there must be a loss, L_G (step 5)."),
    ],
    reference=[4, 6, 3, 2, 5, 1],
    hints=[
        "Which player moves first? Look at the list above the exercise.",
        "Each half has three steps: images, loss, move.",
        "The discriminator's half is 4, 6, 3.",
    ],
    wrong=[
        ([2, 5, 1, 4, 6, 3], "updated first"),
        ([4, 3, 6, 2, 5, 1], "Before a gradient there must be a loss, L_D"),
        ([4, 6, 3, 5, 2, 1], "verdict on fresh fakes"),
        ([4, 6, 3, 2, 5], "missing"),
    ],
    praise="This is algorithm 1 of the paper with k = 1.",
)


def _mended_update_generator(generator, discriminator, optimizer, generator_loss, z):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(z, training=True), training=True)
        loss = generator_loss(fake_logits)
    variables = generator.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


@exercise(
    title="Mend the generator's update",
    reference=_mended_update_generator,
    hints=[
        "Which network should move when the generator learns? Which one moved?",
        "Look at the line that begins with `variables =`.",
        "`variables = generator.trainable_variables`.",
    ],
    wrong=[
        (update_trial.differentiates_the_discriminator, "the discriminator moved"),
        (update_trial.differentiates_both, "the discriminator moved too"),
        (update_trial.moves_nothing, "Nothing moved"),
        (update_trial.climbs, "wrong way"),
        (update_trial.fakes_outside_the_tape, "outside the tape"),
    ],
)
def mend_the_update(function):
    """Run the update once on a small pair, and look at which variables moved, and which way."""
    generator, discriminator, optimizer, z = update_trial.small_pair()
    before = update_trial.values_of(generator), update_trial.values_of(discriminator)
    loss_before = float(update_trial.loss_on(generator, discriminator, z))
    try:
        loss = function(generator, discriminator, optimizer, update_trial.non_saturating_loss, z)
    except Wrong as why:
        if "gradient" in str(why).lower() or "None" in str(why):
            raise Wrong(
                "There is no gradient for the generator. Were the fakes made outside the tape? "
                "Then it has not seen how they depend on the generator's variables."
            ) from None
        raise
    moved = (
        update_trial.has_moved(generator, before[0]),
        update_trial.has_moved(discriminator, before[1]),
    )
    expect(
        moved != (False, True),
        "The generator stayed where it was, and the discriminator moved: it learns to call noise "
        "real. Differentiate the generator's variables.",
    )
    expect(
        not moved[1],
        "The generator moved, and the discriminator moved too, towards being fooled. Differentiate "
        "the generator's variables alone.",
    )
    expect(
        moved[0],
        "Nothing moved. Is the optimiser applied, and were the fakes not made outside the tape?",
    )
    expect(
        float(update_trial.loss_on(generator, discriminator, z)) < loss_before,
        "The generator moved the wrong way: its loss on the same noise rose. Look at signs.",
    )
    expect_array(loss, (), "the returned loss")
    return "The generator moved, the discriminator did not, and the loss on this noise fell."


def _class_shares(labels, num_classes=10):
    return np.bincount(labels, minlength=num_classes) / len(labels)


@exercise(
    title="The share of each class",
    reference=_class_shares,
    hints=[
        "Count how often each label from 0 to num_classes − 1 occurs, then divide.",
        "`np.bincount` counts whole numbers. What does it return if the largest label is missing?",
        "`np.bincount(labels, minlength=num_classes)`, divided by the number of labels.",
    ],
    wrong=[
        (slips.counts, "counts"),
        (slips.short_shares, "do not occur"),
        (slips.shares_of_present, "do not occur"),
        (slips.shares_by_class, "number of labels"),
    ],
)
def class_shares(function):
    """Compare on labels that miss some classes, and with another number of classes."""
    labels = np.array([1, 1, 1, 7, 7, 3, 0, 1])
    counts = np.bincount(labels, minlength=10)
    result = np.asarray(function(labels))
    expect(
        result.shape == (10,),
        f"Expected 10 shares, and received the shape {result.shape}. The classes that do not occur "
        "need a 0: how long is np.bincount's answer when no label is 9?",
    )
    expect_close(
        result,
        counts / 8,
        what="the shares",
        mistakes=[
            (counts, "These are counts. A share is a count divided by the number of labels."),
            (counts / 10, "Divide by the number of labels, not by the number of classes."),
        ],
    )
    expect_close(function(np.array([2, 0]), num_classes=3), [0.5, 0.0, 0.5], what="the shares")
    return "The ten shares add up to 1, and a class that is missing has the share 0."
