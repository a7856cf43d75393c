"""Lesson 01, loss functions and gradient descent."""
