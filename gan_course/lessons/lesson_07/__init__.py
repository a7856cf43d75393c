"""Lesson 07, DCGAN."""
