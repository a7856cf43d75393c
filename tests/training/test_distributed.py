"""Two devices, in a process of their own, compute what one does."""

import json
import subprocess
import sys

import gan_course.backend

import numpy as np
import pytest
import tensorflow as tf
import two_devices


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("devices")
    one = two_devices.train(tf.distribute.get_strategy(), folder / "1.npz")
    command = [sys.executable, two_devices.__file__, folder / "2.npz"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return {1: one, 2: json.loads(done.stdout.splitlines()[-1]) | {"said": done.stderr}}


def test_a_process_that_trains_says_nothing_on_standard_error(results):
    # TensorFlow's start-up messages read like errors: gan_course.backend holds them back.
    assert results[2]["said"] == ""


def test_the_second_run_really_used_two_devices(results):
    assert [results[count]["replicas"] for count in (1, 2)] == [1, 2]


@pytest.mark.parametrize("column", ["d_loss", "g_loss", "d_real", "d_fake"])
def test_two_devices_give_the_losses_of_one_on_the_same_global_batch(results, column):
    one, two = (results[count]["history"][column] for count in (1, 2))
    assert len(one) == 6
    np.testing.assert_allclose(two, one, rtol=1e-5)


def test_two_devices_share_labels_real_partners_and_the_places_of_penalties(results):
    name = "losses_of_mixed_batches_with_labels_and_penalties"
    one, two = (results[count][name] for count in (1, 2))
    assert np.shape(one) == (2, 2)
    np.testing.assert_allclose(two, one, rtol=1e-5)


def test_two_devices_end_with_the_averaged_generator_of_one(results):
    np.testing.assert_allclose(results[2]["samples"], results[1]["samples"], rtol=1e-4)


@pytest.mark.parametrize("count", [1, 2])
def test_a_checkpoint_brings_training_back_on_any_number_of_devices(results, count):
    assert results[count]["same_after_loading"]
