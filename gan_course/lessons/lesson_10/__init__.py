"""Lesson 10, stable training."""
