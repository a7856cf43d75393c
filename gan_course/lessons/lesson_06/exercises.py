"""The exercises of lesson 06, the dense GAN."""

from functools import partial

import numpy as np

from gan_course.exercises import Exercise, comparison, ordering
from gan_course.lessons.lesson_06.update_trial import (
    moves_nothing,
    non_saturating_loss,
    try_update,
    update,
)


def _count_generator_parameters(latent_dim, hidden_units, pixels=784):
    sizes = [latent_dim, *hidden_units, pixels]
    return sum(m * n + n for m, n in zip(sizes, sizes[1:], strict=False))


count_parameters = comparison(
    "6.1",
    "Count the parameters of a dense generator",
    reference=_count_generator_parameters,
    cases=[
        (100, [256, 512]),
        (100, [100, 100]),
        (7, [5]),
        (3, [4, 4, 4]),
        (10, [20, 30], 3072),
    ],
    what="the count for latent_dim={latent_dim}, hidden_units={hidden_units} and pixels={pixels}",
    rtol=0,
    slips=[
        (
            lambda z, hidden, pixels=784: (
                _count_generator_parameters(z, hidden, pixels) - sum(hidden) - pixels
            ),
            "Are the biases missing? Each unit has one.",
        ),
        (
            lambda z, hidden, pixels=784: _count_generator_parameters(z, hidden[:-1], hidden[-1]),
            "Is the last layer missing, the one to the pixels?",
        ),
        (
            lambda z, hidden, pixels=784: _count_generator_parameters(
                hidden[0], hidden[1:], pixels
            ),
            "Is the first layer missing, the one from z?",
        ),
        (
            lambda z, hidden, pixels=784: _count_generator_parameters(z, hidden),
            "Right for 784 pixels, and only then: use the argument `pixels`.",
        ),
    ],
    hints=[
        "Write the sizes of all layers in a row: latent_dim, the hidden sizes, 784.",
        "Each pair of neighbours (m, n) in that row is one layer with m · n + n parameters.",
        "`sizes = [latent_dim, *hidden_units, pixels]`; `zip(sizes, sizes[1:])` gives the pairs.",
    ],
    praise="Keras counts the same: `build_dense_generator().count_params()`.",
)


def _minimax_generator_loss(fake_logits):
    from keras import ops

    return -ops.mean(ops.softplus(fake_logits))


minimax_loss = comparison(
    "6.2",
    "Write the minimax generator loss",
    reference=_minimax_generator_loss,
    cases=[
        (np.array([[-2.0], [0.0], [0.5], [3.0]], np.float32),),
        (np.array([[1000.0], [-1000.0]], np.float32),),
    ],
    what="the loss at the logits {fake_logits}",
    slips=[
        (
            lambda logits: np.mean(np.logaddexp(0, logits)),
            "The sign is turned: log(1 − D) is never positive.",
        ),
        (
            lambda logits: np.mean(np.logaddexp(0, -logits)),
            "This is the non-saturating loss, −E[log D]. Here E[log(1 − D)] is asked for.",
        ),
        (
            lambda logits: -np.sum(np.logaddexp(0, logits)),
            "This is the sum over the batch; E stands for the mean.",
        ),
        (
            lambda logits: -np.logaddexp(0, logits),
            "Expected one number for the batch: is the mean missing?",
        ),
        (
            lambda logits: np.mean(np.log(1 - 1 / (1 + np.exp(-logits)))),
            "At logits of ±1000 the loss is minus infinity: sigmoid(1000) rounds to 1, and then "
            "log(1 − 1) is. Write it with softplus, without sigmoid and log.",
        ),
    ],
    hints=[
        "Which of the two lines of the derivation gives log(1 − D) in terms of the logit?",
        "log(1 − D) = −softplus(ℓ). Now take the mean over the batch.",
        "`return -ops.mean(...)` with softplus of the logits inside.",
    ],
    praise="Finite at any logit. Compare its gradient with the other one in the next picture.",
)


_STEPS = [
    "move the generator's variables down the gradient of L_G",
    "make fakes from fresh noise and let the discriminator judge them",
    "move the discriminator's variables down the gradient of L_D",
    "make fakes, and take a batch of real images",
    "compute L_G from the fake logits",
    "compute L_D from the real and the fake logits",
]
order_the_step = ordering(
    "6.3",
    "Put one train step in order",
    _STEPS,
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


def _check_update(function):
    try_update(function)
    return "The generator moved, the discriminator did not, and the loss on this noise fell."


def _without_return(*given):
    update(*given)


mend_the_update = Exercise(
    "6.4",
    "Mend the generator's update",
    _check_update,
    reference=_mended_update_generator,
    hints=[
        "Which network should move when the generator learns? Which one moved?",
        "Look at the line that begins with `variables =`.",
        "`variables = generator.trainable_variables`.",
    ],
    wrong=[
        (partial(update, moves=(1,)), "the discriminator moved: it learns"),
        (partial(update, moves=(0, 1)), "the discriminator moved too"),
        (moves_nothing, "Nothing moved"),
        (partial(update, sign=-1), "wrong way"),
        (partial(update, fakes=np.asarray), "outside the tape"),
        (partial(update, own_loss=non_saturating_loss), "never called"),
        (partial(update, training=(False, True)), "The generator is called"),
        (
            partial(update, training=(True, None)),
            "The discriminator is called",
        ),
        (partial(update, steps=2), "took 2 steps"),
        (_without_return, "returns nothing"),
    ],
)


def _class_shares(labels, num_classes=10):
    return np.bincount(labels, minlength=num_classes) / len(labels)


class_shares = comparison(
    "6.5",
    "The share of each class",
    reference=_class_shares,
    cases=[(np.array([1, 1, 1, 7, 7, 3, 0, 1]),), (np.array([2, 0]), 3)],
    what="the shares in the labels {labels} for num_classes={num_classes}",
    slips=[
        (
            lambda labels, n=10: np.bincount(labels, minlength=n),
            "These are counts. A share is a count divided by the number of labels.",
        ),
        (
            lambda labels, n=10: np.bincount(labels) / len(labels),
            "The list is too short: the classes that do not occur need a 0. How long is "
            "np.bincount's answer when no label is 9?",
        ),
        (
            lambda labels, n=10: np.unique(labels, return_counts=True)[1] / len(labels),
            "These are the shares of the classes that occur. The others need a 0, in their place.",
        ),
        (
            lambda labels, n=10: np.bincount(labels, minlength=n) / n,
            "Divide by the number of labels, not by the number of classes.",
        ),
        (
            lambda labels, n=10: _class_shares(labels),
            "These are ten shares whatever `num_classes` is: use the argument.",
        ),
    ],
    hints=[
        "Count how often each label from 0 to num_classes − 1 occurs, then divide.",
        "`np.bincount` counts whole numbers. What does it return if the largest label is missing?",
        "`np.bincount(labels, minlength=num_classes)`, divided by the number of labels.",
    ],
    praise="The ten shares add up to 1, and a class that is missing has the share 0.",
)
