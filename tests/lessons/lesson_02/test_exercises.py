"""Lesson 02: right answers of every make pass, and a wrong one is not told a false cause."""

import math

import numpy as np
import pytest

from gan_course.from_scratch.autodiff import topological_order
from gan_course.from_scratch.dense import two_layer_backward, two_layer_forward
from gan_course.lessons.lesson_02 import exercises as ex


def keeps_gradients_in_a_dict(output):
    order = topological_order(output)
    gradients = dict.fromkeys(map(id, order), 0.0) | {id(output): 1.0}
    for value in reversed(order):
        for parent, local in zip(value.parents, value.local_gradients, strict=True):
            gradients[id(parent)] += gradients[id(value)] * local
    return {value.label: gradients[id(value)] for value in order if value.label}


def resets_after_the_pass(output):
    order = topological_order(output)
    output.gradient = 1.0
    for value in reversed(order):
        for parent, local in zip(value.parents, value.local_gradients, strict=True):
            parent.gradient += value.gradient * local
    found = {value.label: value.gradient for value in order if value.label}
    for value in order:
        value.gradient = 0.0
    return found


def branches(x):
    small = math.exp(-abs(x))
    return [max(x, 0) + math.log1p(small), (1 if x > 0 else small) / (1 + small)]


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        (ex.by_hand, lambda a, b, c: 2 * (a * b + c) * np.array([b, a, 1])),
        (ex.softplus_operation, branches),
        (ex.mend_backward, keeps_gradients_in_a_dict),
        (ex.mend_backward, resets_after_the_pass),
    ],
)
def test_right_answers_of_every_make_pass(exercise, answer):
    assert exercise.check(answer).correct


def test_a_mended_backward_that_returns_nothing_is_told_so():
    def no_return(output):
        keeps_gradients_in_a_dict(output)
        output.gradient = 1.0

    outcome = ex.mend_backward.check(no_return)
    assert outcome.status == "incorrect" and "returns nothing" in outcome.message


def test_a_network_of_the_notebook_in_place_of_the_parameters_is_named():
    network = ex._network(99)

    def uses_the_notebooks(points, parameters, step_size):
        logits, cache = two_layer_forward(network, points)
        gradients = two_layer_backward(network, cache, np.ones_like(logits))
        return points + step_size * gradients["inputs"]

    message = ex.step_towards_real.check(uses_the_notebooks).message
    assert "same for every network" in message
