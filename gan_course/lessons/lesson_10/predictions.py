"""The predictions of lesson 10: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "gamma": Question(
            "R1 is friction for the discriminator. With which γ do the players of the Dirac-GAN "
            "come in fastest near the equilibrium, steps of no length?",
            options=("γ = 0.01", "γ = 1", "γ = 100"),
            answer="γ = 1",
            because=(
                "Up to 1 the real part of both eigenvalues is −γ/2: the more friction, the faster. "
                "Beyond, one of the two comes back towards 0, like a door with too strong a "
                "closer."
            ),
        ),
        "farther": Question(
            "The fakes share no place with the data, and are moved farther away. Which of the two "
            "notices: the Jensen–Shannon divergence or the Wasserstein distance?",
            options=("both", "the divergence alone", "the distance alone", "neither"),
            answer="the distance alone",
            because=(
                "The divergence asks at each place whose it is, and where the next place lies is "
                "nothing to it. The distance counts the way."
            ),
        ),
        "shift": Question(
            "All logits, of real examples and of fakes, are 40 higher. With the shortened loss, "
            "what changes?",
            options=(
                "the discriminator's loss alone",
                "the generator's slopes alone",
                "both",
                "neither",
            ),
            answer="the generator's slopes alone",
            because=(
                "The discriminator's loss sees differences, and they are what they were. So "
                "nothing keeps the logits from drifting; and the shortened loss reads the logit "
                "itself."
            ),
        ),
        "arms": Question(
            "The baseline of section 4 changes two things, the pairing and the penalties. Taken "
            "alone, which of them finds all 25 modes, in this time, with these networks?",
            options=("the pairing", "a penalty", "either of them", "only both together"),
            answer="a penalty",
            because=(
                "Held by R1, the old non-saturating pair has all 25 modes in every seed. Pairing "
                "without a penalty loses some in every seed, as the plain pair does."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
