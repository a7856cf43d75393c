"""The helper package of the course: Keras builders, training loops, plots and checks.

Importing `gan_course` is instant and imports no TensorFlow. Import the part you need:
`from gan_course import data`, `from gan_course.training import Trainer`.
"""

__version__ = "0.1.0"
