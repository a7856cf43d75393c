"""The foundations in NumPy alone, written to be read: open a module and follow it line by line.

Read them in the order of the lessons: `losses`, `check`, `optimizers` and `descent` (lesson 01),
`autodiff`, `activations` and `dense` (lesson 02), `batch_norm` (lesson 03), `dropout` (lesson 04).
Everything is computed in float64, so that it can be compared with Keras digit by digit.
"""
