"""Train on one CPU device or on two logical ones, and print the losses as JSON.

Run in a process of its own: `python two_devices.py 2`. TensorFlow fixes its logical devices when
it starts, and several strategies in one process disturb each other.
"""

import json
import sys

import gan_course.backend

import numpy as np
import tensorflow as tf

from gan_course import devices, models
from gan_course.training import Trainer, update_discriminator_mixed


def main(count):
    """Train six steps on `count` devices; print losses, samples and what a checkpoint brings."""
    cpu = tf.config.list_physical_devices("CPU")[0]
    logical = [tf.config.LogicalDeviceConfiguration()] * 2
    tf.config.set_logical_device_configuration(cpu, logical)
    strategy = devices.get_strategy([f"CPU:{number}" for number in range(count)])
    images = np.random.default_rng(0).random((64, 4, 4, 1)).astype(np.float32)

    def make():
        devices.seed_everything(0)
        with strategy.scope():
            pair = (
                models.build_dense_generator(3, [8], (4, 4, 1)),
                models.build_dense_discriminator((4, 4, 1), [8], dropout=0.0),
            )
        return Trainer(*pair, images, batch_size=16, averaging=0.9, strategy=strategy)

    trainer = make()
    trainer.run(4, progress=False)
    trainer.save(sys.argv[2])
    trainer.run(2, progress=False)
    again = make()
    again.load(sys.argv[2])
    again.run(2, progress=False)

    devices.seed_everything(0)
    with strategy.scope():
        pair = (
            models.build_conditional_generator(3, 2, channels=(2, 2, 2)),
            models.build_conditional_discriminator(2, channels=(2, 2), shift=0),
        )
    images = np.random.default_rng(0).random((32, 28, 28, 1)).astype(np.float32)
    settings = {"batch_size": 8, "discriminator_update": update_discriminator_mixed}
    labelled = Trainer(*pair, images, labels=np.arange(32) % 2, strategy=strategy, **settings)
    labelled.run(2, progress=False)
    found = {
        "replicas": strategy.num_replicas_in_sync,
        "history": trainer.history,
        "d_loss_of_mixed_batches_with_labels": labelled.history["d_loss"],
        "samples": trainer.sample(3).ravel().tolist(),
        "same_after_loading": again.history == trainer.history,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
