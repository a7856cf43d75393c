"""The exercises of lesson 12: a mend for each of the twelve bugs, checked by what it does."""

from functools import partial

import numpy as np

from gan_course.exercises import Exercise, Wrong, comparison, expect
from gan_course.exercises.expectations import read_numbers
from gan_course.lessons.lesson_12 import step_trial as trial

LOGITS = [
    (np.array([[-3.0], [0.5], [2.0]]),),
    (np.array([[0.0], [0.0]]),),
    (np.array([[-8.0], [-7.0], [-9.0], [4.0]]),),
]
STEPS = 320  # of the lesson's runs
PAIRS_OF_LOGITS = [
    (np.array([[1.0], [-2.0], [0.3]]), np.array([[-1.5], [0.7], [2.0]])),
    (np.array([[0.0], [4.0]]), np.array([[-6.0], [0.0]])),
]


def _soft(x):
    return np.logaddexp(0, x)


# --- 12.1 -----------------------------------------------------------------------------------------


def _mended_generator_loss(fake_logits):
    from keras import ops

    return ops.mean(ops.softplus(-fake_logits))


mend_the_sign = comparison(
    "12.1",
    "Mend the generator's loss",
    reference=_mended_generator_loss,
    cases=LOGITS,
    what="the loss",
    slips=[
        (
            lambda logits: -np.mean(_soft(-logits)),
            "This is log D, averaged, and it goes down without end as D(fake) goes to 0. A step "
            "downhill then makes the fakes worse. Which way must D(fake) go?",
        ),
        (
            lambda logits: np.mean(_soft(logits)),
            "This is the discriminator's loss on fakes. It is low where D(fake) is near 0: the "
            "generator would help to be found out.",
        ),
        (
            lambda logits: -np.mean(_soft(logits)),
            "This is the minimax loss of lesson 05. Its direction is right, but where D(fake) is "
            "near 0 it has no gradient left. The healthy program had −log D.",
        ),
        (
            lambda logits: -np.mean(logits),
            "This is minus the mean logit. It has no lower end, and a cross-entropy is never below "
            "0.",
        ),
        (
            lambda logits: -np.mean(np.log(np.clip(logits, 1e-7, 1 - 1e-7))),
            "The logits are taken for probabilities. Keras' cross-entropy wants "
            "`from_logits=True`.",
        ),
        (
            lambda logits: np.sum(_soft(-logits)),
            "The sign is right. This is a sum over the batch: a larger batch would take larger "
            "steps. Take the mean.",
        ),
        (
            lambda logits: np.mean(_soft(-1 / (1 + np.exp(-logits)))),
            "The sign is right, but there is a sigmoid too many: the logits go in as they are.",
        ),
    ],
    hints=[
        "What should happen to D(fake) when the loss goes down?",
        "−log D is softplus(−ℓ): near 0 where D is near 1, and large where D is near 0.",
        "`return ops.mean(...)` with softplus of minus the logits inside, and no sign in front.",
    ],
    praise="It is 0 at best, and large where the fakes are found out: downhill is towards real.",
)


# --- 12.2 -----------------------------------------------------------------------------------------


def _mended_discriminator():
    import keras
    from keras import layers

    images = keras.Input((14, 14, 1))
    x = layers.Flatten()(images)
    for units in (128, 64):
        x = layers.Dense(units)(x)
        x = layers.LeakyReLU(negative_slope=0.2)(x)
        x = layers.Dropout(0.3)(x)
    return keras.Model(images, layers.Dense(1)(x))


def _ends_in(activation, units=1, flat=True):
    """Return a builder of a discriminator with another end."""

    def build():
        import gan_course.backend  # before Keras

        import keras
        from keras import layers

        x = images = keras.Input((14, 14, 1))
        x = layers.Dense(8)(layers.Flatten()(x) if flat else x)
        return keras.Model(images, layers.Dense(units, activation=activation)(x))

    return build


def _check_end(build):
    import gan_course.backend  # before Keras

    import keras

    model = build()
    expect(
        isinstance(model, keras.Model),
        "Expected a Keras model. End the function with `return keras.Model(images, ...)`.",
    )
    rng = np.random.default_rng(0)
    images = rng.normal(size=(200, 14, 14, 1)).astype(np.float32)
    try:
        shape = np.shape(model(images))
    except Exception as error:
        raise Wrong(
            f"The model stopped with {type(error).__name__} on images of shape (200, 14, 14, 1). "
            "It has to take these, and return (200, 1)."
        ) from None
    expect(
        len(shape) < 4,
        f"For 200 images the output has the shape {shape}: a number for each pixel. Flatten the "
        "image first.",
    )
    expect(
        shape == (200, 1),
        f"For 200 images the output has the shape {shape}; expected (200, 1), one logit for each.",
    )
    for variable in model.trainable_variables:
        variable.assign(rng.normal(size=variable.shape))
    low, high = (float(end(np.asarray(model(images, training=False)))) for end in (np.min, np.max))
    _expect_free(low, high)
    return "A logit with no bounds. The loss turns it into a probability, once."


