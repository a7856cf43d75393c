"""The widgets of lesson 09: carry points along a flow, and look for the code of your own digit."""

import html

import ipywidgets as widgets
import numpy as np

from gan_course.laboratory.canvas import PointCanvas
from gan_course.lessons.lesson_09 import pen, plane
from gan_course.messages import box
from gan_course.plots.conditional import plot_digit_matrix
from gan_course.plots.swift import swift_html
from gan_course.tables import number
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer
from gan_course.widgets.latent_model import LatentModel
from gan_course.widgets.lesson_box import LessonBox

CONTROLS = Controls(label="8em", width="24em")
STEPS = (16, 1, 2, 4, 8, 32)  # as many steps as the list offers; the first is the default
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)  # of the way to another digit


def flow_explorer():
    """Carry noise to three heaps of points, along the exact mean velocity, in steps of your choice.

    Controls: how many steps Euler's method takes, the time, and the seed of the noise.

    Returns:
        An `Explorer`; its text says which share of the points has arrived.

    Example:
        >>> flow_explorer()

    Introduced in lesson 09.
    """
    controls = {
        "steps": CONTROLS.choice("Steps", STEPS, "Steps of Euler's method from t = 0 to t = 1"),
        "time": CONTROLS.slider("Time t", 1.0, 0.0, 1.0, "0: noise; 1: data", step=1 / 32),
        "seed": CONTROLS.slider("Seed", 0, 0, 50, "Draws other noise"),
    }

    def draw(steps, time, seed):
        moment = int(time * steps + 1e-9)
        figure, inside = plane.plot_carried(steps, moment, seed=seed)
        text = (
            f"After {moment} of {steps} steps, t = {moment / steps:.2f}: "
            f"<b>{number(inside, '.0%')} of the points</b> lie within three standard deviations of "
            "a heap (the circles). Of the data, 99 % do."
        )
        return figure, text

    return Explorer(controls, draw, "gan-flow-explorer")


def code_search(generator=None):
    """Draw a digit, find the code from which a generator comes nearest to it, and edit that code.

    On the canvas: the mouse, a finger, or the keyboard, as its help says.

    Args:
        generator: A Keras model from codes to images in [-1, 1]; the shipped `"fast_long"` unless
            given.

    Returns:
        A `CodeSearch`.

    Example:
        >>> code_search()

    Introduced in lesson 09.
    """
    return CodeSearch(LatentModel(generator))


class CodeSearch(LessonBox):
    """A canvas, a button that looks for the code of what is drawn, and a digit to turn it into.

    Args:
        model: A `LatentModel`.

    Attributes:
        canvas: The `PointCanvas`.
        search: The button.
        digit: A list: which digit to turn the drawing into.
        picture: The drawing, what was found, and the way to the other digit, as HTML.
        readout: What was found, or what is missing, in words.
        code: The code that was found, (latent_dim,); None before.
    """

    def __init__(self, model):
        self._model, self.code, self._drawing, self._error = model, None, None, None
        self.canvas = PointCanvas(points=pen.SEVEN, brush=0.08, amount=3)
        self.search = widgets.Button(
            description="Find its code",
            icon="search",
            tooltip="Look for the code of what is drawn",
            layout=widgets.Layout(width="auto"),
        )
        self.digit = CONTROLS.choice(
            "Turn it into", tuple(range(10)), "Move the code by the difference of two mean codes"
        )
        self.digit.value = 9
        self.picture, self.readout = widgets.HTML(), widgets.HTML()
        row = widgets.Layout(flex_flow="row wrap", align_items="center")
        tools = widgets.Box([self.search, self.digit], layout=row)
        super().__init__([self.canvas, tools, self.picture, self.readout])
        self.add_class("gan-code-search")
        self.search.on_click(lambda _: self.find())
        self.digit.observe(lambda _: self.show_edit(), "value")
        self.find()

    def find(self):
        """Look for the code of what is drawn, and show it; say what is missing where nothing is."""
        from gan_course.lessons.lesson_09.search import find_code_of_drawing

        try:
            self._drawing = pen.drawn_digit(self.canvas.points)
            self.code, self._error = find_code_of_drawing(self._model.generator, self._drawing)
        except ValueError as error:
            self.code, self.picture.value = None, ""
            self.readout.value = box("not attempted", "Nothing to look for", str(error))
            return
        self.show_edit()

    def show_edit(self):
        """Show the drawing, what was found, and the way from there to the digit of the list."""
        if self.code is None:
            return
        found = self._model.draw(self.code[np.newaxis])
        read = int(self._model.read_digits(found)[0])
        shift = self.mean_codes[self.digit.value] - self.mean_codes[read]
        way = self.code + np.array(SHARES)[:, np.newaxis] * shift
        ink = 2 * self._drawing[np.newaxis, ..., np.newaxis] - 1
        images = np.concatenate([ink, self._model.draw(way.astype(np.float32))])
        words = ["yours", "found", *(f"{share:g}" for share in SHARES[1:])]
        figure = plot_digit_matrix(images[np.newaxis], words, head="")
        last = int(self._model.read_digits(images[-1:])[0])
        figure.alt = (
            f"Your drawing, the nearest image that was found, and four images on the way to a "
            f"{self.digit.value}. The classifier reads the found one as {read}, the last as {last}."
        )
        self.picture.value = swift_html(figure)
        length = float(np.linalg.norm(self.code))
        typical = float(np.sqrt(len(self.code)))
        self.readout.value = (
            '<div role="status" style="max-width: 46em; line-height: 1.45">'
            f"Mean squared error of a pixel in [−1, 1]: <b>{number(self._error, '.3f')}</b>. The "
            f"code's length is {number(length, '.1f')}; draws of N(0, I) have about "
            f"{number(typical, '.1f')}. The classifier reads what was found as {read}, and the end "
            f"of the way to {html.escape(str(self.digit.value))} as {last}.</div>"
        )

    @property
    def mean_codes(self):
        """The mean code of each digit, (10, latent_dim): of samples that the classifier reads."""
        if not hasattr(self, "_means"):
            model = self._model
            digits = model.read_digits(model.images)
            overall = model.z.mean(axis=0)
            self._means = np.stack(
                [
                    model.z[digits == digit].mean(axis=0) if (digits == digit).any() else overall
                    for digit in range(10)
                ]
            )
        return self._means


WIDGETS = {"flow_explorer": flow_explorer, "code_search": code_search}
