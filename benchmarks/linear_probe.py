"""Compare what a linear classifier reads off pixels, off an untrained and off a trained network.

    python benchmarks/linear_probe.py         # the discriminator of the small pair, fast_long
    python benchmarks/linear_probe.py dcgan   # another one that ships

The features are those of Radford et al. 2015, section 5.1: every convolutional layer of the
discriminator max-pooled to 4×4, laid end to end, and a linear L2-SVM on top. It is fitted to 10,
100 and 1,000 labelled digits, in five draws, the same for all features. The 500 validation digits
choose the penalty, for all features alike, and the 1,000 test digits are read once. The network
was trained on the 4,000 other digits without their labels. The untrained network is another one in
each draw. Lesson 07 shows the table.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import gan_course.backend

import keras
from common import SEEDS, rounded, write_results

from gan_course import pretrained
from gan_course.data import load_mnist
from gan_course.lessons.lesson_07.linear_probe import (
    discriminator_features,
    draw_labels,
    linear_probe,
    scale_features,
)
from gan_course.recipes import get_recipe

COUNTS = (10, 100, 1000)


def scaled_sets(sets, features_of):
    """Return (features, labels) for each split, scaled by what the training images are like."""
    found = {name: features_of(digits.images) for name, digits in sets.items()}
    scaled = {name: scale_features(found[name], found["train"]) for name in sets}
    return {name: (scaled[name], sets[name].labels) for name in sets}


def main(network="fast_long"):
    """Run every draw, and write the table."""
    recipe = get_recipe(network)
    splits = ("train", "validation", "test")
    sets = {split: load_mnist(value_range=recipe.value_range, split=split) for split in splits}
    trained = pretrained.load_discriminator(network)
    fixed = {
        "pixels": scaled_sets(sets, lambda images: images.reshape(len(images), -1)),
        "trained": scaled_sets(sets, lambda images: discriminator_features(trained, images)),
    }
    rows = []
    for draw in SEEDS:
        keras.utils.set_random_seed(draw)
        fresh = recipe.build_discriminator()
        untrained = scaled_sets(sets, lambda images, net=fresh: discriminator_features(net, images))
        for name, found in (fixed | {"untrained": untrained}).items():
            features, labels = found["train"]
            for count in COUNTS:
                chosen = draw_labels(labels, count, seed=draw)
                given = features[chosen], labels[chosen]
                right, strength = linear_probe(given, found["validation"], found["test"])
                rows.append(
                    {
                        "network": network,
                        "features": name,
                        "size": features.shape[1],
                        "labels": count,
                        "draw": draw,
                        "accuracy": rounded(right),
                        "C": strength,
                    }
                )
                print(rows[-1], flush=True)
    write_results(
        "linear_probe.csv" if network == "fast_long" else f"linear_probe_{network}.csv", rows
    )


if __name__ == "__main__":
    main(*sys.argv[1:2])