def _expect_free(low, high):
    expect(
        high > low,
        "The output is the same whatever the image: a softmax over a single number is always 1. "
        "Leave the activation out.",
    )
    if low >= 0 and high <= 1:
        raise Wrong(
            "The output stays between 0 and 1: there is still a sigmoid at the end, and the loss "
            "applies its own. The losses want logits."
        )
    expect(
        low < -1.01 or high > 1.01,
        "The output stays between −1 and 1. A tanh bounds the logit as a sigmoid does: D could "
        "never be surer than 0.73. Leave the activation out.",
    )
    expect(
        low < 0,
        "The output is never below 0: D could never say less than ½. Leave the activation out.",
    )
    expect(
        high > 0,
        "The output is never above 0: D could never say more than ½. Leave the activation out.",
    )


mend_the_end = Exercise(
    "12.2",
    "Mend the discriminator's end",
    _check_end,
    reference=_mended_discriminator,
    hints=[
        "Who turns the logit into a probability, and how often?",
        "The losses of this course take logits: softplus(−ℓ) is −log sigmoid(ℓ).",
        "The last layer is `layers.Dense(1)`, with no activation.",
    ],
    wrong=[
        (_ends_in("sigmoid"), "still a sigmoid"),
        (_ends_in("tanh"), "A tanh bounds"),
        (_ends_in("relu"), "never say less"),
        (_ends_in("log_sigmoid"), "never say more"),
        (_ends_in("softmax"), "softmax over a single number"),
        (_ends_in(None, units=2), "one logit for each"),
        (_ends_in(None, flat=False), "Flatten the image"),
    ],
)


# --- 12.4 -----------------------------------------------------------------------------------------


def _mended_update_discriminator(generator, discriminator, optimizer, loss, real_images, z):
    import tensorflow as tf
    from keras import ops

    fake_images = generator(z, training=True)
    count = real_images.shape[0]
    with tf.GradientTape() as tape:
        mixed = ops.concatenate([real_images, fake_images])
        logits = discriminator(mixed, training=True)
        value = loss(logits[:count], logits[count:])
    variables = discriminator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def _arguments_of_an_update(real_count, z_count):
    def arguments(generator, discriminator):
        import tensorflow as tf

        batches = tf.constant(trial.REAL[:real_count]), tf.constant(trial.Z[0][:z_count])
        return generator, discriminator, trial.sgd(), _mended_discriminator_loss, *batches

    return arguments


def _split_at(place, keep_z=lambda z, real: z, keep=lambda value: value, swapped=False):
    """Return an update of the discriminator that splits its logits in another way."""

    def update(generator, discriminator, optimizer, loss, real_images, z):
        import tensorflow as tf
        from keras import ops

        fake_images = generator(keep_z(z, real_images), training=True)
        with tf.GradientTape() as tape:
            logits = discriminator(ops.concatenate([real_images, fake_images]), training=True)
            count = place(logits, real_images, z)
            parts = logits[:count], logits[count:]
            value = keep(loss(*(parts[::-1] if swapped else parts)))
        variables = discriminator.trainable_variables
        optimizer.apply(tape.gradient(value, variables), variables)
        return value

    return update


def _count_of_real(logits, real_images, z):
    return len(real_images)


def _without_nan(value):
    from keras import ops

    return ops.where(ops.isnan(value), ops.zeros_like(value), value)


def _leave_out(*given):
    from keras import ops

    return ops.zeros(())


def _leave_small_ones_out(*given):
    small = len(given[4]) < 6
    return _leave_out(*given) if small else _mended_update_discriminator(*given)


