"""Lesson 02 starts as fast as NumPy does: TensorFlow waits for the cell that compares with it."""

from cells import run_cells_before


def test_no_cell_before_the_comparison_loads_tensorflow():
    report = run_cells_before("tensorflow", "02_backpropagation.ipynb")
    assert report == {"early": [], "late": []}
