"""The exercises of lesson 04: right answers of other makes, and a dropout beside the network's."""

import numpy as np
import pytest

from gan_course.lessons.lesson_04 import exercises as ex


def dropout_by_where(x, rate, rng, training):
    kept = rng.uniform(size=x.shape) < 1 - rate
    return np.where(kept, x / (1 - rate), 0.0) if training else x.copy()


def dropout_by_binomial(x, rate, rng, training):
    return x * rng.binomial(1, 1 - rate, x.shape).astype(np.float32) / (1 - rate) if training else x


def variance_in_a_loop(hidden, weights, rate):
    return sum(w**2 * h**2 for w, h in zip(weights, hidden, strict=True)) * rate / (1 - rate)


def gradient_by_where(output_gradient, mask, rate):
    return np.where(mask, output_gradient / (1 - rate), 0).astype(np.float32)


def mean_by_softmax(probabilities):
    from keras import ops

    return ops.softmax(ops.mean(ops.log(probabilities), axis=0))


def step_with_a_loss_of_keras(network, optimizer, images, labels):
    import keras
    import tensorflow as tf

    with tf.GradientTape() as tape:
        loss = keras.losses.BinaryCrossentropy(from_logits=True)(
            labels, network(images, training=True)
        )
    gradients = tape.gradient(loss, network.trainable_variables)
    optimizer.apply_gradients(zip(gradients, network.trainable_variables, strict=True))
    return loss


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (ex.dropout, dropout_by_where),
        (ex.dropout, dropout_by_binomial),
        (ex.logit_variance, variance_in_a_loop),
        (ex.dropout_gradient, gradient_by_where),
        (ex.geometric_mean, mean_by_softmax),
        (ex.mend_the_step, step_with_a_loss_of_keras),
    ],
)
def test_right_answers_of_other_makes_pass(made, answer):
    assert made.check(answer).correct


def test_a_mask_of_the_learners_own_on_the_way_back_is_seen_whatever_its_seed():
    for seed in (1, 2, 3):
        rng = np.random.default_rng(seed)
        outcome = ex.dropout_gradient.check(
            lambda gradient, mask, rate, rng=rng: gradient * rng.permutation(mask) / (1 - rate)
        )
        assert "Use the very mask" in outcome.message


def test_dropout_on_the_images_does_not_stand_for_the_networks_own():
    import tensorflow as tf

    outcome = ex.mend_the_step.check(
        lambda network, optimizer, images, labels: ex.step(
            network, optimizer, tf.nn.dropout(images, 0.5), labels, training=None
        )
    )
    assert "Something else drops" in outcome.message
