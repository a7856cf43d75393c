"""What one lesson alone uses: a folder for each, with its exercises, widgets, quiz and figures.

No lesson imports another, and nothing in the package imports a lesson: deleting a lesson is
deleting its folder, its notebook and its tests.
"""
