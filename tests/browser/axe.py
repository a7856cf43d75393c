"""axe-core in a page of the browser tests: what a reader of little sight or of none would miss."""

from pathlib import Path

import axe_playwright_python

SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RULES = (
    "aria-allowed-attr",
    "aria-hidden-focus",
    "aria-input-field-name",
    "aria-prohibited-attr",
    "aria-required-attr",
    "aria-roles",
    "aria-valid-attr",
    "aria-valid-attr-value",
    "button-name",
    "color-contrast",
    "image-alt",
    "label",
    "link-name",
    "nested-interactive",
    "role-img-alt",
    "select-name",
    "summary-name",
    "svg-img-alt",
)
ENOUGH = 4.5
# Signs have a word beside them that says the same; the text of an SVG lies on shapes that axe takes
# for covers: `tests/plots/test_style.py` reckons its contrast.
LEFT_OUT = ("[aria-hidden=true]", "svg")
# As axe has it, but for single letters, which are text too, and large ones, for which it asks 3.
ALL_TEXT = {
    "id": "color-contrast",
    "options": {
        "ignoreUnicode": False,
        "ignoreLength": True,
        "ignorePseudo": False,
        "boldValue": 700,
        "boldTextPt": 14,
        "largeTextPt": 18,
        "contrastRatio": {"normal": {"expected": ENOUGH}, "large": {"expected": ENOUGH}},
        "pseudoSizeThreshold": 0.25,
        "shadowOutlineEmMax": 0.2,
        "textStrokeEmMin": 0.03,
    },
}
# A colour is measured where its animation ends; one without an end is left to run.
RUN = """async ([context, rules]) => {
    for (const animation of document.getAnimations()) {
        if (animation.effect.getComputedTiming().endTime < Infinity) animation.finish();
    }
    const found = await axe.run(context, {runOnly: rules, elementRef: false});
    const list = results => results.flatMap(({id, nodes}) => nodes.map(({html, any, all, none}) =>
        `${id}: ${html.slice(0, 120)} ${[...any, ...all, ...none].map(each => each.message)}`));
    const measured = found.passes.find(({id}) => id === "color-contrast");
    return {
        violations: list(found.violations),
        unseen: list(found.incomplete).filter(text => text.includes("1:1")),
        measured: measured ? measured.nodes.length : 0,
    };
}"""


def load_axe(page):
    """Load axe-core into a page of Playwright's."""
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    page.evaluate("check => axe.configure({checks: [check]})", ALL_TEXT)


def run_axe(page, context):
    """Hold a part of a page to `RULES`.

    Args:
        page: The page, with axe-core loaded.
        context: A CSS selector.

    Returns:
        A dict of lists of texts, "violations" and "unseen", which is text of the colour of its
        ground; and "measured", the number of elements whose text has contrast enough.
    """
    return page.evaluate(RUN, [{"include": context, "exclude": list(LEFT_OUT)}, list(RULES)])
