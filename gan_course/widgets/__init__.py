"""The controls of the lessons: one module per lesson, and two that every lesson uses.

Import what you need: `from gan_course.widgets.quiz import quiz`.
Nothing here trains and nothing loads TensorFlow.
"""
