"""The commands of `gan-course`, one module each."""
