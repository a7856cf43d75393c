"""The predictions of lesson 03: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "steps": Question(
            "For ink and spread, κ is about 970. With the best learning rate, how many "
            "steps does the slowest direction take to come 100 times closer to the "
            "lowest point?",
            options=(
                "about 25",
                "about 250",
                "more than 2,000",
            ),
            answer="more than 2,000",
            because=(
                "The factor is 969/971 = 0.998 a step. Take mean and standard deviation"
                " away from each feature, and a handful of steps does it."
            ),
        ),
        "scale": Question(
            "Multiply all pixels by 10 and add 5, as if someone had forgotten to "
            "rescale the images. What changes in the outputs of batch norm?",
            options=(
                "next to nothing",
                "they are 10 times as wide",
                "they are 5 higher",
            ),
            answer="next to nothing",
            because=(
                "A shift of the pixels shifts each unit's sums, and goes with the mean."
                " A scale of 10 is in σ too, and cancels. What is left comes from ε."
            ),
        ),
        "shift": Question(
            "Suppose that the loss is the sum of all outputs y, with γ = 1. So ∂L/∂y = "
            "1 everywhere. What is the gradient of an input x?",
            options=(
                "1 / √(σ² + ε)",
                "1",
                "0",
            ),
            answer="0",
            because=(
                "Nudge one input up: its own output rises, the mean rises too, and the "
                "others together fall by as much. The sum of the outputs is always n·β."
                " Only β can change it."
            ),
        ),
        "two": Question(
            "A batch of two different numbers, one feature, ε negligible. Which values can x̂ take?",
            options=(
                "any, depending on the two numbers",
                "only −1 and 1",
                "only 0",
            ),
            answer="only −1 and 1",
            because=(
                "The mean lies half-way, so both are equally far from it, and that "
                "distance is σ. A batch of two keeps which one was larger, and a batch "
                "of one keeps nothing: x − μ = 0."
            ),
        ),
        "rates": Question(
            "First weights of width 0.01 are far too small: every unit says nearly the "
            "same of all digits. Without batch norm, at how many of the five learning "
            "rates 0.01, 0.1, 1, 10, 100 does the sigmoid network learn to read more than half of "
            "the digits in 500 steps?",
            options=(
                "none",
                "one or two",
                "three or more",
            ),
            answer="none",
            because=(
                "The best of the five reads {best}; guessing reads 10 %. The "
                "gradient that arrives at the first layer has passed three layers of "
                "tiny weights, and sigmoids whose slope is at most ¼ (lesson 02). With batch "
                "norm, four of the five rates read 85 % or more."
            ),
            seen=Question(
                "Look at the best setting without batch norm: width 0.3, rate 1. What does batch "
                "norm add there?",
                options=("nothing", "about ten percentage points", "it is what makes it learn"),
                answer="nothing",
                because="Both read about 90 %. What batch norm buys lies at the other settings.",
            ),
        ),
        "tiny": Question(
            "A network trained with batch norm in batches of 60 reads 500 digits. You "
            "leave it in training mode and give it the digits one at a time. What share"
            " does it read?",
            options=(
                "about 90 %, as in inference",
                "about 50 %",
                "about 10 %, as by guessing",
            ),
            answer="about 10 %, as by guessing",
            because=(
                "A batch of one comes out as β at the first layer, so every digit gets "
                "the same answer. Inference uses the running averages and does not care"
                " how many digits come together."
            ),
        ),
        "blind": Question(
            "A discriminator has batch norm right at its input, and gets real and fake "
            "images in two batches. The fakes are the real digits with half the "
            "contrast, and greyer. How different is what the two batches look like "
            "behind that batch norm?",
            options=(
                "very: grey images give themselves away",
                "hardly at all",
            ),
            answer="hardly at all",
            because=(
                "Each batch is normalised by itself. A shift and a stretch of all its "
                "pixels go with mean and variance, before the first weight sees them."
            ),
        ),
        "alone": Question(
            "In the mixed batch of six, batch norm puts the fakes below 0 and the real "
            "images above, and the discriminator learns to go by that. Then the same "
            "three fakes come without any real image. How many of them lie below 0?",
            options=(
                "all three, as before",
                "one of them",
                "none",
            ),
            answer="one of them",
            because=(
                "Alone, the fakes are centred around 0 themselves. What was the mark of "
                "a fake says nothing any more."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
