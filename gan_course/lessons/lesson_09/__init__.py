"""Lesson 09, four families of generative models side by side."""
