"""The widgets of lesson 00: write a number in digits that nobody wrote, and walk between two."""

import html

import ipywidgets as widgets
import numpy as np

from gan_course.messages import box
from gan_course.plots import tile
from gan_course.plots.moving import picture_html
from gan_course.widgets.lesson_box import LessonBox
from gan_course.widgets.live_parts import wrapping_row

STRIP = 9  # images from A to B below the large one
SEEDS = 99
LONGEST = 24  # digits that are written at once
STEPS = 20  # of the play button, from A to B
FRAME = (213, 94, 0)  # the course's vermilion
GAP = 4  # white pixels around the images of the strip


def between(a, b, position):
    """Return the latent vector at a position on the way from one latent vector to another.

    The way is a quarter of a turn: cos(t) a + sin(t) b, with t from 0 to 90 degrees. If a and b
    hold independent numbers from N(0, 1), then so does every vector on the way, because the
    variances cos²(t) and sin²(t) add up to 1. On the straight line (a + b) / 2 the variance would
    drop to a half, which a generator has hardly ever seen.

    Args:
        a: The start, an array of any shape.
        b: The end, of the same shape.
        position: From 0 (a) to 1 (b).

    Returns:
        An array of the same shape.

    Source: White 2016, *Sampling Generative Networks*, on interpolation: the way there is a great
    circle, which for long vectors of independent Gaussian numbers is nearly this one.

    Example:
        >>> between(np.array([1.0, 0.0]), np.array([0.0, 1.0]), 0.5).round(3)
        array([0.707, 0.707])

    Introduced in lesson 00.
    """
    angle = position * np.pi / 2
    return np.cos(angle) * a + np.sin(angle) * b


def digit_writer(draw, number="31415"):
    """Write a number in generated digits: a box to type it, and a button for another handwriting.

    Args:
        draw: A function from labels (n,) and a seed to images (n, height, width, 1) in [0, 1], such
            as a conditional generator.
        number: What stands in the box at first, a text.

    Returns:
        An ipywidgets box. Whatever goes wrong while drawing is shown in it.

    Example:
        >>> digit_writer(lambda labels, seed: models.generate(generator, z_of(seed), labels))

    Introduced in lesson 00.
    """
    asked = widgets.Text(
        str(number),
        description="Type a number",
        tooltip=f"Up to {LONGEST} digits",
        style={"description_width": "8em"},
        layout=widgets.Layout(width="24em", max_width="100%"),
    )
    again = widgets.Button(description="Another handwriting", icon="refresh")
    again.layout.width = "14em"
    picture, seed = widgets.HTML(), [0]

    def look(change=None):
        labels = [int(letter) for letter in asked.value if letter in "0123456789"][:LONGEST]
        if not labels:
            picture.value = "Type some digits."
            return
        try:
            sheet = tile(draw(np.array(labels), seed[0]), len(labels), (0, 1), gap=2)
            text = f"{''.join(map(str, labels))}, drawn by a generator."
            width = min(2 * sheet.shape[1], 760)
            picture.value = picture_html(sheet, text, width, smooth=False)
        except Exception as error:
            word = "This could not be drawn"
            picture.value = box("cannot be checked", word, f"{type(error).__name__}: {error}")

    def write_again(button):
        seed[0] += 1
        look()

    asked.observe(look, "value")
    again.on_click(write_again)
    look()
    writer = LessonBox([wrapping_row([asked, again]), picture])
    writer.add_class("gan-digit-writer")
    return writer


