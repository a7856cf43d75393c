"""A sick program is run again with the learner's mend, once the mend has passed its check."""

from gan_course.clinic.charts import chart_of
from gan_course.lessons.lesson_12.chart_figure import plot_chart
from gan_course.messages import Note
from gan_course.plots import show


def recover(outcome, make_program, steps, healthy, title="samples"):
    """Run the mended program and show its chart; without a correct mend, say what comes first.

    Args:
        outcome: What the check of the mend returned.
        make_program: A function that returns the mended program.
        steps: How many steps to train.
        healthy: The chart of the healthy program.
        title: What stands above the samples.

    Returns:
        A note if there is no correct mend yet; else None, and the chart is shown.

    Introduced in lesson 12.
    """
    if not outcome.correct:
        return Note("hint", "Not mended yet", "Once the check says correct, run this cell again.")
    run = make_program().run(steps)
    show(plot_chart(chart_of(run), healthy, title))
    return None
