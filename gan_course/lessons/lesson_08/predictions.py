"""The predictions of lesson 08: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "map": Question(
            "A convolution of kernel 3×3 sees the image and ten maps that are constant."
            " What can a constant map add to its output, away from the edges?",
            options=(
                "nothing: a constant has no edges to find",
                "one number, the same at every pixel",
                "a picture of the digit",
            ),
            answer="one number, the same at every pixel",
            because=(
                "The label shifts what the activation receives: a feature that would count "
                "in full counts by 0.2 only, or the reverse. So the layers after it see "
                "what the image and the label make together."
            ),
        ),
        "swap": Question(
            "A generator draws perfect digits. But asked for a 3 it draws an 8, and "
            "asked for an 8 a 3. Which discriminator finds something to complain about?",
            options=(
                "both",
                "the one that sees images alone",
                "the one that sees pairs",
                "neither",
            ),
            answer="the one that sees pairs",
            because=(
                "Without labels all three generators are perfect: half threes, half "
                "eights. The pairs tell them apart: swapping costs log 2, the most "
                "there is; not listening costs 0.216."
            ),
        ),
        "early": Question(
            "After 200 of the 4,800 steps, which share of the samples is read as asked?",
            options=(
                "about a tenth, as by chance",
                "about a half",
                "nearly all",
            ),
            because=(
                "In this run {early} are, at step {EARLY}. Compare with the left "
                "curve below: how long does it take from there to nearly all?"
            ),
        ),
        "wrong": Question(
            "The discriminator is never shown a real image with a wrong label. What "
            "will it say of one?",
            options=(
                "the same as with the right label: the image is real",
                "a lower D than with the right label",
                "it is sure that the pair is fake",
            ),
            answer="a lower D than with the right label",
            because=(
                "Among its real pairs an 8 never stands beside the label 3; among the "
                "fakes of a generator that does not yet listen it often does. So such a"
                " pair speaks for fake."
            ),
        ),
        "style": Question(
            "The same z draws a 1 that leans far to the right. You change the label to "
            "7. The 7 will…",
            options=(
                "lean to the right too",
                "lean as any other 7",
                "lean to the left",
            ),
            answer="lean to the right too",
            because=(
                "Over 100 latent vectors the slants of two digits from one z go "
                "together, and so does the ink. With different z they have nothing to "
                "do with each other."
            ),
        ),
        "blend": Question(
            "Halfway from the label 3 to the label 8, from the same z: what do you see?",
            options=(
                "a 3 and an 8 laid over each other, both grey",
                "one image with clear strokes, between a 3 and an 8",
                "noise: the generator never saw such a row",
            ),
            answer="one image with clear strokes, between a 3 and an 8",
            because=(
                "The rows are mixed before the first layer, not the pixels at the end. "
                "What changes gradually is where strokes go: the open curves of the 3 "
                "close."
            ),
        ),
        "bug": Question(
            "A GAN is trained with these maps in its discriminator. What does it learn to draw?",
            options=(
                "noise: the training breaks down",
                "digits, and the label makes hardly any difference",
                "the digits asked for, a little later",
            ),
            answer="digits, and the label makes hardly any difference",
            because=(
                "The discriminator still learns what digits look like. What label a "
                "pair has, it cannot see, so no gradient ever tells the generator to "
                "listen. The little that the label changes is left to chance."
            ),
        ),
        "unseen": Question(
            "Trained without any nine, asked for a nine: what does it draw?",
            options=(
                "a nine, put together from 4 and 7",
                "an empty image",
                "strokes of the digits it knows",
            ),
            answer="strokes of the digits it knows",
            because=(
                "All layers but one place of the input are trained, so strokes come "
                "out. Nothing has ever said what a nine is, and no place of the row "
                "pulls towards one."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
