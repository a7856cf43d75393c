"""The two pictures of the README: digits that appear out of noise, and the laboratory.

    python benchmarks/make_pictures.py

The first trains the recipe `cgan` from nothing and looks at the same 50 latent vectors, in a column
for each digit, as they improve. The second is the laboratory's own picture of a shipped pair.
"""

import base64
import re
from pathlib import Path

import numpy as np

from gan_course import data
from gan_course.files import replacing
from gan_course.laboratory.settings import Settings
from gan_course.laboratory.view import View
from gan_course.plots.pictures import enlarge, save_gif, tile
from gan_course.pretrained.toys import toy_settings
from gan_course.recipes import get_recipe

PICTURES = Path(__file__).resolve().parent.parent / "pictures"
STEPS, SPREAD, ROWS, DIGITS = 4_000, 1.25, 5, 10
LAYERS = ("real", "fakes", "heat", "best", "arrows")


def draw_digits():
    """Train with labels and write what the generator draws, at steps that grow by a quarter."""
    recipe = get_recipe("cgan")
    digits = data.load_mnist(value_range=recipe.value_range, split="gan")
    trainer = recipe.trainer(digits.images, seed=0, labels=digits.labels, steps=STEPS)
    asked, frames, step = np.tile(np.arange(DIGITS), ROWS), [], 0
    while True:
        drawn = trainer.sample(ROWS * DIGITS, seed=1, labels=asked, repeat=DIGITS)
        frames.append(tile(drawn, DIGITS, recipe.value_range))
        if step == STEPS:
            break
        following = min(STEPS, max(step + 20, int(step * SPREAD)))
        trainer.run(following - step, progress=False)
        step = following
    save_gif([enlarge(frame) for frame in frames], PICTURES / "digits.gif")


def draw_laboratory():
    """Write the laboratory's picture of the pair that ships for the ring."""
    settings = Settings(**toy_settings("ring"), start="ring")
    distribution = settings.make_distribution()
    view = View(settings.make_trainer(distribution), distribution, settings)
    view.measure()
    html = view.picture_html(LAYERS, "The laboratory.")
    png = base64.b64decode(re.search(r"base64,([^\"]+)", html)[1])
    with replacing(PICTURES / "laboratory.png") as file:
        file.write(png)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    draw_laboratory()
    draw_digits()
