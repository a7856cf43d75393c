"""The predictions of lesson 12: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "sign": Question(
            "One minus sign too many stands in the generator's loss. Where will the loss that is "
            "printed go?",
            options=(
                "it falls to 0, and no lower",
                "it falls to −log 2, and rests there",
                "it falls below 0, and on down",
            ),
            answer="it falls below 0, and on down",
            because=(
                "The optimiser does what it is told: it makes this number small, and there is no "
                "end below. A falling loss says that the optimiser works, and not that you are "
                "minimising the right thing."
            ),
        ),
        "twice": Question(
            "D ends in a sigmoid, and the loss applies one too. How low can the discriminator's "
            "loss get at best? (A healthy one can get to 0.)",
            answer=1.0064,
            because=(
                "D's output lies between 0 and 1, so the second sigmoid gives 0.5 to 0.731. "
                "At best −log 0.731 − log 0.5 = 0.313 + 0.693."
            ),
            tolerance=0.05,
        ),
        "batch": Question(
            "4,000 digits, batches of 128, and the split always at 128. At which step does the "
            "loss do something odd for the first time?",
            answer=32,
            because=(
                "31 batches of 128 are 3,968; the 32nd holds the 32 digits that are left. Its 32 "
                "real images and 32 fakes all count as real, and none is left for the fakes."
            ),
            tolerance=0,
        ),
        "noise": Question(
            "A generator is trained on sixteen latent vectors, over and over. Compare its samples "
            "of fresh noise with those of the sixteen.",
            options=(
                "there is no difference",
                "they are more alike",
                "they are more varied",
            ),
            answer="they are more alike",
            because=(
                "Nothing was ever asked of the places between the sixteen, and what lies there is "
                "a mixture. In this run the fresh samples differ {ratio:.2f} times as much as "
                "those of training noise; a healthy generator has about 1."
            ),
        ),
        "frozen": Question(
            "This code was right in Keras 2. In Keras 3 the discriminator never moves. What does "
            "the generator's loss do?",
            options=(
                "it goes to 0",
                "it stays near log 2",
                "it rises",
            ),
            answer="it goes to 0",
            because=(
                "A judge who never learns is fooled soon, by whatever patterns his first weights "
                "happen to like. A loss near 0 looks like a triumph; the samples are noise."
            ),
        ),
        "training": Question(
            "`training=True` is left out everywhere. How far have the moving means of batch norm "
            "got after the run?",
            options=(
                "as far as with it",
                "about half as far",
                "nowhere: they are what they were at the start",
            ),
            answer="nowhere: they are what they were at the start",
            because=(
                "Outside `fit` a call without `training=` is inference. Batch norm then uses its "
                "moving means and leaves them alone, and dropout does nothing."
            ),
        ),
        "labels": Question(
            "Labels 1 and −1, and a cross-entropy. How low does the discriminator's loss get?",
            options=("near 0, not below", "near log 2, not below", "below 0"),
            answer="below 0",
            because=(
                "For the label −1 the term is softplus(ℓ) + ℓ. As ℓ goes to −∞ it goes there "
                "too: D wins most by shouting."
            ),
        ),
        "pixels": Question(
            "Real pixels go up to 255, the generator's up to 1. What will D(real) be after some "
            "steps?",
            options=("near ½", "near 1", "it swings"),
            answer="near 1",
            because=(
                "Numbers of this size make large logits at once, and every digit is called real. "
                "On the small pixels of fakes D's logits stay small: D(fake) tells little, and the "
                "generator learns nothing of digits."
            ),
        ),
        "alpha": Question(
            "α is drawn from N(0, 1) in place of the uniform distribution. Which share of the "
            "places x̂ lies between its two images, in per cent?",
            answer=34.1,
            because="Φ(1) − Φ(0) = 0.341. The rest of the penalty falls beyond the two images.",
            tolerance=3,
        ),
        "both": Question(
            "Both optimisers move both networks. The discriminator's step makes fakes look fake, "
            "the generator's step makes them look real, and both networks help. Where does D(fake) "
            "go?",
            options=("to 0", "to about ½", "to 1"),
            answer="to about ½",
            because=(
                "On fakes the two losses add up to softplus(ℓ) + softplus(−ℓ), which is lowest at "
                "ℓ = 0. Nobody pulls D(real) down, so it goes to 1."
            ),
        ),
        "maps": Question(
            "The maps have the right shape and hold zeros and ones, but each image gets rows of "
            "other images. What do the loss curves show?",
            options=(
                "D wins at once",
                "the losses go to nan",
                "nothing unusual",
            ),
            answer="nothing unusual",
            because=(
                "Real and fake can still be told apart, so the game goes on. What is missing no "
                "loss measures: {share:.0%} of the samples are drawn as asked, and one half is "
                "chance."
            ),
        ),
        "rates": Question(
            "The generator's learning rate is a hundred times too small. What happens to the "
            "discriminator's loss?",
            options=("it goes to 0", "it stays near 2 log 2", "it rises without end"),
            answer="it goes to 0",
            because=(
                "It learns to know noise from digits within an epoch, and the generator hardly "
                "moves meanwhile."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