SPLIT_SLIPS = [
    (
        _split_at(lambda logits, real_images, z: 128),
        "no logit is left for the fakes. A mean of nothing is nan, whatever is done with it later. "
        "Where do the real images end?",
    ),
    (
        _split_at(lambda logits, real_images, z: len(logits) // 2),
        "a half of the logits counts as real. That is right only as long as there are as many "
        "fakes: count the real images.",
    ),
    (
        _split_at(lambda logits, real_images, z: len(z)),
        "as many logits count as real as there are latent vectors. Count the real images.",
    ),
    (
        _split_at(_count_of_real, keep_z=lambda z, real_images: z[: len(real_images)]),
        "some fakes are thrown away. The split is right, and every fake has something to teach.",
    ),
    (
        _split_at(_count_of_real, swapped=True),
        "what counts as real are the logits of the fakes: the real images came first.",
    ),
    (
        _leave_out,
        "nothing is learned: the batch is left out, or its loss is a number that depends on "
        "nothing. These images are as good as others. Look for the line that assumes a number.",
    ),
]
# The sizes of real images and of noise, the sizes of the whole batch first.
SPLITS = {sizes: _arguments_of_an_update(*sizes) for sizes in ((6, 6), (3, 3), (3, 6))}


def _check_split(update):
    for (real_count, z_count), arguments in SPLITS.items():
        batch = f"With {real_count} real images and {z_count} fakes"
        slips = [(slip, f"{batch} {message}") for slip, message in SPLIT_SLIPS]
        trial.judged(update, arguments, _mended_update_discriminator, slips)
    return "Real are as many as there are real images, in the last batch too."


mend_the_split = Exercise(
    "12.4",
    "Mend the split of the mixed batch",
    _check_split,
    reference=_mended_update_discriminator,
    hints=[
        "How many real images are in the last batch? How many does the code assume?",
        "`BATCH` is what a batch should be. `real_images.shape[0]` is what this one is.",
        "`count = real_images.shape[0]`, then `logits[:count]` and `logits[count:]`.",
    ],
    wrong=[
        *((slip, message[:40]) for slip, message in SPLIT_SLIPS),
        (_leave_small_ones_out, "With 3 real images and 3 fakes nothing is learned"),
        (_split_at(lambda *given: 128, keep=_without_nan), SPLIT_SLIPS[-1][1][:40]),
    ],
)


# --- 12.5 -----------------------------------------------------------------------------------------


def _mended_noise(count):
    import tensorflow as tf

    return tf.random.normal((count, 16))


def _grid(count):
    return np.random.default_rng(1).normal(size=(16, 16))[np.arange(count) % 16]


def _shuffled_grid(count):
    return np.random.default_rng().permutation(_grid(count))


def _pool(count):
    pool = np.random.default_rng(1).normal(size=(1000, 16))
    return pool[np.random.default_rng().integers(1000, size=count)]


def _grid_and_fresh(count):
    return np.concatenate([_grid(16), np.random.default_rng().normal(size=(count, 16))])[:count]


def _jittered_grid(count):
    return _grid(count) + np.random.default_rng().normal(scale=0.01, size=(count, 16))


def _reseeded(count):
    return np.random.default_rng(0).normal(size=(count, 16))


def _spread(count):
    return np.random.default_rng().uniform(0, 1, (count, 16))


def _one_for_all(count):
    return np.repeat(np.random.default_rng().normal(size=(1, 16)), count, axis=0)


def _check_noise(draw):
    first, second = (np.asarray(draw(256), np.float64) for _ in range(2))
    expect(
        first.shape == (256, 16),
        f"For 256 latent vectors the shape is {first.shape}; expected (256, 16).",
    )
    few = np.asarray(draw(3))
    expect(few.shape == (3, 16), f"For 3 latent vectors the shape is {few.shape}: use `count`.")
    expect(
        len(np.unique(first, axis=0)) > 1,
        "All rows of a batch are the same vector: the generator would be asked for one image.",
    )
    both = np.concatenate([first, second])
    if len(np.unique(both, axis=0)) <= 16:
        raise Wrong(
            "There are still 16 vectors, over and over, in whatever order. The generator learns "
            "these, and what lies between them it never visits."
        )
    expect(
        not np.array_equal(first, second),
        "Two calls give the same batch. A seed inside the function starts the same sequence each "
        "time: there are more vectors now, and still the same ones in every step.",
    )
    again = len(both) - len(np.unique(both, axis=0))
    expect(
        again == 0,
        f"Of {len(both)} latent vectors in two calls {again} come a second time: they are taken "
        "from a fixed store. Draw new ones in every step.",
    )
    gaps = np.linalg.norm(first[:, None] - second[None], axis=2).min(axis=1)
    expect(
        np.median(gaps) > 0.5,
        "The vectors of two calls lie close together: the old ones, shaken a little. Draw "
        "everywhere that samples will be drawn from.",
    )
    expect(
        abs(both.mean()) < 0.2 and abs(both.std() - 1) < 0.1,
        f"The numbers have mean {both.mean():.2f} and standard deviation {both.std():.2f}. Samples "
        "are drawn from N(0, 1) later: train on what will be asked for.",
    )
    return "Every step meets vectors that no step has met before, as every sample will."


mend_the_noise = Exercise(
    "12.5",
    "Mend the noise",
    _check_noise,
    reference=_mended_noise,
    hints=[
        "How many different latent vectors does the generator meet in the whole run?",
        "The grid keeps its sixteen vectors, so that you can follow them. Training draws its own.",
        "`return tf.random.normal((count, 16))`, without a seed.",
    ],
    wrong=[
        (_grid, "still 16 vectors"),
        (_shuffled_grid, "still 16 vectors"),
        (_jittered_grid, "shaken a little"),
        (_pool, "from a fixed store"),
        (_grid_and_fresh, "come a second time"),
        (_reseeded, "the same batch"),
        (_spread, "train on what will be asked for"),
        (_one_for_all, "one image"),
    ],
)


# --- 12.6 -----------------------------------------------------------------------------------------


def _train_round(generator, discriminator, g_optimizer, d_optimizer, real_images, z_for_d, z_for_g):
    import tensorflow as tf
    from keras import ops

    fake_images = generator(z_for_d, training=True)
    with tf.GradientTape() as tape:
        real_logits = discriminator(real_images, training=True)
        fake_logits = discriminator(fake_images, training=True)
        d_loss = ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))
    variables = discriminator.trainable_variables
    d_optimizer.apply(tape.gradient(d_loss, variables), variables)
    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(z_for_g, training=True), training=True)
        g_loss = ops.mean(ops.softplus(-fake_logits))
    variables = generator.trainable_variables
    g_optimizer.apply(tape.gradient(g_loss, variables), variables)
    return d_loss, g_loss


