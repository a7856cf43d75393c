"""The predictions of lesson 09: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "codes": Question(
            "The autoencoder rebuilds digits that it has never seen. Its decoder now gets random "
            "codes from N(0, I). What does it draw?",
            options=(
                "digits, as good as those that it rebuilds",
                "mostly strokes that are no digit",
                "nothing but black",
            ),
            answer="mostly strokes that are no digit",
            because=(
                "No term of its loss says where codes should lie. Here a value of a code has a "
                "standard deviation of {least} to {most}, with a mean of its own, and the values "
                "move together. N(0, I) hits places from which the decoder was never asked to draw."
            ),
        ),
        "blur": Question(
            "A pixel is black in half of the images that share a code, and white in the other "
            "half. Which value earns the best likelihood, pixel by pixel?",
            options=(
                "black or white, whichever comes first",
                "grey: half of the ink",
                "one of the two at random",
            ),
            answer="grey: half of the ink",
            because=(
                "The mean of x log p + (1 − x) log(1 − p) over both is largest at p = ½. A "
                "likelihood that looks at each pixel by itself pays for the mean, and the mean of "
                "two sharp strokes is a pale one."
            ),
        ),
        "one": Question(
            "The flow carries noise to digits in 16 small steps. You take one large step instead. "
            "What do 10 different draws of noise become?",
            options=(
                "10 rough digits",
                "10 times nearly the same pale picture",
                "noise, a little weaker",
            ),
            answer="10 times nearly the same pale picture",
            because=(
                "At t = 0 the noise says nothing of the image that it was paired with. So the mean "
                "velocity is E[x] − z, and z + (E[x] − z) = E[x] for every z: the mean of all "
                "digits. The small steps turn as soon as there is something to see."
            ),
        ),
        "cost": Question(
            "A thousand samples: how many times as many CPU seconds does the flow take in 16 steps "
            "as the GAN takes in its one pass?",
            options=("about as many", "about 4 times", "about 16 times", "more than 16 times"),
            because=(
                "In the table it is {ratio} times. There are 16 passes, and each goes through a "
                "network that begins and ends at full size, where the decoder grows from 7×7 and "
                "is at full size only in its last layers."
            ),
        ),
        "bug": Question(
            "The same loss is given images in [−1, 1]. What is the first sign that something is "
            "wrong?",
            options=(
                "an error message: the shapes do not fit",
                "a loss that a probability cannot have",
                "samples that are noise",
            ),
            answer="a loss that a probability cannot have",
            because=(
                "It is below 0 from the first step, and {loss} nats an image at the end. The bound "
                "is a log-probability minus a divergence, so minus the bound cannot be below 0. No "
                "error comes. What becomes of the digits, you see below."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
