"""What the cells of lesson 10 compute agrees with closed forms."""

import numpy as np
import pytest
from cells import function_of

NOTEBOOK = "10_stable_training.ipynb"


def test_packs_see_lost_modes_as_the_closed_form_says():
    total_variation = function_of(NOTEBOOK, "packing", "total_variation")
    data, lost = np.full(25, 1 / 25), np.repeat([1 / 20, 0.0], [20, 5])
    for packing in (1, 2, 3):
        assert total_variation(data, lost, packing) == pytest.approx(1 - 0.8**packing)


def test_turning_leaves_a_distribution_and_cannot_be_undone_when_it_always_happens():
    turning = function_of(NOTEBOOK, "leaking", "turning")
    for share in (0.0, 0.5, 1.0):
        assert np.allclose(turning(share).sum(axis=0), 1)
    assert [np.linalg.matrix_rank(turning(share)) for share in (0.5, 1.0)] == [4, 1]
