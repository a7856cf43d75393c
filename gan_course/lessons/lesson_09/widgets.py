"""The widgets of lesson 09: carry points along a flow, and look for the code of your own digit."""

import functools

import ipywidgets as widgets
import numpy as np

from gan_course.lessons.lesson_09 import pen, plane
from gan_course.lessons.lesson_09.pad import InkPad
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
SHARES = (0.25, 0.5, 0.75, 1.0)  # of the way to another digit
AMOUNTS = (-2.0, -1.0, 1.0, 2.0)  # steps along a direction
DIRECTIONS = 4


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

    On the pad: the mouse, a finger, or the keyboard, as its help says.

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
    """A pad, a button that looks for the code of what is drawn, and what to turn it into.

    Args:
        model: A `LatentModel`.

    Attributes:
        pad: The `InkPad`.
        search: The button.
        edit: A list: which digit to turn the drawing into, or along which direction to go.
        picture: The drawing, what was found, and four images of the edit, as HTML.
        readout: What was found, or what is missing, in words.
        code: The code that was found, (latent_dim,); None before.
    """

    def __init__(self, model):
        self._model, self.code, self._drawing, self._error = model, None, None, None
        self.pad = InkPad(pen.SEVEN)
        self.search = widgets.Button(
            description="Find its code",
            icon="search",
            tooltip="Look for the code of what is drawn",
            layout=widgets.Layout(width="auto"),
        )
        ways = [(f"into a {digit}", (digit, "digit")) for digit in range(10)]
        ways += [(f"along direction {n + 1}", (n, "direction")) for n in range(DIRECTIONS)]
        self.edit = CONTROLS.choice("Edit it", ways, "Into a digit: by mean codes; or along a PCA")
        self.edit.value = (3, "digit")
        self.picture, self.readout = widgets.HTML(), widgets.HTML()
        row = widgets.Layout(flex_flow="row wrap", align_items="center")
        tools = widgets.Box([self.search, self.edit], layout=row)
        found = widgets.VBox([tools, self.picture, self.readout])
        beside = widgets.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="4px 16px")
        super().__init__([widgets.Box([self.pad, found], layout=beside)])
        self.add_class("gan-code-search")
        self.search.on_click(lambda _: self.find())
        self.edit.observe(lambda _: self.show_edit(), "value")
        self.find()

    def find(self):
        """Look for the code of what is drawn, and show it; say what is missing where nothing is."""
        from gan_course.lessons.lesson_09.search import find_code_of_drawing

        try:
            self._drawing = pen.drawn_digit(self.pad.drawn)
            self.code, self._error = find_code_of_drawing(self._model.generator, self._drawing)
        except ValueError as error:
            self.code, self.picture.value = None, ""
            self.readout.value = box("not attempted", "Nothing to look for", str(error))
            return
        self.show_edit()

    def show_edit(self):
        """Show the drawing, what was found, and what becomes of it on the way that was chosen."""
        if self.code is None:
            return
        found = self._model.draw(self.code[np.newaxis])
        read = int(self._model.read_digits(found)[0])
        number_of, kind = self.edit.value
        if kind == "digit":
            words, goal = [f"{share:g}" for share in SHARES], f"to a {number_of}"
            moves = np.outer(SHARES, self.mean_codes[number_of] - self.mean_codes[read])
        else:
            words = [number(amount, ".0f") for amount in AMOUNTS]
            goal = f"along direction {number_of + 1}"
            moves = np.outer(AMOUNTS, self.directions[number_of])
        edited = self._model.draw((self.code + moves).astype(np.float32))
        ink = 2 * self._drawing[np.newaxis, ..., np.newaxis] - 1
        images = np.concatenate([ink, found, edited])
        figure = plot_digit_matrix(images[np.newaxis], ["yours", "found", *words], head="")
        last = int(self._model.read_digits(images[-1:])[0])
        figure.alt = (
            f"Your drawing, the nearest image that was found, and four images on the way {goal}. "
            f"The classifier reads the found one as {read}, the last as {last}."
        )
        self.picture.value = swift_html(figure)
        length = float(np.linalg.norm(self.code))
        typical = float(np.sqrt(len(self.code)))
        self.readout.value = (
            '<div role="status" style="max-width: 34em; line-height: 1.45">'
            f"Mean squared error of a pixel in [−1, 1]: <b>{number(self._error, '.3f')}</b>. The "
            f"code's length is {number(length, '.1f')}; draws of N(0, I) have about "
            f"{number(typical, '.1f')}. The classifier reads what was found as {read}, and the end "
            f"of the way {goal} as {last}.</div>"
        )

    @functools.cached_property
    def mean_codes(self):
        """The mean code of each digit, (10, latent_dim): of samples that the classifier reads."""
        z, digits = self._model.z, self._model.read_digits(self._model.images)
        own = [z[digits == digit] for digit in range(10)]
        return np.stack([(each if len(each) else z).mean(axis=0) for each in own])

    @functools.cached_property
    def directions(self):
        """The strongest directions of the features of an early layer, (count, latent_dim)."""
        from gan_course.lessons.lesson_09.directions import early_layer, feature_directions

        generator = self._model.generator
        return feature_directions(generator, early_layer(generator), DIRECTIONS)[0]


WIDGETS = {"flow_explorer": flow_explorer}