def _round(*given, d_moves=True, g_moves=(0,), wish=1.0, frozen=False, swapped=False, half=False):
    """Train a round; every option is a way to get it wrong."""
    import tensorflow as tf
    from keras import ops

    generator, discriminator, g_optimizer, d_optimizer, real_images, z_for_d, z_for_g = given
    if frozen:
        discriminator.trainable = False
    real_sign, fake_sign = (1.0, -1.0) if swapped else (-1.0, 1.0)
    fake_images = generator(z_for_d, training=True)
    with tf.GradientTape() as tape:
        real_loss = ops.mean(ops.softplus(real_sign * discriminator(real_images, training=True)))
        fake_loss = ops.mean(ops.softplus(fake_sign * discriminator(fake_images, training=True)))
        d_loss = (real_loss + fake_loss) / (2 if half else 1)
    variables = discriminator.trainable_variables
    if d_moves and variables:
        d_optimizer.apply(tape.gradient(d_loss, variables), variables)
    with tf.GradientTape() as tape:
        fake_logits = discriminator(generator(z_for_g, training=True), training=True)
        g_loss = ops.mean(ops.softplus(-wish * fake_logits))
    pair = generator, discriminator
    variables = [each for player in g_moves for each in pair[player].trainable_variables]
    if variables:
        g_optimizer.apply(tape.gradient(g_loss, variables), variables)
    return d_loss, g_loss


def _two_steps_of_d(generator, discriminator, g_optimizer, d_optimizer, real, z_for_d, z_for_g):
    """Train as `train_on_batch` did: on real images, then on fakes, then the generator."""
    import tensorflow as tf
    from keras import ops

    losses, fake_images = [], generator(z_for_d, training=True)
    for sign, images in ((-1.0, real), (1.0, fake_images)):
        with tf.GradientTape() as tape:
            loss = ops.mean(ops.softplus(sign * discriminator(images, training=True)))
        variables = discriminator.trainable_variables
        d_optimizer.apply(tape.gradient(loss, variables), variables)
        losses.append(loss)
    g_loss = _told_update_generator(
        generator, discriminator, g_optimizer, _mended_generator_loss, z_for_g
    )
    return sum(losses), g_loss


def _generator_first(generator, discriminator, g_optimizer, d_optimizer, real, z_for_d, z_for_g):
    """Train the two players in the other order."""
    g_loss = _told_update_generator(
        generator, discriminator, g_optimizer, _mended_generator_loss, z_for_g
    )
    d_loss = _mended_update_discriminator(
        generator, discriminator, d_optimizer, _mended_discriminator_loss, real, z_for_d
    )
    return d_loss, g_loss


def _both_at_once(generator, discriminator, g_optimizer, d_optimizer, real, z_for_d, z_for_g):
    """Compute both losses before either player moves."""
    import tensorflow as tf

    with tf.GradientTape(persistent=True) as tape:
        real_logits = discriminator(real, training=True)
        fake_logits = discriminator(generator(z_for_d, training=True), training=True)
        d_loss = _mended_discriminator_loss(real_logits, fake_logits)
        g_loss = _mended_generator_loss(
            discriminator(generator(z_for_g, training=True), training=True)
        )
    for optimizer, player, loss in (
        (d_optimizer, discriminator, d_loss),
        (g_optimizer, generator, g_loss),
    ):
        variables = player.trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)
    return d_loss, g_loss