def latent_explorer(draw, latent_dim, read=None, seed_a=1, seed_b=2):
    """Show generated digits with sliders: seed A, seed B, and the position between the two.

    A play button walks from A to B.

    Args:
        draw: A function from latent vectors (n, latent_dim) to images (n, height, width, 1) in
            [0, 1], such as a generator.
        latent_dim: The length of a latent vector.
        read: A function from images to probabilities (n, classes), such as a digit classifier;
            what it reads is written beside the picture. None writes nothing.
        seed_a: The first seed of A, 0 to 99.
        seed_b: The first seed of B, 0 to 99.

    Returns:
        An ipywidgets box. Whatever goes wrong while drawing is shown in it.

    Example:
        >>> latent_explorer(draw=lambda z: models.generate(generator, z), latent_dim=100)

    Introduced in lesson 00.
    """
    common = {
        "style": {"description_width": "10em"},
    }
    sliders = {
        "a": widgets.IntSlider(
            seed_a, 0, SEEDS, description="Seed A", tooltip="The digit to start from", **common
        ),
        "b": widgets.IntSlider(
            seed_b, 0, SEEDS, description="Seed B", tooltip="The digit to end at", **common
        ),
        "position": widgets.FloatSlider(
            0.5, min=0, max=1, step=0.05, description="Position from A to B", **common
        ),
    }
    sliders["position"].tooltip = "0 is A, 1 is B"
    for slider in sliders.values():
        slider.layout = widgets.Layout(width="100%", max_width="36em")
    play = widgets.Play(min=0, max=STEPS, value=STEPS // 2, interval=200)
    play.description = "Walk from A to B"
    picture = widgets.HTML()
    walk = {}

    def go(change):
        sliders["position"].value = change["new"] / STEPS

    def look(change=None):
        try:
            seeds = sliders["a"].value, sliders["b"].value
            if walk.get("seeds") != seeds:  # A and B change seldom, the position often
                ends = [_latent(seed, latent_dim) for seed in seeds]
                on_the_way = [_on_the_way(ends, seeds, t) for t in np.linspace(0, 1, STRIP)]
                walk.update(ends=ends, strip=draw(np.concatenate(on_the_way)), seeds=seeds)
            position = sliders["position"].value
            image = draw(_on_the_way(walk["ends"], seeds, position))
            sentence = _sentence(*seeds, position, image, read)
            picture.value = _picture(walk["strip"], image, position, sentence)
        except Exception as error:
            walk.clear()
            word = "This could not be drawn"
            picture.value = box("cannot be checked", word, f"{type(error).__name__}: {error}")

    for slider in sliders.values():
        slider.observe(look, "value")
    play.observe(go, "value")
    look()
    explorer = LessonBox([*sliders.values(), play, picture])
    explorer.add_class("gan-latent-explorer")
    return explorer


def _latent(seed, latent_dim):
    """Draw the latent vector (1, latent_dim) of a seed, the same as `models.sample_latent`."""
    return np.random.default_rng(seed).standard_normal((1, latent_dim)).astype(np.float32)


def _on_the_way(ends, seeds, position):
    """Return `between`, which holds for independent ends; from a seed to itself nothing moves."""
    return ends[0] if seeds[0] == seeds[1] else between(*ends, position)


def _sentence(seed_a, seed_b, position, image, read):
    """Say where on the walk this is, and what the classifier reads there."""
    text = f"Position {position:.2f} from seed {seed_a} to seed {seed_b}."
    if seed_a == seed_b:
        text = f"A and B are both seed {seed_a}: choose two different ones to walk."
    if read is None:
        return text
    shares = np.asarray(read(image))[0]
    digit, sure = shares.argmax(), shares.max()
    return f"{text} The digit classifier reads a {digit}, with probability {sure:.2f}."


def _picture(strip, image, position, sentence):
    """Return HTML: the image, large, with its sentence, and the strip with a frame around it."""
    sheet = tile(strip, STRIP, (0, 1), gap=GAP)
    height, width = sheet.shape
    cell = (width - GAP) // STRIP
    left = round(position * (STRIP - 1)) * cell
    frame = np.zeros_like(sheet, bool)
    frame[1:-1, left + 1 : left + cell + GAP - 1] = True
    frame[GAP:-GAP, left + GAP : left + cell] = False
    sheet = np.where(frame[..., np.newaxis], FRAME, sheet[..., np.newaxis]).astype(np.uint8)
    large = tile(image, 1, (0, 1), gap=1)
    along = f"The walk from A to B in {STRIP} images; a frame marks the position."
    return (
        '<div style="display: flex; align-items: center; gap: 1.2em; margin: 0.4em 0">'
        f"{picture_html(large, sentence, 6 * large.shape[1], smooth=False)}"
        '<span role="status" style="max-width: 22em; line-height: 1.5">'
        f"{html.escape(sentence)}</span></div>"
        f"{picture_html(sheet, along, 2 * width, smooth=False)}"
    )
