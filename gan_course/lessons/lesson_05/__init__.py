"""Lesson 05, the derivation of GANs."""