ROUND_SLIPS = [
    (
        partial(_round, frozen=True),
        "The discriminator did not move: it is frozen while it should learn. Leave `trainable` "
        "alone. Whose variables you differentiate says who learns.",
    ),
    (
        _two_steps_of_d,
        "The discriminator took two steps, one for each half, as `train_on_batch` did. Add the two "
        "means up inside one tape, and take one step.",
    ),
    (
        partial(_round, g_moves=(0, 1)),
        "The generator's step moved the discriminator too, towards being fooled. In Keras 2 "
        "`trainable = False` stood against that; here ask for the generator's variables alone.",
    ),
    (
        partial(_round, half=True),
        "The discriminator's loss is half the sum, and so is its step. Many tutorials halve it; "
        "here the two means are added up.",
    ),
    (
        _both_at_once,
        "The generator was judged by the discriminator as it was before its step. First the "
        "discriminator moves; then a second tape asks the one that has moved.",
    ),
    (
        _generator_first,
        "The generator moved first, and the discriminator met its newer fakes. First the "
        "discriminator moves, then the generator.",
    ),
    (
        lambda g, d, g_optimizer, d_optimizer, real, z_for_d, z_for_g: _train_round(
            g, d, g_optimizer, d_optimizer, real, z_for_d, z_for_d
        ),
        "The generator's step was taken on the discriminator's noise. Each has its own: `z_g`.",
    ),
    (
        lambda g, d, g_optimizer, d_optimizer, *batches: _train_round(
            g, d, d_optimizer, g_optimizer, *batches
        ),
        "The two optimisers are swapped. Each has a learning rate and a memory of its own player.",
    ),
    (
        partial(_round, g_moves=(1,)),
        "In the generator's step the discriminator moved, and the generator did not.",
    ),
    (
        partial(_round, wish=-1.0),
        "The generator wishes its fakes called 0, as the discriminator does. `train_on_batch` got "
        "ones for the combined model.",
    ),
    (
        partial(_round, swapped=True),
        "The discriminator's targets are the wrong way round: real = 1, fake = 0.",
    ),
    (
        partial(_round, g_moves=()),
        "The generator did not move. Its optimiser has to be applied too.",
    ),
    (
        partial(_round, d_moves=False),
        "The discriminator did not move. Its optimiser has to be applied too.",
    ),
]


def _arguments_of_a_round(generator, discriminator):
    import tensorflow as tf

    batches = (tf.constant(each) for each in (trial.REAL, *trial.Z))
    return generator, discriminator, trial.sgd(0.05), trial.sgd(), *batches


def _check_round(function):
    trial.judged(function, _arguments_of_a_round, _train_round, ROUND_SLIPS)
    return "Nothing was frozen: each optimiser was given one network's variables."


translate_the_round = Exercise(
    "12.6",
    "Translate the round to Keras 3",
    _check_round,
    reference=_train_round,
    hints=[
        "Two tapes: one for the discriminator's loss, one for the generator's. Which variables "
        "belong to which?",
        "The healthy program has both updates. Nothing is ever frozen there.",
        "`tape.gradient(g_loss, generator.trainable_variables)`: the discriminator passes the "
        "gradient on and stays as it is.",
    ],
    wrong=[(slip, message[:40]) for slip, message in ROUND_SLIPS[:-1]],
)


# --- 12.3, and the ward: 12.7 to 12.12 ------------------------------------------------------------


def _told_update_generator(generator, discriminator, optimizer, loss, z):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        value = loss(discriminator(generator(z, training=True), training=True))
    variables = generator.trainable_variables
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def _generator_update(*given, told=(True, True), moves=(0,)):
    """Update the generator; every option is a way to get it wrong."""
    import tensorflow as tf

    *pair, optimizer, loss, z = given
    with tf.GradientTape() as tape:
        images = pair[0](z) if told[0] is None else pair[0](z, training=told[0])
        logits = pair[1](images) if told[1] is None else pair[1](images, training=told[1])
        value = loss(logits)
    variables = [each for player in moves for each in pair[player].trainable_variables]
    optimizer.apply(tape.gradient(value, variables), variables)
    return value


def _arguments_of_a_generator(generator, discriminator):
    import tensorflow as tf

    return generator, discriminator, trial.sgd(), _mended_generator_loss, tf.constant(trial.Z[1])


UPDATE_SLIPS = [
    (
        partial(_generator_update, moves=(0, 1)),
        "The discriminator moved too, towards calling these fakes real. One step moves one "
        "network: differentiate the generator's variables alone.",
    ),
    (
        partial(_generator_update, moves=(1,)),
        "The discriminator moved, and the generator did not: it learns to call noise real.",
    ),
]


