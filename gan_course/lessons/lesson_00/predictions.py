"""The predictions of lesson 00: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "walk": Question(
            "A makes one digit, B another. What will the images between the two look like?",
            options=(
                "both digits at once, each half as bright, like a double exposure",
                "digits that bend from one shape into the other",
                "noise",
            ),
            answer="digits that bend from one shape into the other",
            because=(
                "The generator does not mix two pictures. It maps each point on the way"
                " to an image of its own, and nearby points to similar images. Where it"
                " changes from one digit to another, you may see a stretch that is "
                "neither."
            ),
        ),
        "grey": Question(
            "You stretch the range 0…1 to −1…1. Where does a middle grey, 0.5, end up?",
            because="The middle of a range goes to the middle.",
            tolerance=0,
        ),
        "black": Question(
            "Which share of all pixels is pure black, exactly 0? Write a number between 0 and 1.",
            because=(
                "Four fifths of MNIST are paper. Remember it when a network seems good "
                "at predicting pixels: whoever says “black” everywhere is right four "
                "times out of five."
            ),
            tolerance=0.1,
        ),
        "far": Question(
            "Ask the discriminative model about a point far from all it has seen, at "
            "(10, 5). What does it say?",
            options=(
                "about ½: I have never seen such a thing",
                "surely class 1",
                "it refuses to answer",
            ),
            answer="surely class 1",
            because=(
                "Far on one side of the line means sure. The generative model knows "
                "better: under both of its densities such a point does not occur. "
                "(Forced by Bayes' rule to choose a class, it is sure too, and here of the"
                " other one. But it has p(x) to warn you.)"
            ),
        ),
        "features": Question(
            "Hand-made features with a huge later layer (1,024 units), or learned "
            "features with a small one (64)? Both have 16 features. Which reads more "
            "test digits right?",
            options=(
                "hand-made, with the huge later layer",
                "learned, with the small later layer",
                "much the same",
            ),
            answer="learned, with the small later layer",
            because=(
                "Both begin with the same 16 numbers, and both are 16 weighted sums of "
                "the pixels. In one of them the error could change which."
            ),
        ),
        "levels": Question(
            "How many different digits are among the 20, for a unit of the first layer,"
            " on average?",
            because=(
                "Deeper units are choosier, layer by layer. The last line, the logits, "
                "had to come out near 1: they were trained to name the digit. No one "
                "said what the layers before should look for; the error of the last one"
                " corrected them all."
            ),
            tolerance=1.5,
        ),
        "break": Question(
            "The formula is right on paper, and the range check is content. What will "
            "the pictures show?",
            options=(
                "the digits as they are",
                "negatives: dark on bright",
                "digits whose brightest strokes are grey, not white",
            ),
            answer="digits whose brightest strokes are grey, not white",
            because=(
                "The dark pixels are right. Something happens to the bright ones, and "
                "only to them. The largest value tells it too: where is 1?"
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
