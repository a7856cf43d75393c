"""You are the discriminator: a widget of twenty rounds, by mouse or by keyboard."""

import ipywidgets as widgets

from gan_course.lessons.lesson_11.game import ANSWERS, Rounds, areas_of
from gan_course.lessons.lesson_11.roc_figure import area_text, plot_rounds
from gan_course.plots.display import figure_html, image_html
from gan_course.plots.pictures import encode_png, tile
from gan_course.tables import number
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.number_keys import NumberKeys

SIDE = 224  # pixels of the page: each pixel of the digit eight times


class DiscriminatorGame(LessonBox):
    """Twenty images, ten of them real; you say how sure you are, and are compared with a network.

    What you answer stays in the kernel's memory: nothing is written or sent.

    Args:
        real_images: Array (n, 28, 28, 1) in [-1, 1], n at least 10.
        fake_images: The same of fakes.
        judge: A function from images to one number each, high for real: the network.

    Attributes:
        rounds: The present `Rounds`.
        played: The `Rounds` that are over, in their order.
    """

    def __init__(self, real_images, fake_images, judge):
        self._draw = lambda seed: Rounds(real_images, fake_images, judge, seed)
        self._seed, self.rounds, self.played = 0, None, []
        self.heading, self.picture, self.readout = (widgets.HTML() for _ in range(3))
        self.buttons = [
            self._button(f"{key} {answer}", f"Answer: this image is {answer}; key {key}", key)
            for key, answer in enumerate(ANSWERS, start=1)
        ]
        self.again = widgets.Button(
            description="Twenty others",
            tooltip="Begin again with other images",
            layout=widgets.Layout(margin="2px 2px 2px 24px"),
        )
        self.again.on_click(lambda _: self.begin(self._seed + 1))
        row = widgets.Layout(flex_flow="row wrap")
        keys = NumberKeys("gan-discriminator-game", "gan-answer")
        buttons = widgets.Box([*self.buttons, self.again], layout=row)
        super().__init__([self.heading, self.picture, buttons, self.readout, keys])
        self.add_class("gan-discriminator-game")
        self.begin(0)

    def _button(self, description, tooltip, key):
        button = widgets.Button(description=description, tooltip=tooltip)
        button.add_class("gan-answer")
        button.on_click(lambda _: self.answer(key))
        return button

    def begin(self, seed):
        """Draw twenty images; rounds that are not over are forgotten.

        Args:
            seed: The seed of the draw.
        """
        self._seed, self.rounds = seed, self._draw(seed)
        self._show()

    def answer(self, value):
        """Note your answer for the image that is shown, and show the next.

        Args:
            value: 1 for "surely fake" to 4 for "surely real".
        """
        if self.rounds.over:  # the answers stay pressable: a disabled button loses the keys
            return
        self.rounds.answer(value)
        if self.rounds.over:
            self.played.append(self.rounds)
        self._show()

    def _show(self):
        if self.rounds.over:
            self._show_end()
            return
        done, count = len(self.rounds.answers), len(self.rounds.images)
        self.heading.value = f"<strong>Round {done + 1} of {count}: real or fake?</strong>"
        pixels = tile(self.rounds.images[done : done + 1], 1, (-1, 1), gap=0)
        alt = f"Image {done + 1} of {count}: a digit, written by hand or by a generator."
        self.picture.value = image_html(encode_png(pixels), "png", alt, SIDE, smooth=False)
        self._say("Press a button, or a key from 1 to 4 once the focus is in this box.")

    def _show_end(self):
        self.heading.value = "<strong>Twenty rounds are over.</strong>"
        self.picture.value = figure_html(plot_rounds(self.rounds))
        together = "" if len(self.played) == 1 else " " + about_all(self.played)
        self._say(about(self.rounds) + together)

    def _say(self, text):
        self.readout.value = (
            f'<div role="status" style="max-width: 46em; line-height: 1.45">{text}</div>'
        )


def about(rounds):
    """Return in words how twenty rounds went, as HTML.

    Args:
        rounds: `Rounds` that are over.
    """
    you, network = rounds.areas().values()
    right = sum(
        (answer >= 3) == real for answer, real in zip(rounds.answers, rounds.is_real, strict=True)
    )
    apart = you[1] > network[2] or network[1] > you[2]
    beside = "do not overlap" if apart else "overlap"
    return (
        f"<b>{right} of {len(rounds.answers)} right, {number(right / len(rounds.answers), '.0%')}."
        f"</b> The area under your ROC is {area_text(you)}, the network's on the same images "
        f"{area_text(network)}; in brackets the 95 % intervals. {beside_chance(*you)} The two "
        f"intervals {beside}."
    )


def beside_chance(area, low, high):
    """Return in words where chance lies beside your interval.

    Args:
        area: The area under your ROC.
        low: The lower end of its interval.
        high: The upper end.
    """
    if low <= 0.5 <= high:
        return (
            "Chance, 0.50, lies within your interval: these rounds do not show that you can tell "
            "them apart."
        )
    if area > 0.5:
        return "Chance, 0.50, lies below your interval: you can tell them apart."
    return (
        "Chance, 0.50, lies above your interval: you can tell them apart, and take the fakes for "
        "the real ones."
    )


def about_all(games):
    """Return in words how all rounds went together, as HTML.

    Args:
        games: Two or more `Rounds` that are over.
    """
    images = sum(len(rounds.images) for rounds in games)
    you, network = areas_of(games).values()
    return (
        f"<b>All {images} images together</b>: yours {area_text(you)}, the network's "
        f"{area_text(network)}. {beside_chance(*you)}"
    )