def _check_generator_update(function):
    trial.judged(function, _arguments_of_a_generator, _told_update_generator, UPDATE_SLIPS)
    return "One network moved, and both were told that this is training."


mend_the_silence = Exercise(
    "12.3",
    "Tell both networks that they are training",
    _check_generator_update,
    reference=_told_update_generator,
    hints=[
        "Which layers of the two networks behave otherwise in training?",
        "Each call of a network takes `training=`. Outside `fit` its default is inference.",
        "`discriminator(generator(z, training=True), training=True)`.",
    ],
    wrong=[
        (partial(_generator_update, told=(None, None)), "The generator is called without"),
        (partial(_generator_update, told=(True, None)), "The discriminator is called without"),
        (partial(_generator_update, told=(True, False)), "The discriminator is called with `tr"),
        (partial(_generator_update, told=(False, False)), "The generator is called with `tr"),
        (partial(_generator_update, moves=(0, 1)), "The discriminator moved too"),
        (partial(_generator_update, moves=(1,)), "learns to call noise real"),
    ],
)


def _mended_discriminator_loss(real_logits, fake_logits):
    from keras import ops

    return ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))


def _with_labels(real_label, fake_label):
    def loss(real, fake):
        return np.mean(_soft(real) - real_label * real) + np.mean(_soft(fake) - fake_label * fake)

    return loss


mend_the_labels = comparison(
    "12.7",
    "Mend the labels",
    reference=_mended_discriminator_loss,
    cases=PAIRS_OF_LOGITS,
    what="the loss",
    slips=[
        (
            _with_labels(1, -1),
            "The fakes' label is still −1. The term is then softplus(ℓ) + ℓ, which has no lower "
            "end. A label of a cross-entropy is a probability.",
        ),
        (_with_labels(0, 1), "Real and fake are swapped: real = 1, fake = 0."),
        (
            _with_labels(0.5, 0.5),
            "Both labels are ½: the discriminator is asked to tell nothing apart.",
        ),
        (
            _with_labels(0.9, 0),
            "A label of 0.9 for real images is one-sided smoothing, a choice of its own. Mend the "
            "bug first: real = 1, fake = 0.",
        ),
        (
            lambda real, fake: np.mean(np.maximum(0, 1 - real)) + np.mean(np.maximum(0, 1 + fake)),
            "This is the hinge loss, to which labels 1 and −1 belong. It is another loss, and a "
            "good one; the healthy program has a cross-entropy.",
        ),
        (
            lambda real, fake: np.abs(_with_labels(1, -1)(real, fake)),
            "The sign of the sum is hidden, and the fakes' label is still −1.",
        ),
        (
            lambda real, fake: np.maximum(_with_labels(1, -1)(real, fake), 0),
            "The sum is cut off at 0, and the fakes' label is still −1. Where it is cut off, the "
            "discriminator learns nothing.",
        ),
        (
            lambda real, fake: _with_labels(1, 0)(real, fake) / 2,
            "The labels are right. This is half the sum: the healthy program adds the two means.",
        ),
    ],
    hints=[
        "Which labels does a cross-entropy allow?",
        "A label is the probability of “real”: 1 for real images, 0 for fakes.",
        "`ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))`.",
    ],
    praise="Both labels are probabilities, and the loss cannot fall below 0.",
)


def _mended_scale(pixels):
    return pixels / 127.5 - 1.0


mend_the_pixels = comparison(
    "12.8",
    "Mend the range of the pixels",
    reference=_mended_scale,
    cases=[(np.array([0.0, 51.0, 127.5, 255.0]),), (np.full((2, 2), 204.0),)],
    what="the pixels",
    slips=[
        (
            lambda pixels: pixels / 255,
            "These lie in [0, 1], and a tanh reaches down to −1. The background of real digits is "
            "0 then: D looks for pixels below 0, and knows a fake.",
        ),
        (lambda pixels: pixels - 127.5, "Centred, but not scaled: they end at ±127.5."),
        (lambda pixels: pixels / 127.5, "Scaled, but not centred: they go from 0 to 2."),
        (lambda pixels: pixels / 255 - 1, "These go from −1 to 0: half the range is unused."),
        (lambda pixels: 1 - pixels / 127.5, "Black and white are swapped: strokes are white, 1."),
        (lambda pixels: pixels * 1.0, "These still go up to 255, which no tanh reaches."),
    ],
    hints=[
        "Where does tanh begin, where does it end?",
        "0 must become −1, and 255 must become 1. What becomes of 127.5?",
        "`pixels / 127.5 - 1`.",
    ],
    praise="0 becomes −1 and 255 becomes 1: real and generated pixels have the same ends.",
)


