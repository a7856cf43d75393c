"""Lesson 08, the conditional GAN."""
