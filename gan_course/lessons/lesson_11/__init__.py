"""Lesson 11, judging a GAN."""
