"""The predictions of lesson 06: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "untrained": Question(
            "An untrained generator turns 100 random numbers into an image. What will you see?",
            options=(
                "a black square",
                "grey noise around the middle of the range",
                "smudges in the shape of digits",
            ),
            answer="grey noise around the middle of the range",
            because=(
                "The weights are small and random, so the sigmoid's inputs are near 0, "
                "and sigmoid(0) is ½: a middle grey. Neighbouring pixels know nothing "
                "of each other."
            ),
        ),
        "gradient": Question(
            "Late in training a fake is good, and the discriminator says D(G(z)) = 0.9. "
            "Which loss now gives the generator the larger gradient?",
            options=(
                "minimax",
                "non-saturating",
                "they are equal",
            ),
            answer="minimax",
            because=(
                "Now minimax gives −0.9 and the other −0.1. It pushes most where there is "
                "nothing left to win. The two are equal at D = ½ alone."
            ),
        ),
        "bug": Question(
            "You run this update 30 times on a generator that stays noise. What happens"
            " to the generator's loss?",
            options=(
                "it stays where it is",
                "it falls towards 0",
                "it rises without end",
            ),
            answer="it falls towards 0",
            because=(
                "The update moves the discriminator towards saying “real” to noise. The"
                " loss falls, and the pictures stay. A falling generator loss proves "
                "nothing by itself."
            ),
        ),
        "curves": Question(
            "The pictures will get better and better. What will the generator's loss do?",
            options=(
                "fall steadily from the first step to the last, as losses do",
                "jump up at once, fall for thousands of steps, then hardly move",
                "stay at log 2 = 0.69",
            ),
            answer="jump up at once, fall for thousands of steps, then hardly move",
            because=(
                "The discriminator learns to tell noise from digits within a hundred steps, so "
                "the generator's mark gets worse however its pictures change. Then the "
                "generator catches up. In the end the two keep pace, and the mark stands "
                "nearly still while the pictures go on improving."
            ),
        ),
        "steps": Question(
            "You pause, and press Step D ten times. Then you press Step G ten times. "
            "How do D(real) and D(fake) move?",
            options=(
                "Step D: real up, fake down. Step G: both up",
                "Step D: real up, fake down. Step G: real stays, fake up",
                "Step D: both up. Step G: both down",
            ),
            answer="Step D: real up, fake down. Step G: real stays, fake up",
            because=(
                "Step D moves the discriminator, so both verdicts move, apart. Step G "
                "moves the generator alone: D(real) has no generator in it, and cannot "
                "change."
            ),
        ),
        "classes": Question(
            "Real data has 10 % of each digit. Which digit does your generator draw most often?",
            options=(
                "0",
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "8",
                "9",
            ),
            because=(
                "In this run {most} has {most_share:.1%} of the samples, and {least} "
                "the least, {least_share:.1%}."
            ),
        ),
        "unstable": Question(
            "The learning rate is 10 times larger. After the same number of steps, the "
            "samples are…",
            options=(
                "better, because learning is faster",
                "much the same",
                "ruined",
            ),
            answer="ruined",
            because=(
                "In all five stored runs one digit alone gets 3 % of the samples or more: one "
                "blot, whatever z is. Look at the lower rows before you blame the rate alone."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
