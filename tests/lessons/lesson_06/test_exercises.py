"""The exercises of lesson 06: right answers of other makes, and updates that are nearly right."""

import pytest

from gan_course.lessons.lesson_06 import exercises as ex, update_trial


def count_in_a_growing_list(latent_dim, hidden_units, pixels=784):
    hidden_units.insert(0, latent_dim)
    hidden_units.append(pixels)
    return float(sum((m + 1) * n for m, n in zip(hidden_units, hidden_units[1:], strict=False)))


def loss_by_log_sigmoid(fake_logits):
    import tensorflow as tf

    return tf.reduce_mean(tf.math.log_sigmoid(-fake_logits))


def shares_in_a_loop(labels, num_classes=10):
    return [list(labels).count(digit) / len(labels) for digit in range(num_classes)]


def update_step_by_step(generator, discriminator, optimizer, generator_loss, z):
    import tensorflow as tf

    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([each.value for each in generator.trainable_variables])
        loss = generator_loss(discriminator(generator(z, training=1), training=1))
    variables = generator.trainable_variables
    gradients = tape.gradient(loss, [each.value for each in variables])
    optimizer.apply_gradients(zip(gradients, variables, strict=True))
    return float(loss)


def round_with_keywords_and_an_iterator(k, draw_real, draw_z, update_d, update_g):
    reals = [draw_real() for _ in range(k)]
    list(map(lambda real: update_d(z=draw_z(), real_images=real), reals))
    return update_g(z=draw_z())


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (ex.one_round, round_with_keywords_and_an_iterator),
        (ex.count_parameters, count_in_a_growing_list),
        (ex.minimax_loss, loss_by_log_sigmoid),
        (ex.class_shares, shares_in_a_loop),
        (ex.mend_the_update, update_step_by_step),
    ],
)
def test_right_answers_of_other_makes_pass(made, answer):
    assert made.check(answer).correct
    assert made.check(answer).correct, "the second time too"


def test_a_mended_update_without_its_last_line_is_not_called_unattempted():
    def update(generator, discriminator, optimizer, generator_loss, z):
        update_trial.update(generator, discriminator, optimizer, generator_loss, z)

    outcome = ex.mend_the_update.check(update)
    assert outcome.status == "incorrect" and "`return loss`" in outcome.message


def test_an_error_on_the_way_to_a_gradient_is_not_taken_for_a_missing_gradient():
    def update(*given):
        gradients = 1 / 0
        return gradients

    assert "ZeroDivisionError" in ex.mend_the_update.check(update).message


def test_an_update_of_the_wrong_player_without_a_return_is_told_of_the_player():
    def update(*given):
        update_trial.update(*given, moves=(1,))

    assert "the discriminator moved" in ex.mend_the_update.check(update).message


def test_an_update_that_does_nothing_is_not_attempted():
    assert ex.mend_the_update.check(lambda *given: None).status == "not attempted"


def test_another_number_than_the_loss_is_refused():
    def update(*given):
        return 2 * update_trial.update(*given)

    assert "the returned loss" in ex.mend_the_update.check(update).message


def test_a_discriminator_that_is_left_frozen_is_told():
    def update(generator, discriminator, *rest):
        discriminator.trainable = False
        return update_trial.update(generator, discriminator, *rest)

    outcome = ex.mend_the_update.check(update)
    assert outcome.status == "incorrect" and "left with `trainable = False`" in outcome.message


def test_a_discriminator_that_is_frozen_and_thawed_passes():
    def update(generator, discriminator, *rest):
        discriminator.trainable = False
        loss = update_trial.update(generator, discriminator, *rest)
        discriminator.trainable = True
        return loss

    assert ex.mend_the_update.check(update).correct


def test_a_discriminator_that_is_never_asked_is_told():
    def update(generator, discriminator, *rest):
        return update_trial.update(generator, lambda images, training: images, *rest)

    assert "discriminator is never called" in ex.mend_the_update.check(update).message


def test_parameters_are_counted_exactly():
    right = ex.count_parameters.reference
    outcome = ex.count_parameters.check(lambda z, hidden, pixels=784: right(z, hidden, pixels) + 1)
    assert "hidden_units=[256, 512] and pixels=784" in outcome.message
