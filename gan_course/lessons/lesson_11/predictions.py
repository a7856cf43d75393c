"""The predictions of lesson 11: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "network": Question(
            "The discriminator was trained against this generator to the end. It is shown test "
            "digits, which it never saw, and new fakes. What is the area under its ROC?",
            options=("near 0.5", "from 0.6 to 0.9", "above 0.9"),
            because=(
                "The area is {area:.2f}: so often a test digit drawn at random gets the higher "
                "logit than a fake drawn at random."
            ),
        ),
        "ten": Question(
            "Ten images, one of each digit, repeated for ever. Their inception score is…",
            options=(
                "far below that of real digits: there is no variety",
                "about that of grey noise",
                "above that of real digits",
            ),
            answer="above that of real digits",
            because=(
                "It is {cheat:.2f}, and real digits get {honest:.2f}. The classifier is sure of "
                "each of the ten, and all ten digits come equally often. That is all that the "
                "score asks for. People write digits that are less clear."
            ),
        ),
        "size": Question(
            "One generator is scored with few samples and with many, each time against as many "
            "real digits. Where does its Fréchet distance come out larger?",
            options=("with few samples", "with many samples", "equal, but for luck"),
            answer="with few samples",
            because=(
                "On average {first:.0f} at {small} samples, and {last:.0f} at {large:,}. It is "
                "the same generator: what differs is how well means and covariances are estimated."
            ),
        ),
        "points": Question(
            "The data are normal, N(0, 1). A generator tosses a coin and says −1 or 1, nothing "
            "else. Its Fréchet distance from the data is…",
            options=("about 0", "about 1", "above 2"),
            answer="about 0",
            because=(
                "It is {frechet:.3f}. The coin has mean 0 and deviation 1, as the data have, and "
                "its third moment is 0 too. So neither distance sees that it is no bell."
            ),
        ),
        "copies": Question(
            "A “generator” hands out the digits that it was trained on. Which score is clearly "
            "worse for it than for real test digits?",
            options=(
                "the inception score",
                "the Fréchet distance",
                "precision and recall",
                "none of these",
            ),
            answer="none of these",
            because=(
                "All of them compare with digits like these, and these are digits. None asks "
                "whether a sample is new."
            ),
        ),
        "bug": Question(
            "What is wrong in `broken_frechet`?",
            options=(
                "the means are taken along the wrong axis",
                "the covariances are those of samples, not of features",
                "the root is taken entry by entry",
            ),
            answer="the covariances are those of samples, not of features",
            because=(
                "`np.cov` reads each row as a variable. With one row for each sample that gives a "
                "table of samples against samples, in the order in which they happen to come."
            ),
        ),
        "use": Question(
            "A classifier has 200 real digits. A GAN is trained on these same 200, and draws 4,000 "
            "fakes. With reals and fakes together, what does the classifier gain on test digits?",
            options=("more than 5 points", "less than 5 points", "nothing, or it loses"),
            because=(
                "Medians: {few:.1%} with the reals alone, {both:.1%} with both, and {shifts:.1%} "
                "with the reals moved by up to two pixels."
            ),
        ),
        "imbalance": Question(
            "In the data 10 % are of the rare class. Which share of the fakes is?",
            options=("about 10 %", "less", "more", "sometimes more, sometimes less"),
            because="Between {low:.1%} and {high:.1%} in these runs.",
        ),
        "member": Question(
            "Take the 4,000 digits that `fast_long` was trained on, and test digits. How well does "
            "“how near is the nearest fake?” tell which is which?",
            options=("hardly better than chance", "clearly better than chance"),
            because="The area under the ROC is {nearest:.2f}; chance is 0.50.",
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
