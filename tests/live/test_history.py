"""A bounded history keeps its ends, stays spread over the run, and never grows beyond its limit."""

import numpy as np
import pytest

from gan_course.live import BoundedHistory


@pytest.mark.parametrize("stride", [1, 7])
def test_a_long_history_keeps_its_ends_and_stays_evenly_spread(stride):
    history = BoundedHistory(limit=10)
    for step in range(0, 500 * stride, stride):
        history.add(step, f"entry of {step}")
        assert len(history.steps) == len(history.entries) <= 10
        assert history.steps[0] == 0 and history.steps[-1] == step
    gaps = np.diff(history.steps[:-1])
    assert gaps.min() >= history.spacing and gaps.max() < 2 * history.spacing
    assert 499 * stride / history.spacing > 3  # doubled, and no more often than need be
    assert history.entries == [f"entry of {step}" for step in history.steps]


def test_an_entry_at_the_same_step_is_replaced_and_later_ones_go():
    history = BoundedHistory(limit=10)
    for step, entry in ((1, "a"), (5, "b"), (5, "c")):
        history.add(step, entry)
    assert history.kept == ([1, 5], ["a", "c"])
    history.add(2, "d")
    assert history.kept == ([1, 2], ["a", "d"])


def test_a_run_that_begins_again_is_kept_from_its_start_at_close_steps():
    history = BoundedHistory(limit=4)
    for step in range(50):
        history.add(step, None)
    assert history.spacing > 1
    for step in (0, 1, 2):
        history.add(step, None)
    assert history.steps == [0, 1, 2] and history.spacing == 1


def test_what_another_thread_reads_does_not_change_under_it():
    history = BoundedHistory(limit=4)
    history.add(0, "a")
    steps, entries = history.kept
    history.add(1, "b")
    assert (steps, entries) == ([0], ["a"])


def test_entries_can_be_spread_for_a_strip_more_of_them_from_the_start():
    history = BoundedHistory(limit=100)
    assert history.spread(4) == ([], [])
    for step in range(0, 300, 10):
        history.add(step, -step)
    assert history.spread(4) == ([0, -30, -130, -290], [0, 30, 130, 290])
