"""The widget of lesson 12: twelve charts without a name, and a diagnosis for each."""

from gan_course.lessons.lesson_12.chart_figure import plot_chart
from gan_course.lessons.lesson_12.diagnoses import DIAGNOSES
from gan_course.messages import to_html
from gan_course.widgets.controls import Controls
from gan_course.widgets.explorer import Explorer

CONTROLS = Controls(label="8em", width="30em")
# The charts A to L, in an order that tells nothing.
ORDER = (
    *("labels", "frozen", "pixels", "batch", "maps", "both"),
    *("sign", "noise", "alpha", "rates", "twice", "training"),
)
LETTERS = "ABCDEFGHIJKL"
UNDECIDED = "not yet"
# What the sixteen images of a chart are, where they are not samples of fresh noise alone.
PICTURES = {
    "alpha": "sixteen places x̂",
    "maps": "asked: 8 zeros, then 8 ones",
    "noise": "8 training noise, 8 fresh",
}


def chart_explorer():
    """Show twelve charts without a name; a diagnosis that is chosen fits, or is told why not.

    Controls: which chart, whether the healthy program stands beside it, and the diagnosis.

    Returns:
        An `Explorer`.

    Example:
        >>> chart_explorer()

    Introduced in lesson 12.
    """
    from gan_course.clinic.charts import read_charts

    charts = read_charts()
    names = {UNDECIDED: UNDECIDED} | {each.name: key for key, each in sorted(DIAGNOSES.items())}
    controls = {
        "letter": CONTROLS.choice("Chart", tuple(LETTERS), "One run of a program with one bug"),
        "beside": CONTROLS.choice("Beside it", ("nothing", "healthy"), "Curves to compare with"),
        "diagnosis": CONTROLS.choice(
            "Diagnosis", tuple(names), "Which of the twelve bugs made this chart?"
        ),
    }

    def draw(letter, beside, diagnosis):
        name = ORDER[LETTERS.index(letter)]
        healthy = charts[name]["healthy"] if beside == "healthy" else None
        title = PICTURES.get(name, "samples")
        return plot_chart(charts[name]["sick"], healthy, title), _verdict(name, names[diagnosis])

    return Explorer(controls, draw, "gan-chart-explorer")


WIDGETS = {"chart_explorer": chart_explorer}


def _verdict(name, chosen):
    if chosen == UNDECIDED:
        return "Look at the ends of the curves first, then at the samples. Which bug is it?"
    said = DIAGNOSES[chosen]
    if chosen == name:
        return f"<b>Yes.</b> {to_html(said.sign)} Look at: {to_html(said.look)}."
    return f"<b>Not this one.</b> That bug would show something else: {to_html(said.sign)}"
