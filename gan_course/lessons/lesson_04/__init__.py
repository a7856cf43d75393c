"""Lesson 04, dropout."""
