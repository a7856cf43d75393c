"""Lesson 06, the dense GAN."""
