"""The exercises of lesson 06, the dense GAN."""

from functools import partial

import numpy as np

from gan_course.exercises import Exercise, NotAttempted, Wrong, comparison, expect
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
        "Write the sizes of all layers in a row: latent_dim, the hidden sizes, pixels.",
        "Each pair of neighbours (m, n) in that row is one layer with m · n + n parameters.",
        "`sizes = [latent_dim, *hidden_units, pixels]`; `zip(sizes, sizes[1:])` gives the pairs.",
    ],
    praise="Keras counts the same: `build_dense_generator().count_params()`.",
)


def _minimax_generator_loss(fake_logits):
    from keras import ops

    return -ops.mean(ops.softplus(fake_logits))


minimax_loss = comparison(
    "6.5",
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
            "At logits of ±1000 the loss is minus infinity: sigmoid(1000) rounds to 1, and "
            "exp(1000) is too large for any float. Write it with softplus, without sigmoid, exp "
            "and log.",
        ),
    ],
    hints=[
        "Which line of the derivation in section 3 gives log(1 − D) in terms of the logit?",
        "log(1 − D) = −softplus(ℓ). Now take the mean over the batch.",
        "`return -ops.mean(...)` with softplus of the logits inside.",
    ],
    praise="Finite at any logit. Its gradient comes next, beside that of the other loss.",
)


def _one_round(k, draw_real, draw_z, update_d, update_g):
    for _ in range(k):
        update_d(draw_real(), draw_z())
    return update_g(draw_z())


def _tools_of_a_round():
    """Return a list that gets every update with its batches, and what the learner's loop calls."""
    drawn, done = [], []

    def draw(kind):
        drawn.append(f"{kind} {len(drawn)}")
        return drawn[-1]

    def update_d(real_images, z, *more):
        done.append(("D", real_images, z, *more))

    def update_g(z, *more):
        done.append(("G", z, *more))
        return 0.5

    return done, (lambda: draw("real"), lambda: draw("z"), update_d, update_g)


def _check_round(function):
    for k in (1, 3):
        done, tools = _tools_of_a_round()
        try:
            loss = function(k, *tools)
        except (NotAttempted, Wrong) as why:
            if not (done and why.empty):
                raise
            loss = None  # its last line is missing
        _look_at(done, k)
        expect(
            loss == 0.5,
            "All updates are right. Return what `update_g` returns, the generator's loss.",
        )
    return "The discriminator meets k fresh batches, then the generator meets its newest judge."


def _look_at(done, k):
    """Say what is wrong with the updates of a round, if anything."""
    order = "".join(update[0] for update in done)
    expect(
        order.count("G") == 1,
        f"With k = {k} the generator was updated {order.count('G')} times. In a round it is "
        "updated once, after the loop.",
    )
    expect(
        order.count("D") == k,
        f"With k = {k} the discriminator was updated {order.count('D')} times, not {k}.",
    )
    expect(
        order.endswith("G"),
        "The generator moved first. It waits for the discriminator, so that it meets its newest "
        "judge.",
    )
    given = [batch for update in done for batch in update[1:]]
    kinds = [batch.split()[0] if isinstance(batch, str) else "" for batch in given]
    expect(
        kinds == ["real", "z"] * k + ["z"],
        "`update_d` takes real images, then noise; `update_g` takes noise. Call `draw_real()` and "
        "`draw_z()` and hand over what they return.",
    )
    expect(
        len(set(given)) == len(given),
        f"With k = {k} the same batch was used twice. Algorithm 1 draws real images and noise anew "
        "for every update, for the generator too.",
    )


def _same_batches(k, draw_real, draw_z, update_d, update_g):
    real, z = draw_real(), draw_z()
    for _ in range(k):
        update_d(real, z)
    return update_g(draw_z())


def _same_noise(k, draw_real, draw_z, update_d, update_g):
    for _ in range(k):
        z = draw_z()
        update_d(draw_real(), z)
    return update_g(z)


def _both_k_times(k, draw_real, draw_z, update_d, update_g):
    for _ in range(k):
        update_d(draw_real(), draw_z())
        loss = update_g(draw_z())
    return loss


def _generator_first(k, draw_real, draw_z, update_d, update_g):
    loss = update_g(draw_z())
    for _ in range(k):
        update_d(draw_real(), draw_z())
    return loss


def _once(k, draw_real, draw_z, update_d, update_g):
    return _one_round(1, draw_real, draw_z, update_d, update_g)


def _real_images_for_g(k, draw_real, draw_z, update_d, update_g):
    for _ in range(k):
        update_d(draw_real(), draw_z())
    return update_g(draw_real(), draw_z())


def _without_loss(*given):
    _one_round(*given)


one_round = Exercise(
    "6.2",
    "One round of algorithm 1",
    _check_round,
    reference=_one_round,
    hints=[
        "Who moves k times, and who once? Write the loop, then what comes after it.",
        "For every update real images and noise are drawn anew: call `draw_real()` and `draw_z()` "
        "inside the loop.",
        "After the loop: `return update_g(...)`, with noise that nobody has used yet.",
    ],
    wrong=[
        (_same_batches, "the same batch was used twice"),
        (_same_noise, "the same batch was used twice"),
        (_both_k_times, "updated 3 times"),
        (_generator_first, "moved first"),
        (_once, "not 3"),
        (_without_loss, "Return what `update_g` returns"),
        (_real_images_for_g, "`update_g` takes noise"),
    ],
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
    "6.3",
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
    "6.4",
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
