"""Lesson 03, batch normalisation."""