def _mended_mix(count):
    import tensorflow as tf

    return tf.random.uniform((count, 1, 1, 1))


def _check_mix(draw):
    count = 2000
    mix, again = (np.asarray(draw(count), np.float64) for _ in range(2))
    expect(
        mix.shape != (count, 14, 14, 1),
        "There is an α for each pixel. Such an x̂ is a patchwork of the two images, and lies on no "
        "line between them.",
    )
    expect(
        mix.shape == (count, 1, 1, 1),
        f"For {count} pairs the shape is {mix.shape}; expected ({count}, 1, 1, 1): one number for "
        "each pair, and three axes of length 1, so that it meets all pixels of its images.",
    )
    expect(np.ptp(mix) > 0, "α is the same for all pairs: each line is looked at in one place.")
    beyond = np.count_nonzero((mix < 0) | (mix > 1))
    expect(
        beyond == 0,
        f"Of {count} α, {beyond} lie outside [0, 1]. They put x̂ beyond one of the two images.",
    )
    ends = np.mean((mix == 0) | (mix == 1))
    expect(ends < 0.01, "Many α are exactly 0 or 1: x̂ is then one of the two images itself.")
    counts = np.histogram(mix, bins=4, range=(0, 1))[0]
    expect(
        counts.min() > 0.2 * count,  # a quarter, but for five of its standard deviations
        f"Between 0 and 1, but not evenly: of {count}, the quarters hold "
        f"{', '.join(map(str, counts))}. Draw from the uniform distribution.",
    )
    expect(not np.array_equal(mix, again), "Two calls give the same α: draw anew for each step.")
    return "One α for each pair, evenly between the two images: places on the line, all of it."


def _random(draw):
    return lambda count: draw(np.random.default_rng(), (count, 1, 1, 1))


mend_the_mix = Exercise(
    "12.9",
    "Mend the α of the penalty",
    _check_mix,
    reference=_mended_mix,
    hints=[
        "Where does x̂ lie for α = 0, for α = 1, and for α = 2?",
        "One number for each pair, in [0, 1], of a shape that meets images (count, 14, 14, 1).",
        "`tf.random.uniform((count, 1, 1, 1))`.",
    ],
    wrong=[
        (_random(lambda rng, shape: rng.normal(size=shape)), "lie outside [0, 1]"),
        (lambda count: np.random.default_rng().random((count, 14, 14, 1)), "for each pixel"),
        (_random(lambda rng, shape: np.clip(rng.normal(size=shape), 0, 1)), "exactly 0 or 1"),
        (_random(lambda rng, shape: np.full(shape, rng.random())), "the same for all pairs"),
        (lambda count: np.random.default_rng().random(count), "the shape is"),
        (_random(lambda rng, shape: 1 / (1 + np.exp(-rng.normal(size=shape)))), "not evenly"),
    ],
)


def _modest_update(*given, moves=(1,), order=1, told=True, freeze=False):
    """Update the discriminator; every option is a way to get it wrong."""
    import tensorflow as tf
    from keras import ops

    *pair, optimizer, loss, real_images, z = given
    pair[0].trainable = not freeze
    count = real_images.shape[0]
    with tf.GradientTape() as tape:
        fake_images = pair[0](z, training=told)
        logits = pair[1](ops.concatenate([real_images, fake_images]), training=told)
        value = loss(*(logits[:count], logits[count:])[::order])
    variables = [each for player in moves for each in pair[player].trainable_variables]
    if variables:
        optimizer.apply(tape.gradient(value, variables), variables)
    return value


GREEDY_SLIPS = [
    (
        partial(_modest_update, moves=(0, 1)),
        "The generator moved too: downhill for the discriminator's loss, so that its fakes are "
        "found out sooner. Differentiate the discriminator's variables alone.",
    ),
    (
        partial(_modest_update, moves=(0,)),
        "The generator moved, and the discriminator did not. This is the discriminator's step.",
    ),
    (partial(_modest_update, moves=()), "Neither network moved: is the optimiser applied?"),
    (
        partial(_modest_update, order=-1),
        "The discriminator moved the wrong way: the loss takes the real logits first, then those "
        "of the fakes.",
    ),
]


def _check_modest_update(function):
    tried = trial.judged(function, SPLITS[6, 6], _mended_update_discriminator, GREEDY_SLIPS)
    expect(
        tried.pair[0].trainable,
        "The generator is left with `trainable = False`, and its own next step would move "
        "nothing. No switch is needed: ask for the discriminator's variables.",
    )
    return "The discriminator moved, and the generator stayed where it was."


