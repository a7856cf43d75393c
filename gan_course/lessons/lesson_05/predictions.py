"""The predictions of lesson 05: each question, its options, its answer and why."""

from gan_course.widgets.predict import Predictions, Question

predictions = Predictions(
    {
        "likelihood": Question(
            "Now G is a network: two latent numbers, 64 ReLU units, one output x. How "
            "do you compute p_g(x) for a given x?",
            options=(
                "with the same formula, and the inverse of G",
                "by adding up the densities of all 64 units",
                "by adding up over all z with G(z) = x, of which there is no list",
            ),
            answer="by adding up over all z with G(z) = x, of which there is no list",
            because="G has no inverse, and the units' outputs are added, not their densities.",
        ),
        "coin": Question(
            "A discriminator says ½ about every point. What is V(D, G)?",
            because="log ½ + log ½ = −log 4 ≈ −1.386, whatever the densities.",
            tolerance=0.01,
        ),
        "far": Question(
            "Move p_g so far away that it shares no point with p_data. What is the JSD then?",
            options=(
                "infinite",
                "1",
                "log 2, about 0.69",
            ),
            answer="log 2, about 0.69",
            because=(
                "Where only p lives, p/m = 2. So KL(p‖m) = log 2, and the same for q. "
                "The JSD never gets larger, and C(G) ends at 0."
            ),
        ),
        "fit": Question(
            "The data have two equal modes, at −2.5 and 2.5. Fit one Gaussian to them, its middle "
            "and width free. Under which divergence does it leave one mode out?",
            options=(
                "KL(p_data‖p_g)",
                "reverse KL(p_g‖p_data)",
                "both",
            ),
            answer="reverse KL(p_g‖p_data)",
            because=(
                "It averages over the fakes, and a fake between the modes costs a lot. "
                "KL averages over the data and covers both modes; the price is that a "
                "fifth of its fakes lie in the valley, where next to no data are."
            ),
            seen=Question(
                "Where is the fit of least KL highest?",
                options=(
                    "on one of the modes",
                    "in the valley between them",
                    "on both modes alike",
                ),
                answer="in the valley between them",
                because="One Gaussian has one summit, and to cover both modes it puts it between.",
            ),
        ),
        "saturation": Question(
            "Training begins. The fakes are bad, and D is sure of it: D(G(z)) = 0.001. How much "
            "harder does −log D pull at the logit than log(1 − D) does? Compare the sizes of the "
            "two slopes.",
            options=(
                "about as hard: both losses want D = 1",
                "about 7 times as hard: log 0.001 is −6.9",
                "about 1,000 times as hard",
            ),
            answer="about 1,000 times as hard",
            because=(
                "The slopes are D − 1 and −D: their ratio is {ratio:.0f}. For a bad fake "
                "log(1 − D) is as good as flat."
            ),
        ),
        "bug": Question(
            "3,000 real points and 1,000 fakes, all from the same density. What does D settle on?",
            options=(
                "½, as the theory says",
                "¾",
                "1: there are more real ones",
            ),
            answer="¾",
            because=(
                "Where three of four points are real, ¾ is the honest answer. But it is"
                " an answer to another question."
            ),
        ),
        "ring": Question(
            "The real points form eight modes on a ring, with nothing in between. After"
            " training, where will some fakes lie?",
            options=(
                "only on the modes",
                "also between the modes",
                "only in the middle of the ring",
            ),
            answer="also between the modes",
            because=(
                "The generator is continuous: a path in z from one mode to the next "
                "crosses the gap. It can cross quickly, so that few fakes land there, "
                "but never without a trace."
            ),
            seen=Question(
                "Look at the net on the right. How does the sheet get from mode to mode?",
                options=(
                    "it is torn into eight pieces",
                    "it is drawn out into thin bridges",
                    "it covers the whole disc evenly",
                ),
                answer="it is drawn out into thin bridges",
                because=(
                    "Nothing is torn: the lines run on from mode to mode, and pass each gap in a "
                    "narrow bundle."
                ),
            ),
        ),
        "bound": Question(
            "k = 1. At step 400 the fakes have come most of the way, and the true JSD is still "
            "above 0.4. How much of it does the learned D show?",
            options=(
                "nearly all of it",
                "less than half",
                "more than there is",
            ),
            answer="less than half",
            because=(
                "D lags behind: on the way the fakes are a spike, narrower than anything that so "
                "smooth a D can see. With k = 5 it shows nearly all. On average no D beats D*; "
                "where the lines touch, the luck of 2,500 samples can lift the bound a little."
            ),
            seen=Question(
                "What did the spread of the fakes do on the way with k = 1?",
                options=(
                    "it grew steadily to that of the data",
                    "it shrank to nearly nothing first",
                    "it stayed as it was",
                ),
                answer="it shrank to nearly nothing first",
                because="All fakes slide along one slope of D, and are squeezed together.",
            ),
        ),
        "circle": Question(
            "Both players start at (1, 0), at distance 1 from the equilibrium. They "
            "move at the same time, with learning rate 0.2, for 100 steps. How far away"
            " are they at the end?",
            options=(
                "near 0: they have found it",
                "about 1: they circle",
                "about 7: they spiral out",
            ),
            answer="about 7: they spiral out",
            because=(
                "Each step multiplies the distance by the root of 1.04, and 1.04 to the"
                " power 50 is 7.1. No learning rate helps: the factor is above 1 for "
                "all of them."
            ),
        ),
        "collapse": Question(
            "The ring, learned twice: the generator's noise has 2 values in one case "
            "and 16 in the other. All else is equal. Which finds more of the 8 modes?",
            options=(
                "2 values",
                "16 values: more noise, more variety",
                "no difference",
            ),
            answer="2 values",
            because=(
                "The median is 8 with 2 values and 6 with 16, and no seed does better "
                "with 16. But the fakes of 16 are the better ones: 92 % good against 74 %. More "
                "noise gives the generator more to choose from, and no reason to choose variety."
            ),
        ),
        "noise": Question(
            "How many of the 8 modes does the mended count find in 2,500 points of pure noise?",
            options=(
                "none",
                "some, with fewer than 1 % of the points good",
                "all 8, with most of the points good",
            ),
            answer="some, with fewer than 1 % of the points good",
            because=(
                "One lucky point covers a mode. Modes covered flatter a blur, as good samples "
                "flatter a generator that draws one mode alone: never quote one without the other."
            ),
        ),
        "swings": Question(
            "Two networks, Adam at 1e-3, data N(2, 0.5²). After some hundred steps the "
            "fakes lie on the data. What does the mean of the fakes do in the thousands"
            " of steps after that?",
            options=(
                "it settles at 2",
                "it swings, less and less",
                "it swings on and on",
            ),
            answer="it swings on and on",
            because=(
                "At first the swings are small, then they grow. They fade and come "
                "back, and after 3,000 steps they are 0.3 to 0.9 wide to one side. The "
                "data's standard deviation is 0.5."
            ),
        ),
        "head-start": Question(
            "D has trained alone for 2,000 steps. Then both players train for 400, with"
            " plain gradient descent. With the minimax loss, where is the mean of the "
            "fakes? It began at 0.",
            options=(
                "at 4, with the data",
                "about half way",
                "still near 0",
            ),
            answer="still near 0",
            because=(
                "The median push has shrunk below 0.001 in every seed, and plain "
                "gradient descent goes as far as the gradient says. The non-saturating "
                "push has grown instead."
            ),
        ),
        "alone": Question(
            "The generator trains alone for 500 steps against a discriminator that "
            "stands still. Where do the fakes go?",
            options=(
                "onto the ring",
                "onto one of its eight modes",
                "to a place where no data ever was",
            ),
            answer="to a place where no data ever was",
            because=(
                "Far outside, D has seen neither data nor fakes, and its logit goes on "
                "rising along some direction. The fakes run that way, and D calls them "
                "real with 0.99 and more."
            ),
        ),
        "time": Question(
            "On the grid, the covered modes are counted every 1,000 steps, from step 1,000 to "
            "step 10,000. How does their number change?",
            options=(
                "it rises",
                "it falls",
                "it stays",
            ),
            answer="it falls",
            because=(
                "At first the fakes are a smear that touches many modes by chance: the "
                "share of good samples below is 2 to 4 %. As the smear contracts onto "
                "modes, others lose their last fakes."
            ),
        ),
        "rates": Question(
            "Each player's learning rate can be 0.0002, 0.001 or 0.005. Which pair is the worst?",
            options=(
                "both slow",
                "both fast",
                "slow generator, fast D",
                "fast generator, slow D",
            ),
            answer="fast generator, slow D",
            because=(
                "The generator runs to wherever D is weak, and is gone before D has "
                "mended it. In three of five seeds not one of 2,500 fakes lies on a "
                "mode."
            ),
        ),
    }
)
predict, reveal = predictions.predict, predictions.reveal
