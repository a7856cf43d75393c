"""Lesson 12, the bug clinic."""