mend_the_greed = Exercise(
    "12.10",
    "Give each optimiser one network",
    _check_modest_update,
    reference=_mended_update_discriminator,
    hints=[
        "Who may move in the discriminator's step?",
        "Look at the line that begins with `variables =`.",
        "`variables = discriminator.trainable_variables`.",
    ],
    wrong=[
        *((slip, message[:40]) for slip, message in GREEDY_SLIPS),
        (partial(_modest_update, freeze=True), "left with `trainable = False`"),
        (partial(_modest_update, told=None), "The generator is called without"),
    ],
)


def _mended_label_maps(rows, height, width):
    from keras import ops

    return ops.tile(rows[:, None, None, :], (1, height, width, 1))


def _maps(rows, height, width):
    return np.tile(rows[:, None, None, :], (1, height, width, 1))


mend_the_maps = comparison(
    "12.11",
    "Mend the label maps",
    reference=_mended_label_maps,
    cases=[(np.eye(3)[[2, 0, 1, 1]], 2, 3), (np.eye(2)[[0, 1, 1]], 4, 4), (np.eye(2)[[1]], 2, 2)],
    what="the maps",
    slips=[
        (
            lambda rows, h, w: np.tile(rows, (h * w, 1)).reshape(-1, h, w, rows.shape[1]),
            "At the pixels of an image stand the rows of other images of the batch: the rows were "
            "repeated along the batch.",
        ),
        (
            lambda rows, h, w: np.repeat(rows, h * w, axis=1).reshape(-1, h, w, rows.shape[1]),
            "The maps of an image are not constant: each number of a row was repeated by itself.",
        ),
        (
            lambda rows, h, w: np.moveaxis(_maps(rows, h, w), -1, 1),
            "The classes belong on the last axis: (batch, height, width, classes).",
        ),
        (
            lambda rows, h, w: np.tile(rows[:1, None, None, :], (len(rows), h, w, 1)),
            "All images have the label of the first one.",
        ),
        (
            lambda rows, h, w: _maps(rows[::-1], h, w),
            "Each image has the maps of another one: the order of the batch is turned round.",
        ),
    ],
    hints=[
        "Print the maps of two rows for height = width = 2. Whose row stands at each pixel?",
        "Give the rows two axes of length 1 first: `rows[:, None, None, :]`.",
        "`ops.tile(rows[:, None, None, :], (1, height, width, 1))`.",
    ],
    praise="At every pixel of an image stands its own row.",
)


def _mended_rates():
    return 1e-3, 1e-3


def _check_rates(rates):
    found = read_numbers(rates())
    expect(
        found is not None and found.shape == (2,),
        "Return two numbers: the generator's rate, then the discriminator's.",
    )
    generator, discriminator = (float(rate) for rate in found)
    expect(min(generator, discriminator) > 0, "A learning rate is above 0.")
    ratio = generator / discriminator
    if ratio <= 0.1:
        raise Wrong(
            f"The generator's rate is {1 / ratio:.3g} times smaller: the discriminator runs ahead, "
            "and the generator follows far behind."
        )
    if ratio >= 10:
        raise Wrong(
            f"Now the discriminator is {ratio:.3g} times slower: the generator meets a judge who "
            "has learned nothing yet."
        )
    expect(
        0.2 < ratio < 5,
        "Better, and still more than five times apart. Start from equal rates, then change one.",
    )
    expect(
        max(generator, discriminator) < 0.02,
        "Balanced, and both so large that a step of Adam leaps over what it looks for: the weights "
        "of a layer are about 0.1 in size, and each would move by such a rate in every step.",
    )
    slower = min(generator, discriminator)
    expect(
        slower > 5e-5,
        "Balanced, and so small that neither gets far: Adam moves a weight by about its rate in a "
        f"step, so in {STEPS} steps by at most {STEPS * slower:.2g}, and weights are about 0.1.",
    )
    return "Both players learn at about the same pace."


mend_the_rates = Exercise(
    "12.12",
    "Mend the learning rates",
    _check_rates,
    reference=_mended_rates,
    hints=[
        "How many times larger is the one than the other?",
        f"Adam moves a weight by about its rate in a step. How far is that in {STEPS} steps?",
        "`return 1e-3, 1e-3`, as in the healthy program.",
    ],
    wrong=[
        (lambda: (1e-5, 1e-3), "times smaller"),
        (lambda: (1e-3, 1e-5), "times slower"),
        (lambda: (1e-5, 1e-5), "neither gets far"),
        (lambda: (0.1, 0.1), "leaps over"),
        (lambda: (1e-3, 6e-3), "five times apart"),
        (lambda: 1e-3, "two numbers"),
    ],
)
