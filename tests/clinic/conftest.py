"""What the tests of the clinic share."""

import gan_course.backend

import pytest
import tensorflow as tf


@pytest.fixture
def eagerly():
    """Take steps one by one: to trace them costs more than a few of them."""
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)
