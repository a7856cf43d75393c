"""The predictions of lesson 01: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "forecast": Question(
            "A forecaster says “1 % chance of rain”, and it rains. The squared error is"
            " (0.01 − 1)² = 0.98. What is the cross-entropy?",
            because=(
                "It is −log 0.01. Squared error never charges more than 1; "
                "cross-entropy charges a sure and wrong answer without limit."
            ),
            tolerance=0.1,
        ),
        "bound": Question(
            "f(x) = x². From which learning rate on does the walk no longer come closer"
            " to the minimum?",
            answer=1.0,
            because=(
                "0.02 is too small: after 12 steps it has not come far. 0.3 closes in "
                "from one side. 0.9 jumps over the minimum each time and still closes "
                "in. 1.0 jumps to the mirror image, for ever. 1.08 runs away."
            ),
            tolerance=0.05,
        ),
        "batches": Question(
            "Eight epochs, learning rate 0.05 for all. Which batch size ends with the lowest loss?",
            options=(
                "256 (full-batch): 8 exact steps",
                "16: 128 rough steps",
                "1: 2,048 very rough steps",
            ),
            answer="16: 128 rough steps",
            because=(
                "Full-batch takes eight exact steps and has not arrived. A batch of 1 "
                "arrives first, and then keeps stumbling around the minimum, because "
                "its noise does not vanish there. A batch of 16 takes enough steps and "
                "stumbles little."
            ),
        ),
        "race": Question(
            "Each optimiser gets the best learning rate that we find. Which one needs "
            "the most steps?",
            options=(
                "gradient descent",
                "momentum",
                "RMSprop",
                "Adam",
            ),
            answer="RMSprop",
            because=(
                "Its steps are about α long wherever it stands. So it needs a small α "
                "to come to rest at the bottom, and then many steps for the long way "
                "there."
            ),
        ),
        "saturated": Question(
            "A unit has the logit −8, so p = 0.0003, and the target is 1: sure, and "
            "wrong. How many times as strongly does cross-entropy pull on the logit as "
            "squared error does?",
            options=(
                "the same",
                "about 2 times",
                "about 40 times",
                "more than 1,000 times",
            ),
            answer="more than 1,000 times",
            because=(
                "The ratio is 1 / (2 p (1 − p)) = {ratio:.0f}. Squared error sees the "
                "error, and the flat sigmoid hides it."
            ),
        ),
        "naive": Question(
            "The logit is 40 and the target 1: sure, and right. What does "
            "`binary_cross_entropy` of section 3 return for `p = sigmoid(40)`?",
            options=(
                "0 or nearly 0",
                "inf",
                "nan",
            ),
            answer="nan",
            because=(
                "sigmoid(40) rounds to exactly 1 in float64. The second term is then (1"
                " − 1) · log(0) = 0 · (−inf), which is nan. A single nan in a batch "
                "makes the mean nan, and then every weight."
            ),
        ),
        "bug": Question(
            "The data have the slope 2. After 300 steps with inputs of shape (256, 1), "
            "what is the weight?",
            options=(
                "2, as it should be",
                "about 1",
                "about 0",
            ),
            answer="about 0",
            because=(
                "The line has become flat at the mean of the targets, and the loss is "
                "their variance. It has learned all there is to learn without looking "
                "at the inputs."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
