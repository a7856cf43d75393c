"""What are fakes good for? Classifiers trained on them, on few reals, on both, and on all reals.

    python benchmarks/judged_by_use.py

For each seed 20 digits of each class are drawn: the few. The recipe `cgan` is trained on them alone
for 1,000 steps, and draws 4,000 fakes; the generator that ships, which has seen all 4,000 digits
with their labels, draws 4,000 more. A digit classifier, the same network for the same 300 batches
of 64 each time, is then trained on each set, and scored once on the 1,000 test digits; nothing is
chosen by that score. Where a set has two parts, a batch takes half from each. `shifts` moves images
by up to two pixels at random.

Two columns ask whether the generator of the few gives away what it was trained on, as the area
under the ROC of its 200 digits against the 1,000 test digits: by the distance to the nearest of
2,000 fakes (Chen et al. 2020, GAN-Leaks), and by what its discriminator says (Hayes et al. 2019,
LOGAN).
Lesson 11 shows the table. One thread is used.
"""

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from common import machine, read_rows, rounded, write_results
from digit_scores import use_threads

from gan_course import metrics, models, pretrained
from gan_course.data import load_mnist
from gan_course.layers import RandomShift
from gan_course.recipes import get_recipe
from gan_course.tables import spread

PER_CLASS, FAKES = 20, 4000
SEEDS = range(3)
GAN_STEPS, CLASSIFIER_STEPS, BATCH = 1000, 300, 64
LOOKED_AT = 2000  # fakes, for the nearest one
RESULT = "judged_by_use.csv"


def to_unit(images):
    """Return images of [-1, 1] in [0, 1], as the classifier takes them."""
    return (images + 1) / 2


def train_classifier(parts, seed, shift=0):
    """Train a digit classifier; a batch takes as many images from each part.

    Args:
        parts: A list of pairs: images in [0, 1], labels.
        seed: The seed of weights, dropout, batches and shifts.
        shift: By how many pixels images are moved at most.

    Returns:
        A Keras model.
    """
    keras.utils.set_random_seed(seed)
    model, shifts = metrics.build_classifier(seed=seed, dropout=0.25), RandomShift(shift, fill=0.0)
    rates = keras.optimizers.schedules.CosineDecay(2e-3, CLASSIFIER_STEPS)
    optimizer = keras.optimizers.Adam(rates)
    optimizer.build(model.trainable_variables)
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    parts = [tuple(map(tf.constant, part)) for part in parts]
    shifts.build((None, 28, 28, 1))

    @tf.function
    def step():
        images, labels = [], []
        for part_images, part_labels in parts:
            count = part_labels.shape[0]
            places = tf.random.uniform((BATCH // len(parts),), 0, count, tf.int32)
            images.append(tf.gather(part_images, places))
            labels.append(tf.gather(part_labels, places))
        with tf.GradientTape() as tape:
            shown = shifts(tf.concat(images, 0), training=True)
            loss = loss_of(tf.concat(labels, 0), model(shown, training=True)["logits"])
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)

    for _ in range(CLASSIFIER_STEPS):
        step()
    return model


def accuracy(model, test):
    """Return the share of the test digits that a classifier reads rightly."""
    logits = model.predict(to_unit(test.images), batch_size=500, verbose=0)["logits"]
    return rounded(float(np.mean(logits.argmax(axis=1) == test.labels)))


def draw_few(digits, seed):
    """Return the places of 20 digits of each class."""
    rng = np.random.default_rng(seed)
    places = [np.flatnonzero(digits.labels == digit) for digit in range(10)]
    return np.concatenate([rng.permutation(each)[:PER_CLASS] for each in places])


def leaks(trainer, members, labels, fakes, test):
    """Return the two areas under the ROC: nearest fake, and discriminator."""
    seen = np.concatenate([members, test.images])
    _, distances = metrics.nearest_training_images(seen, fakes)
    said = np.ravel(trainer.logits(seen, np.concatenate([labels, test.labels])))
    count = len(members)
    tests = (-distances[:, 0], said)
    return [rounded(metrics.roc_area(each[:count], each[count:])[0]) for each in tests]


def run(seed, digits, test):
    """Train everything for one seed; return its row."""
    few = draw_few(digits, seed)
    images, labels = digits.images[few], digits.labels[few].astype(np.int32)
    asked = (np.arange(FAKES) % 10).astype(np.int32)
    trainer = get_recipe("cgan").trainer(images, seed=seed, labels=labels, steps=GAN_STEPS)
    trainer.run(GAN_STEPS, progress=False)
    own = trainer.sample(FAKES, seed=1, labels=asked)
    shipped = models.generate(
        pretrained.load("cgan"), models.sample_latent(FAKES, 64, seed=seed + 100), asked
    )
    reals, own_fakes, shipped_fakes = (
        (to_unit(each), of) for each, of in ((images, labels), (own, asked), (shipped, asked))
    )
    everything = to_unit(digits.images), digits.labels.astype(np.int32)
    sets = {
        "few": ([reals], 0),
        "few_shifts": ([reals], 2),
        "own_fakes": ([own_fakes], 0),
        "few_own_fakes": ([reals, own_fakes], 0),
        "shipped_fakes": ([shipped_fakes], 0),
        "few_shipped_fakes": ([reals, shipped_fakes], 0),
        "all": ([everything], 0),
    }
    row = {"seed": seed, "few_digits": len(few), "fakes": FAKES, "test": len(test.images)}
    for name, (parts, shift) in sets.items():
        row[name] = accuracy(train_classifier(parts, seed, shift), test)
        print(seed, name, row[name], flush=True)
    nearest, discriminator = leaks(trainer, images, labels, own[:LOOKED_AT], test)
    row |= {"leak_nearest": nearest, "leak_discriminator": discriminator}
    return row | {"machine": machine()}


def main():
    """Run the seeds that the table lacks, write the rows as they come, print the medians."""
    use_threads(1)
    digits = load_mnist(value_range=(-1, 1), split="gan")
    test = load_mnist(value_range=(-1, 1), split="test")
    rows = read_rows(RESULT)
    for seed in SEEDS:
        if str(seed) not in {str(row["seed"]) for row in rows}:
            rows.append(run(seed, digits, test))
            write_results(RESULT, rows)
    for name in list(rows[0])[4:-1]:
        print(name, spread([float(row[name]) for row in rows], ".3g"))


if __name__ == "__main__":
    main()
