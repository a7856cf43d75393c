"""Lesson 02, backpropagation."""
