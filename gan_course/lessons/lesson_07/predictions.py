"""The predictions of lesson 07: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "size": Question(
            "A 7×7 grid goes through a transposed convolution with a 4×4 kernel, stride"
            " 2 and padding 1. How many pixels does one side of the output have?",
            because=(
                "The last of 7 stamps begins at 2 · 6 = 12 and ends before 16. One "
                "pixel goes at each edge. So 7 becomes 14, and with the same layer "
                "again 28: the way from the grid to a digit."
            ),
        ),
        "overlap": Question(
            "Stride 2, a 3×3 kernel. How many stamps reach a pixel, away from the edges?",
            options=(
                "2 everywhere",
                "1 or 2",
                "1, 2 or 4",
                "4 everywhere",
            ),
            answer="1, 2 or 4",
            because="Along one axis the counts alternate: 1 2 1 2. In two dimensions they "
            "multiply.",
        ),
        "speed": Question(
            "Per output pixel, upsampling and a 3×3 convolution take 9 multiplications."
            " How many does the transposed convolution with the 4×4 kernel take?",
            answer=4,
            because=(
                "16 weights stamp an area of 4 pixels for each input pixel: 16 / 4 = 4."
                " The pair does 9 / 4 = 2.25 times the work, because it multiplies "
                "equal pixels one by one."
            ),
        ),
        "first-strokes": Question(
            "The dense GAN of lesson 06 began with single grey pixels. After how many "
            "steps will you see connected strokes here?",
            options=(
                "about 3,000",
                "about 1,000",
                "fewer than 500",
            ),
            answer="fewer than 500",
            because=(
                "A convolution draws connected patches from the first step on, and its "
                "kernel is laid on every place of the grid, so that one image teaches it "
                "many times. High learning rates do the rest."
            ),
        ),
        "rules": Question(
            "Which broken rule costs the most?",
            options=(
                "max pooling instead of strides",
                "deep dense layers at both ends",
                "no batch norm",
                "ReLU instead of LeakyReLU in D",
            ),
            because=(
                "Seed by seed, its distance is {times:.1f} times the baseline's (the median). "
                "Pooling, which the first rule forbids, is no loss here at all."
            ),
        ),
        "dense": Question(
            "The dense GAN's steps are cheaper, so at the same CPU seconds it takes more of them. "
            "Whose Fréchet distance is lower?",
            options=(
                "the dense GAN's",
                "the convolutional pair's",
                "there is no clear difference",
            ),
            because=(
                "{ours:.0f} for the convolutional pair, in fewer steps, and {dense:.0f} for the "
                "dense GAN. Look at the grids: single stray pixels in the dense digits, smoother "
                "strokes in the others."
            ),
        ),
        "bug": Question(
            "The real digits lie in [−1, 1]. What will the discriminator do?",
            options=(
                "learn as usual, and D(real) and D(fake) meet near ½",
                "win at once, and D(fake) goes to 0",
                "fail to learn, and stay at ½",
            ),
            answer="win at once, and D(fake) goes to 0",
            because=(
                "Something gives every fake away. The loss still pulls at the logit, as"
                " you know from lesson 05. But the generator cannot follow."
            ),
        ),
        "stacked": Question(
            "All variables of the stacked pair learn to answer 1. After 30 steps, what "
            "does the discriminator say to real digits, and to pure noise images?",
            options=(
                "1 to real, 0 to noise",
                "½ to both",
                "1 to both",
            ),
            answer="1 to both",
            because=(
                "Nobody ever showed it a case where 0 is right. The quickest way to a "
                "small loss is to say yes to everything, and the last bias alone can do"
                " that. The loss is near 0, and the generator draws no digit."
            ),
        ),
        "arithmetic": Question(
            "Of 100 such sums, each with three exemplars for each concept drawn at "
            "random: how many give an image that is read as an 8 and has more ink than "
            "the median 8?",
            because=(
                "So many of 100, counted over {TRIES} draws with this generator. A "
                "figure of one good sum would not have told you."
            ),
        ),
        "probe": Question(
            "A linear classifier gets 100 labelled digits. Which order do you expect, "
            "from best to worst?",
            options=(
                "trained, untrained, pixels",
                "trained, pixels, untrained",
                "pixels, trained, untrained",
                "all about the same",
            ),
            because=(
                "Convolution and pooling help even with random weights, once there are "
                "enough labels. Training adds the rest."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
