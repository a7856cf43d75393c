"""The predictions of lesson 04: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "heart": Question(
            "After training the network gets every one of its 500 digits right. Of the "
            "digits it has never seen, which share does it get wrong?",
            options=(
                "also 0 %",
                "about 1 %",
                "about 12 %",
                "about 50 %",
            ),
            answer="about 12 %",
            because=(
                "It knows its 500 digits, and knows digits less well. The gap between "
                "the two errors is called overfitting."
            ),
        ),
        "mask": Question(
            "A batch of 8 examples passes a layer of 20 units at rate 0.5. How many "
            "units are dropped in each example?",
            options=(
                "10 in each, the same ones",
                "10 in each, other ones",
                "about 10, other ones in each",
            ),
            answer="about 10, other ones in each",
            because=(
                "Every entry of the (8, 20) mask is a coin of its own. So the count "
                "varies, no two examples share a mask, and the next step draws all of "
                "them again."
            ),
        ),
        "count": Question(
            "The little network has 10 hidden units. How many thinned networks does it "
            "hold, counting the full one and the empty one?",
            answer=1024,
            because=(
                "Each unit is on or off: 2 · 2 · … · 2, ten times. All of them share "
                "one set of weights. Each example in each step draws one, so of the "
                "reader's 2¹⁰²⁴ nearly all are never drawn."
            ),
            tolerance=0.5,
        ),
        "scale": Question(
            "100 units, each with the value 1, feed a unit with weights 1. In training "
            "the rate is 0.5. Compared with training, the sum in testing (everything "
            "on) is on average…",
            options=(
                "the same",
                "twice as large",
                "half as large",
            ),
            answer="twice as large",
            because=(
                "On average half of the terms are missing in training. The next layer "
                "has learned to work with half of the input, and gets all of it in the "
                "test."
            ),
        ),
        "noise": Question(
            "A unit has the value 3, the rate is 0.9. What is the standard deviation of"
            " y, the root of its variance?",
            answer=9.0,
            because=(
                "The variance is 3² · 0.9 / 0.1 = 81. The noise is three times the "
                "value itself. At rate 0.5 it is as large as the value."
            ),
            tolerance=0.05,
        ),
        "keras": Question(
            "You call `layers.Dropout(0.5)(x)` on its own, outside of `fit`, and say "
            "nothing about training. What does it do?",
            options=(
                "drops half of x",
                "returns x as it is",
                "stops with an error",
            ),
            answer="returns x as it is",
            because=(
                "Only `fit` sets training=True for you, and `evaluate` and `predict` "
                "set False. A call of your own that says nothing tests. Section 8 shows"
                " what that does."
            ),
        ),
        "probability": Question(
            "Drop units of the last hidden layer alone. Of what is the mean over all "
            "thinned networks exactly the full network's?",
            options=(
                "of the logits and of the probabilities",
                "of the logits, not of the probabilities",
                "of neither",
            ),
            answer="of the logits, not of the probabilities",
            because=(
                "A mean passes through a weighted sum, so it passes through the linear "
                "layer. It does not pass through the bend of a sigmoid."
            ),
        ),
        "rate": Question(
            "Which rate gives the lowest held-out error?",
            options=(
                "0: no dropout",
                "0.2",
                "0.6 or 0.7",
                "0.9",
            ),
            answer="0.6 or 0.7",
            because=(
                "Less noise than that leaves more of the learning by heart. At 0.8 it reads no "
                "more digits than without dropout: too little of it is left in each step."
            ),
            seen=Question(
                "Look at the left panel. What share of the held-out errors goes, from rate 0 to "
                "the best rate?",
                options=("about a tenth", "about a half", "nearly all"),
                answer="about a tenth",
                because="From 11.7 % to 10.4 %. The curve of the loss falls by more.",
            ),
        ),
        "discriminator": Question(
            "D is the probability that the discriminator gives to “real”. Without "
            "dropout, what will D be on real digits that are new to it, compared with "
            "those it trained on?",
            options=(
                "the same",
                "lower",
                "higher",
            ),
            answer="lower",
            because=(
                "It has learned its own digits by heart, and doubts the others. With "
                "dropout the gap shrinks, and the generator comes nearer to real "
                "digits."
            ),
        ),
        "bug": Question(
            "Same first weights, same images, dropout 0.0 in one run and 0.9 in the "
            "other. How far apart will the two loss curves be?",
            options=(
                "far apart: nine tenths are missing",
                "a little apart",
                "the same to the last digit",
            ),
            answer="the same to the last digit",
            because=(
                "Dropout is inert: no mask was ever drawn. There is no error and no "
                "warning, and the loss falls as it should. One curve alone would not "
                "have shown it."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
