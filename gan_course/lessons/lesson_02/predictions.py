"""The predictions of lesson 02: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "slope": Question(
            "You raise b by a tiny amount h, from 1 to 1 + h. By how many times h does J grow?",
            answer=9,
            because=(
                "∂J/∂b = 3 · 1 · c, and c is 3. Finite differences, which know nothing "
                "of the chain rule, measure the same."
            ),
            tolerance=0.01,
        ),
        "bug": Question(
            "The slope of x·x at x = 3 is 6. What will first_backward say?",
            options=(
                "6",
                "3",
                "9",
            ),
            answer="3",
            because=(
                "x has two arrows into the ×. Each brings 3, and the second overwrites "
                "the first. No error, no warning: a network with this bug may even "
                "learn something."
            ),
        ),
        "cost": Question(
            "This network has 65 parameters. To measure all their slopes by central "
            "finite differences, how many times does the whole network have to run?",
            because=(
                "Two runs for each parameter. Backward took one walk for all of them. "
                "The generator of lesson 06 has 247,440 parameters: one walk back, or "
                "half a million runs forward."
            ),
        ),
        "zero": Question(
            "You start with all weights at exactly 0 and train as long. The network…",
            options=(
                "ends as good",
                "learns, but more slowly",
                "stays at about half of the points right",
            ),
            answer="stays at about half of the points right",
            because=(
                "All of H is 0, so ∂L/∂W₂ = Hᵀ ∂L/∂Z is 0. All of W₂ is 0, so ∂L/∂H is "
                "0 and W₁ gets nothing either. Only the last bias moves. Rumelhart, "
                "Hinton & Williams start from small random weights for this reason: to "
                "break symmetry."
            ),
        ),
        "vanishing": Question(
            "Ten hidden sigmoid layers with Glorot's weights. What part of the gradient"
            " at the output arrives at the first layer?",
            options=(
                "about a tenth",
                "about a thousandth",
                "less than a millionth",
            ),
            answer="less than a millionth",
            because=(
                "In these five draws {low} to {high} of it. With a quarter per "
                "layer at most, ten layers leave at most 0.25¹⁰ = 9.5 × 10⁻⁷."
            ),
        ),
        "generator": Question(
            "The generator starts on the lower moon and takes 200 steps, while the "
            "discriminator stays as it is. Where do most of its points end?",
            options=(
                "spread along the upper moon",
                "beyond it, where no real point ever was",
                "on the boundary",
            ),
            answer="beyond it, where no real point ever was",
            because=(
                "The discriminator never saw a point up there, and calls those points "
                "real with great confidence. The generator follows the arrows, and the "
                "arrows do not stop at the moon."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
