"""Train on one CPU device or on two logical ones, and tell what came out.

`python two_devices.py FILE` does it on two, in a process of its own, and prints JSON: TensorFlow
fixes its logical devices when it starts, and several strategies in one process disturb each other.
"""

import json
import math
import sys

import gan_course.backend

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from trainers import SHAPE, labelled_data, labelled_pair

from gan_course import devices, models
from gan_course.losses import R1, R2, GradientPenalty
from gan_course.training import Trainer, update_discriminator_mixed


def train(strategy, path):
    """Train for some steps; return losses, samples and what a checkpoint at `path` brings."""
    images = np.random.default_rng(0).random((64, *SHAPE)).astype(np.float32)
    devices.seed_everything(0)
    with strategy.scope():
        z = keras.Input((3,))
        x = layers.BatchNormalization(synchronized=True)(layers.Dense(8)(z))
        x = layers.Dense(math.prod(SHAPE), activation="sigmoid")(layers.ReLU()(x))
        generator = keras.Model(z, layers.Reshape(SHAPE)(x))
        pair = generator, models.build_dense_discriminator(SHAPE, [8], dropout=0.0)
    trainer = Trainer(*pair, images, batch_size=16, averaging=0.9, strategy=strategy)
    trainer.run(4, progress=False)
    trainer.save(path)
    trainer.run(2, progress=False)
    history, samples = trainer.history, trainer.sample(3)
    trainer.load(path)
    trainer.run(2, progress=False)

    devices.seed_everything(0)
    with strategy.scope():
        pair = labelled_pair()
        settings = {  # plain gradient descent is traced in half of Adam's time
            "generator_optimizer": keras.optimizers.SGD(0.1),
            "discriminator_optimizer": keras.optimizers.SGD(0.1),
            "discriminator_update": update_discriminator_mixed,
        }
    images, labels = labelled_data(32)
    settings |= {"labels": labels, "batch_size": 8, "strategy": strategy}
    settings |= {"losses": "relativistic", "penalties": (R1(0.5), R2(0.3), GradientPenalty())}
    labelled = Trainer(*pair, images, **settings)
    labelled.run(2, progress=False)
    return {
        "replicas": strategy.num_replicas_in_sync,
        "history": history,
        "losses_of_mixed_batches_with_labels_and_penalties": [
            labelled.history["d_loss"],
            labelled.history["g_loss"],
        ],
        "samples": samples.ravel().tolist(),
        "same_after_loading": trainer.history == history,
    }


if __name__ == "__main__":
    cpu = tf.config.list_physical_devices("CPU")[0]
    logical = [tf.config.LogicalDeviceConfiguration()] * 2
    tf.config.set_logical_device_configuration(cpu, logical)
    print(json.dumps(train(devices.get_strategy(["CPU:0", "CPU:1"]), sys.argv[1])))
