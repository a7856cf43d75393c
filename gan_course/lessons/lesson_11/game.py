"""Twenty rounds of "real or fake?": what was drawn, what was answered, how good the answers are."""

import numpy as np

from gan_course.arguments import check_shape, check_whole
from gan_course.metrics import roc_area

EACH = 10  # real images, and as many fakes
ANSWERS = ("surely fake", "rather fake", "rather real", "surely real")


class Rounds:
    """Twenty images in an order that nobody knows, and an answer for each.

    Args:
        real_images: Array (n, 28, 28, 1) in [-1, 1], n at least 10.
        fake_images: The same of fakes.
        judge: A function from images to one number each, high for real: the network.
        seed: The seed that draws the images and their order.

    Attributes:
        images: (20, 28, 28, 1), in the order of the rounds.
        is_real: (20,), True for the ten real ones.
        network: (20,), what the network says of each.
        answers: A list of the answers so far, 1 for "surely fake" to 4 for "surely real".

    Raises:
        ValueError: If there are fewer than ten images of a kind.

    Introduced in lesson 11.
    """

    def __init__(self, real_images, fake_images, judge, seed=0):
        rng = np.random.default_rng(seed)
        drawn = []
        for name, images in (("real_images", real_images), ("fake_images", fake_images)):
            check_shape(name, images, ("n", 28, 28, 1))
            check_whole(f"the number of {name}", len(images), EACH, remedy="Draw more.")
            drawn.append(np.asarray(images)[rng.permutation(len(images))[:EACH]])
        order = rng.permutation(2 * EACH)
        self.images = np.concatenate(drawn)[order]
        self.is_real = (np.arange(2 * EACH) < EACH)[order]
        self.network = np.asarray(judge(self.images), np.float64).reshape(-1)
        self.answers = []

    @property
    def over(self):
        """Whether every image has its answer."""
        return len(self.answers) == len(self.images)

    def answer(self, value):
        """Note an answer for the present image; after the last one nothing is noted.

        Args:
            value: 1 for "surely fake" to 4 for "surely real".

        Raises:
            ValueError: If it is another number.
        """
        value = check_whole("value", value, 1, len(ANSWERS))
        if not self.over:
            self.answers.append(value)

    def split(self, scores):
        """Return the scores of the real images and those of the fakes.

        Args:
            scores: (20,), in the order of the rounds.
        """
        scores = np.asarray(scores, np.float64)
        return scores[self.is_real], scores[~self.is_real]

    def areas(self):
        """Return the area under the ROC with its interval for you and for the network.

        Returns:
            A dict from "you" and "the network" to (area, low, high).
        """
        return areas_of([self])


def areas_of(games):
    """Return both areas over the images of several games taken together.

    Args:
        games: A list of `Rounds` that are over.

    Returns:
        A dict from "you" and "the network" to (area, low, high).
    """
    is_real = np.concatenate([rounds.is_real for rounds in games])
    judges = {
        "you": np.concatenate([rounds.answers for rounds in games]),
        "the network": np.concatenate([rounds.network for rounds in games]),
    }
    return {name: roc_area(said[is_real], said[~is_real]) for name, said in judges.items()}
